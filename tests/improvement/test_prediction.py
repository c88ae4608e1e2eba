from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.improvement import change
from procroutine.improvement.basis import Basis, Done
from procroutine.improvement.change import Change
from procroutine.improvement.draft import Draft
from procroutine.improvement.lead import Beside
from procroutine.improvement.prediction import Prediction, predict
from procroutine.improvement.turns import Turn
from procroutine.improvement.work import work_of
from procroutine.insight.odds import StepTimes, odds
from procroutine.insight.run_odds import NoOdds
from procroutine.routine.model import Routine, Step, System

MINUTE = timedelta(minutes=1)
ZERO = timedelta()
NAMES = "abcd"
ROUTINE = Routine(
    id="r",
    name="R",
    steps=tuple(
        Step(id=name, title=name.upper(), systems=(system,), person=person, planned=9 * MINUTE)
        for name, system, person in zip(NAMES, ("x", "y", "x", "y"), ("Ana", "Ana", "Bo", "Ana"), strict=True)
    ),
    goal=40 * MINUTE,
)
TIMES = {name: tuple((10 + place + run % 3) * MINUTE for run in range(9)) for place, name in enumerate(NAMES)}
BESIDE = tuple(Beside(60 * MINUTE, {"b": 45 * MINUTE}) for _ in range(9))
BASIS = Basis(times=TIMES, goal=ROUTINE.goal, no_odds=None, beside=BESIDE)


def predicted(*changes: Change, basis: Basis = BASIS) -> Prediction:
    return predict(Draft.of(ROUTINE, changes), basis)


def test_what_is_now_is_what_targets_draw() -> None:
    now = predicted().now
    drawn = odds(
        ZERO, [StepTimes(id=one.id, times=TIMES[one.id], planned=one.planned) for one in ROUTINE.steps], ROUTINE.goal
    )
    assert (now.total, now.chance, now.total_from) == (drawn.middle, drawn.chance, "draws")
    assert (now.switches, now.hand_offs, now.order) == (3, 2, tuple(NAMES))
    assert now.lead == drawn.middle + 60 * MINUTE


def test_without_changes_nothing_is_predicted_to_change() -> None:
    assert predicted().now == predicted().then


@pytest.mark.parametrize("gone", [change.drop("b"), change.prepare("b")])
def test_a_step_that_leaves_the_hour_takes_its_times_and_waits_with_it(gone: Change) -> None:
    found = predicted(gone)
    assert found.now.total is not None
    assert found.then.total is not None
    assert found.then.lead is not None
    assert 10 * MINUTE < found.now.total - found.then.total < 14 * MINUTE
    assert found.then.lead - found.then.total == 15 * MINUTE
    assert found.then.chance is not None
    assert found.now.chance is not None
    assert found.then.chance > found.now.chance


def runs_half_without_approval(*lengths: int) -> Basis:
    """The two steps a and b; every other run leaves `b` out, and waits for nothing."""
    waits = [Beside(length * MINUTE, {"b": length * MINUTE} if length else {}) for length in lengths]
    runs = [one if one.waits else Beside(one.length, {}, frozenset("b")) for one in waits]
    return Basis(dict.fromkeys(NAMES, (10 * MINUTE,) * 9), ROUTINE.goal, None, tuple(runs))


@pytest.mark.parametrize("lengths", [(120, 0, 118, 0, 122, 0), (0, 120, 0, 118, 0, 122)])
def test_a_wait_goes_with_its_step_which_half_of_the_runs_leave_out(lengths: tuple[int, ...]) -> None:
    found = predicted(change.drop("b"), basis=runs_half_without_approval(*lengths))
    assert (found.now.lead, found.then.lead) == (160 * MINUTE, 30 * MINUTE)
    assert predicted(change.drop("c"), basis=runs_half_without_approval(*lengths)).then.lead == 150 * MINUTE


