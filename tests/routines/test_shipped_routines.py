"""Every routine that is shipped loads, can be followed in its order, fits its goal and prints as a manual."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from procroutine.clock import ManualClock
from procroutine.exchange.manual import manual_markdown
from procroutine.routine.library import read_library
from procroutine.routine.model import Phase, Routine
from procroutine.routine.snapshots import snapshot_of
from procroutine.run.events import happened
from procroutine.run.live import LiveRun

FOLDER = Path(__file__).parents[2] / "routines"
LIBRARY = read_library(str(FOLDER))
ROUTINES = {name: entry.routine for name, entry in LIBRARY.entries.items() if entry.routine is not None}
PARTS = {"shorten-links", "send-download"}
MEANT_TO_BE_SLOW = {"social-posts-first", "customer-care-owner"}
"""The two that are there to be compared with a better one."""

every_routine = pytest.mark.parametrize("routine", ROUTINES.values(), ids=ROUTINES.keys())


def test_no_file_has_a_problem() -> None:
    assert LIBRARY.problems == ()
    assert {path.stem for path in FOLDER.rglob("*.toml")} == set(ROUTINES)


def test_at_least_nine_can_be_started_as_they_are() -> None:
    assert len(set(ROUTINES) - PARTS) >= 9


@every_routine
def test_begins_with_what_it_is_and_what_to_change_first(routine: Routine) -> None:
    first, second, third = Path(routine.sources[0]).read_text("utf-8").splitlines()[:3]
    assert first.startswith("# ")
    assert second.startswith("# Change first: ")
    assert third == "format = 1"


@every_routine
def test_says_what_it_is_for(routine: Routine) -> None:
    assert routine.purpose
    assert routine.goal
    assert routine.input
    assert routine.output
    assert routine.owner
    assert routine.tags


@every_routine
def test_has_a_schedule_or_says_why_not(routine: Routine) -> None:
    assert routine.schedule or "no schedule on purpose" in (routine.analysis or "")


@every_routine
def test_has_five_to_twelve_steps_that_somebody_else_could_do(routine: Routine) -> None:
    assert 5 <= len(routine.steps) <= 12
    for step in routine.steps:
        assert step.planned, step.id
        assert step.person, step.id
        assert len(step.instructions or "") > 80, step.id
        assert "1. " in (step.instructions or ""), step.id


@every_routine
def test_order_of_steps_keeps_what_must_come_before(routine: Routine) -> None:
    before: set[str] = set()
    for step in routine.steps:
        assert set(step.after) <= before, step.id
        before.add(step.id)


@every_routine
def test_every_system_is_described_and_used(routine: Routine) -> None:
    used = {name for step in routine.steps for name in (*step.systems, *step.alternatives)}
    assert used == set(routine.systems)
    assert all(system.name != system.id for system in routine.systems.values())


@every_routine
def test_planned_times_fit_the_goal_unless_it_is_there_to_show_that_they_do_not(routine: Routine) -> None:
    assert routine.goal is not None
    if routine.id in MEANT_TO_BE_SLOW:
        assert routine.planned > routine.goal
        assert routine.phase is not Phase.IMPLEMENTED
    else:
        assert routine.goal * 0.8 <= routine.planned <= routine.goal * 1.1


@every_routine
def test_prints_as_a_manual_with_every_step(routine: Routine) -> None:
    manual = manual_markdown(routine)
    assert routine.name in manual
    for step in routine.steps:
        assert step.title in manual
        for item in step.checklist:
            assert item in manual


@every_routine
def test_runs_from_the_first_step_to_the_last_in_the_order_of_the_file(routine: Routine) -> None:
    clock = ManualClock(datetime(2026, 11, 19, 9, 0, tzinfo=UTC))
    details = {"run": "1" * 16, "device": "desk", "routine": routine.id, "routine_name": routine.name}
    run = LiveRun([happened("started", clock.read(), snapshot=snapshot_of(routine), **details)])
    for step in routine.steps:
        state = run.state(clock.read())
        assert state.current is not None
        assert state.steps[state.current].id == step.id
        clock.advance(step.planned or timedelta())
        run = run.then(happened("done", clock.read(), step=step.id))
    assert run.state(clock.read()).state == "finished"
    assert run.state(clock.read()).active == routine.planned


def test_second_form_of_the_posts_changes_systems_less_often_and_takes_less() -> None:
    first, second = ROUTINES["social-posts-first"], ROUTINES["social-posts"]
    assert _visits(second) < _visits(first)
    assert second.planned < first.planned - timedelta(minutes=25)


def test_owner_in_the_loop_adds_steps_hand_overs_and_waiting_to_the_same_part() -> None:
    direct, owner = ROUTINES["customer-care"], ROUTINES["customer-care-owner"]
    shared = {step.id for step in direct.steps if step.id.startswith("send-download/")}
    assert shared == {step.id for step in owner.steps if step.id.startswith("send-download/")}
    assert len({step.person for step in direct.steps}) == 1
    assert sum(step.person == "Ana" for step in owner.steps) >= 3
    assert _waiting(owner) > _waiting(direct)


def _visits(routine: Routine) -> int:
    """Count how often a system is turned to that the step before did not use."""
    before: tuple[str, ...] = ()
    count = 0
    for step in routine.steps:
        count += sum(system not in before for system in step.systems)
        before = step.systems
    return count


def _waiting(routine: Routine) -> timedelta:
    return sum((step.wait for step in routine.steps if step.wait), timedelta())
