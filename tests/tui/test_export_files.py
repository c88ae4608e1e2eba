"""What is exported from the app is written as every file of the program is."""

from __future__ import annotations

import os
from pathlib import Path

from procroutine.tui.screens.exports import write_new_file


def test_an_export_is_for_its_owner_alone_and_takes_a_new_name(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        paths = [write_new_file(f"{tmp_path}", "map", "svg", "<svg/>") for _ in range(2)]
    finally:
        os.umask(before)
    assert [Path(path).name for path in paths] == ["map.svg", "map-2.svg"]
    assert {Path(path).stat().st_mode & 0o777 for path in paths} == {0o600}
