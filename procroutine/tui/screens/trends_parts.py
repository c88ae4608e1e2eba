"""The parts of Trends around its chart: title, figures, readout, legend."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from textual.content import Content
from textual.widget import Widget

from procroutine.durations import signed, total_time
from procroutine.insight.views.common import ChartData, ChartPoint
from procroutine.insight.views.trends import TrendsView
from procroutine.insight.weekly import standing_of
from procroutine.tui.screens.figures import Figure, value_style
from procroutine.tui.widgets.cells import (
    GOAL,
    LABEL,
    QUIET,
    Part,
    column,
    difference,
    joined,
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
        width = self.size.width
        name = joined((self.view.name, "bold"))
        line = column(name, min(width, name.cell_length))
        for place, fact in enumerate(self.view.facts.split(" · ")):
            longer = joined(line, (("   " if place == 0 else " · ") + fact, QUIET))
            if longer.cell_length > width:
                break
            line = longer
        return line


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


class Readout(Widget):
    """One line above the chart: the picked week, or what the chart shows."""

    point: ChartPoint | None = None
    goal: timedelta | None = None
    weeks = 0

    def show(self, point: ChartPoint | None, view: TrendsView) -> None:
        """Draw another pick of a view."""
        self.point = point
        self.goal = view.goal
        self.weeks = view.weeks
        self.refresh()

    def render(self) -> Content:
        """Draw the week with its differences."""
        width = self.size.width
        if self.point is None:
            text = f"Total time per week, {f'last {self.weeks}' if self.weeks else 'all'} weeks."
            hint = "  ← → or the mouse picks a run."
            return column(text + hint if len(text + hint) <= width else text, width, LABEL)
        return column(
            joined(("▲ ", "$text-primary"), (self.point.day, "bold"), "   ", *_readout(self.point, self.goal)), width
        )


def _readout(point: ChartPoint, goal: timedelta | None) -> list[Part]:
    if point.value is None:
        word = "declared off" if point.off else "no run yet" if point.unfinished else "missed"
        return [(f"week {point.week.number}   {word}", QUIET)]
    parts: list[Part] = [(total_time(point.value), "bold")]
    if point.vs_goal is not None:
        parts += ["   ", difference(point.vs_goal, standing_of(point.value, goal)), (" vs goal", QUIET)]
    if point.vs_before is not None:
        parts.append((f"   {signed(point.vs_before, 'total')} vs week before", QUIET))
    if len(point.run_ids) > 1:
        parts.append((f"   {len(point.run_ids)} runs", QUIET))
    if point.unfinished:
        parts.append(("   this week", QUIET))
    return parts


class Legend(Widget):
    """What the signs of the chart mean, of those that are on it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"legend--band"}
    DEFAULT_CSS = """
    Legend {
        & > .legend--band { background: $primary 12%; }
        &:ansi > .legend--band { background: ansi_default; }
    }
    """

    chart = ChartData()

    def show(self, chart: ChartData) -> None:
        """Explain another chart."""
        self.chart = chart
        self.refresh()

    def render(self) -> Content:
        """Draw one line."""
        chart = self.chart
        parts: list[Part] = []
        if chart.goal is not None:
            parts += [("●", "$text-success"), (" at or under goal   ", LABEL), "○", (" over   ", LABEL)]
        if chart.bands:
            parts += [("◆", "$text-error"), (" outside its usual range   ", LABEL)]
            # A terminal's own colours have no tint: there the chart marks the range by its edges.
            tinted = self.get_component_styles("legend--band").background.ansi is None
            parts += [("   " if tinted else "···", ".legend--band"), (" usual range   ", LABEL)]
        if chart.revisions:
            parts += [("┊", "$text-secondary"), (" new revision   ", LABEL)]
        if any(point.value is None and not point.off and not point.unfinished for point in chart.points):
            parts.append(("× missed   ", LABEL))
        if any(point.off for point in chart.points):
            parts.append(("· declared off", LABEL))
        return column(joined(*parts), self.size.width)
