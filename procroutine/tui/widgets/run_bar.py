"""The line at the top of a run: which one it is, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from procroutine.tui.widgets.cells import LABEL, QUIET, column, joined
from procroutine.tui.widgets.text_lines import TextLines
from procroutine.tui.widgets.top_bar import DEMO, NAME, PLACES_FROM

if TYPE_CHECKING:
    from procroutine.insight.views.run import RunView

_TITLE_FROM = 72
"""Columns from which the program is named."""


class RunBar(TextLines):
    """The top bar of a run: its name and revision, and whether it runs."""

    DEFAULT_CSS = """
    RunBar { dock: top; height: 1; padding: 0 2; background: $panel; color: $foreground; }
    """

    view: RunView | None = None
    demo = False
    """Whether all that is shown is made up."""

    def show(self, view: RunView, demo: bool = False) -> None:
        """Draw another state of the run."""
        before, self.view = self.view, view
        if before is None or demo != self.demo or _told_of(before) != _told_of(view):
            self.demo = demo
            self.redraw()

    def lines_at(self, width: int) -> list[Content]:
        """Draw the name left, the state right; the name is cut, the state never."""
        view = self.view
        if view is None:
            return []
        right = _state(view, width)
        room = width - right.cell_length - 2
        left = joined((view.name, "bold"))
        if width >= _TITLE_FROM:
            demo = [(" ", ""), DEMO] if self.demo else []
            left = joined(NAME, *demo, (" › ", LABEL), left)
        place = joined(left, (f"  {view.place}", QUIET))
        if width >= _TITLE_FROM and place.cell_length <= room:
            left = place
        return [joined(column(left, max(room, 0)), "  ", right)]


def _told_of(view: RunView) -> tuple[object, ...]:
    return view.name, view.place, view.since, view.now, view.paused_since, view.waiting_for is None, view.preparing


def _state(view: RunView, width: int) -> Content:
    if view.preparing is not None:
        state = Content.styled(f"◐ {view.preparing}", "bold $text-warning")
    elif view.paused_since is not None:
        word = "waiting" if view.waiting_for is not None else "paused"
        state = Content.styled(f"◐ {word} {view.paused_since}", "bold $text-warning")
    else:
        state = joined(("▶ ", "$text-primary"), (f"since {view.since}", "$foreground 70%"))
    return joined(state, (f"   {view.now}", QUIET)) if width >= PLACES_FROM - 4 else state
