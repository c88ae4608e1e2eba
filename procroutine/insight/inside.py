"""Which steps take time of the run itself: all that are not done before it, and those that only might be (FORMULAS 7).

A file says of a step that it may be done before the run; whether it is, only the runs can tell. What
is said about the time of a run therefore goes by them: a step marked `prepare` counts with what it
took within each run, which is nothing where it was prepared, and not at all where no run ever held it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.history.targets import usual
from procroutine.insight.odds import done_as_now

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.routine.model import Step

Times = Mapping[str, Sequence[timedelta]]


def times_inside(
    snapshot: Mapping[str, Any], runs: Iterable[RunHead], snapshots: Mapping[int, Mapping[str, Any]]
) -> dict[str, list[timedelta]]:
    """Gather what each step of a snapshot took within runs (oldest first) that did the same work in it.

    `snapshots` are the routine's revisions by number.
    """
    times: dict[str, list[timedelta]] = {}
    for _, step_id, time in done_inside(snapshot, runs, snapshots):
        times.setdefault(step_id, []).append(time)
    return times


def done_inside(
    snapshot: Mapping[str, Any], runs: Iterable[RunHead], snapshots: Mapping[int, Mapping[str, Any]]
) -> Iterator[tuple[RunHead, str, timedelta]]:
    """Give what `times_inside` gathers, one by one with the run it is of."""
    early = [step["id"] for step in snapshot.get("steps", ()) if step.get("prepare")]
    return done_as_now(snapshot, runs, snapshots, early)


def is_inside(step: Step, times: Times) -> bool:
    """Say whether a step takes time of the run, by what it took within runs."""
    return not step.prepare or any(times.get(step.id, ()))


def is_mostly_inside(step: Step, times: Times) -> bool:
    """Say whether a step usually takes time of the run: not where it is prepared more often than not."""
    return not step.prepare or bool(usual(times.get(step.id, ())))


def usual_inside(step: Step, own: Sequence[timedelta]) -> timedelta | None:
    """Give what a step usually takes of a run, by what it took within runs; None where it never took anything.

    Of a step that may be done before the run it is what it takes whenever it is done in it.
    """
    return usual([time for time in own if time] if step.prepare else own)
