"""Stylesheets of screens, which Textual puts together into one for the whole app."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import procroutine.tui

FOLDER = Path(procroutine.tui.__file__).parent
AT_THE_START = re.compile(r"^(#[\w-]+)[^{]*\{", re.MULTILINE)


def test_no_two_stylesheets_say_how_a_part_of_the_same_name_looks() -> None:
    """Else a screen looks otherwise as soon as another one was seen."""
    files = defaultdict(set)
    for path in FOLDER.rglob("*.tcss"):
        for name in AT_THE_START.findall(path.read_text(encoding="utf-8")):
            files[name].add(path.name)
    assert len(files) > 50
    assert {name: found for name, found in files.items() if len(found) > 1} == {}
