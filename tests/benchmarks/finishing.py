"""Times the end of a run, from the verb until it is in the history; runs in the environment that is measured,
with a routine's id and the folders of homes.

Prints for each home the seconds of a flushed append of 200 bytes beside the history, of what a finish
writes and nothing else, of a finish until its first flush, from when on nothing loses it, and of all of
it: the medians of many, all homes in turn, since the time of a flush jumps.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from unittest import mock

from procroutine.clock import SystemClock
from procroutine.history.home import Home
from procroutine.places import find_places

TIMES = 9
_EVENT, _ENTRY = 250, 3000
"""Bytes of a line in a journal, and of a run of ten steps in the log."""


@dataclass(frozen=True, slots=True)
class Timed:
    """What was timed on one home."""

    home: Home
    appends: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    flushed: list[float] = field(default_factory=list)
    finishes: list[float] = field(default_factory=list)

    def once_more(self, routine: str) -> None:
        """Time each once more, or the appends a few times, since they are quick."""
        history = self.home.places.history
        self.appends.extend(seconds_of_append(history) for _ in range(5))
        newest = max((entry for entry in os.scandir(history) if entry.name.endswith(".json")), key=lambda one: one.name)
        self.writes.append(seconds_of_writes(history, newest.stat().st_size))
        flushed, finished = seconds_of_finish(self.home, routine)
        self.flushed.append(flushed)
        self.finishes.append(finished)


def seconds_of_append(folder: str) -> float:
    path = os.path.join(folder, "append")
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, b"x" * 200)
        os.fsync(descriptor)
        began = time.perf_counter()
        os.write(descriptor, b"x" * 200)
        os.fsync(descriptor)
        return time.perf_counter() - began
    finally:
        os.close(descriptor)
        os.unlink(path)


def seconds_of_writes(beside: str, size: int) -> float:
    """Time what a finish does to the disk: two lines flushed, a file of a size written anew, the journal removed."""
    with tempfile.TemporaryDirectory(dir=beside) as folder:
        journal, second, log, year, draft = (os.path.join(folder, str(number)) for number in range(5))
        for path, length in ((journal, 4 * _EVENT), (second, 4 * _EVENT), (log, 10 * _ENTRY), (year, size)):
            _append(path, length)
        body = bytes(size)
        began = time.perf_counter()
        _append(journal, _EVENT)
        _append(second, _EVENT, flushed=False)
        _append(log, _ENTRY)
        _append(draft, len(body))
        os.replace(draft, year)
        _flush_folder(folder)
        _append(log, _EVENT, flushed=False)
        os.unlink(second)
        os.unlink(journal)
        return time.perf_counter() - began


def _append(path: str, length: int, *, flushed: bool = True) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, b"x" * length)
        if flushed:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_folder(path: str) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def seconds_of_finish(home: Home, routine: str) -> tuple[float, float]:
    """Time a finish until its first flush, which is that of the journal, and until it has answered."""
    home.start(routine)
    flushes: list[float] = []
    flush = os.fsync

    def noted(descriptor: int) -> None:
        flush(descriptor)
        flushes.append(time.perf_counter())

    with mock.patch.object(os, "fsync", noted):
        began = time.perf_counter()
        home.act("finish")
        return flushes[0] - began, time.perf_counter() - began


def main() -> None:
    routine, *folders = sys.argv[1:]
    timed = [Timed(Home(find_places(os.environ, folder), SystemClock())) for folder in folders]
    for one in timed:
        seconds_of_finish(one.home, routine)  # what is loaded once is not what is asked
    for _ in range(TIMES):
        for one in timed:
            one.once_more(routine)
    for one in timed:
        print(*(statistics.median(figures) for figures in (one.appends, one.writes, one.flushed, one.finishes)))


if __name__ == "__main__":
    main()
