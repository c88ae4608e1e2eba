"""What is no saving to come: what was changed already, what practice brought, and what the output may well need."""

from __future__ import annotations

from datetime import timedelta
from math import exp
from random import Random

import pytest

from procroutine.improvement.alternatives import choices_of, facts_of
from procroutine.improvement.ground import RoutineGround, Wait
from procroutine.improvement.levers.lever import Lever
from procroutine.improvement.review import Review, review_of
from procroutine.improvement.review_answer import review_answer
from tests.improvement.histories import Played, alone, ground, minutes, routine, step
from tests.improvement.stories import plain, posts


def reviewed(past: RoutineGround) -> Review:
    return review_of(alone(past))


def of_kind(past: RoutineGround, kind: str) -> list[Lever]:
    return [lever for lever in reviewed(past).levers if lever.kind == kind]


def practising(count: int) -> list[Played]:
    runs = plain(Random(3), count, 0.08)
    for number, played in enumerate(runs):
        played.times = {name: time * (1 + exp(-0.08 * number)) for name, time in played.times.items()}
    return runs


@pytest.mark.parametrize("prepared", [range(18, 39), range(18, 39, 2)])
def test_what_practice_brought_is_no_merit_of_a_step_that_was_prepared_since(prepared: range) -> None:
    """It takes two minutes; the runs in which it was prepared were shorter by twenty."""
    runs = practising(39)
    for number in prepared:
        runs[number].prepared["note"] = 2.0
    shown = [lever for lever in of_kind(ground(posts(), runs), "prepare") if lever.is_shown]
    if prepared.step == 1:
        assert shown == []  # it is always prepared now
    assert all(lever.high is not None and lever.high < minutes(3) for lever in shown)


def test_a_step_that_comes_back_in_others_saves_nothing_where_it_is_prepared() -> None:
    both = routine(step("work", prepare=True), step("check"))
    runs = [
        Played({"work": 10, "check": 14 if number % 2 else 4}, prepared={"work": 10.0} if number % 2 else {})
        for number in range(30)
    ]
    assert not [lever for lever in of_kind(ground(both, runs), "prepare") if lever.is_shown]


@pytest.mark.parametrize(("spread", "shown"), [(10, True), (22, False)])
def test_that_all_else_took_no_longer_has_to_hold_by_the_chance_that_the_claim_has(spread: int, shown: bool) -> None:
    """All else takes 20 minutes and up to so much more, alike on both sides: at 95 % less than 6 longer, else 9."""
    both = routine(step("work", prepare=True), step("check"))
    runs = [
        Played(
            {"work": 10, "check": 20 + spread * (number * 7 % 15) / 15}, prepared={"work": 10.0} if number % 2 else {}
        )
        for number in range(30)
    ]
    assert [lever.is_shown for lever in of_kind(ground(both, runs), "prepare")] == [True] * shown


def test_another_system_that_is_used_since_long_is_no_change_to_make() -> None:
    runs = plain(Random(2), 39)
    for number, played in enumerate(runs):
        played.systems["enter"] = ("queue",) if number >= 20 else ("shop",)
        played.times["enter"] *= 0.5 if number >= 20 else 1
    past = ground(posts(), runs)
    assert not [lever for lever in of_kind(past, "system") if lever.steps == ("enter",)]
    runs[-2].systems["enter"], runs[-2].times["enter"] = ("shop",), 9
    assert not [lever for lever in of_kind(ground(posts(), runs), "system") if lever.steps == ("enter",)]


def test_another_system_saves_only_in_the_runs_that_are_done_without_it_now() -> None:
    """One is used mostly since a day, but each sixth run has the other, before as since: two of the newest eight."""
    runs = plain(Random(2), 39)
    for number, played in enumerate(runs):
        is_queue = (number >= 20) != (number % 6 == 1)
        played.systems["enter"] = ("queue",) if is_queue else ("shop",)
        played.times["enter"] *= 0.5 if is_queue else 1
    (lever,) = [lever for lever in of_kind(ground(posts(), runs), "system") if lever.steps == ("enter",)]
    assert minutes(4) * 2 / 8 < lever.saves < minutes(5) * 2 / 8


