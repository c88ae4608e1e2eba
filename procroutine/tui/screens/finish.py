"""The finish of a run: the total, what was notable, and what to do better next time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from procroutine.durations import signed, step_time
from procroutine.history.redlines import KEPT, NEXT_TIME
from procroutine.insight.views.run import FinishView, NotableStep
from procroutine.run.late import SEEN_ENDED
from procroutine.text import counted
from procroutine.tui.keys import key
from procroutine.tui.screens.dialog import Dialog
from procroutine.tui.widgets.cells import LABEL, QUIET, SOFT, Part, column, joined, lines, standing_style
from procroutine.tui.widgets.tall_clock import figures
from procroutine.tui.widgets.text_line import TextLine

_ANSWERS = {"met": ("y", "yes"), "partly": ("p", "partly"), "missed": ("n", "no")}

_TALL_FROM = 30
"""Lines of the screen from which the total has its tallest figures."""
_REMARKS_FROM = 72
"""Columns of the screen from which a step's remark stands beside it; its sign says enough below."""
_STEPS_FROM = 16
"""Lines of the screen from which the notable steps are named."""
_WORDS_FROM = 60
"""Columns of the screen from which the keys are told in several words."""
_LAST_TIME_FROM = 40
"""Columns of a line from which the last time is called that."""
_TITLE, _TIME, _DIFFERENCE, _EDGES = 28, 8, 9, 8
"""Columns that the title of a step has at most, its time and its difference at least, and those of the edges."""


