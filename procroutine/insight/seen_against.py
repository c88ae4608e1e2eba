"""What runs are seen against, kept for as long as they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.comparisons import Comparisons
    from procroutine.insight.run_view import DrawnRows
    from procroutine.run.states import RunState

KEPT_RUNS = 8
"""Runs of which the surroundings are kept."""


class Around(Value):
    """What a run is seen against."""

    before: Sequence[RunHead]
    comparisons: Comparisons
    goal: timedelta | None
    last_notes: Mapping[str, tuple[str, str]]
    rows: DrawnRows
    """Steps as they were drawn against it."""


class SeenAgainst:
    """Finds what is around a run, once for each."""

    def __init__(
        self,
        heads_of: Callable[[str], Sequence[RunHead]],
        past: Callable[[str], RunState | None],
        comparison: str,
    ) -> None:
        """Take what gives the past of a routine and one past run, and what runs are held against."""
        self._heads_of = heads_of
        self._past = past
        self._comparison = comparison
        self._found: dict[tuple[str, int | None], Around] = {}

    def of(self, run: RunState) -> Around:
        """Give what a run is seen against."""
        from procroutine.insight.run_context import comparisons_for, goal_for, last_notes, runs_before

        key = run.id, run.revision
        if key not in self._found:
            before = runs_before(run, self._heads_of(run.routine))
            if len(self._found) >= KEPT_RUNS:
                del self._found[next(iter(self._found))]
            self._found[key] = Around(
                before=before,
                comparisons=comparisons_for(run, before, self._comparison),
                goal=goal_for(run, before),
                last_notes=last_notes(run, before, self._past),
                rows={},
            )
        return self._found[key]
