"""What stands above the list of This week: summary, week strip, quiet lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from procroutine.durations import total_time
from procroutine.text import counted
from procroutine.tui.widgets.cells import GLYPHS, LABEL, QUIET, Part, column, joined, spread, track
from procroutine.tui.widgets.plain import PlainWidget

if TYPE_CHECKING:
    from textual.geometry import Size

    from procroutine.insight.views.week import RowState, WeekView

_TO_GO = 18
"""Cells for how long the rest takes, and what stands between."""
_LIST_WIDTH = 98
"""The list does not grow wider, so the summary above it ends there too."""
_STRIP_FROM = 30
"""Lines of the screen from which the days of the week are shown."""
_SPACED_FROM = 18
"""Lines of the screen from which blank lines stand between the parts."""


class WeekHead(PlainWidget):
    """Up to three parts, each with a blank line after it; what has nothing to say takes no room."""

    view: WeekView | None = None
    sentences: tuple[Content, ...] = ()

    def __init__(self, screen_lines: int) -> None:
        """Take the lines that the whole screen has."""
        super().__init__()
        self._screen_lines = screen_lines

    def fit(self, screen_lines: int) -> None:
        """Draw for another size of the screen."""
        if screen_lines != self._screen_lines:
            self._screen_lines = screen_lines
            self.refresh(layout=True)

    def show(self, view: WeekView, sentences: tuple[Content, ...]) -> None:
        """Draw another week, and what is to be said without a dialog, one sentence a line."""
        before = self._height
        self.view, self.sentences = view, sentences
        self.refresh(layout=self._height != before)

    @property
    def _has_strip(self) -> bool:
        return self.view is not None and bool(self.view.groups) and self._screen_lines >= _STRIP_FROM

    @property
    def _height(self) -> int:
        if self.view is None:
            return 0
        gap = int(self._screen_lines >= _SPACED_FROM)
        lengths = (int(bool(self.view.groups)), 2 * self._has_strip, len(self.sentences))
        return sum(length + gap for length in lengths if length)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the lines it takes."""
        return self._height

    def lines(self, width: int) -> list[Content]:
        """Draw all parts."""
        view = self.view
        if view is None:
            return []
        parts = [
            [_summary(view, min(width, _LIST_WIDTH))] if view.groups else [],
            _strip(view, width) if self._has_strip else [],
            [column(sentence, width) for sentence in self.sentences],
        ]
        gap = [Content("")] if self._screen_lines >= _SPACED_FROM else []
        return [line for part in parts if part for line in (*part, *gap)]


def _summary(view: WeekView, width: int) -> Content:
    """Say how much is done, what is late, and how long the rest takes; the right end goes where there is no room."""
    if not view.due:
        return joined(("Nothing is due this week", QUIET))
    parts: list[Part] = [(f"{view.done} of {view.due} done", "bold")]
    if width >= 52:
        parts += ["  ", track(view.done / view.due, 14)]
    if view.overdue:
        parts += ["  ", (f"{view.overdue} overdue", "bold $text-error")]
    left = joined(*parts)
    if view.waiting:
        waits = f"{counted(view.waiting, 'loose end')} {'waits' if view.waiting == 1 else 'wait'}"
        whole = joined(left, "  ", (waits, "$text-warning"))
        left = whole if whole.cell_length + _TO_GO <= width else left
    if not view.to_go:
        return left
    right = joined(("about ", QUIET), (total_time(view.to_go), "bold"), (" to go", QUIET))
    return spread(left, right, width)


def _strip(view: WeekView, full_width: int) -> list[Content]:
    """Draw Monday to Sunday, and under each day the states of what is due then."""
    width = max(5, min(10, (full_width - 2) // 7))
    labels: list[Part] = []
    signs: list[Part] = []
    for day in view.days:
        label = day.label if width >= 8 else day.label[:3]
        labels += [(label, "bold underline" if day.today else LABEL), " " * (width - len(label))]
        signs.append(column(_signs(day.states, width), width))
    return [joined(*labels), joined(*signs)]


def _signs(states: tuple[RowState, ...], width: int) -> Content:
    if not states:
        return Content.styled("·", "$foreground 25%")
    fitting = (width - 1) // 2
    if len(states) <= fitting:
        return Content(" ").join([joined(GLYPHS[state]) for state in states])
    signs = [joined(GLYPHS[state]) for state in states[: fitting - 1]]
    return Content(" ").join([*signs, Content.styled(f"+{len(states) - fitting + 1}", QUIET)])
