from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB

from procroutine.clock import ManualClock
from procroutine.errors import BadInput, DoesNotFit
from procroutine.history.beginning import begin_routine, name_from, take_back
from procroutine.history.history import History
from procroutine.history.home import Home
from procroutine.history.loose_ends import DONE, DROPPED, KINDS, LONGEST, LooseEnd, put_off_words
from procroutine.history.shapes import is_small
from procroutine.weeks import Week
from tests.history.samples import history_in, places_in


def _one(kind: str, week: str) -> LooseEnd:
    return LooseEnd(id="1", text="x", made_at=0, act=(kind, 0, week))


@pytest.mark.parametrize(
    ("kind", "week", "present", "off", "expected"),
    [
        ("written", "2026-W47", "2026-W47", "", 0),
        ("written", "2026-W47", "2026-W48", "", 1),
        ("written", "2026-W47", "2026-W50", "", 3),
        ("done", "2026-W47", "2026-W47", "", 0),
        ("done", "2026-W47", "2026-W48", "", 0),
        ("done", "2026-W47", "2026-W49", "", 1),
        ("written", "2026-W51", "2027-W02", "", 4),
        ("written", "2026-W51", "2027-W02", "2026-W52 2026-W53", 2),
        ("done", "2026-W52", "2027-W02", "2027-W01", 1),
        ("written", "2026-W47", "2026-W50", "2026-W46 2026-W50 2026-W51", 3),
        ("written", "2026-W47", "2026-W40", "2026-W42", 0),
        ("dropped", "2026-W47", "2026-W52", "", 0),
        ("routine", "posts", "2026-W52", "", 0),
        ("written", "0001-W01", "9998-W52", "", 521669),
    ],
)
def test_it_is_put_off_by_each_week_that_ended_without_it(
    kind: str, week: str, present: str, off: str, expected: int
) -> None:
    assert _one(kind, week).put_off(Week.parse(present), [Week.parse(one) for one in off.split()]) == expected


@given(st.sampled_from(["written", "done"]), st.integers(0, 200), st.integers(0, 60), st.sets(st.integers(0, 260)))
def test_weeks_put_off_are_those_counted_one_by_one(kind: str, begin: int, later: int, off: set[int]) -> None:
    first = Week.parse("2024-W01")
    one = _one(kind, str(first + begin))
    counted = [week for week in range(begin + (kind == "done"), begin + later) if week not in off]
    assert one.put_off(first + (begin + later), {first + week for week in off}) == len(counted)


def test_what_is_done_this_week_is_offered_again_next_week(history: History, clock: ManualClock) -> None:
    made = history.add_loose_end("  call the bank\n")
    assert made.text == "call the bank"
    week = Week.of(clock.read().wall.date())
    history.act_on_loose_end(made.id, DONE)
    (one,) = history.loose_ends()
    assert one.is_done(week)
    with pytest.raises(DoesNotFit, match="offered again next week"):
        history.act_on_loose_end(made.id, DONE)
    clock.advance(timedelta(weeks=2))
    assert not one.is_done(week + 2)
    assert one.put_off(week + 2) == 1
    history.act_on_loose_end(made.id, DONE)
    assert history.weeks_done() == {made.id: (week, week + 2)}


def test_they_stand_in_the_order_they_were_written_until_they_are_closed(history: History, clock: ManualClock) -> None:
    made = []
    for text in ("first", "second", "third"):
        made.append(history.add_loose_end(text))
        clock.advance(timedelta(hours=1))
    history.act_on_loose_end(made[0].id, DONE)
    history.act_on_loose_end(made[1].id, DROPPED)
    assert [one.text for one in history.loose_ends()] == ["first", "third"]
    with pytest.raises(DoesNotFit, match="not offered any more"):
        history.act_on_loose_end(made[1].id, DONE)
    with pytest.raises(DoesNotFit, match="not offered any more"):
        history.act_on_loose_end("5", DROPPED)


@pytest.mark.parametrize("text", ["", " \n\t ", "x" * (LONGEST + 1), "broken \udcff"])
def test_a_text_that_will_not_do_is_refused(history: History, text: str) -> None:
    with pytest.raises(BadInput):
        history.add_loose_end(text)
    assert history.loose_ends() == ()


def test_every_act_is_taken_back_in_turn_whatever_the_clock_shows(history: History, clock: ManualClock) -> None:
    """Also across the end of a year, and after the clock was set back."""
    clock.advance(timedelta(weeks=30))
    first = history.add_loose_end("first")
    clock.advance(timedelta(days=10))
    assert clock.read().wall.year == 2027
    seen = [history.loose_ends()]
    acts: list[Callable[[], object]] = [
        lambda: history.act_on_loose_end(first.id, DONE),
        lambda: history.add_loose_end("second"),
        lambda: history.act_on_loose_end(first.id, DROPPED),
        lambda: history.add_loose_end("third"),
    ]
    for act in acts:
        act()
        seen.append(history.loose_ends())
        clock.step_wall(timedelta(hours=-5))
    for expected in reversed(seen[:-1]):
        history.undo_loose_end()
        assert history.loose_ends() == expected
    assert history.undo_loose_end().text == "first"
    with pytest.raises(DoesNotFit, match="nothing to take back"):
        history.undo_loose_end()
    assert history.loose_ends() == ()


