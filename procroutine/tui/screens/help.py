"""The page of keys: all of the place where it was asked for, then those that work everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Static

from procroutine.tui.keys import key, signs
from procroutine.tui.screens.dialog import Dialog
from procroutine.tui.widgets.cells import QUIET, column, joined, lines
from procroutine.tui.widgets.reading import Reading

if TYPE_CHECKING:
    from textual.dom import DOMNode
    from textual.screen import Screen

_AROUND, _AROUND_LOW = 6, 2
"""Lines of the screen that are not the table's: the heading, and what is free around it where there are many lines."""
_LOW = 30
_TOLD_FROM = 34
"""Columns from which a sentence stands beside its key."""
_MOST_COLUMNS = 4
_GAP = 2
_LONGEST = 9
"""Columns of the signs of a key, beyond which one of them does."""


class Section(NamedTuple):
    """Keys under a heading."""

    title: str
    bindings: list[Binding]


def sections_of(screen: Screen[object]) -> tuple[Section, ...]:
    """Give the keys of a screen and of all in it that takes keys, those of its footer first, then the app's.

    Nothing is listed by hand: what is bound is there, whether it can be done just now or not. A key that does
    nearly the same in another part of the screen is told once.
    """
    parts = (widget for widget in screen.query("*") if widget.can_focus)
    found: list[tuple[DOMNode, Binding]] = []
    known: set[str] = set()
    for node in dict.fromkeys((screen, *filter(None, [screen.focused]), *parts)):
        told = [binding for binding in _bound(node) if not known.issuperset(binding.key.split(","))]
        known.update(name for binding in told for name in binding.key.split(","))
        found += [(node, binding) for binding in told]

    def place(bound: tuple[DOMNode, Binding]) -> tuple[bool, bool]:
        node, binding = bound
        return not binding.show, node is not (screen.focused if binding.show else screen)

    here = [binding for _, binding in sorted(found, key=place)]
    return Section(screen.title or "Here", here), Section("Everywhere", list(_bound(screen.app)))


def _bound(node: DOMNode) -> Iterator[Binding]:
    """Give what is bound to a screen or widget, its own keys and those it has from others."""
    live = node._bindings.key_to_bindings  # of which Textual tells only what can be done
    told: set[str] = set()
    for owner in type(node).__mro__:
        for binding in owner.__dict__.get("BINDINGS", ()):
            if not isinstance(binding, Binding) or not binding.tooltip or binding.id is None or binding.id in told:
                continue
            keys = [name for name in binding.key.split(",") if any(one.id == binding.id for one in live.get(name, ()))]
            if keys:
                told.add(binding.id)
                yield replace(binding, key=",".join(keys))


class KeyTable(Widget):
    """The keys: with their sentences where that fits without scrolling, else with a word each, in several columns."""

    def __init__(self, sections: tuple[Section, ...]) -> None:
        """Take the keys."""
        super().__init__(id="keys")
        self._sections = sections
        self._lead = 2 + max(len(_written(same)) for section in sections for same in _same(section.bindings))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the height of the tallest column."""
        return max(map(len, self.columns(width, self._room)))

    @property
    def _room(self) -> int:
        height = self.app.size.height
        return height - (_AROUND if height >= _LOW else _AROUND_LOW)

    def render(self) -> Content:
        """Draw the columns beside one another."""
        columns = self.columns(self.size.width, self._room)
        each = self.size.width // len(columns)
        height = max(map(len, columns))
        padded = [one + [Content("")] * (height - len(one)) for one in columns]
        return lines(joined(*(column(cell, each) for cell in row)) for row in zip(*padded, strict=True))

    def columns(self, width: int, room: int) -> list[list[Content]]:
        """Give the rows of each column, so that they need no more than `room` lines if that can be."""
        told = [self._spread(width, count, sentences=True) for count in range(1, 1 + max(1, width // _TOLD_FROM))]
        words = [self._spread(width, count, sentences=False) for count in range(1, 1 + self._most_columns(width))]
        return next((one for one in (*told, *words) if max(map(len, one)) <= room), told[0])

    def _most_columns(self, width: int) -> int:
        words = max(len(_words(same)) for section in self._sections for same in _same(section.bindings))
        return max(1, min(_MOST_COLUMNS, width // (self._lead + words + _GAP)))

    def _spread(self, width: int, count: int, *, sentences: bool) -> list[list[Content]]:
        room = width // count - self._lead - _GAP
        return _balanced([_block(section, self._lead, room, sentences=sentences) for section in self._sections], count)


class _Block(NamedTuple):
    """A heading, and the rows of each key below it."""

    heading: Content
    keys: list[list[Content]]


def _block(section: Section, lead: int, room: int, *, sentences: bool) -> _Block:
    keys = []
    for same in _same(section.bindings):
        text = same[0].tooltip if sentences else _words(same)
        signed = [_written(same)]
        rows = Content(text).wrap(max(8, room))
        keys.append(
            [
                joined(column(sign, lead, "bold $text-primary"), row)
                for sign, row in zip_longest(signed, rows, fillvalue="")
            ]
        )
    return _Block(Content.styled(section.title, "bold $text-accent"), keys)


def _written(same: Iterable[Binding]) -> str:
    """Give keys as one sign: `1-9`, or `[ ]`; where there are many, the first of each."""
    keys = [signs(binding) for binding in same]
    if len(keys) > 2:
        return f"{keys[0]}-{keys[-1]}"
    written = " ".join(keys)
    return written if len(written) <= _LONGEST else " ".join(sign.split()[0] for sign in keys)


def _words(same: Iterable[Binding]) -> str:
    return ", ".join(dict.fromkeys(binding.description for binding in same))


def _same(bindings: list[Binding]) -> list[list[Binding]]:
    """Put neighbours together that do the same in other words, such as the digits."""
    found: list[list[Binding]] = []
    for binding in bindings:
        if found and found[-1][0].tooltip == binding.tooltip:
            found[-1].append(binding)
        else:
            found.append([binding])
    return found


def _balanced(blocks: list[_Block], count: int) -> list[list[Content]]:
    """Spread blocks over columns, in order, so that the tallest column is as low as can be.

    A block that does not fit a column goes on in the next one under its heading.
    """
    height = -(-sum(len(rows) for block in blocks for rows in block.keys) // count)
    while len(columns := _filled(blocks, height)) > count:
        height += 1
    return columns + [[Content("")]] * (count - len(columns))


def _filled(blocks: list[_Block], height: int) -> list[list[Content]]:
    columns: list[list[Content]] = [[]]
    for block in blocks:
        is_new = True
        for rows in block.keys:
            before = [*([Content("")] if columns[-1] else []), block.heading] if is_new else []
            if columns[-1] and len(columns[-1]) + len(before) + len(rows) > height:
                columns.append([])
                before = [block.heading]
            columns[-1] += [*before, *rows]
            is_new = False
    return columns


class HelpScreen(Dialog[None]):
    """The page of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("help.close", "escape,question_mark,q,enter", "close", "Close", "Close this page.", shown=False)
    ]

    def __init__(self, sections: tuple[Section, ...]) -> None:
        """Take the keys to show."""
        super().__init__()
        self._sections = sections

    def compose(self) -> ComposeResult:
        """Put a heading over the table."""
        with Vertical(id="box", classes="help"):
            yield Static(joined(("Keys", "bold"), ("   esc closes", QUIET)), id="keys-head")
            with Reading():
                yield KeyTable(self._sections)
