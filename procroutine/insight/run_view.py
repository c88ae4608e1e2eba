"""The Run screen's value: one run at one instant.

It is made anew every second while a run ticks, so it reads nothing and keeps to plain sums; what
takes longer (comparisons, last notes) is handed in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from procroutine.insight.comparisons import GOAL, NAMES
from procroutine.insight.dates import clock_time, day_name, near_time
from procroutine.insight.goal_words import goal_at_begin
from procroutine.insight.outlook import deadline_line, odds_line
from procroutine.insight.pace import goes_on_at, live_difference, pace_of
from procroutine.insight.step_panel import step_panel, time_on
from procroutine.insight.views.common import Standing
from procroutine.insight.views.run import RunView, StepMark, StepRow, TotalLine
from procroutine.insight.weekly import standing_of
from procroutine.run.remarks import correction_of, remarks_on
from procroutine.text import Shown, shown

if TYPE_CHECKING:
    from procroutine.insight.comparisons import Comparisons
    from procroutine.insight.odds import Odds
    from procroutine.insight.pace import Pace
    from procroutine.insight.run_odds import NoOdds
    from procroutine.run.states import RunState, StepState


@dataclass(frozen=True, slots=True)
class Fit:
    """How a run stands against its deadline."""

    deadline: datetime
    spare: timedelta
    """What is left over at the deadline; below zero where it does not fit."""
    time_left: timedelta
    """What there is for work before it, from the end of what the run waits for."""
    leave_out: tuple[StepState, ...]
    """Optional steps to leave out so that it fits, longest first; all of them where even that is too little."""
    fits_then: bool
    """Whether it fits with those left out."""

    @property
    def fits(self) -> bool:
        """Whether it fits as it is."""
        return self.spare >= ZERO


def fit_of(run: RunState, pace: Pace, comparisons: Comparisons, now: datetime) -> Fit | None:
    """Say whether a run that goes on as it is compared fits before its deadline; None without one.

    Of the optional steps still to come that with the most left is left out first, until the rest fits.
    """
    if run.deadline is None:
        return None
    time_left = run.deadline.astimezone(UTC) - goes_on_at(run, now).astimezone(UTC)
    spare = time_left - pace.to_go
    optional = [
        ((comparisons.target(step.id, step.planned)[0] or ZERO) - (step.active or ZERO), step)
        for place, step in enumerate(run.steps)
        if step.optional and step.state == "pending" and place != run.current and not run.is_outside(step)
    ]
    left_out: list[StepState] = []
    missing = -spare
    for saved, step in sorted(optional, key=lambda pair: pair[0], reverse=True):
        if missing <= ZERO or saved <= ZERO:
            break
        left_out.append(step)
        missing -= saved
    return Fit(
        deadline=run.deadline,
        spare=spare,
        time_left=time_left,
        leave_out=tuple(left_out),
        fits_then=missing <= ZERO,
    )


ZERO = timedelta()
NO_NOTES: Mapping[str, tuple[str, str]] = {}
DrawnRows: TypeAlias = "dict[int, tuple[StepState, StepRow]]"
"""Steps that do not run, by their places, and how they were drawn against the same comparisons."""


def run_view(
    run: RunState,
    comparisons: Comparisons,
    now: datetime,
    looked_at: int | None = None,
    last_notes: Mapping[str, tuple[str, str]] = NO_NOTES,
    goal: timedelta | None = None,
    odds: Odds | NoOdds | None = None,
    rows: DrawnRows | None = None,
) -> RunView:
    """Draw a run as of `now`, with the step at index `looked_at` on the right, else the running one.

    `last_notes` gives by step id where the last note on it is from (`week 46`) and its text; `goal`
    is what this run may take (of a goal per week, what is left of it); `odds` those that are known.
    `rows` keeps from one instant to the next what stays as it is.
    """
    current = _place_of(run, run.current)
    panel = step_panel(run, current if looked_at is None else _place_of(run, looked_at), comparisons, last_notes)
    pace = pace_of(run, comparisons)
    return RunView(
        run_id=run.id,
        routine_id=run.routine,
        name=shown(run.routine_name),
        place=place_of(run),
        since=near_time(run.started_at, now),
        now=f"{day_name(now)} {clock_time(now)}",
        paused_since=None if run.paused_since is None else near_time(run.paused_since, now),
        waiting_for=None if run.waiting_for is None else shown(run.waiting_for),
        steps=tuple(_rows(run, comparisons, {} if rows is None else rows)),
        panel=panel,
        current=current,
        so_far=_left_behind(run),
        vs_usual=_against(run, comparisons),
        total=_total(run, pace, now, goal, odds),
        done_count=sum(step.state == "done" for step in run.steps),
        can_undo=run.can_undo,
        can_redo=run.can_redo,
        as_of=run.as_of,
        restarted_since=run.restarted_since,
        remarks=(*remarks_on(run), *correction_of(run)),
        asleep=run.asleep,
        compared_with=comparisons.chosen,
        usual=comparisons.usual(run.steps[current].id, run.steps[current].planned),
        usual_is_planned=not comparisons.has_usual(run.steps[current].id),
        against=NAMES.get(comparisons.against, comparisons.against),
        how_hard=comparisons.how_hard if comparisons.chosen == GOAL else None,
        deadline=deadline_line(fit_of(run, pace, comparisons, now), now, odds, run.active),
        waiting_until=None if run.waiting_until is None else near_time(run.waiting_until, now),
        preparing=_preparing(run),
        acts=run.acts,
    )


def place_of(run: RunState) -> str:
    """Give `v4 · week 47`; without the revision where the run has none."""
    week = f"week {run.week.number}"
    return week if run.revision is None else f"v{run.revision} · {week}"


def _place_of(run: RunState, place: int | None) -> int:
    """Keep an index inside the list; of an ended run, the step that was left last."""
    if place is None:
        place = run.order_done[-1] if run.order_done else 0
    return min(max(place, 0), len(run.steps) - 1)


def _rows(run: RunState, comparisons: Comparisons, kept: DrawnRows) -> list[StepRow]:
    rows = []
    section = None
    for place, step in enumerate(run.steps):
        heading = step.section if step.section != section else None
        section = step.section
        before = kept.get(place)
        if before is not None and before[0] is step and place != run.current:
            rows.append(before[1])
            continue
        row = _row(run, place, step, heading, comparisons)
        if place != run.current:
            kept[place] = step, row
        rows.append(row)
    return rows


def _row(run: RunState, place: int, step: StepState, heading: str | None, comparisons: Comparisons) -> StepRow:
    compared, from_plan = comparisons.target(step.id, step.planned)
    best = comparisons.best(step.id)
    is_current = place == run.current
    mark = StepMark.CURRENT if is_current else StepMark(step.state)
    time = time_on(run, place)
    difference = None
    if mark is StepMark.DONE and time is not None and compared is not None:
        difference = time - compared
    elif is_current:
        difference = live_difference(run.step_elapsed, compared, best)
    return StepRow(
        id=step.id,
        number=place + 1,
        title=shown(step.title),
        section=None if heading is None else shown(heading),
        mark=mark,
        compared=compared,
        from_plan=from_plan,
        time=time,
        difference=difference,
        standing=Standing.NONE if difference is None else standing_of(time, compared),
        best_ever=mark is StepMark.DONE and time is not None and best is not None and time < best,
        optional=step.optional,
        off=step.off,
        before=_before(run, step),
        stands_in=from_plan and comparisons.against != "planned",
    )


def _before(run: RunState, step: StepState) -> str:
    if run.is_outside(step) and step.state != "pending":
        return "before"
    return "prepare" if step.definition.get("prepare") and step.state == "pending" else ""


def _preparing(run: RunState) -> str | None:
    if not run.preparing or run.current is None:
        return None
    return "preparing" if run.steps[run.current].definition.get("prepare") else "prepared"


def _left_behind(run: RunState) -> timedelta:
    return sum((step.active for step in run.steps if step.active and step.state in ("done", "skipped")), ZERO)


def _against(run: RunState, comparisons: Comparisons) -> timedelta | None:
    """Give what the done steps took less what they are held against; None before the first of them."""
    differences = [
        step.active - compared
        for step in run.steps
        if step.state == "done" and step.active is not None
        for compared, _ in (comparisons.target(step.id, step.planned),)
        if compared is not None
    ]
    return sum(differences, ZERO) if differences else None


def _total(run: RunState, pace: Pace, now: datetime, goal: timedelta | None, odds: Odds | NoOdds | None) -> TotalLine:
    return TotalLine(
        elapsed=run.active,
        projected=pace.projected,
        goal=goal,
        finish=near_time(pace.finish(goes_on_at(run, now)), now),
        slack=None if goal is None else goal - pace.projected,
        done=pace.done,
        current=pace.current,
        current_expected=pace.current_expected,
        left=pace.left,
        to_go=pace.to_go,
        odds=odds_line(odds, run, now, goal),
        goal_words="" if goal is None else goal_at_begin(goal, run.is_goal_of_week),
    )


def interruption_line(run: RunState, last_seen: datetime, now: datetime) -> Shown:
    """Give `Weekly social posts was interrupted at 14:05, step 3`."""
    number = _place_of(run, run.current) + 1
    return Shown(f"{shown(run.routine_name)} was interrupted at {near_time(last_seen, now)}, step {number}")