def test_what_one_device_says_later_counts_for_all(tmp_path: Path, clock: ManualClock) -> None:
    here, there = history_in(tmp_path, clock=clock), history_in(tmp_path / "other", clock=clock)
    (tmp_path / "other").mkdir()
    (tmp_path / "history").mkdir()
    (tmp_path / "other" / "history").symlink_to(tmp_path / "history")
    made = here.add_loose_end("call the bank")
    there.act_on_loose_end(made.id, DONE)
    assert here.loose_ends() == there.loose_ends()
    assert here.loose_ends()[0].act[0] == DONE
    here.act_on_loose_end(made.id, DROPPED)
    assert there.loose_ends() == ()
    there.undo_loose_end()
    assert here.loose_ends()[0].act[0] == DONE


def test_stock_tinydb_reads_them(history: History) -> None:
    made = history.add_loose_end("call the bank")
    with TinyDB(history.own_path(2026)) as stock:
        (document,) = stock.table("loose_ends").all()
    assert (document["text"], document["act"]) == ("call the bank", list(made.act))
    assert document["before"] == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("text", 5),
        ("made_at", "x"),
        ("made_at", -1),
        ("made_at", 10**15 - 1),
        ("act", ["done", 5, "x"]),
        ("act", ["painted", 5, "2026-W47"]),
        ("act", [["done"], 5, "2026-W47"]),
        ("act", ["done", "5", "2026-W47"]),
        ("act", 5),
        ("act", None),
        ("before", None),
        ("before", [5]),
        ("before", [["done", 5, "2026-W54"]]),
    ],
)
def test_one_that_another_program_wrote_is_left_out_where_its_shape_is_wrong(key: str, value: Any) -> None:
    act = ["written", 5, "2026-W47"]
    sound = {"text": "x", "made_at": 5, "act": act, "before": [act], "stamp": [5, "desk"], "check": "0"}
    assert is_small("loose_ends", sound)
    assert not is_small("loose_ends", {**sound, key: value})


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(places_in(tmp_path), ManualClock(datetime(2026, 11, 19, 14, 5, tzinfo=UTC)))


@given(st.text(min_size=1, max_size=100).filter(lambda text: text.strip()))
def test_any_text_has_a_name_of_one_short_line(text: str) -> None:
    name = name_from(text)
    assert name.strip() == name
    assert 0 < len(name) <= 60
    assert len(name.splitlines()) == 1


def test_a_routine_begins_in_analysis_with_the_text_as_its_purpose(home: Home) -> None:
    text = 'Water the plants \x1b[31m"all" of them,\nalso those in the hall and on the stairs behind it'
    made = home.history().add_loose_end(text)
    path = begin_routine(home, made)
    assert path.endswith("/water-the-plants-31m-all-of-them-also-those-in-the-hall.toml")
    entry = home.library().entries[Path(path).stem]
    assert entry.routine is not None
    assert (entry.routine.purpose, entry.routine.phase.value) == (text, "analysis")
    assert home.history().loose_ends() == ()


def test_taking_it_back_removes_a_file_in_which_nothing_was_written(home: Home) -> None:
    path = begin_routine(home, home.history().add_loose_end("call the bank"), "Bank calls")
    assert Path(path).name == "bank-calls.toml"
    assert "gone" in take_back(home)[1]
    assert not Path(path).exists()
    assert [one.text for one in home.history().loose_ends()] == ["call the bank"]


@pytest.mark.parametrize("touch", ["write", "run", "remove"])
def test_taking_it_back_leaves_what_was_made_of_it(home: Home, touch: str) -> None:
    path = Path(begin_routine(home, home.history().add_loose_end("call the bank")))
    if touch == "run":
        home.start("call-the-bank")
    elif touch == "write":
        path.write_text(path.read_text() + "# more\n")
    else:
        path.unlink()
    assert "stays" in take_back(home)[1] or touch == "remove"
    assert path.exists() is (touch != "remove")
    assert len(home.history().loose_ends()) == 1


def test_where_a_routine_cannot_be_begun_the_loose_end_stays_and_no_file_is_left(home: Home) -> None:
    history = home.history()
    first, second = history.add_loose_end("call the bank"), history.add_loose_end("Call the bank!")
    begin_routine(home, first)
    with pytest.raises(DoesNotFit, match="already"):
        begin_routine(home, second)
    with pytest.raises(DoesNotFit, match="not offered any more"):
        begin_routine(home, first, "Another name")
    assert not (Path(home.places.routines) / "another-name.toml").exists()
    assert history.loose_ends() == (second,)


def test_weeks_put_off_are_said_in_words() -> None:
    assert [put_off_words(weeks) for weeks in (0, 1, 3)] == ["", "put off 1 week", "put off 3 weeks"]
    assert KINDS == ("written", "done", "dropped", "routine")
