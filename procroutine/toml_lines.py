"""Where things stand in a TOML text, and whether it is safe to hand to the parser.

tomllib tells no line numbers of what it read, takes minutes for one key of 50,000 dotted parts
and overruns the stack on a thousand brackets. Both are settled here by one pass over the tokens
that matter: strings, comments, brackets, dots, signs of equality and ends of lines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from procroutine.values import Value

MOST_DOTS = 6
"""More dots between two separators than any key or number has."""
MOST_NESTING = 16
"""More brackets inside each other than any routine needs."""
MOST_DIGITS = 100
"""More digits in a row than any number has."""

_TRIPLE = (
    r'"""(?:[^"\\]++|\\[\s\S]|"(?!""))*+"""(?:"{0,2})'
    r"|'''(?:[^']++|'(?!''))*+'''(?:'{0,2})"
)
_SINGLE = r'"(?:[^"\\\n]++|\\[^\n])*+"' r"|'[^'\n]*+'" r"|#[^\n]*+"
_TOKEN = re.compile(rf"{_TRIPLE}|\"\"\"|'''|{_SINGLE}|[\[\]{{}}=,.\n\"']")
_QUIET = re.compile(rf"{_TRIPLE}|(?:\"\"\"|''')[\s\S]*+|{_SINGLE}|[\"'][\s\S]*+")
"""Strings, remarks, and from a string without an end on, everything."""
_DOTTED = re.compile(rf"(?:\.[^\n=,\[\]{{}}.]*+){{{MOST_DOTS + 1}}}")
_NOT_BRACKETS = re.compile(r"[^\[\]{}]++")
_PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\[^\n])*"|'[^'\n]*')"""
_KEY = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART}){{0,{MOST_DOTS}}}"
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_KEY})[ \t]*\]")
_PAIR = re.compile(rf"[ \t]*({_KEY})[ \t]*=")
_OPENING = re.compile(r"[ \t]*[\[{]")
_UNCLOSED = frozenset(('"""', "'''", '"', "'"))
_DIGITS = re.compile(rf"[0-9_]{{{MOST_DIGITS}}}", re.ASCII)
_TOO_MANY_DIGITS = (f"a number of over {MOST_DIGITS} digits", "write a smaller number, or text in quotes")
_TOO_MANY_DOTS = (f"a key of over {MOST_DOTS + 1} parts", "write one word for a key, and put text in quotes")
_TOO_DEEP = (f"over {MOST_NESTING} brackets inside each other", "write lists of plain texts")

Path = tuple[str | int, ...]
"""Where a value stands: keys, and numbers of tables in an array, such as `("steps", 2, "title")`."""


class TomlLines:
    """The lines on which the tables and keys of a TOML text stand, found when first asked for."""

    __slots__ = ("_found", "_text")

    def __init__(self, text: str) -> None:
        """Take a text that tomllib accepts."""
        self._text = text
        self._found: dict[Path, int] | None = None

    def line_of(self, path: Path) -> int | None:
        """Give the line of a value, counted from 1; of the nearest table above it where it has none."""
        if self._found is None:
            self._found = _positions(self._text)
        while path:
            if path in self._found:
                return self._found[path]
            path = path[:-1]
        return None


class Statement(Value):
    """A header or a pair with its whole value, or a line that says nothing: a remark, a blank one."""

    start: int
    end: int
    """Where the next one begins."""
    table: Path
    """The table whose header it is, or in which it stands."""
    keys: tuple[str, ...] = ()
    """Of a pair, the parts of its key."""
    value: int | None = None
    """Of a pair, where its value begins: behind the sign of equality."""
    is_header: bool = False


def statements(text: str) -> Iterator[Statement]:
    """Give the statements of a TOML text that tomllib accepts, in order and without a gap."""
    tables: dict[Path, int] = {}
    table: Path = ()
    starts = _statements(text)
    for start, end in pairwise((*starts, len(text))):
        if header := _HEADER.match(text, start):
            table = _table(_parts(header.group(2)), header.group(1) == "[[", tables)
            yield Statement(start=start, end=end, table=table, is_header=True)
        elif pair := _PAIR.match(text, start):
            yield Statement(start=start, end=end, table=table, keys=_parts(pair.group(1)), value=pair.end())
        elif end > start:
            yield Statement(start=start, end=end, table=table)


def value_end(text: str, pair: Statement) -> int:
    """Give where the value of a pair ends: before the white space and the remark that may follow it."""
    last = len(text[: pair.end].rstrip("\r\n"))
    for token in _TOKEN.finditer(text, pair.value or pair.start, pair.end):
        if token.group().startswith("#") and token.end() >= last:
            last = token.start()
    return len(text[:last].rstrip())


