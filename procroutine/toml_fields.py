"""Take the keys of a TOML table one by one, and collect everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from procroutine.choices import Choice
from procroutine.durations import parse_duration, with_units
from procroutine.errors import BadInput, nearest, quoted
from procroutine.toml_lines import Path, TomlLines

MOST_FAULTS = 50
"""So many are told of one file; past that, one sentence says that there are more."""
MOST_TEXT = 64 * 1024
"""No text has more bytes."""
_MOST_IN_A_KEY = 60

Words = TypeVar("Words", bound=Choice)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file, before it is said which file."""

    line: int | None
    key: str | None
    problem: str
    remedy: str


class Faults:
    """Everything found wrong in one file."""

    __slots__ = ("_found", "_more")

    def __init__(self) -> None:
        """Begin with nothing wrong."""
        self._found: list[Fault] = []
        self._more = False

    @property
    def full(self) -> bool:
        """Whether looking on is of no use."""
        return self._more

    def add(self, fault: Fault) -> None:
        """Keep one more, up to `MOST_FAULTS`."""
        if len(self._found) < MOST_FAULTS:
            self._found.append(fault)
        else:
            self._more = True

    def sorted(self) -> tuple[Fault, ...]:
        """Give them from the top of the file down."""
        faults = sorted(self._found, key=lambda fault: (fault.line or 0, fault.key or ""))
        if self._more:
            faults.append(Fault(None, None, f"there are more than {MOST_FAULTS} problems", "put these right first"))
        return tuple(faults)


class Fields:
    """The keys of one table.

    Every method gives the value of a key, or None (nothing) where it is not there or not as it
    must be; the latter is told to `faults`.
    """

    def __init__(self, table: dict[str, Any], faults: Faults, lines: TomlLines, path: Path = ()) -> None:
        """Take a table that stands at `path`."""
        self._table = table
        self._faults = faults
        self._lines = lines
        self._path = path

    def __contains__(self, key: str) -> bool:
        return key in self._table

    def get(self, key: str, default: object = None) -> Any:
        """Give a value as it stands, of whatever type."""
        return self._table.get(key, default)

    @property
    def line(self) -> int | None:
        """The line of the table's header."""
        return self._lines.line_of(self._path) if self._path else 1

    def fault(self, key: str | None, problem: str, remedy: str) -> None:
        """Tell that something is wrong with a key, or with the table."""
        line = self._lines.line_of((*self._path, key)) if key is not None else None
        named = key if key is None or len(key) <= _MOST_IN_A_KEY else key[: _MOST_IN_A_KEY - 1] + "…"
        self._faults.add(Fault(line or self.line, named, problem, remedy))

    def refuse_unknown(self, known: Iterable[str], owner: str, elsewhere: Iterable[str] = ()) -> None:
        """Tell every key that is not known; those of `elsewhere` belong above the first header."""
        known = tuple(known)
        for key in self._table:
            if key in known:
                continue
            if self._faults.full:
                return
            near = nearest(key, known)
            remedy = f"write {near}" if near else f"its keys are {', '.join(known)}"
            if key in elsewhere:
                remedy = "move it above the first line that begins with ["
            self.fault(key, f"{quoted(key)} is not a key of {owner}", remedy)

    def check_format(self, known: int) -> None:
        """Tell it where the file is of another format than the one that is known here."""
        value = self._table.get("format", known)
        if isinstance(value, bool) or not isinstance(value, int):
            self.fault("format", f"format must be a number, not {kind_of(value)}", f"write format = {known}")
        elif value > known:
            self.fault("format", f"this file is of a newer format than {known}", "get a newer procroutine to read it")
        elif value != known:
            self.fault("format", "there is no such format", f"write format = {known}")

    def text(self, key: str) -> str | None:
        """Give a text; an empty one counts as absent."""
        value = self._table.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self.fault(key, f"{key} must be text, not {kind_of(value)}", f'put it in quotes: {key} = "…"')
            return None
        if len(value.encode()) > MOST_TEXT:
            self.fault(key, f"{key} has more than {MOST_TEXT // 1024} KiB", "make it shorter")
            return None
        return value if value.strip() else None

    def texts(self, key: str, example: str = "…") -> tuple[str, ...]:
        """Give a list of texts."""
        value = self._table.get(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            written = quoted(value, '"') if isinstance(value, str) and value.isprintable() else f'"{example}"'
            self.fault(key, f"{key} must be a list, not {kind_of(value)}", f"write {key} = [{written}]")
            return ()
        for item in value:
            if not isinstance(item, str):
                self.fault(key, f"{key} must hold texts, not {kind_of(item)}", f'write {key} = ["{example}"]')
            elif not item.strip():
                self.fault(key, f"{key} holds an empty text", "fill it in, or take it out")
            elif len(item.encode()) > MOST_TEXT:
                self.fault(key, f"{key} holds a text of more than {MOST_TEXT // 1024} KiB", "make it shorter")
            else:
                continue
            return ()
        return tuple(value)

    def flag(self, key: str) -> bool:
        """Give true or false; false where it is absent."""
        value = self._table.get(key, False)
        if not isinstance(value, bool):
            self.fault(key, f"{key} must be true or false, not {kind_of(value)}", f"write {key} = true, without quotes")
            return False
        return value

    def duration(self, key: str, *, days: bool = False, units: str = "") -> timedelta | None:
        """Give a duration; with `days` one that may be as long as ten years. `units` are as in `parse_duration`."""
        value = self._table.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            remedy = _in_quotes(key, value, days, units)
            self.fault(key, f"{key} must be a duration in quotes, not {kind_of(value)}", remedy)
            return None
        try:
            return parse_duration(value, days=days, units=units)
        except BadInput as error:
            self.fault(key, error.problem, error.remedy)
            return None

    def word(self, key: str, words: type[Words]) -> Words | None:
        """Give one of a set of words."""
        value = self.text(key)
        if value is None:
            return None
        known = [str(word.value) for word in words]
        if value in known:
            return words(value)
        near = nearest(value, known)
        choice = f'write "{near}"' if near else f"write one of {', '.join(known)}"
        self.fault(key, f"{quoted(value)} is no {key.replace('_', ' ')}", choice)
        return None


def kind_of(value: object) -> str:
    """Name the kind of a TOML value in plain words."""
    kinds: tuple[tuple[type, str], ...] = (
        (bool, "true or false"),
        (int, "a number"),
        (float, "a number"),
        (str, "text"),
        (list, "a list"),
        (dict, "a table"),
        (datetime, "a date"),
        (date, "a date"),
        (time, "a time of day"),
    )
    return next(name for kind, name in kinds if isinstance(value, kind))


def _in_quotes(key: str, value: Any, days: bool, units: str) -> str:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if is_number and (lengths := with_units(value, days=days, units=units)):
        return "say which unit: " + " or ".join(f'{key} = "{length}"' for length in lengths)
    if isinstance(value, time):
        return f'put it in quotes: {key} = "{value.hour}:{value.minute:02d}:{value.second:02d}"'
    return f'write {key} = "{"2w" if days else "20m"}"'
