"""What a switch costs, from the same step after one of its own system and after one of another."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.improvement.exact import Interval
from procroutine.improvement.switch_cost import hand_off_cost, switch_cost
from tests.improvement.histories import Played, ground, minutes, routine, step

THREE = routine(step("a", "docs"), step("b", "docs"), step("c", "shop"))


def test_three_of_each_by_hand() -> None:
    """`b` takes 5, 6, 7 minutes after `a` and 8, 9, 10 after `c`: the middle of nine differences is 3."""
    runs = [Played({"a": 1, "b": 5 + more, "c": 1}) for more in range(3)]
    runs += [Played({"a": 1, "c": 1, "b": 8 + more}) for more in range(3)]
    cost = switch_cost(ground(THREE, runs).runs)
    assert (cost.step, cost.is_known) == ("b", True)
    found = cost.interval(0.05)
    assert found is not None
    assert (found.low, found.estimate, found.high) == (minutes(1), minutes(3), minutes(5))
    assert cost.interval() is None  # three against three reach no further than one of twenty


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.integers(1, 600), min_size=4, max_size=9),
    st.lists(st.integers(1, 600), min_size=4, max_size=9),
    st.integers(0, 300),
)
def test_what_is_added_to_every_time_after_a_switch_is_added_to_its_cost(
    changed: list[int], same: list[int], more: int
) -> None:
    def cost(added: int) -> Interval:
        runs = [Played({"a": 1, "c": 1, "b": (time + added) / 60}) for time in changed]
        runs += [Played({"a": 1, "b": time / 60, "c": 1}) for time in same]
        found = switch_cost(ground(THREE, runs).runs).interval(0.05)
        assert found is not None
        return found

    with_more, without = cost(more), cost(0)
    added = {getattr(with_more, end) - getattr(without, end) for end in ("estimate", "low", "high")}
    assert added == {timedelta(seconds=more)}


def test_a_step_that_comes_after_a_switch_with_its_slower_system_tells_nothing_of_switches() -> None:
    """`b` takes 8 with the shop, which is a switch, and 5 with the documents, which is none."""
    runs = [
        Played({"a": 1, "b": 5 + number % 2 * 3}, systems={"b": (("docs", "shop")[number % 2],)})
        for number in range(20)
    ]
    assert not switch_cost(ground(THREE, runs).runs).is_known


def test_two_of_either_are_too_few() -> None:
    runs = [Played({"a": 1, "b": 5, "c": 1})] * 9 + [Played({"a": 1, "c": 1, "b": 8})] * 2
    cost = switch_cost(ground(THREE, runs).runs)
    assert not cost.is_known
    assert cost.interval(0.4) is None


def test_the_step_with_most_times_on_both_sides_speaks() -> None:
    """`b` three and nine times, `d` six and six."""
    four = routine(*THREE.steps, step("d", "shop"))
    runs = [Played({"a": 1, "b": 2, "c": 1, "d": 3})] * 6 + [Played({"a": 1, "b": 2, "d": 4, "c": 1})] * 3
    runs += [Played({"c": 1, "b": 5, "a": 1, "d": 4})] * 3
    cost = switch_cost(ground(four, runs).runs)
    assert (cost.step, cost.changed, cost.same) == ("d", (minutes(4),) * 6, (minutes(3),) * 6)


def test_a_step_without_a_system_leaves_the_one_before_it_at_hand() -> None:
    bare = routine(step("a", "docs"), step("walk").replaced(systems=()), step("b", "docs"))
    runs = [Played({"a": 1, "walk": 1, "b": 2})] * 3 + [Played({"b": 3, "walk": 1, "a": 1})] * 3
    assert not switch_cost(ground(bare, runs).runs).is_known
    other = routine(step("a", "shop"), *bare.steps[1:], step("c", "docs"))
    runs = [Played({"a": 1, "walk": 1, "b": 2})] * 3 + [Played({"c": 3, "walk": 1, "b": 1})] * 3
    cost = switch_cost(ground(other, runs).runs)
    assert (cost.step, cost.changed, cost.same) == ("b", (minutes(2),) * 3, (minutes(1),) * 3)


def test_a_step_left_out_is_no_neighbour_and_other_work_does_not_count() -> None:
    left_out = [Played({"a": 1, "c": 1, "b": 5}, skipped={"c"})] * 3
    changed = [Played({"a": 1, "c": 1, "b": 8})] * 3
    cost = switch_cost(ground(THREE, left_out + changed).runs)
    assert (cost.changed, cost.same) == ((minutes(8),) * 3, (minutes(5),) * 3)
    other = [Played({"a": 1, "c": 1, "b": 8}, other_work={"b"})] * 3
    assert not switch_cost(ground(THREE, left_out + other).runs).is_known


def test_hand_offs_are_told_by_person() -> None:
    people = routine(step("a", person="Ana"), step("b", person="Bo"), step("c", person="Bo"))
    runs = [Played({"a": 1, "c": 2})] * 3 + [Played({"b": 1, "c": 1})] * 3
    cost = hand_off_cost(ground(people, runs).runs)
    assert (cost.step, cost.changed, cost.same) == ("c", (minutes(2),) * 3, (minutes(1),) * 3)
    assert not switch_cost(ground(people, runs).runs).is_known
