"""What stands above the runs: what is listed, and while a filter is typed what it can say."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from procroutine.insight.history_filter import FORMS, MARKS
from procroutine.insight.views.past import HistoryView
from procroutine.tui.widgets.cells import LABEL, QUIET, column, joined

_TERMS = ("over", "skipped", FORMS["week:"], FORMS["since:"], FORMS["note:"], "left-out", FORMS["until:"])
_ALL_TERMS = (*_TERMS, FORMS["routine:"], *(mark for mark in MARKS if mark not in _TERMS))
"""The terms of a filter, those most often wanted first: as many are named as fit."""


class HistoryTitle(Widget):
    """What is listed, and how much of it."""

    view: HistoryView | None = None

    def show(self, view: HistoryView) -> None:
        """Draw another list."""
        self.view = view
        self.refresh()

    def render(self) -> Content:
        """Draw one line; what is left out of the list stands before how much there is."""
        view = self.view
        if view is None:
            return Content("")
        filtered = "   ".join(part for part in (view.filtered, view.order) if part)
        line = joined(
            (view.title, "bold"),
            f"   {filtered}" if filtered else "",
            (f"   {view.facts}" if view.facts else "", QUIET),
        )
        return column(line, self.size.width)


class FilterHint(Widget):
    """The terms that a filter can have, else what is wrong with it."""

    problem = ""

    def show(self, problem: str) -> None:
        """Say what is wrong; nothing where all is right."""
        if problem != self.problem:
            self.problem = problem
            self.refresh()

    def render(self) -> Content:
        """Draw one line, with as many terms as fit."""
        width = self.size.width
        if self.problem:
            return column(self.problem, width, "$text-warning")
        line = "words"
        for term in _ALL_TERMS:
            if len(line) + len(term) + 3 > width:
                break
            line += f" · {term}"
        return column(line, width, LABEL)
