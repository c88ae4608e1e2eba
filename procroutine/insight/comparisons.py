"""What a run in progress is held against (FORMULAS 1, after LiveSplit's model).

All lists of times run from the oldest to the newest. A skipped step has no time, and a step that
was removed is a saving: its time goes to no neighbour.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from procroutine.history.targets import best, last, times_of_steps, usual, weights
from procroutine.insight.done_with import IN_ANY_WAY
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.done_with import DoneWith

BEST_RUN, GOAL, SUM_OF_BEST = "best", "goal", "sum of best"
NAMES = {BEST_RUN: "best run", GOAL: "goal split"}
"""What a comparison is called, where that is not its own name."""
_HALVINGS = 60
"""Bisection steps: more than the digits of a float between 0 and 1 need."""


def weighted_average(times: Sequence[timedelta]) -> timedelta | None:
    """Give the average with weights 0.75^j, j = runs back from the newest."""
    if not times:
        return None
    each = weights(len(times))
    return sum((time * weight for time, weight in zip(times, each, strict=True)), timedelta()) / sum(each)


class SkillCurve(Value):
    """A step's times from its best to its worst, over p from 0 to 1."""

    places: tuple[float, ...]
    times: tuple[timedelta, ...]

    def at(self, place: float) -> timedelta:
        """Give the time at p, linear between the times that were really had."""
        after = bisect_left(self.places, place)
        if after == 0:
            return self.times[0]
        if after == len(self.places):
            return self.times[-1]
        low, high = self.places[after - 1], self.places[after]
        return self.times[after - 1] + (self.times[after] - self.times[after - 1]) * ((place - low) / (high - low))


def skill_curve(times: Sequence[timedelta]) -> SkillCurve:
    """Sort at least one time with running weights c; p = (c − c_first) / (c_last − c_first)."""
    ordered = sorted(zip(times, weights(len(times)), strict=True))
    running = list(accumulate(weight for _, weight in ordered))
    span = running[-1] - running[0]
    places = tuple((weight - running[0]) / span if span else 0.0 for weight in running)
    return SkillCurve(places=places, times=tuple(time for time, _ in ordered))


def goal_split(curves: Mapping[str, SkillCurve], goal: timedelta) -> tuple[float, dict[str, timedelta]]:
    """Find the one p at which the curves add up to the goal, and each step's target there.

    The goal is clamped to what the curves can give. p says how hard the goal is, from 0 (the sum of
    best) to 1 (the sum of worst); it is no probability.
    """
    low, high = 0.0, 1.0
    for place, reached in ((low, goal <= _total(curves, low)), (high, goal >= _total(curves, high))):
        if reached:
            return place, {step_id: curve.at(place) for step_id, curve in curves.items()}
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _total(curves, middle) <= goal:
            low = middle
        else:
            high = middle
    return low, _between(curves, low, high, goal)


def _total(curves: Mapping[str, SkillCurve], place: float) -> timedelta:
    return sum((curve.at(place) for curve in curves.values()), timedelta())


def _between(curves: Mapping[str, SkillCurve], low: float, high: float, goal: timedelta) -> dict[str, timedelta]:
    """Share out what bisection leaves: weights of runs long ago are too small to part two places of a curve."""
    under, over = _total(curves, low), _total(curves, high)
    part = (goal - under) / (over - under) if over > under else 0.0
    return {step_id: curve.at(low) + (curve.at(high) - curve.at(low)) * part for step_id, curve in curves.items()}


def counted_runs(heads: Iterable[RunHead], before: datetime | None = None) -> list[RunHead]:
    """Give the runs whose done steps count, oldest to newest: abandoned ones too, deleted and left out ones not.

    With `before`, only those that began earlier.
    """
    counted = (head for head in heads if not head.deleted and not head.left_out)
    return sorted(
        (head for head in counted if before is None or head.started_at < before),
        key=lambda head: (head.started_at, head.id),
    )


def _targets(
    step_ids: Iterable[str],
    heads: Iterable[RunHead],
    definition: Mapping[str, Any],
    prepared: Collection[str] = (),
    ways: DoneWith = IN_ANY_WAY,
) -> tuple[dict[str, dict[str, timedelta]], float | None]:
    heads, wanted = tuple(heads), tuple(step_ids)
    gathered = ways.times(heads, times_of_runs)
    times = {step_id: gathered[step_id] for step_id in wanted if step_id in gathered}
    planned = planned_times(definition)
    goal = definition.get("goal_seconds")
    how_hard, split = split_of_goal(
        {step_id: each for step_id, each in times.items() if step_id not in prepared},
        {step_id: time for step_id, time in planned.items() if step_id not in prepared},
        None if goal is None else timedelta(seconds=goal),
    )
    return {
        "usual": _each(times, usual),
        BEST_RUN: times_of_best_run(wanted, heads, definition, ways),
        "last": _each(times, last),
        "average": _each(times, weighted_average),
        "planned": planned,
        GOAL: split,
        SUM_OF_BEST: _each(times, best),
    }, how_hard


def times_of_runs(heads: Iterable[RunHead]) -> dict[str, list[timedelta]]:
    """Gather the times of each step out of runs."""
    return times_of_steps(head.step_times for head in heads)


