"""The difference of two revisions as it is drawn."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from procroutine.insight.revision_answers import difference_answer
from procroutine.insight.revision_rows import difference_view
from procroutine.insight.revision_runs import StepTimes
from procroutine.insight.views.revisions import DifferenceRow, RowKind
from procroutine.routine.model import Routine
from procroutine.text import Shown, shown


def made(*steps: str | dict[str, Any], **keys: Any) -> dict[str, Any]:
    full = [{"id": step[0], "title": step} if isinstance(step, str) else step for step in steps]
    return {"id": "posts", "name": "Posts", "steps": full, **keys}


def rows(old: dict[str, Any], new: dict[str, Any], **times: StepTimes) -> list[tuple[Any, ...]]:
    view = difference_view((1, old), (2, new), times)
    return [(row.kind.value, row.sign, row.label, row.old, row.new) for row in view.rows]


def test_steps_stand_in_the_new_order_with_what_became_of_them() -> None:
    found = rows(made("a", "b", "c", "d"), made("d", "a", "n", "c!"))
    assert found == [
        ("heading", "", "Steps", None, None),
        ("step", "↑", "moved from 4", None, " 1  d"),
        ("step", "", "", " 1  a", " 2  a"),
        ("step", "+", "added", None, " 3  n"),
        ("step", "−", "dropped", " 2  b", None),
        ("step", "~", "changed", " 3  c", " 4  c!"),
        ("value", "~", "title", "c", "c!"),
        ("step", "↑", "moved to 1", " 4  d", None),
    ]


def test_steps_in_a_row_that_are_the_same_are_one_row() -> None:
    found = rows(made(*"abcdef"), made(*"abcdf"))
    assert [row[2] for row in found] == ["Steps", "4 steps as before", "dropped", ""]


def test_of_the_routine_its_systems_and_its_steps_each_key_has_its_two_sides() -> None:
    old = made(
        {"id": "a", "title": "Write", "planned_seconds": 1200, "systems": ["x"]},
        goal_seconds=3600,
        systems={"x": {"name": "Docs"}, "y": {"name": "Mail", "url": "https://a.example"}},
    )
    new = made(
        {"id": "a", "title": "Write", "planned_seconds": 900, "systems": ["z"], "optional": True},
        goal_seconds=2700,
        systems={"z": {"name": "Sheet"}, "y": {"name": "Mail", "url": "https://b.example"}},
    )
    assert rows(old, new) == [
        ("heading", "", "Routine", None, None),
        ("value", "~", "goal", "1h", "45m"),
        ("heading", "", "Steps", None, None),
        ("step", "~", "changed", " 1  Write", " 1  Write"),
        ("value", "~", "planned", "20m", "15m"),
        ("value", "~", "systems", "Docs", "Sheet"),
        ("value", "~", "optional", "no", "yes"),
        ("heading", "", "Systems", None, None),
        ("step", "−", "dropped", "Docs", None),
        ("step", "~", "changed", "Mail", "Mail"),
        ("value", "~", "url", "https://a.example", "https://b.example"),
        ("step", "+", "added", None, "Sheet"),
    ]


def test_of_a_text_the_lines_that_changed_stand_beside_one_another_with_one_more_around_them() -> None:
    old = "one\ntwo\nthree\nfour\nfive\nsix\nseven"
    new = old.replace("six", "6").replace("seven", "7\n8\n")
    found = rows(
        made({"id": "a", "title": "A", "instructions": old}), made({"id": "a", "title": "A", "instructions": new})
    )
    assert found[2:] == [
        ("text", "", "instructions", None, None),
        ("same", "", "4 lines as before", None, None),
        ("line", "", "", "five", "five"),
        ("line", "~", "", "six", "6"),
        ("line", "~", "", "seven", "7"),
        ("line", "~", "", None, "8"),
    ]


def test_a_text_of_one_line_is_a_value_like_others() -> None:
    assert rows(made(purpose="Keep"), made(purpose="Keep it"))[1] == ("value", "~", "purpose", "Keep", "Keep it")
    assert rows(made(), made(purpose="a\nb"))[1:] == [
        ("text", "", "purpose", None, None),
        ("line", "~", "", None, "a"),
        ("line", "~", "", None, "b"),
    ]


def test_a_step_has_its_own_medians_on_both_sides() -> None:
    times = StepTimes(timedelta(minutes=20), timedelta(minutes=15), 8, 5)
    view = difference_view((1, made("a", "b")), (2, made("a!", "b")), {"a": times}, "helped", "shorter")
    (step,) = [row for row in view.rows if row.sign and row.kind is RowKind.STEP]
    assert (step.before, step.after) == (times.before, times.after)
    assert (view.changes, view.verdict, view.note) == ("1 step changed", "helped", "shorter")


def test_how_much_is_different_is_said_first() -> None:
    view = difference_view((1, made("a", "b", "c")), (2, made("c", "a!", "n", goal_seconds=60, systems={"x": {}})), {})
    assert view.changes == "1 step changed, 1 added, 1 dropped, 1 moved; goal; 1 system"
    assert difference_view((1, made("a")), (2, made("a")), {}).changes == "nothing is different"


def test_the_answer_has_the_steps_that_changed_with_their_times() -> None:
    routine = Routine(id="posts", name="Posts", steps=())
    times = {"a": StepTimes(timedelta(minutes=20), timedelta(minutes=15), 8, 5)}
    answer = difference_answer(routine, (1, made("a", "b", goal_seconds=60)), (2, made("b", "a!")), times)
    assert answer["keys"] == [{"key": "goal_seconds", "old": 60, "new": None}]
    changed = {step["id"]: step for step in answer["steps"]}
    (moved,) = [step for step in answer["steps"] if step["change"] == "moved"]
    assert (moved["old_place"], moved["new_place"]) in ((1, 2), (2, 1))
    assert changed["a"]["keys"] == [{"key": "title", "old": "a", "new": "a!"}]
    assert (changed["a"]["median_before_seconds"], changed["a"]["runs_after"]) == (1200, 5)


@given(st.text(), st.text())
def test_whatever_stands_in_a_definition_is_harmless_where_it_is_drawn(old: str, new: str) -> None:
    def snapshot(text: str) -> dict[str, Any]:
        step = {"id": "a", "title": text, "instructions": text, "systems": [text], "checklist": [text, text]}
        return made(
            step, name=text, purpose=text, systems={text: {"name": text, "notes": text}}, strange=[{text: text}]
        )

    view = difference_view((1, snapshot(old)), (2, {**snapshot(new), new: 1}), {}, note=new)
    assert isinstance(view.changes, Shown)
    for row in view.rows:
        for text in (row.old, row.new, row.label):
            assert text is None or (isinstance(text, Shown) and shown(text) == text)


def test_five_hundred_steps_are_drawn_quickly() -> None:
    old = made(*({"id": f"s{place}", "title": f"Step {place}", "planned_seconds": 60} for place in range(500)))
    new = made(*({"id": f"s{place}", "title": f"Step {place}", "planned_seconds": 90} for place in range(499, -1, -1)))
    begun = time.process_time()
    view = difference_view((1, old), (2, new), {})
    assert time.process_time() - begun < 1
    assert len([row for row in view.rows if row.kind is RowKind.STEP]) == 999
    assert isinstance(view.rows[0], DifferenceRow)
