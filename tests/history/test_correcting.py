"""Corrections on the disk: another start and its file, taking back, other devices, undoing the finish afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tinydb import TinyDB

from procroutine.clock import ManualClock
from procroutine.errors import BadInput, DoesNotFit, NotFound
from procroutine.history.arrivals import Arriving
from procroutine.history.correction_chain import OVERTAKEN, STANDS, TAKEN_BACK
from procroutine.history.history import History
from procroutine.history.past import PastRun
from procroutine.run import verbs
from procroutine.run.live import LiveRun
from procroutine.run.record import left_over
from tests.history.samples import add_run, history_in, make_run

LAST_YEAR = datetime(2025, 12, 31, 8, tzinfo=UTC)
TWO_MINUTES = timedelta(minutes=2)


def other_device(tmp_path: Path, clock: ManualClock) -> History:
    """A history of another device over the same synced folder."""
    (tmp_path / "history").mkdir(exist_ok=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "history").symlink_to(tmp_path / "history")
    return history_in(tmp_path / "other", clock=clock)


def runs_in(history: History, year: int) -> set[str]:
    """The runs that stock TinyDB finds in our file of a year."""
    path = Path(history.own_path(year))
    if not path.exists():
        return set()
    with TinyDB(path) as stock:
        return {document["id"] for document in stock.table("runs")}


def test_a_run_moved_into_another_year_is_in_that_years_file_alone_and_comes_back(history: History) -> None:
    run, events = add_run(history)
    other, _ = add_run(history)
    past = history.set_start(run.id, LAST_YEAR)
    assert (past.run.started_at, str(past.run.week), past.moved) == (LAST_YEAR, "2026-W01", LAST_YEAR - run.started_at)
    assert left_over(past.run) == timedelta()
    assert (runs_in(history, 2025), runs_in(history, 2026)) == ({run.id}, {other.id})
    heads = {head.id: head for head in history.heads()}
    assert (heads[run.id].started_at, heads[run.id].corrected, heads[other.id].corrected) == (LAST_YEAR, True, False)
    assert other.id in {head.id for head in history.heads(1)}
    back, turned = history.undo_correction(run.id)
    assert (back.run, back.events, back.corrected, turned.act) == (run, events, False, "moved")
    assert (runs_in(history, 2025), runs_in(history, 2026)) == (set(), {run.id, other.id})
    assert {head.id for head in history.heads(1)} == {run.id, other.id}


def test_a_run_of_another_device_moved_out_of_its_year_is_not_shown_there_any_more(
    tmp_path: Path, clock: ManualClock
) -> None:
    here, there = history_in(tmp_path, clock=clock), other_device(tmp_path, clock)
    run, _ = add_run(there)
    here.set_start(run.id, LAST_YEAR)
    for history in (here, there):
        assert [head.started_at for head in history.heads()] == [LAST_YEAR]
        assert [head.started_at for head in history.heads(1)] == [LAST_YEAR]
        assert history.past(run.id).run.started_at == LAST_YEAR
    there.amend(run.id, "step-1", "+", TWO_MINUTES)
    assert (runs_in(there, 2025), runs_in(there, 2026)) == ({run.id}, set())
    assert here.past(run.id).amended == (("step-1", TWO_MINUTES),)


def test_what_is_left_of_a_journal_does_not_bring_a_moved_run_back_to_where_it_was(history: History) -> None:
    run, events = add_run(history)
    moved = history.set_start(run.id, LAST_YEAR)
    history.add(run, events)
    assert history.past(run.id) == moved
    assert runs_in(history, 2026) == set()


def test_a_start_whose_end_would_be_in_the_future_is_refused(history: History, clock: ManualClock) -> None:
    run, _ = add_run(history)
    assert run.ended_at is not None
    latest = clock.read().wall - (run.ended_at - run.started_at)
    with pytest.raises(BadInput, match="the run would end in the future: write an earlier start"):
        history.set_start(run.id, latest + timedelta(milliseconds=1))
    assert history.corrections(run.id) == ()
    assert history.set_start(run.id, latest).run.ended_at == clock.read().wall


def test_the_end_of_a_moved_run_is_undone_at_its_new_time_and_it_comes_back_there(
    history: History, clock: ManualClock
) -> None:
    run, _ = add_run(history)
    assert run.ended_at is not None
    history.amend(run.id, "step-1", "+", TWO_MINUTES)
    history.set_note(run.id, "other words", "step-2")
    history.set_alternative(run.id, "step-1", "queue")
    history.leave_out(run.id, "a fire drill")
    moved = history.set_start(run.id, LAST_YEAR)
    live = LiveRun(history.reopen(run.id).events)
    assert live.state(live.last_act).ended_at == moved.run.ended_at
    end = live.last_act
    live = live.then(verbs.undo(live, end))
    live = live.then(verbs.done(live, end.at(end.wall + TWO_MINUTES)))
    history.add(live.state(clock.read()), live.events)
    past = history.past(run.id)
    assert (past.run.started_at, past.run.steps[1].note, past.left_out) == (LAST_YEAR, "other words", "a fire drill")
    assert (past.run.steps[0].alternative, history.heads()[0].alternatives) == ("queue", {"step-1": "queue"})
    assert moved.run.ended_at is not None
    assert past.run.ended_at == moved.run.ended_at + TWO_MINUTES
    assert past.run.active == moved.run.active + TWO_MINUTES
    assert left_over(past.run) == timedelta()
    assert (past.moved, history.heads()[0].corrected) == (LAST_YEAR - run.started_at, True)
    assert runs_in(history, 2026) == set()
    with pytest.raises(DoesNotFit, match="nothing was corrected since the run ended"):
        history.undo_correction(run.id)


def test_corrections_are_taken_back_one_by_one_and_brought_in_again(history: History, clock: ManualClock) -> None:
    run, _ = add_run(history)
    versions = [history.past(run.id)]
    corrections: tuple[Callable[[], PastRun], ...] = (
        lambda: history.amend(run.id, "step-2", "", TWO_MINUTES),
        lambda: history.set_note(run.id, "was ill"),
        lambda: history.set_alternative(run.id, "step-1", "queue"),
        lambda: history.set_outcome(run.id, "missed"),
        lambda: history.leave_out(run.id, "a fire drill"),
        lambda: history.set_start(run.id, LAST_YEAR),
        lambda: history.delete(run.id),
    )
    for correct in corrections:
        clock.advance(timedelta(minutes=1))
        versions.append(correct())
    for version in versions[-2::-1]:
        past, _ = history.undo_correction(run.id)
        assert (past.run, past.left_out, past.events) == (version.run, version.left_out, version.events)
    with pytest.raises(DoesNotFit, match="nothing was corrected since the run ended"):
        history.undo_correction(run.id)
    for version in versions[1:]:
        past, _ = history.redo_correction(run.id)
        assert (past.run, past.left_out, past.events) == (version.run, version.left_out, version.events)
    with pytest.raises(DoesNotFit, match="nothing was taken back last"):
        history.redo_correction(run.id)
    remembered = history.corrections(run.id)
    assert [one.act for one in remembered] == [
        *("amended", "noted", "chosen", "outcome", "left_out", "moved", "deleted"),
        *["undone"] * 7,
        *["redone"] * 7,
    ]
    assert {one.state for one in remembered} == {STANDS}


def test_another_correction_after_one_was_taken_back_leaves_nothing_to_bring_in_again(history: History) -> None:
    run, _ = add_run(history)
    history.set_outcome(run.id, "met")
    history.undo_correction(run.id)
    history.set_note(run.id, "was ill")
    with pytest.raises(DoesNotFit):
        history.redo_correction(run.id)
    assert [one.state for one in history.corrections(run.id)] == [TAKEN_BACK, STANDS, STANDS]


def test_saying_what_is_so_already_is_no_correction(history: History) -> None:
    run, _ = add_run(history)
    for _ in range(2):
        history.set_outcome(run.id, "met")
        history.set_start(run.id, run.started_at)
        history.restore(run.id)
        history.set_note(run.id, None)
        history.leave_out(run.id, None)
        history.set_alternative(run.id, "step-1", "queue")
        history.amend(run.id, "step-1", "", run.steps[0].active or timedelta())
    assert [one.act for one in history.corrections(run.id)] == ["outcome", "chosen"]


def test_a_correction_of_a_run_that_was_changed_since_it_was_looked_at_is_refused(history: History) -> None:
    run, _ = add_run(history)
    seen = history.past(run.id).stamp
    history.set_note(run.id, "of the other device")
    for correct in (
        lambda: history.set_note(run.id, "ours", seen=seen),
        lambda: history.set_start(run.id, LAST_YEAR, seen),
        lambda: history.amend(run.id, "step-1", "+", TWO_MINUTES, seen),
        lambda: history.undo_correction(run.id, seen),
    ):
        with pytest.raises(DoesNotFit, match="changed in the meantime: look at it again"):
            correct()
    assert history.past(run.id).run.note == "of the other device"


def test_of_two_corrections_made_at_once_on_two_devices_the_overtaken_one_is_told(tmp_path: Path) -> None:
    here = history_in(tmp_path / "here", clock=ManualClock(datetime(2026, 6, 1, 12, tzinfo=UTC)))
    there = history_in(tmp_path / "there", clock=ManualClock(datetime(2026, 6, 1, 13, tzinfo=UTC)))
    run, _ = add_run(here)
    bring(here, there)
    here.amend(run.id, "step-1", "+", TWO_MINUTES)
    there.set_note(run.id, "of the other device")
    bring(here, there)
    bring(there, here)
    for history in (here, there):
        past = history.past(run.id)
        assert (past.run.note, past.amended) == ("of the other device", ())
        assert [(one.act, one.state) for one in history.corrections(run.id)] == [
            ("amended", OVERTAKEN),
            ("noted", STANDS),
        ]
        assert history.corrections(run.id)[0].device == here.device
    here.undo_correction(run.id)
    assert here.past(run.id).run == run
    with pytest.raises(DoesNotFit):
        here.undo_correction(run.id)


def test_of_two_starts_set_at_once_in_different_years_only_the_later_is_shown_however_few_years_are_read(
    tmp_path: Path,
) -> None:
    here = history_in(tmp_path / "here", clock=ManualClock(datetime(2026, 6, 1, 12, tzinfo=UTC)))
    there = history_in(tmp_path / "there", clock=ManualClock(datetime(2026, 6, 1, 13, tzinfo=UTC)))
    run, _ = add_run(here, LAST_YEAR)
    bring(here, there)
    here.set_start(run.id, datetime(2026, 3, 2, 9, tzinfo=UTC))
    later = there.set_start(run.id, datetime(2024, 3, 2, 9, tzinfo=UTC)).run.started_at
    bring(here, there)
    bring(there, here)
    for history in (here, there):
        assert [head.started_at for head in history.heads()] == [later]
        assert [head.started_at for head in history.heads(1)] == [later]


def bring(source: History, target: History) -> None:
    """Sync one device's files to another."""
    Path(target.places.history).mkdir(parents=True, exist_ok=True)
    for path in Path(source.places.history).glob(f"{source.device}-*.json"):
        (Path(target.places.history) / path.name).write_bytes(path.read_bytes())


