"""What has helped already: from when on the runs are shorter by more than chance, by which revision (FORMULAS 3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from procroutine.durations import step_time
from procroutine.improvement.exact import Interval, chance_of_fall, shift_interval
from procroutine.improvement.ground import RECENT as NEWEST
from procroutine.improvement.ground import RoutineGround, middle_of
from procroutine.improvement.level_shift import is_practice, level_shift
from procroutine.improvement.levers.chance import Chance, sureness
from procroutine.improvement.levers.lever import Missing
from procroutine.improvement.levers.naming import listed
from procroutine.improvement.likeness import are_alike
from procroutine.insight.before_after import RECENT, before_and_after
from procroutine.values import Value

if TYPE_CHECKING:
    from datetime import date

    from procroutine.improvement.ground import GroundRun

KIND = "gain"
_FEWEST = 3
_FALLS = 0.05
"""Chance from which on runs that get shorter before a revision are no chance any more."""
ZERO = timedelta()


class Gain(Value):
    """From when on the runs are shorter."""

    routine: str
    revision: int | None
    """The one that made them so; None where none did."""
    since: date
    """The day of the first run."""
    saves: timedelta
    """A week, and between what that lies."""
    low: timedelta
    high: timedelta
    sentence: str
    how: str


def gains_of(ground: RoutineGround, chance: Chance) -> Iterator[Gain | Missing]:
    """Find the revisions that helped, and from when on the runs are shorter without one.

    Each revision that can be told takes its part of the chance of `gain`, all else shares that of
    `shift`. The verdict of Trends must say of a revision that it helped too; the interval here is
    wider, since many are looked at. What falls little by little is practice, and no revision's merit.
    All this takes runs for independent of each other; where they are like those right before them,
    that is said instead.
    """
    parts = _by_revision(ground)
    pairs = [(old[-NEWEST:], new) for old, new in pairwise(parts) if min(len(old), len(new)) >= _FEWEST]
    tail, helped = chance.tail(KIND, len(pairs)), []
    for old, new in pairs:
        earlier, after = [run.active for run in old], [run.active for run in new]
        before = earlier[-RECENT:]
        saved = shift_interval(before, after, tail)
        if saved is None or saved.low <= ZERO or _goes_on(earlier, after):
            continue
        if before_and_after(before, after).verdict == "helped":
            what = f"Revision {new[0].revision} made the runs shorter: {_middles(before, after)} since. Keep it."
            gain = _gain(ground, new[0], saved, what, (len(before), len(new), tail))
            helped.append(gain.replaced(revision=new[0].revision))
    if helped and are_alike([run.active for run in part] for part in parts):
        yield _not_told(ground, [f"revision {gain.revision}" for gain in helped])
    else:
        yield from helped
    yield from _without_revision(ground, parts[-1] if parts else list(ground.finished), chance.tail("shift", 1))


def _not_told(ground: RoutineGround, revisions: Sequence[str]) -> Missing:
    return Missing(
        routine=ground.routine.id,
        kind=KIND,
        sentence=f"Whether {listed(revisions)} helped cannot be told: runs are like those right before them here, so it"
        " may have been a good stretch.",
    )


def _goes_on(before: Sequence[timedelta], after: Sequence[timedelta]) -> bool:
    """Say whether the runs got shorter little by little before a revision already, and went on so."""
    return chance_of_fall(before) <= _FALLS and is_practice([*before, *after], len(before))


def _without_revision(ground: RoutineGround, runs: Sequence[GroundRun], tail: float) -> Iterator[Gain]:
    """Find from when on the newest runs of the present revision are shorter."""
    newest = runs[-NEWEST:]
    times = [run.active for run in newest]
    shift = level_shift(times, tail)
    if shift is None or is_practice(times):
        return
    first = newest[shift.place]
    before, after = times[: shift.place], times[shift.place :]
    what = (
        f"Since {first.day.isoformat()} the runs are shorter, and no revision says why: {_middles(before, after)}"
        " since. Find out what was different, and write it down."
    )
    yield _gain(ground, first, shift.saved, what, (len(before), len(after), tail))


def _middles(before: Sequence[timedelta], after: Sequence[timedelta]) -> str:
    return f"the middle was {step_time(middle_of(before))} before and is {step_time(middle_of(after))}"


def _gain(
    ground: RoutineGround, first: GroundRun, saved: Interval, sentence: str, compared: tuple[int, int, float]
) -> Gain:
    a_week = saved.times(ground.a_week)
    before, since, tail = compared
    return Gain(
        routine=ground.routine.id,
        revision=None,
        since=first.day,
        saves=a_week.estimate,
        low=a_week.low,
        high=a_week.high,
        sentence=sentence,
        how=f"The last {before} runs before against {since} since, times {ground.a_week:.2f} a week; interval by exact"
        f" ranks at {sureness(tail)}.",
    )


def _by_revision(ground: RoutineGround) -> list[list[GroundRun]]:
    """Part the finished runs where a newer revision was first run.

    Imported ones say nothing, and nothing those of a revision that was given up for an older one again.
    """
    parts: list[list[GroundRun]] = []
    newest, present = 0, ground.revision
    for run in ground.finished:
        if run.revision is None or present is None or run.revision > present:
            continue
        if run.revision > newest:
            newest = run.revision
            parts.append([])
        if run.revision == newest:
            parts[-1].append(run)
    return parts
