"""Revisions under all ids of a routine, and what a person says of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import NotFound
from procroutine.history.history import History
from procroutine.history.home import Home
from procroutine.history.revision_marks import MARKS, revisions_in_brief
from procroutine.places import find_places
from tests.history.samples import history_in, snapshot

ROUTINE = 'name = "Posts"\n[[steps]]\ntitle = "Write"\n'


@pytest.fixture
def history(tmp_path: Path, clock: ManualClock) -> History:
    history = history_in(tmp_path, clock=clock)
    history.add_revision("posts", "aa", snapshot(), "first")
    history.add_revision("posts", "bb", snapshot(steps=4))
    return history


def said(history: History, *former: str, routine: str = "posts") -> list[tuple[int, str | None, bool]]:
    """Give what was said of each, once it was seen that the indexes tell the same as the documents."""
    whole = history.revisions(routine, former)
    brief = revisions_in_brief(history.places, routine, former)
    assert brief == tuple(
        {key: one[key] for key in ("routine", "hash", "number", "date", "note", "real_change")} for one in whole
    )
    return [(one["number"], one["note"], one["real_change"]) for one in whole]


def test_a_note_takes_the_place_of_the_one_before_or_is_taken_away(history: History) -> None:
    history.set_revision_note("posts", 1, "the very first")
    history.set_revision_note("posts", 2, "one more step")
    assert said(history) == [(1, "the very first", False), (2, "one more step", False)]
    history.set_revision_note("posts", 1, None)
    assert said(history)[0] == (1, None, False)


def test_a_revision_is_a_real_change_until_that_is_taken_back(history: History) -> None:
    history.mark_real_change("posts", 2, True)
    history.set_revision_note("posts", 2, "one more step")
    assert said(history) == [(1, "first", False), (2, "one more step", True)]
    history.mark_real_change("posts", 2, False)
    assert said(history)[1] == (2, "one more step", False)


def test_a_revision_that_is_not_there_is_refused(history: History) -> None:
    with pytest.raises(NotFound, match="posts has no revision 3: see procroutine revisions posts"):
        history.mark_real_change("posts", 3, True)
    with pytest.raises(NotFound):
        history.set_revision_note("books", 1, "none")


def test_what_is_said_on_one_device_stays_when_another_comes_upon_the_same_content(
    tmp_path: Path, history: History, clock: ManualClock
) -> None:
    history.mark_real_change("posts", 2, True)
    clock.advance(timedelta(days=1))
    (tmp_path / "other").mkdir()
    there = history_in(tmp_path / "other", clock=clock)
    there.add_revision("posts", "bb", snapshot(steps=4))
    there.set_revision_note("posts", 1, "said there")
    for path in (tmp_path / "other" / "history").glob("*.json"):
        (tmp_path / "history" / path.name).write_bytes(path.read_bytes())
    (only,) = history.revisions("posts")[1:]
    assert (only["note"], only["real_change"]) == ("said there", True)
    history.mark_real_change("posts", only["number"], False)
    assert not history.revisions("posts")[1]["real_change"]


def test_of_two_devices_the_later_word_counts(tmp_path: Path, history: History, clock: ManualClock) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "history").symlink_to(tmp_path / "history")
    there = history_in(tmp_path / "other", clock=clock)
    history.set_revision_note("posts", 1, "here")
    there.set_revision_note("posts", 1, "there")
    assert said(history)[0][1] == said(there)[0][1] == "there"
    history.set_revision_note("posts", 1, "here again")
    assert said(there)[0][1] == "here again"
    assert len(history.merged(MARKS)) == 1


def test_a_routine_that_was_renamed_goes_on_with_its_numbers_and_marks(tmp_path: Path, clock: ManualClock) -> None:
    folder = tmp_path / "routines"
    folder.mkdir()
    home = Home(find_places({}, str(tmp_path)), clock)
    for text in (ROUTINE, ROUTINE + 'planned = "5m"\n'):
        (folder / "posts.toml").write_text(text)
        home.record_revisions()
    home.history().mark_real_change("posts", 2, True)
    (folder / "posts.toml").unlink()
    (folder / "feeds.toml").write_text(f'previous_ids = ["posts"]\n{ROUTINE}planned = "5m"\n')
    assert home.former_ids("feeds") == ("posts",)
    home.history().set_revision_note("feeds", 2, "before its first run", home.former_ids("feeds"))
    assert home.revision(home.definition("feeds"), home.overview(0)) == 2
    (folder / "feeds.toml").write_text(f'previous_ids = ["posts"]\n{ROUTINE}planned = "4m"\n')
    assert home.revision(home.definition("feeds"), home.overview(0)) == 3
    assert said(home.history(), "posts", routine="feeds") == [
        (1, None, False),
        (2, "before its first run", True),
        (3, None, False),
    ]
    home.history().mark_real_change("feeds", 2, False, ("posts",))
    assert not any(real for _, _, real in said(home.history(), "posts", routine="feeds"))
