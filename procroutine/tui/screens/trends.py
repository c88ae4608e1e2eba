"""Trends: one routine's weeks against its goal, and where its time goes."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from procroutine.insight.views.common import ChartPoint, ShareRow
from procroutine.insight.views.trends import TrendsView
from procroutine.routine.slugs import slug
from procroutine.tui.key_bar import KeyBar
from procroutine.tui.keys import key
from procroutine.tui.screens.choose import Choice, ChooseScreen
from procroutine.tui.screens.exports import csv_text, present_folder, write_new_file
from procroutine.tui.screens.figures import Figures
from procroutine.tui.screens.past_screen import PastScreen
from procroutine.tui.screens.pick import PickScreen
from procroutine.tui.screens.run_page import RunPageScreen
from procroutine.tui.screens.share_table import ShareTable
from procroutine.tui.screens.trends_parts import Legend, Readout, TrendsTitle, trend_figures
from procroutine.tui.widgets.cells import QUIET
from procroutine.tui.widgets.top_bar import TopBar
from procroutine.tui.widgets.trend_chart import TrendChart

RANGES = (8, 13, 26, 52, 0)
"""Weeks to show, one after the other; 0 for all."""
_LOW = 16
"""Lines below which chart and table take turns."""
_NOTHING_YET = "No runs yet. Finish a routine's first run, and its weeks are drawn here. 1 goes to This week."


class TrendsScreen(PastScreen):
    """The place called Trends."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("trends.routine", "r", "routine", "Routine", "Show another routine."),
        key("trends.weeks", "w", "weeks", "Weeks", "Show 8, 13, 26, 52 or all weeks."),
        key("trends.table", "t", "table", "Table", "Show steps, systems or people."),
        key("trends.export", "x", "export", "Export", "Write the weeks to a CSV file, or the screen to a picture."),
    ]
    AUTO_FOCUS = "#trends-chart"

    view: TrendsView | None = None
    weeks = 26
    """How many are asked for; 0 for all."""
    part = 0
    """Which of the parts that take turns is shown."""

    def compose(self) -> ComposeResult:
        """Put title, figures, chart and tables below one another."""
        yield TopBar("trends")
        with Vertical(id="trends"):
            yield TrendsTitle(id="trends-title")
            yield Figures(id="trends-figures")
            yield Readout(id="trends-readout")
            yield TrendChart(id="trends-chart")
            yield Legend(id="trends-legend")
            with Horizontal(id="trends-tables"):
                with VerticalScroll(id="trends-first", can_focus=False):
                    yield ShareTable(id="trends-steps")
                with VerticalScroll(id="trends-second", can_focus=False):
                    yield ShareTable(id="trends-shares")
        yield Static(Content(_NOTHING_YET), id="trends-empty")
        yield KeyBar()

    def draw(self) -> None:
        """Ask for the chosen routine, else the first that has runs, and draw it."""
        app = self.procroutine
        routines = app.look(app.viewer.past.trends_routines) or ()
        self.set_class(not routines, "-empty")
        if not routines:
            return
        routine_id = app.chosen_routine or routines[0][0]
        view = app.look(lambda: app.viewer.past.trends(routine_id, self.weeks))
        if view is not None and view != self.view:
            self.view = view
            self._show(view)

    def _show(self, view: TrendsView) -> None:
        self.query_one(TrendsTitle).show(view)
        self.query_one(Figures).show(trend_figures(view))
        self.query_one(Legend).show(view.chart)
        self.query_one(TrendChart).data = view.chart
        self.query_one(Readout).show(None, view)
        self._show_tables()

    def on_resize(self) -> None:
        """Let chart and table take turns where there is no room for both."""
        self.set_class(self.size.height < _LOW, "-low")
        self._show_tables()

    @property
    def _in_turn(self) -> list[tuple[str, tuple[ShareRow, ...]]]:
        """What `t` goes through at this size: tables, and the chart before them where it is low."""
        if self.view is None:
            return []
        tables = [("System", self.view.systems), ("Person", self.view.people)]
        turns = [(title, rows) for title, rows in tables if rows]
        if not self._is_wide:
            turns.insert(0, ("Step", self.view.steps))
        if self.has_class("-low"):
            turns.insert(0, ("", ()))
        return turns

    @property
    def _is_wide(self) -> bool:
        return self.size.width >= 104 and not self.has_class("-low")

    def _show_tables(self) -> None:
        turns = self._in_turn
        if self.view is None or not turns:
            return
        self.part %= len(turns)
        title, rows = turns[self.part]
        self.set_class(bool(title), "-table")
        first, second = self.query_one("#trends-steps", ShareTable), self.query_one("#trends-shares", ShareTable)
        if self._is_wide:
            first.show("Step", self.view.steps)
            second.show(title, rows)
        elif title:
            first.show(title, rows)

    @on(TrendChart.Picked)
    def _read_out(self, event: TrendChart.Picked) -> None:
        if self.view is not None:
            self.query_one(Readout).show(event.point, self.view)

    @on(TrendChart.Opened)
    def _open(self, event: TrendChart.Opened) -> None:
        if event.point.run_ids:
            self.app.push_screen(RunPageScreen(event.point.run_ids[-1]))
        else:
            self.procroutine.say(f"No run in week {event.point.week.number}.")

    def action_weeks(self) -> None:
        """Show the next range of weeks."""
        self.weeks = RANGES[(RANGES.index(self.weeks) + 1) % len(RANGES)]
        self.draw()

    def action_table(self) -> None:
        """Show the next table."""
        self.part += 1
        self._show_tables()

    def action_routine(self) -> None:
        """Ask for another routine."""
        routines = self.procroutine.look(self.procroutine.viewer.past.trends_routines)
        if not routines:
            self.procroutine.say("No routine has a run yet.")
            return
        chosen = self.view.routine_id if self.view is not None else None
        self.app.push_screen(PickScreen("Which routine?", routines, chosen), self._choose)

    def _choose(self, routine_id: str | None) -> None:
        if routine_id is not None:
            self.procroutine.chosen_routine = routine_id
            self.draw()

    def action_export(self) -> None:
        """Ask for the kind of file."""
        if self.view is None:
            return
        choices = (
            Choice("c", "csv", "CSV", "the weeks as a table"),
            Choice("s", "svg", "SVG", "this screen as a picture"),
        )
        folder = self.procroutine.look(present_folder)
        if folder is not None:
            where = Content.styled(f"Into {folder}", QUIET)
            self.app.push_screen(ChooseScreen("Export", where, choices), self._export)

    def _export(self, kind: str | None) -> None:
        if kind == "svg":
            # The picture is taken once the question is gone from the screen.
            self.call_after_refresh(self._write, "svg")
        elif kind is not None:
            self._write(kind)

    def _write(self, kind: str) -> None:
        view = self.view
        if view is None:
            return
        text = self.app.export_screenshot(title="procroutine") if kind == "svg" else weeks_as_csv(view)
        app = self.procroutine
        path = app.attempt(
            lambda: write_new_file(present_folder(), f"trends-{slug(view.routine_id, 'routine')}", kind, text)
        )
        if path is not None:
            app.say(f"Written to {path}")


def weeks_as_csv(view: TrendsView) -> str:
    """Give one line a week: value and difference to the goal in seconds, number of runs, how it stands."""
    header = ("week", "value_seconds", "vs_goal_seconds", "runs", "mark")
    return csv_text(header, (_week_cells(point) for point in view.chart.points))


def _week_cells(point: ChartPoint) -> tuple[object, ...]:
    lengths = (None if length is None else length.total_seconds() for length in (point.value, point.vs_goal))
    mark = "off" if point.off and point.value is None else point.mark.value
    return str(point.week), *lengths, len(point.run_ids), mark