def remarks_in(text: str) -> str:
    """Give the remarks of a stretch of TOML, each on a line of its own."""
    found = (token.group().rstrip() for token in _TOKEN.finditer(text) if token.group().startswith("#"))
    return "".join(f"{remark}\n" for remark in found)


def _positions(text: str) -> dict[Path, int]:
    ends = [match.start() for match in re.finditer("\n", text)]
    found: dict[Path, int] = {}
    above: dict[Path, int] = {}
    for one in statements(text):
        line = bisect_right(ends, one.start - 1) + 1
        if one.is_header:
            found.setdefault(one.table, line)
            for length in range(1, len(one.table)):
                above.setdefault(one.table[:length], line)
        elif one.value is not None:
            path = one.table
            for part in one.keys:
                path = (*path, part)
                found.setdefault(path, line)
            for inner, place in _within(text, one.value, path):
                found.setdefault(inner, bisect_right(ends, place - 1) + 1)
    return above | found  # a table that only stands in the headers of others begins at the first of them


def _within(text: str, start: int, path: Path) -> Iterator[tuple[Path, int]]:
    """Give where the tables and keys inside a list or an inline table begin; `start` is behind the sign of equality."""
    if not _OPENING.match(text, start):
        return
    around: list[tuple[Path, bool]] = []
    member = path  # what the next bracket opens
    for token in _TOKEN.finditer(text, start):
        sign = token.group()
        if sign in ("[", "{"):
            around.append((member, sign == "["))
            if sign == "{":
                yield member, token.start()
            member = (*member, 0)
        elif sign in ("]", "}"):
            member = around.pop()[0]
            if not around:
                return
        elif sign == "," and around[-1][1]:
            member = (*around[-1][0], int(member[-1]) + 1)
        if sign in ("{", ",") and not around[-1][1] and (pair := _PAIR.match(text, token.end())):
            member = around[-1][0]
            for part in _parts(pair.group(1)):
                member = (*member, part)
                yield member, pair.start(1)


def _statements(text: str) -> list[int]:
    """Give where each header or pair begins: lines that are not inside a string or an array."""
    starts, depth = [0], 0
    for token in _TOKEN.finditer(text):
        sign = token.group()
        if sign in ("[", "{"):
            depth += 1
        elif sign in ("]", "}"):
            depth -= 1
        elif sign == "\n" and depth <= 0:
            depth = 0
            starts.append(token.end())
    return starts


def _table(parts: tuple[str, ...], repeated: bool, tables: dict[Path, int]) -> Path:
    """Give the path a header means; `tables` counts the tables of each array so far."""
    path: Path = ()
    for place, part in enumerate(parts):
        path = (*path, part)
        if repeated and place == len(parts) - 1:
            tables[path] = tables.get(path, -1) + 1
        if path in tables:
            path = (*path, tables[path])
    return path


def _parts(key: str) -> tuple[str, ...]:
    return tuple(_part(part) for part in re.findall(_PART, key))


def _part(part: str) -> str:
    if part.startswith("'"):
        return part[1:-1]
    if part.startswith('"'):
        import tomllib  # it alone knows every escape

        return str(tomllib.loads(f"x = {part}")["x"])
    return part


def hostile_place(text: str) -> tuple[int, str, str] | None:
    """Find what would stall or overrun the TOML parser: line, what it is, what to do; None where all is well.

    Strings and comments may hold anything. What follows the first string without an end is not
    looked at, since the parser stops there too.
    """
    if not _suspect(_QUIET.sub("", text)):
        return None
    found = _hostile_token(text)
    return (text.count("\n", 0, found[0]) + 1, *found[1]) if found else None


def _suspect(plain: str) -> bool:
    """Look quickly at a text whose strings and remarks are taken out, whether the slow look is needed."""
    if _DOTTED.search(plain) or _DIGITS.search(plain):
        return True
    depth = 0
    for bracket in _NOT_BRACKETS.sub("", plain):
        depth += 1 if bracket in "[{" else -1
        if depth > MOST_NESTING:
            return True
    return False


def _hostile_token(text: str) -> tuple[int, tuple[str, str]] | None:
    depth = dots = plain_from = 0
    for token in _TOKEN.finditer(text):
        sign, place = token.group(), token.start()
        if _DIGITS.search(text, plain_from, place):
            return place, _TOO_MANY_DIGITS
        plain_from = token.end()
        if sign == ".":
            dots += 1
        elif sign in _UNCLOSED:
            return None
        elif len(sign) == 1:
            dots = 0
            depth += (sign in "[{") - (sign in "]}")
        if dots > MOST_DOTS:
            return place, _TOO_MANY_DOTS
        if depth > MOST_NESTING:
            return place, _TOO_DEEP
    return (len(text), _TOO_MANY_DIGITS) if _DIGITS.search(text, plain_from) else None
