"""All runs of the past as History looks through them: put in order once, each field read once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from procroutine.history.columns import column, nothing_collected

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.history_filter import HistoryFilter
    from procroutine.weeks import Week

Of = TypeVar("Of")

SORTS = {"newest": "", "longest": "longest first", "over-goal": "most over goal first"}
"""The orders there are, and how they are said."""
_ON_GOAL = timedelta()


Key = tuple[int, datetime, datetime, str]
"""What runs are ordered by: week, end, beginning, id."""


def _in_order(runs: Sequence[RunHead]) -> tuple[list[RunHead], list[Key]]:
    """Order runs by their weeks, and in a week by when they ended, the latest first; the later begun where they tie."""
    weeks = [week.year * 100 + week.number for week in column(runs, "week")]
    rest = (column(runs, field) for field in ("ended_at", "started_at", "id"))
    keys: list[Key] = list(zip(weeks, *rest, strict=True))
    places = sorted(range(len(runs)), key=keys.__getitem__, reverse=True)
    return [runs[place] for place in places], [keys[place] for place in places]


class SomeRuns:
    """Some of the runs, newest first; what is asked of all of them is read once."""

    def __init__(self, heads: Iterable[RunHead]) -> None:
        """Order them."""
        self.heads, self.keys = _in_order(list(heads))
        self.ids: list[str] = column(self.heads, "id")
        self.active: list[timedelta] = column(self.heads, "active")
        self.weeks: list[Week] = column(self.heads, "week")

    @cached_property
    def goals(self) -> list[timedelta | None]:
        """What each may take, if its routine says so."""
        return column(self.heads, "goal")

    @cached_property
    def skipped(self) -> list[bool]:
        """Whether each had steps that were not done."""
        steps = zip(column(self.heads, "steps_done"), column(self.heads, "steps_total"), strict=True)
        return [done < total for done, total in steps]

    @cached_property
    def corrected(self) -> list[bool]:
        """Whether the times of each were amended."""
        return column(self.heads, "corrected")

    @cached_property
    def notes(self) -> list[str]:
        """The notes of each and of its steps, in small letters."""
        notes = zip(column(self.heads, "note"), column(self.heads, "step_notes"), strict=True)
        return ["\n".join((note or "", *(on or {}).values())).casefold() if note or on else "" for note, on in notes]

    @cached_property
    def _names(self) -> list[str]:
        known: dict[str, str] = {}
        names: list[str] = column(self.heads, "routine_name")
        return [known.get(name) or known.setdefault(name, name.casefold()) for name in names]

    @cached_property
    def routines(self) -> list[str]:
        """The routine's id and its name in small letters."""
        return [f"{head.routine}\n{name}" for head, name in zip(self.heads, self._names, strict=True)]

    @cached_property
    def texts(self) -> list[str]:
        """What words are looked for in: name, notes, state, outcome and week."""
        parts = zip(self.heads, self._names, self.notes, column(self.heads, "outcome"), self.weeks, strict=True)
        return [
            f"{name}\n{note}\n{head.state}\n{outcome or ''}\n{week.year}-w{week.number:02d}"
            for head, name, note, outcome, week in parts
        ]


