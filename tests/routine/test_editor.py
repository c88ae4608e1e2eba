"""The person's own editor, as the environment names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from procroutine.errors import DoesNotFit
from procroutine.routine.editor import edit, editor_words


@pytest.mark.parametrize(
    ("environment", "platform", "words"),
    [
        ({"VISUAL": "code -w", "EDITOR": "nano"}, "linux", ["code", "-w"]),
        ({"VISUAL": " ", "EDITOR": "nano"}, "linux", ["nano"]),
        ({"EDITOR": "  "}, "linux", ["vi"]),
        ({}, "win32", ["notepad"]),
    ],
)
def test_visual_comes_first_and_a_blank_one_is_none(
    environment: dict[str, str], platform: str, words: list[str]
) -> None:
    assert editor_words(environment, platform) == words


def test_the_file_is_edited_and_never_carried_out(tmp_path: Path) -> None:
    path = tmp_path / "posts.toml"
    edit(str(path), {"EDITOR": "sh -c 'echo edited > \"$0\"'"})
    assert path.read_text() == "edited\n"


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ("no-such-editor", "'no-such-editor' cannot be started"),
        ("false", "'false' ended with 1"),
        ("'vi", 'EDITOR is "\'vi"'),
    ],
)
def test_an_editor_that_does_not_work_is_told_with_the_file(tmp_path: Path, editor: str, said: str) -> None:
    with pytest.raises(DoesNotFit) as found:
        edit(str(tmp_path / "posts.toml"), {"EDITOR": editor})
    assert said in str(found.value)
