"""In what two snapshots differ."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.insight.revision_difference import (
    Change,
    Line,
    RevisionDifference,
    compared_lines,
    lines_of,
    meaning_of,
    revision_difference,
)
from procroutine.routine.model import Routine, Step
from procroutine.routine.snapshots import snapshot_of

WORDS = st.sampled_from(["", "a", "b", "a\nb", "b\nb\na"])
NAMES = st.lists(st.sampled_from("xyz"), max_size=3)
STEP_KEYS: dict[str, st.SearchStrategy[Any]] = {
    "title": WORDS,
    "planned_seconds": st.sampled_from([None, 60, 120]),
    "wait_seconds": st.sampled_from([None, 60]),
    "systems": NAMES,
    "person": WORDS,
    "instructions": WORDS,
    "checklist": NAMES,
    "after": NAMES,
    "optional": st.booleans(),
    "prepare": st.booleans(),
    "section": WORDS,
    "bell": st.sampled_from([None, "never"]),
    "alternatives": NAMES,
    "of a later version": st.integers(1, 2),
}
ROUTINE_KEYS: dict[str, st.SearchStrategy[Any]] = {
    "id": WORDS,
    "name": WORDS,
    "purpose": WORDS,
    "goal_seconds": st.sampled_from([None, 60, 120]),
    "goal_per": st.sampled_from(["run", "week"]),
    "phase": st.sampled_from(["testing", "design"]),
    "schedule": WORDS,
    "input": WORDS,
    "output": WORDS,
    "owner": WORDS,
    "tags": NAMES,
    "of a later version": NAMES,
}


def maybe(keys: Mapping[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=keys)


SYSTEMS = st.dictionaries(st.sampled_from("xyz"), maybe({"name": WORDS, "url": WORDS, "notes": WORDS}))


@st.composite
def snapshots(draw: st.DrawFn) -> dict[str, Any]:
    ids = draw(st.lists(st.sampled_from("abcdefg"), unique=True, max_size=7))
    steps = [{"id": one, **draw(maybe(STEP_KEYS))} for one in ids]
    return {**draw(maybe(ROUTINE_KEYS)), "systems": draw(SYSTEMS), "steps": steps}


def with_changes(values: Mapping[str, Any], changes: tuple[Change, ...]) -> dict[str, Any]:
    made = dict(values)
    for change in changes:
        assert made.pop(change.key, None) == change.old
        if change.lines:
            assert [line.text for line in change.lines if line.sign != "+"] == lines_of(change.old)
            assert [line.text for line in change.lines if line.sign != "-"] == lines_of(change.new)
        if change.new is not None:
            made[change.key] = change.new
    return made


def applied(old: Mapping[str, Any], difference: RevisionDifference) -> dict[str, Any]:
    """Do to the meaning of an old snapshot what a difference says."""
    own = {key: value for key, value in old.items() if key not in ("steps", "systems")}
    systems, steps = dict(old["systems"]), list(old["steps"])
    for system in difference.systems:
        there = systems.pop(system.id, None)
        assert there == system.old
        if system.new is not None:
            systems[system.id] = system.new if there is None else with_changes(there, system.changes)
    for step in difference.changed_steps:
        if step.what in ("dropped", "moved"):
            steps.remove(step.old)
    for step in difference.changed_steps:
        if step.what == "changed":
            place = [one["id"] for one in steps].index(step.id)
            steps[place] = with_changes(steps[place], step.changes)
        elif step.new_place is not None:
            steps.insert(step.new_place, step.new if step.old is None else with_changes(step.old, step.changes))
    return {**with_changes(own, difference.keys), "systems": systems, "steps": steps}


@settings(max_examples=60)
@given(snapshots(), snapshots())
def test_what_a_difference_says_done_to_the_old_gives_the_new(old: dict[str, Any], new: dict[str, Any]) -> None:
    difference = revision_difference(old, new)
    assert applied(meaning_of(old), difference) == meaning_of(new)
    assert bool(difference) == (meaning_of(old) != meaning_of(new))


@settings(max_examples=40)
@given(snapshots())
def test_what_is_left_out_and_what_is_written_at_its_default_are_the_same(snapshot: dict[str, Any]) -> None:
    assert not revision_difference(snapshot, meaning_of(snapshot))


def test_the_keys_compared_are_all_that_a_snapshot_can_hold() -> None:
    step = snapshot_of(Routine(id="r", name="r", steps=(Step(id="a", title="A"),)))["steps"][0]
    assert step.keys() <= {"id", *STEP_KEYS}
    fields = {name.replace("planned", "planned_seconds").replace("wait", "wait_seconds") for name in Step._fields}
    assert fields == {"id", *STEP_KEYS} - {"of a later version"}
    left_out = {"analysis", "review_every", "previous_ids", "sources", "steps", "systems"}
    fields = {name.replace("goal", "goal_seconds") if name == "goal" else name for name in Routine._fields}
    assert fields - left_out == ROUTINE_KEYS.keys() - {"of a later version"}


def made(*steps: str, **keys: Any) -> dict[str, Any]:
    return {"steps": [{"id": step[0], "title": step} for step in steps], **keys}


def whats(difference: RevisionDifference) -> list[tuple[str, str]]:
    return [(step.id, step.what) for step in difference.steps]


def test_a_new_step_moves_none_and_a_dropped_one_stands_where_it_was() -> None:
    difference = revision_difference(made("a", "b", "c"), made("n", "a", "c"))
    assert whats(difference) == [("n", "added"), ("a", ""), ("b", "dropped"), ("c", "")]


def test_of_steps_in_another_order_the_fewest_are_moved() -> None:
    difference = revision_difference(made(*"abcdef"), made(*"aebcdf"))
    assert [step.id for step in difference.changed_steps] == ["e"]
    (moved,) = difference.changed_steps
    assert (moved.what, moved.old_place, moved.new_place) == ("moved", 4, 1)


@given(st.permutations("abcdef"), st.permutations("abcdef"))
def test_without_the_moved_steps_the_order_is_the_same(old: list[str], new: list[str]) -> None:
    moved = {step.id for step in revision_difference(made(*old), made(*new)).changed_steps}
    assert [step for step in old if step not in moved] == [step for step in new if step not in moved]
    assert (not moved) == (old == new)
    assert len(moved) < len(new)


def test_another_title_of_the_same_step_is_no_other_step() -> None:
    (step,) = revision_difference(made("a"), made("a!")).steps
    assert (step.what, step.changes) == ("changed", (Change("title", "a", "a!"),))


def test_texts_are_compared_line_by_line() -> None:
    old, new = "one\ntwo\nthree", "one\n2\nthree\nfour"
    difference = revision_difference(made(purpose=old), made(purpose=new))
    assert difference.keys[0].lines == tuple(
        Line(*line) for line in [(" ", "one"), ("-", "two"), ("+", "2"), (" ", "three"), ("+", "four")]
    )


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_lines_of_both_are_all_there_in_their_order(old: list[str], new: list[str]) -> None:
    found = list(compared_lines(old, new))
    assert [line.text for line in found if line.sign != "+"] == old
    assert [line.text for line in found if line.sign != "-"] == new


def test_five_hundred_steps_of_long_texts_are_compared_in_the_time_of_a_frame() -> None:
    def snapshot(number: int) -> dict[str, Any]:
        texts = [f"line {place} of {number if place % 3 else ''}" for place in range(20)]
        steps = [{"id": f"s{place}", "title": f"{place}", "instructions": "\n".join(texts)} for place in range(500)]
        return {"steps": steps[number:] + steps[:number]}

    old, new = snapshot(1), snapshot(2)
    begun = time.process_time()
    assert len(revision_difference(old, new).changed_steps) == 500
    assert time.process_time() - begun < 2
    long = ["x" * (place % 7) for place in range(30_000)]
    begun = time.process_time()
    assert len(list(compared_lines(long, long[::-1]))) > 30_000
    assert time.process_time() - begun < 2
