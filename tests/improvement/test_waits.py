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
from procroutine.improvement.flow_reading import flow_of_routine
from procroutine.improvement.ground_reading import read_ground
from procroutine.improvement.prediction import predict
from procroutine.improvement.review import review_of
from procroutine.improvement.waits import waits_of
from procroutine.insight.kept import Kept
from procroutine.insight.past_viewer import PastViewer
from procroutine.places import find_places
from procroutine.run.stretches import PAUSED, WAITED, WORK, Stretch

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
