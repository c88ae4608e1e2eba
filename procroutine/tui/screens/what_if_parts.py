"""The parts of the what-if screen: its head, the checklist with what is changed in it, and what that comes to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from procroutine.durations import step_time
from procroutine.improvement.what_if_view import WhatIfFigure, WhatIfRow, WhatIfView
from procroutine.tui.keys import key
from procroutine.tui.screens.figures import Figure, one_line, value_style
from procroutine.tui.widgets.cells import LABEL, QUIET, SOFT, column, joined, lines, spread
from procroutine.tui.widgets.reading import Reading
from procroutine.tui.widgets.row_list import RowList
from procroutine.tui.widgets.sharing import second_width

_CHANGED = "$text-secondary"
"""Violet: what is changed, as revisions are."""
_SHORTEST_NAME = 8
_BETWEEN = 3
"""Cells between the name and how much is changed."""
_TIME = 9
_GAP = 1
"""Columns between one name and the next."""
_SYSTEMS = 12
"""Columns that the systems of a step have at least."""
_SYSTEMS_FROM = 60
"""Columns of the list from which the systems stand in it."""
_MOST_PERSON = 13
_PERSON_FROM = 92
_LOW = 7
"""Lines below which the figures stand in one line each way."""
_ROOMY = 18
"""Lines from which remarks are set apart from one another."""
_LABEL = 14
_CELL = 10
_TABLE = _LABEL + 3 * _CELL
_BESIDE_FROM = 72
"""Columns from which the changes stand beside the figures."""


class WhatIfHead(Widget):
    """The routine, and how much is changed."""

    view: WhatIfView | None = None
    doing = ""

    def show(self, view: WhatIfView | None, doing: str) -> None:
        """Draw another state; `doing` is what is being done."""
        self.view, self.doing = view, doing
        self.refresh()

    def render(self) -> Content:
        """Draw one line."""
        if self.view is None:
            return Content.styled(self.doing, QUIET)
        view, width, facts = self.view, self.size.width, self.view.facts
        if cell_len(view.name) + _BETWEEN + len(facts) > width:
            facts = facts.removeprefix("what if: ")
        name = column(view.name, min(cell_len(view.name), max(width - _BETWEEN - len(facts), _SHORTEST_NAME)), "bold")
        return spread(joined(name, (" " * _BETWEEN + facts, QUIET)), Content.styled(self.doing, LABEL), width)


class _Widths(NamedTuple):
    """The columns of the checklist."""

    number: int
    """Of the sign of a change, the step's number, and a blank."""
    title: int
    systems: int
    person: int


class WhatIfSteps(RowList):
    """The checklist as it would be, with the steps that are dropped."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *RowList.BINDINGS[:-1],
        key("what-if.change", "enter", "open", "Change", "Show all that can be changed in the step.", sign="↵"),
    ]

    rows: tuple[WhatIfRow, ...] = ()

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # as in Widget
        super().__init__(id=id)
        self._fitted: dict[int, _Widths] = {}
        """The columns at each width."""

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.rows)

    @property
    def row(self) -> WhatIfRow | None:
        """The selected one."""
        return self.rows[self.index] if self.index < len(self.rows) else None

    def show(self, rows: tuple[WhatIfRow, ...], step_id: str | None = None) -> None:
        """List other rows; a step that is named is selected, else the one that was."""
        wanted = step_id if step_id is not None or self.row is None else self.row.step_id
        self.rows, self._fitted = rows, {}
        self.styles.max_height = len(rows) + 1
        places = (place for place, row in enumerate(rows) if row.step_id == wanted)
        self.rows_changed(next(places, self.index))

    def labels(self, width: int) -> Content:
        """Name the columns."""
        fit = self._fit_to(width)
        return joined(
            " " * fit.number,
            column("Step", fit.title, LABEL),
            column("with", fit.systems, LABEL),
            column("who", fit.person, LABEL),
            column("usual", _TIME, LABEL, right=True),
        )

    def row_line(self, index: int, width: int) -> Content:
        """Draw one step."""
        row, fit = self.rows[index], self._fit_to(width)
        quiet = row.is_dropped or row.is_before
        sign, style = ("−", _CHANGED) if row.is_dropped else ("•", _CHANGED) if row.what else ("", "")
        what = Content.styled(_beside(row), _CHANGED)
        room = max(4, fit.title - _GAP - what.cell_length)
        name = column(row.title, min(room, cell_len(row.title)), f"{LABEL} strike" if row.is_dropped else "")
        return joined(
            column(sign, 1, style),
            column(row.number, fit.number - 2, QUIET, right=True),
            " ",
            column(joined(name, what), fit.title),
            *_name(row.systems, fit.systems),
            *_name(row.person, fit.person),
            column(_time(row), _TIME, LABEL if quiet else "", right=True),
        )

    def _fit_to(self, width: int) -> _Widths:
        if width not in self._fitted:
            self._fitted[width] = _widths(self.rows, width)
        return self._fitted[width]


def _widths(rows: tuple[WhatIfRow, ...], width: int) -> _Widths:
    """Share a line among number, names and time; 0 leaves a column out."""
    number = 2 + max(2, len(str(len(rows))))
    people = {cell_len(row.person) + _GAP for row in rows if row.person}
    person = min(max(people), _MOST_PERSON) if len(people) > 1 and width >= _PERSON_FROM else 0
    room = max(8, width - number - _TIME - person)
    titles = [cell_len(row.title + _beside(row)) + _GAP for row in rows]
    systems = [cell_len(row.systems) + _GAP for row in rows if row.systems]
    if not systems or width < _SYSTEMS_FROM:
        return _Widths(number, room, 0, person)
    title = min(room - second_width(room, titles, systems, _SYSTEMS), max(titles) + _GAP)
    return _Widths(number, title, min(room - title, max(systems)), person)


def _beside(row: WhatIfRow) -> str:
    """Give what stands beside a step's title."""
    return f"  {row.what}" if row.what else ""


