"""Two systems for one step: which is quicker, and when that is clear."""

from __future__ import annotations

from random import Random

import pytest

from procroutine.improvement.alternatives import StepChoice, choices_answer, choices_of, facts_of
from procroutine.improvement.change import with_systems
from procroutine.improvement.draft import Draft
from procroutine.improvement.ground import Ground
from procroutine.improvement.review import review_of
from procroutine.routine.model import System
from tests.improvement.histories import NOW, Played, alone, ground, minutes, noisy, routine, step
from tests.improvement.telling import claims

SYSTEMS = {
    "a": System(id="a", name="Scheduler"),
    "b": System(id="b", name="Queue"),
    "docs": System(id="docs", name="D"),
}


def compared(*times: tuple[str, float], others: int = 0) -> StepChoice:
    """Compare the systems of a step that took so many minutes with each, one run after the other."""
    enter = step("enter", system="docs", alternatives=("a", "b"))
    played = [Played(times={"enter": length}, systems={"enter": ("docs", system)}) for system, length in times]
    definition = routine(enter, systems=SYSTEMS)
    more = [definition.replaced(id=f"other-{number}") for number in range(others)]
    routines = (ground(definition, played), *(ground(one, played) for one in more))
    return choices_of(Ground(routines=routines, now=NOW), "posts")[0]


def test_a_clear_difference_is_told_with_its_interval() -> None:
    times = [("ab"[number % 2], (4, 7)[number % 2] + number % 3 / 10) for number in range(24)]
    (pair,) = compared(*times).pairs
    assert (pair.quick.system, pair.slow.system, pair.verdict) == ("a", "b", "quicker")
    assert pair.sentence == (
        "Scheduler is 3:00 quicker than Queue, between 2:54 and 3:06, from 12 and 12 runs,"
        " each at the usual tempo of its run"
    )


def test_of_a_system_that_gets_slower_and_slower_its_newest_times_are_compared() -> None:
    """Twenty times each in turns: the one always takes four minutes, the other half a minute more each time from 4:30.

    Its newest eight are 10:30 to 14:00.
    """
    (pair,) = compared(*[("ab"[number % 2], 4 + (number + 1) / 4 * (number % 2)) for number in range(40)]).pairs
    assert pair.saved == minutes(8.25)
    assert pair.sentence.startswith("Scheduler is 8:15 quicker than Queue, between 7:00 and 9:30, from 20 and 8 runs")


def test_a_system_that_came_after_the_other_is_not_called_quicker() -> None:
    (pair,) = compared(*[("a", 8.0 + n % 3) for n in range(12)], *[("b", 4.0 + n % 3) for n in range(12)]).pairs
    assert (pair.quick.system, pair.verdict) == ("b", "not clear yet")
    assert pair.sentence == (
        "Queue or Scheduler: Queue was used only after Scheduler, from 12 and 12 runs, so that practice may be all of"
        " the difference; let them take turns"
    )


@pytest.mark.parametrize(("with_b", "verdict"), [(1.0, "not clear yet"), (0.7, "quicker")])
def test_what_made_the_step_shorter_with_either_is_no_merit_of_the_one_used_mostly_since(
    with_b: float, verdict: str
) -> None:
    """Ten minutes, from the middle on seven; first mostly `a`, then mostly `b`, one run in five the other way round."""
    random, times = Random(3), []
    for number in range(52):
        used = "ab"[(number >= 26) != (number % 5 == 0)]
        times.append((used, (7 if number >= 26 else 10) * (with_b if used == "b" else 1) * random.uniform(0.93, 1.07)))
    (pair,) = compared(*times).pairs
    assert (pair.verdict, pair.quick.system) == (verdict, "b")
    if verdict != "quicker":
        assert pair.sentence.endswith("Queue was mostly used when the step took less with either; let them take turns")


def test_a_system_that_came_after_the_other_and_is_slower_all_the_same_is_called_slower() -> None:
    (pair,) = compared(*[("a", 4.0 + n % 3) for n in range(12)], *[("b", 8.0 + n % 3) for n in range(12)]).pairs
    assert (pair.quick.system, pair.verdict) == ("a", "quicker")


