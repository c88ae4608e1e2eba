"""All keys on one page, made from the bindings themselves."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from procroutine.tui.keys import key, signs
from procroutine.tui.screens.dialog import Dialog
from procroutine.tui.widgets.cells import QUIET, column, joined, lines

_SENTENCES_FROM = 90
"""Columns from which each key has its sentence where all fit on one page so; else it has its word."""
_AROUND = 4
"""Lines of the screen that are not the table's: the heading, and the edge of the box."""

_NARROWEST = 15
"""Columns in which each key stands with its full word and a gap beside it."""
_SEVERAL_FROM = 48
"""Columns from which several keys stand beside one another; below, a column that scrolls reads better."""


def _sections() -> tuple[tuple[str, tuple[type[DOMNode], ...]], ...]:
    """Give each heading with the classes whose keys stand under it."""
    from procroutine.tui.app import ProcroutineApp
    from procroutine.tui.screens.history import HistoryScreen
    from procroutine.tui.screens.review import ReviewScreen
    from procroutine.tui.screens.routine_list import RoutineList
    from procroutine.tui.screens.run import RunScreen
    from procroutine.tui.screens.trends import TrendsScreen
    from procroutine.tui.screens.week import WeekScreen
    from procroutine.tui.widgets.trend_chart import TrendChart

    return (
        ("A run", (RunScreen,)),
        ("This week", (WeekScreen, RoutineList)),
        ("Trends", (TrendsScreen, TrendChart)),
        ("History", (HistoryScreen,)),
        ("Review", (ReviewScreen,)),
        ("Everywhere", (ProcroutineApp,)),
    )


def help_sections() -> list[tuple[str, list[Binding]]]:
    """Give each heading with its keys, in the order they are bound."""
    return [
        (title, [binding for owner in owners for binding in owner.BINDINGS if isinstance(binding, Binding)])
        for title, owners in _sections()
    ]


class KeyTable(Widget):
    """The keys in as many columns as fit."""

    def __init__(self) -> None:
        """Take the keys as they are bound."""
        super().__init__(id="keys")
        self._sections = help_sections()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the height of the tallest column."""
        return max(len(one) for one in self._columns(width, self.app.size.height - _AROUND))

    def render(self) -> Content:
        """Draw the columns beside one another."""
        columns = self._columns(self.size.width, self.app.size.height - _AROUND)
        each = self.size.width // len(columns)
        height = max(len(one) for one in columns)
        padded = [one + [Content("")] * (height - len(one)) for one in columns]
        return lines(joined(*(column(cell, each) for cell in row)) for row in zip(*padded, strict=True))

    def _columns(self, width: int, room: int = 0) -> list[list[Content]]:
        if width >= _SENTENCES_FROM:
            told = self._told(width, 2, sentences=True)
            if max(map(len, told)) <= room:
                return told
        return self._told(width, min(5, width // _NARROWEST) if width >= _SEVERAL_FROM else 1)

    def _told(self, width: int, count: int, *, sentences: bool = False) -> list[list[Content]]:
        blocks = [_block(title, bindings, width // count - 1, sentences) for title, bindings in self._sections]
        return _balanced(blocks, count)


def _block(title: str, bindings: list[Binding], width: int, sentences: bool) -> list[Content]:
    rows = [Content.styled(title, "bold $text-accent")]
    for same in _same(bindings):
        written = _written([signs(binding) for binding in same])
        lead = max(8 if sentences else 7, len(written) + 1)
        text = same[0].tooltip if sentences else same[0].description
        rows.append(joined(column(written, lead, "bold $text-primary"), column(text, max(1, width - lead))))
    return rows


def _written(keys: list[str]) -> str:
    """Give keys as one sign: `1-9`, or `[ ]`."""
    return f"{keys[0]}-{keys[-1]}" if len(keys) > 2 else " ".join(keys)


def _same(bindings: list[Binding]) -> list[list[Binding]]:
    """Put neighbours together that do the same in other words, such as the digits."""
    found: list[list[Binding]] = []
    for binding in bindings:
        if found and found[-1][0].tooltip == binding.tooltip:
            found[-1].append(binding)
        else:
            found.append([binding])
    return found


def _balanced(blocks: list[list[Content]], count: int) -> list[list[Content]]:
    """Spread blocks over columns, in order, so that the tallest column is as low as can be.

    A block that does not fit a column goes on in the next one under its heading.
    """
    rows = [(number, row) for number, block in enumerate(blocks) for row in block]
    height = -(-(len(rows) + len(blocks) - 1) // count)
    while True:
        columns = _filled(rows, blocks, height)
        if len(columns) <= count:
            return columns + [[Content("")]] * (count - len(columns))
        height += 1


def _filled(rows: list[tuple[int, Content]], blocks: list[list[Content]], height: int) -> list[list[Content]]:
    columns: list[list[Content]] = [[]]
    last = -1
    for number, row in rows:
        needed = 1 if number == last else 3 if columns[-1] else 2
        if len(columns[-1]) + needed > height:
            columns.append([] if number != last else [blocks[number][0]])
        elif number != last and columns[-1]:
            columns[-1].append(Content(""))
        columns[-1].append(row)
        last = number
    return columns


class HelpScreen(Dialog[None]):
    """The page of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("help.close", "escape,question_mark,q,enter", "close", "Close", "Close this page.", shown=False)
    ]

    def compose(self) -> ComposeResult:
        """Put a heading over the table."""
        with Vertical(id="box", classes="help"):
            yield Static(joined(("Keys", "bold"), ("   esc closes", QUIET)), id="keys-head")
            with VerticalScroll():
                yield KeyTable()
