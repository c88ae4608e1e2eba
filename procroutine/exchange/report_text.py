"""A report as plain text, for terminals and mail: no colours, no lines longer than asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from procroutine.exchange.report_layout import Page, Row, Section
from procroutine.text import Shown, shown
from procroutine.widths import cell_length, cut_to

WIDTH = 80
_GAP = 2
_SHORTEST = 12
"""Cells that a name keeps in any case."""
_ROOMY = 72
"""Cells from which on everything of a row stands on one line."""


class Kind(Enum):
    """What a line is, for those who draw it."""

    TITLE = "title"
    TEXT = "text"
    HEAD = "head"
    """Labels of columns."""
    ROW = "row"
    """The first line of a row; its first character may be a sign."""
    UNDER = "under"
    """What stands below a row."""


Lines = Iterator[tuple[Kind, str]]


def report_text(page: Page, width: int = WIDTH) -> Shown:
    """Write a page as lines of at most so many cells (40 at least), ending in one newline."""
    return shown("".join(f"{line}\n" for _, line in report_lines(page, width)), lines=True)


def report_lines(page: Page, width: int) -> Lines:
    """Give the lines of a page, and what each of them is."""
    for kind, line in _lines(page, width):
        yield kind, shown(line.rstrip())


def _lines(page: Page, width: int) -> Lines:
    yield Kind.TITLE, page.title
    yield Kind.TEXT, page.dates
    yield Kind.TEXT, ""
    for sentence in page.summary:
        yield from ((Kind.TEXT, line) for line in broken(shown(sentence), width))
    for section in page.sections:
        yield Kind.TEXT, ""
        yield Kind.TITLE, section.title
        yield from ((Kind.TEXT, line) for line in broken(section.note, width))
        yield from _table(section, width) if section.head else _list(section.rows, width)


def _list(rows: Sequence[Row], width: int) -> Lines:
    for row in rows:
        for place, line in enumerate(broken(shown(row.cells[0]), width - 2)):
            yield (Kind.UNDER, f"  {line}") if place else (Kind.ROW, f"• {line}")


def _table(section: Section, width: int) -> Lines:
    rows = [Row(cells=tuple(map(shown, row.cells)), under=row.under) for row in section.rows]
    second = section.wide[1] if len(section.wide) > 1 else None
    if second is not None and width < _ROOMY:
        rows = [Row(cells=_without(row.cells, second), under=(row.cells[second], *row.under)) for row in rows]
        right = frozenset(place - (place > second) for place in section.right)
        section = section.replaced(head=_without(section.head, second), right=right, wide=section.wide[:1])
    sizes = _sizes(section, rows, width)
    if any(section.head):
        yield Kind.HEAD, _line(section.head, sizes, section.right)
    for row in rows:
        yield from _row(row, sizes, section)
        for remark in row.under:
            for line in broken(shown(remark), width - 2 * _GAP):
                yield Kind.UNDER, f"{' ' * 2 * _GAP}{line}"


def _without(cells: tuple[str, ...], place: int) -> tuple[str, ...]:
    return cells[:place] + cells[place + 1 :]


def _sizes(section: Section, rows: Sequence[Row], width: int) -> list[int]:
    """Give the widths of the columns: those that may be cut or broken share what the others leave."""
    needed = [
        max(cell_length(cells[place]) for cells in (section.head, *(row.cells for row in rows)))
        for place in range(len(section.head))
    ]
    over = sum(needed) + _GAP * (len(needed) - 1) - width
    for place in reversed(section.wide):
        if over > 0:
            taken = min(over, max(needed[place] - max(_SHORTEST, _share(section, needed, width)), 0))
            needed[place] -= taken
            over -= taken
    if over > 0 and section.wide:
        needed[section.wide[0]] = max(needed[section.wide[0]] - over, 1)
    return needed


def _share(section: Section, needed: Sequence[int], width: int) -> int:
    """Give what each column that may be cut gets of the room that the others leave."""
    fixed = sum(size for place, size in enumerate(needed) if place not in section.wide)
    return (width - fixed - _GAP * (len(needed) - 1)) // len(section.wide)


def _row(row: Row, sizes: Sequence[int], section: Section) -> Lines:
    """Give a row as lines: of the columns that may be cut the first is, the others are broken."""
    cells = list(row.cells)
    more: list[str] = []
    if section.wide:
        cells[section.wide[0]] = cut_to(cells[section.wide[0]], sizes[section.wide[0]])
    for place in section.wide[1:]:
        cells[place], *more = broken(cells[place], sizes[place]) or [""]
    yield Kind.ROW, _line(cells, sizes, section.right)
    for line in more:
        yield (
            Kind.ROW,
            _line(["" if place != section.wide[1] else line for place in range(len(cells))], sizes, section.right),
        )


def _line(cells: Sequence[str], sizes: Sequence[int], right: frozenset[int]) -> str:
    parts = []
    for place, (cell, size) in enumerate(zip(cells, sizes, strict=True)):
        padding = " " * (size - cell_length(cell))
        parts.append(padding + cell if place in right else cell + padding)
    return (" " * _GAP).join(parts).rstrip()


def broken(text: str, width: int) -> list[str]:
    """Break a text between its words into lines of so many cells; a word that is longer is broken itself."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if cell_length(joined) <= width:
            line = joined
            continue
        lines += [line] if line else []
        while cell_length(word) > width:
            head = _head(word, width)
            lines.append(head)
            word = word[len(head) :]
        line = word
    return [*lines, line] if line else lines


def _head(word: str, width: int) -> str:
    """Give the longest beginning of a word that takes at most so many cells, one character at least."""
    length = min(len(word), width)
    while length > 1 and cell_length(word[:length]) > width:
        length -= 1
    return word[:length]
