"""Hostile strings, each in every text of a home, through every screen, dialog and command: so many strings.

Some strings share the home that the app is opened on: the first goes through everything, the lists,
the search and the notices hold all of them, and whatever shows one routine or one run is gone
through with each. Each has a home of its own for the command line, which is called in-process by
the function that the program itself calls.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

import procroutine.tui
from procroutine.cli.table import COMMANDS
from tests.campaigns.campaign import Report
from tests.hostile.commands import run_commands
from tests.hostile.corpus import ALL_IN_ONE, corpus
from tests.hostile.many import walk_many, walk_opened
from tests.hostile.walk import widgets_of

NAME = "hostile"
STATED = 500
SMALL = 1
SIZES = ((120, 40), (80, 24), (60, 20), (200, 60))
"""Columns and lines of the terminal, one after the other."""
TOGETHER = 8
"""Strings in one home of the app."""
MOST_SECONDS = 60.0
"""Of the processor that one string may take, five to twenty times what it does."""
_WORKERS = 2

Round = tuple[Counter[str], list[str]]
"""What some strings were taken through, and what should not have been."""


class TooLong(BaseException):
    """A string took more than it may; no program catches this by chance."""


def run(size: int, seed: int, report: Report) -> None:
    """Take so many strings of the corpus through everything; more than there are go round again at other sizes."""
    report.count("strings", 0)
    groups = list(_groups(size, seed))
    for counts, faults in _rounds(groups, report):
        for what, number in counts.items():
            report.count(what, number)
        for fault in faults:
            report.fail(fault)
        if len(groups) > 1:
            print(f"  {report.line()}", *faults, sep="\n", file=sys.stderr, flush=True)


def _groups(size: int, seed: int) -> Iterator[tuple[int, list[str]]]:
    texts = [one.text for one in corpus() if one.text != ALL_IN_ONE]
    Random(seed).shuffle(texts)
    texts.insert(0, ALL_IN_ONE)
    for number, first in enumerate(range(0, size, TOGETHER)):
        yield number, [texts[place % len(texts)] for place in range(first, min(size, first + TOGETHER))]


def _rounds(groups: list[tuple[int, list[str]]], report: Report) -> Iterator[Round]:
    if len(groups) == 1:
        yield take_through(groups[0])
        return
    with ProcessPoolExecutor(_WORKERS, multiprocessing.get_context("fork")) as pool:
        for done in pool.map(take_through, groups):
            yield done
            if report.is_over:
                pool.shutdown(wait=False, cancel_futures=True)
                return


def take_through(group: tuple[int, list[str]]) -> Round:
    """Take strings through the command line and the app; what fails together is looked for in each alone."""
    number, texts = group
    size = SIZES[number % len(SIZES)]
    counts: Counter[str] = Counter({"strings": len(texts)})
    faults: list[str] = []
    for text in texts:
        faults += _guarded(_commands, text, counts)
    found = _guarded(_walk, texts, size, counts)
    if found and len(texts) > 1:
        found = [fault for text in texts for fault in _guarded(_walk, [text], size, counts)] or found
    return counts, faults + found


def _guarded(take: Any, texts: Any, *given: Any) -> list[str]:
    """Give what was found, a crash or a string that takes too long among it."""
    try:
        with at_most(MOST_SECONDS * (len(texts) if isinstance(texts, list) else 1)):
            found: list[str] = take(texts, *given)
            return found
    except (Exception, SystemExit, TooLong):  # a crash is what is looked for, and so is an end of the program
        return [f"{str(texts)[:300]!r}: {traceback.format_exc(limit=-6)}"]


def _commands(text: str, counts: Counter[str]) -> list[str]:
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        commands = run_commands(Path(folder) / "commands", text)
    counts["command lines"] += commands.ran
    return [*commands.faults, *(f"{name} was never called" for name in sorted(set(COMMANDS) - commands.names))]


def _walk(texts: list[str], size: tuple[int, int], counts: Counter[str]) -> list[str]:
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        walk = asyncio.run(walk_many(Path(folder) / "app", texts, size))
        opened = asyncio.run(walk_opened(Path(folder) / "opened", texts, size))
    counts.update({"looks at screens": walk.looks + opened.looks, "links clicked": walk.clicks + opened.clicks})
    unseen = widgets_of(procroutine.tui) - walk.seen - opened.seen
    return [*walk.faults, *opened.faults, *(f"{kind.__name__} was on no screen" for kind in unseen)]


def _memory() -> str | None:
    """Give a folder in memory, which spares the disk many flushes; None where there is none."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise `TooLong` after so many seconds of the processor, however busy the machine is."""

    def end(*_: object) -> None:
        raise TooLong(f"took more than {seconds:.0f} s")

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 5.0)  # again: what ends a widget alone leaves the app waiting
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