def test_a_wait_at_a_step_that_is_gone_since_is_none_of_now() -> None:
    basis = Basis(TIMES, ROUTINE.goal, None, (Beside(50 * MINUTE, {"old": 45 * MINUTE}, frozenset()),))
    now = predicted(basis=basis).now
    assert now.lead is not None
    assert now.total is not None
    assert now.lead - now.total == 5 * MINUTE


@pytest.mark.parametrize("more", [(), (change.drop("b"),)])
def test_another_person_brings_the_waits_the_runs_had_with_them_behind_the_step_before_too(more: tuple[Change]) -> None:
    with_cy = tuple(Done(12 * MINUTE, frozenset("x"), "Cy", {"b": 40 * MINUTE, "d": MINUTE}) for _ in range(3))
    alone = tuple(Beside(2 * MINUTE, {"b": MINUTE}) for _ in range(6))
    basis = Basis(dict.fromkeys(NAMES, (10 * MINUTE,) * 9), ROUTINE.goal, None, alone, done={"c": with_cy})
    found = predicted(change.with_person("c", "Cy"), *more, basis=basis)
    assert found.then.total is not None
    assert found.then.lead == found.then.total + 41 * MINUTE
    assert "'C' was done by Cy 3 times: these times are taken, and their waits" in found.remarks


def test_a_prepared_step_still_counts_in_switches_and_order() -> None:
    then = predicted(change.prepare("a")).then
    assert (then.switches, then.order) == (3, tuple(NAMES))


@pytest.mark.parametrize(
    "same",
    [change.merge("a", "b"), change.split("c", "One", "Two"), change.move("b", "c"), change.with_person("a", "Bo")],
)
def test_what_nobody_ever_timed_changes_no_time(same: Change) -> None:
    found = predicted(same)
    assert (found.then.total, found.then.chance) == (found.now.total, found.now.chance)


def test_what_is_cut_and_made_one_again_takes_what_it_took() -> None:
    found = predicted(change.split("c", "One", "Two"), change.merge("one", "two"))
    assert (found.then.total, found.then.chance, found.then.lead) == (found.now.total, found.now.chance, found.now.lead)


def test_of_steps_never_done_as_they_are_it_is_said_that_their_plan_counts() -> None:
    times = {name: TIMES[name] for name in "abd"}
    assert predicted(basis=Basis(times, None, None)).remarks == (
        "'C' was never done as now: what is planned counts, and no waits",
    )
    assert not predicted(basis=Basis({}, None, None)).remarks
    assert not predicted(change.drop("c"), basis=Basis(times, None, None, switch_cost=MINUTE)).remarks


def test_what_runs_took_without_a_dropped_step_is_told_with_how_many_kept_the_goal() -> None:
    runs = tuple(Beside(ZERO, {}, frozenset("b"), active=length * MINUTE) for length in (39, 40, 41))
    found = predicted(change.drop("b"), basis=Basis(TIMES, ROUTINE.goal, None, (*BESIDE, *runs), switch_cost=MINUTE))
    told = "3 of your newest 12 runs did all but 'B': in the middle these took 40:00, 2 of them within 40m"
    assert told in found.remarks


def test_a_part_of_a_split_step_that_is_dropped_takes_its_share_with_it() -> None:
    found = predicted(change.split("c", "One", "Two"), change.drop("two"))
    assert found.now.total is not None
    assert found.then.total is not None
    assert 5 * MINUTE < found.now.total - found.then.total < 8 * MINUTE


def test_a_planned_time_that_was_set_is_what_the_step_takes() -> None:
    basis = Basis(times=dict.fromkeys(NAMES, (10 * MINUTE,) * 9), goal=ROUTINE.goal, no_odds=None)
    found = predicted(change.plan("a", 4 * MINUTE), basis=basis)
    assert (found.now.total, found.then.total) == (40 * MINUTE, 34 * MINUTE)
    assert "'A' is taken to need just its planned time" in found.remarks


