"""The few fields of a run that lists, trends and comparisons need, read quickly.

They come from the indexes of the history files (`index_files`), one row per run, of which this
module knows the order of fields.
"""

from __future__ import annotations

import gc
import json
from datetime import date, datetime, timedelta

from procroutine.history.index_files import (
    REOPENED,
    SHARED,
    STARTED,
    STARTED_AT,
    TIMES,
    Index,
    Wanted,
    own_of,
    read_soundly,
    shared_of,
)
from procroutine.values import Value
from procroutine.weeks import Week

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from procroutine.history.index_files import Row
    from procroutine.history.loose_ends import LooseEnd
    from procroutine.places import Places

_NOTHING = timedelta()
_MILLISECOND = timedelta(milliseconds=1)


class RunHead(Value):
    """A finished or abandoned run, in brief; read from an index, most fields are worked out when first asked for."""

    __slots__ = ("_row", "day")

    id: str
    routine: str
    routine_name: str
    revision: int | None
    state: str
    week: Week
    """Of its start, in the zone where it began."""
    started_at: datetime
    ended_at: datetime
    active: timedelta
    paused: timedelta
    waiting: timedelta
    asleep: timedelta
    goal: timedelta | None
    steps_done: int
    steps_total: int
    complete: bool
    """Whether every step that is not optional was done."""
    outcome: str | None
    note: str | None
    device: str
    left_out: bool
    """Whether the person keeps it out of the statistics."""
    corrected: bool
    """Whether its start or times of its steps were corrected."""
    deleted: bool
    step_times: dict[str, timedelta]
    """Active time of the steps that were done; combined ones left out."""
    stamp: tuple[int, str]
    step_notes: dict[str, str] | None = None
    """The notes on its steps, by their ids; None where there are none."""
    schedule: str | None = None
    """The routine's schedule at that time, as it was written; empty for none, None where it is not known."""
    alternatives: dict[str, str] | None = None
    """With which of its alternatives each done step that has any was done, by the step's id; None where none has."""

    if TYPE_CHECKING:

        @property
        def day(self) -> date:
            """The day on which it began, where it began."""

    else:

        def __getattr__(self, name):
            """Work out a field from the row; of the thousands of runs most are asked for little."""
            if name in _OWN:
                place, made_by = _OWN[name]
                written = own_of(self._row)[place]
            elif name in _SHARED:
                place, made_by = _SHARED[name]
                written = self._row[SHARED][place]
            elif name in _ALONE:
                place, made_by = _ALONE[name]
                written = json.loads(self._row[place])
            elif name == "stamp":
                written, made_by = own_of(self._row)[:2], tuple
            elif name == "day":
                written, made_by = self.started_at, datetime.date
            else:
                raise AttributeError(f"RunHead has no {name}")
            value = written if made_by is None else made_by(written)
            RunHead.__dict__[name].__set__(self, value)
            return value


class WeekOff(Value):
    """A week declared off, for one routine or for all."""

    routine: str | None
    week: Week
    reason: str
    day: str
    """When it was declared, as an ISO date."""


class Redline(Value):
    """What the person wants to change or eliminate next time."""

    id: str
    routine: str
    text: str
    run: str | None
    """The run after which it was written."""
    state: str
    """`open`, `done` or `dropped`."""


class Overview(Value):
    """What the history files hold together, in brief."""

    heads: tuple[RunHead, ...]
    """Newest first, deleted ones included."""
    weeks_off: tuple[WeekOff, ...]
    redlines: tuple[Redline, ...]
    """All that are open, oldest first."""
    revisions: dict[tuple[str, str], int]
    """The number of a revision, by routine and hash of its meaning."""
    said: tuple[str, ...]
    """What to tell the person about files that are not sound."""
    loose_ends: tuple[LooseEnd, ...] = ()
    """All that are offered each week, the oldest first."""


def read_overview(places: Places, years: int | None = None, about: str | None = None) -> Overview:
    """Read the runs of the newest `years` years that have any (all by default), and the small tables.

    With `about`, the id of a routine or of a run, runs that have nothing to do with it may be left out.
    CannotRead where the history folder or a file cannot be read.
    """
    collecting = gc.isenabled()
    gc.disable()  # tens of thousands of values are made and none let go: looking for cycles doubles the time
    try:
        said, indexes = read_soundly(places, years, Wanted(about=about))
        return overview_of(indexes, said)
    finally:
        if collecting:
            gc.enable()