def test_the_quicker_of_two_that_take_turns_can_be_tried_though_the_step_names_it_as_its_own() -> None:
    enter = step("enter", system="a", alternatives=("a", "b"))
    played = [
        Played(times={"enter": (4, 7)[number % 2] + number % 3 / 10}, systems={"enter": ("ab"[number % 2],)})
        for number in range(24)
    ]
    (lever,) = claims(review_of(alone(ground(routine(enter, systems=SYSTEMS), played))))
    assert lever.tries == (with_systems("enter", "a"),)
    assert Draft.of(routine(enter, systems=SYSTEMS), lever.tries).steps[0].step.alternatives == ()


def test_nothing_is_promised_of_a_quicker_system_with_which_the_output_was_right_less_often() -> None:
    """Times 4 and 7 minutes in turns; right in half of the runs with the one and in all with the other."""
    enter = step("enter", system="a", alternatives=("a", "b"))
    played = [
        Played(
            times={"enter": (4, 7)[number % 2] + number % 3 / 10},
            systems={"enter": ("ab"[number % 2],)},
            outcome="missed" if number % 4 == 0 else "met",
        )
        for number in range(40)
    ]
    one = alone(ground(routine(enter, systems=SYSTEMS), played))
    review = review_of(one)
    assert claims(review) == []
    (lever,) = [lever for lever in review.levers if lever.kind == "system"]
    assert 'right in 10 of 20 runs with "Scheduler" and in 20 of 20 else, hardly chance' in lever.sentence
    ((pair,),) = (choice.pairs for choice in choices_of(one))
    assert (pair.verdict, pair.quick.system) == ("quicker", "a")
    assert pair.sentence.endswith("; but the output was right in 10 of 20 runs with it and in 20 of 20 runs with Queue")


def test_a_system_that_is_quicker_than_two_others_saves_what_is_saved_on_both() -> None:
    """4, 7 and 10 minutes, each in a third of the runs: 3 minutes of one and 6 of the other."""
    enter = step("enter", system="a", alternatives=("a", "b", "docs"))
    played = [
        Played(
            times={"enter": (4, 7, 10)[number % 3] + number % 4 / 10},
            systems={"enter": (("a", "b", "docs")[number % 3],)},
        )
        for number in range(60)
    ]
    (lever,) = claims(review_of(alone(ground(routine(enter, systems=SYSTEMS), played))))
    assert lever.tries == (with_systems("enter", "a"),)
    assert lever.saves == minutes(3) * 3 / 8 + minutes(6) * 3 / 8
    assert lever.low is not None
    assert lever.low > minutes(3)


@pytest.mark.parametrize(("a", "b"), [(2, 20), (0, 3), (0, 0), (20, 2)])
def test_fewer_than_three_runs_of_one_tell_nothing(a: int, b: int) -> None:
    (pair,) = compared(*[("a", 4.0)] * a, *[("b", 9.0)] * b).pairs
    assert pair.verdict == "too few runs"
    assert pair.sentence.endswith("3 of each are needed")
    assert (pair.low, pair.high) == (None, None)


def test_three_runs_of_each_are_not_enough_to_be_sure_however_far_they_are_apart() -> None:
    (pair,) = compared(*[("a", 4.0), ("b", 40.0)] * 3).pairs
    assert pair.verdict == "not clear yet"
    assert pair.sentence == "Scheduler or Queue: not clear yet which is quicker, from 3 and 3 runs"


def test_fewer_runs_than_a_review_needs_tell_nothing_though_others_share_no_chance() -> None:
    (pair,) = compared(*[("a", 4.0), ("b", 40.0)] * 2, ("a", 4.0)).pairs
    assert pair.verdict == "too few runs"
    few = [Played(times={"enter": 4.0 + 36 * (n % 2)}, systems={"enter": ("ab"[n % 2],)}) for n in range(40)]
    enter = step("enter", system="docs", alternatives=("a", "b"))
    with_few = ground(routine(enter, systems=SYSTEMS), few)
    abandoned = tuple(run.replaced(finished=number < 5) for number, run in enumerate(with_few.runs))
    (choice,) = choices_of(alone(with_few.replaced(runs=abandoned)))
    assert [one.verdict for one in choice.pairs] == ["not clear yet"]


