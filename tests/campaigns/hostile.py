"""Hostile strings, each in every text of a home, through every screen, dialog and command: so many strings."""

from __future__ import annotations

import asyncio
import multiprocessing
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random

import procroutine.tui
from tests.campaigns.campaign import Report
from tests.hostile.commands import run_commands
from tests.hostile.corpus import ALL_IN_ONE, corpus
from tests.hostile.screens import walk_all, widgets_of

NAME = "hostile"
STATED = 500
SMALL = 1
SIZES = ((120, 40), (80, 24), (60, 20), (200, 60))
"""Columns and lines of the terminal, one after the other."""
_WORKERS = 2

Round = tuple[Counter[str], list[str]]
"""What one string was taken through, and what should not have been."""


def run(size: int, seed: int, report: Report) -> None:
    """Take so many strings of the corpus through everything; more than there are go round again at other sizes."""
    report.count("strings", 0)
    for counts, faults in _rounds(list(_chosen(size, seed)), report):
        report.count("strings")
        for what, number in counts.items():
            report.count(what, number)
        for fault in faults:
            report.fail(fault)


def _chosen(size: int, seed: int) -> Iterator[tuple[int, str]]:
    texts = [one.text for one in corpus() if one.text != ALL_IN_ONE]
    Random(seed).shuffle(texts)
    texts.insert(0, ALL_IN_ONE)
    for number in range(size):
        yield number, texts[number % len(texts)]


def _rounds(chosen: list[tuple[int, str]], report: Report) -> Iterator[Round]:
    if len(chosen) == 1:
        yield take_through(chosen[0])
        return
    with ProcessPoolExecutor(_WORKERS, multiprocessing.get_context("fork")) as pool:
        for done in pool.map(take_through, chosen):
            yield done
            if report.is_over:
                pool.shutdown(wait=False, cancel_futures=True)
                return


def take_through(one: tuple[int, str]) -> Round:
    """Take one string through the command line and the app."""
    number, text = one
    counts: Counter[str] = Counter()
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        try:
            commands = run_commands(Path(folder) / "commands", text)
            walk = asyncio.run(walk_all(Path(folder) / "app", text, SIZES[number % len(SIZES)]))
        except Exception:  # a crash is what is looked for
            return counts, [f"{text[:80]!r}: {traceback.format_exc(limit=-6)}"]
    counts.update({"command lines": commands.ran, "looks at screens": walk.looks, "links clicked": walk.clicks})
    faults += [*commands.faults, *walk.faults]
    faults += [f"{kind.__name__} was on no screen" for kind in widgets_of(procroutine.tui) - walk.seen]
    return counts, faults
