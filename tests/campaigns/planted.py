"""Programs with a fault in them, which the campaigns must find: they are put in the place of the right one."""

from __future__ import annotations

import os
from types import SimpleNamespace

import pytest

from procroutine.clock import Reading
from procroutine.history import seal, settling
from procroutine.history.disk import Disk
from procroutine.history.home import Home
from procroutine.run import lines
from procroutine.run.live import LiveRun


def writes_in_place(patch: pytest.MonkeyPatch) -> None:
    """Let the storage write over its file, as stock TinyDB does."""

    def replace(_disk: Disk, path: str, name: str) -> None:
        with open(path, "rb") as file:
            data = file.read()
        number = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.write(number, data)
        os.close(number)
        os.unlink(path)

    patch.setattr(Disk, "replace", replace)


def removes_the_journal_first(patch: pytest.MonkeyPatch) -> None:
    """Let a finish remove the journal before the run is safe in the history."""

    def move(home: Home, live: LiveRun, now: Reading) -> tuple[str, ...]:
        home.runs.remove(live.id)
        home.history().add(live.state(now), live.events)
        return ()

    patch.setattr(settling, "move_to_history", move)


def believes_every_document(patch: pytest.MonkeyPatch) -> None:
    """Let the checksums of the history be the same for everything."""

    class Same:
        """As a hash of `hashlib`."""

        def __init__(self, _data: object = b"") -> None:
            pass

        def update(self, _data: object) -> None:
            pass

        def copy(self) -> Same:
            return self

        def hexdigest(self) -> str:
            return "0" * 64

    patch.setattr(seal, "hashlib", SimpleNamespace(sha256=Same))


def believes_every_line(patch: pytest.MonkeyPatch) -> None:
    """Let the checksums of journals be the same for everything."""
    patch.setattr(lines, "zlib", SimpleNamespace(crc32=lambda *_: 0))
