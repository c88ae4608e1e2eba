"""Runs by the day and time at which they began, to pick one of several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from procroutine.durations import total_time
from procroutine.insight.dates import clock_time, short_date
from procroutine.text import Shown

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead


def named_runs(run_ids: Sequence[str], heads: Iterable[RunHead]) -> tuple[tuple[str, Shown], ...]:
    """Name runs such as `Thu 19 Nov 14:05   52m`, in the order given; those that are gone are left out."""
    wanted = set(run_ids)
    found = {head.id: head for head in heads if head.id in wanted}
    return tuple((run_id, _named(found[run_id])) for run_id in run_ids if run_id in found)


def _named(head: RunHead) -> Shown:
    began = f"{short_date(head.day)} {clock_time(head.started_at)}"
    return Shown(f"{began}   {total_time(head.active)}{'   corrected' if head.corrected else ''}")
