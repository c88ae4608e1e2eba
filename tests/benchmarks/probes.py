"""What is measured: each probe looks once, at the program and right beside it at its base, and gives named figures."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.counting import can_count, instructions_of
from tests.benchmarks.installed import BARE, Installed, own_home, plain_environment
from tests.benchmarks.keys import ROUTINE
from tests.benchmarks.sizes import FIRST_ROUTINE, home_of
from tests.benchmarks.terminal import Terminal

Figures = dict[str, float]
Probe = Callable[[Installed], Figures]

HERE = Path(__file__).resolve().parent
QUIT = b"\x11"
_UNTIL_KEPT, _AT_THE_LATEST = 8.0, 90.0
"""Seconds after which This week is kept for the next start; of many routines, or on a busy machine, it takes longer."""
WEEK_DRAWN = ("This week", "Bookkeeping week", "Where the time goes", "Help")
"""What stands in the first, the middle and the last line, and on the right: all of it is the whole screen."""
SELECTED = "▌"
"""Stands before the routine that is selected, and is written anew when another is."""
_SETTLED, _WATCHED = 6.0, 8.0
"""Seconds until nothing is left to say (a notice stays for four), and seconds watched."""


def commands(installed: Installed) -> Figures:
    """Milliseconds of each command, from nothing to the shell's next line, and of Python's own start."""
    figures: Figures = {}
    for name, words in {
        "start": ("start", ROUTINE),
        "status": ("status",),
        "done": ("done",),
        "pause": ("pause",),
        "resume": ("resume",),
        "undo": ("undo",),
        "abandon": ("abandon",),
    }.items():
        figures[f"python beside {name}"] = _milliseconds([installed.python, "-c", "pass"])
        figures[name] = _milliseconds(installed.words(*words))
    return figures


def _milliseconds(words: list[str]) -> float:
    environment = plain_environment()
    began = time.perf_counter()
    done = subprocess.run(words, env=environment, capture_output=True, check=False)
    taken = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed: {done.stderr.decode()}")
    return taken * 1000


def opening(installed: Installed) -> Figures:
    """First frame (ms), memory then (MB), first key (ms) and quit (ms) of This week and of a bare app."""
    look_long(installed)  # other probes have changed what it is drawn from
    bare = _opening([installed.python, BARE], "key 1", "bare app")
    own = _opening(installed.words(), SELECTED, *WEEK_DRAWN)
    return {**{f"bare {name}": value for name, value in bare.items()}, **own}


def _opening(words: list[str], answer: str, *texts: str) -> Figures:
    with Terminal(words, plain_environment()) as terminal:
        first = terminal.wait_for(*texts) * 1000
        memory = terminal.peak_megabytes()
        key = terminal.key(b"\x1b[B", answer=answer) * 1000
        return {"first frame": first, "memory": memory, "first key": key, "quit": terminal.leave(QUIT) * 1000}


def ticking(installed: Installed) -> Figures:
    """The Run screen while nothing but the clock changes: % of a core, bytes and frames a tick.

    It is a home of its own: the runs that other probes make would let a step pass its usual time meanwhile, which is
    told in a notice. It is watched from one tick on until half a second after the last.
    """
    with own_home(installed) as own, Terminal(own.words("run", ROUTINE), plain_environment()) as terminal:
        terminal.wait_for("Weekly review", "Done")
        terminal.watch(_SETTLED)
        terminal.wait_for_frame()
        processor, written, frames = terminal.processor_seconds(), terminal.bytes_written, terminal.frames
        terminal.watch(_WATCHED + 0.5)
        return {
            "processor": (terminal.processor_seconds() - processor) / _WATCHED * 100,
            "bytes": (terminal.bytes_written - written) / _WATCHED,
            "frames": (terminal.frames - frames) / _WATCHED,
        }


def idle(installed: Installed) -> Figures:
    """This week and a bare app while nothing happens: bytes and wake-ups a second, % of a core."""
    figures: Figures = {}
    for name, words, texts in (
        ("bare ", [installed.python, BARE], ("bare app",)),
        ("", installed.words(), WEEK_DRAWN),
    ):
        with Terminal(words, plain_environment()) as terminal:
            terminal.wait_for(*texts)
            terminal.watch(_SETTLED)
            processor, written, woken = terminal.processor_seconds(), terminal.bytes_written, terminal.wake_ups()
            terminal.watch(_WATCHED / 2)
            figures[f"{name}idle processor"] = (terminal.processor_seconds() - processor) / (_WATCHED / 2) * 100
            figures[f"{name}idle wake-ups"] = (terminal.wake_ups() - woken) / (_WATCHED / 2)
            figures[f"{name}idle bytes"] = (terminal.bytes_written - written) / (_WATCHED / 2)
    return figures


def look_long(installed: Installed, *texts: str) -> None:
    """Look at This week, on which the texts stand, for as long as it takes until it is kept for the next start."""
    with Terminal(installed.words(), plain_environment()) as terminal:
        terminal.wait_for(*(texts or WEEK_DRAWN))
        end = time.perf_counter() + _AT_THE_LATEST
        terminal.watch(_UNTIL_KEPT)
        while not Path(installed.home, "cache", "week").exists() and time.perf_counter() < end:
            terminal.watch(1.0)
        terminal.leave(QUIT)


@contextmanager
def nothing_kept(installed: Installed) -> Iterator[None]:
    """Take away meanwhile what is kept of This week, as after a change."""
    kept, aside = Path(installed.home, "cache", "week"), Path(installed.home, "cache", "aside")
    kept.rename(aside)
    try:
        yield
    finally:
        shutil.rmtree(kept, ignore_errors=True)
        aside.rename(kept)


def instructions(installed: Installed) -> Figures:
    """Millions of instructions, which come out the same however busy the machine is; nothing without valgrind."""
    if not can_count():
        return {}
    with nothing_kept(installed):
        fresh = instructions_of(installed.words(), *WEEK_DRAWN)
    return {
        "instructions of fresh frame": fresh,
        "instructions of python": instructions_of([installed.python, "-c", "pass"]),
        "instructions of status": instructions_of(installed.words("status")),
        "instructions of bare": instructions_of([installed.python, BARE], "bare app"),
        "instructions of first frame": instructions_of(installed.words(), *WEEK_DRAWN),
    }


def growth(installed: Installed) -> Figures:
    """Millions of instructions to the first frame of a small home, one of 26,000 runs, and one of 500 routines."""
    if not can_count():
        return {}
    figures: Figures = {}
    for size in ("340 runs", "26,000 runs", "500 routines"):
        own = home_of(installed, size)
        look_long(own, FIRST_ROUTINE)
        figures[f"first frame, {size}"] = instructions_of(own.words(), "This week", FIRST_ROUTINE, "Help")
        with nothing_kept(own):
            figures[f"fresh frame, {size}"] = instructions_of(own.words(), "This week", FIRST_ROUTINE, "Help")
    return figures
