"""The routine that is selected on This week: all about it beside the list, or two lines below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from procroutine.durations import step_time, total_time
from procroutine.insight.views.common import Standing
from procroutine.insight.views.week import RoutineDetail, RoutineRow, RowState
from procroutine.tui.widgets.cells import FAINT, GOAL, LABEL, QUIET, SOFT, Part, column, joined, spread, thin_bar
from procroutine.tui.widgets.chart_drawing import draw_chart
from procroutine.tui.widgets.chart_looks import chart_lines
from procroutine.tui.widgets.plain import PlainWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from procroutine.tui.screens.routine_list import Row

_BRIEF_LINES = 2
"""Lines up to which it says the most important only."""
_LAST_LINES = 2
"""What is to be changed first, and what Enter does: seen also where the lines before them are too many."""
_TALL_CHART_FROM = 60
"""Columns from which the chart is a tall one."""
_SHORTEST_CHART, _CHART_LINES, _TALL_CHART_LINES = 7, 11, 14
"""Lines of the chart: it is as high as there is room beside all else, or not there."""
_WIDEST = 82
"""Columns beyond which nothing gets wider."""
_MOST_PURPOSE_LINES = 6


class RoutinePane(PlainWidget):
    """Name, facts, purpose, figures, chart, where the time goes, and what Enter does."""

    row: Row | None = None
    _score: int | None = None
    _is_scored = False

    def show(self, row: Row | None) -> None:
        """Draw another routine or loose end, or nothing; its score is to be told."""
        if _routine_of(row) != _routine_of(self.row):
            self._score = None
        self.row = row
        self._is_scored = False
        self.refresh()

    @property
    def unscored(self) -> str | None:
        """The id of the routine that is drawn in full, as long as its score was not told."""
        return None if self._is_scored or self.size.height <= _BRIEF_LINES else _routine_of(self.row)

    def tell_score(self, score: int | None) -> None:
        """Draw the score of the routine too, in percent."""
        self._is_scored = True
        if score != self._score:
            self._score = score
            self.refresh()

    def lines(self, width: int) -> list[Content]:
        """Draw as much as there is room for."""
        row, height = self.row, self.size.height
        if row is None:
            return []
        if not isinstance(row, RoutineRow):
            from procroutine.tui.screens.loose_ends import loose_end_lines

            return loose_end_lines(row, width, height)
        if height <= _BRIEF_LINES:
            return _brief(row, width)
        width = min(width, _WIDEST)
        lines, foot = _head(row.detail, width, self._score), _foot(row, width)
        room = height - len(lines) - 1 - len(foot) - 1
        if room >= _SHORTEST_CHART and any(point.value is not None for point in row.detail.chart.points):
            lines += [Content(""), *self._chart(row.detail, width, room)]
        if row.detail.redlines and row.detail.slowest and len(lines) + 1 + len(foot) < height:
            foot.insert(-2, Content(""))
        lines += [Content(""), *foot]
        return lines if len(lines) <= height else [*lines[: height - _LAST_LINES], *lines[-_LAST_LINES:]]

    def _chart(self, detail: RoutineDetail, width: int, room: int) -> Sequence[Content]:
        height = min(room, _TALL_CHART_LINES if width >= _TALL_CHART_FROM else _CHART_LINES)
        ansi = self.has_pseudo_class("ansi")
        canvas, _ = draw_chart(detail.chart, width, height, compact=True, edged=ansi)
        return chart_lines(canvas, ansi=ansi)


def _routine_of(row: Row | None) -> str | None:
    return row.routine_id if isinstance(row, RoutineRow) else None


def _key_line(detail: RoutineDetail, state: RowState, width: int) -> Content:
    """Say what Enter does with the routine; where it is narrow words give way, never the time."""
    if state is RowState.DONE and detail.key_time is None:
        return joined(("✓ ", "$text-success"), (detail.key_action, QUIET))
    end: tuple[Part, ...] = () if detail.key_time is None else (" ", (detail.key_time, "bold"))
    lines = [
        joined(("↵ ", "bold $text-primary"), (action, QUIET), *end)
        for action in (detail.key_action, detail.key_action.replace(" and finish", ","))
    ]
    return next((line for line in lines if line.cell_length <= width), lines[-1])


def _brief(row: RoutineRow, width: int) -> list[Content]:
    detail = row.detail
    first = _named(detail, width)
    second = _key_line(detail, row.state, width)
    with_redlines = joined(second, "   ", _redlines(detail))
    return [column(first, width), column(with_redlines if with_redlines.cell_length <= width else second, width)]


def _named(detail: RoutineDetail, width: int) -> Content:
    """Name the routine with what is known of it; where it is narrow the first facts go, never a part of one."""
    facts = detail.facts.split(" · ")
    if detail.goal is not None:
        facts.append(f"goal {total_time(detail.goal)}")
    rows = (joined((detail.name, "bold"), "   ", (" · ".join(facts[gone:]), QUIET)) for gone in range(len(facts)))
    return next((row for row in rows if row.cell_length <= width), joined((detail.name, "bold")))


def _redlines(detail: RoutineDetail) -> Content:
    """Say that something was to be changed before the next run, which Enter shows first."""
    return Content.styled(f"{detail.redlines} to change first" if detail.redlines else "", SOFT)


def _head(detail: RoutineDetail, width: int, score: int | None) -> list[Content]:
    first = joined((detail.name, "bold"))
    first = column(first, width) if score is None else spread(first, joined((f"score {score}", QUIET)), width)
    lines = [first, column(joined((detail.facts, QUIET)), width)]
    if detail.purpose:
        purpose = Content.styled(detail.purpose, SOFT).wrap(max(width, 10))
        lines += [Content(""), *purpose[:_MOST_PURPOSE_LINES]]
    return [*lines, Content(""), *_figures(detail)]


def _figures(detail: RoutineDetail) -> list[Content]:
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


def _foot(row: RoutineRow, width: int) -> list[Content]:
    slowest = row.detail.slowest
    lines: list[Content] = []
    if slowest:
        lines.append(Content.styled("Where the time goes", LABEL))
    for share in slowest:
        name = column(share.name, width - 17, "$foreground 85%")
        time = column(step_time(share.median), 7, QUIET, right=True)
        lines.append(joined(name, " ", column(thin_bar(share.of_largest, 9), 9), time))
    if row.detail.redlines:
        lines.append(column(_redlines(row.detail), width))
    elif slowest:
        lines.append(Content(""))
    return [*lines, column(_key_line(row.detail, row.state, width), width)]
