"""Leaving with a run open: nothing is lost, and what becomes of the clock is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content

from procroutine.durations import step_time
from procroutine.insight.views.run import RunView
from procroutine.tui.screens.choose import Choice, ChooseScreen
from procroutine.tui.widgets.cells import SOFT, joined

if TYPE_CHECKING:
    from procroutine.tui.app import ProcroutineApp


def ask_to_leave(app: ProcroutineApp, run_id: str, leave: Callable[[], object]) -> None:
    """Ask what becomes of a run, carry it out, and `leave` unless the person stays.

    A run that is paused already stays so, and is left without a question.
    """
    view = app.look(lambda: app.viewer.run(run_id))
    if view is None or view.paused_since is not None:
        leave()
        return

    def answered(choice: str | None) -> None:
        if choice == "keep":
            leave()
        elif choice == "pause":
            if app.attempt(lambda: app.home.act("pause", run=run_id)) is not None:
                leave()
        elif choice == "discard":
            ask_to_discard(app, run_id, leave)

    app.push_screen(_leave_screen(view), answered)


def ask_to_discard(app: ProcroutineApp, run_id: str, then: Callable[[], object]) -> None:
    """Ask once more, then give the run up."""

    def answered(choice: str | None) -> None:
        if choice == "discard" and app.attempt(lambda: app.home.act("abandon", run=run_id)) is not None:
            then()

    choices = (
        Choice("k", "stay", "Keep the run", "nothing changes"),
        Choice("d", "discard", "Discard it", "it stays out of all figures", destroys=True),
    )
    text = Content.styled("Its times will count for nothing.", SOFT)
    app.push_screen(ChooseScreen("Discard this run?", text, choices), answered)


def _leave_screen(view: RunView) -> ChooseScreen:
    text = joined(
        (f"{view.done_count} of {len(view.steps)} steps done, ", SOFT),
        (step_time(view.total.elapsed), "bold"),
        (" on the clock. Everything up to now is saved.", SOFT),
    )
    step = view.steps[view.current].number
    choices = (
        Choice("p", "pause", "Pause and leave", "the clock stops until you resume"),
        Choice("k", "keep", "Keep it running", "the clock goes on meanwhile"),
        Choice("s", "stay", "Stay", f"back to step {step}"),
        Choice("d", "discard", "Discard the run", "asks once more", destroys=True),
    )
    return ChooseScreen("Leave this run?", text, choices)