def test_fewer_switches_change_time_only_where_their_cost_is_known() -> None:
    moved = change.move("b", "c")
    unknown, known = predicted(moved), predicted(moved, basis=Basis(TIMES, ROUTINE.goal, None, BESIDE, MINUTE))
    assert (unknown.now.switches, unknown.then.switches) == (3, 1)
    assert unknown.then.total == unknown.now.total
    assert "what a switch costs you is not known, so fewer switches change no time here" in unknown.remarks
    assert known.now.total is not None
    assert known.then.total == known.now.total - 2 * MINUTE
    assert not known.remarks


def test_without_odds_the_reason_is_given_and_usual_times_are_added_up() -> None:
    found = predicted(change.drop("d"), basis=Basis(TIMES, ROUTINE.goal, NoOdds("no odds yet: 3 of 5 runs"))).then
    assert (found.chance, found.no_odds, found.total_from) == (None, "no odds yet: 3 of 5 runs", "usual")
    assert found.total == 11 * MINUTE + 12 * MINUTE + 13 * MINUTE


def test_a_routine_never_run_is_predicted_from_its_planned_times() -> None:
    basis = Basis({}, ROUTINE.goal, NoOdds("no odds yet: 0 of 5 runs"))
    found = predicted(change.drop("a"), basis=basis)
    assert (found.now.total, found.then.total, found.then.total_from) == (36 * MINUTE, 27 * MINUTE, "planned")
    assert found.then.only_planned == ("b", "c", "d")


def test_nothing_known_gives_no_total() -> None:
    bare = ROUTINE.replaced(steps=tuple(one.replaced(planned=None) for one in ROUTINE.steps), goal=None)
    then = predict(Draft.of(bare, [change.drop("a")]), Basis({}, None, None)).then
    assert (then.total, then.total_from, then.lead) == (None, None, None)


def test_without_runs_the_lead_is_what_the_steps_name_as_waits() -> None:
    waiting = ROUTINE.replaced(steps=tuple(one.replaced(wait=60 * MINUTE) for one in ROUTINE.steps))
    found = predict(Draft.of(waiting, [change.drop("a")]), Basis({}, None, None))
    assert (found.now.lead, found.then.lead) == (276 * MINUTE, 207 * MINUTE)


@given(st.lists(st.sampled_from(NAMES), unique=True, max_size=3))
@settings(max_examples=6, deadline=None)
def test_each_step_dropped_lowers_the_total(names: list[str]) -> None:
    totals = [predicted(*map(change.drop, names[:count])).then.total or ZERO for count in range(len(names) + 1)]
    assert totals == sorted(set(totals), reverse=True)


def test_done_with_another_system_a_step_takes_what_it_took_with_it() -> None:
    quick = tuple(Done(5 * MINUTE, frozenset({"z"}), "Ana") for _ in range(3))
    basis = Basis(dict.fromkeys(NAMES, (10 * MINUTE,) * 9), ROUTINE.goal, None, done={"a": quick})
    found = predicted(change.with_systems("a", "z"), basis=basis)
    assert (found.now.total, found.then.total) == (40 * MINUTE, 35 * MINUTE)
    assert "'A' was done with z 3 times: these times are taken" in found.remarks
    named = ROUTINE.replaced(systems={"z": System(id="z", name="Zeppelin")})
    said = predict(Draft.of(named, [change.with_systems("a", "z")]), basis).remarks
    assert "'A' was done with Zeppelin 3 times: these times are taken" in said
    other = predicted(change.with_systems("a", "z"), change.with_person("a", "Bo"), basis=basis)
    assert other.then.total == 40 * MINUTE
    assert "'A' keeps its times: it was never timed when done with z by Bo" in other.remarks


