"""Steps that may well be needless: named first, with what is missing, and nothing is promised."""

from __future__ import annotations

from procroutine.improvement.ground import RoutineGround
from procroutine.improvement.levers.lever import Lever
from procroutine.improvement.review import review_of
from tests.improvement.histories import Played, alone, ground, routine, step


def past(wrong: set[int], more: int = 0) -> RoutineGround:
    """The check is left out in twelve of 24 runs, and in some more."""
    played = [
        Played(
            {"a": 10 + number % 3 / 10, "check": 4 + number % 5 / 10, "b": 1, "c": 2},
            skipped={"check"} if number % 2 or number >= 24 else set(),
            outcome="missed" if number in wrong else "met",
        )
        for number in range(24 + more)
    ]
    systems = {"a": "docs", "check": "shop", "b": "docs", "c": "docs"}
    return ground(routine(*(step(name, system) for name, system in systems.items())), played)


def first(one: RoutineGround) -> Lever:
    return review_of(alone(one)).levers[0]


def test_where_runs_are_too_few_to_be_sure_it_is_said_how_many_more_would_show_it() -> None:
    lever = first(past({7}))
    assert (lever.kind, lever.steps, lever.is_shown, lever.is_likely) == ("eliminate", ("check",), False, True)
    assert lever.sentence == (
        '"Check" was left out in 12 of 24 runs; the output was right in 11 of 12 runs without and in 12 of 12 runs'
        " with, too few to be sure. About 9 more runs without it, right as often, would show it."
    )
    assert [first(past({7, 25}, more)).is_shown for more in (8, 9)] == [False, True]


def test_a_step_left_out_in_a_fifth_is_named_where_the_output_was_right_about_as_often_without() -> None:
    """Six of 24 runs were without it, one of them not right: too few to call it likely that it can go."""
    played = [
        Played(
            {"a": 10, "check": 4 + number % 5 / 10},
            skipped={"check"} if not number % 4 else set(),
            outcome="missed" if number < 3 else "met",
        )
        for number in range(24)
    ]
    (lever,) = (
        one
        for one in review_of(alone(ground(routine(step("a"), step("check")), played))).levers
        if one.steps == ("check",)
    )
    assert (lever.kind, lever.is_likely) == ("eliminate", False)
    assert "right in 5 of 6 runs without and in 16 of 18 runs with, too few to be sure." in lever.sentence


def test_a_step_often_left_out_is_named_where_the_output_was_not_surely_right_less_often() -> None:
    lever = next(one for one in review_of(alone(past({3, 7, 11}))).levers if one.kind == "eliminate")
    assert (lever.steps, lever.is_likely) == (("check",), False)
    assert (
        "the output was right in 9 of 12 runs without and in 12 of 12 runs with, too few to be sure" in lever.sentence
    )


def test_a_step_without_which_the_output_was_surely_right_less_often_is_not_named() -> None:
    lever = first(past({3, 7, 11, 15}))
    assert lever.kind != "eliminate"
    assert not lever.is_likely


def test_a_step_that_goes_on_under_another_id_is_not_likely_needless() -> None:
    """`write` takes the place of `draft` half way, and takes two minutes more."""
    definition = routine(step("write"), step("check"))
    played = [
        Played(
            {"draft": 18 + number % 5 / 10, "write": 20 + number % 5 / 10, "check": 9 + number % 3 / 10}, outcome="met"
        )
        for number in range(52)
    ]
    recorded = ground(routine(step("draft"), step("write"), step("check")), played).runs
    runs = []
    for number, run in enumerate(recorded):
        gone = "write" if number < 26 else "draft"
        active = run.active - (run.time(gone) or run.active)
        steps = {name: part for name, part in run.steps.items() if name != gone}
        runs.append(run.replaced(steps=steps, active=active, order=tuple(one for one in run.order if one != gone)))
    review = review_of(alone(ground(definition, []).replaced(runs=tuple(runs), total_runs=52)))
    assert not [lever for lever in review.levers if lever.is_likely]
