"""Choosing one of a few, by its letter, with the arrows or with the mouse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from procroutine.tui.keys import key
from procroutine.tui.screens.dialog import Dialog
from procroutine.tui.widgets.cells import QUIET, column, joined, lines
from procroutine.tui.widgets.selected import selected_line

_ROOM_TO_EXPLAIN = 24
"""Columns in which an explanation still says something when its end is cut."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    letter: str
    value: str
    label: str
    explanation: str = ""
    destroys: bool = False
    """Whether it cannot be undone."""


class Choices(Widget):
    """The choices, one a line; one of them is marked."""

    @dataclass
    class Clicked(Message):
        """A choice was clicked."""

        choice: Choice

    def __init__(self, choices: tuple[Choice, ...], marked: int = 0) -> None:
        """Mark one of them to begin with: what Enter chooses."""
        super().__init__(id="choices")
        self.choices = choices
        self.marked = marked
        self._label_width = max(len(choice.label) for choice in choices) + 3
        self._explained = min(max(len(choice.explanation) for choice in choices), _ROOM_TO_EXPLAIN)

    def move(self, by: int) -> None:
        """Mark another."""
        self.marked = (self.marked + by) % len(self.choices)
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give one line to each choice."""
        return len(self.choices)

    def render(self) -> Content:
        """Draw all choices."""
        return lines(self._line(number, choice) for number, choice in enumerate(self.choices))

    def _line(self, number: int, choice: Choice) -> Content:
        letter = "bold $text-error" if choice.destroys else "bold $text-primary"
        label = "bold" if number == self.marked else ""
        line = joined(
            ("▌" if number == self.marked else " ", "$primary"),
            column(choice.letter, 3, letter),
            column(choice.label, self._label_width, label),
        )
        if self.size.width - line.cell_length >= self._explained:
            line = joined(line, (choice.explanation, QUIET))
        line = column(line, self.size.width)
        return selected_line(self, line, "$foreground on $primary 14%") if number == self.marked else line

    def on_click(self, event: events.Click) -> None:
        """Tell which was clicked."""
        if event.y < len(self.choices):
            self.post_message(self.Clicked(self.choices[event.y]))


class ChooseScreen(Dialog[str]):
    """A question with choices; gives the value of the one chosen, esc gives None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("choose.close", "escape", "close", "Close", "Leave everything as it is.", shown=False),
        key("choose.down", "down,j,tab", "move(1)", "Down", "Mark the next choice.", shown=False),
        key("choose.up", "up,k,shift+tab", "move(-1)", "Up", "Mark the choice above.", shown=False),
        key("choose.take", "enter", "take", "Choose", "Take the marked choice.", shown=False),
    ]

    def __init__(self, question: str, text: Content, choices: tuple[Choice, ...], marked: int = 0) -> None:
        """Ask `question` with `text` below it; Enter takes the choice that is `marked`."""
        super().__init__()
        self._question = question
        self._text = text
        self._choices = Choices(choices, marked)

    def compose(self) -> ComposeResult:
        """Put question, text and choices below one another."""
        with Vertical(id="box"):
            yield Static(Content.styled(self._question, "bold"))
            yield Static(self._text, id="box-text")
            yield self._choices

    def action_move(self, by: int) -> None:
        """Mark another choice."""
        self._choices.move(by)

    def action_take(self) -> None:
        """Take the marked choice."""
        self.take(self._choices.choices[self._choices.marked])

    def on_choices_clicked(self, event: Choices.Clicked) -> None:
        """Take what was clicked."""
        self.take(event.choice)

    def on_key(self, event: events.Key) -> None:
        """Take a choice by its letter."""
        for choice in self._choices.choices:
            if event.character == choice.letter:
                event.stop()
                event.prevent_default()
                self.take(choice)
                return

    def take(self, choice: Choice) -> None:
        """Close with this choice."""
        self.dismiss(choice.value)