def test_what_the_file_says_already_is_no_change_to_try() -> None:
    runs = plain(Random(2), 39)
    for number, played in enumerate(runs):
        played.systems["enter"] = ("queue",) if number % 2 else ("shop",)
        played.times["enter"] *= 2 if number % 2 else 1
    (lever,) = [lever for lever in of_kind(ground(posts(), runs), "system") if lever.steps == ("enter",)]
    assert lever.sentence.startswith('Do "Enter" with "Shop"')
    assert lever.tries == ()


def test_of_the_largest_system_it_is_said_that_its_steps_were_done_with_others_too() -> None:
    runs = plain(Random(4), 39)
    for number, played in enumerate(runs):
        played.systems["write"] = ("queue",) if number % 2 else ("docs",)
    (lever,) = of_kind(ground(posts(), runs), "system")
    assert lever.how.endswith("done with no other often enough, or with no difference that is more than chance.")


def test_a_person_without_whom_the_output_was_less_often_right_is_not_to_be_left_out() -> None:
    runs = plain(Random(1), 52)
    for number, played in enumerate(runs):
        played.outcome = "met"
        if number % 4 == 0:
            played.skipped.add("check")
            played.outcome = "missed" if number % 8 == 0 else "met"
        else:
            played.waits.append(Wait(step="check", text="Bo", length=minutes(60)))
    past = ground(posts(check="Bo"), runs)
    (lever,) = of_kind(past, "person")
    assert lever.sentence.endswith(
        "the output was right in 6 of 13 runs without and in 39 of 39 runs with. Ask for it earlier, or check"
        " afterwards."
    )
    for played in runs:
        played.outcome = None if played.skipped else "met"
    (lever,) = of_kind(ground(posts(check="Bo"), runs), "person")
    assert "no run without says whether the output is right without. Leave it out every other time" in lever.sentence


def test_steps_between_which_there_is_a_wait_or_another_choice_stay_two() -> None:
    def combined(wait: timedelta | None = None, alternatives: tuple[str, ...] = ()) -> list[Lever]:
        first = step("draft", "mail", wait=wait, alternatives=alternatives)
        runs = [Played({"draft": 1, "send": 1})] * 8
        return of_kind(ground(routine(first, step("send", "mail")), runs), "combine")

    assert combined()
    assert not combined(wait=timedelta(days=1))
    assert not combined(alternatives=("mail", "post"))


@pytest.mark.parametrize("names", ["a", "ab"])
def test_nobody_is_told_to_drop_all_there_is(names: str) -> None:
    runs = [
        Played(dict.fromkeys(names, 5 + number / 100), skipped=set(names) if number % 2 else set(), outcome="met")
        for number in range(40)
    ]
    assert not of_kind(ground(routine(*(step(name) for name in names)), runs), "eliminate")


def test_a_revision_that_was_given_up_again_is_not_praised() -> None:
    runs = plain(Random(5), 60)
    for number, played in enumerate(runs):
        played.revision = 2 if 15 <= number < 30 else 1
        if played.revision == 2:
            played.times["write"] *= 0.4
    assert reviewed(ground(posts(), runs[:30])).gains[0].revision == 2
    assert not [gain for gain in reviewed(ground(posts(), runs)).gains if gain.revision is not None]


@pytest.mark.parametrize("first", [8, 10, 20])
def test_what_practice_brought_is_no_merit_of_a_revision(first: int) -> None:
    runs = practising(30)
    for number, played in enumerate(runs):
        played.revision = 1 if number < first else 2
    assert reviewed(ground(posts(), runs)).gains == ()


