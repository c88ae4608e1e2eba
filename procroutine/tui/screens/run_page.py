"""One past run: its steps against their usual times, its pauses and notes, and what was corrected in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from procroutine.durations import signed, step_time, total_time
from procroutine.insight.views.common import Standing
from procroutine.insight.views.corrections import CorrectionLine
from procroutine.insight.views.run_page import RunPage, RunPageStep
from procroutine.text import in_one_line
from procroutine.tui.key_bar import KeyBar
from procroutine.tui.keys import key
from procroutine.tui.screens.correction_line import correction_line
from procroutine.tui.screens.deletions import Deletions
from procroutine.tui.screens.figures import Figure, Figures, value_style
from procroutine.tui.screens.run_corrections import CorrectingScreen
from procroutine.tui.widgets.cells import LABEL, QUIET, SOFT, column, difference, joined, lines
from procroutine.tui.widgets.row_list import RowList
from procroutine.tui.widgets.top_bar import TopBar

_SHORTEST_NAME = 8
_LINES = ((30, 7), (18, 4), (0, 1))
"""Lines of corrections, with their heading, on a page of so many lines."""
_SIGNS = {"done": ("✓", "$text-success"), "skipped": ("–", "$text-warning"), "off": ("–", "$text-warning")}


class RunTitle(Widget):
    """The run's routine, and when it was."""

    page: RunPage | None = None

    def show(self, page: RunPage) -> None:
        """Draw another run."""
        self.page = page
        self.refresh()

    def render(self) -> Content:
        """Draw name and place on one line, on two where it is narrow."""
        if self.page is None:
            return Content("")
        width, height = self.size
        marks = " · ".join(_marks(self.page))
        room = width - (len(marks) + 3 if marks else 0)
        title = column(self.page.name, max(_SHORTEST_NAME, min(cell_len(self.page.name), room)), "bold")
        name = joined(title, (f"   {marks}" if marks else "", "$text-warning"))
        parts = self.page.place.split(" · ")
        room = width if height > 1 else width - name.cell_length - 3
        while len(parts) > 1 and len(" · ".join(parts)) > room:
            parts.pop(0)
        when = " · ".join(parts)
        place = Content.styled(when if len(when) <= room else when.partition(" to ")[0], QUIET)
        if height > 1:
            return lines((column(name, width), column(place, width)))
        return column(joined(name, "   ", place), width)


def _marks(page: RunPage) -> Iterator[str]:
    """Name what makes this run another than most."""
    if page.deleted:
        yield "deleted"
    if page.state == "abandoned":
        yield "abandoned"
    if page.left_out is not None:
        yield "left out"
    if page.is_corrected:
        yield "corrected"


class StepTimes(RowList):
    """The steps of a run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("page.correct", "e,enter", "open", "Time", "Correct the time of the selected step.", sign="e")
    ]
    steps: tuple[RunPageStep, ...] = ()

    @property
    def count(self) -> int:
        """How many steps there are."""
        return len(self.steps)

    def show(self, steps: tuple[RunPageStep, ...]) -> None:
        """Draw other steps."""
        self.steps = steps
        self.rows_changed(self.index)

    def labels(self, width: int) -> Content:
        """Name the columns."""
        name, usual, paused, note = _widths(width)
        return joined(
            column("", 2),
            column("Step", name, LABEL),
            column("usual", usual, LABEL, right=True),
            column("time", 8, LABEL, right=True),
            column("±usual", 8, LABEL, right=True),
            column("paused", paused, LABEL, right=True),
            column("  note", note, LABEL),
        )

    def row_line(self, index: int, width: int) -> Content:
        """Draw one step."""
        step = self.steps[index]
        name, usual, paused, note = _widths(width)
        sign, style = _SIGNS.get(step.state, ("·", LABEL))
        skipped = step.state != "done"
        return joined(
            column(sign, 2, style),
            column(_name(step, SOFT if skipped else "", told_beside=note > 0), name - 1),
            " ",
            column("–" if step.usual is None else step_time(step.usual), usual, QUIET, right=True),
            column("–" if step.time is None else step_time(step.time), 8, QUIET if skipped else "bold", right=True),
            column(difference(step.difference, step.standing, "step"), 8, right=True),
            column(step_time(step.paused) if step.paused else "", paused, QUIET, right=True),
            column(f"  {_remark(step)}", note, f"italic {QUIET}"),
        )


def _widths(width: int) -> tuple[int, int, int, int]:
    """Give the widths of name, usual time, pause and note; 0 leaves one out."""
    usual = 8 if width >= 50 else 0
    paused = 8 if width >= 62 else 0
    left = width - 2 - usual - 8 - 8 - paused
    name = max(8, min(36, left)) if width >= 84 else max(8, left)
    return name, usual, paused, max(0, left - name)


def _name(step: RunPageStep, style: str, *, told_beside: bool) -> Content:
    """Give its title; where no note has room beside it also what it was done with, if it had a choice."""
    system = f"  with {step.system}" if step.system is not None and not told_beside else ""
    return joined((step.title, style), (system, QUIET))


def _remark(step: RunPageStep) -> str:
    words = [step.state] if step.state in ("skipped", "off") else []
    if step.system is not None:
        words.append(f"with {step.system}")
    return "; ".join([*words, *([in_one_line(step.note)] if step.note else [])])


class CorrectionList(Widget):
    """What was corrected in a run, the newest first, as far as there is room."""

    corrections: tuple[CorrectionLine, ...] = ()

    def show(self, corrections: tuple[CorrectionLine, ...]) -> None:
        """Draw other corrections."""
        self.corrections = corrections
        self.display = bool(corrections)
        self.refresh(layout=True)

    def on_resize(self, event: events.Resize) -> None:
        """Let what is told in a corner stand above, since it tells the same and goes again."""
        for notices in self.screen.query("#textual-toastrack"):
            notices.styles.margin = (0, 0, 1 + event.size.height, 1)

    def on_hide(self) -> None:
        """Leave the corner to what is told there."""
        for notices in self.screen.query("#textual-toastrack"):
            notices.styles.margin = (0, 0, 1, 1)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take a line for each, and one for the heading, but leave the page to the steps."""
        most = next(count for least, count in _LINES if viewport.height >= least)
        return min(len(self.corrections) + 1, most)

    def render(self) -> Content:
        """Draw the heading and the newest; on a single line only that."""
        width, room = self.size.width, self.size.height - 1
        if room < 1 or not self.corrections:
            label = joined(("corrected  ", LABEL))
            return joined(label, *(correction_line(one, width - label.cell_length) for one in self.corrections[:1]))
        more = f"  the last {room} of {len(self.corrections)}" if len(self.corrections) > room else ""
        heading = column(joined(("Corrected", LABEL), (more, QUIET)), width)
        return lines((heading, *(correction_line(one, width) for one in self.corrections[:room])))


