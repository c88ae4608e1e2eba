"""Killing a program at a chosen call to the file system, in a copy of a folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

_CALLS = ("open", "write", "fsync", "replace", "rename", "unlink", "link", "ftruncate", "mkdir", "chmod", "close")
_COPIES = "copies"
"""The folder of the copies, within the one they are of."""
_DIED = 9


def calls_made(folder: Path, act: Callable[[Path], Any]) -> int:
    """Count the calls that `act` makes on a copy of a folder."""
    reader, writer = os.pipe()
    copy = _copy(folder, "count")
    child = os.fork()
    if child == 0:
        counter = _Counter(stop_at=0)
        counter.install()
        act(copy)
        _real_write(writer, str(counter.count).encode())
        os._exit(0)
    os.close(writer)
    _, status = os.waitpid(child, 0)
    counted = os.read(reader, 100)
    os.close(reader)
    assert status == 0, "the act failed without any kill"
    return int(counted)


def crash_at_call(folder: Path, call: int, act: Callable[[Path], Any]) -> Path:
    """Run `act` on a copy of a folder and kill it right before its so-manieth call; gives the copy."""
    copy = _copy(folder, str(call))
    child = os.fork()
    if child == 0:
        _Counter(stop_at=call).install()
        act(copy)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) in (0, _DIED)
    return copy


_real_write = os.write


class _Counter:
    """Counts calls in a child process, which it ends at one of them."""

    def __init__(self, stop_at: int) -> None:
        self.count = 0
        self.stop_at = stop_at

    def install(self) -> None:
        for name in _CALLS:
            setattr(os, name, self._counted(getattr(os, name)))

    def _counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            self.count += 1
            if self.count == self.stop_at:
                os._exit(_DIED)
            return real(*given, **named)

        return call


def _copy(folder: Path, name: str) -> Path:
    copy = folder / _COPIES / name
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(_COPIES))
    return copy
