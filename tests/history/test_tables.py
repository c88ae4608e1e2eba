from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tinydb import TinyDB

from procroutine.clock import ManualClock
from procroutine.errors import NotFound
from procroutine.history.history import History
from procroutine.weeks import Week
from tests.history.samples import history_in, snapshot

WEEK = Week(year=2026, number=53)


def test_revisions_are_numbered_by_routine_and_known_ones_keep_their_number(history: History) -> None:
    assert history.overview(0).revisions == {}
    assert history.add_revision("posts", "aa", snapshot()) == 1
    assert history.add_revision("posts", "bb", snapshot(steps=4), "one more step") == 2
    assert history.add_revision("books", "aa", snapshot("books")) == 1
    assert history.add_revision("posts", "aa", snapshot()) == 1
    assert history.overview(0).revisions == {("posts", "aa"): 1, ("posts", "bb"): 2, ("books", "aa"): 1}


def test_a_revision_keeps_its_snapshot_date_and_note(history: History, clock: ManualClock) -> None:
    history.add_revision("posts", "aa", snapshot())
    clock.advance(timedelta(days=400))
    history.add_revision("posts", "bb", snapshot(steps=4), "one more step")
    first, second = history.revisions("posts")
    assert (first["number"], first["note"], first["date"]) == (1, None, "2026-06-01T12:00:00.000+00:00")
    assert (second["snapshot"], second["note"], second["hash"]) == (snapshot(steps=4), "one more step", "bb")


def test_weeks_off_are_for_one_routine_or_for_all_until_taken_back(history: History) -> None:
    history.set_week_off("posts", WEEK, "away")
    history.set_week_off(None, WEEK, "holidays")
    history.set_week_off(None, WEEK, "Christmas")
    assert {(off.routine, off.week, off.reason, off.day) for off in history.weeks_off()} == {
        ("posts", WEEK, "away", "2026-06-01"),
        (None, WEEK, "Christmas", "2026-06-01"),
    }
    history.clear_week_off("posts", WEEK)
    assert [off.routine for off in history.weeks_off()] == [None]
    with pytest.raises(NotFound):
        history.clear_week_off("posts", WEEK)
    history.set_week_off("posts", WEEK, "away after all")
    assert len(history.weeks_off()) == 2


def test_redlines_stand_until_they_are_settled(history: History, clock: ManualClock) -> None:
    first = history.add_redline("posts", "group the pictures", "1234567890123456")
    clock.advance(timedelta(days=300))
    second = history.add_redline("books", "drop the second check")
    assert [(line.text, line.run) for line in history.redlines()] == [
        ("group the pictures", "1234567890123456"),
        ("drop the second check", None),
    ]
    assert [line.id for line in history.redlines("books")] == [second]
    history.settle_redline(first, "done")
    assert [line.id for line in history.redlines()] == [second]
    history.settle_redline(first, "open")
    assert [line.id for line in history.redlines()] == [first, second]
    with pytest.raises(NotFound):
        history.settle_redline("5", "done")


def test_what_led_to_a_revision_is_added_to_its_note_once(history: History) -> None:
    number = history.add_revision("posts", "a1", {"steps": []})
    history.note_revision("posts", number, ["fewer pictures", "one system; not two"])
    history.note_revision("posts", number, ["one system; not two", "ask Ana"])
    assert history.revisions("posts")[0]["note"] == "fewer pictures; one system; not two; ask Ana"
    with pytest.raises(NotFound):
        history.note_revision("posts", 7, ["nothing"])


def test_what_one_device_says_later_counts_for_all(tmp_path: Path, clock: ManualClock) -> None:
    here = history_in(tmp_path, clock=clock)
    there = history_in(tmp_path / "other", clock=clock)
    (tmp_path / "other").mkdir()
    (tmp_path / "history").mkdir()
    (tmp_path / "other" / "history").symlink_to(tmp_path / "history")
    here.set_week_off(None, WEEK, "away")
    there.clear_week_off(None, WEEK)
    redline = here.add_redline("posts", "group the pictures")
    there.settle_redline(redline, "dropped")
    assert here.add_revision("posts", "aa", snapshot()) == there.add_revision("posts", "aa", snapshot()) == 1
    for history in (here, there):
        assert history.weeks_off() == ()
        assert history.redlines() == ()
        assert history.overview(0).revisions == {("posts", "aa"): 1}


def test_stock_tinydb_reads_the_small_tables(history: History) -> None:
    history.set_week_off(None, WEEK, "away")
    history.add_redline("posts", "group the pictures")
    history.add_revision("posts", "aa", snapshot())
    with TinyDB(history.own_path(2026)) as stock:
        assert stock.table("weeks_off").all()[0]["reason"] == "away"
        assert stock.table("redlines").all()[0]["text"] == "group the pictures"
        assert stock.table("revisions").all()[0]["snapshot"] == snapshot()
