from __future__ import annotations

import os
import random
import shutil
import stat
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from tinydb import TinyDB

from procroutine.clock import ManualClock
from procroutine.errors import BadInput, CannotWrite, DoesNotFit, NotFound
from procroutine.history.history import History
from procroutine.run import verbs
from procroutine.run.live import LiveRun, RunState, StepState
from procroutine.run.record import left_over
from tests.history.samples import add_run, history_in, snapshot

PASSING = (
    *("as_of", "rebooted", "last_event_at", "asleep_to_count", "asleep_in"),
    *("last_pause", "pause_over", "recounted", "deadline"),
)
"""What only an open run tells."""


def differing(one: RunState, other: RunState) -> dict[str, tuple[object, object]]:
    return {
        field: (getattr(one, field), getattr(other, field))
        for field in RunState._fields
        if getattr(one, field) != getattr(other, field)
    }


def as_kept(steps: Iterable[StepState]) -> tuple[StepState, ...]:
    """Leave out what only an open run tells of its steps."""
    return tuple(step.replaced(corrected=timedelta()) for step in steps)


def other_device(tmp_path: Path, clock: ManualClock) -> History:
    """A history of another device over the same synced folder."""
    history = history_in(tmp_path / "other", clock=clock)
    (tmp_path / "history").mkdir(exist_ok=True)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "history").symlink_to(tmp_path / "history")
    return history


def test_a_run_comes_back_just_as_it_was_added(history: History) -> None:
    run, events = add_run(history)
    past = history.past(run.id)
    assert past.run == run
    assert past.events == events
    assert (past.deleted, past.left_out, past.corrected, past.reopened) == (False, None, False, False)


def test_a_run_with_every_kind_of_event_comes_back_just_as_it_was_added(history: History) -> None:
    clock = ManualClock(datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=1))), zone="Europe/Berlin")
    definition = snapshot(steps=4)
    definition["steps"][0]["checklist"] = ["one", "two"]
    definition["steps"][3]["optional"] = True
    run = LiveRun([verbs.start(clock.read(), run="1234567890123456", device="desk", snapshot=definition)])

    def then(verb: str, *given: object, **named: object) -> None:
        nonlocal run
        clock.advance(timedelta(seconds=61, milliseconds=7))
        run = run.then(verbs.VERBS[verb](run, clock.read(), *given, **named))

    then("tick", "step-1", 1)
    then("note", "a\nnote")
    then("note", "another")
    then("done")
    then("pause")
    clock.sleep(timedelta(hours=2))
    then("resume")
    clock.sleep(timedelta(hours=1))
    then("goto", "step-3")
    then("add", "One more")
    then("move", "step-4", "step-3")
    then("switch_off", "step-2")
    then("done")
    clock.reboot(timedelta(minutes=9), "boot-2")
    then("skip")
    then("undo")
    then("waiting", "the upload", clock.read().wall + timedelta(days=1))
    clock.step_wall(timedelta(hours=-5))
    then("resume")
    then("recount", "work")
    then("deadline", clock.read().wall + timedelta(days=1))
    then("amend", "step-1", "+", timedelta(minutes=3))
    then("finish", "partly")
    state = run.state(clock.read())
    history.add(state, run.events)
    past = history.past(state.id)
    assert past.events == run.events
    assert LiveRun.from_events(past.events).state(clock.read()) == state
    kept = past.run.replaced(**{name: getattr(state, name) for name in PASSING})
    assert differing(kept, state.replaced(steps=as_kept(state.steps))) == {}


def test_adding_twice_is_once(history: History) -> None:
    run, events = add_run(history)
    stamp = history.past(run.id).stamp
    history.add(run, events)
    assert len(history.heads()) == 1
    assert history.past(run.id).stamp == stamp


def test_adding_again_does_not_undo_a_correction(history: History) -> None:
    run, events = add_run(history)
    history.set_outcome(run.id, "partly")
    history.add(run, events)
    assert history.past(run.id).run.outcome == "partly"


def test_an_open_run_is_refused(history: History) -> None:
    clock = ManualClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
    run = LiveRun([verbs.start(clock.read(), run="1234567890123456", device="desk", snapshot=snapshot())])
    with pytest.raises(DoesNotFit, match="still open"):
        history.add(run.state(clock.read()), run.events)


def test_a_run_goes_into_the_file_of_the_year_it_began_where_it_began(history: History, tmp_path: Path) -> None:
    new_year = datetime(2026, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=13)))
    add_run(history, new_year)
    add_run(history, new_year - timedelta(hours=1))
    names = [name for name in os.listdir(tmp_path / "history") if name.endswith(".json")]
    assert sorted(names) == [f"{history.device}-2025.json", f"{history.device}-2026.json"]