def _name(text: str, width: int) -> tuple[Content, ...]:
    """Draw a name with a gap behind it; nothing where the column is left out."""
    return (column(text, width - _GAP, QUIET), Content(" " * _GAP)) if width else ()


def _time(row: WhatIfRow) -> str:
    if row.time is None:
        return "–"
    return f"({step_time(row.time)})" if row.is_before else step_time(row.time)


class WhatIfSide(Reading):
    """What the changes come to."""

    view: WhatIfView | None = None

    def compose(self) -> ComposeResult:
        """Put the text into it."""
        yield Static("", markup=False, id="what-if-text")

    def show(self, view: WhatIfView) -> None:
        """Draw another state."""
        self.view = view
        self.redraw()

    def redraw(self) -> None:
        """Draw as there is room."""
        if self.view is not None:
            width, height = self.scrollable_content_region.size
            self.query_one(Static).update(lines(_side(self.view, max(20, width), height)))


def _side(view: WhatIfView, width: int, height: int) -> Iterator[Content]:
    """Give all there is to say, the changes beside the figures where there is room."""
    if height < _LOW:
        yield from _short(view.figures, width)
        return
    table = list(_table(view.figures, bool(view.changes), min(width, _LABEL + 3 * _CELL)))
    beside = list(_changes(view)) if width >= _BESIDE_FROM else []
    for place in range(max(len(table), len(beside))):
        left = table[place] if place < len(table) else Content("")
        right = column(beside[place], width - _TABLE - 3) if place < len(beside) else Content("")
        yield joined(column(left, _TABLE), "   ", right) if beside else left
    if view.suggestion:
        yield Content("")
        yield joined((view.suggestion, SOFT), ("  ", ""), ("f", "bold $text-primary"), (" tries it", QUIET))
    if view.changes and not beside:
        yield Content("")
        yield from _changes(view)
    parts = [_remarks(view, apart=height >= _ROOMY), _kept(view)]
    for part in parts if view.changes else reversed(parts):
        yield from part


def _remarks(view: WhatIfView, *, apart: bool) -> Iterator[Content]:
    for place, remark in enumerate(view.remarks):
        if apart or not place:
            yield Content("")
        yield Content.styled(remark, QUIET)


def _kept(view: WhatIfView) -> Iterator[Content]:
    if view.kept:
        yield Content("")
        yield Content.styled("Kept before", LABEL)
        yield from (Content.styled(sentence, SOFT) for sentence in view.kept)


def _changes(view: WhatIfView) -> Iterator[Content]:
    if view.changes:
        yield joined(("Changes", LABEL), ("   u", "bold $text-primary"), (" undoes the last", QUIET))
    yield from (joined(("• ", _CHANGED), change) for change in view.changes)


def _table(figures: tuple[WhatIfFigure, ...], changed: bool, width: int) -> Iterator[Content]:
    cell = (width - _LABEL) // 3
    if figures:
        then = column("then", cell, LABEL, right=True) if changed else Content("")
        yield joined(column("", _LABEL), column("now", cell, LABEL, right=True), then)
    for figure in figures:
        if not changed:
            yield joined(column(figure.label, _LABEL, LABEL), column(figure.now, cell, "bold", right=True))
            continue
        yield joined(
            column(figure.label, _LABEL, LABEL),
            column(figure.now, cell, QUIET, right=True),
            column(figure.then, cell, value_style(figure.standing), right=True),
            column(figure.change, cell, SOFT, right=True),
        )


def _short(figures: tuple[WhatIfFigure, ...], width: int) -> Iterator[Content]:
    """Give the figures in two lines."""
    written = [
        Figure(
            one.label.removesuffix(" time").partition(" of ")[0],
            one.then,
            value_style(one.standing),
            short_note=one.change if one.change else f"was {one.now}" if one.then != one.now else "",
            essential=one.label == "total",
        )
        for one in figures
    ]
    if written:
        yield one_line(written[:2], width)
        yield one_line(written[2:], width)
