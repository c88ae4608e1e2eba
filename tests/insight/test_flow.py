"""Switches and hand-offs of a definition."""

from __future__ import annotations

from procroutine.insight.flow import hand_offs, settled, switches
from procroutine.routine.model import Step


def steps(*systems: str) -> list[Step]:
    return [Step(id=str(place), title="", systems=tuple(each)) for place, each in enumerate(systems)]


def test_a_switch_is_a_step_that_shares_no_system_with_the_one_before() -> None:
    assert switches(steps("a", "b", "a", "a")) == 2
    assert switches(steps("a", "ab", "b", "bc", "d")) == 1


def test_a_step_without_a_system_is_no_switch() -> None:
    assert switches(steps("a", "", "a", "", "b")) == 1
    assert switches([]) == 0


def test_a_step_with_systems_to_choose_from_is_done_with_the_usual_one_else_with_the_first() -> None:
    def systems(named: str) -> tuple[str, ...]:
        return settled([Step(id="s", title="", systems=tuple(named), alternatives=("a", "b"))])[0].systems

    assert [systems(named) for named in ("", "c", "b", "cb", "ba")] == [("a",), ("c", "a"), ("b",), ("c", "b"), ("a",)]
    step = Step(id="s", title="", systems=("a",), alternatives=("a", "b"))
    assert settled([step], {"s": ("b",)})[0].systems == ("b",)


def test_a_hand_off_is_a_change_of_person() -> None:
    people = ("Ana", "Ana", None, "Ben", "Ana")
    assert hand_offs(Step(id=str(place), title="", person=person) for place, person in enumerate(people)) == 2
