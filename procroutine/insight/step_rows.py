"""The table of steps in Trends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from procroutine.insight.comparisons import counted_runs
from procroutine.insight.shares import StepFigures, step_figures, step_rows
from procroutine.insight.views.steps import StepRow

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.routine.model import Routine
    from procroutine.weeks import Week

RECENT = 8
"""Times that the line of a step draws."""


def figures_since(routine: Routine, heads: Iterable[RunHead], first: Week | None) -> tuple[StepFigures, ...]:
    """Give the figures of each step from the runs that count and began in a week or later; None: from all."""
    return step_figures(routine, (head for head in counted_runs(heads) if first is None or first <= head.week))


def recent_rows(figures: Sequence[StepFigures]) -> tuple[StepRow, ...]:
    """Draw the steps that were done, the slowest by median first, with their newest times."""
    newest = {one.step.id: one.times[-RECENT:] for one in figures}
    return tuple(
        StepRow(**{field: getattr(row, field) for field in row._fields}, recent=newest[row.id])
        for row in step_rows(figures)
    )
