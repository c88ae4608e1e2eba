"""The least that a Textual app can be: what a first frame, a key and the memory are held against."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class BareApp(App[None]):
    """One text, which counts keys."""

    def __init__(self) -> None:
        super().__init__()
        self.keys = 0

    def compose(self) -> ComposeResult:
        yield Static("bare app, no key yet", id="text")

    def on_key(self, event: Key) -> None:
        self.keys += 1
        self.query_one("#text", Static).update(f"bare app, key {self.keys}")


if __name__ == "__main__":
    BareApp().run()
