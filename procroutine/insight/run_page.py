"""One past run's page: its steps against the usual times of the runs before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from procroutine.insight.correction_words import (
    brought_in_in_words,
    correction_lines,
    lines_that_count,
    own_line,
    taken_back_in_words,
)
from procroutine.insight.dates import clock_time, short_date
from procroutine.insight.run_view import place_of
from procroutine.insight.views.common import Standing
from procroutine.insight.views.run_page import RunPage, RunPageStep
from procroutine.insight.weekly import standing_of
from procroutine.run.step_verbs import alternatives_of
from procroutine.text import shown

if TYPE_CHECKING:
    from procroutine.history.correction_chain import Chain
    from procroutine.history.past import PastRun
    from procroutine.insight.comparisons import Comparisons
    from procroutine.run.states import RunState, StepState


def order_in_words(run: RunState) -> str:
    """Give `done in the order 1, 3 to 5, 2`; empty where that is the order of the list."""
    done = [place + 1 for place in run.order_done if run.steps[place].state == "done"]
    if done == sorted(done):
        return ""
    return f"done in the order {', '.join(_stretches(done))}"


def _stretches(numbers: Iterable[int]) -> Iterable[str]:
    """Put three and more numbers that follow one another together."""
    stretch: list[int] = []
    for number in numbers:
        if stretch and number != stretch[-1] + 1:
            yield from _written(stretch)
            stretch = []
        stretch.append(number)
    yield from _written(stretch)


def _written(stretch: list[int]) -> Iterable[str]:
    return [f"{stretch[0]} to {stretch[-1]}"] if len(stretch) > 2 else map(str, stretch)


def run_page(
    run: RunState,
    comparisons: Comparisons,
    goal: timedelta | None,
    past: PastRun | None = None,
    chain: Chain | None = None,
) -> RunPage:
    """Draw a past run; `goal` is what it might take, None where no single run is held against one.

    What was said about it since it ended is in `past` and `chain`; None where it is not in the history yet.
    """
    page = _recorded(run, comparisons, goal)
    if past is None or chain is None:
        return page
    lines = lines_that_count(correction_lines(chain.corrections, run))
    return page.replaced(
        deleted=past.deleted,
        left_out=None if past.left_out is None else shown(past.left_out),
        corrections=lines[::-1],
        is_corrected=past.corrected,
        to_undo="" if chain.to_undo is None else taken_back_in_words(own_line(chain.to_undo, run)),
        to_redo="" if chain.to_redo is None else brought_in_in_words(own_line(chain.to_redo, run)),
        stamp=past.stamp,
    )


def _recorded(run: RunState, comparisons: Comparisons, goal: timedelta | None) -> RunPage:
    held = goal if run.state == "finished" else None  # as in the lists: what was given up kept no goal
    return RunPage(
        run_id=run.id,
        routine_id=run.routine,
        name=shown(run.routine_name),
        begun=shown(_as_typed(run.started_at)),
        place=f"{place_of(run)} · {_span(run.started_at, run.ended_at)}",
        state=run.state,
        total=run.active,
        goal=goal,
        vs_goal=None if held is None else run.active - held,
        standing=standing_of(run.active, held),
        vs_usual=_against_usual(run, comparisons),
        paused=run.paused,
        waiting=run.waiting,
        asleep=run.asleep,
        corrected=run.corrected,
        outcome=run.outcome,
        note=None if run.note is None else shown(run.note, lines=True),
        steps=tuple(_step(step, comparisons, run.definition.get("systems", {})) for step in run.steps),
        order=order_in_words(run),
    )


def _as_typed(moment: datetime) -> str:
    """Give `2026-11-19T13:47`, with the seconds where there are any; local, without the offset."""
    return moment.replace(tzinfo=None).isoformat(timespec="seconds" if moment.second else "minutes")


def _span(start: datetime, end: datetime | None) -> str:
    """Give `Thu 19 Nov 2026 13:47 to 14:44`, with the day of the end where it is another."""
    began = f"{short_date(start)} {start.year} {clock_time(start)}"
    if end is None:
        return began
    day = "" if end.date() == start.date() else f"{short_date(end)} "
    return f"{began} to {day}{clock_time(end)}"


def _against_usual(run: RunState, comparisons: Comparisons) -> timedelta | None:
    differences = list(_differences(run, comparisons))
    return sum(differences, timedelta()) if differences else None


def _differences(run: RunState, comparisons: Comparisons) -> Iterable[timedelta]:
    for step in run.steps:
        difference = _difference(step, comparisons.by_name["usual"].get(step.id))
        if difference is not None:
            yield difference


def _difference(step: StepState, usual: timedelta | None) -> timedelta | None:
    """Give what a done step took less its usual time; a combined time is no step's own."""
    if usual is None or step.active is None or step.state != "done" or step.combined:
        return None
    return step.active - usual


def _step(step: StepState, comparisons: Comparisons, systems: Mapping[str, Any]) -> RunPageStep:
    usual = comparisons.by_name["usual"].get(step.id)
    difference = _difference(step, usual)
    return RunPageStep(
        id=step.id,
        title=shown(step.title),
        state="off" if step.off else step.state,
        time=step.active,
        usual=usual,
        difference=difference,
        standing=Standing.NONE if difference is None else standing_of(step.active, usual),
        paused=step.paused,
        note=None if step.note is None else shown(step.note, lines=True),
        choices=tuple((one, shown(name)) for one, name in alternatives_of(step.definition, systems).items()),
        alternative=step.alternative,
    )