def test_a_system_is_called_quicker_where_the_review_claims_that_it_saves_time_and_only_there() -> None:
    random = Random(20)
    enter = step("enter", system="docs", alternatives=("a", "b"))
    definition = routine(enter, step("write"), step("post"), systems=SYSTEMS)
    verdicts = set()
    for _ in range(60):
        slower, quick = random.choice((1, 1.3, 1.6)), random.choice("ab")
        runs = []
        for number in range(random.choice((9, 16, 30))):
            used = "ab"[number % 2]
            times = noisy(random, {"write": 9, "enter": 5 * (1 if used == quick else slower), "post": 6}, 0.15)
            runs.append(Played(times, systems={"enter": ("docs", used)}))
        one = alone(ground(definition, runs))
        ((pair,),) = (choice.pairs for choice in choices_of(one))
        claimed = [lever for lever in claims(review_of(one)) if lever.kind == "system" and lever.tries]
        assert (pair.verdict == "quicker") == bool(claimed)
        for lever in claimed:
            assert (lever.system, lever.tries[0].texts) == (pair.slow.system, ("docs", pair.quick.system))
            assert lever.saves == (pair.saved or minutes(0)) / 2
        verdicts.add(pair.verdict)
    assert verdicts == {"quicker", "not clear yet"}


def test_what_is_said_of_one_is_more_careful_where_more_are_compared() -> None:
    times = [("ab"[number % 2], (4, 4.5)[number % 2] + number * 7 % 5 / 4) for number in range(40)]
    alone_, among = compared(*times).pairs[0], compared(*times, others=30).pairs[0]
    assert among.low is not None
    assert alone_.low is not None
    assert among.low <= alone_.low


def test_noise_is_called_a_difference_in_at_most_five_percent_of_histories() -> None:
    random = Random(20261122)
    claims = 0
    for _ in range(400):
        count = random.choice((8, 12, 20, 40))
        times = [(random.choice("ab"), random.lognormvariate(1.5, 0.3)) for _ in range(count)]
        claims += compared(*times).pairs[0].verdict == "quicker"
    assert claims <= 20


def test_a_real_difference_of_a_third_is_found_most_often_within_forty_runs() -> None:
    random = Random(7)
    found = 0
    for _ in range(100):
        times = [(system, random.lognormvariate(1.5, 0.3) * (1.5 if system == "b" else 1)) for system in "ab" * 20]
        (pair,) = compared(*times).pairs
        found += pair.verdict == "quicker" and pair.quick.system == "a"
    assert found >= 80


def test_runs_in_which_both_or_none_or_other_work_was_done_tell_nothing() -> None:
    enter = step("enter", system="docs", alternatives=("a", "b"))
    systems = (("docs",), ("a", "b"), ("a",), ("docs", "b"))
    played = [Played(times={"enter": 5}, systems={"enter": one}) for one in systems]
    played += [Played(times={"enter": 5}, systems={"enter": ("a",)}, other_work={"enter"})]
    played += [Played(times={"enter": 5}, systems={"enter": ("a",)}, skipped={"enter"})]
    (choice,) = choices_of(alone(ground(routine(enter, systems=SYSTEMS), played)))
    assert [len(one.times) for one in choice.systems] == [1, 1]
    assert facts_of(choice) == "Scheduler 1 time, middle 5:00 · Queue 1 time, middle 5:00"


def test_steps_without_a_choice_are_not_compared() -> None:
    assert choices_of(alone(ground(routine(step("write"), step("one", alternatives=("a",))), []))) == ()


def test_of_three_systems_each_two_are_compared_the_clear_ones_first() -> None:
    enter = step("enter", system="docs", alternatives=("a", "b", "docs"))
    played = [
        Played(times={"enter": length + number % 4 / 10}, systems={"enter": (system,)})
        for number in range(12)
        for system, length in (("a", 4), ("b", 9))
    ]
    (choice,) = choices_of(alone(ground(routine(enter, systems=SYSTEMS), played)))
    assert [pair.verdict for pair in choice.pairs] == ["quicker", "too few runs", "too few runs"]
    assert facts_of(choice).endswith("D never")


def test_the_answer_holds_what_is_said() -> None:
    times = [("ab"[number % 2], (4, 7)[number % 2] + number % 3 / 10) for number in range(24)]
    (answer,) = choices_answer([compared(*times)])
    assert [(one["id"], one["runs"]) for one in answer["systems"]] == [("a", 12), ("b", 12)]
    (pair,) = answer["comparisons"]
    assert (pair["system"], pair["other"], pair["verdict"], pair["saved_seconds"]) == ("a", "b", "quicker", 180)
    assert 0 < pair["saved_low_seconds"] < 180 < pair["saved_high_seconds"]
