"""Steps that can be done with one system or another, held against the runs that did them with the same one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import CannotRead
from procroutine.history.home import Home
from procroutine.insight.answers import Answers
from procroutine.insight.comparisons import Comparisons
from procroutine.insight.done_with import IN_ANY_WAY, Choice, done_with, systems_in
from procroutine.insight.run_odds import times_for
from procroutine.insight.viewer import Viewer
from procroutine.places import find_places

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.run.live import RunState, StepState

ENTER = """
name = "Enter the orders"
goal = "10m"
[systems.a]
name = "Alpha"
[systems.b]
name = "Beta"
[[steps]]
id = "p"
title = "Plan"
planned = "1m"
[[steps]]
id = "e"
title = "Enter"
planned = "10m"
alternatives = ["a", "b"]
"""
ALPHA = Choice(step="e", system="a", alternatives=("a", "b"))
WITH_ALPHA, WITH_BETA = timedelta(minutes=12), timedelta(minutes=6)
MINUTE = timedelta(minutes=1)


def seconds(*numbers: float) -> list[timedelta]:
    return [timedelta(seconds=number) for number in numbers]


@pytest.fixture
def in_turns(make_head: Callable[..., RunHead]) -> list[RunHead]:
    """Six runs, every other one with Alpha, which takes 600 s and more, and 100 s more of another step."""
    return [
        make_head(
            p=200 if number % 2 else 100, e=300 if number % 2 else 600 + number, alternatives={"e": "ab"[number % 2]}
        )
        for number in range(6)
    ]


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 10, 5, 9, 0, tzinfo=UTC))


@pytest.fixture
def home(tmp_path: Path, clock: ManualClock) -> Home:
    """Eight runs, in turns with Alpha and with Beta."""
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "orders.toml").write_text(ENTER)
    home = Home(find_places({}, str(tmp_path)), clock)
    for length in (WITH_ALPHA, WITH_BETA) * 4:
        home.start("orders")
        for time in (MINUTE, length):
            clock.advance(time)
            home.act("done")
        clock.advance(timedelta(weeks=1) - MINUTE - length)
    return home


def test_a_step_is_held_against_its_times_with_the_same_system(in_turns: list[RunHead]) -> None:
    by_name = Comparisons.of("pe", in_turns, {}, ways=done_with([ALPHA], in_turns)).by_name
    assert [by_name[name]["e"] for name in ("usual", "last", "sum of best")] == seconds(602, 604, 600)
    assert by_name["best"] == dict(zip("pe", seconds(100, 600), strict=True))
    assert by_name["sum of best"]["p"] == timedelta(seconds=100)
    beta = ALPHA.replaced(system="b")
    by_name = Comparisons.of("pe", in_turns, {}, ways=done_with([beta], in_turns)).by_name
    assert [by_name[name]["e"] for name in ("usual", "sum of best")] == seconds(300, 300)
    assert by_name["best"] == dict(zip("pe", seconds(200, 300), strict=True))


def test_below_three_times_with_a_system_those_with_any_count(in_turns: list[RunHead]) -> None:
    few = in_turns[1:5]
    assert Comparisons.of("pe", few, {}, ways=done_with([ALPHA], few)) == Comparisons.of("pe", few, {})


def test_runs_that_do_not_tell_are_read_where_the_others_are_too_few(
    make_head: Callable[..., RunHead], in_turns: list[RunHead]
) -> None:
    told = {"alpha": ["x", "a"], "beta": ["b"], "both": ["a", "b"], "none": []}
    silent = [make_head(e=700, id=name) for name in told]
    asked: list[Collection[str]] = []

    def read(run_ids: Collection[str]) -> dict[str, dict[str, Sequence[str]]]:
        asked.append(run_ids)
        return {run_id: {"e": told[run_id]} for run_id in run_ids}

    two = [make_head(p=1), *in_turns[:3], *silent]
    assert done_with([ALPHA], two, read).runs == {"e": {in_turns[0].id, in_turns[2].id, "alpha"}}
    assert asked == [set(told)]
    assert done_with([ALPHA], [*in_turns, *silent], read).runs == {"e": {head.id for head in in_turns[::2]}}
    assert len(asked) == 1


def test_odds_are_drawn_from_the_same_and_of_steps_done_seldom_as_they_are_now_from_all(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], in_turns: list[RunHead]
) -> None:
    run = make_run(make_step("P"), make_step("E", alternative="a"), definition={"steps": [{"id": "p"}, {"id": "e"}]})
    ways = done_with([ALPHA], in_turns)
    assert times_for(run, in_turns, {}, ways)["e"] == seconds(600, 602, 604)
    changed = {1: {"steps": [{"id": "p"}, {"id": "e", "title": "Otherwise"}]}}
    newest = [head.replaced(revision=2) for head in in_turns[3:]]
    assert times_for(run, [*in_turns[:3], *newest], changed, ways)["e"] == seconds(300, 604, 300)


def test_another_system_chosen_in_the_run_changes_what_it_is_held_against(home: Home, clock: ManualClock) -> None:
    run_id = home.start("orders").run.id
    viewer = Viewer(home)
    assert [figure.time for figure in viewer.run(run_id, 1).panel.figures] == [WITH_ALPHA] * 3
    assert viewer.run(run_id).total.projected == MINUTE + WITH_ALPHA
    for _ in viewer.odds_work(run_id):
        pass
    odds = viewer.run(run_id).total.odds
    assert odds is not None
    assert odds.chance == "under 1 % to finish within 10m"
    clock.advance(MINUTE)
    home.act("done")
    home.act("choose", system="b")
    assert [figure.time for figure in viewer.run(run_id).panel.figures] == [WITH_BETA] * 3
    assert viewer.run(run_id).total.projected == MINUTE + WITH_BETA
    for _ in viewer.odds_work(run_id):
        pass
    odds = viewer.run(run_id).total.odds
    assert odds is not None
    assert odds.chance == "over 99 % to finish within 10m"
    clock.advance(WITH_ALPHA)
    home.act("done")
    assert viewer.finish(run_id).notable[0].difference == WITH_ALPHA - WITH_BETA
    assert [step.usual for step in viewer.past.page(run_id).steps] == [MINUTE, WITH_BETA]


def test_before_a_run_it_is_the_system_whose_turn_it_is(home: Home, clock: ManualClock) -> None:
    viewer = Viewer(home)
    assert viewer.week().groups[0][1][0].detail.remaining == MINUTE + WITH_ALPHA
    answer = Answers(home).targets_answer("orders")
    assert [(step["alternative"], step["usual_seconds"]) for step in answer["steps"]] == [(None, 60), ("a", 720)]
    assert (answer["odds"], answer["totals"]["best_run_seconds"]) == (0, 780)
    home.start("orders")
    home.act("pause")
    assert viewer.week().groups[0][1][0].detail.remaining == MINUTE + WITH_ALPHA
    home.act("choose", system="Beta", step="2")
    assert viewer.week().groups[0][1][0].detail.remaining == MINUTE + WITH_BETA


def test_what_the_steps_of_runs_were_done_with_stands_in_their_documents(home: Home) -> None:
    newest = Viewer(home).past.heads_of("orders")[0].id
    assert systems_in(home, [newest, "gone"]) == {newest: {"p": (), "e": ["b"]}}


def test_a_file_that_cannot_be_read_stops_no_run(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    past = Viewer(home).past
    run = past.ended(past.heads_of("orders")[0].id)
    silent = [head.replaced(alternatives=None) for head in past.heads_of("orders")]
    assert len(past.ways_of(run, silent).runs["e"]) == 4

    def refuse(*_: object) -> None:
        raise CannotRead("it cannot be read", "look at its permissions")

    monkeypatch.setattr("procroutine.insight.done_with.systems_in", refuse)
    assert past.ways_of(run, silent) == IN_ANY_WAY
