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
from procroutine.tui.screens.place import Dialog
from procroutine.tui.widgets.cells import QUIET, column, joined, lines

_WORDS_BELOW = 100
"""Columns below which a word stands for each sentence, so that all keys fit on one page."""


def _sections() -> tuple[tuple[str, tuple[type[DOMNode], ...]], ...]:
    """Give each heading with the classes whose keys stand under it."""
    from procroutine.tui.app import ProcroutineApp
    from procroutine.tui.screens.history import HistoryScreen
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
        return max(len(one) for one in self._columns(width))

    def render(self) -> Content:
        """Draw the columns beside one another."""
        columns = self._columns(self.size.width)
        each = self.size.width // len(columns)
        height = max(len(one) for one in columns)
        padded = [one + [Content("")] * (height - len(one)) for one in columns]
        return lines(joined(*(column(cell, each) for cell in row)) for row in zip(*padded, strict=True))

    def _columns(self, width: int) -> list[list[Content]]:
        count = 3 if width < _WORDS_BELOW else 2
        blocks = [self._block(title, bindings, width // count) for title, bindings in self._sections]
        return _balanced(blocks, count)

    def _block(self, title: str, bindings: list[Binding], width: int) -> list[Content]:
        rows = [Content.styled(title, "bold $text-accent")]
        for binding in bindings:
            written = signs(binding)
            text = binding.description if self.size.width < _WORDS_BELOW else binding.tooltip
            rows.append(
                joined(
                    column(written, max(8, len(written) + 1), "bold $text-primary"), column(text, max(1, width - 10))
                )
            )
        return rows


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
            yield Static(joined(("Keys", "bold"), ("   esc closes", QUIET)))
            with VerticalScroll():
                yield KeyTable()
