"""What putting a run into the history does to the disk, counted: that depends on no machine."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from procroutine.history.disk import Disk
from tests.history.samples import add_run, history_in


class Noting(Disk):
    """A disk that notes what is done to which file; of reading and writing also how much."""

    def __init__(self) -> None:
        self.done: list[tuple[str, str]] = []
        self.read_bytes: dict[str, int] = {}
        self.written: dict[str, int] = {}
        self._names: dict[int, str] = {}

    def read(self, path: str, most: int = -1) -> bytes:
        data = super().read(path, most)
        self._note("read", path)
        self.read_bytes[os.path.basename(path)] = len(data)
        return data

    def end(self, path: str, most: int) -> bytes:
        self._note("end", path)
        return super().end(path, most)

    def create(self, path: str) -> int:
        return self._opened("create", path, super().create(path))

    def append(self, path: str) -> int:
        return self._opened("append", path, super().append(path))

    def write(self, number: int, part: bytes | memoryview) -> int:
        name = self._names[number]
        self.written[name] = self.written.get(name, 0) + len(part)
        return super().write(number, part)

    def flush(self, number: int) -> None:
        self._note("flush", self._names[number])
        super().flush(number)

    def replace(self, path: str, name: str) -> None:
        self._note("replace", name)
        super().replace(path, name)

    def flush_folder(self, folder: str) -> None:
        self._note("flush folder", folder)
        super().flush_folder(folder)

    def _opened(self, what: str, path: str, number: int) -> int:
        self._note(what, path)
        self._names[number] = os.path.basename(path)
        return number

    def _note(self, what: str, path: str) -> None:
        self.done.append((what, os.path.basename(path)))


def adding_after(folder: Path, years: int) -> tuple[Noting, str]:
    """Add a run to a history of so many years, and give what that did to the disk and the name of its file."""
    for year in range(2027 - years, 2027):
        add_run(history_in(folder), datetime(year, 3, 2, 9, tzinfo=UTC))
    disk = Noting()
    history = history_in(folder, disk)
    assert history.device
    disk.done.clear()
    add_run(history)
    return disk, os.path.basename(history.own_path(2026))


def test_a_run_is_added_with_one_look_at_its_year_and_three_flushes(tmp_path: Path) -> None:
    disk, name = adding_after(tmp_path, 2)
    wanted = ("read", "create", "flush", "replace", "flush folder")
    assert [one for one in disk.done if one[0] in wanted and one[1] != "history.plan"] == [
        ("read", name),
        ("flush", "log"),
        ("create", f".{name}.draft"),
        ("flush", f".{name}.draft"),
        ("replace", name),
        ("flush folder", "history"),
    ]


def test_in_the_twentieth_year_a_run_is_added_with_the_same_calls_as_in_the_second(tmp_path: Path) -> None:
    (few, few_name), (many, many_name) = (adding_after(tmp_path / str(years), years) for years in (2, 20))
    assert [(what, name.replace(few_name, "year")) for what, name in few.done] == [
        (what, name.replace(many_name, "year")) for what, name in many.done
    ]
    assert few.read_bytes[few_name] == many.read_bytes[many_name]
    assert few.written[f".{few_name}.draft"] == many.written[f".{many_name}.draft"]
    assert many.written["log"] - few.written["log"] <= 18 * 2 * 32, "of each other year no more than its generation"
