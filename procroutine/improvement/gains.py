"""What has helped already: revisions after which the runs were shorter by more than chance (FORMULAS 3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from procroutine.durations import step_time
from procroutine.improvement.exact import shift_interval
from procroutine.improvement.ground import RoutineGround, middle_of
from procroutine.improvement.levers.chance import Chance, sureness
from procroutine.insight.before_after import RECENT, before_and_after
from procroutine.values import Value

if TYPE_CHECKING:
    from datetime import date

    from procroutine.improvement.ground import GroundRun

KIND = "gain"
_FEWEST = 3
ZERO = timedelta()


class Gain(Value):
    """One revision that made the runs shorter."""

    routine: str
    revision: int
    since: date
    """The day of its first run."""
    saves: timedelta
    """A week, and between what that lies."""
    low: timedelta
    high: timedelta
    sentence: str
    how: str


def gains_of(ground: RoutineGround, chance: Chance) -> Iterator[Gain]:
    """Find the revisions that helped; each that can be told takes its part of the chance of `gain`.

    The verdict of Trends must say so too; the interval here is wider, since many are looked at.
    """
    pairs = [(old[-RECENT:], new) for old, new in pairwise(_by_revision(ground)) if min(len(old), len(new)) >= _FEWEST]
    tail = chance.tail(KIND, len(pairs))
    for old, new in pairs:
        before, after = [run.active for run in old], [run.active for run in new]
        saved = shift_interval([(before, after)], tail)
        revision = new[0].revision
        if (
            revision is None
            or saved is None
            or saved.low <= ZERO
            or before_and_after(before, after).verdict != "helped"
        ):
            continue
        a_week = saved.times(ground.a_week)
        yield Gain(
            routine=ground.routine.id,
            revision=revision,
            since=new[0].day,
            saves=a_week.estimate,
            low=a_week.low,
            high=a_week.high,
            sentence=f"Revision {revision} made the runs shorter: the middle was {step_time(middle_of(before))} before"
            f" and is {step_time(middle_of(after))} since. Keep it.",
            how=f"The last {len(before)} runs before against {len(after)} since, times {ground.a_week:.2f} a week;"
            f" interval by exact ranks at {sureness(tail)}.",
        )


def _by_revision(ground: RoutineGround) -> list[list[GroundRun]]:
    """Part the finished runs where a newer revision was first run; imported ones say nothing."""
    parts: list[list[GroundRun]] = []
    newest = 0
    for run in ground.finished:
        if run.revision is None:
            continue
        if run.revision > newest:
            newest = run.revision
            parts.append([])
        if run.revision == newest:
            parts[-1].append(run)
    return parts
