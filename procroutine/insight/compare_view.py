"""The comparison of two runs as it is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from procroutine.durations import total_time
from procroutine.insight.compare import BOTH, DROPPED, NEW, SKIPPED, best_other, one_before
from procroutine.insight.dates import clock_time, day_and_month, short_date
from procroutine.insight.views.common import Standing
from procroutine.insight.views.compare import ComparedSide, ComparePart, CompareRow, CompareView
from procroutine.insight.weekly import standing_of
from procroutine.text import Shown, shown

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.compare import ComparedStep, Side, SideStep, TwoSides
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


_PARTS = {BOTH: "done in both", SKIPPED: "skipped in one", NEW: "new steps", DROPPED: "dropped"}
_ONLY_NOTABLE = timedelta(seconds=15)
"""A step that is slower by less than that is not marked, whatever part of it that is."""


def compare_view(two: TwoSides) -> CompareView:
    """Draw two sides of which one is a run."""
    names = dict.fromkeys(side.run.routine_name for side in (two.earlier, two.later) if side.run is not None)
    parts = [ComparePart(name=name, change=two.change_of(kind)) for kind, name in _PARTS.items()]
    parts = [part for part in parts if part.change]
    return CompareView(
        title=shown(" and ".join(names)),
        earlier=_side(two.earlier, two.later),
        later=_side(two.later, two.earlier),
        difference=two.difference,
        standing=standing_of(two.later.total, two.earlier.total),
        rows=tuple(map(_row, two.steps)),
        parts=() if len(parts) < 2 else tuple(parts),
    )


def _side(side: Side, other: Side) -> ComparedSide:
    run = side.run
    if run is None:
        return ComparedSide(label="usual", place="the usual times of its steps", total=side.total, run_id=None)
    version = "" if run.revision is None else f"v{run.revision} · "
    began = run.started_at
    return ComparedSide(
        label=_label(began, None if other.run is None else other.run.started_at),
        place=f"{version}week {run.week.number} · {short_date(began)} {began.year} {clock_time(began)}",
        total=side.total,
        run_id=run.id,
    )


def _label(began: datetime, other: datetime | None) -> str:
    """Give the day; where the other is of another year month and year, where it is of the same day the clock time."""
    if other is not None and began.date() == other.date():
        return clock_time(began)
    if other is not None and other.year != began.year:
        return f"{day_and_month(began).partition(' ')[2]} {began.year}"
    return day_and_month(began)


def _row(step: ComparedStep) -> CompareRow:
    difference = step.difference
    return CompareRow(
        title=shown(step.title),
        earlier=None if step.earlier is None else step.earlier.time,
        later=None if step.later is None else step.later.time,
        earlier_done=_is_done(step.earlier),
        later_done=_is_done(step.later),
        difference=difference,
        standing=_standing(step, difference),
        remark=_remark(step),
        is_apart=step.kind in (NEW, DROPPED),
    )


def _is_done(step: SideStep | None) -> bool:
    return step is not None and step.state == "done"


def _standing(step: ComparedStep, difference: timedelta | None) -> Standing:
    """Mark only what is slower by more than a tenth, and by more than a trifle."""
    if difference is None or difference < _ONLY_NOTABLE or step.later is None or step.earlier is None:
        return Standing.NONE
    standing = standing_of(step.later.time, step.earlier.time)
    return standing if standing is Standing.FAR_OVER else Standing.NONE


def _remark(step: ComparedStep) -> Shown:
    words = [step.kind] if step.earlier is None or step.later is None else []
    for side, when in ((step.earlier, " then"), (step.later, " now")):
        if side is not None and side.state != "done":
            state = "not done" if side.state == "pending" else side.state
            words.append(state if words else f"{state}{when}")
    if step.earlier is not None and step.later is not None and step.earlier.title != step.later.title:
        words.append(f"was “{step.earlier.title}”")
    return shown(" · ".join(words))
