"""Frozen, slotted values that cost nothing at start-up.

`status` runs every second in status bars and a verb must answer at once, so what they load is
counted: `dataclasses` alone doubles the start of Python, and each class it makes is compiled
anew every time. Modules on that path, and what the app loads before its first screen, make their
values from `Value`; all others use `@dataclass(frozen=True, slots=True)`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ClassVar, Self, dataclass_transform
else:

    def dataclass_transform(**_options):
        """Stand in for `typing.dataclass_transform`, which only type checkers need."""
        return lambda made: made


@dataclass_transform(frozen_default=True, kw_only_default=True, eq_default=True)
class ValueType(type):
    """Turn the annotations of a class into its slots, and its class attributes into defaults.

    Slots that a class names itself are no fields: they hold what fields are worked out from.
    """

    def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> ValueType:
        """Make the class; the order of its fields is the order of its annotations."""
        own = tuple(body.get("__annotations__", ()))
        inherited = tuple(field for base in bases for field in getattr(base, "_fields", ()))
        defaults = {field: default for base in bases for field, default in getattr(base, "_defaults", {}).items()}
        defaults.update({field: body.pop(field) for field in own if field in body})
        body["__slots__"] = (*own, *body.get("__slots__", ()))
        made = super().__new__(cls, name, bases, body)
        made._fields = inherited + own  # type: ignore[attr-defined]  # read by Value, unknown to `type`
        made._defaults = defaults  # type: ignore[attr-defined]  # as above
        setters = {field: getattr(made, field).__set__ for field in inherited + own}
        made._setters = tuple(setters.items())  # type: ignore[attr-defined]  # as above
        return made


class Value(metaclass=ValueType):
    """A value: built by keywords, compared by content, never changed."""

    if TYPE_CHECKING:
        _fields: ClassVar[tuple[str, ...]]
        _defaults: ClassVar[dict[str, Any]]
        _setters: ClassVar[tuple[tuple[str, Callable[[object, Any], None]], ...]]

    def __init__(self, **given: Any) -> None:
        """Fill every field from the keywords, else its default; TypeError where neither is there."""
        values = {**self._defaults, **given}
        setters = self._setters
        try:
            for field, put in setters:
                put(self, values[field])
        except KeyError:
            raise TypeError(f"{type(self).__name__} needs {field}") from None
        if len(values) != len(setters):
            unknown = next(field for field in given if field not in self._fields)
            raise TypeError(f"{type(self).__name__} has no field {unknown}")

    def replaced(self, **changes: Any) -> Self:
        """Give the same value with some fields changed."""
        return type(self)(**{field: getattr(self, field) for field in self._fields} | changes)

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse: values do not change."""
        raise AttributeError(f"{type(self).__name__}.{name} cannot be changed")

    def __delattr__(self, name: str) -> None:
        """Refuse: values do not change."""
        raise AttributeError(f"{type(self).__name__}.{name} cannot be removed")

    def __eq__(self, other: object) -> bool:
        """Compare by type and content."""
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, field) == getattr(other, field) for field in self._fields)

    def __hash__(self) -> int:
        """Hash by content, for values whose fields all can be."""
        return hash((type(self), *(getattr(self, field) for field in self._fields)))

    def __repr__(self) -> str:
        """Show the class and every field."""
        fields = ", ".join(f"{field}={getattr(self, field)!r}" for field in self._fields)
        return f"{type(self).__name__}({fields})"