def test_a_system_that_took_no_time_was_used_all_the_same() -> None:
    enter = routine(step("enter", alternatives=("desk", "queue")), step("send"))
    (choice,) = choices_of(alone(ground(enter, [Played({"enter": 0, "send": 1})] * 5)))
    assert facts_of(choice) == "Desk 5 times, middle 0:00 · queue never"


def test_a_run_of_one_system_alone_does_not_keep_it_from_being_held_against_all_else() -> None:
    """Everything takes longer from week to week; in one run nothing but the system was used."""
    both = routine(step("work", "shop"), step("check", "docs"))
    runs = [Played({"work": 10 + number / 4, "check": 10 + number / 4}) for number in range(30)]
    runs[29].skipped = {"check"}
    assert not [lever for lever in of_kind(ground(both, runs), "system") if lever.is_shown]


@pytest.mark.parametrize(("comes_back", "counted"), [(0.0, 5.0), (2.0, 3.0), (5.2, None)])
def test_what_comes_back_in_the_next_step_is_not_saved(comes_back: float, counted: float | None) -> None:
    """A step of five minutes is left out every other time; the next one then takes so much longer."""
    random, runs = Random(3), []
    for number in range(60):
        times = {name: 4.7 + random.random() * 0.6 for name in "abcd"}
        times["c"] += comes_back * (number % 2)
        runs.append(Played(times, skipped={"b"} if number % 2 else set(), outcome="met"))
    (lever,) = of_kind(ground(routine(*map(step, "abcd")), runs), "eliminate")
    each = lever.saves / (19 / 39)  # of the newest 39 it was done in 19
    if counted is None:
        assert not lever.is_shown
        assert "longer without, so the work may only move there" in lever.sentence
        return
    assert lever.low is not None
    assert lever.high is not None
    assert lever.low / (19 / 39) <= minutes(counted) <= lever.high / (19 / 39)
    assert abs(each - minutes(counted)) < minutes(0.25)
    assert ("longer without it, which is not counted as saved" in lever.sentence) is bool(comes_back)


def test_work_that_another_step_takes_over_is_not_saved_however_much_all_runs_vary() -> None:
    """Without the check the small step takes as much more; a day slows whole runs by up to half."""
    runs = [
        Played(
            {"work": 40 * day, "write": 30 * day, "look": (2 + 4 * (number % 2)) * day, "check": 4 * day},
            outcome="met",
            skipped={"check"} if number % 2 else set(),
        )
        for number in range(40)
        for day in (1 + number * 7 % 11 / 20,)
    ]
    four = routine(*map(step, ("work", "write", "look", "check")))
    assert reviewed(ground(four, runs)).best is None
    for number, played in enumerate(runs):
        played.times["look"] /= 3 if number % 2 else 1
    assert reviewed(ground(four, runs)).best is not None


@pytest.mark.parametrize(("right_without", "earns"), [(19, True), (28, False)])
def test_what_the_output_is_shown_to_need_earns_its_time(right_without: int, earns: bool) -> None:
    """Thirty runs with the approval, of which 29 are right, and thirty without."""
    runs = []
    for number in range(60):
        right = number // 2 < (right_without if number % 2 else 29)
        skipped = {"sign"} if number % 2 else set()
        runs.append(Played({"work": 10, "sign": 5}, skipped=skipped, outcome="met" if right else "missed"))
    past = ground(routine(step("work", person="Ana"), step("sign", person="Bo"), owner="Ana"), runs)
    review = reviewed(past)
    assert [one.steps for one in review.earned] == ([("sign",)] if earns else [])
    assert not earns or review.earned[0].sentence == (
        'Keep "Sign": the output was right in 29 of 30 runs with it and in 19 of 30 runs without, surely more often'
        " (Fisher's exact test)."
    )
    assert not earns or not [lever for lever in review.levers if lever.kind == "eliminate" and lever.is_shown]
    assert review_answer(review)["earns"] == (
        [{"routine": "posts", "steps": ["sign"], "person": "Bo", "sentence": review.earned[0].sentence}]
        if earns
        else []
    )
