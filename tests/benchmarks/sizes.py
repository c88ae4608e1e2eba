"""How the program takes growth: homes of more years, routines and runs, each measured beside the smallest."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.benchmarks.homes import WEEKDAYS, WEEKLY, make_home
from tests.benchmarks.installed import Installed, call, plain_environment
from tests.benchmarks.terminal import Terminal

Figures = dict[str, float]

ROUTINE = "routine-000"
FIRST_ROUTINE = "Routine 000"
"""What it is called."""
QUIT = b"\x11"
_FEW_YEARS = 38 / 52
"""Of nine weekly routines: 340 runs."""
_KEYS = 20
_SETTLED = 3.0


@dataclass(frozen=True, slots=True)
class Size:
    """How large a home is."""

    routines: int
    years: float
    every: str = WEEKLY
    runs_for: int | None = None


YEARS = ("1 year", "10 years", "20 years")
COMMANDS = {
    "trends": ("trends", ROUTINE),
    "trends --json": ("trends", ROUTINE, "--json"),
    "history": ("history", "--limit", "50"),
}
SIZES: dict[str, Size] = {
    "1 year": Size(5, 1),
    "10 years": Size(5, 10),
    "20 years": Size(5, 20),
    "340 runs": Size(9, _FEW_YEARS),
    "26,000 runs": Size(9, 26_000 / 9 / 5 / 52, WEEKDAYS),
    "500 routines": Size(500, _FEW_YEARS, runs_for=9),
}


def home_of(installed: Installed, size: str) -> Installed:
    """Give the program with a home of a size, which is made when it is first asked for."""
    folder = Path(installed.home).parent / size.replace(" ", "-").replace(",", "")
    if not folder.exists():
        print(f"Making up {size} …", flush=True)
        about = SIZES[size]
        make_home(str(folder), about.routines, about.years, about.every, about.runs_for)
    return Installed(installed.python, installed.command, str(folder))


def _milliseconds(words: list[str]) -> float:
    began = perf_counter()
    call(words)
    return (perf_counter() - began) * 1000


def commands_over_years(installed: Installed) -> Figures:
    """Milliseconds of `trends`, also as JSON, and `history`, and of Python's own start beside each."""
    figures: Figures = {}
    for size in YEARS:
        own = home_of(installed, size)
        for name, words in COMMANDS.items():
            figures[f"python beside {name}, {size}"] = _milliseconds([installed.python, "-c", "pass"])
            figures[f"{name}, {size}"] = _milliseconds(own.words(*words))
    return figures


def improvements(installed: Installed) -> Figures:
    """Milliseconds of a review of all of ten years, and of a change tried on the slowest of their routines."""
    own = home_of(installed, "10 years")
    return {
        "review": _milliseconds(own.words("review", "--json")),
        "what-if": max(
            _milliseconds(own.words("what-if", f"routine-{number:03}", "--drop", "step-3"))
            for number in range(SIZES["10 years"].routines)
        ),
    }


def checks(installed: Installed) -> Figures:
    """Milliseconds of `check` of 500 routines: as they are, after one was edited, and with nothing kept of them."""
    many = home_of(installed, "500 routines")
    edited, kept = Path(many.home, "routines", f"{ROUTINE}.toml"), Path(many.home, "cache", "library.json")
    figures: Figures = {}
    for name in ("check", "check, one edited", "check, nothing kept"):
        if name == "check, one edited":
            edited.touch()
        elif name == "check, nothing kept":
            kept.unlink(missing_ok=True)
        figures[f"python beside {name}"] = _milliseconds([installed.python, "-c", "pass"])
        figures[name] = _milliseconds(many.words("check"))
    return figures


def finishes_over_years(installed: Installed) -> Figures:
    """Milliseconds of a finish with one year in the history and with twenty, of its parts, and of a flushed append."""
    sizes = ("1 year", "20 years")
    script = str(Path(__file__).with_name("finishing.py"))
    told = call([installed.python, script, ROUTINE, *(home_of(installed, size).home for size in sizes)])
    return {
        f"{name}, {size}": float(seconds) * 1000
        for size, line in zip(sizes, told.splitlines(), strict=True)
        for name, seconds in zip(("append", "writes", "flushed", "finish"), line.split(), strict=True)
    }


def screens(installed: Installed) -> Figures:
    """Milliseconds from a key to the end of the frame that answers it, in Trends and History of large homes."""
    return {**_trends(home_of(installed, "10 years")), **_history(home_of(installed, "26,000 runs"))}


def _trends(own: Installed) -> Figures:
    with Terminal(own.words(), plain_environment()) as terminal:
        terminal.wait_for("This week", FIRST_ROUTINE)
        terminal.watch(_SETTLED)
        opened = terminal.key(b"3", answer="median, last 8")
        terminal.watch(_SETTLED)
        ranges = []
        for weeks in ("52 weeks", "weeks", "8 weeks"):
            ranges.append(_quiet_key(terminal, b"w", weeks))
        terminal.key(b"r", answer="Which routine?")
        terminal.watch(1)
        terminal.send(b"\x1b[B")
        terminal.watch(1)
        switched = terminal.key(b"\r", answer="Routine 001")
        terminal.leave(QUIT)
    return {
        "Trends opened": opened * 1000,
        "Trends range": max(ranges) * 1000,
        "Trends routine": switched * 1000,
    }


def _history(own: Installed) -> Figures:
    with Terminal(own.words(), plain_environment()) as terminal:
        terminal.wait_for("This week", FIRST_ROUTINE)
        terminal.watch(_SETTLED)
        opened = terminal.key(b"2", answer="finished")
        terminal.watch(_SETTLED)
        scrolled = [_quiet_key(terminal, b"j") for _ in range(_KEYS)]
        _quiet_key(terminal, b"/")
        letters = [_quiet_key(terminal, letter.encode()) for letter in "routine 00"]
        terminal.leave(QUIT)
    return {
        "History opened": opened * 1000,
        "History scrolled": statistics.median(scrolled) * 1000,
        "History filtered": max(letters) * 1000,
    }


def _quiet_key(terminal: Terminal, key: bytes, answer: str = "") -> float:
    """Press a key once nothing more is drawn, and let its answer settle."""
    terminal.watch(0.2)
    terminal.drain()
    return terminal.key(key, answer=answer)
