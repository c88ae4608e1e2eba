"""`trends --json`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from procroutine.insight.trends_answer import trends_answer
from procroutine.routine.model import Routine, Step, System
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead

THIS_WEEK = Week(year=2026, number=47)
ROUTINE = Routine(
    id="posts",
    name="Weekly posts",
    goal=timedelta(minutes=90),
    systems={"docs": System(id="docs", name="Docs"), "mail": System(id="mail", name="Mail")},
    steps=(
        Step(id="a", title="Write", systems=("docs",), person="Ana"),
        Step(id="b", title="Send", systems=("mail",), person="Ben"),
        Step(id="c", title="New"),
    ),
)


@pytest.fixture
def answer(make_head: Callable[..., RunHead]) -> Callable[..., dict[str, Any]]:
    """Answer for runs of so many minutes in successive weeks, the last in this week; None is no run."""

    def answered(*totals: float | None, weeks: int = 0, changed_at: int = 999, **given: Any) -> dict[str, Any]:
        last = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
        heads = [
            make_head(
                started_at=last - timedelta(weeks=len(totals) - 1 - place),
                active=timedelta(minutes=total),
                revision=1 + (place >= changed_at),
                **given,
            )
            for place, total in enumerate(totals)
            if total is not None
        ]
        return trends_answer(ROUTINE, heads[::-1], THIS_WEEK, weeks, {2: "No proofreading"})

    return answered


def test_every_week_is_listed_with_runs_value_and_whether_it_met_the_goal(
    answer: Callable[..., dict[str, Any]],
) -> None:
    weeks = answer(95, None, 84)["weeks"]
    assert [week["week"] for week in weeks] == ["2026-W45", "2026-W46", "2026-W47"]
    assert [week["runs"] for week in weeks] == [1, 0, 1]
    assert [week["value_seconds"] for week in weeks] == [5700, None, 5040]
    assert [week["total_seconds"] for week in weeks] == [5700, 0, 5040]
    assert [week["met"] for week in weeks] == [False, None, True]
    assert [week["unfinished"] for week in weeks] == [False, False, True]


def test_limits_come_from_the_whole_history_however_few_weeks_are_listed(
    answer: Callable[..., dict[str, Any]],
) -> None:
    whole = answer(92, 88, None, 95, 84, 90, 86, 79, 83)
    short = answer(92, 88, None, 95, 84, 90, 86, 79, 83, weeks=2)
    (limits,) = whole["limits"]
    assert short["limits"] == [limits]
    assert len(short["weeks"]) == 2
    assert limits["center_seconds"] == pytest.approx(87.125 * 60)
    assert limits["upper_seconds"] == pytest.approx(103.465 * 60, abs=0.1)
    assert limits["lower_seconds"] == pytest.approx(70.785 * 60, abs=0.1)
    assert limits["mean_moving_range_seconds"] == pytest.approx(6.1429 * 60, abs=0.01)
    assert limits["moving_range_limit_seconds"] == pytest.approx(20.075 * 60, abs=0.01)
    assert (limits["from_week"], limits["to_week"], limits["revision"]) == ("2026-W39", "2026-W47", 1)
    assert limits["soft"] is True


def test_a_signal_names_its_week_and_rule(answer: Callable[..., dict[str, Any]]) -> None:
    calm = (60, 62, 58, 60, 62, 58)
    signals = answer(*calm, 120, *calm)["signals"]
    assert {"week": "2026-W41", "rule": "outside"} in signals
    assert all(signal["week"] >= "2026-W46" for signal in answer(*calm, 120, *calm, weeks=2)["signals"])


def test_a_revision_is_held_against_the_one_before(answer: Callable[..., dict[str, Any]]) -> None:
    first, second = answer(95, 94, 96, 60, 61, 62, changed_at=3)["revisions"]
    assert (first["number"], first["verdict"], first["median_before_seconds"]) == (1, "too few runs", None)
    assert (second["number"], second["first_week"], second["note"]) == (2, "2026-W45", "No proofreading")
    assert (second["verdict"], second["saved_seconds"]) == ("helped", 34 * 60)
    assert 0 < second["saved_low_seconds"] <= second["saved_seconds"] <= second["saved_high_seconds"]


def test_steps_systems_and_people_have_their_share(answer: Callable[..., dict[str, Any]]) -> None:
    times = {"a": timedelta(minutes=30), "b": timedelta(minutes=10)}
    made = answer(40, 40, step_times=times)
    assert [(step["id"], step["runs"], step["share"]) for step in made["steps"]] == [
        ("a", 2, 0.75),
        ("b", 2, 0.25),
        ("c", 0, None),
    ]
    assert [(system["name"], system["median_seconds"], system["share"]) for system in made["systems"]] == [
        ("Docs", 1800, 0.75),
        ("Mail", 600, 0.25),
    ]
    assert [person["name"] for person in made["people"]] == ["Ana", "Ben"]
    assert (made["switches"], made["hand_offs"]) == (1, 1)


def test_a_routine_never_run_has_empty_lists() -> None:
    made = trends_answer(ROUTINE, [], THIS_WEEK, 26, {})
    assert (made["weeks"], made["limits"], made["signals"], made["revisions"]) == ([], [], [], [])
    assert (made["goal_seconds"], made["goal_per"], made["systems"]) == (5400, "run", [])
