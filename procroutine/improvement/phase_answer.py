"""The path of a routine in words and as JSON, as `phase` prints it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from procroutine.improvement.phases import PhaseState
from procroutine.run.record import optional_seconds

if TYPE_CHECKING:
    from procroutine.improvement.phases import Path, PhaseStep

SIGNS = {PhaseState.DONE: "✓", PhaseState.OPEN: "!", PhaseState.NOW: "◐", PhaseState.LATER: "○"}
WAY = " ── "
"""What stands between two phases."""


def phase_lines(path: Path) -> Iterator[str]:
    """Give the path, what is missing up to the present phase, and what comes next."""
    yield f"{path.name} · {path.where}"
    yield WAY.join(f"{SIGNS[step.state]} {step.name}" for step in path.steps)
    for step in reached(path):
        yield from (f"  {step.name}: {missing}" for missing in step.missing)
    if path.standing:
        yield f"  {path.standing}"
    yield path.suggestion


def reached(path: Path) -> tuple[PhaseStep, ...]:
    """Give the phases up to the present one."""
    return tuple(step for step in path.steps if step.state is not PhaseState.LATER)


def phase_answer(path: Path) -> dict[str, Any]:
    """Give what `phase --json` prints."""
    return {
        "format": 1,
        "routine": path.routine_id,
        "routine_name": path.name,
        "phase": path.phase.value,
        "path": [
            {"phase": step.phase.value, "state": step.state.value, "missing": list(step.missing)} for step in path.steps
        ],
        "goal_seconds": optional_seconds(path.goal),
        "upper_seconds": optional_seconds(path.upper),
        "weeks_met": path.kept.met,
        "weeks_counted": path.kept.counted,
        "suggestion": path.suggestion,
        "move_to": path.move_to.value if path.move_to is not None else None,
    }
