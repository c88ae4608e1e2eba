"""How the app opens its palette of commands, which is loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from textual.command import Provider

    from procroutine.tui.in_order import AppInOrder
else:
    AppInOrder = object  # Textual looks through each class of apps at every start


def _commands() -> type[Provider]:
    from procroutine.tui.palette import Commands

    return Commands


class AppWithCommands(AppInOrder):
    """What gives an app the palette of commands."""

    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}

    def action_command_palette(self) -> None:
        """Show the commands."""
        from textual.command import CommandPalette

        from procroutine.tui.palette import Palette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(id="--command-palette"))

    def search_themes(self) -> None:
        """Show the themes."""
        from procroutine.tui.screens.colours import ColoursScreen

        if not isinstance(self.screen, ColoursScreen):
            self.push_screen(ColoursScreen())