def page_figures(page: RunPage) -> Iterator[Figure]:
    """Give the total and what it is held against, then what of the time was no work."""
    against = f"{signed(page.vs_goal, 'total')} vs goal" if page.vs_goal is not None else ""
    yield Figure("total", total_time(page.total), value_style(page.standing), against, against)
    if page.goal is not None:
        yield Figure("goal", total_time(page.goal), "bold $text-accent")
    if page.vs_usual is not None:
        yield Figure("against usual", signed(page.vs_usual), "bold" if page.standing is not Standing.NONE else "")
    for label, length in (("paused", page.paused), ("waiting", page.waiting), ("asleep", page.asleep)):
        if length:
            yield Figure(label, step_time(length), "")
    if page.corrected:
        yield Figure("corrected", signed(page.corrected), "")
    if page.outcome is not None:
        yield Figure("output", page.outcome, "")


class RunPageScreen(CorrectingScreen):
    """The page of one past run."""

    TITLE = "A past run"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("page.back", "escape", "back", "Back", "Go back to where you came from."),
        key("page.compare", "c", "compare", "Compare", "Compare with the run before, the best, or the usual times."),
    ]
    AUTO_FOCUS = "#page-steps"

    def __init__(self, run_id: str, deletions: Deletions | None = None) -> None:
        super().__init__()
        self.run_id = run_id
        self.deletions = deletions if deletions is not None else Deletions()
        """What was deleted before; this run is added to it."""

    def compose(self) -> ComposeResult:
        """Put title, figures, steps, notes and corrections below one another."""
        yield TopBar("history")
        with Vertical(id="page"):
            yield RunTitle(id="page-title")
            yield Figures(id="page-figures")
            yield StepTimes(id="page-steps")
            yield Static("", markup=False, id="page-note")
            yield CorrectionList(id="page-corrections")
        yield KeyBar()

    def draw(self) -> None:
        """Ask for the run, and draw it."""
        app = self.procroutine
        page = app.look(lambda: app.viewer.past.page(self.run_id))
        if page is None:
            return
        self.page = page
        self.query_one(RunTitle).show(page)
        self.query_one(Figures).show(page_figures(page))
        self.query_one(StepTimes).show(page.steps)
        self.query_one(CorrectionList).show(page.corrections)
        said = list(_said(page))
        self.query_one("#page-note", Static).update(lines(said) if said else "")
        self.set_class(bool(said), "-noted")
        self.refresh_bindings()

    def selected_step(self) -> int | None:
        """Give the place of the selected step."""
        steps = self.query_one(StepTimes)
        return steps.index if steps.count else None

    def action_back(self) -> None:
        """Go back."""
        self.app.pop_screen()

    def action_compare(self) -> None:
        """Ask what to compare this run with."""
        from procroutine.tui.screens.comparing import compare_with_another  # it opens this page in its turn

        compare_with_another(self.procroutine, self.run_id)


def _said(page: RunPage) -> Iterator[Content]:
    """Give why the run does not count, its note, and in what order it was done, as far as there is any of it."""
    if page.left_out is not None:
        yield joined(("left out  ", LABEL), (page.left_out, "italic"))
    if page.note:
        yield joined(("note  ", LABEL), (page.note, "italic"))
    if page.order:
        yield Content.styled(page.order, QUIET)