def test_stock_tinydb_sees_the_same_runs(history: History) -> None:
    ids = {int(add_run(history)[0].id) for _ in range(3)}
    with TinyDB(history.own_path(2026)) as stock:
        documents = {document.doc_id: document for document in stock.table("runs")}
    assert set(documents) == ids
    for document in documents.values():
        past = history.past(document["id"])
        assert document["active_seconds"] == past.run.active.total_seconds()
        assert [step["id"] for step in document["steps"]] == [step.id for step in past.run.steps]


def test_folder_and_files_are_for_their_owner_alone(history: History, tmp_path: Path) -> None:
    add_run(history)
    add_run(history)
    assert stat.S_IMODE((tmp_path / "history").stat().st_mode) == 0o700
    for file in (*(tmp_path / "history").iterdir(), tmp_path / "device", tmp_path / "history.lock"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_deleted_run_is_out_of_the_heads_until_it_is_restored(history: History) -> None:
    run, _ = add_run(history)
    history.delete(run.id)
    assert history.heads() == ()
    assert [head.id for head in history.heads(deleted=True)] == [run.id]
    assert history.past(run.id).deleted
    history.restore(run.id)
    assert history.heads(deleted=True) == ()
    assert history.past(run.id).run == run


def test_corrections_keep_what_stood_before(history: History, clock: ManualClock) -> None:
    run, _ = add_run(history)
    history.set_outcome(run.id, "met")
    clock.advance(timedelta(days=1))
    history.set_outcome(run.id, "missed")
    history.set_note(run.id, "was ill")
    corrections = history.corrections(run.id)
    assert [correction.before for correction in corrections] == [
        {"outcome": None},
        {"outcome": "met"},
        {"note": None, "noted": None},
    ]
    assert [correction.at for correction in corrections[1:]] == [clock.read().wall] * 2
    assert {correction.device for correction in corrections} == {history.device}
    past = history.past(run.id)
    assert (past.run.outcome, past.run.note) == ("missed", "was ill")


def test_a_run_left_out_says_why_until_it_counts_again(history: History) -> None:
    run, _ = add_run(history)
    history.leave_out(run.id, "a fire drill")
    assert history.past(run.id).left_out == "a fire drill"
    assert history.heads()[0].left_out
    history.leave_out(run.id, None)
    assert not history.heads()[0].left_out


@pytest.mark.parametrize(("sign", "minutes"), [("", 5), ("+", 3), ("-", 2)])
def test_an_amended_step_changes_the_total_and_the_identity_holds(history: History, sign: str, minutes: int) -> None:
    run, _ = add_run(history)
    length = timedelta(minutes=minutes)
    past = history.amend(run.id, "step-3", sign, length)
    before = run.steps[2].active
    assert before is not None
    after = {"": length, "+": before + length, "-": before - length}[sign]
    assert past.run.steps[2].active == after
    assert past.run.active == run.active + after - before
    assert past.run.corrected == after - before
    assert left_over(past.run) == timedelta()
    assert past.amended == (("step-3", after - before),)
    assert history.heads()[0].corrected
    assert history.heads()[0].step_times["step-3"] == after
    assert history.past(run.id) == past


def test_a_step_that_was_never_begun_can_be_given_a_time(history: History) -> None:
    clock = ManualClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
    run = LiveRun([verbs.start(clock.read(), run="1234567890123456", device="desk", snapshot=snapshot())])
    clock.advance(timedelta(minutes=1))
    run = run.then(verbs.abandon(run, clock.read()))
    history.add(run.state(clock.read()), run.events)
    past = history.amend("1234567890123456", "step-2", "", timedelta(minutes=5))
    assert past.run.steps[1].active == timedelta(minutes=5)
    assert past.run.steps[1].started_at is None


def prepared_run(history: History) -> RunState:
    clock = ManualClock(datetime(2026, 3, 2, 9, tzinfo=UTC))
    definition = snapshot()
    definition["steps"][0]["prepare"] = True
    started = verbs.start(clock.read(), run="1234567890123456", device="desk", snapshot=definition, preparing=True)
    run = LiveRun([started])
    for verb, minutes in ((verbs.done, 5), (verbs.begin, 60), (verbs.done, 10), (verbs.done, 10)):
        clock.advance(timedelta(minutes=minutes))
        run = run.then(verb(run, clock.read()))
    history.add(run.state(clock.read()), run.events)
    return run.state(clock.read())


def test_what_was_prepared_is_amended_without_making_the_run_longer_also_once_its_end_is_undone(
    history: History,
) -> None:
    run = prepared_run(history)
    past = history.amend(run.id, "step-1", "+", timedelta(minutes=2))
    assert (past.run.steps[0].active, past.run.steps[0].prepared) == (None, timedelta(minutes=7))
    assert (past.run.active, past.run.corrected, left_over(past.run)) == (run.active, timedelta(), timedelta())
    assert past.corrected
    with pytest.raises(BadInput, match="step-1 has only 7:00"):
        history.amend(run.id, "step-1", "-", timedelta(minutes=8))
    live = LiveRun(history.reopen(run.id).events)
    assert as_kept(live.state(live.last_act).steps) == past.run.steps


def test_an_amendment_that_cannot_be_made_changes_nothing(history: History) -> None:
    run, _ = add_run(history)
    with pytest.raises(BadInput, match="step-1 has only 1:00"):
        history.amend(run.id, "step-1", "-", timedelta(hours=1))
    with pytest.raises(NotFound, match="did you mean 'step-1'"):
        history.amend(run.id, "stp-1", "", timedelta(hours=1))
    with pytest.raises(BadInput, match="step-1 would be over 999 hours"):
        history.amend(run.id, "step-1", "+", timedelta(hours=999))
    with pytest.raises(BadInput, match="write met, partly or missed"):
        history.set_outcome(run.id, "great")
    with pytest.raises(NotFound):
        history.delete("9")
    assert history.past(run.id).run == run
    assert history.corrections(run.id) == ()


def test_the_end_of_a_run_that_was_changed_meanwhile_is_not_undone(history: History) -> None:
    run, _ = add_run(history)
    seen = history.past(run.id).stamp
    history.set_outcome(run.id, "met")
    with pytest.raises(DoesNotFit, match="changed in the meantime"):
        history.reopen(run.id, seen)
    assert history.past(run.id).run.outcome == "met"


def test_a_reopened_run_is_out_of_everything_until_it_ends_again(history: History) -> None:
    run, events = add_run(history)
    clock = ManualClock(datetime(2026, 3, 2, 9, 10, tzinfo=UTC))
    assert history.reopen(run.id).events == events
    assert history.heads() == history.heads(deleted=True) == ()
    assert history.run(run.id) is None
    with pytest.raises(NotFound):
        history.past(run.id)
    with pytest.raises(NotFound):
        history.delete(run.id)
    live = LiveRun(events)
    live = live.then(verbs.undo(live, clock.read()))
    clock.advance(timedelta(minutes=4))
    live = live.then(verbs.done(live, clock.read()))
    history.add(live.state(clock.read()), live.events)
    assert history.past(run.id).events == live.events
    assert len(history.heads()) == 1


def test_amendments_stay_in_force_when_the_end_of_a_run_is_undone(history: History) -> None:
    run, _ = add_run(history)
    amended = history.amend(run.id, "step-2", "+", timedelta(minutes=2)).run
    clock = ManualClock(datetime(2026, 3, 2, 9, 10, tzinfo=UTC))
    live = LiveRun(history.reopen(run.id).events)
    assert live.state(live.last_act).active == amended.active
    live = live.then(verbs.undo(live, clock.read()))
    assert live.state(clock.read()).steps[1].active == amended.steps[1].active
    live = live.then(verbs.redo(live, clock.read()))
    history.add(live.state(clock.read()), live.events)
    past = history.past(run.id)
    assert past.run.steps[1].active == amended.steps[1].active
    assert left_over(past.run) == timedelta()
    assert history.heads()[0].corrected


def test_what_was_said_about_a_run_outlives_its_reopening(history: History) -> None:
    run, events = add_run(history)
    history.set_outcome(run.id, "met")
    history.leave_out(run.id, "a fire drill")
    history.reopen(run.id)
    history.add(run, events)
    past = history.past(run.id)
    assert (past.run.outcome, past.left_out) == ("met", "a fire drill")


def test_a_run_that_went_on_after_it_was_added_takes_the_place_of_what_was_added(history: History) -> None:
    run, events = add_run(history)
    live = LiveRun(events)
    clock = ManualClock(datetime(2026, 3, 2, 10, tzinfo=UTC))
    for verb in (verbs.undo, verbs.redo):
        live = live.then(verb(live, clock.read()))
    history.add(live.state(clock.read()), live.events)
    assert history.past(run.id).events == live.events


def test_runs_of_another_device_are_read_and_corrected_in_our_own_file(tmp_path: Path, clock: ManualClock) -> None:
    here = history_in(tmp_path, clock=clock)
    there = other_device(tmp_path, clock)
    run, events = add_run(there)
    theirs = Path(there.own_path(2026)).read_bytes()
    here.set_outcome(run.id, "met")
    assert Path(there.own_path(2026)).read_bytes() == theirs
    assert here.device != there.device
    for history in (here, there):
        assert history.past(run.id).run.outcome == "met"
        assert history.past(run.id).events == events


def test_a_correction_counts_more_than_what_it_was_made_from_whatever_the_clocks_say(tmp_path: Path) -> None:
    ahead = ManualClock(datetime(2031, 1, 1, tzinfo=UTC))
    behind = ManualClock(datetime(2019, 1, 1, tzinfo=UTC))
    there = other_device(tmp_path, ahead)
    run, _ = add_run(there)
    there.set_outcome(run.id, "met")
    here = history_in(tmp_path, clock=behind)
    here.set_outcome(run.id, "missed")
    assert there.past(run.id).run.outcome == "missed"


def test_a_conflicting_copy_is_read_like_the_file_of_another_device(history: History, tmp_path: Path) -> None:
    run, _ = add_run(history)
    path = Path(history.own_path(2026))
    copy = path.with_name(path.stem + ".sync-conflict-20260601-120000.json")
    copy.write_bytes(path.read_bytes())
    path.unlink()
    shutil.rmtree(history.places.safety)
    other, _ = add_run(history)
    assert {head.id for head in history.heads()} == {run.id, other.id}
    assert history.past(run.id).run == run


def test_a_file_that_is_not_sound_is_said_and_hides_no_other(history: History, tmp_path: Path) -> None:
    run, _ = add_run(history)
    (tmp_path / "history" / "lap-2026.json").write_bytes(b"")
    (tmp_path / "history" / "pad-2026.json").write_bytes(
        Path(history.own_path(2026)).read_bytes().replace(b'"format":1', b'"format":9')
    )
    (tmp_path / "history" / "notes.txt").write_text("not ours to read")
    overview = history.overview()
    assert [head.id for head in overview.heads] == [run.id]
    assert [sentence.split("/")[-1] for sentence in overview.said] == [
        "lap-2026.json is damaged; 0 runs of it could be recovered, whatever else it held is missing here",
        "pad-2026.json was written by a newer version; nothing of it is read or changed",
    ]


def test_a_damaged_file_of_ours_is_repaired_and_the_damaged_bytes_are_kept(history: History, tmp_path: Path) -> None:
    runs = [add_run(history)[0] for _ in range(3)]
    path = Path(history.own_path(2026))
    damaged = path.read_bytes().replace(runs[0].id.encode() + b'","routine', runs[0].id.encode() + b'","r0utine')
    path.write_bytes(damaged)
    assert history.past(runs[2].id).run == runs[2]
    (said,) = history.repair()
    assert said == (
        f"{path} was written anew with the 3 runs that could be recovered; "
        f"the damaged bytes were put aside in {tmp_path / 'history' / 'damaged'}"
    )
    assert history.repair() == ()
    assert history.overview().said == ()
    assert {head.id for head in history.heads()} == {run.id for run in runs}
    assert [file.read_bytes() for file in (tmp_path / "history" / "damaged").iterdir()] == [damaged]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_cannot_be_written_gives_a_sentence(history: History, tmp_path: Path) -> None:
    history.device  # noqa: B018  # made while that can be done
    (tmp_path / "history").mkdir(0o500)
    with pytest.raises(CannotWrite, match="look at the permissions"):
        add_run(history)


def test_no_run_is_shown_wrongly_whatever_bit_of_its_file_flips(history: History) -> None:
    right = {run.id: run for run, _ in (add_run(history), add_run(history))}
    path = Path(history.own_path(2026))
    data = path.read_bytes()
    chance = random.Random(11)
    for _ in range(100):
        flipped = bytearray(data)
        place = chance.randrange(len(data) * 8)
        flipped[place // 8] ^= 1 << place % 8
        path.write_bytes(flipped)
        shutil.rmtree(history.places.safety, ignore_errors=True)
        overview = history.overview()
        for head in overview.heads:
            run = history.past(head.id).run
            lost_definition = run.definition == {}
            assert run == right[head.id] or (lost_definition and run.active == right[head.id].active)
        assert overview.said != ()