class FinishScreen(Dialog[bool]):
    """Over the finished run; gives True when the run is to be left, False when it was taken back."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        key("finish.close", "enter,escape", "close", "Close", "Go back to This week.", sign="↵"),
        key("finish.met", "y", "outcome('met')", "Yes", "It produced its output."),
        key("finish.partly", "p", "outcome('partly')", "Partly", "It produced some of its output."),
        key("finish.missed", "n", "outcome('missed')", "No", "It did not produce its output."),
        key("finish.change", "c", "change", "Change", "Write what to change next time."),
        key("finish.undo", "u", "undo", "Undo", "Take the finish back; the clock goes on."),
    ]

    _view: FinishView | None = None
    _fitted = (0, 0)
    """Columns and lines that what is seen was drawn for."""

    def __init__(self, run_id: str) -> None:
        """Show the finish of the run with this id."""
        super().__init__()
        self.run_id = run_id
        self._outcome: str | None = None
        self._opened_at = self.procroutine.now()

    def compose(self) -> ComposeResult:
        """Put the parts below one another."""
        view = self._view = self.procroutine.look(lambda: self.procroutine.viewer.finish(self.run_id))
        with VerticalScroll(id="box", classes="finish", can_focus=False):
            if view is None:
                return
            yield Static(_heading(view), id="finish-head")
            yield Static(id="finish-time", classes="-met" if _met(view) else "-over")
            yield Static(id="finish-against")
            yield Static(id="finish-steps")
            yield Static(self._question(view), id="finish-outcome")
            yield TextLine(NEXT_TIME, id="answer")
            yield Static(id="finish-keys")

    def on_mount(self) -> None:
        """Draw what depends on the size; where the run cannot be read, which was told, there is nothing to show."""
        self._fit(*self.app.size)
        if self._view is None:
            self.call_later(self._leave)

    def _leave(self) -> None:
        self.dismiss(True)

    def on_resize(self, event: events.Resize) -> None:
        """Draw that anew for the new size."""
        self._fit(*event.size)

    def _fit(self, columns: int, rows: int) -> None:
        view = self._view
        if view is None or (columns, rows) == self._fitted:
            return
        self._fitted = (columns, rows)
        self.query_one("#finish-time", Static).update(_figures(view, rows))
        self.query_one("#finish-against", Static).update(_against(view, _room(columns, rows)))
        steps = self.query_one("#finish-steps", Static)
        steps.display = bool(view.notable) and rows >= _STEPS_FROM
        steps.update(_notable(view.notable, columns) if view.notable else "")
        self.query_one("#finish-keys", Static).update(_keys(columns))

    def _question(self, view: FinishView) -> Content:
        question = "Did it produce its output?" if view.output is None else f"Did it produce this? {view.output}"
        parts: list[Part] = []
        for outcome, (letter, word) in _ANSWERS.items():
            style = "bold underline" if outcome == self._outcome else QUIET
            parts += [(letter, "bold $text-primary"), " ", (word, style), "   "]
        return lines([Content.styled(question, SOFT), joined(*parts)])

    def action_outcome(self, outcome: str) -> None:
        """Record whether the run produced its output."""
        app = self.procroutine
        if self._view is not None and app.carried_out(lambda: app.home.history().set_outcome(self.run_id, outcome)):
            self._outcome = outcome
            self.query_one("#finish-outcome", Static).update(self._question(self._view))

    def action_change(self) -> None:
        """Go to the line for what to change."""
        self.query_one("#answer", Input).focus()

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self._wrote_down():
            self.set_focus(None)

    def _wrote_down(self) -> bool:
        """Keep what stands in the line; false where it could not be kept, and stays there."""
        app, view = self.procroutine, self._view
        line = self.query_one("#answer", Input)
        text = line.value.strip()
        if text and view is not None:
            if not app.carried_out(lambda: app.home.history().add_redline(view.routine_id, text, run=self.run_id)):
                return False
            app.say(KEPT)
            line.value = ""
        return True

    @on(TextLine.Refused)
    def _say_why(self, event: TextLine.Refused) -> None:
        self.procroutine.say(event.said)

    def action_undo(self) -> None:
        """Take the finish back; what stands in the line is kept."""
        app = self.procroutine
        if (
            self._wrote_down()
            and app.attempt(lambda: app.home.act("undo", run=self.run_id, seen=SEEN_ENDED)) is not None
        ):
            app.say("Taken back. The clock goes on as if never stopped.")
            self.dismiss(False)

    def action_close(self) -> None:
        """Go back, after a moment in which a key still held from the last step does nothing.

        From the line it goes back to the keys first, and what stands there is kept in the end.
        """
        if self.focused is not None:
            self.set_focus(None)
        elif abs(self.procroutine.now() - self._opened_at) >= timedelta(milliseconds=300) and self._wrote_down():
            self._leave()


def _met(view: FinishView) -> bool:
    return view.slack is None or view.slack >= timedelta()


def _heading(view: FinishView) -> Content:
    sign = ("✓ ", "bold $text-success")
    return joined(sign, (view.name, "bold $text-success"), ("   ", ""), (view.place, QUIET))


def _figures(view: FinishView, rows: int) -> Content:
    return lines(Content(row) for row in figures(step_time(view.total), 3 if rows < _TALL_FROM else 5))


def _against(view: FinishView, width: int) -> Content:
    parts: list[Part] = []
    if view.goal is not None and view.slack is not None:
        word = "inside" if _met(view) else "over"
        style = "bold $text-success" if _met(view) else "bold $text-error"
        parts.append((f"{step_time(abs(view.slack))} {word} {view.goal_words}", style))
    if view.vs_last is not None:
        said = _than_last(view.vs_last)
        parts.append((said if width >= _LAST_TIME_FROM else said.removesuffix(" time"), SOFT))
    if view.best_so_far:
        parts.append(("best so far", "bold"))
    if view.skipped:
        parts.append((f"{counted(view.skipped, 'step')} skipped", "$text-warning"))
    if view.off:
        parts.append((f"{counted(view.off, 'step')} off", "$text-warning"))
    return lines(_rows([joined(part) for part in parts], width))


def _room(columns: int, rows: int) -> int:
    """Give the columns of a line in the dialog, whose width and edges dialogs.tcss has."""
    return min(82, columns * 96 // 100) - (7 if rows >= _TALL_FROM else 3)


def _than_last(difference: timedelta) -> str:
    length = step_time(abs(difference))
    if length == step_time(timedelta()):
        return "as quick as last time"
    return f"{length} {'faster' if difference < timedelta() else 'slower'} than last time"


def _rows(parts: Iterable[Content], width: int) -> Iterator[Content]:
    """Put parts beside one another as long as there is room, so that none is broken that fits into a line."""
    row = Content("")
    for part in parts:
        longer = joined(row, "   ", part) if row else part
        if row and longer.cell_length > width:
            yield row
            longer = part
        row = longer
    yield row


def _notable(steps: Sequence[NotableStep], columns: int) -> Content:
    """Draw the steps below one another, each time under the one above it."""
    times = [step_time(step.time) for step in steps]
    differences = [signed(step.difference) for step in steps]
    time = max(_TIME, *(len(written) + 1 for written in times))
    difference = max(_DIFFERENCE, *(len(written) + 1 for written in differences))
    title = max(1, min(_TITLE, columns - _EDGES - time - difference))
    return lines(
        joined(
            column(step.title, title),
            column(written, time, "bold", right=True),
            column(change, difference, standing_style(step.standing), right=True),
            ("   " + step.remark if columns >= _REMARKS_FROM else "", QUIET),
        )
        for step, written, change in zip(steps, times, differences, strict=True)
    )


def _keys(columns: int) -> Content:
    change, undo = ("write what to change", "undo the finish") if columns >= _WORDS_FROM else ("change", "undo")
    words = (("↵", "close"), ("c", change), ("u", undo))
    return joined(
        *(part for letter, word in words for part in ((letter, "bold $text-primary"), (f" {word}   ", LABEL)))
    )
