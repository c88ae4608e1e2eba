"""A lever: one change that could be made, what it would save, and the figures that say so."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.durations import step_time, total_time
from procroutine.improvement.exact import Interval
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.improvement.change import Change

ZERO = timedelta()
_LONG = timedelta(hours=10)
"""Of a shorter figure the seconds count, so that what is told can be worked out from it."""
KINDS = (
    *("eliminate", "combine", "rearrange", "prepare", "steady", "planned"),
    *("waiting", "hand_off", "person", "system", "practice"),
)
"""All there are, in the order in which they are looked at: what can go need not be made quicker (FORMULAS 7)."""


class Figure(Value):
    """One number that a lever rests on."""

    what: str
    length: timedelta | None = None
    count: float | None = None
    of: int | None = None
    """What `count` is a part of, where it is one."""

    @property
    def words(self) -> str:
        """The number alone, such as `4:12`, `1:08:30`, `25h01`, `3.5` or `23 of 26`."""
        if self.length is not None:
            size = abs(self.length)
            return f"{'−' * (self.length < ZERO)}{step_time(size) if size < _LONG else total_time(size)}"
        number = f"{self.count or 0:.2f}".rstrip("0").rstrip(".")
        return number if self.of is None else f"{number} of {self.of}"


class Lever(Value):
    """One change that could be made to one routine."""

    kind: str
    """One of `KINDS`."""
    routine: str
    """Its id."""
    steps: tuple[str, ...] = ()
    """Ids of the steps it is about."""
    system: str | None = None
    """Id of the system it is about."""
    person: str | None = None
    saves: timedelta = ZERO
    """Minutes of work a week that it is shown to save; zero where the records do not show it."""
    low: timedelta | None = None
    """The least it saves a week, and with `high` the most; None where the records do not show it."""
    high: timedelta | None = None
    is_likely: bool = False
    """Whether the records, though they do not show that it saves anything, make it likely."""
    at_stake: timedelta = ZERO
    """The work a week that it is about, of which it may save a part."""
    lead: timedelta = ZERO
    """By how much a week runs would be over sooner beyond the work that is saved: waiting that falls away."""
    sentence: str
    """What to change and why; names in it are as their author wrote them."""
    how: str
    """How it was computed, and how sure that is."""
    evidence: tuple[Figure, ...] = ()
    tries: tuple[Change, ...] = ()
    """What to change on a copy of the checklist to try it, one after the other."""

    @property
    def is_shown(self) -> bool:
        """Whether the records show that it saves something: its interval lies above 0."""
        return self.low is not None and self.low > ZERO

    def saving(self, a_week: Interval) -> Lever:
        """Give it with what it saves a week."""
        return self.replaced(saves=a_week.estimate, low=a_week.low, high=a_week.high)


class Earned(Value):
    """Steps that the output is shown to need."""

    routine: str
    steps: tuple[str, ...]
    person: str | None
    """Where they are all the steps of one person."""
    sentence: str


class Missing(Value):
    """What the records do not tell, and what would make them."""

    routine: str
    kind: str
    """What could be said if they did: a kind of lever, or `corner`."""
    sentence: str
