"""Signals in words, for the readout of Trends and the week's report: a rule of FORMULAS 2, its side, what it means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from procroutine.insight.behaviour import Limits, Point, Signal, Stretch

_LAST_FOUR = 4


def signal_side(signal: Signal, points: Sequence[Point], parts: Iterable[Stretch]) -> int:
    """Say on which side of the centre a signal lies: 1 above (slower), -1 below (quicker), 0 where nobody can tell."""
    part = _part_of(signal, parts)
    if part is None or part.limits is None:
        return 0
    if signal.rule != "three_of_four_near_a_limit":
        return part.limits.side(points[signal.place].value)
    last = points[max(part.start, signal.place - _LAST_FOUR + 1) : signal.place + 1]
    return _most_near(part.limits, last)


def signal_words(signal: Signal, points: Sequence[Point], parts: Iterable[Stretch], unit: str = "week") -> str:
    """Give a signal as a sentence without its dot: `eight weeks in a row under the middle: the process has changed`.

    Where the limits are soft it is said that they rest on few points; `unit` is what a point stands for.
    """
    parts = tuple(parts)
    part = _part_of(signal, parts)
    side = signal_side(signal, points, parts)
    soft = part is not None and part.limits is not None and part.limits.soft
    return _words(signal.rule, side, unit) + (f" (by limits that rest on few {unit}s)" if soft else "")


def _words(rule: str, side: int, unit: str) -> str:
    if rule == "eight_on_one_side":
        return f"eight {unit}s in a row {'over' if side > 0 else 'under'} the middle: the process has changed"
    if rule == "three_of_four_near_a_limit":
        limit = "upper" if side > 0 else "lower"
        return f"three of the last four {unit}s close to the {limit} limit: the process is changing"
    limit, pace = ("over the upper", "slower") if side > 0 else ("under the lower", "quicker")
    return f"{limit} limit, {pace} than usual by more than chance: look what was different that {unit}"


def _part_of(signal: Signal, parts: Iterable[Stretch]) -> Stretch | None:
    return next((part for part in parts if part.start <= signal.place < part.end), None)


def _most_near(limits: Limits, points: Iterable[Point]) -> int:
    near = [limits.near_limit(point.value) for point in points]
    return (near.count(1) > near.count(-1)) - (near.count(1) < near.count(-1))
