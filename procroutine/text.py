"""Text from other people, made harmless for terminals.

Names, notes and instructions come from files that others wrote. They are stored and sent as
JSON just as they are, and shown only as `Shown`, which `shown` alone makes: control characters
(C0, C1, escape sequences, direction overrides, zero-width characters outside emoji) become
visible replacements, so nothing in a text can steer a terminal.
"""

from __future__ import annotations


class Shown(str):
    """Text that is safe to draw on a terminal."""

    __slots__ = ()


REPLACEMENT = "�"
"""Stands where a character without a picture of its own was taken out."""

_JOINER = "\u200d"
_USELESS = "-_./:+,@"
"""Signs that no shell makes use of."""
_HIDDEN = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u200b\u200c\u200e\u200f"
    "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2065\u2066\u2067"
    "\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\u3164\ufeff\uffa0\ufff9\ufffa\ufffb"
)
_HIDDEN_RANGES = (
    (0x80, 0x9F),  # C1
    (0xD800, 0xDFFF),  # surrogates
    (0xFDD0, 0xFDEF),  # no characters, as are the last two of every 65,536
    (0x13430, 0x1343F),  # how hieroglyphs are put together
    (0x1BCA0, 0x1BCA3),  # how shorthand is put together
    (0x1D173, 0x1D17A),  # beams and slurs of music
    (0xE0000, 0xE0FFF),  # tags and variants
)


def shown(raw: str, *, lines: bool = False) -> Shown:
    """Make `raw` safe to draw: one line, or several where `lines` is true.

    C0 controls become their pictures (U+2400 on), everything else that is unseen or turns the
    direction of writing becomes U+FFFD. Joiners inside emoji stay. Tabs become one space.
    """
    if _is_plain(raw.replace("\n", "") if lines else raw):
        return Shown(raw)
    kept: list[str] = []
    for place, character in enumerate(raw):
        kept.append(_replacement(raw, place, character, lines))
    return Shown("".join(kept))


def in_one_line(raw: str) -> Shown:
    """Make notes that were written below one another safe to draw on one line, with `; ` between them."""
    return shown(raw.replace("\n", "; "))


def _is_plain(raw: str) -> bool:
    """Say quickly of most harmless text that it is; a long instruction is drawn once a second."""
    if not raw.isprintable():
        return False
    return raw.isascii() or (max(raw) < "\U00010000" and _HIDDEN.isdisjoint(raw))


def _replacement(raw: str, place: int, character: str, lines: bool) -> str:
    code = ord(character)
    if character == "\n" and lines:
        return character
    if character in "\t\n":
        return " "
    if character == "\r":
        return "" if raw[place + 1 : place + 2] == "\n" else REPLACEMENT
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if character == _JOINER:
        return character if _joins_emoji(raw, place) else REPLACEMENT
    hidden = character in _HIDDEN or any(first <= code <= last for first, last in _HIDDEN_RANGES)
    return REPLACEMENT if hidden or code & 0xFFFE == 0xFFFE else character


def _joins_emoji(raw: str, place: int) -> bool:
    before = raw[place - 1 : place] if place else ""
    if before == "\ufe0f":
        before = raw[place - 2 : place - 1]
    after = raw[place + 1 : place + 2]
    return bool(before) and bool(after) and ord(before) >= 0x2190 and ord(after) >= 0x2190


def as_typed(word: str) -> str:
    """Give a word as it is typed into a shell: in quotes where it is more than letters, digits and signs without use.

    Names of files are other people's text too, and what is told to be typed is copied without a second look.
    """
    if word and all(character.isalnum() or character in _USELESS for character in word):
        return word
    return "'" + word.replace("'", "'\\''") + "'"


def number_typed(word: str, most: int) -> int | None:
    """Read a number from 1 to `most`, typed to pick one of so many; None for all else, however long."""
    is_number = word.isascii() and word.isdigit() and len(word) <= len(str(most))
    return int(word) if is_number and 1 <= int(word) <= most else None


def counted(number: int, thing: str, things: str = "") -> str:
    """Give `1 step`, `2 steps`; `things` is the plural where it is not made by an s alone."""
    return f"{number} {thing if number == 1 else things or f'{thing}s'}"