class PastRuns:
    """Runs, newest first; what is asked of them is answered by their places in that order."""

    def __init__(self, heads: Iterable[RunHead], goal_per_week: frozenset[str] = frozenset()) -> None:
        """Order them; of the routines with a goal per week no single run can be held against it."""
        with nothing_collected():
            self._put_together([SomeRuns(heads)], goal_per_week)

    @classmethod
    def of_parts(cls, parts: Iterable[SomeRuns], goal_per_week: frozenset[str] = frozenset()) -> PastRuns:
        """Put some runs and others together: what is known of either is not read again."""
        runs = cls.__new__(cls)
        runs._put_together([part for part in parts if part.heads], goal_per_week)
        return runs

    def _put_together(self, parts: list[SomeRuns], goal_per_week: frozenset[str]) -> None:
        self.goal_per_week = goal_per_week
        self._parts = sorted(parts, key=lambda part: part.keys[:1], reverse=True)
        self._order: list[int] | None = None
        if any(above.keys[-1] < below.keys[0] for above, below in pairwise(self._parts)):
            keys = [key for part in self._parts for key in part.keys]
            self._order = sorted(range(len(keys)), key=keys.__getitem__, reverse=True)
        self.heads = self._of_all(lambda part: part.heads)
        self.ids = self._of_all(lambda part: part.ids)
        self.active = self._of_all(lambda part: part.active)
        self.weeks = self._of_all(lambda part: part.weeks)

    def _of_all(self, field: Callable[[SomeRuns], list[Of]]) -> list[Of]:
        """Give what the parts know of each run, in the order of all."""
        known = [one for part in self._parts for one in field(part)]
        return known if self._order is None else [known[place] for place in self._order]

    def prepared(self) -> Iterator[None]:
        """Read what words are looked for in, some milliseconds' work at a time."""
        for part in self._parts:
            yield
            part.texts  # noqa: B018 - it is kept

    def vs_goal(self, place: int) -> timedelta | None:
        """Give how far one is over its goal; None where it is held against none, as an abandoned run is."""
        head = self.heads[place]
        if head.goal is None or head.state != "finished" or head.routine in self.goal_per_week:
            return None
        return head.active - head.goal

    @cached_property
    def over_goal(self) -> list[timedelta | None]:
        """The same of each."""
        fields = zip(self.heads, self.active, self._of_all(lambda part: part.goals), strict=True)
        return [
            None if goal is None or head.state != "finished" or head.routine in self.goal_per_week else active - goal
            for head, active, goal in fields
        ]

    @cached_property
    def skipped(self) -> list[bool]:
        """Whether each had steps that were not done."""
        return self._of_all(lambda part: part.skipped)

    @cached_property
    def corrected(self) -> list[bool]:
        """Whether the times of each were amended."""
        return self._of_all(lambda part: part.corrected)

    @cached_property
    def _notes(self) -> list[str]:
        return self._of_all(lambda part: part.notes)

    @cached_property
    def _routines(self) -> list[str]:
        return self._of_all(lambda part: part.routines)

    @cached_property
    def _texts(self) -> list[str]:
        return self._of_all(lambda part: part.texts)

    def of_routines(self, routines: Iterable[str] | None) -> Sequence[int]:
        """Give the runs of routines, former ids not thought of; all where None are given."""
        places = range(len(self.heads))
        if routines is None:
            return places
        wanted = frozenset(routines)
        return [place for place in places if self.heads[place].routine in wanted]

    def that_fit(self, wanted: HistoryFilter, places: Sequence[int]) -> Sequence[int]:
        """Give those among some runs that a filter wants."""
        heads = self.heads
        if wanted.since is not None or wanted.until is not None:
            first, last = wanted.since or date.min, wanted.until or date.max
            places = [place for place in places if first <= heads[place].day <= last]
        for mark in wanted.marks:
            fits = _MARKED[mark](self)
            places = [place for place in places if fits(place)]
        if wanted.routines:
            places = _holding(wanted.routines, self._routines, places)
        if wanted.notes:
            places = _holding(wanted.notes, self._notes, places)
        if wanted.words:
            places = _holding(wanted.words, self._texts, places)
        return places

    def in_order(self, places: Sequence[int], sort: str) -> Sequence[int]:
        """Put runs that stand newest first into one of `SORTS`; that order stays where they tie."""
        if sort == "newest":
            return places
        if sort == "longest":
            return sorted(places, key=self.active.__getitem__, reverse=True)
        over = [timedelta.min if one is None else one for one in self.over_goal]
        return sorted(places, key=over.__getitem__, reverse=True)


def _holding(words: Sequence[str], texts: Sequence[str], places: Iterable[int]) -> list[int]:
    if len(words) == 1:
        (word,) = words
        return [place for place in places if word in texts[place]]
    return [place for place in places if all(word in texts[place] for word in words)]


def _is_over(runs: PastRuns) -> Callable[[int], bool]:
    over = [one is not None and one > _ON_GOAL for one in runs.over_goal]
    return over.__getitem__


def _is_under(runs: PastRuns) -> Callable[[int], bool]:
    under = [one is not None and one <= _ON_GOAL for one in runs.over_goal]
    return under.__getitem__


_MARKED: dict[str, Callable[[PastRuns], Callable[[int], bool]]] = {
    "over": _is_over,
    "under": _is_under,
    "skipped": lambda runs: runs.skipped.__getitem__,
    "left-out": lambda runs: lambda place: runs.heads[place].left_out,
    "corrected": lambda runs: runs.corrected.__getitem__,
    "abandoned": lambda runs: lambda place: runs.heads[place].state == "abandoned",
}
"""What says whether the run at a place is one that a mark wants."""
