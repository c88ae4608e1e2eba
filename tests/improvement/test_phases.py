from datetime import timedelta
from typing import Any, cast

import pytest

from procroutine.improvement.outcomes import Outcomes
from procroutine.improvement.phase_ground import Ground
from procroutine.improvement.phases import Path, PhaseState, path_of
from procroutine.insight.behaviour import behaviour_of, points_of
from procroutine.insight.weekly import WeeklyValue
from procroutine.routine.model import GoalPer, Phase, Routine, Step, System
from procroutine.routine.schedule import parse_schedule
from procroutine.weeks import Week

MINUTE = timedelta(minutes=1)
THIS_WEEK = Week(year=2026, number=47)
GOAL = 60 * MINUTE
WHOLE = Routine(
    id="posts",
    name="Posts",
    purpose="Keep the feeds alive",
    goal=GOAL,
    output="Seven posts",
    analysis="Two schedulers",
    schedule=parse_schedule("weekly on Monday"),
    systems={"docs": System(id="docs", name="Docs")},
    steps=tuple(
        Step(id=name, title=name.title(), systems=("docs",), planned=MINUTE, instructions="Do it", after=after)
        for name, after in (("ask", ()), ("write", ("ask",)), ("send", ("write",)))
    ),
)


def weeks(*minutes: float | None, goal: timedelta | None = GOAL) -> tuple[WeeklyValue, ...]:
    first = THIS_WEEK + (1 - len(minutes))
    return tuple(_week(first + place, value, goal) for place, value in enumerate(minutes))


def _week(week: Week, minutes: float | None, goal: timedelta | None) -> WeeklyValue:
    value = None if minutes is None else minutes * MINUTE
    run = cast(Any, type("Run", (), {"revision": 1})())
    return WeeklyValue(
        week=week,
        runs=() if value is None else (run,),
        total=value or timedelta(),
        mean=value,
        value=value,
        met=None if value is None or goal is None else value <= goal,
    )


def path(
    routine: Routine,
    *minutes: float | None,
    redlines: int = 0,
    timed: tuple[str, ...] = (),
    put_off: int = 0,
    outcomes: Outcomes | None = None,
) -> Path:
    values = weeks(*minutes, goal=routine.goal)
    return path_of(
        Ground(
            routine=routine,
            weeks=values,
            behaviour=behaviour_of(points_of(values)),
            this_week=THIS_WEEK,
            timed=timed,
            redlines=redlines,
            put_off=put_off,
            outcomes=outcomes,
        )
    )


def missing(found: Path, phase: Phase) -> list[str]:
    return [str(text) for step in found.steps if step.phase is phase for text in step.missing]


BARE = Routine(id="bare", name="Bare", phase=Phase.ANALYSIS, steps=(Step(id="one", title="One"),))


def test_each_phase_says_what_is_missing_in_it() -> None:
    found = path(BARE)
    assert missing(found, Phase.ANALYSIS) == [
        "the purpose",
        "the goal",
        "the output",
        "the facts: what is known, what gets in the way (analysis)",
    ]
    assert missing(found, Phase.BRAINSTORM) == [
        "the steps: all the small parts, in any order",
        "a system for One",
        "a guess how long it takes (planned) for One",
    ]
    assert missing(found, Phase.DESIGN) == ["instructions for One"]
    assert missing(found, Phase.TESTING) == ["the first run with the timer"]
    assert missing(found, Phase.IMPLEMENTED) == ["the schedule, so that it stands in the week"]
    assert (found.suggestion, found.move_to) == ("Write down the purpose, and 3 things more.", None)


def test_a_whole_routine_misses_nothing_but_runs() -> None:
    found = path(WHOLE)
    assert {step.phase for step in found.steps if step.missing} == {Phase.TESTING}
    loose = WHOLE.replaced(steps=tuple(one.replaced(after=(), systems=(), instructions=None) for one in WHOLE.steps))
    assert missing(path(loose), Phase.DESIGN) == [
        "the order: which step comes after which (after)",
        "instructions for Ask, Write and Send",
    ]


def test_a_step_that_was_timed_needs_no_guess() -> None:
    found = path(BARE, 40, timed=("one",))
    assert missing(found, Phase.BRAINSTORM)[-1] == "a system for One"


