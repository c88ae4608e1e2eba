"""One person's routines, open runs and history together: what a verb does, and what a crash leaves."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import BadInput, DoesNotFit, NotFound
from procroutine.history.home import Home
from procroutine.run.open_runs import OpenRuns
from procroutine.weeks import Week
from tests.history.crashes import calls_made, crash_at_call
from tests.history.homes import MINUTE, NOW, POSTS, home_in, places_of, whole_run


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
def home(tmp_path: Path, clock: ManualClock) -> Home:
    return home_in(tmp_path, clock)


def test_a_run_goes_from_its_journal_into_the_history_when_its_last_step_is_done(
    home: Home, clock: ManualClock
) -> None:
    run_id = whole_run(home, clock, 4, 21)
    assert home.open_runs() == ()
    (head,) = home.heads()
    assert (head.id, head.active, head.steps_done, head.revision) == (run_id, 25 * MINUTE, 2, 1)
    assert not [name for name in os.listdir(home.places.open_runs) if name.endswith(".journal")]


def test_starting_pauses_the_running_run_and_says_so(home: Home, clock: ManualClock) -> None:
    first = home.start("posts").run.id
    clock.advance(MINUTE)
    answer = home.start("books")
    assert answer.said == ("Paused Weekly posts.",)
    assert [(run.routine, run.state) for run in home.open_runs()] == [("books", "running"), ("posts", "paused")]
    clock.advance(MINUTE)
    assert home.act("resume", run=first).said == ("Paused Books.",)
    assert [(run.routine, run.state) for run in home.open_runs()] == [("posts", "running"), ("books", "paused")]


def test_a_start_that_is_refused_gives_the_routine_no_revision(home: Home) -> None:
    with pytest.raises(DoesNotFit, match="no step that may be done before"):
        home.prepare("posts")
    home.runs.patience = timedelta()
    with OpenRuns.of(home.places).lock(), pytest.raises(DoesNotFit, match="busy"):
        home.start("posts")
    assert home.overview(0).revisions == {}


def test_a_run_of_a_routine_may_be_begun_while_another_of_it_is_open(home: Home) -> None:
    home.start("posts")
    home.start("posts")
    assert [run.state for run in home.open_runs()] == ["running", "paused"]


def test_verbs_act_on_the_running_run_else_on_the_one_last_acted_on(home: Home, clock: ManualClock) -> None:
    home.start("posts")
    clock.advance(MINUTE)
    home.start("books")
    clock.advance(MINUTE)
    home.act("pause")
    assert home.act("note", text="hm").run.routine == "books"


def test_undo_after_the_finish_goes_on_as_if_it_had_never_stopped(home: Home, clock: ManualClock) -> None:
    run_id = whole_run(home, clock, 4, 21)
    clock.advance(10 * MINUTE)
    answer = home.act("undo")
    assert (answer.run.id, answer.run.state, answer.run.active) == (run_id, "running", 35 * MINUTE)
    assert home.heads() == ()
    assert home.act("redo").run.active == 25 * MINUTE
    assert [head.id for head in home.heads()] == [run_id]


def test_undo_with_nothing_open_acts_on_the_run_that_ended_last(home: Home, clock: ManualClock) -> None:
    whole_run(home, clock, 1, 1)
    clock.advance(MINUTE)
    later = whole_run(home, clock, 2, 2)
    assert home.act("undo").run.id == later


def test_taking_back_a_finish_pauses_what_runs_now(home: Home, clock: ManualClock) -> None:
    run_id = whole_run(home, clock, 1, 1)
    home.start("books")
    answer = home.act("undo", run=run_id)
    assert answer.said == ("Paused Books.",)
    assert [run.state for run in home.open_runs()] == ["running", "paused"]


def test_an_abandoned_run_is_remembered_and_can_be_taken_up_again(home: Home, clock: ManualClock) -> None:
    home.start("posts")
    clock.advance(MINUTE)
    assert home.act("abandon").ended
    assert [head.state for head in home.heads()] == ["abandoned"]
    assert home.act("undo").run.state == "running"


def test_a_verb_with_nothing_open_is_refused_with_what_to_do(home: Home) -> None:
    with pytest.raises(DoesNotFit, match="no run is open") as refused:
        home.act("done")
    assert "procroutine start" in refused.value.remedy


def test_a_verb_on_a_run_that_has_ended_says_so(home: Home, clock: ManualClock) -> None:
    run_id = whole_run(home, clock, 1, 1)
    with pytest.raises(DoesNotFit, match="is finished"):
        home.act("done", run=run_id)


def test_an_unknown_run_and_an_unknown_routine_are_named(home: Home) -> None:
    home.start("posts")
    with pytest.raises(NotFound):
        home.act("done", run="nothing")
    with pytest.raises(NotFound) as refused:
        home.start("post")
    assert "posts" in refused.value.remedy


def test_the_past_can_be_entered_step_by_step(home: Home) -> None:
    home.start("posts", at=NOW - 60 * MINUTE)
    home.act("done", at=NOW - 55 * MINUTE)
    answer = home.act("done", at=NOW - 30 * MINUTE)
    assert [step.active for step in answer.run.steps] == [5 * MINUTE, 25 * MINUTE]
    assert home.heads()[0].ended_at == NOW - 30 * MINUTE


def test_a_moment_before_the_last_event_or_after_now_is_refused_and_changes_nothing(home: Home) -> None:
    home.start("posts", at=NOW - 10 * MINUTE)
    for moment in (NOW - 11 * MINUTE, NOW + MINUTE):
        with pytest.raises(BadInput):
            home.act("done", at=moment)
    assert home.open_runs()[0].current == 0


def test_a_change_of_content_makes_a_new_revision_and_a_comment_does_not(home: Home, clock: ManualClock) -> None:
    path = home.routine_path("posts")
    numbers = []
    for text in (POSTS, "# a comment\n" + POSTS.replace("20m", "0h20m"), POSTS.replace("20m", "15m")):
        Path(path).write_text(text)
        numbers.append(home.start("posts").run.revision)
        home.act("abandon")
        clock.advance(MINUTE)
    assert numbers == [1, 1, 2]


def test_check_numbers_what_has_changed_without_a_run(home: Home) -> None:
    home.record_revisions()
    Path(home.routine_path("posts")).write_text(POSTS.replace("20m", "15m"))
    home.record_revisions()
    assert home.start("posts").run.revision == 2


def test_however_many_routines_are_new_the_year_is_written_once(home: Home) -> None:
    before = home.overview(0).revisions
    for number in range(5):
        Path(home.places.routines, f"new-{number}.toml").write_text(POSTS)
    home.record_revisions()
    made = {key: number for key, number in home.overview(0).revisions.items() if key not in before}
    assert sorted((routine, number) for (routine, _), number in made.items() if routine.startswith("new-")) == [
        (f"new-{number}", 1) for number in range(5)
    ]
    (year,) = Path(home.places.history).glob("*.json")
    with open(year, encoding="ascii") as file:
        assert json.load(file)["_seal"]["1"]["gen"] == 1


def test_a_start_keeps_the_usual_times_of_the_past_beside_the_run(home: Home, clock: ManualClock) -> None:
    whole_run(home, clock, 4, 21)
    targets = home.start("posts").run.targets
    assert targets["gather"]["usual_seconds"] == 240
    assert targets["write"]["best_seconds"] == 1260


def test_a_skip_keeps_its_reason_as_a_note(home: Home) -> None:
    home.start("posts")
    assert home.act("skip", reason="no article this week").run.steps[0].notes == ("no article this week",)


def test_a_step_of_an_open_and_of_an_ended_run_can_be_amended(home: Home, clock: ManualClock) -> None:
    answer = home.start("posts")
    clock.advance(10 * MINUTE)
    run, title, time = home.amend(answer.run.id, "1", "-", 2 * MINUTE)
    assert (title, time, run.corrected) == ("Gather", 8 * MINUTE, -2 * MINUTE)
    home.act("done")
    home.act("done")
    run, _, time = home.amend(answer.run.id[:8], "Gather", "", 5 * MINUTE)
    assert (time, run.active) == (5 * MINUTE, 5 * MINUTE)


def test_a_run_across_which_the_wall_clock_was_set_by_centuries_is_in_the_history(
    home: Home, clock: ManualClock
) -> None:
    home.start("posts")
    clock.reboot(timedelta(days=60_000), "boot-2")
    home.act("done")
    run_id = home.act("done").run.id
    assert [head.id for head in home.heads()] == [run_id]
    assert home.overview().said == ()
    assert home.amend(run_id, "gather", "", MINUTE)[2] == MINUTE


def test_the_time_of_a_step_that_is_prepared_is_told_after_it_was_corrected(home: Home, clock: ManualClock) -> None:
    (Path(home.places.routines) / "posts.toml").write_text(POSTS.replace('"Gather"', '"Gather"\nprepare = true'))
    answer = home.prepare("posts")
    clock.advance(10 * MINUTE)
    assert home.amend(answer.run.id, "Gather", "-", 2 * MINUTE)[1:] == ("Gather", 8 * MINUTE)


def test_a_week_off_is_declared_for_one_routine_or_for_all(home: Home) -> None:
    week = Week(year=2026, number=52)
    assert "posts" in home.declare_off("Weekly posts", week, "holiday")
    assert "all routines" in home.declare_off(None, week, "holiday")
    assert {off.routine for off in home.history().weeks_off()} == {"posts", None}


def test_a_new_routine_is_sound_as_it_is_written_and_is_never_written_over(home: Home) -> None:
    path = home.new_routine("Coffee round")
    assert home.routine("coffee-round").name == "Coffee round"
    with pytest.raises(DoesNotFit, match="already"):
        home.new_routine("Coffee round")
    assert os.stat(path).st_mode & 0o777 == 0o600
    os.mkdir(f"{home.places.routines}/moved")
    os.rename(path, f"{home.places.routines}/moved/coffee-round.toml")
    with pytest.raises(DoesNotFit, match=r"there is a file .*/moved/coffee-round\.toml already"):
        home.new_routine("Coffee round")


def _finish(home: Home, clock: ManualClock) -> None:
    clock.advance(5 * MINUTE)
    home.act("done")


def _undo(home: Home, clock: ManualClock) -> None:
    clock.advance(MINUTE)
    home.act("undo")


@pytest.mark.parametrize(("last_act", "ended_before"), [(_finish, False), (_undo, True)])
def test_a_kill_at_any_call_leaves_the_run_in_exactly_one_place(
    home: Home, clock: ManualClock, tmp_path: Path, last_act: Callable[..., Any], ended_before: bool
) -> None:
    whole_run(home, clock, 1, 1)  # another run, so that the year's file is there already
    run_id = home.start("posts").run.id
    clock.advance(4 * MINUTE)
    home.act("done")
    if ended_before:
        _finish(home, clock)
    count = calls_made(tmp_path, lambda folder: last_act(Home(places_of(folder), clock), clock))
    assert count > 10
    places = set()
    for call in range(1, count + 1):
        folder = crash_at_call(tmp_path, call, lambda folder: last_act(Home(places_of(folder), clock), clock))
        after = Home(places_of(folder), clock)
        after.settle()
        is_open = [run.id for run in after.open_runs()] == [run_id]
        is_past = run_id in [head.id for head in after.heads()]
        assert is_open != is_past, f"killed at call {call} of {count}: open {is_open}, in the history {is_past}"
        journals = [name for name in os.listdir(after.places.open_runs) if name.endswith(".journal")]
        assert len(journals) == int(is_open)
        places.add(is_open)
    assert places == {True, False}, "both sides of the moment at which it counts were seen"
