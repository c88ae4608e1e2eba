"""What a real home answers about the revisions of a routine, also under a former id."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import NotFound
from procroutine.history.home import Home
from procroutine.insight.answers import Answers
from procroutine.insight.comparisons import counted_runs
from procroutine.insight.run_odds import times_for
from procroutine.places import find_places
from tests.insight.conftest import NOW

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead

FILE = """
name = "Posts"
schedule = "weekly on Monday"
[[steps]]
title = "Write"
planned = "{0}m"
instructions = "{0} lines"
"""


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOW - timedelta(weeks=20))


@pytest.fixture
def home(tmp_path: Path, clock: ManualClock) -> Home:
    """Three runs each of two revisions, the second under a new id."""
    folder = tmp_path / "routines"
    folder.mkdir()
    home = Home(find_places({}, str(tmp_path)), clock)
    (folder / "old.toml").write_text(FILE.format(20))
    runs(home, clock, "old", 20)
    (folder / "old.toml").unlink()
    (folder / "posts.toml").write_text('previous_ids = ["old"]\n' + FILE.format(15))
    runs(home, clock, "posts", 15)
    return home


def runs(home: Home, clock: ManualClock, routine: str, length: int) -> None:
    for number in range(3):
        home.start(routine)
        clock.advance(timedelta(minutes=length + number))
        home.act("done")
        clock.advance(timedelta(days=7))


def test_runs_of_a_former_id_are_those_before_the_change(home: Home) -> None:
    view = Answers(home).past.revisions.list("posts")
    second, first = view.rows
    assert (first.number, first.runs, second.number, second.runs) == (1, 3, 2, 3)
    assert second.sentence.startswith("helped: 5m saved a week, between ")
    assert (first.present, second.present) == (False, True)
    difference = Answers(home).past.revisions.difference("posts", 2)
    assert (difference.old, difference.new, difference.changes) == (1, 2, "1 step changed; id")
    assert difference.verdict == second.sentence


@pytest.fixture
def met(tmp_path: Path) -> tuple[Home, ManualClock]:
    """A home into which the runs came of another device, which gave the number 2 to another definition."""
    clock, homes = ManualClock(NOW - timedelta(weeks=40)), []
    for name, length in (("here", 15), ("there", 30)):
        folder = tmp_path / name / "routines"
        folder.mkdir(parents=True)
        home = Home(find_places({}, str(tmp_path / name)), clock)
        (folder / "posts.toml").write_text(FILE.format(20))
        runs(home, clock, "posts", 20)
        (folder / "posts.toml").write_text(FILE.format(length))
        runs(home, clock, "posts", length)
        homes.append(home)
    here, there = homes
    for file in Path(there.places.history).glob("*.json"):
        shutil.copy(file, here.places.history)
    return Home(here.places, clock), clock


def test_of_a_number_that_two_devices_gave_the_runs_of_the_present_definition_count(
    met: tuple[Home, ManualClock],
) -> None:
    home, _ = met
    answers = Answers(home)
    second, first = answers.past.revisions.list("posts").rows
    assert (first.number, first.runs, second.number, second.runs, second.present) == (1, 6, 2, 3, True)
    assert second.verdict == "helped"
    remark = "3 runs of v2 are of another definition that another device gave that number."
    assert answers.past.revisions.list("posts").remark == remark
    assert answers.past.revisions.difference("posts", 2).verdict.startswith("helped")
    assert answers.past.trends("posts", 0).facts.endswith(remark[:-1])
    (told,) = (one for one in answers.trends_answer("posts", 60)["revisions"] if one["number"] == 2)
    assert (told["verdict"], told["median_after_seconds"]) == ("helped", 16 * 60)
    Path(home.places.routines, "posts.toml").write_text(FILE.format(30))
    assert answers.past.revisions.list("posts").rows[0].verdict == "hurt"


def test_odds_and_step_go_by_what_a_run_was_made_with(met: tuple[Home, ManualClock]) -> None:
    home, clock = met
    past = Answers(home).past
    heads, snapshots = past.by_definition("posts", past.heads_of("posts"))
    made = [(minutes(head), snapshots[head.revision or 0]["steps"][0]["instructions"]) for head in heads]
    assert sorted({(length // 10, told) for length, told in made}) == [
        (1, "15 lines"),
        (2, "20 lines"),
        (3, "30 lines"),
    ]
    step = past.runs.step_answer("posts", "write")
    assert (step["times"], step["runs"]) == (12, 9)
    Path(home.places.routines, "posts.toml").write_text(FILE.format(30))
    home.start("posts")
    clock.advance(timedelta(minutes=1))
    runs_before, snapshots = past.by_definition("posts", counted_runs(past.heads_of("posts")))
    times = times_for(home.open_runs()[0], runs_before, snapshots)["write"]
    assert [time // timedelta(minutes=1) for time in times] == [30, 31, 32]


def minutes(head: RunHead) -> int:
    return head.active // timedelta(minutes=1)


def test_signals_of_the_report_are_those_of_trends_with_such_a_number_too(met: tuple[Home, ManualClock]) -> None:
    home, _ = met
    home.history().mark_real_change("posts", 2, True)
    Path(home.places.routines, "posts.toml").write_text(FILE.format(30))
    asked = Answers(home)
    trends = [(one["week"], one["rule"]) for one in asked.trends_answer("posts", 60)["signals"]]
    weeks = dict.fromkeys(head.week for head in reversed(asked.past.heads_of("posts")))
    assert [(str(week), signal.rule) for week in weeks for signal in asked.week_report(week).signals] == trends
    assert trends


def test_where_the_file_is_gone_such_a_number_stands_for_what_was_run_last(met: tuple[Home, ManualClock]) -> None:
    home, _ = met
    Path(home.places.routines, "posts.toml").unlink()
    assert Answers(home).past.revisions.list("posts").rows[0].verdict == "hurt"


def test_trends_answer_with_the_marks_and_notes_of_revisions(home: Home) -> None:
    home.history().mark_real_change("posts", 2, True)
    home.history().set_revision_note("posts", 1, "the first", home.former_ids("posts"))
    answer = Answers(home).trends_answer("posts")
    assert [one["note"] for one in answer["revisions"]] == ["the first", None]
    assert Answers(home).past.real_changes("posts") == {2}
    listed = Answers(home).past.revisions.answer("posts")["revisions"]
    assert [(one["number"], one["real_change"], one["verdict"]) for one in listed] == [
        (1, False, "too few runs"),
        (2, True, "helped"),
    ]
    keys = answer["revisions"][1].keys()
    assert all(listed[1][key] == answer["revisions"][1][key] for key in keys)


def test_what_is_not_there_is_refused(home: Home) -> None:
    revisions = Answers(home).past.revisions
    with pytest.raises(NotFound, match="revision 1 is the first"):
        revisions.difference("posts", 1)
    with pytest.raises(NotFound, match="posts has no revision 7"):
        revisions.difference("posts", 7)
    with pytest.raises(NotFound, match="posts has no revision 9"):
        revisions.difference("posts", 2, 9)
    assert revisions.difference("posts", 1, 2).verdict == ""


def test_a_change_of_the_history_is_seen_at_once(home: Home) -> None:
    viewer = Answers(home)
    assert viewer.past.revisions.list("posts").rows[0].note is None
    home.history().set_revision_note("posts", 2, "shorter")
    assert viewer.past.revisions.list("posts").rows[0].note == "shorter"
