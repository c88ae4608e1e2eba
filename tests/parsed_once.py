"""One parse of a stylesheet for all apps of a test session: each app parses the same sources anew otherwise.

Textual keeps what it parsed for one app, by source; the rules are only read after that, so that apps can share them
as long as the variables of their themes, such as colours, are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.css.stylesheet import Stylesheet


class _Kept(dict[Any, Any]):
    """What was parsed with the same variables; other variables have their own."""

    def clear(self) -> None:
        """Keep it: it stays right for the next app."""


_kept: dict[frozenset[tuple[str, str]], _Kept] = {}


def parse_once() -> None:
    """Let all apps look for what another one has parsed."""
    parse: Callable[[Stylesheet], None] = Stylesheet.parse

    def parse_what_is_new(stylesheet: Stylesheet) -> None:
        found: Any = _kept.setdefault(frozenset(stylesheet._variables.items()), _Kept())
        stylesheet._parse_cache = found
        parse(stylesheet)

    Stylesheet.parse = parse_what_is_new  # type: ignore[method-assign, assignment] # so that all find it