def times_of_best_run(
    step_ids: Iterable[str],
    heads: Sequence[RunHead],
    definition: Mapping[str, Any],
    ways: DoneWith = IN_ANY_WAY,
) -> dict[str, timedelta]:
    """Give the steps of the best run: the quickest of those in which every step was done that is not optional.

    It is one of those that did steps with alternatives in the same `ways`, if there is one. Of runs of earlier
    revisions, those that had all of the present steps come first, and what removed steps took in them does not count.
    Equal ones: the newest.
    """
    if ways.runs and (alike := times_of_best_run(step_ids, ways.alike(heads), definition)):
        return alike
    wanted = frozenset(step_ids)
    needed = wanted - {
        step["id"] for step in definition.get("steps", ()) if step.get("optional") or step.get("prepare")
    }
    found: tuple[tuple[int, timedelta], RunHead] | None = None
    for head in heads:
        if head.state != "finished" or not head.complete:
            continue
        removed = sum((time for step_id, time in head.step_times.items() if step_id not in wanted), timedelta())
        rank = len(needed - head.step_times.keys()), head.active - removed
        if found is None or rank <= found[0]:
            found = rank, head
    return {} if found is None else {key: time for key, time in found[1].step_times.items() if key in wanted}


def planned_times(definition: Mapping[str, Any]) -> dict[str, timedelta]:
    """Give the planned times in a snapshot."""
    return {
        step["id"]: timedelta(seconds=step["planned_seconds"])
        for step in definition.get("steps", ())
        if step.get("planned_seconds") is not None
    }


def _each(
    times: Mapping[str, Sequence[timedelta]], of: Callable[[Sequence[timedelta]], timedelta | None]
) -> dict[str, timedelta]:
    found = ((step_id, of(each)) for step_id, each in times.items())
    return {step_id: time for step_id, time in found if time is not None}


def split_of_goal(
    times: Mapping[str, Sequence[timedelta]], planned: Mapping[str, timedelta], goal: timedelta | None
) -> tuple[float | None, dict[str, timedelta]]:
    """Split a goal over the steps that were ever done; the others take their planned time out of it first.

    Gives p and the targets; None and nothing without a goal or times.
    """
    if goal is None or not times:
        return None, {}
    only_planned = sum((time for step_id, time in planned.items() if step_id not in times), timedelta())
    return goal_split({step_id: skill_curve(each) for step_id, each in times.items()}, goal - only_planned)


class Comparisons(Value):
    """What the steps of one run are held against, and which of it the person chose."""

    by_name: Mapping[str, Mapping[str, timedelta]]
    """Steps' times by `usual`, `best` (the steps of the best run), `last`, `average`, `planned`, `goal` (the goal
    split over the steps; those never done take their planned time out of it first) and `sum of best` (each step's
    best)."""
    chosen: str = "usual"
    how_hard: float | None = None
    """p of the goal split: 0 is the sum of best, 1 the sum of worst."""

    @classmethod
    def of(
        cls,
        step_ids: Iterable[str],
        heads: Iterable[RunHead],
        definition: Mapping[str, Any],
        chosen: str = "usual",
        prepared: Collection[str] = (),
        ways: DoneWith = IN_ANY_WAY,
    ) -> Comparisons:
        """Work them out from the routine's runs (oldest to newest) and its snapshot.

        The goal is not split over steps that were `prepared` before the run. Steps with alternatives are held against
        runs that did them in the same `ways`.
        """
        by_name, how_hard = _targets(step_ids, heads, definition, prepared, ways)
        return cls(by_name=by_name, chosen=chosen if chosen in by_name else "usual", how_hard=how_hard)

    def following(self) -> str:
        """Give the comparison after the chosen one, those left out that say nothing of any step."""
        names = list(self.by_name)
        place = names.index(self.chosen)
        found = (name for name in (*names[place + 1 :], *names[:place]) if self.by_name[name])
        return next(found, self.chosen)

    @property
    def against(self) -> str:
        """What the steps are really held against: the plan where none of them has a time in the chosen comparison."""
        return self.chosen if self.by_name[self.chosen] else "planned"

    def best(self, step_id: str) -> timedelta | None:
        """Give the step's shortest time."""
        return self.by_name[SUM_OF_BEST].get(step_id)

    def last(self, step_id: str) -> timedelta | None:
        """Give the step's newest time."""
        return self.by_name["last"].get(step_id)

    def usual(self, step_id: str, planned: timedelta | None) -> timedelta | None:
        """Give the step's usual time, else the planned one."""
        return self.by_name["usual"].get(step_id, planned)

    def has_usual(self, step_id: str) -> bool:
        """Say whether the step has a usual time."""
        return step_id in self.by_name["usual"]

    def target(self, step_id: str, planned: timedelta | None) -> tuple[timedelta | None, bool]:
        """Give the step's time in the chosen comparison, else the planned one, and whether it is only planned."""
        found = self.by_name[self.chosen].get(step_id)
        return (planned, planned is not None) if found is None else (found, self.chosen == "planned")
