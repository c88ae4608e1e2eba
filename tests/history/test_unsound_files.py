from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from procroutine.history.history import History
from procroutine.history.index_files import index_path
from tests.history.samples import add_run


def make_link(path: Path) -> None:
    path.symlink_to(path.rename(path.with_name("elsewhere")))


def make_broken_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def make_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def make_newer(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"format":1', b'"format":2'))


UNSOUND: dict[str, tuple[Callable[[Path], object], str]] = {
    "newer format": (make_newer, "was written by a newer version; nothing of it is read or changed"),
    "truncated": (lambda path: path.write_bytes(path.read_bytes()[:-4]), "is damaged; 1 run of it"),
    "empty": (lambda path: path.write_bytes(b""), "is damaged; 0 runs of it"),
    "link": (make_link, "is a link: put the file itself there"),
    "broken link": (make_broken_link, "is a link: put the file itself there"),
    "folder": (make_folder, "is no file but a folder, a pipe or a device: move it away"),
    "pipe": (make_pipe, "is no file but a folder, a pipe or a device: move it away"),
    "unreadable": (lambda path: path.chmod(0), "cannot be read (Permission denied): look at its permissions"),
    "stock TinyDB": (lambda path: path.write_text('{"runs": {"1": {"id": "1"}}}'), "is damaged; 0 runs of it"),
    "invalid JSON": (lambda path: path.write_text('{"runs": {'), "is damaged; 0 runs of it"),
}


@pytest.mark.parametrize("kind", UNSOUND)
@pytest.mark.parametrize("indexed", [True, False])
def test_whatever_is_wrong_with_a_file_is_said_and_the_others_are_read(
    history: History, tmp_path: Path, kind: str, indexed: bool
) -> None:
    if kind == "unreadable" and os.geteuid() == 0:
        pytest.skip("the superuser may read everything")
    make, said = UNSOUND[kind]
    run, _ = add_run(history)
    path = tmp_path / "history" / "x-2024.json"
    path.write_bytes(Path(history.own_path(2026)).read_bytes())
    if indexed:
        history.overview()
    make(path)
    before = os.listdir("/dev/fd")
    for years in (None, 0, 1):
        (sentence,) = history.overview(years).said
        assert sentence.startswith(f"{path} {said}")
    assert [head.id for head in history.overview().heads] == [run.id]
    assert history.past(run.id).run == run
    assert history.repair() == ()
    assert len(os.listdir("/dev/fd")) == len(before)


def test_a_previous_generation_that_is_no_file_is_said_and_hides_nothing(history: History) -> None:
    run, _ = add_run(history)
    path = history.copies.previous_of(history.own_path(2026))
    os.unlink(path)
    os.mkfifo(path)
    assert history.overview().said == ()
    (said,) = history.repair()
    assert said.startswith(f"{path} is no file but a folder, a pipe or a device")
    other, _ = add_run(history)
    assert {head.id for head in history.heads()} == {run.id, other.id}


def test_a_file_of_ours_that_cannot_be_read_is_not_repaired_and_keeps_no_other_from_it(history: History) -> None:
    for year in (2024, 2025):
        add_run(history, datetime(year, 3, 2, tzinfo=UTC))
    linked, damaged = Path(history.own_path(2024)), Path(history.own_path(2025))
    linked.symlink_to(linked.rename(linked.with_name("elsewhere")))
    damaged.write_bytes(b"")
    assert [sentence.split(" ")[0] for sentence in history.repair()] == [str(damaged)]
    assert linked.is_symlink()


def test_a_pipe_in_the_place_of_an_index_holds_nothing_up(history: History) -> None:
    run, _ = add_run(history)
    index = Path(index_path(history.places, history.own_path(2026)))
    index.unlink(missing_ok=True)
    index.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(index)
    assert history.past(run.id).run == run
    assert [head.id for head in history.overview().heads] == [run.id]
    assert index.is_file()
