import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procroutine.errors import BadInput
from procroutine.routine.keys import ROUTINE_KEYS, STEP_KEYS, SYSTEM_KEYS
from procroutine.routine.model import Phase
from procroutine.routine.parse import parse_routine
from procroutine.routine.starter import starter_file, starter_text


@given(st.text(min_size=1, max_size=200))
def test_a_new_file_of_any_name_is_sound_and_begins_in_analysis(name: str) -> None:
    if not name.strip():
        return
    draft, problems = parse_routine(starter_text(name), "x.toml", "x")
    assert problems == ()
    assert draft is not None
    assert draft.routine.name == name.strip()
    assert draft.routine.phase is Phase.ANALYSIS
    assert starter_file(name).endswith(".toml")
    assert "/" not in starter_file(name)


def test_every_key_is_explained() -> None:
    explained = set(re.findall(r"^#? ?(\w+) = ", starter_text("x"), re.MULTILINE))
    assert explained == {*ROUTINE_KEYS, *SYSTEM_KEYS, *STEP_KEYS} - {"steps"}


def test_every_example_is_sound_when_its_sign_is_taken_away() -> None:
    text = starter_text("x")
    pattern = re.compile(r"^# (?=\w+ = |\[|\"\"\"|Markdown, as|How it is done, w)", re.MULTILINE)
    draft, problems = parse_routine(pattern.sub("", text), "x.toml", "x")
    assert problems == ()
    assert draft is not None
    assert draft.routine.analysis == "Markdown, as many lines as you like.\n"
    assert draft.steps[0].step.instructions is not None
    assert draft.uses == ("another-routine",)


def test_names_that_cannot_be_written_are_refused() -> None:
    for name in ("", "  ", "x" * 201, "\udcff"):
        with pytest.raises(BadInput):
            starter_text(name)
        with pytest.raises(BadInput):
            starter_file(name)


def test_the_file_is_called_after_the_name() -> None:
    assert starter_file("Weekly social posts") == "weekly-social-posts.toml"
    assert starter_file("../../etc/passwd") == "etc-passwd.toml"
    assert starter_file("!!!") == "routine.toml"