@pytest.mark.parametrize(
    "changes",
    [
        (change.with_systems("b", "x"), change.merge("a", "b")),
        (change.merge("a", "b"), change.with_systems("a", "x")),
    ],
)
def test_a_step_done_with_another_system_is_so_in_one_made_of_several_too(changes: tuple[Change, ...]) -> None:
    quick = tuple(Done(5 * MINUTE, frozenset({"x"}), "Ana") for _ in range(3))
    basis = Basis(dict.fromkeys(NAMES, (10 * MINUTE,) * 9), ROUTINE.goal, None, done={"b": quick})
    draft = Draft.of(ROUTINE, changes)
    found = predict(draft, basis)
    assert (found.then.total, found.then.switches) == (35 * MINUTE, 1)
    assert work_of(draft, TIMES, {}).more_switches == -2
    assert "'B' was done with x 3 times: these times are taken" in found.remarks


@pytest.mark.parametrize(
    "changes",
    [
        (change.with_person("a", "Bo"), change.merge("a", "b")),
        (change.merge("a", "b"), change.with_person("a", "Bo")),
    ],
)
def test_who_does_one_made_of_several_does_all_of_it(changes: tuple[Change, ...]) -> None:
    slow = tuple(Done(15 * MINUTE, frozenset({"x"}), "Bo") for _ in range(3))
    basis = Basis(dict.fromkeys(NAMES, (10 * MINUTE,) * 9), ROUTINE.goal, None, done={"a": slow})
    found = predicted(*changes, basis=basis)
    assert found.then.total == 45 * MINUTE
    assert "'A' was done by Bo 3 times: these times are taken" in found.remarks
    assert "'B' keeps its times: it was never timed when done by Bo" in found.remarks


def test_parts_of_a_step_that_would_be_done_in_two_ways_keep_its_times() -> None:
    quick = tuple(Done(5 * MINUTE, frozenset({"z"}), "Bo") for _ in range(3))
    basis = Basis(dict.fromkeys(NAMES, (10 * MINUTE,) * 9), ROUTINE.goal, None, done={"c": quick})
    found = predicted(change.split("c", "One", "Two"), change.with_systems("two", "z"), basis=basis)
    assert found.then.total == 40 * MINUTE
    assert "'Two' keeps its times: no part of a step was timed by itself" in found.remarks
    whole = predicted(
        change.split("c", "One", "Two"), change.with_systems("two", "z"), change.with_systems("one", "z"), basis=basis
    )
    assert whole.then.total == 35 * MINUTE


def test_a_dropped_step_takes_its_own_switch_with_it_and_spares_the_one_behind_it() -> None:
    assert work_of(Draft.of(ROUTINE, [change.drop("b")]), TIMES, {}).more_switches == -1


def test_two_steps_made_one_still_change_the_system_between_them() -> None:
    draft = Draft.of(ROUTINE, [change.merge("a", "b"), change.merge("a", "c"), change.merge("a", "d")])
    assert work_of(draft, TIMES, {}).more_switches == 0
    found = predict(draft, BASIS)
    assert found.then.switches == found.now.switches == 3
    assert "in 'A, B, C, D' the system still changes: that switch counts until it is kept" in found.remarks
    one_system = draft.changed(change.with_systems("a", "x"))
    assert predict(one_system, BASIS).then.switches == 0
    assert work_of(one_system, TIMES, {}).more_switches == -3
    assert predict(draft.changed(change.split("a", "One", "Two")), BASIS).then.switches == 3


BY_SYSTEM = change.reorder("a", "c", "b", "d")


def half_by_system(lasting: int) -> Basis:
    """Twenty runs, of which every other one was done by system already; each switch takes two minutes."""
    switched = {name: tuple(run % 2 == lasting or name == "b" for run in range(20)) for name in "bcd"}
    times = {
        name: tuple((8 + 2 * had + run % 3 / 2) * MINUTE for run, had in enumerate(own))
        for name, own in switched.items()
    }
    first = tuple((8 + run % 3 / 2) * MINUTE for run in range(20))
    return Basis(times | {"a": first}, 33 * MINUTE, None, switch_cost=2 * MINUTE, switched=switched)


