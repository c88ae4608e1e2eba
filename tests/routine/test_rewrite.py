import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.errors import CannotWrite, DoesNotFit
from procroutine.routine.rewrite import StepEdit, rewrite, with_keys, with_steps
from procroutine.routine.starter import starter_text
from procroutine.toml_text import NotToml

TEXT = '''\
# how I like it
name   =   "Posts"   # not "posts"
purpose = """
[[steps]]
phase = "not this one"
"""
goal = '1h'
"phase" = "design"# soon testing

[systems.docs]
name = "Docs"

# first of all
[[steps]]
id = "gather"
title = "Gather"
checklist = [ "a", # the first
  "b" ]

# a remark that stands alone

[[steps]]
id = "write"
title = "Write"   # at once
planned = "20m"
# and slowly

[[steps]]
title = "Send"
# the end
'''
SHIPPED = sorted(Path("routines").glob("*.toml"))


def steps_of(text: str) -> list[str]:
    return [step["title"] for step in tomllib.loads(text)["steps"]]


def test_another_value_leaves_the_rest_of_the_file_as_it_is() -> None:
    assert with_keys(TEXT, {"phase": "testing"}) == TEXT.replace('"design"#', '"testing"#')
    assert with_keys(TEXT, {"name": "P"}) == TEXT.replace('=   "Posts"   #', '=   "P"   #')


def test_a_new_key_stands_where_such_keys_stand() -> None:
    without = TEXT.replace('"phase" = "design"# soon testing\n', "")
    assert with_keys(without, {"phase": "testing"}) == without.replace("'1h'\n", "'1h'\nphase = \"testing\"\n")


def test_none_takes_a_key_out() -> None:
    assert with_keys(TEXT, {"goal": None}) == TEXT.replace("goal = '1h'\n", "")


def test_moving_to_a_phase_and_back_gives_the_same_file() -> None:
    for path in SHIPPED:
        text = path.read_text()
        before = tomllib.loads(text)["phase"]
        assert with_keys(with_keys(text, {"phase": "analysis"}), {"phase": before}) == text


def test_lines_that_end_in_cr_lf_go_on_doing_so() -> None:
    text = TEXT.replace("\n", "\r\n")
    made = with_keys(text, {"owner": "Ana", "analysis": "one\ntwo\n"})
    assert made.count("\n") == made.count("\r\n") == text.count("\n") + 5
    assert tomllib.loads(made)["analysis"] == "one\ntwo\n"


def test_a_step_takes_its_remarks_along() -> None:
    made = with_steps(TEXT, (StepEdit(1), StepEdit(2), StepEdit(0)))
    assert steps_of(made) == ["Write", "Send", "Gather"]
    assert made.index("# and slowly") < made.index('"Send"') < made.index("# first of all") < made.index("# the fi")


def test_what_stands_at_the_end_of_the_file_stays_there_whatever_becomes_of_the_last_step() -> None:
    for edits in ((StepEdit(2), StepEdit(0)), (StepEdit(0), StepEdit(1))):
        made = with_steps(TEXT, edits)
        assert made.endswith("\n\n# the end\n")
        assert with_steps(made, (StepEdit(1), StepEdit(0))).endswith("\n\n# the end\n")


def test_keys_that_are_not_in_force_go_with_the_last_step() -> None:
    text = TEXT.replace("# the end", "# prepare = true\n# the end")
    assert "prepare" not in with_steps(text, (StepEdit(0), StepEdit(1)))
    assert with_steps(text, (StepEdit(2), StepEdit(1))).index("prepare") < text.index('"write"')
    tables = TEXT.replace("# the end", "# of the systems\n[systems.mail]\nname = 'Mail'")
    assert "# of the systems\n[systems.mail]" in with_steps(tables, (StepEdit(0),))


def test_remarks_in_what_is_written_anew_or_taken_out_stay() -> None:
    changed = with_steps(TEXT, (StepEdit(0, {"checklist": ["c"]}), StepEdit(1, {"title": "W"}), StepEdit(2)))
    assert '# the first\nchecklist = ["c"]\n' in changed
    assert 'title = "W"   # at once\n' in changed
    assert "# the first\n" in with_steps(TEXT, (StepEdit(0, {"checklist": None}),))


def test_a_step_takes_in_the_remarks_of_one_that_is_gone() -> None:
    made = with_steps(TEXT, (StepEdit(1, {}, with_remarks_of=(0,)), StepEdit(2)))
    assert 'planned = "20m"\n# and slowly\n# first of all\n# the first\n\n' in made


