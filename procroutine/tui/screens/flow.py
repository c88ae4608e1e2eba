"""The flow map of a routine: its steps in lanes, as defined or as they were done in a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from procroutine.errors import UserError
from procroutine.improvement.flow_answer import flow_json
from procroutine.improvement.flow_map import By, FlowBar, FlowGap, FlowMap
from procroutine.improvement.flow_reader import FlowReader
from procroutine.improvement.flow_text import flow_lines
from procroutine.routine.slugs import slug
from procroutine.text import Shown
from procroutine.tui.beside import beside
from procroutine.tui.key_bar import KeyBar
from procroutine.tui.keys import key
from procroutine.tui.screens.choose import Choice
from procroutine.tui.screens.exports import ask_for_form, export
from procroutine.tui.screens.flow_parts import FlowChart, FlowHead, FlowLegend
from procroutine.tui.screens.flow_steps import FlowSteps
from procroutine.tui.screens.past_screen import PastScreen, text_column
from procroutine.tui.screens.pick import PickScreen
from procroutine.tui.widgets.row_list import RowList
from procroutine.tui.widgets.top_bar import TopBar

_DEFINED = ""
"""Stands for the definition where a run is picked."""
_ZOOMS = (1.0, 2.0, 4.0, 8.0)
_TEXT_WIDTH = 100
_READING = "Reading your runs …"
_LIST_FROM = 4
"""Lines of steps, and of the map, below which there is none."""
_ROOMY = 30
"""Lines from which the parts are set apart."""
_BARS = 2
"""Lines of the bars at the top and at the bottom."""


class FlowScreen(PastScreen):
    """The flow map."""

    TITLE = "Flow map"
    CSS_PATH = "flow.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("flow.back", "escape", "app.pop_screen", "Back", "Go back to where you came from."),
        key("flow.before", "left,h,up,k", "move(-1)", "Before", "Go to the step before.", shown=False),
        key("flow.after", "right,l,down,j", "move(1)", "After", "Go to the next step.", shown=False),
        key("flow.first", "home,g", "ends(0)", "First", "Go to the first step.", shown=False),
        key("flow.last", "end,G", "ends(-1)", "Last", "Go to the last step.", shown=False),
        key("flow.lanes", "m", "lanes", "Lanes", "Give each person a lane, or each system again."),
        key("flow.run", "r", "run", "Run", "Show what was really done in a run, or the definition."),
        key("flow.wider", "plus,equals_sign", "zoom(1)", "Wider", "Draw the map wider.", sign="+"),
        key("flow.narrower", "minus", "zoom(-1)", "Narrower", "Draw the map narrower.", sign="−"),
        key("flow.step", "enter", "step", "Step", "Open the page of the step.", sign="↵"),
        key("flow.export", "x", "export", "Export", "Write the map to a file: SVG, text or JSON."),
    ]

    flow: FlowMap | None = None
    by = By.SYSTEM
    run_id: str | None = None
    """The run that is drawn; None for the definition."""
    zoom = 0

    def __init__(self, routine_id: str, place: str = "trends") -> None:
        """Draw a routine; `place` is underlined at the top."""
        super().__init__()
        self.routine_id = routine_id
        self._place = place

    def compose(self) -> ComposeResult:
        """Put head, map, legend and steps below one another."""
        yield TopBar(self._place)
        with Vertical(id="flow"):
            yield FlowHead(id="flow-head")
            yield FlowChart(id="flow-chart")
            yield FlowLegend(id="flow-legend")
            steps = FlowSteps(id="flow-steps")
            steps.can_focus = False
            yield steps
        yield KeyBar()

    def draw(self) -> None:
        """Begin to read the map; what was drawn before stays meanwhile."""
        if self.flow is None:
            self.query_one(FlowHead).tell(_READING)
        self.run_worker(self._read(), exclusive=True)

    async def _read(self) -> None:
        app, asked = self.procroutine, (self.routine_id, self.run_id, self.by)
        reader = app.flow_reader = app.flow_reader or FlowReader(app.home.places, app.clock)
        try:
            self._take(await beside(lambda _tell: reader.read(*asked), lambda _doing: None))
        except UserError as error:
            app.complain(error)
            self.query_one(FlowHead).tell("")

    def _take(self, flow: FlowMap) -> None:
        if flow == self.flow:
            return
        steps = self.query_one(FlowSteps)
        self.flow = flow
        self.query_one(FlowLegend).show(flow)
        steps.show(flow.bars)
        self._show()
        self._share()
        self.refresh_bindings()

    def _show(self) -> None:
        """Draw the map with the selected step."""
        if self.flow is None:
            return
        bar = self._selected
        number = bar.number if bar is not None else 0
        self.query_one(FlowHead).show(self.flow, bar, self._behind(bar))
        self.query_one(FlowChart).show(self.flow, number, _ZOOMS[self.zoom])

    @property
    def _selected(self) -> FlowBar | None:
        return self.query_one(FlowSteps).bar

    def _behind(self, bar: FlowBar | None) -> FlowGap | None:
        """Give the pause that follows a step."""
        if self.flow is None or bar is None:
            return None
        pieces = self.flow.pieces
        place = next(place for place, piece in enumerate(pieces) if piece is bar)
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        return after if isinstance(after, FlowGap) else None

    def on_resize(self) -> None:
        """Share the lines anew."""
        self._share()

    def _share(self) -> None:
        """Give the map the lines it needs, and the steps what is left, if that is enough for a list.

        All of it follows from the size of the screen: classes for sizes come a frame late, and so would a second look.
        """
        width, height = self.size
        gap, side = int(height >= _ROOMY), text_column(self.size)
        head, chart, steps = self.query_one(FlowHead), self.query_one(FlowChart), self.query_one(FlowSteps)
        legend = self.query_one(FlowLegend)
        self.query_one("#flow").styles.padding = (gap, side - 1, 0, side - 1)
        head.styles.height = head.lines_at(width - 2 * side)
        head.styles.margin = legend.styles.margin = (0, 0, gap, 0)
        room = height - _BARS - gap - head.lines_at(width - 2 * side) - gap - 1 - gap
        needed = chart.lines_at(width - 2 * side)
        steps.display = room - needed - gap >= _LIST_FROM
        chart.styles.height = needed if steps.display else max(_LIST_FROM, min(needed, room))
        chart.styles.margin = (0, 0, gap, 0)

    @on(RowList.Selected)
    def _step_selected(self) -> None:
        self._show()

    @on(FlowChart.Picked)
    def _step_picked(self, event: FlowChart.Picked) -> None:
        steps = self.query_one(FlowSteps)
        # A step in which a run only stood still is on the map, and not in the list.
        steps.select(next((place for place, bar in enumerate(steps.bars) if bar.number == event.number), steps.index))

    @on(RowList.Opened)
    def _step_opened(self) -> None:
        self.action_step()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        if action == "zoom":
            return 0 <= self.zoom + (1 if parameters == (1,) else -1) < len(_ZOOMS)
        return action not in ("step", "export") or bool(self.flow is not None and self.flow.pieces)

    def action_move(self, by: int) -> None:
        """Select a step further on or back."""
        steps = self.query_one(FlowSteps)
        steps.select(steps.index + by)

    def action_ends(self, place: int) -> None:
        """Select the first or the last step."""
        steps = self.query_one(FlowSteps)
        steps.select(place % max(1, steps.count))

    def action_lanes(self) -> None:
        """Give each person a lane, or each system again."""
        self.by = By.PERSON if self.by is By.SYSTEM else By.SYSTEM
        self.draw()

    def action_zoom(self, by: int) -> None:
        """Draw the map wider or narrower."""
        self.zoom += by
        self._show()
        self._share()
        self.refresh_bindings()

    def action_run(self) -> None:
        """Ask which run is to be drawn, or the definition."""
        if self.flow is None:
            return
        choices = ((_DEFINED, Shown("as defined")), *self.flow.runs)
        self.app.push_screen(PickScreen("Which run?", choices, self.run_id or _DEFINED), self._choose)

    def _choose(self, run_id: str | None) -> None:
        if run_id is not None:
            self.run_id = run_id or None
            self.draw()

    def action_step(self) -> None:
        """Open the page of the selected step."""
        from procroutine.tui.screens.step_page import StepPageScreen

        bar, app = self._selected, self.procroutine
        if bar is None or app.look(lambda: app.viewer.past.runs.step_named(self.routine_id, bar.step)) is None:
            return
        self.app.push_screen(StepPageScreen(self.routine_id, bar.step))

    def action_export(self) -> None:
        """Ask for the kind of file."""
        choices = (
            Choice("s", "svg", "SVG", "a picture to send or to print"),
            Choice("t", "txt", "Text", "for mail and notes"),
            Choice("j", "json", "JSON", "for other programs"),
        )
        ask_for_form(self.procroutine, "Write this map", choices, self._export)

    def _export(self, kind: str | None) -> None:
        flow = self.flow
        if kind is not None and flow is not None:
            stem = f"flow-{slug(flow.routine_id, 'routine')}"
            export(self.procroutine, stem, kind, lambda: _FORMS[kind](flow))


def _svg(flow: FlowMap) -> str:
    from procroutine.improvement.flow_svg import flow_svg

    return flow_svg(flow)


_FORMS: dict[str, Callable[[FlowMap], str]] = {
    "svg": _svg,
    "json": flow_json,
    "txt": lambda flow: "\n".join((*flow_lines(flow, _TEXT_WIDTH), "")),
}
