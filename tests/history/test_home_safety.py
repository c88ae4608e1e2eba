"""What a home does where files of a run are damaged, come back or were away, and where a window is behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import DoesNotFit
from procroutine.history.arrivals import Arriving
from procroutine.history.home import Home
from procroutine.history.settling import take_up_again
from procroutine.run import verbs
from procroutine.run.late import Seen
from procroutine.run.lines import write_lines
from procroutine.run.live import LiveRun
from tests.history.homes import MINUTE, NOW, home_in, whole_run


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW)


@pytest.fixture
def home(tmp_path: Path, clock: ManualClock) -> Home:
    return home_in(tmp_path, clock)


def journal_of(home: Home, run_id: str, file: str = "open-runs") -> Path:
    return Path(home.places.open_runs).parent / file / f"{run_id}.journal"


def test_a_journal_cut_short_at_the_end_of_a_line_loses_nothing_and_is_put_right_at_the_next_start(
    home: Home, clock: ManualClock
) -> None:
    run_id = home.start("posts").run.id
    clock.advance(4 * MINUTE)
    home.act("done")
    path = journal_of(home, run_id)
    whole = path.read_bytes()
    path.write_bytes(whole.splitlines(keepends=True)[0])
    after = Home(home.places, clock)
    assert after.open_runs()[0].current == 1
    (said,) = after.settle()
    assert "was cut short" in said
    assert path.read_bytes() == whole
    assert after.settle() == ()


def test_a_journal_that_is_put_right_by_a_verb_is_told_with_its_answer(home: Home, clock: ManualClock) -> None:
    run_id = home.start("posts").run.id
    path = journal_of(home, run_id, "safety/open-runs")
    path.write_bytes(bytes(100))
    said = home.act("note", text="hm").said
    assert [str(path) in sentence for sentence in said] == [True]
    assert home.act("note", text="hm").said == ()


def test_undo_means_the_run_that_ended_last_whatever_the_clock_was_set_to_and_was_corrected_since(
    home: Home, clock: ManualClock
) -> None:
    first = whole_run(home, clock, 3, 4)
    clock.step_wall(-60 * MINUTE)
    last = whole_run(home, clock, 3, 4)
    assert home.act("undo").run.id == last
    assert home.act("finish").ended
    home.amend(first, "gather", "+", MINUTE)
    assert home.act("undo").run.id == last


def test_undo_means_no_run_that_was_taken_in_since(home: Home, clock: ManualClock) -> None:
    last = whole_run(home, clock, 3, 4)
    earlier = (
        home.history().past(last).run.replaced(id="taken in", started_at=NOW - 60 * MINUTE, ended_at=NOW - 53 * MINUTE)
    )
    home.history().take_in([Arriving(earlier)])
    assert home.act("undo").run.id == last


def test_a_history_that_cannot_be_read_stops_no_run_that_was_taken_up_again(home: Home, clock: ManualClock) -> None:
    run_id = whole_run(home, clock, 3, 4)
    home.act("undo")
    history = Path(home.places.history)
    history.rename(history.with_name("elsewhere"))
    history.write_text("no folder")
    after = Home(home.places, clock)
    (said,) = after.settle()
    assert f"{history} cannot be read" in said
    assert after.act("note", run=run_id, text="goes on").run.is_open


def test_a_journal_deleted_in_the_middle_of_a_run_is_gone_on_with(home: Home, clock: ManualClock) -> None:
    run_id = home.start("posts").run.id
    clock.advance(4 * MINUTE)
    home.act("done")
    journal_of(home, run_id).unlink()
    assert home.act("done").ended
    assert [head.id for head in home.heads()] == [run_id]
    assert home.open_runs() == ()


@pytest.mark.parametrize("file", ["open-runs", "safety/open-runs"])
@pytest.mark.parametrize("lines", [1, 2, 3])
def test_what_a_power_cut_brings_back_of_a_run_in_the_history_is_no_open_run(
    home: Home, clock: ManualClock, file: str, lines: int
) -> None:
    run_id = home.start("posts").run.id
    path = journal_of(home, run_id, file)
    home.act("done")
    first_two = path.read_bytes()
    clock.advance(4 * MINUTE)
    home.act("done")
    home.act("undo")
    clock.advance(MINUTE)
    whole = path.read_bytes()
    home.act("done")
    before = home.history().past(run_id)
    path.write_bytes([b"", first_two, whole.splitlines(keepends=True)[0], whole][lines])
    after = Home(home.places, clock)
    assert after.open_runs() == ()
    said = after.settle()
    assert "in the history already" in said[-1]
    assert not path.exists()
    assert after.history().past(run_id) == before
    assert after.settle() == ()


@pytest.mark.parametrize("files", [["open-runs"], ["safety/open-runs"], ["open-runs", "safety/open-runs"]])
def test_an_ended_journal_that_a_power_cut_brings_back_goes_without_a_word(
    home: Home, clock: ManualClock, files: list[str]
) -> None:
    run_id = whole_run(home, clock, 4, 21)
    ended = write_lines(home.history().past(run_id).events).text
    home.history().set_outcome(run_id, "met")
    before = home.history().past(run_id)
    for file in files:
        journal_of(home, run_id, file).write_bytes(ended)
    after = Home(home.places, clock)
    assert after.open_runs() == ()
    assert after.settle() == ()
    assert after.history().past(run_id) == before
    assert not [file for file in files if journal_of(home, run_id, file).exists()]


@pytest.mark.parametrize("file", ["open-runs", "safety/open-runs"])
def test_a_run_taken_up_again_survives_the_loss_of_either_file(home: Home, clock: ManualClock, file: str) -> None:
    run_id = whole_run(home, clock, 4, 21)
    clock.advance(MINUTE)
    home.act("undo")
    journal_of(home, run_id, file).unlink()
    after = Home(home.places, clock)
    assert [run.id for run in after.open_runs()] == [run_id]
    assert "is missing" in after.settle()[0]
    assert [run.id for run in after.open_runs()] == [run_id]
    assert after.heads() == ()


def two_running(home: Home, clock: ManualClock) -> tuple[str, str]:
    """Begin a second run while the journal of the first is away, and bring that back."""
    first = home.start("posts").run.id
    files = [journal_of(home, first, folder) for folder in ("open-runs", "safety/open-runs")]
    for path in files:
        path.rename(path.with_suffix(".away"))
    clock.advance(10 * MINUTE)
    second = home.start("books").run.id
    for path in files:
        path.with_suffix(".away").rename(path)
    clock.advance(10 * MINUTE)
    return first, second


def test_of_two_running_runs_the_one_acted_on_longer_ago_was_given_up(home: Home, clock: ManualClock) -> None:
    first, second = two_running(home, clock)
    after = Home(home.places, clock)
    expected = [(second, "running", 10 * MINUTE), (first, "paused", 10 * MINUTE)]
    assert [(run.id, run.state, run.active) for run in after.open_runs()] == expected
    (said,) = after.settle()
    assert "Weekly posts is paused since 14:15" in said
    assert [(run.id, run.state, run.active) for run in after.open_runs()] == expected
    assert after.settle() == ()


def test_a_verb_too_pauses_the_run_that_was_given_up(home: Home, clock: ManualClock) -> None:
    first, _ = two_running(home, clock)
    answer = home.act("note", run=first, text="hm")
    assert (answer.run.state, answer.run.active) == ("paused", 10 * MINUTE)
    assert "is paused since 14:15" in answer.said[0]


def test_taking_back_the_end_of_a_run_tells_of_the_one_that_was_given_up_too(home: Home, clock: ManualClock) -> None:
    ended = whole_run(home, clock, 4, 21)
    two_running(home, clock)
    answer = home.act("undo", run=ended)
    assert ["Weekly posts is paused since" in answer.said[0], answer.said[1:]] == [True, ("Paused Books.",)]


def test_an_end_is_not_taken_back_where_the_run_was_corrected_meanwhile(home: Home, clock: ManualClock) -> None:
    run_id = whole_run(home, clock, 4, 21)
    past = home.history().past(run_id)
    live = LiveRun(past.events)
    home.amend(run_id, "Gather", "+", MINUTE)
    with pytest.raises(DoesNotFit, match="changed in the meantime"):
        take_up_again(home, live.then(verbs.undo(live, clock.read())), past.stamp)
    assert home.open_runs() == ()
    assert [head.active for head in home.heads()] == [26 * MINUTE]


def test_a_window_that_is_behind_finishes_no_second_step(home: Home, clock: ManualClock) -> None:
    run = home.start("posts").run
    seen = Seen(step="gather", acts=run.acts)
    clock.advance(4 * MINUTE)
    home.act("done", run=run.id, seen=seen)
    clock.advance(MINUTE)
    with pytest.raises(DoesNotFit, match="Step 1, Gather, was done at 14:09 elsewhere"):
        home.act("done", run=run.id, seen=seen)
    assert home.open_runs()[0].current == 1


def test_undo_in_a_window_that_is_behind_does_not_take_back_the_finish(home: Home, clock: ManualClock) -> None:
    run = home.start("posts").run
    home.act("done")
    seen = Seen(step="write", acts=2)
    clock.advance(4 * MINUTE)
    home.act("done")
    for verb in ("undo", "done"):
        with pytest.raises(DoesNotFit, match="Weekly posts was finished at 14:09 elsewhere"):
            home.act(verb, run=run.id, seen=seen)
    assert [head.id for head in home.heads()] == [run.id]
