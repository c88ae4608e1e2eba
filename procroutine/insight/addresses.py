"""Which addresses of systems may be opened; all others are only shown."""

from __future__ import annotations

SCHEMES = ("http", "https", "mailto", "file")


def may_open(address: str) -> bool:
    """Say whether an address has an allowed scheme and no blank or unseen characters."""
    scheme, mark, rest = address.partition(":")
    return scheme.lower() in SCHEMES and bool(mark and rest) and address.isprintable() and " " not in address
