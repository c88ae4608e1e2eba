"""What has made the runs longer: the newest revision, or from when on nobody knows what (FORMULAS 3).

The mirror of `gains`, of whole runs alone: only what holds now is told, since what an earlier revision
cost a later one may have brought back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.improvement.exact import Interval, shift_interval
from procroutine.improvement.gains import FEWEST_EACH, by_revision, middles_of
from procroutine.improvement.ground import RECENT as NEWEST
from procroutine.improvement.level_shift import level_shift
from procroutine.improvement.levers.chance import Chance, sureness
from procroutine.improvement.likeness import are_alike
from procroutine.improvement.outcomes import is_surely_worse, outcomes_of
from procroutine.improvement.what_changed import what_changed
from procroutine.insight.before_after import RECENT
from procroutine.values import Value

if TYPE_CHECKING:
    from datetime import date

    from procroutine.improvement.ground import GroundRun, RoutineGround

KIND = "loss"
ZERO = timedelta()


class Loss(Value):
    """From when on the runs are longer."""

    routine: str
    revision: int | None
    """The one that made them so; None where none did."""
    since: date
    """The day of the first run."""
    costs: timedelta
    """A week, and between what that lies."""
    low: timedelta
    high: timedelta
    sentence: str
    how: str


def losses_of(ground: RoutineGround, chance: Chance) -> Iterator[Loss]:
    """Find what made the runs longer; the newest revision and all else share the chance of `loss`.

    It takes runs for independent of each other; where they are like those right before them, nothing is said.
    """
    parts, tail = by_revision(ground), chance.tail(KIND, 2)
    if len(parts) > 1 and (loss := _by_revision(ground, parts[-2][-NEWEST:], parts[-1], tail)) is not None:
        yield loss
    newest = (parts[-1] if parts else ground.finished)[-NEWEST:]
    if (loss := _without_revision(ground, newest, tail)) is not None:
        yield loss


def _by_revision(
    ground: RoutineGround, old: Sequence[GroundRun], since: Sequence[GroundRun], tail: float
) -> Loss | None:
    before = old[-RECENT:]
    if min(len(before), len(since)) < FEWEST_EACH:
        return None
    added = shift_interval(_times(since), _times(before), tail)
    if added is None or added.low <= ZERO or are_alike((_times(old), _times(since))):
        return None
    changed = what_changed(ground, before, since)
    what = f"Revision {since[0].revision} made the runs longer{f' ({changed})' if changed else ''}"
    advice = "Take back what costs the time, unless it is worth it."
    return _loss(ground, (before, since), added, (what, advice), tail).replaced(revision=since[0].revision)


def _without_revision(ground: RoutineGround, runs: Sequence[GroundRun], tail: float) -> Loss | None:
    """Find a rise as a fall of the times from the newest to the oldest."""
    shift = level_shift(_times(runs[::-1]), tail)
    if shift is None:
        return None
    place = len(runs) - shift.place
    before, since = runs[:place], runs[place:]
    if are_alike((_times(before), _times(since))):
        return None
    what = f"Since {since[0].day.isoformat()} the runs are longer, and no revision says why"
    return _loss(ground, (before, since), shift.saved, (what, "Find out what was different."), tail)


def _times(runs: Sequence[GroundRun]) -> tuple[timedelta, ...]:
    return tuple(run.active for run in runs)


def _loss(
    ground: RoutineGround,
    sides: tuple[Sequence[GroundRun], Sequence[GroundRun]],
    added: Interval,
    said: tuple[str, str],
    tail: float,
) -> Loss:
    before, since = sides
    what, advice = said
    was, now = outcomes_of(before), outcomes_of(since)
    right = f" The output was right in {now.words} since and in {was.words} before, hardly chance."
    a_week = added.times(ground.a_week)
    return Loss(
        routine=ground.routine.id,
        revision=None,
        since=since[0].day,
        costs=a_week.estimate,
        low=a_week.low,
        high=a_week.high,
        sentence=f"{what}: {middles_of(_times(before), _times(since))} since."
        f"{right if is_surely_worse(was, now) else ''} {advice}",
        how=f"The middle difference of {len(before)} runs before and {len(since)} since, times {ground.a_week:.2f} a"
        f" week; interval by exact ranks at {sureness(tail)}.",
    )
