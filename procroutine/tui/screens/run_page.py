"""One past run: its steps against their usual times, its pauses and notes, and what was corrected in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from procroutine.insight.views.run_page import RunPage
from procroutine.tui.key_bar import KeyBar
from procroutine.tui.keys import key
from procroutine.tui.screens.deletions import Deletions
from procroutine.tui.screens.figures import Figures
from procroutine.tui.screens.run_corrections import CorrectingScreen
from procroutine.tui.screens.run_page_parts import CorrectionList, RunTitle, StepTimes, page_figures
from procroutine.tui.widgets.cells import LABEL, QUIET, joined, lines
from procroutine.tui.widgets.top_bar import TopBar


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
