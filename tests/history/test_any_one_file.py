"""Any one file of the history may be gone, cut, zeroed, flipped or set back: nothing is lost, and it is said."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from procroutine.history import change_log
from procroutine.history.history import History
from procroutine.history.last_known import log_path
from procroutine.weeks import Week
from tests.history.samples import add_run, history_in

Shown = dict[str, Any]


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A home after each of its changes."""
    folder = tmp_path_factory.mktemp("states")
    home = folder / "home"
    history = history_in(home)
    made: list[Path] = []

    def keep() -> None:
        made.append(folder / str(len(made)))
        shutil.copytree(home, made[-1])

    runs = []
    for number, year in enumerate((2025, 2026, 2025, 2026)):
        runs.append(add_run(history, datetime(year, 3, 2, 9 + number, tzinfo=UTC))[0].id)
        keep()
    with history.writing():
        history.copies.begin_anew()
    history.amend(runs[0], "step-2", "+", timedelta(minutes=2))
    keep()
    history.delete(runs[1])
    history.set_start(runs[3], datetime(2025, 12, 30, 9, tzinfo=UTC))
    history.set_week_off(None, Week(year=2026, number=20), "away")
    history.add_redline("posts", "drop the second step")
    keep()
    return made


def shown(history: History) -> Shown:
    overview = history.overview()
    runs = {head.id: (head, history.past(head.id).events, history.corrections(head.id)) for head in overview.heads}
    return {**runs, "off": overview.weeks_off, "redlines": overview.redlines}


def files_of(history: History) -> dict[str, Path]:
    return {
        "year file": Path(history.own_path(2026)),
        "older year file": Path(history.own_path(2025)),
        "previous generation": Path(history.copies.previous_of(history.own_path(2026))),
        "log": Path(log_path(history.places)),
    }


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def flip(data: bytes) -> bytes:
    flipped = bytearray(data)
    flipped[len(data) // 2] ^= 4
    return bytes(flipped)


def zero(data: bytes) -> bytes:
    return data[:512] + bytes(512) + data[1024:]


DAMAGES: dict[str, Callable[[bytes], bytes | None]] = {
    "gone": lambda data: None,
    "empty": lambda data: b"",
    "cut": cut,
    "flipped": flip,
    "zeroed": zero,
    "all zeroes": lambda data: bytes(len(data)),
}


@pytest.mark.parametrize("file", ["year file", "older year file", "previous generation", "log"])
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("indexed", [True, False])
def test_any_one_file_may_be_damaged(tmp_path: Path, states: list[Path], file: str, damage: str, indexed: bool) -> None:
    home = tmp_path / "home"
    shutil.copytree(states[-1], home)
    right = shown(history_in(home))
    if not indexed:
        shutil.rmtree(home / "cache")
    path = files_of(history_in(home))[file]
    damaged = DAMAGES[damage](path.read_bytes())
    if damaged is None:
        path.unlink()
    else:
        path.write_bytes(damaged)
    held(home, right, path)


@pytest.mark.parametrize("file", ["year file", "older year file", "previous generation", "log"])
def test_any_one_file_may_be_set_back_to_any_older_state(tmp_path: Path, states: list[Path], file: str) -> None:
    last = files_of(history_in(states[-1]))[file].read_bytes()
    right = shown(history_in(states[-1]))
    tried = 0
    for number, state in enumerate(states[:-1]):
        old = files_of(history_in(state))[file]
        if not old.exists() or old.read_bytes() == last:
            continue
        home = tmp_path / str(number)
        shutil.copytree(states[-1], home)
        path = files_of(history_in(home))[file]
        path.write_bytes(old.read_bytes())
        held(home, right, path)
        tried += 1
    assert tried > 1


def held(home: Path, right: Shown, path: Path) -> None:
    """Hold a home to showing all there was, to saying what is wrong, and to being whole after the repair."""
    history = history_in(home)
    said = history.overview().said
    assert shown(history) == right
    repaired = history.repair()
    assert any(path.name in sentence for sentence in (*said, *repaired)), (said, repaired)
    assert history.overview().said == ()
    assert history.repair() == ()
    assert shown(history_in(home)) == right
    for other in files_of(history).values():
        copy = home.parent / f"{home.name} without {other.name}"
        shutil.copytree(home, copy)
        (copy / other.relative_to(home)).unlink()
        assert shown(history_in(copy)) == right, f"after the repair {other.name} may be lost again"


def test_a_write_in_spite_of_any_damage_loses_nothing(tmp_path: Path, states: list[Path]) -> None:
    chance = random.Random(3)
    right = shown(history_in(states[-1]))
    for number in range(60):
        home = tmp_path / str(number)
        shutil.copytree(states[-1], home)
        path = chance.choice(list(files_of(history_in(home)).values()))
        damaged = DAMAGES[chance.choice(list(DAMAGES))](path.read_bytes())
        if damaged is None:
            path.unlink()
        else:
            path.write_bytes(damaged)
        history = history_in(home)
        run, _ = add_run(history, datetime(2026, 4, 6, 9, tzinfo=UTC))
        found = shown(history_in(home))
        assert found.pop(run.id)
        assert found == right, path.name


def test_a_log_that_is_not_kept_is_found_out(
    tmp_path: Path, states: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without what the log holds these tests fail: the fault they must find."""
    real = change_log._entry
    home = tmp_path / "home"
    shutil.copytree(states[-1], home)
    monkeypatch.setattr(change_log, "_entry", lambda known, name, generation, _: real(known, name, generation, ()))
    history = history_in(home)
    run, _ = add_run(history, datetime(2026, 4, 6, 9, tzinfo=UTC))
    Path(history.own_path(2026)).unlink()
    assert run.id not in shown(history_in(home))
