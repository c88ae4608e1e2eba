"""A folder of routine files, as tests write them."""

from collections.abc import Callable
from pathlib import Path

import pytest

Write = Callable[[str, str], str]


@pytest.fixture
def folder(tmp_path: Path) -> str:
    made = tmp_path / "routines"
    made.mkdir()
    return str(made)


@pytest.fixture
def write(folder: str) -> Write:
    """Write a file of the folder, sub-folders included; gives its path."""

    def write_file(name: str, text: str) -> str:
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write_file