def test_phases_behind_are_done_or_left_open_and_those_ahead_are_to_come() -> None:
    found = path(WHOLE.replaced(phase=Phase.TESTING, purpose=None), 70)
    assert [step.state for step in found.steps] == [
        PhaseState.OPEN,
        PhaseState.DONE,
        PhaseState.DONE,
        PhaseState.NOW,
        PhaseState.LATER,
    ]


@pytest.mark.parametrize("phase", [Phase.ANALYSIS, Phase.BRAINSTORM, Phase.DESIGN])
def test_where_nothing_is_missing_the_next_phase_is_offered(phase: Phase) -> None:
    found = path(WHOLE.replaced(phase=phase))
    assert found.move_to is not None
    assert list(Phase).index(found.move_to) == list(Phase).index(phase) + 1


STEADY = (58, 59, 58, 59, 58, 59)
"""Upper limit 61m10."""


@pytest.mark.parametrize(
    ("minutes", "moves"),
    [
        ((), False),
        ((50, 50, 50), False),
        ((50, 58, 90, 58), False),
        ((50, 58, 59, 58), True),  # whatever the fifth brings, four of five will be
        ((50, 51, 50, 51, 50), True),  # the upper limit
        ((59, 90, 59, 59, 58), True),  # four of five
        ((59, 90, None, 59, 59, 58), True),  # a week without a run is bridged
        ((59, 90, 59, 59, 61), False),
        ((90, 90, 90, 90, 90, 90, 90, 59, 59, 59, 59, 60), True),
    ],
)
def test_testing_becomes_implemented_by_the_upper_limit_or_four_of_five_weeks(
    minutes: tuple[float | None, ...], moves: bool
) -> None:
    found = path(WHOLE, *minutes)
    assert found.move_to is (Phase.IMPLEMENTED if moves else None)
    assert found.suggestion.startswith("Move on to Implemented") is moves


def test_it_is_said_which_of_the_two_it_is() -> None:
    assert path(WHOLE, 50, 51, 50, 51, 50).suggestion == (
        "Move on to Implemented: the upper limit, 53m, is at or under the goal of 1h00."
    )
    assert path(WHOLE, 59, 90, 59, 59, 58).suggestion == (
        "Move on to Implemented: 4 of the last 5 weeks were at or under the goal of 1h00."
    )
    assert path(WHOLE, 70, redlines=2).suggestion.startswith("Settle what was to be changed")


@pytest.mark.parametrize("right", [3, 7, 8])
@pytest.mark.parametrize("minutes", [(50,) * 8, (90, 20, 50, 10, 55)])
def test_what_is_in_time_and_not_right_is_said_not_to_be(minutes: tuple[int, ...], right: int) -> None:
    found = path(WHOLE, *minutes, outcomes=Outcomes(right=right, known=10))
    assert found.move_to is Phase.IMPLEMENTED
    wrong = f"; but the output was right in only {right} of 10 runs, so work on the process first."
    assert found.suggestion.endswith(wrong if right < 8 else " of 1h00.")
    assert "only" not in path(WHOLE, *minutes, outcomes=Outcomes(right=0, known=3)).suggestion


def test_four_weeks_of_four_leave_no_week_to_wait_for() -> None:
    found = path(WHOLE, 50, 58, 59, 58)
    assert found.suggestion == "Move on to Implemented: 4 of the last 4 weeks were at or under the goal of 1h00."
    assert missing(found, Phase.TESTING) == []
    assert missing(path(WHOLE, 50, 58, 90, 58), Phase.TESTING) == [
        "runs in 1 more week, before anybody can say how it keeps its goal"
    ]


def test_a_goal_that_is_not_kept_is_what_is_missing_in_testing() -> None:
    assert missing(path(WHOLE, 90, 90, 90, 90, 90, 59), Phase.TESTING) == [
        "the goal: 1 of the last 5 weeks at or under it, and 4 are enough"
    ]
    assert missing(path(WHOLE, 59, 90, 59, 59, 58), Phase.TESTING) == []
    assert missing(path(WHOLE.replaced(goal=None), 90, 90, 90, 90, 90), Phase.TESTING) == []


