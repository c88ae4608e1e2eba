"""Ids and file names made from titles and names."""

from __future__ import annotations

import unicodedata
from collections.abc import Container

_LONGEST = 60


def slug(text: str, empty: str) -> str:
    """Give `text` in small letters and digits of any script, joined by hyphens; `empty` where it has none.

    `Write the week's posts` becomes `write-the-weeks-posts`. At most 60 characters, cut between words.
    """
    plain = unicodedata.normalize("NFC", text[:1000]).lower().replace("'", "").replace("’", "")
    words = "".join(character if _stays(character) else " " for character in plain).split()
    whole = "-".join(words)
    if len(whole) > _LONGEST:
        whole = whole[:_LONGEST].rpartition("-")[0] or whole[:_LONGEST]
    return whole or empty


def _stays(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")


def unused(wanted: str, taken: Container[str]) -> str:
    """Give `wanted`, or with the first number from 2 on that makes it new: `write-2`."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
