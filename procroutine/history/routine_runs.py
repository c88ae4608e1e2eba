"""The past of each routine: a few figures of all its runs, and the runs, read as far as somebody looks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import islice, takewhile

from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any, TypeVar

    from procroutine.history.heads import RunHead
    from procroutine.weeks import Week

    Of = TypeVar("Of")

NEWEST = 8
"""Runs in what a routine usually takes (FORMULAS 3)."""
_NOTHING = timedelta()
_MILLISECOND = timedelta(milliseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Heads:
    """Runs, newest first, each read when somebody first comes to it."""

    __slots__ = ("_rest", "_seen")

    def __init__(self, heads: Iterable[RunHead]) -> None:
        """Read nothing yet."""
        self._seen: list[RunHead] = []
        self._rest = iter(heads)

    def __iter__(self) -> Iterator[RunHead]:
        """Give the runs from the newest on."""
        place = 0
        while True:
            if place == len(self._seen):
                head = next(self._rest, None)
                if head is None:
                    return
                self._seen.append(head)
            yield self._seen[place]
            place += 1


class Lengths(Value):
    """What the active times of the runs of one routine come to, of those that count in the statistics."""

    best: timedelta | None
    """The shortest of the complete ones."""
    newest: tuple[tuple[int, str, timedelta], ...]
    """Of the newest: when it began (ms), id, and length; newest first."""
    weeks: tuple[str, ...]
    """Week, number of runs, and how long they are together (ms), with spaces between; each part newest week first."""


class RoutineRuns(Value):
    """The ended runs of one routine that are not deleted."""

    heads: Iterable[RunHead]
    """Newest first."""
    days: tuple[date, ...]
    """On which finished runs began, in no order."""
    schedules: frozenset[str]
    """All under which a run was made, as far as they are known."""
    has_revision: bool
    """Whether any of them tells its revision."""
    lengths: Lengths | None = None
    """Where it is known beforehand; else the runs are looked through for what is asked."""

    @property
    def best(self) -> timedelta | None:
        """The shortest active time of a complete run that counts in the statistics."""
        if self.lengths is not None:
            return self.lengths.best
        return min((head.active for head in self._counted() if head.complete), default=None)

    @property
    def newest_lengths(self) -> tuple[timedelta, ...]:
        """The active times of the newest eight that count in the statistics, newest first."""
        if self.lengths is not None:
            return tuple([length for _, _, length in self.lengths.newest])
        return tuple(head.active for head in islice(self._counted(), NEWEST))

    def in_weeks(self, weeks: Sequence[Week]) -> list[tuple[int, timedelta]]:
        """Give how many runs that count there are in each of some weeks in a row, and how long they are together."""
        if self.lengths is not None:
            known = _read_weeks(self.lengths.weeks, str(weeks[0]))
            return [known.get(text, (0, _NOTHING)) for text in map(str, weeks)]
        by_week: dict[Week, list[timedelta]] = {week: [] for week in weeks}
        earliest = weeks[0] + -1  # runs a day apart may stand in the wrong order of weeks
        for head in takewhile(lambda head: earliest <= head.week, self.heads):
            if head.week in by_week and _counts(head):
                by_week[head.week].append(head.active)
        return [(len(lengths), sum(lengths, _NOTHING)) for lengths in by_week.values()]

    def _counted(self) -> Iterator[RunHead]:
        return filter(_counts, self.heads)


NO_RUNS = RoutineRuns(heads=(), days=(), schedules=frozenset(), has_revision=False)


def _counts(head: RunHead) -> bool:
    return head.state == "finished" and not head.left_out


def runs_of(heads: Iterable[RunHead]) -> RoutineRuns:
    """Look through all of a routine's runs, newest first; those that are deleted are left out."""
    there = tuple(head for head in heads if not head.deleted)
    return RoutineRuns(
        heads=there,
        days=tuple(head.day for head in there if head.state == "finished"),
        schedules=frozenset(head.schedule for head in there if head.schedule is not None),
        has_revision=any(head.revision is not None for head in there),
    )


def lengths_of(runs: RoutineRuns) -> Lengths:
    """Look through the active times of a routine's runs."""
    counted = list(filter(_counts, runs.heads))
    weeks: dict[str, list[int]] = {}
    for head in counted:
        week = weeks.setdefault(str(head.week), [0, 0])
        week[0] += 1
        week[1] += head.active // _MILLISECOND
    written = [f"{week} {runs} {length}" for week, (runs, length) in sorted(weeks.items(), reverse=True)]
    return Lengths(
        best=runs.best,
        newest=tuple([(_began(head), head.id, head.active) for head in counted[:NEWEST]]),
        weeks=(" ".join(written),),
    )


def _read_weeks(parts: Iterable[str], first: str) -> dict[str, tuple[int, timedelta]]:
    """Read the weeks from one on; earlier ones are not looked at."""
    found: dict[str, tuple[int, timedelta]] = {}
    for part in parts:
        if part[: len(first)] < first:
            continue
        words = iter(part.split(" "))
        for week, runs, length in zip(words, words, words, strict=True):
            if week < first:
                break
            before, together = found.get(week, (0, _NOTHING))
            found[week] = before + int(runs), together + _MILLISECOND * int(length)
    return found


def _began(head: RunHead) -> int:
    return (head.started_at - _EPOCH) // _MILLISECOND


def joined(parts: Sequence[RoutineRuns]) -> RoutineRuns:
    """Put together what is known of several parts of a routine's runs."""
    if len(parts) == 1:
        return parts[0]
    return RoutineRuns(
        heads=Heads(newest_first([part.heads for part in parts], _moment)),
        days=tuple([day for part in parts for day in part.days]),
        schedules=frozenset([schedule for part in parts for schedule in part.schedules]),
        has_revision=any(part.has_revision for part in parts),
        lengths=_all_lengths([part.lengths for part in parts]),
    )


def _all_lengths(parts: list[Lengths | None]) -> Lengths | None:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    return Lengths(
        best=min((part.best for part in known if part.best is not None), default=None),
        newest=tuple(sorted([one for part in known for one in part.newest], reverse=True)[:NEWEST]),
        weeks=tuple([weeks for part in known for weeks in part.weeks]),
    )


def _moment(head: RunHead) -> tuple[datetime, str]:
    return head.started_at, head.id


def newest_first(parts: Iterable[Iterable[Of]], key: Callable[[Of], tuple[Any, ...]]) -> Iterator[Of]:
    """Put things of several parts, each newest first, in one such order; nothing is read before it is asked for."""
    from heapq import merge

    return merge(*parts, key=key, reverse=True)


def by_routine(heads: Iterable[RunHead]) -> dict[str, RoutineRuns]:
    """Give the runs of each routine, out of all runs, newest first."""
    found: dict[str, list[RunHead]] = {}
    for head in heads:
        found.setdefault(head.routine, []).append(head)
    return {routine: runs_of(own) for routine, own in found.items()}
