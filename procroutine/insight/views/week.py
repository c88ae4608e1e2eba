"""What This week draws."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.choices import Choice
from procroutine.insight.views.common import ChartData, ShareRow, Standing
from procroutine.insight.views.later import Later
from procroutine.text import Shown
from procroutine.values import Value
from procroutine.weeks import Week

if TYPE_CHECKING:
    from collections.abc import Callable

    from procroutine.insight.views.loose_ends import LooseEndRow


class RowState(Choice):
    """Where a routine stands this week; the list's glyphs and groups follow from it."""

    OVERDUE = "overdue"
    RUNNING = "running"
    PAUSED = "paused"
    TODAY = "today"
    LATER = "later"
    NEVER = "never"
    """No schedule, and nothing done this week."""
    DONE = "done"
    OFF = "off"
    """This period is declared off."""
    BROKEN = "broken"
    """Its file has problems."""


class RoutineDetail(Value):
    """The right side of This week, for the selected routine."""

    name: Shown
    facts: str
    """Such as `v4 · 10 steps · 10 systems · due Wed`."""
    purpose: Shown
    last: timedelta | None
    last_standing: Standing
    median: timedelta | None
    best: timedelta | None
    goal: timedelta | None
    chart: ChartData
    slowest: tuple[ShareRow, ...]
    """At most four."""
    key_action: str
    """What Enter does: `start now and finish about`, `resume at step 5 and finish about`, `done`."""
    key_time: str | None
    """The clock time that ends the sentence, such as `15:03`."""
    remaining: timedelta | None = None
    """How long it is from now to that time."""
    redlines: int = 0
    """What was to be changed before the next run: how many that are open; 0 where one goes on."""


class RoutineRow(Value):
    """One line of This week; one that was kept is read when it is first looked at."""

    __slots__ = ("_read",)

    routine_id: str
    name: Shown
    state: RowState
    due_day: str
    """`Wed`, or empty."""
    due_note: str
    """`1 day late`, `paused 4/9`, `today`, `tomorrow`, `09:41`; of a broken file its first problem."""
    last: timedelta | None
    vs_goal: timedelta | None
    standing: Standing
    weeks: tuple[timedelta | None, ...]
    """The last eight weeks, oldest first; None where there was no run."""
    goal: timedelta | None
    streak: int
    put_off: int
    """Due periods in a row without a finished run; three or more ask for a system."""
    run_id: str | None
    """Its open run."""
    drawn: Later[RoutineDetail]

    @property
    def detail(self) -> RoutineDetail:
        """The right side while this line is selected."""
        return self.drawn.value

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            """Read the line, of which the screen shows few."""
            if name not in self._fields:
                raise AttributeError(f"RoutineRow has no {name}")
            read = self._read()
            for field, put in self._setters:
                put(self, getattr(read, field))
            return getattr(self, name)


class _UnreadRow(RoutineRow):
    """A line while it is made: setting a slot is four times as quick as going round `Value`."""

    __setattr__ = object.__setattr__  # type: ignore[assignment]  # the names of its words differ
    __delattr__ = object.__delattr__  # without both of them neither is quick


def unread_row(read: Callable[[], RoutineRow]) -> RoutineRow:
    """Give a line that is read when it is first looked at."""
    row: Any = object.__new__(_UnreadRow)
    row._read = read
    row.__class__ = RoutineRow
    made: RoutineRow = row
    return made


class DayCell(Value):
    """One day of the week strip."""

    label: str
    """`Thu 19`."""
    today: bool
    states: tuple[RowState, ...]


class WeekView(Value):
    """The place called This week."""

    date: str
    """`Thu 19 Nov`."""
    week: Week
    done: int
    due: int
    overdue: int
    to_go: timedelta
    """About how long all that is still due takes."""
    days: tuple[DayCell, ...]
    groups: tuple[tuple[str, tuple[RoutineRow, ...]], ...]
    """Heading and rows; groups without rows are left out."""
    quiet_lines: tuple[Shown, ...] = ()
    """Such as `Weekly social posts was interrupted at 14:05, step 3`."""
    loose_ends: tuple[LooseEndRow, ...] = ()

    @property
    def waiting(self) -> int:
        """How many loose ends were put off so long that a routine is offered."""
        return sum(row.wants_routine for row in self.loose_ends)
