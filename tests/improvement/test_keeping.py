"""A draft goes into the person's file, with remarks and layout as they were."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.clock import ManualClock
from procroutine.errors import DoesNotFit, UserError
from procroutine.history.home import Home
from procroutine.improvement import change
from procroutine.improvement.change import Change
from procroutine.improvement.draft import Draft
from procroutine.improvement.file_edits import changed_text
from procroutine.improvement.keeping import keep
from procroutine.improvement.prediction import Basis, predict
from procroutine.routine.library import read_library
from tests.history.homes import NOW, home_in

POSTS = """\
# Ours.
name = "Posts"
goal = "1h"
owner = "Ana"

[systems.docs]
name = "Documents"

[[steps]]
title = "Gather"            # no id of its own
systems = ["web"]

# By hand.
[[steps]]
title = "Write"
planned = "20m"  # most of it
systems = ["docs"]
after = ["gather"]
checklist = [
  "seven",  # one a day
  "short",
]

[[steps]]
use = "links"
after = ["write"]

[[steps]]
title = "Write"
planned = "10m"
person = "Bo"
after = ["links"]

[[steps]]
id = "post"
title = "Post"
after = ["write-2"]
"""
LINKS = (
    'name = "Links"\n[[steps]]\nid = "cut"\ntitle = "Cut"\n[[steps]]\nid = "test"\ntitle = "Test"\nafter = ["cut"]\n'
)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = home_in(tmp_path, ManualClock(NOW))
    folder = Path(home.places.routines)
    (folder / "posts.toml").write_text(POSTS)
    (folder / "links.toml").write_text(LINKS)
    return home


def draft_of(home: Home, *changes: Change) -> Draft:
    routine = home.library().entries["posts"].routine
    assert routine is not None
    return Draft.of(routine, changes)


def kept(home: Home, *changes: Change) -> str:
    draft = draft_of(home, *changes)
    keep(home, draft, predict(draft, Basis({}, None, None)))
    return Path(home.places.routines, "posts.toml").read_text()


def test_what_is_not_changed_stays_as_it_was_written(home: Home) -> None:
    assert kept(home, change.plan("write", 15 * MINUTE)) == POSTS.replace('"20m"', '"15m"')


def test_a_dropped_step_is_gone_and_the_others_keep_their_ids(home: Home) -> None:
    text = kept(home, change.drop("write"))
    assert "By hand" not in text
    assert draft_of(home).routine.steps[-1].after == ("write-2",)
    assert 'id = "write-2"' in text
    assert 'use = "links"\nafter = ["gather"]' in text


def test_a_split_step_stands_as_its_parts(home: Home) -> None:
    text = kept(home, change.split("write", "Draft it", "Polish it"))
    assert [one.id for one in draft_of(home).routine.steps][1:3] == ["draft-it", "polish-it"]
    assert '"seven",  # one a day' in text


def test_a_merged_step_has_the_id_of_the_first(home: Home) -> None:
    kept(home, change.merge("gather", "write"))
    (made, *_) = draft_of(home).routine.steps
    assert (made.id, made.title, made.systems) == ("gather", "Gather, Write", ("web", "docs"))


def test_the_revision_gets_its_number_a_note_and_the_prediction(home: Home) -> None:
    kept(home, change.prepare("gather"), change.with_person("post", "Bo"))
    (revision,) = home.history().revisions("posts")
    (prediction,) = home.history().predictions("posts")
    assert revision["note"] == "prepare gather before the run; let Bo do post"
    assert prediction.content == revision["hash"]
    assert (prediction.now.hand_offs, prediction.then.hand_offs) == (2, 1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([change.drop("links/cut")], "the steps from links.toml stand there"),
        ([change.move("write-2", "links/cut")], "write-2 must come after links/test"),
        ([change.move("post", "links/cut")], "post must come after write-2"),
        ([change.merge("links/cut", "links/test")], "the steps from links.toml stand there"),
        ([change.merge("write", "links/cut")], "the steps from links.toml stand there"),
        ([change.with_systems("links/cut", "web")], "the steps from links.toml stand there"),
        ([change.plan("write", 20 * MINUTE)], "nothing is changed"),
        ([], "nothing is changed"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_changes_nothing(home: Home, changes: list[Change], said: str) -> None:
    with pytest.raises(DoesNotFit) as refused:
        kept(home, *changes)
    assert str(refused.value).startswith(said)
    assert Path(home.places.routines, "posts.toml").read_text() == POSTS
    assert home.history().predictions("posts") == ()


def test_a_file_that_was_changed_meanwhile_is_left_alone(home: Home) -> None:
    draft = draft_of(home, change.drop("post"))
    path = Path(home.places.routines, "posts.toml")
    path.write_text(POSTS.replace("20m", "30m"))
    with pytest.raises(DoesNotFit, match="was changed meanwhile"):
        keep(home, draft, predict(draft, Basis({}, None, None)))
    assert "30m" in path.read_text()


def test_where_the_history_cannot_be_written_the_file_is_put_back(home: Home) -> None:
    Path(home.places.history).parent.mkdir(parents=True, exist_ok=True)
    Path(home.places.history).write_text("no folder")
    with pytest.raises(UserError):
        kept(home, change.drop("post"))
    assert Path(home.places.routines, "posts.toml").read_text() == POSTS


FREE = """\
name = "Free"
[[steps]]
title = "A"  # first
systems = ["x"]
[[steps]]
title = "B"
[[steps]]
title = "A"
planned = "5m"
[[steps]]
title = "C"
after = ["a"]
prepare = true
"""
_ANY = st.one_of(
    st.builds(change.drop, st.sampled_from(["a", "b", "a-2", "c"])),
    st.builds(change.move, st.sampled_from(["a", "b", "a-2"]), st.sampled_from([None, "b", "c", "a-2"])),
    st.builds(change.merge, st.sampled_from(["a", "b"]), st.sampled_from(["b", "a-2"])),
    st.builds(lambda step: change.split(step, "A", "B, too"), st.sampled_from(["a", "b", "a-2"])),
    st.builds(change.prepare, st.sampled_from(["a", "b"])),
    st.builds(change.with_systems, st.sampled_from(["a", "b"]), st.sampled_from(["x", "why"])),
)


@given(st.lists(_ANY, max_size=4))
@settings(max_examples=40, deadline=None)
def test_the_file_says_what_the_draft_says(tmp_path_factory: pytest.TempPathFactory, changes: list[Change]) -> None:
    folder = tmp_path_factory.getbasetemp() / "free"
    folder.mkdir(exist_ok=True)
    path = folder / "free.toml"
    path.write_text(FREE)
    routine = read_library(str(folder)).entries["free"].routine
    assert routine is not None
    draft = Draft.of(routine)
    for one in changes:
        try:
            draft = draft.changed(one)
        except UserError:
            continue
    path.write_text(changed_text(FREE, draft, str(path)))
    again = read_library(str(folder)).entries["free"].routine
    assert again is not None
    assert again.steps == draft.as_routine().steps
