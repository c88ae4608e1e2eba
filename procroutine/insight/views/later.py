"""A part of a view that is worked out when it is first looked at.

This week has a detail for each routine, and one of them is seen. The others wait for the person
to come to them; since what they are made from is frozen too, it makes no difference when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Made = TypeVar("Made")


class Later(Generic[Made]):
    """One value that is there once it is asked for; compared by it."""

    __slots__ = ("_made", "_make", "_mark")

    _made: Made

    def __init__(self, make: Callable[[], Made], mark: object = None) -> None:
        """Work out nothing yet; two with the same mark (not None) are known to be equal without looking."""
        self._make: Callable[[], Made] | None = make
        self._mark = mark

    @property
    def value(self) -> Made:
        """The value, worked out the first time."""
        if self._make is not None:
            self._made = self._make()
            self._make = None  # and with it goes all that it was worked out from
        return self._made

    def __eq__(self, other: object) -> bool:
        """Compare by value, which works both out unless their marks say enough."""
        if not isinstance(other, Later):
            return NotImplemented
        return (self._mark is not None and self._mark == other._mark) or bool(self.value == other.value)

    def __hash__(self) -> int:
        """Hash by value."""
        return hash(self.value)

    def __repr__(self) -> str:
        """Show the value."""
        return repr(self.value)
