"""What text may and may not reach a terminal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_PICTURED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Format characters that have a picture of their own."""
_JOINER = "\u200d"
_OURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\[\d+;\d+H|\r?\n")
"""What Textual writes to draw a screen: colours, moves of the cursor, ends of lines."""


@lru_cache(100_000)
def steering(text: str) -> str:
    """Give the characters of a text that could steer a terminal, or turn or hide what is read."""
    if text.isascii() and text.isprintable():
        return ""
    return "".join(sign for place, sign in enumerate(text) if _steers(text, place, sign))


def _steers(text: str, place: int, sign: str) -> bool:
    category = unicodedata.category(sign)
    if category in ("Cc", "Cs", "Zl", "Zp"):
        return True
    if sign == _JOINER:
        return not all(
            ord(beside) >= 0x2190 for beside in (text[place - 1 : place], text[place + 1 : place + 2]) if beside
        )
    return category == "Cf" and sign not in _PICTURED


def foreign(written: str) -> str:
    """Give what is written to a terminal besides plain text and how Textual draws a screen."""
    return steering(_OURS.sub("", written))
