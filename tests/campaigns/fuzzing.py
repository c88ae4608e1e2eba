"""Random routine files, libraries, journals, histories, imports, settings, moments and schedules: so many inputs.

Each must give a result or a sentence within a second, without a traceback and without the memory
growing past 200 MB. Where `atheris` is installed, a tenth of as many inputs again is found by it.
"""

from __future__ import annotations

import importlib.util
import multiprocessing
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from random import Random
from types import FrameType
from typing import Any

from procroutine.errors import UserError
from tests.campaigns.campaign import Report
from tests.fuzzing.guided import guided
from tests.fuzzing.targets import TARGETS, Target, remove_folder, seeds

NAME = "fuzzing"
STATED = 1_000_000
SMALL = 1500
LONGEST = 1.0
"""Seconds of the processor that one input may take."""
MOST_GROWTH = 200 * 1024 * 1024
"""Bytes by which a worker may grow."""
_PATIENCE = 5.0
"""Seconds after which an input is given up."""
_WORKERS = 2
_CHUNK = 2000
_ATHERIS_SHARE = 10

Found = tuple[Counter[str], dict[str, str]]
"""Inputs by target, and faults by what makes them one and the same."""


class TooLong(BaseException):
    """The patience is over; no parser can take it for an error of its own."""


def run(size: int, seed: int, report: Report) -> None:
    """Give so many inputs to the parsers."""
    for target in TARGETS:
        report.count(target.name, 0)
    known: set[str] = set()
    for counts, faults in _chunks(size, seed, report):
        for what, number in counts.items():
            report.count(what, number)
        for fault, told in faults.items():
            if fault not in known:
                report.fail(told)
        known.update(faults)
    _with_atheris(size // _ATHERIS_SHARE, seed, report)


def _chunks(size: int, seed: int, report: Report) -> Iterator[Found]:
    parts = [(seed * 1_000_003 + start, min(_CHUNK, size - start)) for start in range(0, size, _CHUNK)]
    if len(parts) == 1:
        yield try_chunk(parts[0])
        return
    seeds()  # made once, before the workers are
    with ProcessPoolExecutor(_WORKERS, multiprocessing.get_context("fork")) as pool:
        left = iter(parts)
        while some := list(islice(left, 4 * _WORKERS)):
            yield from pool.map(try_chunk, some)
            if report.is_over:
                return


def try_chunk(part: tuple[int, int], targets: Sequence[Target] = TARGETS) -> Found:
    """Give a number of inputs, all from one seed."""
    seed, count = part
    chance = Random(seed)
    counts: Counter[str] = Counter()
    faults: dict[str, str] = {}
    shares = [target.share for target in targets]
    previous = signal.signal(signal.SIGVTALRM, _give_up)
    seeds()
    start = _largest()
    try:
        for number, target in enumerate(chance.choices(targets, shares, k=count)):
            given = target.make(chance)
            counts[target.name] += 1
            if fault := try_one(target, given, start):
                faults.setdefault(fault[0], f"seed {seed}, input {number}: {fault[1]}")
                start = _largest()
    finally:
        signal.signal(signal.SIGVTALRM, previous)
        remove_folder_of_worker()
    return counts, faults


def remove_folder_of_worker() -> None:
    """Leave nothing in memory; the next chunk makes the folder anew."""
    from tests.fuzzing import targets

    remove_folder()
    targets._folder.cache_clear()


def try_one(target: Target, given: Any, start: int) -> tuple[str, str] | None:
    """Give one input; gives what kind of fault it makes and all about it, None where it makes none."""
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, _PATIENCE)
    kind = ""
    told = ""
    try:
        target.take(given)
    except UserError as error:
        kind = "" if error.problem and error.remedy else "says nothing"
    except TooLong:
        kind = "did not end"
    except Exception as error:  # any at all is a fault
        frame = traceback.extract_tb(error.__traceback__)[-1]
        kind = f"{type(error).__name__} in {frame.name}, line {frame.lineno}"
        told = f" ({error})"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    taken = time.process_time() - begun
    if not kind and taken > LONGEST:
        kind, told = "took too long", f" ({taken:.1f} s)"
    if not kind and _largest() - start > MOST_GROWTH:
        kind, told = "took too much memory", f" ({(_largest() - start) >> 20} MB)"
    return (f"{target.name} {kind}", f"{target.name}: {kind}{told} for {given!r:.1500}") if kind else None


def _give_up(signal_number: int, frame: FrameType | None) -> None:
    raise TooLong


def _largest() -> int:
    """Give the most memory this process ever had, in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _with_atheris(size: int, seed: int, report: Report) -> None:
    """Let atheris look for inputs that reach more of the code; without it, say so and go on."""
    if importlib.util.find_spec("atheris") is None:
        report.count("tried by atheris (not installed)", 0)
    elif report.is_over:
        report.count("tried by atheris (no time left)", 0)
    elif size < _CHUNK:
        report.count("tried by atheris (begins with larger sizes)", 0)
    else:
        report.count("tried by atheris", size)
        for told in guided(size, seed):
            report.fail(told)
