"""A draft goes into the person's file, with remarks and layout as they were."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.clock import ManualClock
from procroutine.errors import DoesNotFit, UserError
from procroutine.history.home import Home
from procroutine.history.predictions import Foretold
from procroutine.improvement import change
from procroutine.improvement.basis import Basis
from procroutine.improvement.begun_keeping import begun, finish_keeping
from procroutine.improvement.change import Change
from procroutine.improvement.draft import Draft
from procroutine.improvement.file_edits import changed_text
from procroutine.improvement.keeping import keep, take_back
from procroutine.improvement.outcome_of_change import outcomes_of_changes, worth_telling
from procroutine.improvement.prediction import predict
from procroutine.routine.entries import Library
from procroutine.routine.library import read_library
from procroutine.routine.model import Routine
from procroutine.routine.revision import content_hash
from procroutine.routine.snapshots import snapshot_of
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


def test_a_merged_step_has_an_id_of_its_own_since_it_is_not_the_first_of_them(home: Home) -> None:
    kept(home, change.merge("gather", "write"))
    made, cut, _, behind, _ = draft_of(home).routine.steps
    assert (made.id, made.title, made.systems) == ("gather-write", "Gather, Write", ("web", "docs"))
    assert (cut.after, behind.id) == (("gather-write",), "write-2")


def test_no_new_step_takes_the_id_that_stands_for_a_used_routine(home: Home) -> None:
    kept(home, change.split("post", "Links", "Post"))
    assert [one.id for one in draft_of(home).routine.steps][-2:] == ["links-2", "post-2"]


def test_the_revision_gets_its_number_a_note_and_the_prediction(home: Home) -> None:
    kept(home, change.prepare("gather"), change.with_person("post", "Bo"))
    (revision,) = home.history().revisions("posts")
    (prediction,) = home.history().predictions("posts")
    assert revision["note"] == "prepare 'Gather' before the run; let Bo do 'Post'"
    assert prediction.content == revision["hash"]
    assert (prediction.now.hand_offs, prediction.then.hand_offs) == (2, 1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([change.drop("links/cut")], "the steps from links.toml stand there"),
        ([change.move("write-2", "links/cut")], "'Write' (step 5) must come after 'Test'"),
        ([change.move("post", "links/cut")], "'Post' must come after 'Write' (step 5)"),
        ([change.merge("links/cut", "links/test")], "the steps from links.toml stand there"),
        ([change.merge("write", "links/cut")], "the steps from links.toml stand there"),
        ([change.with_systems("links/cut", "web")], "the steps from links.toml stand there"),
        ([change.plan("write", 20 * MINUTE)], "with these changes the file says what it says already"),
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


def test_a_file_with_problems_by_now_is_said_to_have_them(home: Home) -> None:
    draft = draft_of(home, change.drop("post"))
    Path(home.places.routines, "posts.toml").write_text(POSTS.replace("20m", "20x"))
    with pytest.raises(DoesNotFit, match="the file of posts has problems: put them right first"):
        keep(home, draft, predict(draft, Basis({}, None, None)))


def test_a_text_with_other_steps_than_the_draft_was_made_of_is_refused(home: Home) -> None:
    draft, path = draft_of(home, change.split("post", "One", "Two")), str(Path(home.places.routines, "posts.toml"))
    with pytest.raises(DoesNotFit, match="was changed meanwhile"):
        changed_text(POSTS.replace('id = "post"', 'id = "send"'), draft, path)


def test_where_the_history_cannot_be_written_the_file_is_put_back(home: Home) -> None:
    Path(home.places.history).parent.mkdir(parents=True, exist_ok=True)
    Path(home.places.history).write_text("no folder")
    with pytest.raises(UserError):
        kept(home, change.drop("post"))
    assert Path(home.places.routines, "posts.toml").read_text() == POSTS


class Beside(Home):
    """A home beside which somebody does something once a change has been written into a file."""

    looked = 0

    def __init__(self, home: Home, does: Callable[[], object]) -> None:
        super().__init__(home.places, home.clock)
        self.does = does

    def library(self) -> Library:
        self.looked += 1
        if self.looked == 2:
            self.does()
        return super().library()


def test_what_somebody_else_writes_while_it_is_kept_stays(home: Home) -> None:
    path, draft = Path(home.places.routines, "posts.toml"), draft_of(home, change.drop("post"))
    more = '\n[[steps]]\ntitle = "Theirs"\n'
    beside = Beside(home, lambda: path.write_text(path.read_text() + more))
    with pytest.raises(DoesNotFit):
        keep(beside, draft, predict(draft, Basis({}, None, None)))
    assert path.read_text().endswith(more)


def test_a_file_that_goes_while_it_is_kept_is_said_to_be_gone(home: Home) -> None:
    path, draft = Path(home.places.routines, "posts.toml"), draft_of(home, change.drop("post"))
    with pytest.raises(UserError):
        keep(Beside(home, path.unlink), draft, predict(draft, Basis({}, None, None)))
    assert not path.exists()


class Stopped(BaseException):
    """The machine stops here."""


def stop() -> None:
    raise Stopped


NOTHING = Foretold(None, None, 0, 0, None)
SOME = (change.drop("write"), change.with_systems("post", "web", "+New one"), change.plan("gather", 9 * MINUTE))


@pytest.mark.parametrize("changes", [*((one,) for one in SOME), SOME])
def test_where_the_machine_stops_after_the_file_was_written_the_prediction_is_written_later(
    home: Home, changes: tuple[Change, ...]
) -> None:
    draft, clock = draft_of(home, *changes), home.clock
    assert isinstance(clock, ManualClock)
    with pytest.raises(Stopped):
        keep(Beside(home, stop), draft, predict(draft, Basis({}, None, None)))
    assert home.history().predictions("posts") == ()
    clock.advance(timedelta(days=1))
    for _ in range(2):
        found = outcomes_of_changes(home, [draft_of(home).routine])
        assert [one.prediction.made_at for one in found["posts"]] == [NOW]
    (revision,) = home.history().revisions("posts")
    assert revision["note"] == "; ".join(found["posts"][0].prediction.changes)
    assert not Path(home.places.open_runs).with_name("tried").joinpath("keeping").exists()


def test_where_it_stops_before_that_nothing_was_predicted(home: Home) -> None:
    draft = draft_of(home, change.drop("write"))
    content = content_hash(snapshot_of(draft.as_routine()))
    with pytest.raises(Stopped), begun(home, "posts", content, ["drop write"], NOTHING, NOTHING):
        raise Stopped
    assert outcomes_of_changes(home, [draft.routine]) == {}
    kept(home, change.drop("write"))
    assert len(home.history().predictions("posts")) == 1


def test_what_is_left_of_a_keeping_that_was_through_adds_nothing(home: Home) -> None:
    draft = draft_of(home, change.drop("write"))
    with pytest.raises(Stopped):
        keep(Beside(home, stop), draft, predict(draft, Basis({}, None, None)))
    definition = home.definition_in(home.library(), "posts")
    home.history().add_revision("posts", definition.content, definition.snapshot)
    home.history().add_prediction("posts", definition.content, ["drop write"], NOTHING, NOTHING)
    assert len(outcomes_of_changes(home, [draft_of(home).routine])["posts"]) == 1
    assert len(home.history().predictions("posts")) == 1


def test_while_the_file_cannot_be_read_what_is_left_waits(home: Home) -> None:
    draft, path = draft_of(home, change.drop("write")), Path(home.places.routines, "posts.toml")
    with pytest.raises(Stopped):
        keep(Beside(home, stop), draft, predict(draft, Basis({}, None, None)))
    sound = path.read_text()
    path.write_text("name =")
    finish_keeping(home)
    assert home.history().predictions("posts") == ()
    path.write_text(sound)
    finish_keeping(home)
    assert len(home.history().predictions("posts")) == 1


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


def written(path: Path, text: str) -> Routine:
    """Write a routine file, and give the routine that it holds."""
    folder = path.with_suffix("")
    folder.mkdir(exist_ok=True)
    (folder / path.name).write_text(text)
    routine = read_library(str(folder)).entries[path.stem].routine
    assert routine is not None
    return routine


def tried(routine: Routine, changes: list[Change]) -> Draft:
    """Make those changes that can be made."""
    draft = Draft.of(routine)
    for one in changes:
        try:
            draft = draft.changed(one)
        except UserError:
            continue
    return draft


REMARKED = """\
# 0 file
name = "Remarked" # 1 file
[systems.x] # 2 file
# 3 file

