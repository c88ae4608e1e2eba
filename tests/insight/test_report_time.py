"""The time of a week by system and by person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from procroutine.history.heads import RunHead
from procroutine.insight.report import by_person, by_system, done_steps, runs_before, usual_times
from procroutine.routine.model import System
from procroutine.run.live import RunState, StepState
from procroutine.weeks import Week
from tests.insight.report_samples import ground, run_on
from tests.insight.week_samples import entry

Step = Callable[..., StepState]
Run = Callable[..., RunState]
DEFINITION = {"systems": {"docs": {"name": "Documents"}, "mail": {"name": "Mail"}}}


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def test_a_step_with_several_systems_is_divided_evenly_and_the_rows_add_up(make_run: Run, make_step: Step) -> None:
    run = make_run(
        make_step("Write", "done", 600, systems=("docs", "mail"), person="Ana", planned=minutes(8)),
        make_step("Send", "done", 300, systems=("mail",), person="Ben", planned=minutes(6)),
        make_step("Think", "done", 120, person="Ana"),
        definition=DEFINITION,
    )
    steps = done_steps(run, {"write": minutes(9), "send": minutes(4)}, None)
    systems, people = by_system(steps), by_person(steps)
    assert [(row.name, row.total) for row in systems] == [
        ("Mail", minutes(10)),
        ("Documents", minutes(5)),
        (None, minutes(2)),
    ]
    assert [(row.name, row.total) for row in people] == [("Ana", minutes(12)), ("Ben", minutes(5))]
    for rows in (systems, people):
        assert sum((row.total for row in rows), timedelta()) == minutes(17)
        assert sum(row.share for row in rows) == pytest.approx(1)
    assert [(row.usual, row.planned) for row in systems] == [
        (minutes(8.5), minutes(10)),
        (minutes(4.5), minutes(4)),
        (None, None),
    ]


def test_a_usual_or_planned_time_is_not_told_where_it_is_not_known_of_every_step(
    make_run: Run, make_step: Step
) -> None:
    run = make_run(
        make_step("Write", "done", 600, person="Ana", planned=minutes(8)), make_step("New", "done", 60, person="Ana")
    )
    (row,) = by_person(done_steps(run, {"write": minutes(9)}, None))
    assert (row.total, row.usual, row.planned) == (minutes(11), None, None)


def test_skipped_and_prepared_steps_are_in_no_row(make_run: Run, make_step: Step) -> None:
    run = make_run(make_step("Write", "skipped", 600), make_step("Cut", "done", None, prepared=minutes(5)))
    assert by_system(done_steps(run, {}, None)) == ()


def test_a_system_that_no_definition_names_is_named_by_the_routine_as_it_is_now_else_by_its_id(
    make_run: Run, make_step: Step
) -> None:
    run = make_run(make_step("Write", "done", 60, systems=("docs",)))
    (row,) = by_system(done_steps(run, {}, None))
    assert row.name == "docs"
    systems = {"docs": System(id="docs", name="Documents")}
    (row,) = by_system(done_steps(run, {}, entry("posts", systems=systems).routine))
    assert row.name == "Documents"


def test_the_usual_time_of_a_step_is_that_of_the_runs_before_the_week(make_run: Run, make_step: Step) -> None:
    def times(day: str, length: float, **given: Any) -> RunHead:
        return run_on(day, step_times={"write": minutes(length)}, **given)

    heads = [times("10-26T09:00", 10), times("11-02T09:00", 12), times("11-03T09:00", 99, left_out=True)]
    made = ground([entry("posts", "weekly")], [*heads, times("11-09T09:00", 50)])
    (one,) = made.routines
    run = make_run(make_step("Write", "done", 60))
    assert usual_times(runs_before(one, Week.parse("2026-W46")), run) == {"write": minutes(12)}
    assert runs_before(one, Week.parse("2026-W44")) == []


def test_what_a_step_with_alternatives_usually_takes_is_with_the_system_of_the_run(
    make_run: Run, make_step: Step
) -> None:
    heads = [
        run_on(f"10-{day}T09:00", step_times={"write": minutes(length)}, alternatives={"write": system})
        for day, length, system in (
            (21, 10, "a"),
            (22, 10, "a"),
            (23, 10, "a"),
            (24, 20, "b"),
            (25, 20, "b"),
            (26, 20, "b"),
        )
    ]
    run = make_run(make_step("Write", "done", 60, alternative="a", definition={"alternatives": ["a", "b"]}))
    assert usual_times(heads, run) == {"write": minutes(10)}
