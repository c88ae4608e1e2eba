"""Pauses of a run: stopping the clock, waiting for a cause, and what a long pause was once it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from procroutine.run.remarks import length_in_words
from procroutine.tui.screens.choose import Choice, ChooseScreen
from procroutine.tui.screens.run_keys import RunKeys
from procroutine.tui.widgets.cells import SOFT

if TYPE_CHECKING:
    from datetime import timedelta

    from procroutine.history.home import Answer
    from procroutine.tui.app import ProcroutineApp

_WHAT_IT_WAS = (
    Choice("p", "pause", "It was a pause", "nothing changes"),
    Choice("w", "work", "It was work", "the time goes to the step"),
    Choice("t", "waiting", "It was waiting", "for something outside you"),
)


class RunPauses(RunKeys):
    """The keys of a run that stop its clock and let it go on."""

    def action_done(self) -> None:
        """Finish the running step; where that ended a long pause, ask what it was."""
        self._ended_pause(self._is_paused(), self.step_done())

    def action_pause(self) -> None:
        """Stop the clock, or let it go on; what was prepared is begun."""
        if self.view is None or self.view.paused_since is None:
            self.verb("pause")
            return
        self._ended_pause(self._is_paused(), self.verb("resume"))

    def action_wait(self) -> None:
        """Stop the clock for a cause outside the person."""
        from procroutine.moments import cause_and_end

        def wait(text: str) -> None:
            app = self.procroutine
            found = app.attempt(lambda: cause_and_end(text, app.clock.read()))
            if found is not None:
                self.verb("waiting", text=found[0], until=found[1])

        self.procroutine.ask("What are you waiting for?", wait, "With its end, if you know it: photos until 15:30")

    def _is_paused(self) -> bool:
        return self.view is not None and self.view.paused_since is not None and self.view.waiting_for is None

    def _ended_pause(self, was_paused: bool, answer: Answer | None) -> None:
        """Ask what the pause was that has just ended, if it was a long one."""
        app = self.procroutine
        if was_paused and answer is not None and not answer.ended and answer.run.last_pause > app.settings.long_pause:
            ask_about_pause(app, self.run_id, answer.run.last_pause)


def ask_about_pause(app: ProcroutineApp, run_id: str, length: timedelta) -> None:
    """Ask what the last pause of a run was, and count it as the person says."""

    def answered(what: str | None) -> None:
        if what in ("work", "waiting") and app.carried_out(lambda: app.home.act("recount", run=run_id, what=what)):
            app.say(f"{length_in_words(length)} counted as {what}. u takes it back.")

    text = Content.styled(f"Paused for {length_in_words(length)}. The clock goes on.", SOFT)
    app.push_screen(ChooseScreen("Was it a pause?", text, _WHAT_IT_WAS), answered)
