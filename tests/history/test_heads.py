from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from procroutine.history.heads import RunHead, read_overview
from procroutine.history.history import History
from procroutine.history.index_files import index_path, read_indexes
from procroutine.history.index_summary import read_runs
from procroutine.weeks import Week
from tests.history.samples import add_run, history_in, make_run, places_in, told

SLOW = ("dataclasses", "typing", "pathlib", "inspect", "tempfile", "hashlib", "tomllib", "pendulum", "tinydb")


def cached(history: History) -> Path:
    return Path(index_path(history.places, history.own_path(2026)))


def test_a_head_says_of_a_run_what_lists_need(history: History) -> None:
    run, _ = add_run(history)
    (head,) = history.heads()
    for field in ("id", "routine", "routine_name", "revision", "state", "week", "started_at", "ended_at", "goal"):
        assert getattr(head, field) == getattr(run, field)
    for field in ("active", "paused", "waiting", "asleep", "outcome", "note", "device", "deleted"):
        assert getattr(head, field) == getattr(run, field)
    assert (head.steps_done, head.steps_total, head.complete) == (3, 3, True)
    assert head.step_times == {step.id: step.active for step in run.steps}
    assert (head.left_out, head.corrected) == (False, False)
    assert head.stamp == history.past(run.id).stamp


def test_the_notes_on_steps_are_known_without_reading_the_run(history: History) -> None:
    run, events = make_run()
    steps = (run.steps[0].replaced(notes=("Slow", "Again")), run.steps[1], run.steps[2].replaced(notes=("Late",)))
    history.add(run.replaced(steps=steps, note="Of the run"), events)
    add_run(history)
    with_notes, without = sorted(history.heads(), key=lambda head: head.note is None)
    assert (with_notes.note, with_notes.step_notes) == ("Of the run", {"step-1": "Slow\nAgain", "step-3": "Late"})
    assert (without.note, without.step_notes) == (None, None)


def test_skipped_and_combined_steps_are_in_no_step_time(history: History) -> None:
    run, events = make_run()
    steps = (run.steps[0].replaced(state="skipped"), run.steps[1].replaced(combined=True), run.steps[2])
    history.add(run.replaced(steps=steps), events)
    (head,) = history.heads()
    assert (head.steps_done, head.complete, set(head.step_times)) == (2, False, {"step-3"})


def test_a_run_without_its_optional_steps_is_complete(history: History) -> None:
    run, events = make_run()
    steps = (run.steps[0].replaced(state="skipped", optional=True), *run.steps[1:])
    history.add(run.replaced(steps=steps), events)
    assert history.heads()[0].complete


def test_heads_come_newest_first_whatever_the_order_they_were_added_in(history: History) -> None:
    starts = [datetime(2026, 3, day, 9, tzinfo=UTC) for day in (5, 2, 9, 7)]
    for start in starts:
        add_run(history, start)
    assert [head.started_at for head in history.heads()] == sorted(starts, reverse=True)


def test_only_the_newest_years_that_have_runs_are_read(history: History) -> None:
    for year in (2021, 2024, 2025, 2026):
        add_run(history, datetime(year, 5, 4, 9, tzinfo=UTC))
    history.set_week_off(None, Week(year=2026, number=20), "away")
    for years, expected in ((1, [2026]), (2, [2026, 2025]), (9, [2026, 2025, 2024, 2021]), (0, [])):
        overview = history.overview(years)
        assert [head.started_at.year for head in overview.heads] == expected
        assert len(overview.weeks_off) == 1
    indexes = read_indexes(history.places, 2)
    assert sorted(index.years[0] for index in indexes if index.rows is None) == [2021, 2024]


def test_adding_keeps_the_index_up_without_reading_the_file_again(history: History) -> None:
    add_run(history)
    history.heads()
    before = cached(history).stat().st_ino
    runs = [add_run(history)[0] for _ in range(3)]
    assert cached(history).stat().st_ino == before
    kept = history.heads()
    assert {run.id for run in runs} < {head.id for head in kept}
    assert cached(history).stat().st_ino == before
    cached(history).unlink()
    assert history.heads() == kept


def test_the_first_run_of_a_file_that_was_read_before_is_among_the_newest_years(history: History) -> None:
    history.set_week_off(None, Week(year=2026, number=20), "away")
    assert history.overview(2).heads == ()
    run, _ = add_run(history)
    assert [head.id for head in history.overview(2).heads] == [run.id]


def test_a_run_added_by_somebody_who_left_the_index_alone_is_seen(history: History, tmp_path: Path) -> None:
    add_run(history)
    history.heads()
    kept = cached(history).read_bytes()
    run, _ = add_run(history)
    cached(history).write_bytes(kept)
    assert run.id in {head.id for head in history.heads()}


def test_no_damage_to_an_index_is_believed(history: History) -> None:
    for day in (2, 3):
        add_run(history, datetime(2026, 3, day, 9, tzinfo=UTC))
    history.set_week_off("posts", Week(year=2026, number=20), "away")
    right, runs = history.overview(), told(read_runs(history.places)[1])
    data = cached(history).read_bytes()
    damages = [data[:length] for length in range(0, len(data), 19)]
    damages += [data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :] for place in range(0, len(data), 7)]
    for damage in damages:
        cached(history).write_bytes(damage)
        assert history.overview() == right
        assert history.overview(1) == right
        cached(history).write_bytes(damage)
        assert told(read_runs(history.places)[1]) == runs


def test_without_a_place_for_the_index_reading_works_all_the_same(tmp_path: Path) -> None:
    history = history_in(tmp_path)
    (tmp_path / "cache").write_text("a file where a folder is wanted")
    run, _ = add_run(history)
    add_run(history)
    assert len(history.heads()) == 2
    assert history.past(run.id).run == run


def test_the_index_of_a_file_that_was_put_in_its_place_is_not_used(history: History, tmp_path: Path) -> None:
    add_run(history)
    history.heads()
    other = history_in(tmp_path / "other")
    run, _ = add_run(other)
    shutil.copy(other.own_path(2026), history.own_path(2026))
    assert [head.id for head in history.heads()] == [run.id]


def test_there_are_no_heads_in_an_empty_home(tmp_path: Path) -> None:
    overview = read_overview(places_in(tmp_path))
    assert (overview.heads, overview.weeks_off, overview.redlines, overview.revisions) == ((), (), (), {})
    assert os.listdir(tmp_path) == []


def test_reading_heads_loads_nothing_slow(history: History) -> None:
    add_run(history)
    add_run(history)
    history.heads()
    program = (
        "import sys; from procroutine.places import find_places; from procroutine.history.heads import read_overview;"
        f"overview = read_overview(find_places({{}}, {str(Path(history.places.cache).parent)!r}));"
        f"print(len(overview.heads), [name for name in {SLOW!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-S", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "2 []\n"


@pytest.mark.parametrize("years", [None, 1])
def test_a_head_is_a_value_like_any_other(history: History, years: int | None) -> None:
    add_run(history)
    (head,) = history.heads(years)
    same = RunHead(**{field: getattr(head, field) for field in RunHead._fields})
    assert same == head
    assert head.day == same.day == head.started_at.date()
    assert head.replaced(active=timedelta()).active == timedelta()