# 4 a
[[steps]] # 5 a
# 6 a
title = "A" # 7 a
checklist = [ # 8 a
  "#1", # 9 a
  # 10 a
]
# 11 a

# 12 file

[[steps]]
title = "B" # 13 b
after = ["a"] # 14 b
planned = "5m" # 15 b
systems = ["x"] # 16 b
# 17 b
[[steps]] # 18 a-2
title = "A"
checklist = ["# no remark"] # 19 a-2
instructions = \"\"\"
# no remark either
\"\"\"

# 20 c
[[steps]]
title = "C"
after = ["b", # 21 c
] # 22 c
wait = "1h" # 23 c
# prepare = true # 24 c
# 25 file
"""


@given(st.lists(_ANY, max_size=4))
@settings(max_examples=60, deadline=None)
def test_every_remark_that_is_not_of_a_dropped_step_is_there_once(
    tmp_path_factory: pytest.TempPathFactory, changes: list[Change]
) -> None:
    path = tmp_path_factory.getbasetemp() / "free.toml"
    draft = tried(written(path, REMARKED), changes)
    made = changed_text(REMARKED, draft, str(path))
    assert written(path, made).steps == draft.as_routine().steps
    there = {name for one in draft.steps for name in one.made_of} | {"file"}
    for number, owner in re.findall(r"# (\d+) (.*)", REMARKED):
        count = len(re.findall(rf"# {number} {owner}$", made, re.MULTILINE))
        assert count == 1 if owner in there else count <= 1


@given(st.lists(_ANY, max_size=4))
@settings(max_examples=40, deadline=None)
def test_the_file_says_what_the_draft_says(tmp_path_factory: pytest.TempPathFactory, changes: list[Change]) -> None:
    path = tmp_path_factory.getbasetemp() / "free.toml"
    draft = tried(written(path, FREE), changes)
    assert written(path, changed_text(FREE, draft, str(path))).steps == draft.as_routine().steps


def test_what_was_kept_is_taken_back_to_the_letter_and_not_told_of_any_more(home: Home) -> None:
    path = Path(home.places.routines, "posts.toml")
    before, draft = path.read_text(), draft_of(home, change.drop("post"))
    made = keep(home, draft, predict(draft, Basis({}, None, None)))
    assert path.read_text() != before
    take_back(made)
    assert path.read_text() == before
    (one,) = outcomes_of_changes(home, [draft.routine])["posts"]
    assert one.was_never_run
    assert worth_telling([one]) == ()
    path.write_text(f"{before}# more\n")
    with pytest.raises(DoesNotFit, match="changed since"):
        take_back(made)
