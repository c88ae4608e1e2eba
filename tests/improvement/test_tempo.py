"""How quickly a run went as a whole."""

from __future__ import annotations

from procroutine.improvement.tempo import tempos
from tests.improvement.histories import Played, ground, routine, step

FOUR = routine(step("a"), step("b"), step("c"), step("d"))


def test_a_run_in_which_most_steps_took_twice_as_long_has_half_the_tempo() -> None:
    """The middle of 2, 2 and 1; of the other runs all are as usual."""
    usual = Played({"a": 1, "b": 2, "c": 3, "d": 9})
    slow = Played({"a": 2, "b": 4, "c": 3, "d": 99})
    runs = ground(FOUR, [usual, usual, slow]).runs
    assert list(tempos(runs, ("a", "b", "c")).values()) == [1, 1, 2]


def test_one_step_alone_tells_nothing_of_a_run() -> None:
    runs = ground(FOUR, [Played({"a": 1, "b": 2}), Played({"a": 5, "b": 2}, skipped={"b"})]).runs
    assert list(tempos(runs, ("a", "b")).values())[1] == 1
    assert list(tempos(runs, ()).values()) == [1, 1]


def test_other_work_tells_nothing() -> None:
    runs = ground(FOUR, [Played({"a": 1, "b": 2})] * 2 + [Played({"a": 9, "b": 9}, other_work={"a"})]).runs
    assert list(tempos(runs, ("a", "b")).values()) == [1, 1, 1]


def test_a_step_done_with_a_slower_system_or_by_somebody_slower_makes_no_slow_run() -> None:
    """`a` takes 4 minutes with one system and 7 with the other; with a third, once, 30."""
    systems = ["desk", "shop"] * 4 + ["mail"]
    runs = [
        Played({"a": {"desk": 4, "shop": 7, "mail": 30}[used], "b": 2, "c": 3}, systems={"a": (used,)})
        for used in systems
    ]
    assert set(tempos(ground(FOUR, runs).runs, ("a", "b")).values()) == {1}
    recorded = ground(FOUR, runs[:8:2] + [Played({"a": 9, "b": 2})] * 3).runs
    by_two = [
        run.replaced(steps={**run.steps, "a": run.steps["a"]._replace(person="Bo" if number > 3 else "Ana")})
        for number, run in enumerate(recorded)
    ]
    assert set(tempos(by_two, ("a", "b")).values()) == {1}
