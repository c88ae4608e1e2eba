"""What is said while a command waits for a lock that another process holds."""

from __future__ import annotations

import os

_LOCKS = "/proc/locks"
"""Where Linux lists who holds which lock."""


def held_up(path: str, locks: str = _LOCKS) -> str:
    """Say that a lock file is waited for, and for whom where the system tells."""
    holder = _holder(path, locks)
    who = "another process" if holder is None else f"process {holder}"
    return f"Waiting for {who}, which holds {path}: it goes on when that lets go or ends."


def _holder(path: str, locks: str) -> int | None:
    try:
        number = str(os.stat(path).st_ino)
        with open(locks, encoding="ascii", errors="replace") as file:
            held = [line.split() for line in file]
    except OSError:
        return None
    found = (one[4] for one in held if len(one) > 5 and one[1] == "FLOCK" and one[5].rpartition(":")[2] == number)
    return next((int(process) for process in found if process.isdigit() and int(process)), None)
