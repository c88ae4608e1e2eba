"""Whether the odds can be believed: what was given before each past run, against what came (FORMULAS 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.insight.comparisons import planned_times
from procroutine.insight.odds import DRAWS, FEWEST, LOOKED_BACK, StepTimes, odds, times_of_same_content

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead

BANDS = 10


@dataclass(frozen=True, slots=True)
class Band:
    """The runs whose odds lay between two tenths, and how many of them kept the goal."""

    low: float
    high: float
    runs: int
    met: int
    expected: float
    """The mean of the odds that were given."""


def backtest(
    runs: Sequence[RunHead],
    snapshots: Mapping[int, Mapping[str, Any]],
    goal: timedelta | None = None,
    draws: int = DRAWS,
) -> tuple[Band, ...]:
    """Give odds before every run but the first five, from the runs before it alone, and compare with what came.

    `runs` are those that count, oldest first; each is held against its own goal, or against the one
    given. Runs without a goal, and steps that were left out, are passed over.
    """
    given: list[tuple[float, bool]] = []
    for place in range(FEWEST, len(runs)):
        run = runs[place]
        aim = goal or run.goal
        snapshot = snapshots.get(run.revision) if run.revision is not None else None
        if aim is None or not run.step_times:
            continue
        times = times_of_same_content(snapshot or _as_done(run), runs[max(0, place - LOOKED_BACK) : place], snapshots)
        planned = planned_times(snapshot or {})
        steps = [StepTimes(id=one, times=tuple(times.get(one, ())), planned=planned.get(one)) for one in run.step_times]
        chance = odds(timedelta(), steps, aim, draws).chance
        if chance is not None:
            given.append((chance, sum(run.step_times.values(), timedelta()) <= aim))
    return bands(given)


def bands(given: Iterable[tuple[float, bool]]) -> tuple[Band, ...]:
    """Sort pairs of odds and whether the goal was kept into tenths, the empty ones left out."""
    parts: dict[int, list[tuple[float, bool]]] = {}
    for chance, met in given:
        parts.setdefault(min(int(chance * BANDS), BANDS - 1), []).append((chance, met))
    return tuple(
        Band(
            low=place / BANDS,
            high=(place + 1) / BANDS,
            runs=len(pairs),
            met=sum(met for _, met in pairs),
            expected=sum(chance for chance, _ in pairs) / len(pairs),
        )
        for place, pairs in sorted(parts.items())
    )


def _as_done(run: RunHead) -> dict[str, Any]:
    return {"steps": [{"id": step_id} for step_id in run.step_times]}
