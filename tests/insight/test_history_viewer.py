"""History, and runs beside one another, of a real home."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import NotFound
from procroutine.history import file_heads
from procroutine.history.home import Home
from procroutine.history.index_files import Index
from procroutine.insight import history_viewer
from procroutine.insight.viewer import Viewer
from procroutine.places import Places, find_places
from tests.insight.test_viewer import MONDAY, POSTS, do


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MONDAY, zone="Europe/Berlin")


@pytest.fixture
def home(tmp_path: Path, clock: ManualClock) -> Home:
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "posts.toml").write_text(POSTS)
    (tmp_path / "routines" / "books.toml").write_text(POSTS.replace("Weekly posts", "Books") + 'person = "Ben"\n')
    return Home(find_places({}, str(tmp_path)), clock)


def test_what_is_typed_lists_some_runs_in_the_order_chosen(home: Home, clock: ManualClock) -> None:
    runs = Viewer(home).past.runs
    slow = do(home, clock, 9, 4, note="Slow")
    quick, longest = do(home, clock, 4, 2), do(home, clock, 20, 2, routine="books")
    assert [row.run_id for row in runs.history().rows] == [longest, quick, slow]
    assert [row.run_id for row in runs.history(text="over", sort="longest").rows] == [longest, slow]
    assert [row.run_id for row in runs.history("posts", "over week:W40..W42").rows] == [slow]
    assert runs.history("posts", "week:W43..").facts == "0 of 2 runs"
    assert runs.history(text="nots:slow").problem == "there is no term 'nots:': did you mean 'note:'?"


def test_of_a_long_past_the_newest_weeks_are_listed_before_all_are_counted(
    home: Home, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(home, clock, 4, 2)
    clock.advance(timedelta(days=800))
    runs_of_then = [do(home, clock, 4, 2) for _ in range(2)]
    clock.advance(timedelta(days=300))
    newest = [home.start("books").run.id]
    home.act("done")
    home.act("done")
    newest.append(do(home, clock, 4, 2))
    assert Viewer(home).past.runs.newest().is_whole
    monkeypatch.setattr(history_viewer, "_FEW", 0)
    runs = Viewer(home).past.runs
    first = runs.newest()
    assert [row.run_id for row in first.rows] == [*newest[::-1], *runs_of_then[::-1]]
    assert (first.facts, first.is_whole, first.long_weeks) == ("", False, True)
    monkeypatch.setattr(history_viewer, "PAGE", 1)
    assert [row.run_id for row in runs.newest().rows] == newest[::-1], "only whole weeks"
    assert list(runs.reading())[-2:] == [True, True]
    assert runs.newest().is_whole
    assert len(runs.history().rows) == 5
    home.history().delete(newest[0])
    assert (len(runs.newest().rows), len(runs.history().rows)) == (1, 4)


def test_of_what_is_read_already_only_files_that_changed_are_read_again(
    home: Home, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        run = do(home, clock, 4, 2)
        clock.advance(timedelta(days=370))
    read = []

    def rows_of(places: Places, file: Index) -> list[list[Any]]:
        read.append(file.path)
        return file_heads.rows_of(places, file)

    monkeypatch.setattr(history_viewer, "rows_of", rows_of)
    runs = Viewer(home).past.runs
    assert (len(runs.history().rows), len(read)) == (3, 3)
    home.history().delete(run)
    assert (len(runs.history().rows), len(read)) == (2, 4)
    assert (len(runs.history().rows), len(read)) == (2, 4)


def test_a_run_is_compared_with_the_one_before_the_best_the_usual_and_any_other(home: Home, clock: ManualClock) -> None:
    best, before, run = do(home, clock, 4, 2), do(home, clock, 9, 2), do(home, clock, 6, 3)
    other = do(home, clock, 1, 1, routine="books")
    runs = Viewer(home).past.runs
    assert [key for key, _ in runs.comparable(run)] == ["before", "best", "usual"]
    assert [runs.compare(run, key).earlier.run_id for key in ("before", "best", "usual", best)] == [
        before,
        best,
        None,
        best,
    ]
    assert runs.compare(run, "usual").earlier.total == timedelta(minutes=11)
    assert runs.compare(best, run) == runs.compare(run, best)
    assert runs.compare(run, other).title == "Weekly posts and Books"


def test_what_there_is_not_cannot_be_compared_with(home: Home, clock: ManualClock) -> None:
    run = do(home, clock, 4, 2)
    runs = Viewer(home).past.runs
    assert runs.comparable(run) == ()
    for other in ("before", "best", "123"):
        with pytest.raises(NotFound):
            runs.compare(run, other)
    with pytest.raises(NotFound):
        runs.comparable("123")


def test_a_step_is_found_by_id_title_and_number_and_has_its_page(home: Home, clock: ManualClock) -> None:
    do(home, clock, 4, 2)
    do(home, clock, 6, 2)
    runs = Viewer(home).past.runs
    assert runs.steps("posts") == (("write", "Write"), ("send", "Send"))
    assert [runs.step_named("posts", word) for word in ("write", "send", " SEND ", "1")] == [
        "write",
        "send",
        "send",
        "write",
    ]
    with pytest.raises(NotFound, match="did you mean 'write'"):
        runs.step_named("posts", "wirte")
    page = runs.step("posts", "write")
    assert (page.best, page.last, page.planned) == tuple(timedelta(minutes=count) for count in (4, 6, 5))
    assert len(runs.step("posts", "write", 1).chart.points) == 0
    assert runs.step_answer("posts", "write")["times"] == 2
    with pytest.raises(NotFound):
        runs.step("posts", "gone")
