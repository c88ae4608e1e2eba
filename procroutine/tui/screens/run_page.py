"""One past run: its steps against their usual times, its pauses and its notes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from procroutine.durations import parse_change, signed, step_time, total_time
from procroutine.insight.views.common import Standing
from procroutine.insight.views.run_page import RunPage, RunPageStep
from procroutine.tui.key_bar import KeyBar
from procroutine.tui.keys import key
from procroutine.tui.screens.ask import AskScreen
from procroutine.tui.screens.deletions import Deletions
from procroutine.tui.screens.figures import Figure, Figures, value_style
from procroutine.tui.screens.past_screen import PastScreen
from procroutine.tui.widgets.cells import LABEL, QUIET, SOFT, column, difference, joined, lines
from procroutine.tui.widgets.row_list import RowList
from procroutine.tui.widgets.top_bar import TopBar

_ZERO = timedelta()
_SIGNS = {"done": ("✓", "$text-success"), "skipped": ("–", "$text-warning"), "off": ("–", "$text-warning")}


class RunTitle(Widget):
    """The run's routine, and when it was."""

    page: RunPage | None = None
    deleted = False

    def show(self, page: RunPage, deleted: bool) -> None:
        """Draw another run."""
        self.page = page
        self.deleted = deleted
        self.refresh()

    def render(self) -> Content:
        """Draw name and place on one line, on two where it is narrow."""
        if self.page is None:
            return Content("")
        width, height = self.size
        state = "deleted" if self.deleted else "abandoned" if self.page.state == "abandoned" else ""
        name = joined((self.page.name, "bold"), (f"   {state}" if state else "", "$text-warning"))
        parts = self.page.place.split(" · ")
        while height > 1 and len(parts) > 1 and len(" · ".join(parts)) > width:
            parts.pop(0)
        place = Content.styled(" · ".join(parts), QUIET)
        if height > 1:
            return lines((column(name, width), column(place, width)))
        return column(joined(name, "   ", place), width)


class StepTimes(RowList):
    """The steps of a run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("page.correct", "e,enter", "open", "Correct", "Correct the time of the selected step.", sign="e")
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
            column(step.title, name - 1, SOFT if skipped else ""),
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


def _remark(step: RunPageStep) -> str:
    words = [step.state] if step.state in ("skipped", "off") else []
    return "; ".join([*words, *([step.note.replace("\n", " ")] if step.note else [])])


class RunPageScreen(PastScreen):
    """The page of one past run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("page.back", "escape", "back", "Back", "Go back to where you came from."),
        key("page.delete", "d", "delete", "Delete", "Delete this run; u brings it back."),
        key("page.undo", "u", "undo", "Undo", "Bring the run back."),
    ]
    AUTO_FOCUS = "#page-steps"

    page: RunPage | None = None

    def __init__(self, run_id: str, deletions: Deletions | None = None) -> None:
        super().__init__()
        self.run_id = run_id
        self.deletions = deletions if deletions is not None else Deletions()
        """What was deleted before; this run is added to it."""

    def compose(self) -> ComposeResult:
        """Put title, figures, steps and note below one another."""
        yield TopBar("history")
        with Vertical(id="page"):
            yield RunTitle(id="page-title")
            yield Figures(id="page-figures")
            yield StepTimes(id="page-steps")
            yield Static("", markup=False, id="page-note")
        yield KeyBar()

    def draw(self) -> None:
        """Ask for the run, and draw it; a deleted one stays as it was."""
        app = self.procroutine
        deleted = self.deletions.holds(self.run_id)
        page = self.page if deleted else app.look(lambda: app.viewer.past.page(self.run_id))
        if page is None:
            return
        self.page = page
        self.query_one(RunTitle).show(page, deleted)
        self.query_one(Figures).show(page_figures(page))
        self.query_one(StepTimes).show(page.steps)
        said = [joined(("note  ", LABEL), (page.note, "italic"))] if page.note else []
        said += [Content.styled(page.order, QUIET)] if page.order else []
        self.query_one("#page-note", Static).update(lines(said) if said else "")
        self.set_class(bool(said), "-noted")
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer either to delete or to bring back."""
        if action in ("delete", "undo"):
            return self.deletions.holds(self.run_id) == (action == "undo")
        return True

    def action_back(self) -> None:
        """Go back."""
        self.app.pop_screen()

    def action_delete(self) -> None:
        """Delete this run."""
        if self.page is not None:
            self.deletions.delete(self.procroutine, self.run_id, str(self.page.name))
            self.draw()

    def action_undo(self) -> None:
        """Bring this run back."""
        self.deletions.restore(self.procroutine)
        self.draw()

    @on(RowList.Opened)
    def _correct(self, event: RowList.Opened) -> None:
        if self.page is None:
            return
        if self.deletions.holds(self.run_id):
            self.procroutine.say("This run is deleted. u brings it back.")
            return
        step = self.page.steps[event.index]
        question = AskScreen(f"How long did {step.title} take?", "15m sets it; +2m and -90s change it.", "15m")
        self.app.push_screen(question, lambda change: self._amend(event.index, change))

    def _amend(self, index: int, change: str | None) -> None:
        if change is None:
            return
        app = self.procroutine

        def amend() -> str:
            sign, length = parse_change(change)
            _, title, time = app.home.amend(self.run_id, str(index + 1), sign, length)
            return f"{title} now has {step_time(time)}."

        if (said := app.attempt(amend)) is not None:
            app.say(said)
            self.draw()


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