def test_what_was_left_open_before_is_said_once_it_stands_in_the_week() -> None:
    implemented, steady = WHOLE.replaced(phase=Phase.IMPLEMENTED), (50, 51, 50, 52, 50)
    assert (
        path(implemented).suggestion == "It stands in the week. Still open from Testing: the first run with the timer."
    )
    unplanned = implemented.replaced(schedule=None)
    assert path(unplanned).suggestion == "Still open from Testing: the first run with the timer."
    assert path(unplanned, *steady).suggestion.startswith("Give it a schedule")
    vague = implemented.replaced(purpose=None, output=None)
    assert path(vague, *steady, redlines=1).suggestion.endswith("Still open from Testing: 1 redline to settle.")
    assert path(vague, *steady).suggestion.endswith("Still open from Analysis: the purpose, and 1 thing more.")
    assert path(implemented, *steady).suggestion == "It stands in the week. There is nothing to do but to run it."


def test_other_pages_tell_the_phase_in_one_line() -> None:
    found = path(WHOLE)
    assert found.where == "in the phase Testing"
    assert found.line == ("Phase Testing: Run it with the timer, and note after the run what to change or eliminate.")


def test_weeks_that_lie_apart_are_said_to_be_those_with_a_run() -> None:
    apart = path(WHOLE, 59, *[None] * 20, 90, *[None] * 9, 59, None, 59, 58)
    assert apart.suggestion.endswith("4 of the last 5 weeks with a run were at or under the goal of 1h00.")
    assert apart.standing.startswith("4 of the last 5 weeks with a run at or under")


def test_weeks_that_are_long_gone_are_said_to_be_those_with_a_run() -> None:
    assert path(WHOLE, *STEADY, None).standing.startswith("5 of the last 5 weeks at or under")
    assert path(WHOLE, *STEADY, None, None, None).standing.startswith("5 of the last 5 weeks with a run at or under")


@pytest.mark.parametrize("phase", [Phase.TESTING, Phase.IMPLEMENTED])
def test_what_is_put_off_again_and_again_is_not_moved_on_whatever_its_runs_took(phase: Phase) -> None:
    routine, steady = WHOLE.replaced(phase=phase), (50, 51, 50, 51, 50)
    found = path(routine, *steady, put_off=20)
    said = "It was not done the last 20 times it was due: find out what keeps it from being done."
    assert (found.suggestion, found.move_to) == (said, None)
    assert path(routine, *steady, put_off=2).suggestion == path(routine, *steady).suggestion


def test_of_a_goal_of_the_week_nothing_is_said_before_one_is_over() -> None:
    assert path(WHOLE.replaced(goal_per=GoalPer.WEEK), 5).standing == ""


def test_without_a_goal_nothing_moves_on() -> None:
    assert path(WHOLE.replaced(goal=None), 50, 51, 50, 51, 50).move_to is None


def test_a_week_that_is_not_over_keeps_no_goal_of_the_week() -> None:
    weekly = WHOLE.replaced(goal_per=GoalPer.WEEK)
    assert path(weekly, 90, 59, 59, 90, 59, 5).kept.met == 3
    assert path(WHOLE, 90, 59, 59, 90, 59, 5).kept.met == 4


def test_a_signal_the_wrong_way_leads_back_and_one_the_right_way_does_not() -> None:
    implemented = WHOLE.replaced(phase=Phase.IMPLEMENTED)
    calm = (50, 51, 50, 52, 50, 51, 50, 51, 50, 52, 51, 50)
    assert path(implemented, *calm).move_to is None
    slower = path(implemented, *calm, 75)
    assert slower.move_to is Phase.TESTING
    assert slower.suggestion.startswith("Move back to Testing: over the upper limit, slower than usual")
    assert path(implemented, *calm, 30).move_to is None
    assert path(WHOLE, *calm, 75).move_to is None


def test_names_come_harmless() -> None:
    found = path(BARE.replaced(name="a\x1b[31m", steps=(Step(id="x", title="b\x1b[31m"),)))
    assert "\x1b" not in "".join((found.name, found.suggestion, *(text for one in found.steps for text in one.missing)))
