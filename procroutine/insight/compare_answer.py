"""The answer of `compare --json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from procroutine.insight.compare import BOTH, DROPPED, NEW, SKIPPED
from procroutine.run.record import optional_seconds

if TYPE_CHECKING:
    from procroutine.insight.compare import ComparedStep, Side, SideStep, TwoSides


def compare_answer(two: TwoSides) -> dict[str, Any]:
    """Give both sides, each step, and what makes up the difference; a side without a run is the usual times."""
    return {
        "format": 1,
        "earlier": _side(two.earlier),
        "later": _side(two.later),
        "difference_seconds": optional_seconds(two.difference),
        **{f"{kind}_seconds": optional_seconds(two.change_of(kind)) for kind in (BOTH, SKIPPED, NEW, DROPPED)},
        "steps": [_step(step) for step in two.steps],
    }


def _side(side: Side) -> dict[str, Any]:
    run = side.run
    if run is None:
        return {"run": None, "total_seconds": optional_seconds(side.total)}
    return {
        "run": run.id,
        "routine": run.routine,
        "routine_name": run.routine_name,
        "revision": run.revision,
        "state": run.state,
        "started_at": run.started_at.isoformat(timespec="milliseconds"),
        "week": str(run.week),
        "total_seconds": optional_seconds(side.total),
    }


def _step(step: ComparedStep) -> dict[str, Any]:
    return {
        "id": step.id,
        "title": step.title,
        "kind": step.kind,
        **_of_side("earlier", step.earlier),
        **_of_side("later", step.later),
        "difference_seconds": optional_seconds(step.difference),
    }


def _of_side(name: str, step: SideStep | None) -> dict[str, Any]:
    state, time = (None, None) if step is None else (step.state, step.time)
    return {f"{name}_state": state, f"{name}_seconds": optional_seconds(time)}
