"""The parts of Trends around its chart: title, figures, legend."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, TypeAlias

from textual.content import Content
from textual.widget import Widget

from procroutine.durations import signed, total_time
from procroutine.insight.views.common import Mark
from procroutine.insight.views.trends import TrendsView
from procroutine.tui.screens.figures import Figure, value_style
from procroutine.tui.widgets.cells import (
    GOAL,
    LABEL,
    Part,
    column,
    joined,
    named,
)


class TrendsTitle(Widget):
    """The routine, and what is shown of it."""

    view: TrendsView | None = None

    def show(self, view: TrendsView) -> None:
        """Draw another routine or range."""
        self.view = view
        self.refresh()

    def render(self) -> Content:
        """Draw the name, and as many facts as fit beside it."""
        if self.view is None:
            return Content("")
        return named(self.view.name, self.view.facts, self.size.width)


def trend_figures(view: TrendsView) -> Iterator[Figure]:
    """Give last, median, best and goal, as far as there are any."""
    if view.last is not None:
        against = f"{signed(view.last_vs_goal, 'total')} vs goal" if view.last_vs_goal is not None else ""
        yield Figure("last", total_time(view.last), value_style(view.last_standing), against, essential=True)
    if view.median is not None:
        was = f"was {total_time(view.median_was)}" if view.median_was is not None else ""
        change = f", {_percent(view.median_change)}" if was and view.median_change is not None else ""
        yield Figure("median, last 8", total_time(view.median), "bold", was + change, was)
    if view.best is not None:
        yield Figure("best", total_time(view.best), "bold", view.best_day)
    if view.goal is not None:
        note = f"met {view.met} of last {view.met_of}" if view.met_of else ""
        short = f"met {view.met}/{view.met_of}" if view.met_of else ""
        yield Figure("goal", total_time(view.goal), f"bold {GOAL}", note, short, essential=True)


def _percent(change: float) -> str:
    whole = round(abs(change) * 100)
    return f"{'+' if change > 0 else '−'}{whole}%" if whole else "±0%"


Explained: TypeAlias = "tuple[Part, str, str]"
"""A sign, what it means, and that in few words."""


class Legend(Widget):
    """What the signs of the chart mean, of those that are on it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"legend--band", "legend--soft"}
    DEFAULT_CSS = """
    Legend {
        & > .legend--band { background: $primary 12%; color: $primary 70%; }
        & > .legend--soft { background: $primary 7%; color: $primary 70%; }
        &:ansi > .legend--band, &:ansi > .legend--soft { background: ansi_default; }
    }
    """

    view: TrendsView | None = None

    def show(self, view: TrendsView) -> None:
        """Explain another chart."""
        self.view = view
        self.refresh()

    def render(self) -> Content:
        """Draw one line, in fewer words where it is long."""
        width = self.size.width
        if self.view is None:
            return Content("")
        full = self._line(self.view, short=False)
        return column(full if full.cell_length <= width else self._line(self.view, short=True), width)

    def _line(self, view: TrendsView, *, short: bool) -> Content:
        explained = (*_marks(view), *self._ranges(view), *_others(view))
        parts: list[Part] = []
        for sign, words, few in explained:
            parts += [sign, (f"{' ' if sign else ''}{few if short else words}   ", LABEL)]
        return joined(*parts)

    def _ranges(self, view: TrendsView) -> Iterator[Explained]:
        by = " by medians" if view.by_medians else ""
        if any(not band.soft for band in view.chart.bands):
            yield ("┈┈┈", ".legend--band"), f"usual range{by}", f"usual{by}"
        if any(band.soft for band in view.chart.bands):
            yield ("┈  ┈", ".legend--soft"), f"soft, from few {_unit(view)}s{by}", f"soft{by}"


def _unit(view: TrendsView) -> str:
    return "day" if view.by_day else "week"


def _marks(view: TrendsView) -> Iterator[Explained]:
    marks = {point.mark for point in view.chart.points if point.value is not None}
    if view.chart.goal is not None and marks:
        yield ("●", "$text-success"), "at or under goal", "met"
        yield "○", "over", "over"
    if Mark.OUTSIDE in marks:
        yield ("◆", "$text-error"), "outside its usual range", "outside"


def _others(view: TrendsView) -> Iterator[Explained]:
    empty = [point for point in view.chart.points if point.value is None]
    if view.chart.revisions:
        yield ("┊", "$text-secondary"), "revision", "revision"
    if any(point.corrected for point in view.chart.points):
        yield "╹", "corrected", "corrected"
    if any(not point.off and not point.unfinished for point in empty):
        yield ("×", LABEL), "missed", "missed"
    if any(point.off for point in empty):
        yield ("·", LABEL), "off", "off"
    if view.left_out:
        yield "", f"{view.left_out} left out of all figures", f"{view.left_out} left out"