def test_the_run_corrected_last_on_this_device_is_known(tmp_path: Path, clock: ManualClock) -> None:
    here, there = history_in(tmp_path, clock=clock), other_device(tmp_path, clock)
    first, second, third = (add_run(here)[0].id for _ in range(3))
    with pytest.raises(DoesNotFit, match="nothing is left to take back"):
        here.corrected_last()
    here.set_outcome(first, "met")
    here.set_outcome(second, "met")
    there.set_outcome(third, "met")
    assert here.corrected_last() == second
    here.undo_correction(second)
    assert here.corrected_last() == first
    assert here.corrected_last(taken_back=True) == second
    here.undo_correction(first)
    with pytest.raises(DoesNotFit):
        here.corrected_last()
    assert there.corrected_last() == third


def test_an_imported_run_is_corrected_and_taken_back_like_any_other(history: History) -> None:
    run, _ = make_run()
    history.take_in([Arriving(run)])
    before = history.past(run.id)
    history.set_start(run.id, LAST_YEAR)
    history.amend(run.id, "step-1", "+", TWO_MINUTES)
    past = history.set_note(run.id, "from elsewhere", "step-3")
    assert (past.run.started_at, past.run.steps[2].note, left_over(past.run)) == (
        LAST_YEAR,
        "from elsewhere",
        timedelta(),
    )
    for _ in range(3):
        past, _ = history.undo_correction(run.id)
    assert past.run == before.run


def test_a_later_version_from_elsewhere_moves_a_run_out_of_its_year_too(tmp_path: Path) -> None:
    here, there = history_in(tmp_path / "here"), history_in(tmp_path / "there")
    run, _ = add_run(there)
    first = there.past(run.id)
    here.take_in([Arriving(first.run, first.stamp)])
    moved = there.set_start(run.id, LAST_YEAR)
    arrived = here.take_in([Arriving(moved.run, moved.stamp, moved=moved.moved)])
    assert arrived.updated == 1
    assert (runs_in(here, 2025), runs_in(here, 2026)) == ({run.id}, set())
    assert here.heads()[0].corrected
    with pytest.raises(DoesNotFit):
        here.undo_correction(run.id)


def test_there_is_nothing_to_correct_of_a_run_that_is_not_there(history: History) -> None:
    for correct in (history.undo_correction, history.redo_correction, history.corrections, history.delete):
        with pytest.raises(NotFound, match="there is no run 9"):
            correct("9")
