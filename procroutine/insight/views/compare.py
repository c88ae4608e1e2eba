"""What the comparison of two runs draws."""

from __future__ import annotations

from datetime import timedelta

from procroutine.insight.views.common import Standing
from procroutine.text import Shown
from procroutine.values import Value


class ComparedSide(Value):
    """One of the two."""

    label: str
    """What stands over its column: `10 Nov`, or `usual`."""
    place: str
    """`v3 · week 46 · Tue 10 Nov 16:20`, or what the usual times are."""
    total: timedelta
    run_id: str | None
    """None: no run, but the usual times."""


class CompareRow(Value):
    """A step on both sides."""

    title: Shown
    earlier: timedelta | None
    later: timedelta | None
    earlier_done: bool
    later_done: bool
    difference: timedelta | None
    """None where it was not done in both."""
    standing: Standing
    remark: Shown
    """`new`, `dropped`, `skipped then`, `was “Old title”`; empty where there is nothing to say."""
    is_apart: bool = False
    """Whether it stands on one side alone."""


class ComparePart(Value):
    """A part of the difference."""

    name: str
    change: timedelta


class CompareView(Value):
    """Two runs, step by step."""

    title: Shown
    earlier: ComparedSide
    later: ComparedSide
    difference: timedelta
    standing: Standing
    rows: tuple[CompareRow, ...]
    parts: tuple[ComparePart, ...]
    """What makes up the difference; empty where all of it lies in steps done in both."""
