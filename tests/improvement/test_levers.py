"""Each kind of lever on a past made for it, with its figures by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from procroutine.improvement.change import prepare
from procroutine.improvement.ground import Wait
from procroutine.improvement.levers.lever import Lever, Missing
from procroutine.improvement.review import Review, review_of
from procroutine.insight.flow import switches
from procroutine.routine.model import Routine
from procroutine.routine.schedule import parse_schedule
from tests.improvement.histories import Played, alone, ground, minutes, routine, step

HOURS_3 = timedelta(hours=3)


def reviewed(definition: Routine, runs: Sequence[Played], a_week: float = 1.0) -> Review:
    return review_of(alone(ground(definition, runs, a_week)))


def of_kind(review: Review, kind: str) -> list[Lever]:
    return [lever for lever in review.levers if lever.kind == kind]


def gaps(review: Review, kind: str) -> list[Missing]:
    return [one for one in review.missing if one.kind == kind]


def figures(lever: Lever) -> dict[str, str]:
    return {figure.what: figure.words for figure in lever.evidence}


TWO = routine(step("work"), step("check"))


def test_a_step_that_can_go_saves_its_middle_time_as_often_as_it_is_done() -> None:
    """40 runs, 20 without; of the newest 39 it was done in 19. Its times are 4 minutes and some seconds."""
    runs = [
        Played({"work": 10, "check": 4 + number / 100}, skipped={"check"} if number % 2 else set(), outcome="met")
        for number in range(40)
    ]
    (lever,) = of_kind(reviewed(TWO, runs, a_week=2), "eliminate")
    assert lever.saves == pytest.approx(minutes(4.19) * 2 * 19 / 39, rel=0.001)
    assert lever.low is not None
    assert timedelta() < lever.low < lever.saves
    assert lever.sentence == (
        'Drop "Check": the output was right in 20 of 20 runs without it and in 20 of 20 runs with it.'
    )
    assert figures(lever)["left out"] == "20 of 40"
    assert figures(lever)["whole runs with it"] == "14:11"
    assert figures(lever)["whole runs without it"] == "10:00"
    assert figures(lever)["may have come back"] == "0:00"
    assert [(one.kind, one.steps) for one in lever.tries] == [("drop", ("check",))]


def test_what_came_back_in_other_steps_is_taken_off_sure_or_not_and_the_interval_holds_what_may_have() -> None:
    """Without the check the middle of the work is four minutes more, and it varies by ten in either direction."""
    runs = [
        Played(
            {"work": 20 + number % 2 * 2 + 10 * ((number * 7 % 11) / 5 - 1), "check": 9 + number / 100},
            skipped={"check"} if number % 2 else set(),
            outcome="met",
        )
        for number in range(40)
    ]
    (lever,) = of_kind(reviewed(TWO, runs), "eliminate")
    assert "All else took 4:00 longer without it, which is not counted as saved." in lever.sentence
    length = {figure.what: figure.length for figure in lever.evidence}
    middle, most = length["middle time"], length["may have come back"]
    assert middle is not None
    assert most is not None
    a_week = 19 / 39
    assert lever.saves == pytest.approx((middle - minutes(4)) * a_week)
    assert lever.low is not None
    assert lever.high is not None
    assert lever.low < (middle - most) * a_week
    assert lever.high > middle * a_week


def test_a_step_that_the_output_needs_stays() -> None:
    runs = [
        Played(
            {"work": 10, "check": 4},
            skipped={"check"} if number % 2 else set(),
            outcome="met" if number % 4 else "missed",
        )
        for number in range(40)
    ]
    without_met = [
        Played(
            {"work": 10, "check": 4},
            skipped={"check"} if number % 2 else set(),
            outcome="missed" if number % 2 else "met",
        )
        for number in range(40)
    ]
    assert not of_kind(reviewed(TWO, without_met), "eliminate")
    assert of_kind(reviewed(TWO, runs), "eliminate")


def test_a_step_without_which_the_output_was_right_less_often_stays_however_little_less() -> None:
    """Of 104 runs 52 were without it: 7 of those did not get the output right, and all with it did."""
    runs = [
        Played(
            {"work": 10, "check": 4},
            skipped={"check"} if number % 2 else set(),
            outcome="missed" if number % 14 == 1 and number < 98 else "met",
        )
        for number in range(104)
    ]
    assert not of_kind(reviewed(TWO, runs), "eliminate")


def test_a_step_often_left_out_is_named_where_no_outcome_tells() -> None:
    runs = [Played({"work": 10, "check": 4}, skipped={"check"} if number % 2 else set()) for number in range(20)]
    review = reviewed(TWO, runs)
    (lever,) = of_kind(review, "eliminate")
    assert not lever.is_shown
    assert lever.sentence.startswith(
        '"Check" was left out in 10 of 20 runs; none of the runs without says whether the output was right'
    )
    assert lever.at_stake == minutes(2)
    (gap,) = gaps(review, "eliminate")
    assert gap.sentence.startswith("None of the last 20 runs says whether the output was right")


def test_a_step_that_was_added_and_changed_no_outcome_can_go() -> None:
    """20 runs did not have it yet; since then it was always done."""
    runs = [
        Played({"work": 10, "check": 4 + number / 100}, absent={"check"} if number < 20 else set(), outcome="met")
        for number in range(40)
    ]
    lever = reviewed(TWO, runs).best
    assert lever is not None
    assert (lever.kind, lever.steps) == ("eliminate", ("check",))
    assert lever.saves == pytest.approx(minutes(4.295), rel=0.001)
    assert figures(lever)["runs that did not have it"] == "20"
    assert figures(lever)["left out"] == "0 of 20"


def test_a_step_whose_work_had_another_name_before_stays() -> None:
    three = routine(step("work"), step("look"), step("check"))
    runs = [
        Played(
            {"work": 10, "look": 4, "check": 4 + number % 3 / 10},
            absent={"check"} if number < 20 else {"look"},
            outcome="met",
        )
        for number in range(40)
    ]
    assert reviewed(three, runs).best is None


def test_steps_left_out_seldom_are_not_tested() -> None:
    """One of six: it may well be left out just where it is not needed."""
    runs = [
        Played({"work": 10, "check": 4}, skipped=set() if number % 6 else {"check"}, outcome="met")
        for number in range(104)
    ]
    review = reviewed(TWO, runs)
    assert not of_kind(review, "eliminate")
    assert gaps(review, "eliminate")


def test_steps_that_mostly_go_together_are_one_decision() -> None:
    """Both are left out in 20 runs of 40, and the one alone in four more."""
    three = routine(step("work"), step("look"), step("check"))
    runs = [
        Played({"work": 10, "look": 3, "check": 4 + number / 100}, outcome="met", skipped=left)
        for number in range(40)
        for left in ({"look", "check"} if number % 2 else {"look"} if number < 8 else set(),)
    ]
    (lever,) = of_kind(reviewed(three, runs), "eliminate")
    assert lever.steps == ("look", "check")
    assert lever.sentence == (
        'Drop "Look" and "Check": the output was right in 20 of 20 runs without them and in 16 of 16 runs with them.'
    )


def test_all_steps_of_a_person_that_can_go_are_one_lever() -> None:
    owner = routine(
        step("work", person="Ana"),
        step("read", person="Bo"),
        step("sign", person="Bo"),
        step("post", person="Ana"),
        owner="Ana",
    )
    runs = [
        Played(
            {"work": 10, "read": 3 + number / 100, "sign": 3, "post": 1},
            outcome="met",
            skipped={name for name, left in (("read", "012345"), ("sign", "01236")) if str(number % 10) in left},
        )
        for number in range(60)
    ]
    lever = reviewed(owner, runs).best
    assert lever is not None
    assert (lever.kind, lever.person, lever.steps) == ("person", "Bo", ("read", "sign"))
    assert len(of_kind(reviewed(owner, runs), "eliminate")) == 0


def test_a_person_that_is_waited_for_is_named_with_the_delay() -> None:
    owner = routine(step("work", person="Ana"), step("sign", person="Bo"), step("post", person="Ana"), owner="Ana")
    runs = [
        Played({"work": 10, "sign": 2, "post": 1}, waits=[Wait(step="sign", text="Bo", length=HOURS_3)])
        for _ in range(8)
    ]
    (lever,) = of_kind(reviewed(owner, runs), "person")
    assert lever.sentence.startswith("Bo in the loop adds 2m of work, 3h00 of waiting and 2 hand-offs to a run")
    assert (lever.saves, lever.at_stake, lever.lead) == (timedelta(), minutes(2), HOURS_3)


def test_waiting_is_told_by_step_and_saves_no_work() -> None:
    runs = [Played({"work": 10, "check": 4}) for _ in range(8)]
    for number in range(4):
        runs[number].waits.append(Wait(step="check", text="Bo", length=timedelta(hours=number + 1)))
    (lever,) = of_kind(reviewed(TWO, runs, a_week=2), "waiting")
    assert lever.sentence.startswith('4 of 8 runs waited in or after "Check", in the middle 2h30, most often for "Bo"')
    assert (lever.saves, lever.low, lever.lead) == (timedelta(), None, timedelta(hours=10) * 2 / 8)
    assert not of_kind(reviewed(TWO, runs[2:]), "waiting")


def test_an_order_with_fewer_switches_saves_nothing_as_long_as_their_cost_is_not_known() -> None:
    mixed = routine(step("a", "docs"), step("b", "shop"), step("c", "docs"), step("d", "shop"))
    review = reviewed(mixed, [Played({"a": 1, "b": 1, "c": 1, "d": 1})] * 8)
    (lever,) = of_kind(review, "rearrange")
    assert lever.sentence.startswith("In another order the steps need 1 switch between systems, not 3")
    assert (lever.saves, lever.low) == (timedelta(), None)
    assert figures(lever)["switches now"] == "3"
    assert figures(lever)["switches then"] == "1"
    assert [one.kind for one in lever.tries] == ["order"]
    assert gaps(review, "rearrange")[0].sentence.startswith("What a switch costs is not known")


def test_switches_are_counted_as_in_what_if_and_those_before_the_run_save_nothing_in_it() -> None:
    before = [step("a", "shop", prepare=True), step("b", "docs", prepare=True), step("x", "shop", prepare=True)]
    mixed = routine(*before, step("c", "docs"), step("d", "docs"))
    runs = [Played({"c": 1, "d": 4 + number / 1000}) for number in range(12)]
    review = reviewed(mixed, runs)
    (lever,) = of_kind(review, "rearrange")
    assert figures(lever)["switches now"] == str(switches(mixed.steps)) == "3"
    assert (figures(lever)["switches then"], lever.saves) == ("1", timedelta())


def test_an_order_with_fewer_switches_saves_what_they_are_shown_to_cost() -> None:
    """`c` takes 4 minutes after another system and 2 after its own; two switches less."""
    mixed = routine(step("a", "docs"), step("b", "shop"), step("c", "docs"), step("d", "shop"))
    runs = [Played({"a": 1, "b": 1, "c": 4 + number / 1000, "d": 1}) for number in range(12)]
    runs += [Played({"a": 1, "c": 2 + number / 1000, "b": 1, "d": 1}) for number in range(12)]
    lever = reviewed(mixed, runs, a_week=3).best
    assert lever is not None
    assert lever.kind == "rearrange"
    assert lever.saves == pytest.approx(minutes(2) * 2 * 3, rel=0.01)
    assert "A switch costs you 2:00." in lever.sentence
    assert "12 of the newest 24 runs had as few already: what is saved is against the order of the list." in lever.how


def test_small_neighbours_of_one_system_are_offered_as_one_step() -> None:
    four = routine(step("a", "docs"), step("b", "docs"), step("c", "docs"), step("d", "shop"))
    (lever,) = of_kind(reviewed(four, [Played({"a": 1, "b": 2, "c": 9, "d": 1})] * 8), "combine")
    assert (lever.steps, lever.system, lever.at_stake) == (("a", "b"), "docs", minutes(3))
    assert [(one.kind, one.steps) for one in lever.tries] == [("merge", ("a", "b"))]
    assert not lever.is_shown


def test_the_largest_step_that_needs_no_other_could_be_prepared() -> None:
    steps = step("b"), step("a"), step("c", after=("a", "b"))
    three = routine(*steps, schedule=parse_schedule("weekly"))
    review = reviewed(three, [Played({"a": 3, "b": 8, "c": 10})] * 8)
    (lever,) = of_kind(review, "prepare")
    assert (lever.steps, lever.saves, lever.at_stake) == (("b",), timedelta(), minutes(8))
    (lever,) = of_kind(reviewed(routine(*steps), [Played({"a": 3, "b": 8, "c": 10})] * 8), "prepare")
    assert lever.steps == ("a",)  # b is what comes in
    (gap,) = gaps(reviewed(TWO, [Played({"work": 9, "check": 4})] * 8), "prepare")
    assert "No step says what must come before it" in gap.sentence


def test_a_step_that_was_prepared_now_and_then_shows_what_that_saves() -> None:
    may_be = routine(step("work", prepare=True), step("check"))
    runs = [
        Played({"work": 10 + number / 100, "check": 4}, prepared={"work": 10.0} if number % 2 else {})
        for number in range(30)
    ]
    lever = reviewed(may_be, runs).best
    assert lever is not None
    assert (lever.kind, lever.steps) == ("prepare", ("work",))
    assert lever.saves == pytest.approx(minutes(10.14) / 2, rel=0.01)
    assert lever.sentence.endswith("The work stays, before the run.")
    assert lever.tries == (prepare("work"),)


def test_of_a_step_far_over_its_plan_it_is_said_by_how_much_and_nothing_is_promised() -> None:
    """Middle 10 minutes, planned 5; done in every run."""
    planned = routine(step("work", planned=5), step("check", planned=4))
    review = reviewed(planned, [Played({"work": 9 + number * 8 % 21 / 10, "check": 4.5}) for number in range(21)])
    (lever,) = of_kind(review, "planned")
    assert (lever.steps, lever.is_shown, lever.at_stake) == (("work",), False, minutes(5))
    assert figures(lever)["over the plan"] == "5:00"
    assert figures(lever)["times over the plan"] == "21 of 21"
    assert [(one.kind, one.length) for one in lever.tries] == [("set", minutes(5))]


def test_of_a_step_with_no_fixed_way_it_is_said_what_slow_runs_take_over_the_middle_and_nothing_is_promised() -> None:
    runs = [Played({"work": (3, 9, 27)[number % 3], "check": 4 + number % 2 / 10}) for number in range(39)]
    review = reviewed(TWO, runs)
    lever = review.levers[0]
    assert (lever.kind, lever.steps, lever.is_shown, lever.is_likely) == ("steady", ("work",), False, True)
    assert lever.at_stake == pytest.approx(minutes(18) / 3, rel=0.001)
    assert review.best is None
    assert "takes anything from 3:00 to 27:00" in lever.sentence


@pytest.mark.parametrize("case", ["system", "step"])
def test_a_step_that_is_steady_with_each_system_and_with_or_without_another_step_has_a_fixed_way(case: str) -> None:
    runs = [
        Played(
            {"work": (3, 27)[number * 7 % 5 > 2] * (1 + number % 3 / 20), "check": 4},
            systems={"work": ("shop" if number * 7 % 5 > 2 else "desk",)} if case == "system" else {},
            skipped={"check"} if case == "step" and number * 7 % 5 > 2 else set(),
        )
        for number in range(39)
    ]
    assert not of_kind(reviewed(TWO, runs), "steady")
    without_a_case = [Played(played.times) for played in runs]
    assert of_kind(reviewed(TWO, without_a_case), "steady")


def test_the_runs_in_which_a_step_was_prepared_say_nothing_of_what_it_takes() -> None:
    runs = [Played({"work": 6, "check": 4}, prepared={"work": 6} if number % 2 else {}) for number in range(40)]
    assert not of_kind(reviewed(TWO, runs), "steady")
    assert ground(TWO, runs).middle("work") == minutes(6)


def test_a_system_that_got_slower_says_what_all_else_did_meanwhile() -> None:
    runs = [Played({"work": 10 + number / 4, "check": 4 + number % 2 / 10}) for number in range(30)]
    both = routine(step("work", "shop"), step("check", "docs"))
    lever = reviewed(both, runs).best
    assert lever is not None
    assert (lever.kind, lever.system, lever.steps) == ("system", "shop", ("work",))
    # The middle of the newest ten runs is 16:07.5, that of the oldest 11:07.5.
    assert figures(lever)["a run before"] == "11:07"
    assert figures(lever)["a run now"] == "16:07"
    assert figures(lever)["all else now"] == "4:03"
    assert lever.saves == minutes(5)
    assert figures(lever)["middle difference of all pairs"] == "5:00"


@pytest.mark.parametrize(("moved", "saves"), [(5, None), (2, 3)])
def test_what_all_else_takes_less_meanwhile_was_not_lost_to_the_system(moved: float, saves: float | None) -> None:
    """From the middle on 5 minutes more are done with the shop, so many of them work of another step."""
    runs = [
        Played({"work": 10 + 5 * (number >= 15) + number % 3 / 50, "check": 20 - moved * (number >= 15)})
        for number in range(30)
    ]
    both = routine(step("work", "shop"), step("check", "docs"))
    shown = [lever for lever in of_kind(reviewed(both, runs), "system") if lever.is_shown]
    assert [lever.saves for lever in shown] == ([] if saves is None else [minutes(saves)])


def test_the_steps_that_a_system_is_told_by_are_named_where_they_are_not_all() -> None:
    runs = [
        Played({"look": 0.3, "work": 10 + number / 4, "check": 4}, skipped={"look"} if number % 2 else set())
        for number in range(30)
    ]
    three = routine(step("look", "shop"), step("work", "shop"), step("check", "docs"))
    (lever,) = [lever for lever in of_kind(reviewed(three, runs), "system") if lever.is_shown]
    assert lever.sentence.startswith('"Shop" takes 16:07 a run now in "Work", and took 11:07 in the runs before')
    assert lever.how.endswith(' "Look", not done in every run, stands under all else.')


def test_the_work_a_step_had_before_says_nothing_about_its_system() -> None:
    runs = [
        Played({"work": 10 + number / 4, "check": 4}, other_work={"work"} if number < 15 else set())
        for number in range(26)
    ]
    assert not [lever for lever in of_kind(reviewed(TWO, runs), "system") if lever.is_shown]


@pytest.mark.parametrize(("prepared", "others"), [(0, "6:00"), (10, "1:00"), (30, "1:00")])
def test_a_step_that_may_be_prepared_is_time_of_its_system_where_most_runs_held_it(prepared: int, others: str) -> None:
    may_be = routine(step("lay", "shop", prepare=True), step("work", "docs"), step("check", "shop"))
    runs = [
        Played({"lay": 5, "work": 10, "check": 1}, prepared={"lay": 5.0} if number >= 30 - prepared else {})
        for number in range(30)
    ]
    (lever,) = [one for one in of_kind(reviewed(may_be, runs), "system") if not one.is_shown]
    assert (lever.system, figures(lever)["a run"]) == ("docs", "10:00")
    assert figures(lever)["with Shop"] == others


def test_too_few_runs_say_only_that() -> None:
    review = reviewed(TWO, [Played({"work": 10, "check": 4})] * 5)
    assert review.levers == ()
    assert [one.sentence for one in review.missing] == [
        "There are only 5 finished runs; 6 are needed before it can be said what to change."
    ]


def test_a_system_that_likely_got_slower_is_named_without_a_promise() -> None:
    """Of 12 runs the newest six take three minutes more, of times that vary by four."""
    runs = [
        Played({"work": 10 + number % 3 * 2 + 3 * (number >= 6), "check": 5 + number * 5 % 7 / 20})
        for number in range(12)
    ]
    both = routine(step("work", "shop"), step("check", "docs"))
    (lever,) = [one for one in of_kind(reviewed(both, runs), "system") if one.system == "shop"]
    assert (lever.is_shown, lever.is_likely, lever.at_stake) == (False, True, minutes(3))
    assert lever.how.endswith("some would by chance alone, so it is not promised.")
