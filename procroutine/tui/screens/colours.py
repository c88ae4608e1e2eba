"""Picking other colours: each theme is seen as it is marked, and esc brings back the one before."""

from __future__ import annotations

from collections.abc import Iterable

from textual import on
from textual.await_complete import AwaitComplete
from textual.widgets import OptionList

from procroutine.text import shown
from procroutine.tui.screens.pick import PickScreen
from procroutine.tui.themes import THEMES


def theme_names(available: Iterable[str]) -> list[str]:
    """Give the names of all themes: our own, then Textual's in the order of the alphabet."""
    own = [theme.name for theme in THEMES]
    return own + sorted(set(available) - set(own))


class ColoursScreen(PickScreen):
    """The themes; the one that is marked is seen at once."""

    def __init__(self) -> None:
        """Mark the present theme to begin with."""
        self._before = self.app.theme
        names = [
            (name, shown(f"{name}   ● in use" if name == self._before else name))
            for name in theme_names(self.app.available_themes)
        ]
        super().__init__("Which colours?", names, self._before)

    @on(OptionList.OptionHighlighted)
    def _preview(self, event: OptionList.OptionHighlighted) -> None:
        if self.is_active and event.option_index < len(self.listed):
            self.app.theme = self.listed[event.option_index]

    def dismiss(self, result: str | None = None) -> AwaitComplete:
        """Keep the theme that was taken, or go back to the one before."""
        if self.is_active:
            self.app.theme = result or self._before
        return super().dismiss(result)
