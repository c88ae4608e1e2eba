"""What the page of a run offers to compare it with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from procroutine.durations import total_time
from procroutine.insight.compare import best_other, one_before
from procroutine.insight.dates import short_date
from procroutine.text import Shown, shown

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.run.states import RunState


def compare_choices(run: RunState, heads: Sequence[RunHead], has_usual: bool) -> tuple[tuple[str, Shown], ...]:
    """Give what there is of `before`, `best` and `usual`, with what each is: `the run before: Mon 9 Nov 2026, 1h04`."""
    return tuple((key, shown(text)) for key, text in _choices(run, heads, has_usual))


def _choices(run: RunState, heads: Sequence[RunHead], has_usual: bool) -> Iterator[tuple[str, str]]:
    before, best = one_before(run, heads), best_other(run, heads)
    if before is not None:
        yield "before", f"the run before: {_said(before)}"
    if best is not None:
        yield "best", f"{'the best run' if best.active < run.active else 'the best other run'}: {_said(best)}"
    if has_usual:
        yield "usual", "the usual times of its steps"


def _said(head: RunHead) -> str:
    return f"{short_date(head.started_at)} {head.started_at.year}, {total_time(head.active)}"
