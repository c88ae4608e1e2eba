"""Asking for one line of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from procroutine.text import Shown, shown
from procroutine.tui.keys import key
from procroutine.tui.screens.dialog import Dialog
from procroutine.tui.widgets.cells import QUIET, joined
from procroutine.tui.widgets.text_line import NOTHING, TextLine

if TYPE_CHECKING:
    from procroutine.tui.app import ProcroutineApp


def put(app: ProcroutineApp, question: AskScreen, then: Callable[[str], object]) -> None:
    """Ask, and hand the answer on; not where the person leaves it.

    An answer that could not be carried out (`ProcroutineApp.attempt`) is asked for again with what
    was typed in its line, so that a slip does not cost the whole of it.
    """

    def answered(text: str | None) -> None:
        if text is None:
            return
        app.refused = False
        then(text)
        if app.refused:
            put(app, question.again(text), then)

    app.push_screen(question, answered)


class AskScreen(Dialog[str]):
    """One question, one line; Enter gives the text without blanks around it, esc gives None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("ask.close", "escape", "close", "Close", "Leave everything as it is.", shown=False)
    ]

    def __init__(
        self,
        question: str,
        explanation: str = "",
        placeholder: str = "",
        needed: bool = True,
        text: Shown = NOTHING,
        *,
        gives_way: bool = False,
    ) -> None:
        """Ask `question`, with a `text` in the line to begin with; an empty one is not taken where it is `needed`.

        The text is to be edited, or it is an offer that `gives_way` to the first key that is typed.
        """
        super().__init__()
        self._question = question
        self._explanation = explanation
        self._placeholder = placeholder
        self._needed = needed
        self._gives_way = gives_way
        self._first_text = text

    def again(self, text: str) -> AskScreen:
        """Give the same question with this text in its line."""
        return AskScreen(self._question, self._explanation, self._placeholder, self._needed, shown(text))

    def compose(self) -> ComposeResult:
        """Put question, field and keys below one another."""
        with Vertical(id="box"):
            yield Static(Content.styled(self._question, "bold"), markup=False)
            if self._explanation:
                yield Static(Content.styled(self._explanation, QUIET), markup=False)
            yield TextLine(self._placeholder, id="answer", text=self._first_text, gives_way=self._gives_way)
            yield Static(
                joined(
                    ("↵", "bold $text-primary"),
                    (" save   ", QUIET),
                    ("esc", "bold $text-primary"),
                    (" leave it", QUIET),
                )
            )

    @property
    def may_be_clicked_away(self) -> bool:
        """Whether nothing was typed."""
        return self.query_one(TextLine).value == self._first_text

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        text = event.value.strip()
        if text or not self._needed:
            self.dismiss(text)

    @on(TextLine.Refused)
    def _say_why(self, event: TextLine.Refused) -> None:
        self.procroutine.say(event.said)
