"""Words to choose between, each with a name, that cost little at start-up.

To make one class of `enum` takes as long as to make ten others, and the first screen needs a
dozen. Type checkers see a real `Enum`; what is there of it is what is used: members, their `name`
and `value`, the member of a value, and all of them in their order.
"""

from __future__ import annotations

__all__ = ["Choice"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import Enum as Choice
else:

    class ChoiceType(type):
        """Make a member of each word that a class names."""

        def __new__(cls, name, bases, body):
            """Make the class, then its members."""
            words = {key: body.pop(key) for key in [*body] if key[0] != "_"}
            made = super().__new__(cls, name, bases, {"__slots__": (), **body})
            made._members = {}
            for key, word in words.items():
                member = made._members[word] = object.__new__(made)
                object.__setattr__(member, "name", key)
                object.__setattr__(member, "value", word)
                setattr(made, key, member)
            return made

        def __call__(cls, value):
            """Give the member of a value; ValueError where there is none."""
            if type(value) is str and value in cls._members:
                return cls._members[value]
            raise ValueError(f"{value!r} is not a valid {cls.__name__}")

        def __iter__(cls):
            """Go through the members as they were named."""
            return iter(cls._members.values())

        def __len__(cls):
            """Count the members."""
            return len(cls._members)

    class Choice(metaclass=ChoiceType):
        """One of some words; there is one object of each, so `is` compares them."""

        __slots__ = ("name", "value")

        def __setattr__(self, name, value):
            """Refuse: members do not change."""
            raise AttributeError(f"{self}.{name} cannot be changed")

        def __reduce__(self):
            """Stay the same object when copied."""
            return type(self), (self.value,)

        def __repr__(self):
            """Show class, name and value, as `enum` does."""
            return f"<{self}: {self.value!r}>"

        def __str__(self):
            """Show class and name, as `enum` does."""
            return f"{type(self).__name__}.{self.name}"
