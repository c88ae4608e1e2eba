"""Reading JSON that others may have written: strict, and every refusal names the key."""

from __future__ import annotations

from datetime import datetime

from procroutine.clock import to_millisecond
from procroutine.errors import BadInput, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

LONGEST_TEXT = 65536
"""Characters that a note or another text may have."""
LONGEST_ID = 200
LONGEST_NAME = 2000
"""Characters of a step's id: those of routines used within routines stand before it."""
_LONGEST_NUMBER = 30
"""Characters of a number that is quoted in a refusal."""
LONGEST_MILLISECONDS = 100 * 366 * 86_400_000
"""No length is taken that is longer: a hundred years."""


class Fields:
    """The keys of one JSON object. A key that is absent and one that is null are the same."""

    __slots__ = ("data", "where")

    def __init__(self, data: Any, where: str) -> None:
        """Take an object and what it is called in a refusal, such as `runs[3]`."""
        if not isinstance(data, dict):
            raise BadInput(f"{where} is not an object", "write it as {…} with the keys that `history --json` prints")
        self.data: dict[str, Any] = data
        self.where = where

    def refuse(self, key: str, remedy: str) -> BadInput:
        """Make the error for a key whose value will not do."""
        value = self.data.get(key)
        written = "is missing" if value is None else f"cannot be {_named(value)}"
        return BadInput(f"{self.where}.{key} {written}", remedy)

    def optional_text(self, key: str, longest: int = LONGEST_TEXT) -> str | None:
        """Give a text, or None."""
        value = self.data.get(key)
        if value is None:
            return None
        if not isinstance(value, str) or len(value) > longest:
            raise self.refuse(key, f"write a text of at most {longest} characters")
        return value

    def text(self, key: str, longest: int = LONGEST_TEXT) -> str:
        """Give a text that must be there."""
        value = self.optional_text(key, longest)
        if value is None:
            raise self.refuse(key, "write a text")
        return value

    def identifier(self, key: str) -> str:
        """Give an id: printable, neither empty nor longer than 200 characters."""
        value = self.data.get(key)
        if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID or not value.isprintable():
            raise self.refuse(key, f"write 1 to {LONGEST_ID} printable characters")
        return value

    def name(self, key: str) -> str:
        """Give the id of a step or routine: any text that is not empty, since files and their names may hold any."""
        value = self.text(key, LONGEST_NAME)
        if not value:
            raise self.refuse(key, "write a text that is not empty")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts; an absent one is empty."""
        value = self.data.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.refuse(key, "write a list of texts")
        return tuple(value)

    def choice(self, key: str, allowed: Iterable[str]) -> str:
        """Give one of the allowed words."""
        value = self.data.get(key)
        words = tuple(allowed)
        if not isinstance(value, str) or value not in words:
            raise self.refuse(key, f"write one of {', '.join(words)}")
        return value

    def flag(self, key: str) -> bool:
        """Give true or false; an absent one is false."""
        value = self.data.get(key)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise self.refuse(key, "write true or false")
        return value

    def optional_whole(self, key: str, least: int, most: int) -> int | None:
        """Give a whole number within bounds, or None."""
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise self.refuse(key, f"write a whole number from {least} to {most}")
        return value

    def whole(self, key: str, least: int, most: int) -> int:
        """Give a whole number within bounds."""
        value = self.optional_whole(key, least, most)
        if value is None:
            raise self.refuse(key, f"write a whole number from {least} to {most}")
        return value

    def optional_milliseconds(self, key: str, *, negative: bool = False) -> int | None:
        """Give a number of seconds in whole milliseconds, or None."""
        value = self.data.get(key)
        if value is None:
            return None
        most = LONGEST_MILLISECONDS / 1000
        if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
            raise self.refuse(key, "write a number of seconds")
        if value < 0 and not negative:
            raise self.refuse(key, "write seconds that are not below zero")
        return round(value * 1000)

    def milliseconds(self, key: str, *, negative: bool = False) -> int:
        """Give a number of seconds in whole milliseconds."""
        value = self.optional_milliseconds(key, negative=negative)
        if value is None:
            raise self.refuse(key, "write a number of seconds")
        return value

    def optional_moment(self, key: str) -> datetime | None:
        """Give an instant, aware and cut to the millisecond, or None."""
        value = self.data.get(key)
        if value is None:
            return None
        remedy = "write it with its offset, such as 2026-11-19T13:47:00+01:00"
        if not isinstance(value, str):
            raise self.refuse(key, remedy)
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise self.refuse(key, remedy) from None
        if moment.tzinfo is None or not 2 <= moment.year < 9000:
            raise self.refuse(key, remedy)
        return to_millisecond(moment)

    def moment(self, key: str) -> datetime:
        """Give an instant, aware and cut to the millisecond."""
        moment = self.optional_moment(key)
        if moment is None:
            raise self.refuse(key, "write it with its offset, such as 2026-11-19T13:47:00+01:00")
        return moment


def _named(value: object) -> str:
    """Give a value as a refusal names it: a text in quotes, a number or true as JSON has it, others by their kind."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        written = repr(value)
        return written if len(written) <= _LONGEST_NUMBER else f"a number of {len(written)} digits"
    return "this list" if isinstance(value, list) else "this object"
