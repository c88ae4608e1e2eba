"""What a real home answers about the revisions of a routine, also under a former id."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import NotFound
from procroutine.history.home import Home
from procroutine.insight.answers import Answers
from procroutine.places import find_places
from tests.insight.conftest import NOW

FILE = 'name = "Posts"\nschedule = "weekly on Monday"\n[[steps]]\ntitle = "Write"\nplanned = "{}m"\n'


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
