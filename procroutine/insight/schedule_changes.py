"""From which day on a routine has had its present schedule, as its runs tell.

A run remembers the schedule it was made under. Where an older run was made under another one, what
would have been due before the change was never due, and is neither late nor put off.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead


def in_force_from(schedule: str, heads: Iterable[RunHead], written: date | None) -> date | None:
    """Give the day of a routine's first run under its schedule as written; None where that has never changed.

    `heads` are its runs, newest first. Where there is no such run yet, it is the day on which the file was last
    `written`.
    """
    since = written
    for head in heads:
        if head.schedule is None:
            continue  # imported: nobody knows under what schedule it was made
        if head.schedule != schedule:
            return since
        since = head.day
    return None
