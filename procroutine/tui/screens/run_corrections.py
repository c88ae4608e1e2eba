"""The keys by which a past run is corrected on its page; every one can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content

from procroutine.durations import parse_change, step_time
from procroutine.insight.views.corrections import BROUGHT_BACK
from procroutine.tui.keys import key
from procroutine.tui.screens.ask import AskScreen, put
from procroutine.tui.screens.choose import Choice, ChooseScreen
from procroutine.tui.screens.past_screen import PastScreen
from procroutine.tui.screens.pick import PickScreen
from procroutine.tui.widgets.row_list import RowList
from procroutine.tui.widgets.text_line import NOTHING

if TYPE_CHECKING:
    from procroutine.history.history import History
    from procroutine.history.stamps import Stamp
    from procroutine.insight.views.run_page import RunPage
    from procroutine.text import Shown
    from procroutine.tui.screens.deletions import Deletions

    Correction = Callable[[History, Stamp | None], object]
    """Corrects the version of a run that was seen."""

_IS_DELETED = "This run is deleted. u brings it back."
_OUTCOMES = (
    Choice("m", "met", "Met", "it produced what it was for"),
    Choice("p", "partly", "Partly", "some of it"),
    Choice("x", "missed", "Missed", "none of it"),
    Choice("n", "", "Not said"),
)
_LEAVES_OUT = "Leave this run out of the statistics, or let it count again."
_WITH = "Say with which of its systems the selected step was done."
_STARTS = "13:45 that day, 2026-11-19, or both as 2026-11-19T13:45. +10m and -1d move it."


class CorrectingScreen(PastScreen):
    """A page of one run that can be corrected."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("page.start", "b", "start", "Begun", "Correct when this run began; all of it moves along."),
        key("page.note", "n", "note", "Note", "Write the note of the selected step anew."),
        key("page.undo", "u", "undo", "Undo", "Take the last correction of this run back, whatever it was."),
        key("page.outcome", "o", "outcome", "Output", "Say whether the run produced its output."),
        key("page.with", "w", "alternative", "With", _WITH, shown=False),
        key("page.leave-out", "l", "leave_out", "Omit", _LEAVES_OUT, shown=False),
        key("page.delete", "d", "delete", "Delete", "Delete this run; u brings it back.", shown=False),
        key("page.run-note", "N", "run_note", "Run note", "Write the note of the whole run anew.", shown=False),
        key("page.redo", "U", "redo", "Redo", "Bring in again what was taken back last.", shown=False),
    ]
    page: RunPage | None = None
    run_id: str
    deletions: Deletions

    def selected_step(self) -> int | None:
        """Give the place of the selected step."""
        return None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        page = self.page
        if action == "undo":
            return page is not None and (page.deleted or bool(page.to_undo))
        if action == "redo":
            return page is not None and not page.deleted and bool(page.to_redo)
        return True

    def _open_page(self) -> RunPage | None:
        """Give the page where it can be corrected; where it is deleted, say so."""
        if self.page is not None and self.page.deleted:
            self.procroutine.say(_IS_DELETED)
            return None
        return self.page

    def _correct(self, page: RunPage, correct: Correction, said: str) -> None:
        """Correct the version of the run that the page showed when it was asked, and say what was done."""
        app = self.procroutine
        if app.carried_out(lambda: correct(app.home.history(), page.stamp)):
            app.say(said)
        self.draw()

    def _ask(self, question: AskScreen, then: Callable[[str], object]) -> None:
        put(self.procroutine, question, then)

    @on(RowList.Opened)
    def _ask_for_time(self, event: RowList.Opened) -> None:
        page = self._open_page()
        if page is None:
            return
        index = event.index
        question = f"How long did {page.steps[index].title} take?"
        explanation = "15m sets it; +2m and -90s change it."
        self._ask(AskScreen(question, explanation, "15m"), lambda change: self._amend(page, index, change))

    def _amend(self, page: RunPage, index: int, change: str) -> None:
        app, step = self.procroutine, page.steps[index]

        def amend() -> str:
            sign, length = parse_change(change)
            past = app.home.history().amend(self.run_id, step.id, sign, length, page.stamp)
            time = past.run.steps[index].taken
            return f"{step.title} now has {step_time(time)}." if time is not None else f"{step.title} has no time."

        if (said := app.attempt(amend)) is not None:
            app.say(said)
        self.draw()

    def action_start(self) -> None:
        """Ask when the run began."""
        page = self._open_page()
        if page is not None:
            question = AskScreen("When did this run begin?", _STARTS, text=page.begun, gives_way=True)
            self._ask(question, lambda text: self._set_start(page, text))

    def _set_start(self, page: RunPage, text: str) -> None:
        from procroutine.history.new_start import set_start

        app = self.procroutine
        if app.carried_out(lambda: set_start(app.home, self.run_id, text, page.stamp)):
            self.draw()
            app.say(f"It is at {self.page.place} now." if self.page is not None else "It was moved.")

    def action_note(self) -> None:
        """Ask for the note of the selected step."""
        page, index = self._open_page(), self.selected_step()
        if page is not None and index is not None:
            step = page.steps[index]
            self._ask_for_note(page, f"Note on {step.title}", step.note, step.id)

    def action_run_note(self) -> None:
        """Ask for the note of the run."""
        if (page := self._open_page()) is not None:
            self._ask_for_note(page, "Note on this run", page.note, "")

    def _ask_for_note(self, page: RunPage, question: str, note: Shown | None, step_id: str) -> None:
        is_line = note is not None and "\n" not in note
        explanation = "An empty line takes it away." if is_line or note is None else "It takes the place of all lines."
        asked = AskScreen(question, explanation, needed=False, text=note if note is not None and is_line else NOTHING)

        def write(text: str) -> None:
            said = "The note is written." if text else "There is no note any more."
            self._correct(page, lambda history, seen: history.set_note(self.run_id, text, step_id, seen), said)

        self._ask(asked, write)

    def action_alternative(self) -> None:
        """Ask with which of its systems the selected step was done."""
        page, index = self._open_page(), self.selected_step()
        if page is None or index is None:
            return
        step = page.steps[index]
        if not step.choices:
            self.procroutine.say("This step had no systems to choose from.")
            return

        def choose(system: str | None) -> None:
            if system is not None:
                said = f"{step.title} was done with {dict(step.choices)[system]}."
                self._correct(
                    page, lambda history, seen: history.set_alternative(self.run_id, step.id, system, seen), said
                )

        question = f"With what was {step.title} done?"
        self.app.push_screen(PickScreen(question, step.choices, step.alternative), choose)

    def action_outcome(self) -> None:
        """Ask whether the run produced its output."""
        page = self._open_page()
        if page is None:
            return
        marked = [choice.value for choice in _OUTCOMES].index(page.outcome or "")

        def choose(outcome: str | None) -> None:
            if outcome is not None:
                said = f"Output: {outcome or 'not said'}."
                self._correct(page, lambda history, seen: history.set_outcome(self.run_id, outcome or None, seen), said)

        self.app.push_screen(ChooseScreen("Did it produce its output?", Content(""), _OUTCOMES, marked), choose)

    def action_leave_out(self) -> None:
        """Ask why the run is to be left out of the statistics, or let it count again."""
        page = self._open_page()
        if page is None:
            return
        if page.left_out is not None:
            self._leave_out(page, None, "It counts again.")
            return
        question = AskScreen("Why is this run to be left out of the statistics?", "It stays in the history.")
        self._ask(question, lambda reason: self._leave_out(page, reason, "It is left out of the statistics."))

    def _leave_out(self, page: RunPage, reason: str | None, said: str) -> None:
        self._correct(page, lambda history, seen: history.leave_out(self.run_id, reason, seen), said)

    def action_delete(self) -> None:
        """Delete this run."""
        if (page := self._open_page()) is not None:
            self.deletions.delete(self.procroutine, self.run_id, str(page.name))
            self.draw()

    def action_undo(self) -> None:
        """Take back what was corrected last; a deleted run is back in any case."""
        page = self.page
        if page is None:
            return
        if page.deleted:
            self.deletions.forget(self.run_id)
            self._correct(page, lambda history, seen: _bring_back(history, page, seen), f"{page.name} is back.")
        elif page.to_undo:
            self._correct(page, lambda history, seen: history.undo_correction(self.run_id, seen), page.to_undo)

    def action_redo(self) -> None:
        """Bring in again what was taken back last."""
        if (page := self.page) is not None and page.to_redo:
            self._correct(page, lambda history, seen: history.redo_correction(self.run_id, seen), page.to_redo)


def _bring_back(history: History, page: RunPage, seen: Stamp | None) -> object:
    """Take the deletion back where it was the last correction, so that it leaves nothing to be taken back."""
    if page.to_undo == BROUGHT_BACK:
        return history.undo_correction(page.run_id, seen)
    return history.restore(page.run_id, seen)
