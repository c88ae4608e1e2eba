"""From which day on a routine has had its present schedule, as its runs tell.

A run remembers the schedule it was made under. Where an older run was made under another one, what
would have been due before the change was never due, and is neither late nor put off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.routine.entries import Entry


def in_force_from(
    entries: Iterable[Entry], heads: Iterable[RunHead], files_written: Mapping[str, date]
) -> dict[str, date]:
    """Give the day by routine id, for routines whose schedule has changed.

    `heads` come newest first. The day is that of the first run under the present schedule; where
    there is none yet, that on which the file was last written.
    """
    by_routine: dict[str, list[RunHead]] = {}
    for head in heads:
        by_routine.setdefault(head.routine, []).append(head)
    found = {}
    for entry in entries:
        if entry.routine is not None and entry.routine.schedule is not None:
            day = _changed_on(entry.routine.schedule.text, by_routine.get(entry.id, ()), files_written.get(entry.id))
            if day is not None:
                found[entry.id] = day
    return found


def _changed_on(schedule: str, heads: Iterable[RunHead], written: date | None) -> date | None:
    since = written
    for head in heads:
        if head.schedule is None:
            continue  # imported: nobody knows under what schedule it was made
        if head.schedule != schedule:
            return since
        since = head.day
    return None
