"""What stands above the runs: what is listed, and while a filter is typed what it can say."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from procroutine.insight.history_filter import FORMS, MARKS
from procroutine.insight.views.past import HistoryView
from procroutine.tui.widgets.cells import LABEL, QUIET, column, joined
from procroutine.widths import cut_to

_TERMS = ("over", "skipped", FORMS["week:"], FORMS["since:"], FORMS["note:"], "left-out", FORMS["until:"])
_ALL_TERMS = (*_TERMS, FORMS["routine:"], *(mark for mark in MARKS if mark not in _TERMS))
"""The terms of a filter, those most often wanted first: as many are named as fit."""


_GAP = "   "
_SHORTEST = 8
"""Cells of a name or terms, of which less would say nothing."""


class HistoryTitle(Widget):
    """What is listed, and how much of it."""

    view: HistoryView | None = None

    def show(self, view: HistoryView) -> None:
        """Draw another list."""
        self.view = view
        self.refresh()

    def render(self) -> Content:
        """Draw one line."""
        return Content("") if self.view is None else title_line(self.view, self.size.width)


def title_line(view: HistoryView, width: int) -> Content:
    """Draw what is listed, before how much of it there is: names and terms are cut, the number of runs never."""
    for title, filtered, facts in _titles(view, width):
        between = f"{_GAP}{filtered}" if filtered else ""
        behind = f"{_GAP}{facts}" if facts else ""
        if cell_len(f"{title}{between}{behind}") <= width:
            break
    return column(joined((title, "bold"), between, (behind, QUIET)), width)


def _titles(view: HistoryView, width: int) -> Iterator[tuple[str, str, str]]:
    """Give name, terms and facts, all of them first, then with less and less; the order stands over its column too."""
    yield view.title, _GAP.join(part for part in (view.filtered, view.order) if part), view.facts
    count = next((part for part in view.facts.split(" · ") if part.endswith((" run", " runs"))), view.facts)
    for facts in (view.facts, view.facts.rpartition(" · ")[0], count):
        for order in (view.order, ""):
            behind = f"{_GAP}{order}" if order else ""
            room = width - cell_len(f"{view.title}{_GAP}{behind}{_GAP}{facts}")
            if count in facts and room >= min(cell_len(view.filtered), _SHORTEST):
                yield view.title, f"{cut_to(view.filtered, room)}{behind}" if view.filtered else order, facts
    terms = cut_to(view.filtered, _SHORTEST)
    room = width - cell_len(f"{_GAP}{terms}{_GAP}{count}")
    if room >= _SHORTEST:
        yield cut_to(view.title, room), terms, count
    yield cut_to(view.title, max(width - cell_len(f"{_GAP}{count}"), 1)), "", count


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
