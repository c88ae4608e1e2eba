"""How the app takes on a theme: its own ones known, scrollbars quiet in all of them, and each colour applied once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.tui.styles import StylesheetParsedOnce
from procroutine.tui.themes import DEFAULT_THEME, THEMES, with_quiet_scrollbars

if TYPE_CHECKING:
    from textual.app import App

    _App = App[None]
else:
    _App = object  # Textual looks through each class of apps at every start


class ColouredApp(_App):
    """What gives an app its colours."""

    _coloured: tuple[str, int] | None = None
    """The theme that was applied last, and how often styles had changed by then."""

    def take_colours(self, theme: str) -> None:
        """Know our own themes, and begin with one; with the default where there is none of that name."""
        for own in THEMES:
            self.register_theme(own)
        self.theme = theme if theme in self.available_themes else DEFAULT_THEME
        self.stylesheet = StylesheetParsedOnce(variables=self.get_css_variables())
        self._coloured = self.theme, self._css_update_count

    def get_css_variables(self) -> dict[str, str]:
        """Give the variables of the theme, with scrollbars that are a shade of its text."""
        self.theme_variables = with_quiet_scrollbars(super().get_css_variables(), ansi=self.current_theme.ansi)
        return self.theme_variables

    def refresh_css(self, animate: bool = True) -> None:
        """Apply the colours of the theme; not again those that each widget takes on as it is made."""
        colours = self.theme, self._css_update_count
        if colours != self._coloured:
            self._coloured = colours
            super().refresh_css(animate)