@pytest.mark.parametrize("lasting", [0, 1])
def test_an_order_that_was_done_already_takes_what_the_runs_in_it_took(lasting: int) -> None:
    found = predicted(BY_SYSTEM, basis=half_by_system(lasting))
    assert found.now.total is not None
    assert found.then.total is not None
    assert abs(found.now.total - 40 * MINUTE) < MINUTE
    assert abs(found.then.total - 36 * MINUTE) < MINUTE
    assert found.then.chance == 0
    assert "what runs took in another order is set to the one of the list: a switch costs you 2:00" in found.remarks


CHOICE = ROUTINE.replaced(
    steps=tuple(
        one.replaced(systems=(), alternatives=("y", "z")) if one.id == "c" else one.replaced(systems=("x",))
        for one in ROUTINE.steps
    )
)


def in_turns(*minutes: int) -> Basis:
    """Runs whose third step takes a quarter of an hour with one system and five minutes with the other."""
    done = tuple(Done(length * MINUTE, frozenset("y" if length > 9 else "z"), "Bo") for length in minutes)
    shares = [
        sum(length > 9 for length in minutes) / len(minutes),
        sum(length < 9 for length in minutes) / len(minutes),
    ]
    turns = {"c": (Turn(("y",), shares[0]), Turn(("z",), shares[1]))}
    times = dict.fromkeys(NAMES, (10 * MINUTE,) * len(minutes)) | {"c": tuple(length * MINUTE for length in minutes)}
    return Basis(times, 40 * MINUTE, None, done={"c": done}, turns=turns)


@pytest.mark.parametrize("minutes", [(15, 5) * 4, (5, 15) * 4])
def test_of_a_step_that_takes_turns_each_system_counts_as_often_as_it_was_used(minutes: tuple[int, ...]) -> None:
    found = predict(Draft.of(CHOICE, [change.with_systems("c", "z")]), in_turns(*minutes))
    assert (found.now.total, found.then.total) == (40 * MINUTE, 35 * MINUTE)
    assert (found.now.chance, found.then.chance) == (0.5, 1)
    assert (found.now.switches, found.then.switches) == (2, 2)
    now = predict(Draft.of(CHOICE), in_turns(*minutes))
    assert now.remarks == ("'C' takes turns with y and z, as in your last runs",)


def test_a_step_with_alternatives_never_done_switches_to_the_one_whose_turn_is_first() -> None:
    assert predict(Draft.of(CHOICE), Basis({}, None, None)).now.switches == 2


def test_nothing_is_said_of_more_switches_where_there_are_as_many() -> None:
    routine = ROUTINE.replaced(
        steps=tuple(step.replaced(systems=(name,)) for step, name in zip(ROUTINE.steps, "xyyx", strict=True))
    )
    draft = Draft.of(routine, [change.drop("b")])
    found = predict(draft, BASIS)
    assert work_of(draft, TIMES, {}).more_switches == 1
    assert found.then.switches == found.now.switches == 2
    assert not any("switch" in remark for remark in found.remarks)


def test_runs_that_show_no_cost_of_a_switch_are_said_to() -> None:
    found = predicted(change.move("b", "c"), basis=Basis(TIMES, ROUTINE.goal, None, switch_cost=ZERO))
    assert found.then.total == found.now.total
    assert found.remarks == ("your runs show no cost of a switch, so fewer switches change no time here",)


def test_what_is_predicted_of_a_dropped_step_comes_true() -> None:
    random = Random(7)
    middles = {name: random.uniform(5, 15) for name in NAMES}

    def run(names: str) -> dict[str, timedelta]:
        return {name: MINUTE * middles[name] * random.lognormvariate(0, 0.2) for name in names}

    differences, chances, kept = [], [], []
    goal = MINUTE * (sum(middles.values()) - middles["b"])
    for _ in range(20):
        past = [run(NAMES) for _ in range(26)]
        times = {name: tuple(one[name] for one in past) for name in NAMES}
        then = predicted(change.drop("b"), basis=Basis(times, goal, None)).then
        assert then.total is not None
        assert then.chance is not None
        came = [sum(run("acd").values(), ZERO) for _ in range(200)]
        differences.append(then.total / sorted(came)[100] - 1)
        chances.append(then.chance)
        kept.append(sum(one <= goal for one in came) / 200)
    assert abs(sum(differences)) / 20 < 0.03
    assert abs(sum(chances) - sum(kept)) / 20 < 0.1


