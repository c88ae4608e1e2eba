"""One answer to which step a wait belongs to, in Review, what-if and flow map."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.improvement.basis_reading import read_basis
from procroutine.improvement.draft import Draft
from procroutine.improvement.flow_reading import flow_of_routine, parts_of_routine
from procroutine.improvement.ground import RoutineGround, Wait
from procroutine.improvement.ground_reading import read_ground
from procroutine.improvement.lead import beside_of, besides, usual_waits, waited_at
from procroutine.improvement.levers.chance import Chance
from procroutine.improvement.levers.lever import Lever
from procroutine.improvement.levers.waiting import levers
from procroutine.improvement.prediction import predict
from procroutine.improvement.review import review_of
from procroutine.improvement.waits import told_apart, waits_of
from procroutine.insight.kept import Kept
from procroutine.insight.past_viewer import PastViewer
from procroutine.places import find_places
from procroutine.run.stretches import PAUSED, WAITED, WORK, Stretch
from tests.improvement.histories import Played, ground, routine, step

CARE = """\
name = "Care"
owner = "Me"
schedule = "weekly on Monday"
[[steps]]
id = "read"
title = "Read it"
[[steps]]
id = "hand"
title = "Hand it to Ben"
person = "Ana"
[[steps]]
id = "answer"
title = "Answer"
[[steps]]
id = "tell"
title = "Tell Ana"
[[steps]]
id = "close"
title = "Close it"
"""
MINUTE = timedelta(minutes=1)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """Give a home with seven runs: half an hour is waited behind `hand`, and ten minutes behind `tell`."""
    clock = ManualClock(datetime(2026, 9, 7, 9, 0, tzinfo=UTC))
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "care.toml").write_text(CARE)
    home = Home(find_places({}, str(tmp_path), None), clock)
    for _ in range(7):
        home.start("care")
        for verb, minutes in (
            *(("done", 5), ("done", 4), ("waiting", 1), ("resume", 30), ("done", 3)),
            *(("done", 2), ("waiting", 0), ("resume", 10), ("done", 3)),
        ):
            clock.advance(minutes * MINUTE)
            details: dict[str, Any] = {"text": "Ben"} if verb == "waiting" else {}
            home.act(verb, **details)
        clock.advance(timedelta(days=7))
    return home


def test_review_promises_of_a_person_what_what_if_shows_of_it(home: Home) -> None:
    (ground,) = read_ground(home).routines
    assert [(wait.step, wait.length) for wait in ground.runs[0].waits][-1] == ("tell", 10 * MINUTE)
    (lever,) = [one for one in review_of(read_ground(home)).levers if one.kind == "person"]
    past = PastViewer(home, Kept(home))
    found = predict(Draft.of(ground.routine, lever.tries), read_basis(home, past, "care"))
    besides = [figures.lead - figures.total for figures in (found.now, found.then) if figures.lead and figures.total]
    assert besides[0] - besides[1] == lever.lead / ground.a_week
    assert f"{found.now.hand_offs - found.then.hand_offs} hand-offs" in lever.sentence


def test_the_flow_map_draws_waits_where_review_and_what_if_count_them(home: Home) -> None:
    (ground,) = read_ground(home).routines
    flow = flow_of_routine(home, PastViewer(home, Kept(home)), "care")
    assert {gap.step: gap.length for gap in flow.gaps} == {wait.step: wait.length for wait in ground.runs[0].waits}


def told(*parts: tuple[str, str, int]) -> tuple[Stretch, ...]:
    return tuple(Stretch(step=step, kind=kind, length=length * MINUTE) for step, kind, length in parts)


@pytest.mark.parametrize(
    ("parts", "with_wait", "behind"),
    [
        ((("a", WORK, 5), ("b", WAITED, 9), ("b", WORK, 5)), (), "a"),
        ((("a", WORK, 5), ("b", WORK, 1), ("b", WAITED, 9), ("b", WORK, 5)), (), "a"),
        ((("a", WORK, 5), ("b", WORK, 5), ("b", WAITED, 9), ("b", WORK, 1)), (), "b"),
        ((("a", WORK, 5), ("b", WORK, 5), ("b", WAITED, 9), ("b", WORK, 1)), ("a",), "a"),
        ((("a", WORK, 5), ("b", WORK, 1), ("b", WAITED, 9), ("b", WORK, 5)), ("b",), "b"),
        ((("a", WORK, 5), ("b", WORK, 1), ("b", WAITED, 9), ("b", WORK, 5)), ("a", "b"), "a"),
        ((("a", WORK, 5), ("a", PAUSED, 5), ("b", WAITED, 9), ("c", WORK, 5)), (), "b"),
        ((("a", WAITED, 9), ("a", WORK, 5)), (), "a"),
    ],
)
def test_a_wait_belongs_to_the_step_in_or_behind_which_it_was_waited(
    parts: tuple[tuple[str, str, int], ...], with_wait: tuple[str, ...], behind: str
) -> None:
    assert [wait.step for wait in waits_of(told(*parts), with_wait)] == [behind]


@pytest.mark.parametrize(
    ("text", "belongs_to"),
    [("Bo, again", "b"), ("the boss", "a"), ("Bo's or Ana's word", "a"), ("Ana", "a"), ("Bob", "a"), ("", "a")],
)
def test_who_is_waited_for_tells_whose_step_it_is(text: str, belongs_to: str) -> None:
    wait = Stretch(step="b", kind=WAITED, length=9 * MINUTE, text=text)
    (found,) = waits_of((*told(("a", WORK, 5)), wait, *told(("b", WORK, 5))), (), {"a": "Ana", "b": "Bo"})
    assert (found.step, found.before, found.is_ahead) == (belongs_to, "b", belongs_to == "b")


def approved(lengths: tuple[int, int]) -> RoutineGround:
    """Give 24 runs, of which each third left the approval out; so long is waited before it, or before the next step."""
    definition = routine(step("price"), step("approve"), step("answer"))
    played = []
    for number in range(24):
        skipped = {"approve"} if number % 3 == 0 else set()
        length = lengths[bool(skipped)] * MINUTE + number * MINUTE / 60
        before = "answer" if skipped else "approve"
        waits = [Wait(step="price", text="Ann", length=length, before=before)] if length > 2 * MINUTE else []
        played.append(Played({"price": 5, "approve": 2, "answer": 4}, skipped=skipped, waits=waits))
    found = ground(definition, played)
    return found.replaced(runs=told_apart(found.runs))


@pytest.mark.parametrize(
    ("lengths", "whose"), [((90, 0), {"approve"}), ((90, 30), {"approve", "price"}), ((90, 60), {"price"})]
)
def test_a_wait_between_two_steps_belongs_to_the_later_one_where_it_comes_and_goes_with_it(
    lengths: tuple[int, int], whose: set[str]
) -> None:
    found = approved(lengths)
    assert {wait.step for run in found.runs for wait in run.waits} == whose
    assert all(wait.is_ahead == (wait.step == "approve") for run in found.runs for wait in run.waits)


def test_what_goes_takes_with_it_what_is_waited_before_it_and_the_map_draws_it_there() -> None:
    found = approved((90, 0))
    beside = beside_of(found)
    there = [besides(beside, steps, {}) for steps in (("price", "approve", "answer"), ("price", "answer"))]
    assert there == [90 * MINUTE + 12 * timedelta(seconds=1), timedelta()]
    assert waited_at(found, ["approve"]) == there[0]
    ahead = {name for run in beside for name in run.ahead}
    parts = parts_of_routine(found.routine, {}, usual_waits(beside), set(), {}, ahead)
    assert [(part.step, part.pause is not None) for part in parts] == [
        ("price", False),
        ("price", True),
        ("approve", False),
        ("answer", False),
    ]
    (lever,) = levers(found, Chance())
    assert isinstance(lever, Lever)
    assert lever.sentence.startswith('16 of 24 runs waited before "Approve", in the middle 1h30, most often for "Ann"')
