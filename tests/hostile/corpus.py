"""The strings that every place must show harmlessly: `corpus.json`, one a line with its kind.

All but ASCII is escaped there, lone surrogates too, so that any editor can open it.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

FILE = Path(__file__).with_name("corpus.json")
ALL_IN_ONE = "\x1b]0;T\x07[@click=app.quit]\u202e[/r]\x9b2J$x\n{0}\u200b#[x]<b>"
"""A little of everything, short enough for narrow columns."""


class Hostile(NamedTuple):
    """One string, and what kind of trouble it makes."""

    kind: str
    text: str


@cache
def corpus() -> tuple[Hostile, ...]:
    """Read the file."""
    return tuple(Hostile(kind, text) for kind, text in json.loads(FILE.read_text("ascii")))
