"""The path of a routine through five phases: what is missing in each, what comes next, and moving it on or back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.widget import Widget

from procroutine.improvement.phase_answer import SIGNS
from procroutine.improvement.phase_reading import move, path_of_routine
from procroutine.improvement.phases import MEANT_FOR, NAMES, PHASES, Path, PhaseState, PhaseStep
from procroutine.routine.model import Phase
from procroutine.tui.key_bar import KeyBar
from procroutine.tui.keys import key
from procroutine.tui.screens.difference_lines import wrapped
from procroutine.tui.screens.past_screen import PastScreen
from procroutine.tui.screens.problems import edit_and_check
from procroutine.tui.widgets.cells import FAINT, LABEL, QUIET, SOFT, column, joined, lines
from procroutine.tui.widgets.selected import selected_line
from procroutine.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from textual import events

_SIGN_STYLES = {
    PhaseState.DONE: "$text-success",
    PhaseState.OPEN: "bold $text-warning",
    PhaseState.NOW: "bold $text-primary",
    PhaseState.LATER: LABEL,
}
_NAME_STYLES = {PhaseState.DONE: SOFT, PhaseState.OPEN: "", PhaseState.NOW: "bold", PhaseState.LATER: QUIET}
_NAME_AND_WAY = 2
"""Lines of the head where there are few."""
_ROOMY = 24
"""Lines of the screen from which sentences are set apart."""
_LABEL = 7
"""Columns of the labels beside what comes next."""
_LONGEST = max(map(len, NAMES.values()))


class PathHead(Widget):
    """The routine, and its five phases on one line; where that is narrow, the name of the present one alone."""

    path: Path | None = None

    def show(self, path: Path) -> None:
        """Draw another path."""
        self.path = path
        self.refresh()

    def render(self) -> Content:
        """Draw name and path, with a line between them where there is room."""
        path, width = self.path, self.size.width
        if path is None:
            return Content("")
        name = joined((path.name, "bold"), (f"   {path.where}", QUIET))
        way = next((way for way in self._ways(path) if way.cell_length <= width), Content(""))
        between = [Content("")] if self.size.height > _NAME_AND_WAY else []
        return lines((column(name, width), *between, way))

    def _ways(self, path: Path) -> Iterator[Content]:
        for between, every in ((" ──── ", True), (" ── ", True), (" ─ ", True), (" ── ", False)):
            parts = [_named(step, every or step.state is PhaseState.NOW) for step in path.steps]
            yield Content.styled(between, FAINT).join(parts)


def _named(step: PhaseStep, named: bool) -> Content:
    sign = (SIGNS[step.state], _SIGN_STYLES[step.state])
    return joined(sign, (f" {step.name}", _NAME_STYLES[step.state])) if named else joined(sign)


class PhaseList(Widget, can_focus=True):
    """The phases with what is missing in each; one of them is selected."""

    DEFAULT_CSS = """
    PhaseList {
        height: auto;
        & > .phases--selected { background: $primary 14%; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"phases--selected"}
    BINDINGS: ClassVar[list[BindingType]] = [
        key("phases.down", "down,right,j,l", "move(1)", "Down", "Select the next phase.", shown=False),
        key("phases.up", "up,left,k,h", "move(-1)", "Up", "Select the phase before.", shown=False),
        key("phases.first", "home,g", "move(-9)", "First", "Select the first phase.", shown=False),
        key("phases.last", "end,G", "move(9)", "Last", "Select the last phase.", shown=False),
    ]

    path: Path | None = None
    index = 0

    class Selected(Message):
        """Another phase was selected."""

    def show(self, path: Path, index: int) -> None:
        """Draw another path."""
        self.path = path
        self.index = index
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give each phase as many lines as things are missing in it, at least one."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Draw the phases."""
        return lines(line for _, line in self._lines(self.size.width))

    def _lines(self, width: int) -> list[tuple[int, Content]]:
        steps = self.path.steps if self.path is not None else ()
        return [(place, line) for place, step in enumerate(steps) for line in self._phase(place, step, width)]

    def _phase(self, place: int, step: PhaseStep, width: int) -> Iterator[Content]:
        selected, name_style = place == self.index, _NAME_STYLES[step.state]
        room = width - _LONGEST - 6
        missing = [row for text in step.missing or ("nothing missing",) for row in wrapped(text, room)]
        for number, text in enumerate(missing):
            sign = (SIGNS[step.state], _SIGN_STYLES[step.state]) if not number else (" ", "")
            line = joined(
                ("▌" if selected else " ", "$primary"),
                sign,
                " ",
                column("" if number else step.name, _LONGEST + 3, "bold" if selected else name_style),
                (text, SOFT if step.missing and step.state is not PhaseState.LATER else LABEL),
            )
            line = column(line, width)
            yield selected_line(self, line, ".phases--selected") if selected else line

    def action_move(self, by: int) -> None:
        """Select another phase."""
        self.select(self.index + by)

    def select(self, index: int) -> None:
        """Select a phase, or the nearest there is."""
        index = max(0, min(index, len(PHASES) - 1))
        if index != self.index:
            self.index = index
            self.refresh()
            self.post_message(self.Selected())

    @property
    def selected_region(self) -> Region:
        """Where the selected phase stands in what scrolls."""
        drawn = [place for place, _ in self._lines(self.size.width)]
        first = drawn.index(self.index) if self.index in drawn else 0
        return Region(0, self.virtual_region.y + first, 1, drawn.count(self.index))

    def on_click(self, event: events.Click) -> None:
        """Select the phase under the mouse."""
        offset = event.get_content_offset(self)
        drawn = self._lines(self.size.width)
        if offset is not None and offset.y < len(drawn):
            self.select(drawn[offset.y][0])


class PathNext(Widget):
    """How the runs stand to the goal, and what to do next."""

    path: Path | None = None
    selected: Phase | None = None

    def show(self, path: Path, selected: Phase) -> None:
        """Draw another path, or what another phase is for and what Enter does on it."""
        self.path, self.selected = path, selected
        self.refresh(layout=True)

    def render(self) -> Content:
        """Draw the sentences, broken where the line ends."""
        path = self.path
        if path is None:
            return Content("")
        told = [self._beside("Next", LABEL, path.suggestion, "bold")]
        if self.selected not in (None, path.phase):
            told.append(self._beside("↵", "bold $text-primary", f"moves it to {NAMES[self.selected]}", SOFT))
        between = [Content("")] if self.app.size.height >= _ROOMY else []
        if path.standing:
            told += [*between, Content.styled(path.standing, QUIET)]
        if self.selected is not None:
            told += [*between, Content.styled(MEANT_FOR[self.selected], f"italic {QUIET}")]
        return lines(told)

    def _beside(self, label: str, style: str, text: str, text_style: str) -> Content:
        """Put a text beside its label, also its further lines."""
        rows = wrapped(text, self.size.width - _LABEL)
        return lines(
            joined(column("" if place else label, _LABEL, style), (row, text_style)) for place, row in enumerate(rows)
        )


class PathScreen(PastScreen):
    """The path of a routine."""

    TITLE = "Path"
    CSS_PATH = "path.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("path.back", "escape", "app.pop_screen", "Back", "Go back to where you came from."),
        key("path.move", "enter", "move_to", "Move", "Move it to the selected phase; its file says so.", sign="↵"),
        key("path.undo", "u", "undo", "Undo", "Move it back."),
        key("path.edit", "e", "edit", "Edit", "Open its file in your editor."),
        key("path.page-down", "pagedown", "page(1)", "Read", "Read on, or further up.", shown=False),
        key("path.page-up", "pageup", "page(-1)", "Read", "Read on, or further up.", shown=False),
    ]
    AUTO_FOCUS = "#phases"

    path: Path | None = None

    def __init__(self, routine_id: str, place: str = "week") -> None:
        """Show a routine; `place` is underlined at the top."""
        super().__init__()
        self.routine_id = routine_id
        self._place = place
        self._before: list[Phase] = []

    def compose(self) -> ComposeResult:
        """Put head, phases and what comes next below one another."""
        yield TopBar(self._place)
        with VerticalScroll(id="path", can_focus=False):
            yield PathHead(id="path-head")
            yield PhaseList(id="phases")
            yield PathNext(id="path-next")
        yield KeyBar()

    def draw(self) -> None:
        """Ask for the path, and draw it; what is suggested is selected first."""
        app = self.procroutine
        path = app.look(lambda: path_of_routine(app.home, app.viewer.past, self.routine_id))
        if path is None or path == self.path:
            return
        phases, before = self.query_one(PhaseList), self.path
        self.path = path
        self.query_one(PathHead).show(path)
        is_same = before is not None and (before.phase, before.move_to) == (path.phase, path.move_to)
        phases.show(path, phases.index if is_same else PHASES.index(path.move_to or path.phase))
        self._show_next()
        self.call_after_refresh(self._keep_in_sight)

    def _show_next(self) -> None:
        if self.path is not None:
            self.query_one(PathNext).show(self.path, self._selected)
            self.refresh_bindings()

    @property
    def _selected(self) -> Phase:
        return PHASES[self.query_one(PhaseList).index]

    @on(PhaseList.Selected)
    def _phase_selected(self) -> None:
        self._show_next()
        self._keep_in_sight()

    def _keep_in_sight(self) -> None:
        """Scroll to the selected phase."""
        self.query_one("#path").scroll_to_region(self.query_one(PhaseList).selected_region, animate=False)

    def action_page(self, direction: int) -> None:
        """Read on, or further up, where not all has room."""
        page = self.query_one("#path")
        page.scroll_relative(y=direction * max(1, page.size.height - 1), animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        if action == "move_to":
            return self.path is not None and self._selected is not self.path.phase
        return action != "undo" or bool(self._before)

    def action_move_to(self) -> None:
        """Move the routine to the selected phase."""
        wanted = self._selected
        before = self._move(wanted)
        if before is not None:
            self._before.append(before)
            self.procroutine.say(f"Moved from {NAMES[before]} to {NAMES[wanted]}. u moves it back.")
            self.refresh_bindings()

    def action_undo(self) -> None:
        """Move it back to where it was before."""
        if self._before and self._move(self._before[-1]) is not None:
            self.procroutine.say(f"Moved back to {NAMES[self._before.pop()]}.")
            self.refresh_bindings()

    def _move(self, phase: Phase) -> Phase | None:
        app = self.procroutine
        return app.attempt(lambda: move(app.home, self.routine_id, phase))

    def action_edit(self) -> None:
        """Open its file, and check it then."""
        app = self.procroutine
        path = app.look(lambda: app.home.routine_path(self.routine_id))
        if path is not None:
            edit_and_check(app, path)
