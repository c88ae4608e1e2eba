"""The table of Trends: steps, systems or people with their part of the time."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from procroutine.durations import step_time
from procroutine.insight.views.common import ShareRow
from procroutine.insight.views.steps import StepRow
from procroutine.tui.widgets.cells import LABEL, QUIET, column, joined, lines, thin_bar
from procroutine.tui.widgets.week_bars import week_bars

_RECENT = 8


class ShareTable(Widget):
    """Steps, systems or people with their part of the time, the largest first."""

    title = "Step"
    rows: tuple[ShareRow, ...] = ()

    def show(self, title: str, rows: tuple[ShareRow, ...]) -> None:
        """Draw other rows."""
        self.title = title
        self.rows = rows
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give each row a line, under the labels."""
        return len(self.rows) + 1

    def render(self) -> Content:
        """Draw labels and rows; the bars go where there is no room for them, then the best times."""
        width = self.size.width
        if not self.rows:
            return Content.styled(column(self.title, width).plain, LABEL)
        if self.rows[0].last is None and self.rows[0].best is None:
            return lines([_plain_labels(self.title, width), *(_plain_line(row, width) for row in self.rows)])
        columns = _columns(width, any(isinstance(row, StepRow) for row in self.rows))
        return lines([_detailed_labels(self.title, columns), *(_detailed_line(row, columns) for row in self.rows)])


class _Columns(NamedTuple):
    """The widths of the columns that give way; 0 leaves one out."""

    name: int
    best: int
    bar: int
    recent: int


def _columns(width: int, has_recent: bool) -> _Columns:
    """Choose them for a line: first the bars go, then the newest times, then the best."""
    recent = _RECENT if has_recent and width >= 56 else 0
    bar = 12 if width >= (76 if recent else 66) else 6 if width >= 66 else 8 if width >= 58 and not recent else 0
    best = 7 if width >= 44 else 0
    taken = 7 * 2 + best + 6 + sum(part + 1 for part in (bar, recent) if part)
    return _Columns(max(8, width - taken), best, bar, recent)


def _detailed_labels(title: str, columns: _Columns) -> Content:
    return joined(
        column(title, columns.name, LABEL),
        column("best", columns.best, LABEL, right=True),
        column("median", 7, LABEL, right=True),
        column("last", 7, LABEL, right=True),
        column(" last 8", columns.recent + 1, LABEL) if columns.recent else "",
        column("share", 6, LABEL, right=True),
    )


def _detailed_line(row: ShareRow, columns: _Columns) -> Content:
    return joined(
        column(row.name, columns.name - 1),
        " ",
        column(_time(row.best), columns.best, QUIET, right=True),
        column(step_time(row.median), 7, right=True),
        column(_time(row.last), 7, "$text-error" if row.slow else "", right=True),
        joined(" ", column(_line_of(row), columns.recent, right=True)) if columns.recent else "",
        column(f"{row.share:.0%}", 6, QUIET, right=True),
        joined(" ", thin_bar(row.of_largest, columns.bar)) if columns.bar else "",
    )


def _line_of(row: ShareRow) -> Content:
    """Draw the newest times, the last one under the end of its column."""
    recent = row.recent if isinstance(row, StepRow) else ()
    return week_bars(recent, None) if recent else Content("")


def _time(length: timedelta | None) -> str:
    return "–" if length is None else step_time(length)


def _plain_labels(title: str, width: int) -> Content:
    return joined(column(title, _plain_name(width), LABEL), column("time", 7, LABEL, right=True))


def _plain_line(row: ShareRow, width: int) -> Content:
    name = _plain_name(width)
    bar = width - name - 9
    return joined(
        column(row.name, name - 1),
        " ",
        column(step_time(row.median), 7, right=True),
        joined("  ", thin_bar(row.of_largest, min(bar, 12))) if bar >= 4 else "",
    )


def _plain_name(width: int) -> int:
    return max(8, min(30, width - 21 if width >= 36 else width - 7 - (8 if width >= 30 else 0)))
