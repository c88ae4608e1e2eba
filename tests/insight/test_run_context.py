"""What a run is seen against."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from procroutine.insight.run_context import goal_for, last_notes, routine_of_run, runs_before
from procroutine.routine.model import GoalPer

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.run.live import RunState, StepState


def test_runs_that_began_later_and_the_run_itself_are_not_before_it(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], make_head: Callable[..., RunHead]
) -> None:
    run = make_run(make_step("A", "done", 5))
    before = make_head(a=1)
    later = make_head(a=1, started_at=run.started_at + timedelta(seconds=1))
    same = make_head(a=1, started_at=run.started_at - timedelta(seconds=1), id=run.id)
    assert runs_before(run, [later, same, before]) == [before]


def test_the_newest_note_on_a_step_counts_and_says_which_week_it_is_from(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], make_head: Callable[..., RunHead]
) -> None:
    starts = [datetime(2025, 12, 15, 9, tzinfo=UTC) + timedelta(weeks=week) for week in range(4)]
    heads = [make_head(a=1, b=1, started_at=start) for start in starts]
    notes = {heads[0].id: ("too old", "too old"), heads[1].id: ("old", "only\nonce"), heads[3].id: ("new", None)}

    def past(run_id: str) -> RunState | None:
        if run_id not in notes:
            return None
        a, b = notes[run_id]
        return make_run(make_step("A", "done", 1, notes=(a,)), make_step("B", "done", 1, notes=(b,) if b else ()))

    run = make_run(make_step("A", "current", 5), make_step("B"))
    assert last_notes(run, heads, past) == {"a": ("week 2", "new"), "b": ("week 52 2025", "only\nonce")}


def test_a_goal_of_the_week_shrinks_with_the_runs_of_that_week_and_not_below_nothing(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], make_head: Callable[..., RunHead]
) -> None:
    run = make_run(make_step("A", "current", 5), definition={"goal_per": "week"})
    earlier = make_head(active=timedelta(minutes=50), started_at=run.started_at - timedelta(days=1))
    week_before = make_head(active=timedelta(minutes=50), started_at=run.started_at - timedelta(days=7))
    abandoned = earlier.replaced(state="abandoned")
    assert goal_for(run, [week_before, earlier, abandoned]) == timedelta(minutes=10)
    assert goal_for(run, [earlier, earlier]) == timedelta()
    assert goal_for(run.replaced(definition={}), [earlier]) == timedelta(hours=1)


def test_a_run_tells_what_its_routine_was(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState]
) -> None:
    definition = {"goal_per": "week", "systems": {"docs": {"name": "Docs"}}}
    step = make_step("A", "done", 5, systems=("docs",), person="Ana", planned=timedelta(minutes=1))
    routine = routine_of_run(make_run(step, definition=definition))
    assert (routine.name, routine.goal, routine.goal_per) == ("Weekly posts", timedelta(hours=1), GoalPer.WEEK)
    assert [(one.id, one.systems, one.person) for one in routine.steps] == [("a", ("docs",), "Ana")]
    assert routine.systems["docs"].name == "Docs"