EARLY = ROUTINE.replaced(steps=tuple(one.replaced(prepare=one.id == "a") for one in ROUTINE.steps))
TENS = dict.fromkeys(NAMES, (10 * MINUTE,) * 9)


def predicted_early(in_runs: tuple[timedelta, ...], *changes: Change) -> Prediction:
    return predict(Draft.of(EARLY, changes), Basis(TENS | {"a": in_runs}, ROUTINE.goal, None, BESIDE))


def test_what_may_be_done_before_counts_as_the_runs_held_it() -> None:
    held, prepared = predicted_early((10 * MINUTE,) * 9), predicted_early((ZERO,) * 9)
    assert (held.now.total, prepared.now.total) == (40 * MINUTE, 30 * MINUTE)
    assert (held.now.lead, prepared.now.lead) == (100 * MINUTE, 90 * MINUTE)
    assert held.remarks == ("'A' may be done before the run, but 8 of your last 8 runs held it, so it counts",)
    assert not prepared.remarks


def test_prepared_more_often_than_not_it_adds_nothing_to_usual_times() -> None:
    basis = Basis(TENS | {"a": (10 * MINUTE, ZERO, ZERO)}, ROUTINE.goal, NoOdds("no odds yet: 3 of 5 runs"))
    assert predict(Draft.of(EARLY), basis).now.total == 30 * MINUTE


def test_another_change_leaves_what_was_done_before_or_within_as_it_was() -> None:
    for in_runs in ((10 * MINUTE,) * 9, (ZERO,) * 9):
        found = predicted_early(in_runs, change.drop("b"))
        assert found.now.total is not None
        assert found.then.total == found.now.total - 10 * MINUTE


def test_runs_that_held_it_now_and_then_lower_the_odds() -> None:
    mixed = predicted_early((ZERO, 10 * MINUTE) * 4).now
    assert mixed.chance is not None
    assert 0.2 < mixed.chance < 1
    assert predicted_early((ZERO,) * 9).now.chance == 1


def test_a_step_that_may_be_done_before_can_be_tried_to_be_so_each_time() -> None:
    found = predicted_early((10 * MINUTE,) * 9, change.prepare("a"))
    assert (found.now.total, found.then.total) == (40 * MINUTE, 30 * MINUTE)
    begin = "b on This week, or procroutine prepare, begins with it"
    assert found.remarks == (
        f"'A' may be done before the run as it is: {begin}",
        "'A' takes its time before the run: the work stays",
    )
    assert Draft.of(EARLY, [change.prepare("a")]).as_routine() == EARLY


def test_a_step_newly_done_before_saves_what_it_took() -> None:
    found = predicted(change.prepare("a"), basis=Basis(TENS, ROUTINE.goal, None))
    assert (found.now.total, found.then.total) == (40 * MINUTE, 30 * MINUTE)


def test_a_step_never_done_that_may_be_done_before_is_no_part_of_the_planned_total() -> None:
    found = predict(Draft.of(EARLY), Basis({}, ROUTINE.goal, NoOdds("no odds yet: 0 of 5 runs"))).now
    assert (found.total, found.only_planned) == (27 * MINUTE, ("b", "c", "d"))


def test_a_supposed_time_of_such_a_step_counts_where_the_runs_held_it() -> None:
    planned = change.plan("a", 4 * MINUTE)
    assert predicted_early((10 * MINUTE,) * 9, planned).then.total == 34 * MINUTE
    assert predicted_early((ZERO,) * 9, planned).then.total == 30 * MINUTE
