"""What the page of a step draws."""

from __future__ import annotations

from datetime import timedelta

from procroutine.insight.views.common import ChartData
from procroutine.text import Shown
from procroutine.values import Value


class StepPageNote(Value):
    """A note on the step."""

    run_id: str
    day: str
    """`Mon 9 Nov`, with the year where it is another."""
    time: timedelta | None
    systems: Shown
    text: Shown


class StepPage(Value):
    """One step of a routine."""

    routine_id: str
    step_id: str
    name: Shown
    place: Shown
    """`step 3 of 10 of Weekly posts · Documents · Ana`."""
    facts: str
    """`last 26 weeks · done 21 times · skipped in 3 of 24 runs`."""
    chart: ChartData
    last: timedelta | None
    usual: timedelta | None
    best: timedelta | None
    median: timedelta | None
    planned: timedelta | None
    changes: tuple[Shown, ...]
    """`v4 12 Aug 2026: planned 25m → 20m`, newest first."""
    notes: tuple[StepPageNote, ...]
    """Newest first."""
    has_choice: bool = False
    """Whether it can be done with one of several systems."""