def test_the_same_steps_are_the_same_file() -> None:
    for text in (TEXT, *(path.read_text() for path in SHIPPED), starter_text("A")):
        count = len(tomllib.loads(text)["steps"])
        assert with_steps(text, tuple(map(StepEdit, range(count)))) == text


def test_a_step_that_is_dropped_leaves_the_remarks_of_others() -> None:
    made = with_steps(TEXT, (StepEdit(1), StepEdit(2)))
    assert "# first of all" not in made
    assert "# a remark that stands alone" in made
    assert steps_of(with_steps(TEXT, (StepEdit(0),))) == ["Gather"]


def test_steps_are_changed_and_added() -> None:
    new = StepEdit(
        None, {"title": 'Split "off"', "systems": ["docs"], "optional": True, "instructions": "1. a\n2. b\n"}
    )
    made = with_steps(TEXT, (StepEdit(0), new, StepEdit(1, {"planned": "5m", "prepare": True}), StepEdit(2)))
    steps = tomllib.loads(made)["steps"]
    assert steps[1] == {"title": 'Split "off"', "systems": ["docs"], "optional": True, "instructions": "1. a\n2. b\n"}
    assert steps[2] == {"id": "write", "title": "Write", "planned": "5m", "prepare": True}
    assert 'title = "Write"   # at once\nplanned = "5m"\n' in made
    assert '\n\n[[steps]]\ntitle = "Split' in made


def test_what_cannot_be_cut_is_refused() -> None:
    with pytest.raises(DoesNotFit, match="one list"):
        with_steps('name = "x"\nsteps = [{title = "a"}]', (StepEdit(0),))
    with pytest.raises(DoesNotFit, match="no step would be left"):
        with_steps(TEXT, ())
    with pytest.raises(DoesNotFit, match="cannot be changed from here"):
        with_keys('name = "x"\nphase.a = 1', {"phase": "testing"})
    with pytest.raises(NotToml):
        with_keys("name = ", {"phase": "testing"})


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_order_and_any_words_are_read_back_as_they_were_asked_for(data: st.DataObject) -> None:
    text = data.draw(
        st.sampled_from([TEXT, TEXT.replace("\n", "\r\n"), SHIPPED[0].read_text(), SHIPPED[-1].read_text()])
    )
    steps = tomllib.loads(text)["steps"]
    words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
    places = data.draw(st.lists(st.sampled_from(range(len(steps))), min_size=1, unique=True))
    values = data.draw(st.dictionaries(st.sampled_from(["instructions", "person", "planned"]), words | st.none()))
    edits = [StepEdit(place, values) for place in places]
    made = tomllib.loads(with_steps(text, edits))["steps"]
    wanted = [{key: value for key, value in (steps[place] | values).items() if value is not None} for place in places]
    assert made == wanted


def written(folder: Path, text: str = TEXT) -> Path:
    path = folder / "posts.toml"
    path.write_bytes(text.encode())
    path.chmod(0o640)
    return path


def test_a_file_is_changed_whole_with_its_mode_and_through_its_link(tmp_path: Path) -> None:
    path = written(tmp_path)
    (tmp_path / "link.toml").symlink_to(path)
    assert rewrite(str(tmp_path / "link.toml"), lambda text: with_keys(text, {"phase": "testing"})) == TEXT
    assert tomllib.loads(path.read_text())["phase"] == "testing"
    assert path.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "link.toml").is_symlink()
    assert {one.name for one in tmp_path.iterdir()} == {"posts.toml", "link.toml"}


def test_a_sound_file_is_never_made_unsound(tmp_path: Path) -> None:
    path = written(tmp_path)
    with pytest.raises(DoesNotFit, match="would be wrong then: 'tested' is no phase"):
        rewrite(str(path), lambda text: with_keys(text, {"phase": "tested"}))
    assert path.read_text() == TEXT


def test_a_file_that_was_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = written(tmp_path)

    def change(text: str) -> str:
        path.write_text(TEXT + "# by another hand\n")
        return with_keys(text, {"phase": "testing"})

    with pytest.raises(DoesNotFit, match="was changed meanwhile"):
        rewrite(str(path), change)
    assert path.read_text() == TEXT + "# by another hand\n"
    assert [one.name for one in tmp_path.iterdir()] == ["posts.toml"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the right to write is nothing to root")
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    path = written(tmp_path)
    tmp_path.chmod(0o500)
    with pytest.raises(CannotWrite, match="cannot be written"):
        rewrite(str(path), lambda text: with_keys(text, {"phase": "testing"}))
    tmp_path.chmod(0o700)
