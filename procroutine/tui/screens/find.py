"""The line that narrows a list to names holding some letters."""

from __future__ import annotations

from textual.widgets import Input


class FindField(Input):
    """Takes the keys as soon as it is there; Enter goes back to the list, esc lists everything."""

    def __init__(self, letters: str = "") -> None:
        """Begin with the letters of the last time."""
        super().__init__(letters, placeholder="letters of a name", compact=True, id="find", max_length=80)

    def on_mount(self) -> None:
        """Take the keys."""
        self.focus()
