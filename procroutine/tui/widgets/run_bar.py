"""The line at the top of a run: which one it is, and since when."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from procroutine.text import Shown
from procroutine.tui.widgets.cells import LABEL, QUIET, column, joined
from procroutine.tui.widgets.top_bar import DEMO, NAME, PLACES_FROM

_TITLE_FROM = 72
"""Columns from which the program is named."""


class RunBar(Widget):
    """The top bar of a run: its name and revision, and whether it runs."""

    DEFAULT_CSS = """
    RunBar { dock: top; height: 1; padding: 0 2; background: $panel; color: $foreground; }
    """

    routine: reactive[Shown] = reactive(Shown(""))
    """Name of the routine."""
    place: reactive[str] = reactive("")
    """Such as `v4 · week 47`."""
    since: reactive[str] = reactive("")
    """Clock time of the start."""
    now: reactive[str] = reactive("")
    """Such as `Thu 14:05`."""
    paused_since: reactive[str | None] = reactive[str | None](None)
    waiting: reactive[bool] = reactive(False)
    """Whether the pause waits for something."""
    preparing: reactive[str | None] = reactive[str | None](None)
    """Before the run begins: `preparing` or `prepared`."""
    demo: reactive[bool] = reactive(False)

    def render(self) -> Content:
        """Draw the name left, the state right; the name is cut, the state never."""
        width = self.content_size.width
        right = self._state(width)
        room = width - right.cell_length - 2
        left = joined((str(self.routine), "bold"))
        if width >= _TITLE_FROM:
            demo = [(" ", ""), DEMO] if self.demo else []
            left = joined(NAME, *demo, (" › ", LABEL), left)
        place = joined(left, (f"  {self.place}", QUIET))
        if width >= _TITLE_FROM and place.cell_length <= room:
            left = place
        return joined(column(left, max(room, 0)), "  ", right)

    def _state(self, width: int) -> Content:
        if self.preparing is not None:
            state = Content.styled(f"◐ {self.preparing}", "bold $text-warning")
        elif self.paused_since is not None:
            word = "waiting" if self.waiting else "paused"
            state = Content.styled(f"◐ {word} {self.paused_since}", "bold $text-warning")
        else:
            state = joined(("▶ ", "$text-primary"), (f"since {self.since}", "$foreground 70%"))
        return joined(state, (f"   {self.now}", QUIET)) if width >= PLACES_FROM - 4 else state