def overview_of(indexes: list[Index], said: tuple[str, ...]) -> Overview:
    """Put together what the indexes hold, the runs of those of which the rows were read."""
    return Overview(
        heads=tuple(heads_of(merged_rows(indexes))),
        weeks_off=tuple(
            WeekOff(routine=row[4], week=Week.parse(row[5]), reason=row[6], day=row[7])
            for row in merged_table(indexes, "weeks_off")
            if not row[8]
        ),
        redlines=tuple(
            Redline(id=row[0], routine=row[4], text=row[5], run=row[6], state=row[7])
            for row in sorted(merged_table(indexes, "redlines"), key=lambda row: (row[8], row[0]))
            if row[7] == "open"
        ),
        revisions={(row[4], row[5]): row[6] for row in merged_table(indexes, "revisions")},
        said=(*said, *(index.said for index in indexes if index.said)),
        loose_ends=_loose_ends(rows) if (rows := merged_table(indexes, "loose_ends")) else (),
    )


def _loose_ends(rows: list[list[Any]]) -> tuple[LooseEnd, ...]:
    from procroutine.history.loose_ends import open_ones  # most homes have none

    return open_ones([row[0], *row[4:]] for row in rows)


def heads_of(rows: Iterable[Row]) -> list[RunHead]:
    """Make the heads of some rows, but of runs whose end was undone."""
    return [head_of(row, shared) for row in rows if not (shared := shared_of(row))[REOPENED]]


def merged_rows(indexes: Iterable[Index]) -> list[Row]:
    """Give of each run the row of its latest version, newest run first."""
    merged: dict[str, Row] = {}
    for index in indexes:
        fresh = {row[0]: row for row in index.rows or ()}
        if len(fresh) == len(index.rows or ()) and merged.keys().isdisjoint(fresh):
            merged |= fresh  # most often every run is in one file, and once
            continue
        for row in index.rows or ():
            there = merged.setdefault(row[0], row)
            if there is not row and own_of(there)[:3] < own_of(row)[:3]:
                merged[row[0]] = row
    return sorted(merged.values(), key=start_of, reverse=True)


def start_of(row: Row) -> tuple[int, str]:
    """Give what runs are ordered by: when it began, and its id."""
    return int(row[STARTED]), row[0]


def merged_table(indexes: Iterable[Index], name: str) -> list[list[Any]]:
    """Give of each document of a small table the row of its latest version."""
    merged: dict[str, list[Any]] = {}
    for index in indexes:
        for row in index.tables.get(name, ()):
            there = merged.setdefault(row[0], row)
            if there is not row and there[1:4] < row[1:4]:
                merged[row[0]] = row
    return list(merged.values())


def _length(milliseconds: int) -> timedelta:
    return _MILLISECOND * milliseconds if milliseconds else _NOTHING


_DAYS: dict[str, date] = {}
_WEEKS: dict[str, Week] = {}


def _week(text: str) -> Week:
    return _WEEKS.get(text) or _WEEKS.setdefault(text, Week.parse(text))


_Fields = dict[str, "tuple[int, Callable[[Any], object] | None]"]
_ALONE: _Fields = {
    "id": (0, None),
    "started_at": (STARTED_AT, datetime.fromisoformat),
    "step_times": (TIMES, lambda times: {step: _length(length) for step, length in times.items()}),
}
"""Of a field of `RunHead` its place in a row, and what makes it from what is written there."""
_SHARED: _Fields = {
    "routine": (0, None),
    "routine_name": (1, None),
    "revision": (2, None),
    "state": (3, None),
    "goal": (4, lambda goal: None if goal is None else _length(goal)),
    "steps_total": (5, None),
    "device": (6, None),
    "left_out": (7, None),
    "deleted": (8, None),
    "schedule": (10, None),
}
"""The same for its place in what is shared."""
_OWN: _Fields = {
    "week": (3, _week),
    "ended_at": (4, datetime.fromisoformat),
    "active": (5, _length),
    "paused": (6, _length),
    "waiting": (7, _length),
    "asleep": (8, _length),
    "steps_done": (9, None),
    "complete": (10, None),
    "outcome": (11, None),
    "note": (12, None),
    "corrected": (13, None),
    "step_notes": (14, None),
    "alternatives": (15, None),
}
"""The same for its place in what is a run's own."""


class _Unfrozen(RunHead):
    """A head while it is filled: setting a slot is four times as quick as going round `Value`."""

    __setattr__ = object.__setattr__  # type: ignore[assignment]  # the names of its words differ
    __delattr__ = object.__delattr__  # without both of them neither is quick


def head_of(row: Row, shared: list[Any]) -> RunHead:
    """Make a head from its row and what it shares; written for speed, since there may be tens of thousands."""
    head: Any = object.__new__(_Unfrozen)
    head._row = row
    head.routine, head.state, head.schedule = shared[0], shared[3], shared[10]
    head.left_out, head.deleted = shared[7], shared[8]
    started = row[STARTED_AT]
    if started[11:12] == "T":
        day = started[1:11]  # much quicker than the whole instant
        head.day = _DAYS.get(day) or _DAYS.setdefault(day, date.fromisoformat(day))
    head.__class__ = RunHead
    made: RunHead = head
    return made
