"""The parts of Review: its head, the list of levers, the selected one, and the tables under them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from procroutine.improvement.review_views import (
    CornerPicture,
    Farthest,
    LeverRow,
    ReviewView,
    Section,
    SectionRow,
    Span,
)
from procroutine.text import Shown, counted
from procroutine.tui.widgets.cells import FAINT, LABEL, QUIET, SOFT, column, joined, lines, named, thin_bar
from procroutine.tui.widgets.row_list import RowList
from procroutine.widths import cell_length, cut_to

_KIND = 11
_SAVES = 11
_BAR = 12
_BAR_FROM = 62
"""Columns of the list from which each lever has its bar."""
_ROUTINE_FROM = 44
_WIDEST_NAME = 24
_SHORTEST_BAR, _WIDEST_BAR = 4, 16
_VALUE, _BETWEEN_VALUE_AND_BAR = 7, 2
_BETWEEN = 3
"""Cells between two pairs of columns."""
_CORNER = 11
_ENOUGH_OF_A_NAME, _SHORTEST_NAME = 12, 8
_NAME_AND_BEST = 2
"""Lines of the head of a page that has no path, or no room for it."""
_PLACES = (("right", "right_slow", "right_quick"), ("not right", "wrong_slow", "wrong_quick"))


class ReviewHead(Widget):
    """Whose review it is, what it rests on or what is being done for it, and the one change that matters most."""

    view: ReviewView | None = None
    doing = ""
    """What is being read or worked out just now."""

    def show(self, view: ReviewView | None, doing: str) -> None:
        """Draw another page, or what is being done."""
        self.view, self.doing = view, doing
        self.refresh()

    def render(self) -> Content:
        """Draw two lines, and that of the path where there is room for it."""
        width, view = self.size.width, self.view
        if view is None:
            return lines((column(self.doing, width, QUIET), Content("")))
        line = named(view.name, self.doing or view.facts, width)
        path = view.path if view.farthest is None else farthest_line(view.farthest, width)
        below = [column(path, width, QUIET)] if self.size.height > _NAME_AND_BEST else []
        return lines((line, column(view.best, width, SOFT), *below))


def farthest_line(far: Farthest, width: int) -> str:
    """Name what is farthest over its goal, by how much, and what to change first: its name gives way before that."""
    leads = f"Farthest over its goal, {far.against}: ", f"Farthest over, {far.against}: "
    first = f"; {far.first}" if far.first else ""
    ways = [(leads[0], f"; first: {far.first}")] if far.first else []
    ways += [(lead, first) for lead in leads]
    for lead, then in ways:
        room = width - cell_length(lead) - cell_length(then)
        if room >= min(cell_length(far.name), _ENOUGH_OF_A_NAME):
            break
    return f"{lead}{cut_to(far.name, max(room, _SHORTEST_NAME))}{then}"


class LeverList(RowList, inherit_bindings=False):
    """The levers, most minutes a week first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *RowList.BINDINGS[:-1],  # Enter is the screen's: it tries a change also where a text is read
    ]

    levers: tuple[LeverRow, ...] = ()
    of_all = True
    """Whether they are of all routines."""

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.levers)

    @property
    def lever(self) -> LeverRow | None:
        """The selected one."""
        return self.levers[self.index] if self.index < len(self.levers) else None

    def show(self, view: ReviewView) -> None:
        """List those of another page; the selection stays with its lever where it is still there."""
        before = self.lever
        self.levers, self.of_all = view.levers, view.routine_id is None
        same = (place for place, one in enumerate(self.levers) if before is not None and _is_same(one, before))
        self.rows_changed(next(same, 0))

    def labels(self, width: int) -> Content:
        """Name the columns."""
        kind, about, routine, saves, bar = self._widths(width)
        return joined(
            column("what", kind, LABEL),
            column("", about),
            column("routine", routine, LABEL),
            column("a week", saves, LABEL, right=True),
            column("", bar),
        )

    def row_line(self, index: int, width: int) -> Content:
        """Draw one lever."""
        lever = self.levers[index]
        kind, about, routine, saves, bar = self._widths(width)
        return joined(
            column(lever.kind, kind - 1, "bold" if lever.is_shown else "" if lever.is_likely else QUIET),
            " ",
            column(lever.about, about - 1, "" if lever.is_shown else SOFT),
            " ",
            joined(column(lever.routine, routine - 1, QUIET), " ") if routine else "",
            column(lever.saves, saves, "bold" if lever.is_shown else LABEL, right=True),
            joined("  ", interval_bar(lever.span, bar - 2)) if bar else "",
        )

    def _widths(self, width: int) -> tuple[int, int, int, int, int]:
        """Give the widths of what, which, routine, saving and bar; 0 leaves one out."""
        bar = _BAR if width >= _BAR_FROM and any(lever.is_shown for lever in self.levers) else 0
        left = width - _KIND - _SAVES - bar
        routine = min(_WIDEST_NAME, left // 2) if self.of_all and width >= _ROUTINE_FROM else 0
        return _KIND, max(4, left - routine), routine, _SAVES, bar


def _is_same(one: LeverRow, other: LeverRow) -> bool:
    return (one.routine_id, one.kind, one.about) == (other.routine_id, other.kind, other.about)


def interval_bar(span: Span | None, width: int) -> Content:
    """Draw an interval: thick what is sure, thin what may be, and a mark at the middle of both."""
    if span is None:
        return Content(" " * width)
    last = max(0, width - 1)
    low, middle, high = (round(part * last) for part in (max(span.low, 0.0), span.middle, span.high))
    cells = [("━", "$primary 70%") if place <= low else ("─", "$primary 70%") for place in range(high + 1)]
    cells[middle] = ("┃", "bold $foreground")
    return column(joined(*cells), width)


def lever_lines(lever: LeverRow | None, width: int, *, dense: bool) -> Iterator[Content]:
    """Draw the selected lever: what it says, its interval, the figures it rests on, how they were worked out.

    Where it is `dense` no blank lines set the figures apart.
    """
    if lever is None:
        return
    yield from wrapped(lever.sentence, width, "bold")
    if lever.between:
        yield joined(("Saves ", QUIET), (lever.saves, "bold"), (f" a week, between {lever.between}.", QUIET))
    if lever.is_likely:
        yield joined(("Likely to save something, and not sure.", QUIET))
    blank = [] if dense else [Content("")]
    yield from (*blank, *_figure_lines(lever.evidence, width), *blank)
    yield from wrapped(lever.how, width, QUIET)


def _figure_lines(figures: Sequence[tuple[Shown, str]], width: int) -> Iterator[Content]:
    """Draw each figure beside what it is, two pairs of columns beside one another where there is room."""
    half = -(-len(figures) // 2)
    sides = [_pairs(side, width) for side in (figures[:half], figures[half:])]
    if sum(max((line.cell_length for line in side), default=0) for side in sides) + _BETWEEN > width:
        yield from _pairs(figures, width)
        return
    for place, line in enumerate(sides[0]):
        yield joined(line, " " * _BETWEEN, sides[1][place]) if place < len(sides[1]) else line


def _pairs(figures: Sequence[tuple[Shown, str]], width: int) -> list[Content]:
    value = max((len(figure) for _, figure in figures), default=0)
    name = min(max((Content(what).cell_length for what, _ in figures), default=0) + 2, max(8, width - value))
    return [joined(column(what, name, QUIET), column(figure, value)) for what, figure in figures]


def wrapped(text: Shown, width: int, style: str) -> list[Content]:
    """Break a text into lines of a width."""
    return list(Content.styled(text, style).wrap(max(width, 8))) if text else []


def corner_lines(corners: CornerPicture, width: int) -> Iterator[Content]:
    """Draw the four corners, how many stand in each or a mark where one does, and what follows from that."""
    yield joined(column("", _CORNER), column("too slow", _CORNER, LABEL), ("in time", LABEL))
    for label, *places in _PLACES:
        cells = [_corner_cell(getattr(corners, place), corners.is_of_one) for place in places]
        yield joined(column(label, _CORNER, LABEL), *(column(cell, _CORNER) for cell in cells))
    if corners.unknown and not corners.is_of_one:
        yield Content.styled(f"not known of {counted(len(corners.unknown), 'routine')}", LABEL)
    yield from wrapped(corners.sentence, width, "")


def _corner_cell(names: Sequence[Shown], is_of_one: bool) -> Content:
    if not names:
        return joined("   ", ("·", FAINT))
    return joined("   ", ("●" if is_of_one else str(len(names)), "bold"))


def section_lines(section: Section, width: int) -> Iterator[Content]:
    """Draw one of the tables."""
    yield from wrapped(section.lead, width, "")
    if any(row.part is not None for row in section.rows):
        yield from _bar_rows(section.rows, width)
    else:
        name = min(_widest(section.rows), _WIDEST_NAME, width // 2)
        for row in section.rows:
            yield from _text_row(row, name, width)


def _widest(rows: Sequence[SectionRow]) -> int:
    return max((cell_length(row.name) for row in rows), default=0)


def _bar_rows(rows: Sequence[SectionRow], width: int) -> Iterator[Content]:
    """Draw rows with a bar each; a text stands behind it where most have room there, else below."""
    name = min(_widest(rows), width // 2)
    room = width - name - _VALUE - _BETWEEN_VALUE_AND_BAR
    texts = [cell_length(row.text) for row in rows if row.text]
    fitting = [text for text in texts if text <= room - _SHORTEST_BAR - _BETWEEN]
    beside = max(fitting) if 2 * len(fitting) > len(texts) else 0
    bar = min(_WIDEST_BAR, room - (beside + _BETWEEN if beside else 0))
    for row in rows:
        is_beside = 0 < cell_length(row.text) <= beside
        drawn = thin_bar(row.part, bar) if row.part else Content("")
        line = joined(
            column(row.name, name),
            column(row.value, _VALUE, "bold" if row.part else FAINT, right=True),
            " " * _BETWEEN_VALUE_AND_BAR,
            column(drawn, bar),
        )
        yield joined(line, " " * _BETWEEN, (row.text, QUIET)) if is_beside else line
        if row.text and not is_beside:
            yield from (joined("  ", below) for below in wrapped(row.text, width - 2, QUIET))


def _text_row(row: SectionRow, name: int, width: int) -> Iterator[Content]:
    gap = 2 if name else 0
    for place, line in enumerate(Content.styled(row.text, QUIET).wrap(max(8, width - name - gap))):
        yield joined(column(row.name if not place else "", name), " " * gap, line)


def titled(title: str, rows: Iterable[Content], width: int, hint: str = "") -> list[Content]:
    """Put a heading over rows, with what comes next beside it, cut where there is no room."""
    return [column(joined((title, f"bold {SOFT}"), ("   " if hint else "", ""), (hint, FAINT)), width), *rows]


def stacked(blocks: Sequence[list[Content]]) -> Content:
    """Put blocks below one another, with a blank line between."""
    rows: list[Content] = []
    for block in blocks:
        rows += [Content(""), *block] if rows else block
    return lines(rows)
