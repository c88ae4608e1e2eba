"""The parts of This week around its list: summary, week strip, quiet lines, detail."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from procroutine.durations import step_time, total_time
from procroutine.insight.views.common import Standing
from procroutine.insight.views.week import RoutineDetail, RoutineRow, RowState, WeekView
from procroutine.tui.widgets.cells import (
    FAINT,
    GLYPHS,
    GOAL,
    LABEL,
    QUIET,
    SOFT,
    Part,
    column,
    joined,
    lines,
    thin_bar,
    track,
)
from procroutine.tui.widgets.trend_chart import TrendChart

_LIST_WIDTH = 98
"""The list does not grow wider, so the summary above it ends there too."""


class Summary(Widget):
    """One line: how much is done, what is late, and how long the rest takes."""

    view: WeekView | None = None

    def show(self, view: WeekView) -> None:
        """Draw another week."""
        self.view = view
        self.refresh()

    def render(self) -> Content:
        """Draw the line; the right end goes where there is no room."""
        view = self.view
        if view is None or not view.groups:
            return Content("")
        width = min(self.size.width, _LIST_WIDTH)
        if not view.due:
            return joined(("Nothing is due this week", QUIET))
        parts: list[Part] = [(f"{view.done} of {view.due} done", "bold")]
        if width >= 52:
            parts += ["  ", track(view.done / view.due, 14)]
        if view.overdue:
            parts += ["  ", (f"{view.overdue} overdue", "bold $text-error")]
        left = joined(*parts)
        if not view.to_go:
            return left
        right = joined(("about ", QUIET), (total_time(view.to_go), "bold"), (" to go", QUIET))
        room = width - left.cell_length - right.cell_length
        return joined(left, " " * room, right) if room >= 2 else left


class WeekStrip(Widget):
    """Two lines: Monday to Sunday, and under each day the states of what is due then."""

    view: WeekView | None = None

    def show(self, view: WeekView) -> None:
        """Draw another week."""
        self.view = view
        self.refresh()

    def render(self) -> Content:
        """Draw both lines."""
        if self.view is None:
            return Content("")
        width = max(5, min(10, (self.size.width - 2) // 7))
        labels, signs = [], []
        for day in self.view.days:
            label = day.label if width >= 8 else day.label[:3]
            labels.append(column(joined((label, "bold underline" if day.today else LABEL)), width))
            signs.append(column(self._signs(day.states, width), width))
        return lines([joined(*labels), joined(*signs)])

    def _signs(self, states: tuple[RowState, ...], width: int) -> Content:
        if not states:
            return Content.styled("·", "$foreground 25%")
        fitting = (width - 1) // 2
        if len(states) <= fitting:
            return Content(" ").join([joined(GLYPHS[state]) for state in states])
        signs = [joined(GLYPHS[state]) for state in states[: fitting - 1]]
        return Content(" ").join([*signs, Content.styled(f"+{len(states) - fitting + 1}", QUIET)])


class QuietLines(Widget):
    """What is to be said without a dialog, one sentence a line, above the list."""

    sentences: tuple[Content, ...] = ()

    def show(self, sentences: tuple[Content, ...]) -> None:
        """Draw other sentences; none takes no room."""
        count = len(self.sentences)
        self.sentences = sentences
        self.display = bool(sentences)
        self.refresh(layout=len(sentences) != count)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give one line to each sentence."""
        return len(self.sentences)

    def render(self) -> Content:
        """Draw the sentences, cut where they do not fit."""
        return lines(column(sentence, self.size.width) for sentence in self.sentences)


def key_line(detail: RoutineDetail, state: RowState) -> Content:
    """Say what Enter does with the selected routine."""
    if state is RowState.DONE and detail.key_time is None:
        return joined(("✓ ", "$text-success"), (detail.key_action, QUIET))
    parts: list[Part] = [("↵ ", "bold $text-primary"), (detail.key_action, QUIET)]
    if detail.key_time is not None:
        parts += [" ", (detail.key_time, "bold")]
    return joined(*parts)


