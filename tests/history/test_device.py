from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from procroutine.errors import CannotWrite
from procroutine.history.device import device_name
from procroutine.history.disk import Disk
from tests.history.samples import places_in


def name(folder: Path, machine: str = "machine-1") -> str:
    return device_name(places_in(folder), Disk(), machine)


def test_a_device_keeps_its_name(tmp_path: Path) -> None:
    assert name(tmp_path) == name(tmp_path)


def test_a_name_can_be_part_of_a_file_name_and_is_readable(tmp_path: Path) -> None:
    assert re.fullmatch(r"[a-z0-9-]{1,16}-[a-z0-9]{6}", name(tmp_path))


def test_two_homes_on_one_machine_are_two_devices(tmp_path: Path) -> None:
    assert name(tmp_path / "one") != name(tmp_path / "two")


def test_a_home_copied_to_another_machine_is_another_device(tmp_path: Path) -> None:
    here = name(tmp_path)
    there = name(tmp_path, "machine-2")
    assert here != there
    assert name(tmp_path, "machine-2") == there


def test_a_machine_that_does_not_tell_its_id_keeps_the_name(tmp_path: Path) -> None:
    here = name(tmp_path)
    assert name(tmp_path, "") == here
    unbound = name(tmp_path / "other", "")
    assert name(tmp_path / "other", "machine-1") == unbound


def test_the_machine_id_itself_is_not_written(tmp_path: Path) -> None:
    name(tmp_path, "0123456789abcdef")
    assert "0123456789abcdef" not in (tmp_path / "device").read_text()


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"format":1,"device":"../up","machine":""}', '{"format":1,"device":7,"machine":""}']
)
def test_a_damaged_name_is_replaced(tmp_path: Path, content: str) -> None:
    (tmp_path / "device").write_text(content)
    made = name(tmp_path)
    assert name(tmp_path) == made


def test_a_name_of_a_newer_format_is_left_alone(tmp_path: Path) -> None:
    name(tmp_path)
    newer = json.dumps({"format": 2})
    (tmp_path / "device").write_text(newer)
    with pytest.raises(CannotWrite, match="newer version"):
        name(tmp_path)
    assert (tmp_path / "device").read_text() == newer
