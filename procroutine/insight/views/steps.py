"""What is drawn of single steps: their rows in Trends."""

from __future__ import annotations

from datetime import timedelta

from procroutine.insight.views.common import ShareRow


class StepRow(ShareRow):
    """A step with its part of the time, and what it took last."""

    recent: tuple[timedelta, ...] = ()
    """Its newest times, at most eight, oldest first."""
