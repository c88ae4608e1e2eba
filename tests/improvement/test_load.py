"""What all routines take of a week, and the systems they share."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from procroutine.improvement.ground import Ground, RoutineGround
from procroutine.improvement.load import WeekLoad, each_of, load_answer, shared_answer, shared_systems, week_load
from procroutine.routine.model import System
from procroutine.routine.schedule import parse_schedule
from tests.improvement.histories import NOW, Played, ground, minutes, routine, step

ZERO = timedelta()


def made(routine_id: str, schedule: str | None, length: float, runs: int = 8, a_week: float = 1, **fields: Any) -> Any:
    definition = routine(
        step("write", planned=99),
        id=routine_id,
        name=routine_id.title(),
        schedule=None if schedule is None else parse_schedule(schedule),
        **fields,
    )
    return ground(definition, [Played(times={"write": length})] * runs, a_week)


def load(*routines: RoutineGround, hours: timedelta | None = None) -> WeekLoad:
    return week_load(Ground(routines=routines, now=NOW), hours)


def test_the_load_is_the_schedule_times_the_usual_total_by_day_and_in_sum() -> None:
    found = load(made("posts", "weekly on Mon, Thu", 60, a_week=2), made("books", "weekly on Fri", 30))
    assert [one.routine for one in found.routines] == ["posts", "books"]
    assert found.by_day == (minutes(60), ZERO, ZERO, minutes(60), minutes(30), ZERO, ZERO)
    assert (found.total, found.any_day) == (minutes(150), ZERO)


def test_what_comes_once_a_month_counts_as_its_part_of_a_week() -> None:
    found = load(made("report", "monthly on 1", 52, a_week=12 / 52))
    assert abs(found.total - minutes(12)) < timedelta(seconds=10)
    assert sum(day > ZERO for day in found.by_day) > 1
    assert found.is_mean
    assert not load(made("posts", "weekly on Mon, Thu", 60, a_week=2), made("x", None, 9, a_week=0.3)).is_mean


@pytest.mark.parametrize("schedule", [None, "weekly"])
def test_without_a_day_it_falls_on_any(schedule: str | None) -> None:
    found = load(made("posts", schedule, 60))
    assert (found.by_day, found.any_day, found.total) == ((ZERO,) * 7, minutes(60), minutes(60))


def test_a_routine_without_a_run_counts_as_planned_and_says_so() -> None:
    found = load(made("new", "weekly on Mon", 0, runs=0))
    assert (found.total, found.routines[0].from_plan) == (minutes(99), True)
    assert not load(made("posts", "weekly on Mon", 60)).routines[0].from_plan
    assert load(made("quick", "weekly on Mon", 0)).total == ZERO


def test_hours_add_up_by_the_mean_of_the_last_runs() -> None:
    definition = routine(step("write"), schedule=parse_schedule("weekly on Mon"))
    lengths = [90.0] * 9 + [10, 20, 10, 40, 10, 20, 10, 40]
    assert load(ground(definition, [Played(times={"write": length}) for length in lengths])).total == minutes(20)


def test_a_run_a_week_takes_of_it_what_a_run_takes() -> None:
    (found,) = load(made("posts", "weekly on Mon", 1769.9 / 60)).routines
    assert found.each == found.week == timedelta(seconds=1770)


@pytest.mark.parametrize(
    ("a_week", "said"), [(5, "5 × 1h00"), (1.5625, "1.56 × 1h00"), (12 / 52, "0.23 × 1h00"), (4 / 52, "0.077 × 1h00")]
)
def test_how_often_is_told_so_fine_that_what_it_takes_of_a_week_follows(a_week: float, said: str) -> None:
    assert each_of(load(made("posts", None, 60, a_week=a_week)).routines[0].replaced(idle_since=None)) == said


def test_of_what_stands_still_it_is_said_since_when() -> None:
    past = made("posts", "weekly on Mon", 60)
    last = past.runs[-1].day

    def told(days: int) -> str:
        on_the_day = NOW.replace(year=last.year, month=last.month, day=last.day) + timedelta(days=days)
        return each_of(week_load(Ground(routines=(past,), now=on_the_day)).routines[0])

    assert [told(20), told(21)] == ["1 × 1h00", "1 × 1h00, not done since 19 Feb 2024"]


def test_what_systems_take_is_part_of_the_load() -> None:
    one, other = System(id="x", name="Docs"), System(id="y", name="docs")
    definitions = [
        routine(step("a", system=system.id), step("b", f"own-{system.id}"), id=system.id, systems={system.id: system})
        for system in (one, other)
    ]
    grounds = [
        ground(each, [Played(times={"a": length, "b": 5}) for length in (10, 30, 50)], 1) for each in definitions
    ]
    (shared,) = shared_systems(Ground(routines=tuple(grounds), now=NOW))
    assert (shared.a_week, load(*grounds).total) == (minutes(60), minutes(70))


def test_what_is_prepared_before_a_run_takes_time_of_the_week_too() -> None:
    definition = routine(step("crop", prepare=True), step("write"), schedule=parse_schedule("weekly on Mon"))
    played = Played(times={"crop": 0, "write": 40}, prepared={"crop": 15})
    assert load(ground(definition, [played] * 3)).total == minutes(55)


def test_what_nobody_does_and_is_never_due_is_left_out() -> None:
    found = load(made("old", None, 0, runs=0, a_week=0))
    assert found.routines == ()
    assert found.sentence.startswith("0m a week.")


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        (None, '2h30 a week. Write hours_a_week = "10h" into config.toml to see whether that fits.'),
        (3, "2h30 of the 3h00 you have a week, 30m left."),
        (2, "2h30 a week, 30m more than the 2h00 you have."),
    ],
)
def test_it_is_held_against_the_hours_there_are(hours: int | None, sentence: str) -> None:
    given = None if hours is None else timedelta(hours=hours)
    assert load(made("posts", "daily", 150), hours=given).sentence == sentence


def using(routine_id: str, system: System, *more: System, length: float = 10) -> RoutineGround:
    steps = [step(f"s{number}", system=one.id) for number, one in enumerate((system, *more))]
    definition = routine(*steps, id=routine_id, systems={one.id: one for one in (system, *more)})
    return ground(definition, [Played(times={one.id: length for one in steps})] * 3, 2)


def test_systems_are_shared_by_address_or_else_by_name() -> None:
    mail, post = System(id="mail", name="Mail", url="https://m"), System(id="m", name="The post", url="https://m")
    docs, papers = System(id="d", name="Docs "), System(id="x", name="docs")
    alone = System(id="mail", name="Another mail", url="https://other")
    ground_ = Ground(routines=(using("a", mail, docs), using("b", post, papers, length=20), using("c", alone)), now=NOW)
    shared = shared_systems(ground_)
    assert [(one.name, one.routines, one.a_week) for one in shared] == [
        ("Docs ", ("b", "a"), minutes(60)),
        ("Mail", ("b", "a"), minutes(60)),
    ]
    assert shared_answer(shared)[1] == {"name": "Mail", "routines": ["b", "a"], "week_seconds": 3600}


def test_the_answer_adds_up() -> None:
    answer = load_answer(load(made("posts", "daily", 30, a_week=7), made("x", None, 9), hours=timedelta(hours=4)))
    assert sum(answer["days_seconds"]) + answer["any_day_seconds"] == answer["total_seconds"]
    assert answer["total_seconds"] == sum(one["week_seconds"] for one in answer["routines"]) == 7 * 1800 + 540
    assert answer["left_seconds"] == 4 * 3600 - answer["total_seconds"]
