"""What the page of a past run draws."""

from __future__ import annotations

from datetime import timedelta

from procroutine.insight.views.common import Standing
from procroutine.insight.views.corrections import CorrectionLine
from procroutine.text import Shown
from procroutine.values import Value


class RunPageStep(Value):
    """One step on a past run's page."""

    title: Shown
    state: str
    """`done`, `skipped`, or `off` where it was switched off for this run; of an abandoned run also `pending`."""
    time: timedelta | None
    usual: timedelta | None
    difference: timedelta | None
    standing: Standing
    paused: timedelta
    note: Shown | None
    id: str = ""
    choices: tuple[tuple[str, Shown], ...] = ()
    """The systems it could be done with, by their ids and names; none where the run's definition gives no choice."""
    alternative: str | None = None
    """Which of them it was done with; None where nobody knows."""

    @property
    def system(self) -> Shown | None:
        """The name of the one of its choices that it was done with."""
        return dict(self.choices).get(self.alternative or "")


class RunPage(Value):
    """One past run."""

    run_id: str
    routine_id: str
    name: Shown
    place: str
    """`v4 · week 47 · Thu 19 Nov 13:47 to 14:44`."""
    state: str
    total: timedelta
    goal: timedelta | None
    vs_goal: timedelta | None
    standing: Standing
    vs_usual: timedelta | None
    paused: timedelta
    waiting: timedelta
    asleep: timedelta
    corrected: timedelta
    outcome: str | None
    note: Shown | None
    steps: tuple[RunPageStep, ...]
    begun: Shown = Shown("")
    """When it began, as one would type it: `2026-11-19T13:47`."""
    deleted: bool = False
    left_out: Shown | None = None
    """Why it is kept out of the statistics; None where it counts."""
    corrections: tuple[CorrectionLine, ...] = ()
    """The newest first; what only says what nobody had said before is no correction."""
    is_corrected: bool = False
    """Whether its start or the times of its steps are others than were recorded."""
    to_undo: str = ""
    """What would be taken back, as a sentence that says it was; empty for nothing."""
    to_redo: str = ""
    """The same for what was taken back last, and would be brought in again."""
    stamp: tuple[int, str] | None = None
    """Which version this is, so that nothing is done to another; None where it is not in the history yet."""
    order: str = ""
    """`done in the order 1, 3, 2`, where that is not the order of the list."""
