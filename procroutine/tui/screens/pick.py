"""Picking one of many by typing a few letters of its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from procroutine.text import Shown
from procroutine.tui.keys import key
from procroutine.tui.screens.dialog import Dialog
from procroutine.tui.widgets.cells import QUIET

_LONGEST = 100


class PickScreen(Dialog[str]):
    """Names to choose from; gives the id of the one chosen, esc gives None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("pick.close", "escape", "close", "Close", "Leave everything as it is.", shown=False),
        key("pick.down", "down", "move(1)", "Down", "Mark the next name.", shown=False),
        key("pick.up", "up", "move(-1)", "Up", "Mark the name above.", shown=False),
    ]

    def __init__(self, question: str, names: Sequence[tuple[str, Shown]], chosen: str | None = None) -> None:
        """Offer names with their ids; the one that is `chosen` is marked to begin with."""
        super().__init__()
        self._question = question
        self._names = tuple(names)
        self._chosen = chosen
        self.listed: tuple[str, ...] = ()
        """The ids of the names that hold the letters, as they stand in the list."""

    def compose(self) -> ComposeResult:
        """Put question, letters and names below one another."""
        with Vertical(id="box", classes="pick"):
            yield Static(Content.styled(self._question, "bold"), markup=False)
            yield Input(placeholder="type some letters", max_length=_LONGEST, compact=True, id="letters")
            names = OptionList(id="names", compact=True, markup=False)
            names.can_focus = False
            yield names

    def on_mount(self) -> None:
        """List all names; the marked one is in sight once there is a size."""
        self._list("")
        self.call_after_refresh(self.query_one(OptionList).scroll_to_highlight)

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._list(event.value)

    def _list(self, letters: str) -> None:
        found = [(name_id, name) for name_id, name in self._names if letters.casefold() in name.casefold()]
        self.listed = tuple(name_id for name_id, _ in found)
        names = self.query_one(OptionList)
        names.clear_options()
        nothing = Option(Content.styled("Nothing matches.", QUIET), disabled=True)
        names.add_options([Option(Content(name)) for _, name in found] or [nothing])
        if found:
            names.highlighted = nearest(found, letters, self._chosen)

    def action_move(self, by: int) -> None:
        """Mark another name."""
        names = self.query_one(OptionList)
        if names.highlighted is not None:
            names.highlighted = (names.highlighted + by) % len(self.listed)

    @on(Input.Submitted)
    def _take(self) -> None:
        marked = self.query_one(OptionList).highlighted
        if marked is not None:
            self.dismiss(self.listed[marked])

    @on(OptionList.OptionSelected)
    def _take_clicked(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self.listed[event.option_index])


def nearest(names: Sequence[tuple[str, Shown]], letters: str, chosen: str | None) -> int:
    """Give the place of the name that is most likely meant: the very name, one that begins so, the chosen one."""
    typed = letters.casefold()

    def distance(place: int) -> tuple[int, bool, int]:
        name_id, name = names[place][0], names[place][1].casefold()
        return (0 if name == typed else 1 if name.startswith(typed) else 2), name_id != chosen, place

    return min(range(len(names)), key=distance)
