"""Which addresses of systems may be opened; all others are only shown."""

from __future__ import annotations

SCHEMES = ("http", "https", "mailto", "file")


def may_open(address: str) -> bool:
    """Say whether an address has an allowed scheme, no blank or unseen characters, and is no file elsewhere."""
    scheme, mark, rest = address.partition(":")
    if scheme.lower() not in SCHEMES or not (mark and rest) or not address.isprintable() or " " in address:
        return False
    return scheme.lower() != "file" or _is_here(rest)


def _is_here(rest: str) -> bool:
    """Say whether what follows `file:` is on this machine; another one's would be fetched, and opened, unseen."""
    path = rest.removeprefix("//localhost").removeprefix("//")
    return path.startswith("/") and not path.startswith("//") and "\\" not in path