class Brief(Widget):
    """Two lines below the list, where there is no room for the detail beside it."""

    row: RoutineRow | None = None

    def show(self, row: RoutineRow | None) -> None:
        """Draw another routine."""
        self.row = row
        self.refresh()

    def render(self) -> Content:
        """Draw both lines."""
        row = self.row
        if row is None:
            return Content("")
        detail = row.detail
        goal: tuple[Part, ...] = ()
        if detail.goal is not None:
            goal = ((" · goal ", QUIET), (total_time(detail.goal), QUIET))
        first = joined((detail.name, "bold"), "   ", (detail.facts, QUIET), *goal)
        return lines([column(first, self.size.width), column(key_line(detail, row.state), self.size.width)])


class DetailHead(Widget):
    """Name, facts, purpose and the four figures of the selected routine."""

    detail: RoutineDetail | None = None

    def show(self, detail: RoutineDetail) -> None:
        """Draw another routine; the layout changes only where the purpose takes other lines."""
        self.detail = detail
        width = self.size.width
        self.refresh(layout=width > 0 and self._lines_at(width) != self.size.height)

    def _lines_at(self, width: int) -> int:
        return len(self._purpose(width)) + 6 if self.detail is not None else 0

    def _purpose(self, width: int) -> list[Content]:
        if self.detail is None or not self.detail.purpose:
            return []
        return Content.styled(self.detail.purpose, SOFT).wrap(max(width, 10))[:6]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the lines it takes at a width."""
        return self._lines_at(width)

    def render(self) -> Content:
        """Draw all lines."""
        detail = self.detail
        if detail is None:
            return Content("")
        width = self.size.width
        purpose = self._purpose(width)
        rows = [
            column(joined((detail.name, "bold")), width),
            column(joined((detail.facts, QUIET)), width),
            *([Content(""), *purpose] if purpose else []),
            Content(""),
            *self._figures(detail),
        ]
        return lines(rows)

    def _figures(self, detail: RoutineDetail) -> list[Content]:
        last_style = {Standing.MET: "bold $text-success", Standing.FAR_OVER: "bold $text-error"}
        figures = (
            ("last", detail.last, last_style.get(detail.last_standing, "bold")),
            ("median", detail.median, "bold"),
            ("best", detail.best, "bold"),
            ("goal", detail.goal, "bold " + GOAL),
        )
        labels = joined(*(column(label, 9, LABEL) for label, _, _ in figures))
        values = [
            column(total_time(value), 9, style) if value is not None else column("–", 9, FAINT)
            for _, value, style in figures
        ]
        return [labels, joined(*values)]


class DetailFoot(Widget):
    """Where the time goes in the selected routine, and what Enter does."""

    row: RoutineRow | None = None

    def show(self, row: RoutineRow) -> None:
        """Draw another routine."""
        self.row = row
        self.refresh()

    def render(self) -> Content:
        """Draw the lines."""
        if self.row is None:
            return Content("")
        slowest = self.row.detail.slowest
        width = self.size.width
        rows: list[Content] = []
        if slowest:
            rows.append(Content.styled("Where the time goes", LABEL))
        for share in slowest:
            name = column(share.name, width - 17, "$foreground 85%")
            time = column(step_time(share.median), 7, QUIET, right=True)
            rows.append(joined(name, " ", column(thin_bar(share.of_largest, 9), 9), time))
        if slowest:
            rows.append(Content(""))
        return lines([*rows, column(key_line(self.row.detail, self.row.state), width)])


class Detail(Vertical):
    """The right side of This week: all about the selected routine."""

    def compose(self) -> ComposeResult:
        """Put figures, chart and shares below one another."""
        yield DetailHead(id="detail-head")
        yield TrendChart(compact=True, id="detail-chart")
        yield DetailFoot(id="detail-foot")

    def show(self, row: RoutineRow | None) -> None:
        """Draw another routine, or nothing."""
        self.set_class(row is None, "-empty")
        if row is None:
            return
        self.query_one(DetailHead).show(row.detail)
        chart = self.query_one(TrendChart)
        chart.display = any(point.value is not None for point in row.detail.chart.points)
        chart.data = row.detail.chart
        self.query_one(DetailFoot).show(row)
