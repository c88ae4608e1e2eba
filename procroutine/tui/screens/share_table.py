"""The table of Trends: steps, systems or people with their part of the time."""

from __future__ import annotations

from datetime import timedelta

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from procroutine.durations import step_time
from procroutine.insight.views.common import ShareRow
from procroutine.tui.widgets.cells import LABEL, QUIET, column, joined, lines, thin_bar


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
        detailed = self.rows[0].last is not None or self.rows[0].best is not None
        draw = _detailed_line if detailed else _plain_line
        labels = _detailed_labels(self.title, width) if detailed else _plain_labels(self.title, width)
        return lines([labels, *(draw(row, width) for row in self.rows)])


def _bar_width(width: int) -> int:
    return 12 if width >= 66 else 8 if width >= 58 else 0


def _detailed_columns(width: int) -> tuple[int, int, int]:
    """Give the widths of name, best time and bar."""
    bar = _bar_width(width)
    best = 7 if width >= 44 else 0
    return max(8, width - 7 * 2 - best - 6 - (bar + 1 if bar else 0)), best, bar


def _detailed_labels(title: str, width: int) -> Content:
    name, best, _ = _detailed_columns(width)
    return joined(
        column(title, name, LABEL),
        column("best", best, LABEL, right=True),
        column("median", 7, LABEL, right=True),
        column("last", 7, LABEL, right=True),
        column("share", 6, LABEL, right=True),
    )


def _detailed_line(row: ShareRow, width: int) -> Content:
    name, best, bar = _detailed_columns(width)
    return joined(
        column(row.name, name - 1),
        " ",
        column(_time(row.best), best, QUIET, right=True),
        column(step_time(row.median), 7, right=True),
        column(_time(row.last), 7, "$text-error" if row.slow else "", right=True),
        column(f"{row.share:.0%}", 6, QUIET, right=True),
        joined(" ", thin_bar(row.of_largest, bar)) if bar else "",
    )


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
