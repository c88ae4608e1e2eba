"""`trends` as text: what the app draws, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from procroutine.cli.console import aligned
from procroutine.durations import signed, total_time
from procroutine.insight.views.common import Mark

if TYPE_CHECKING:
    from procroutine.insight.views.common import ChartPoint
    from procroutine.insight.views.trends import Reading, TrendsView

_SIGNS = {Mark.MET: "●", Mark.OVER: "○", Mark.OUTSIDE: "◆", Mark.MISSED: "×"}


def trends_lines(view: TrendsView) -> Iterator[str]:
    """Give the weeks that are drawn with what is to be said of each, then how the goal is kept and what is usual."""
    per = " a week" if view.is_sum else ""
    yield view.name + (f"   goal {total_time(view.goal)}{per}" if view.goal is not None else "")
    yield view.facts
    rows = [_row(point, reading) for point, reading in zip(view.chart.points, view.readings, strict=True)]
    if rows:
        yield from aligned([("  week", "runs", "time", "vs goal", ""), *rows], right=frozenset({1, 2, 3}))
        yield from (_begun_large(said) for said in (view.goal_sentence, view.usual, view.standing) if said)


def _row(point: ChartPoint, reading: Reading) -> tuple[str, ...]:
    return (
        f"{_sign(point)} {reading.name}",
        str(len(point.run_ids) or ""),
        "" if point.value is None else total_time(point.value),
        "" if point.vs_goal is None else signed(point.vs_goal, "total"),
        "; ".join((*reading.remarks, *reading.signals)),
    )


def _sign(point: ChartPoint) -> str:
    return "·" if point.value is None and (point.off or point.unfinished) else _SIGNS[point.mark]


def _begun_large(text: str) -> str:
    return text[:1].upper() + text[1:]
