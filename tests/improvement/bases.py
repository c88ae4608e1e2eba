"""What flow maps are drawn from in tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from procroutine.improvement.basis import Basis
from procroutine.improvement.lead import Beside
from procroutine.insight.run_odds import NoOdds

MINUTE = timedelta(minutes=1)


def basis(*besides: float, **minutes: float) -> Basis:
    """Give a basis of one run, by the minutes its steps took, and those that runs took besides."""
    times = {name: (length * MINUTE,) for name, length in minutes.items()}
    return Basis(times, None, NoOdds("no odds yet"), tuple(Beside(length * MINUTE, {}) for length in besides))


def waiting(step: str, minutes: float, **took: float) -> Basis:
    """Give a basis of one run that waited so long at a step."""
    return replace(basis(**took), beside=(Beside(minutes * MINUTE, {step: minutes * MINUTE}),))
