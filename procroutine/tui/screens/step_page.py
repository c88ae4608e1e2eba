"""The page of one step: its chart, its figures, how it was changed, and the notes on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from procroutine.durations import signed, step_time
from procroutine.errors import UserError
from procroutine.insight.views.common import ChartPoint
from procroutine.insight.views.step_page import StepPage, StepPageNote
from procroutine.tui.key_bar import KeyBar
from procroutine.tui.keys import key
from procroutine.tui.screens.figures import Figure, Figures
from procroutine.tui.screens.past_screen import PastScreen
from procroutine.tui.screens.pick import PickScreen
from procroutine.tui.screens.run_page import RunPageScreen
from procroutine.tui.widgets.cells import LABEL, QUIET, column, joined, lines
from procroutine.tui.widgets.row_list import RowList
from procroutine.tui.widgets.top_bar import TopBar
from procroutine.tui.widgets.trend_chart import TrendChart

if TYPE_CHECKING:
    from procroutine.text import Shown
    from procroutine.tui.app import ProcroutineApp

RANGES = (8, 13, 26, 52, 0)
"""Weeks to show, one after the other; 0 for all."""
_LOW = 16
"""Lines below which there is no room for how systems compare."""


class StepHead(Widget):
    """The step, where it stands, and what is shown or picked of it."""

    page: StepPage | None = None
    point: ChartPoint | None = None

    def show(self, page: StepPage, point: ChartPoint | None = None) -> None:
        """Name another step, or another pick."""
        self.page = page
        self.point = point
        self.refresh()

    def render(self) -> Content:
        """Draw two lines."""
        page, width = self.page, self.size.width
        if page is None:
            return Content("")
        place = joined((page.place, QUIET))
        name = joined((page.name, "bold"))
        room = width - name.cell_length - 3
        first = joined(name, "   ", column(place, room)) if room >= 20 else column(name, width)
        return lines((first, self._second(page, width)))

    def _second(self, page: StepPage, width: int) -> Content:
        point = self.point
        if point is None:
            return column(page.facts, width, LABEL)
        if point.value is None:
            return column(joined(("▲ ", "$text-primary"), (point.day, "bold"), ("   skipped", QUIET)), width)
        before = "" if point.vs_before is None else f"   {signed(point.vs_before)} vs time before"
        runs = f"   mean of {len(point.run_ids)} runs" if len(point.run_ids) > 1 else ""
        value = (step_time(point.value), "bold")
        return column(joined(("▲ ", "$text-primary"), (point.day, "bold"), "   ", value, (before + runs, QUIET)), width)


class StepNotes(RowList):
    """What was noted on the step, newest first."""

    notes: tuple[StepPageNote, ...] = ()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.notes)

    def show(self, notes: tuple[StepPageNote, ...]) -> None:
        """List other notes; the selection stays with its run where that has one still."""
        before = self.notes[self.index].run_id if self.notes else None
        self.notes = notes
        self.styles.max_height = len(notes) + 1
        same = (place for place, note in enumerate(notes) if note.run_id == before)
        self.rows_changed(next(same, self.index))

    def labels(self, width: int) -> Content:
        """Name the columns."""
        if not self.notes:
            return Content.styled("No notes on this step.", LABEL)
        day, systems = self._widths(width)
        return joined(
            column("Notes", day, LABEL),
            column("time", 8, LABEL, right=True),
            column("  done with", systems, LABEL),
            ("  note", LABEL),
        )

    def row_line(self, index: int, width: int) -> Content:
        """Draw one note."""
        note = self.notes[index]
        day, systems = self._widths(width)
        return joined(
            column(note.day, day, QUIET),
            column("–" if note.time is None else step_time(note.time), 8, right=True),
            column(f"  {note.systems}", systems, QUIET),
            column(f"  {note.text}", width - day - 8 - systems, "italic"),
        )

    def _widths(self, width: int) -> tuple[int, int]:
        """Give the widths of day and systems; 0 leaves the systems out."""
        return (16 if any(len(note.day) > 10 for note in self.notes) else 11), 24 if width >= 84 else 0


class StepPageScreen(PastScreen):
    """One step of a routine."""

    TITLE = "A step"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("step.back", "escape", "back", "Back", "Go back to where you came from."),
        key("step.step", "s", "step", "Step", "Show another step of the routine."),
        key("step.weeks", "w", "weeks", "Weeks", "Show 8, 13, 26, 52 or all weeks."),
        key("step.notes", "tab", "notes", "Notes", "Go to the notes, or back to the chart."),
    ]
    AUTO_FOCUS = "#step-chart"

    page: StepPage | None = None

    def __init__(self, routine_id: str, step_id: str, weeks: int = 26) -> None:
        """Take a step, and how many weeks to show (0: all)."""
        super().__init__()
        self.routine_id = routine_id
        self.step_id = step_id
        self.weeks = weeks

    def compose(self) -> ComposeResult:
        """Put name, figures, chart, changes and notes below one another."""
        yield TopBar("trends")
        with Vertical(id="step"):
            yield StepHead(id="step-page-head")
            yield Figures(id="step-figures")
            yield TrendChart(id="step-chart")
            yield Static("", markup=False, id="step-compared")
            yield Static("", markup=False, id="step-changes")
            yield StepNotes(id="step-notes")
        yield KeyBar()

    def draw(self) -> None:
        """Ask for the step, and draw it."""
        app = self.procroutine
        page = app.look(lambda: app.viewer.past.runs.step(self.routine_id, self.step_id, self.weeks))
        if page is None or page == self.page:
            return
        self.page = page
        self.query_one(StepHead).show(page)
        self.query_one(Figures).show(step_figures(page))
        self.query_one(TrendChart).data = page.chart
        self.query_one(StepNotes).show(page.notes)
        self.query_one("#step-changes", Static).update(lines(_changes(page)))
        self.set_class(bool(page.changes), "-changed")
        self._show_compared(())
        if page.has_choice:
            self.run_worker(self._compare(page), exclusive=True)

    async def _compare(self, page: StepPage) -> None:
        """Hold the systems it can be done with against each other, which takes a moment."""
        from procroutine.improvement.alternatives import sentences_of
        from procroutine.improvement.book import read_choices
        from procroutine.tui.beside import beside

        app, routine_id = self.procroutine, page.routine_id
        try:
            choices = await beside(
                lambda tell: read_choices(app.home.places, app.clock, tell, routine_id), lambda _doing: None
            )
        except UserError as error:
            app.complain(error)
            return
        if page is self.page:
            self._show_compared(sentences_of(choices, page.step_id))

    def _show_compared(self, compared: Sequence[Shown]) -> None:
        """Show how the systems of the step compare."""
        self.query_one("#step-compared", Static).update(lines(Content(sentence) for sentence in compared))
        self.set_class(bool(compared), "-compared")

    def on_resize(self) -> None:
        """Leave the little room to the chart where there are few lines."""
        self.set_class(self.size.height < _LOW, "-low")

    @on(TrendChart.Picked)
    def _read_out(self, event: TrendChart.Picked) -> None:
        if self.page is not None:
            self.query_one(StepHead).show(self.page, event.point)

    @on(TrendChart.Opened)
    def _open_picked(self, event: TrendChart.Opened) -> None:
        if event.point.run_ids:
            self.app.push_screen(RunPageScreen(event.point.run_ids[-1]))
        else:
            self.procroutine.say(f"It was skipped in week {event.point.week.number}.")

    @on(RowList.Opened)
    def _open_noted(self, event: RowList.Opened) -> None:
        if self.page is not None:
            self.app.push_screen(RunPageScreen(self.page.notes[event.index].run_id))

    def action_back(self) -> None:
        """Go back."""
        self.app.pop_screen()

    def action_weeks(self) -> None:
        """Show the next range of weeks."""
        self.weeks = RANGES[(RANGES.index(self.weeks) + 1) % len(RANGES)]
        self.draw()

    def action_notes(self) -> None:
        """Move between chart and notes."""
        notes = self.query_one(StepNotes)
        self.set_focus(self.query_one(TrendChart) if notes.has_focus or not notes.count else notes)

    def action_step(self) -> None:
        """Ask for another step."""
        app = self.procroutine
        steps = app.look(lambda: app.viewer.past.runs.steps(self.routine_id))
        if steps:
            app.push_screen(PickScreen("Which step?", steps, self.step_id), self._choose)

    def _choose(self, step_id: str | None) -> None:
        if step_id is not None:
            self.step_id = step_id
            self.draw()


def step_figures(page: StepPage) -> Iterator[Figure]:
    """Give last, usual, median, best and planned, as far as there are any."""
    figures = (
        ("last", page.last, "bold"),
        ("usual", page.usual, "bold"),
        ("median", page.median, ""),
        ("best", page.best, "bold"),
        ("planned", page.planned, ""),
    )
    for label, length, style in figures:
        if length is not None:
            yield Figure(label, step_time(length), style, essential=label in ("last", "usual", "best"))


def _changes(page: StepPage) -> Iterator[Content]:
    for change in page.changes:
        yield joined((change.partition(" ")[0], "$text-secondary"), (f" {change.partition(' ')[2]}", QUIET))


def open_step(app: ProcroutineApp, routine_id: str, weeks: int) -> None:
    """Ask for a step of a routine, and open its page on so many weeks."""
    steps = app.look(lambda: app.viewer.past.runs.steps(routine_id))

    def show(step_id: str | None) -> None:
        if step_id is not None:
            app.push_screen(StepPageScreen(routine_id, step_id, weeks))

    if steps:
        app.push_screen(PickScreen("Which step?", steps), show)
