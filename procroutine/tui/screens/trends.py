"""Trends: one routine's weeks against its goal, and where its time goes.

What opens from it is loaded when it is first opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from procroutine.insight.views.common import ShareRow
from procroutine.insight.views.trends import TrendsView
from procroutine.tui.key_bar import KeyBar
from procroutine.tui.keys import key
from procroutine.tui.screens.figures import Figures
from procroutine.tui.screens.readout import Readout
from procroutine.tui.screens.share_table import ShareTable
from procroutine.tui.screens.trends_export import ExportsTrends
from procroutine.tui.screens.trends_parts import Legend, TrendsTitle, trend_figures
from procroutine.tui.screens.what_came import WhatCame
from procroutine.tui.widgets.top_bar import TopBar
from procroutine.tui.widgets.trend_chart import TrendChart

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

RANGES = (8, 13, 26, 52, 0)
"""Weeks to show, one after the other; 0 for all."""
_LOW = 16
"""Lines below which chart and table take turns."""
_NOTHING_YET = "No runs yet. Finish a routine's first run, and its weeks are drawn here. 1 goes to This week."


class TrendsScreen(ExportsTrends):
    """The place called Trends."""

    TITLE = "Trends"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("trends.routine", "r", "routine", "Routine", "Show another routine."),
        key("trends.weeks", "w", "weeks", "Weeks", "Show 8, 13, 26, 52 or all weeks."),
        key("trends.table", "t", "table", "Table", "Show steps, systems or people."),
        key("trends.revisions", "v", "revisions", "Changes", "Show what was changed, and whether it helped."),
        key("trends.export", "x", "export", "Export", "Write the weeks to a CSV file, or the screen to a picture."),
        key("trends.step", "s", "step", "Step", "Show one step: its weeks, notes and changes.", shown=False),
        key("trends.flow", "f", "flow", "Flow", "Flow map: its steps in lanes.", shown=False),
        key("trends.path", "p", "path", "Path", "Path: its five phases, to move it on.", shown=False),
        key("trends.what-if", "i", "what_if", "Try", "What if: try changes on a copy of its checklist.", shown=False),
        key("trends.days", "d", "days", "Days", "Show days with runs instead of weeks, or weeks again.", shown=False),
        key("trends.medians", "m", "medians", "Medians", "Take usual ranges by medians or by means.", shown=False),
    ]
    AUTO_FOCUS = "#trends-chart"

    weeks = 26
    """How many are asked for; 0 for all."""
    by_day = False
    """Whether days are asked for instead of weeks."""
    by_medians: bool | None = None
    """Whether usual ranges by medians are asked for; None as long as the settings say it."""
    part = 0
    """Which of the parts that take turns is shown."""

    def compose(self) -> ComposeResult:
        """Put title, figures, chart and tables below one another."""
        yield TopBar("trends")
        with Vertical(id="trends"):
            yield TrendsTitle(id="trends-title")
            yield Figures(id="trends-figures")
            yield Readout(id="trends-readout")
            yield WhatCame(id="trends-came", markup=False)
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
        routines = app.look(app.viewer.past.trends_routines)
        if routines is None:
            return
        self.set_class(not routines, "-empty")
        if not routines:
            return
        routine_id = app.chosen_routine or routines[0][0]
        by_medians, by_day = self._is_by_medians, self.by_day
        view = app.look(lambda: app.viewer.past.trends(routine_id, self.weeks, by_medians=by_medians, by_day=by_day))
        if view is not None and view != self.view:
            self.view = view
            self._show(view)
        self.query_one(WhatCame).look(app, routine_id)

    def _show(self, view: TrendsView) -> None:
        self.query_one(TrendsTitle).show(view)
        self.query_one(Figures).show(trend_figures(view))
        self.query_one(Legend).show(view)
        self.query_one(TrendChart).data = view.chart
        self.query_one(Readout).show(view)
        self._show_tables()

    @property
    def _is_by_medians(self) -> bool:
        return self.procroutine.settings.median_limits if self.by_medians is None else self.by_medians

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
        self.set_class(bool(title) and self.has_class("-low"), "-table")  # which only counts there, and takes long
        first, second = self.query_one("#trends-steps", ShareTable), self.query_one("#trends-shares", ShareTable)
        if self._is_wide:
            first.show("Step", self.view.steps)
            second.show(title, rows)
        elif title:
            first.show(title, rows)

    @on(TrendChart.Picked)
    def _read_out(self, event: TrendChart.Picked) -> None:
        if self.view is not None:
            self.query_one(Readout).show(self.view, event.index)

    @on(TrendChart.Opened)
    def _open(self, event: TrendChart.Opened) -> None:
        app, run_ids = self.procroutine, event.point.run_ids
        if not run_ids:
            app.say(f"No run in week {event.point.week.number}.")
        elif len(run_ids) == 1:
            self._open_run(run_ids[0])
        elif (named := app.look(lambda: app.viewer.past.named_runs(run_ids))) is not None:
            from procroutine.tui.screens.pick import PickScreen

            when = event.point.day if self.by_day else f"week {event.point.week.number}"
            app.push_screen(PickScreen(f"Which run of {when}?", named, run_ids[-1]), self._open_run)

    def _open_run(self, run_id: str | None) -> None:
        from procroutine.tui.screens.run_page import RunPageScreen

        if run_id is not None:
            self.app.push_screen(RunPageScreen(run_id))

    def action_revisions(self) -> None:
        """Show the revisions of the routine."""
        if self.view is not None:
            from procroutine.tui.screens.revisions import RevisionsScreen

            self.app.push_screen(RevisionsScreen(self.view.routine_id))

    def action_weeks(self) -> None:
        """Show the next range of weeks."""
        self.weeks = RANGES[(RANGES.index(self.weeks) + 1) % len(RANGES)]
        self.draw()

    def action_days(self) -> None:
        """Show days with runs instead of weeks, or weeks again."""
        self.by_day = not self.by_day
        self.draw()

    def action_medians(self) -> None:
        """Take usual ranges by medians instead of means, or by means again."""
        self.by_medians = not self._is_by_medians
        self.draw()
        self.procroutine.say(f"Usual ranges by {'medians' if self.by_medians else 'means'}.")

    def action_table(self) -> None:
        """Show the next table."""
        self.part += 1
        self._show_tables()

    def action_step(self) -> None:
        """Ask for a step, and open its page."""
        from procroutine.tui.screens.step_page import open_step

        if self.view is not None:
            open_step(self.procroutine, self.view.routine_id, self.weeks)

    def action_flow(self) -> None:
        """Show the flow map of the routine."""
        from procroutine.tui.screens.flow import FlowScreen

        self._open_about(FlowScreen)

    def action_path(self) -> None:
        """Show the path of the routine."""
        from procroutine.tui.screens.path import PathScreen

        self._open_about(lambda routine_id: PathScreen(routine_id, "trends"), as_filed=True)

    def action_what_if(self) -> None:
        """Try changes on a copy of the routine's checklist."""
        from procroutine.tui.screens.what_if import WhatIf

        self._open_about(WhatIf)

    def _open_about(self, screen: Callable[[str], Screen[None]], *, as_filed: bool = False) -> None:
        """Open a screen about the steps of the routine."""
        from procroutine.tui.screens.problems import open_about

        if self.view is not None:
            open_about(self.procroutine, self.view.routine_id, screen, as_filed=as_filed)

    def action_routine(self) -> None:
        """Ask for another routine."""
        from procroutine.tui.screens.pick import PickScreen

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
