"""What is measured, against what, and how it is told."""

from __future__ import annotations

import argparse
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks import hands_free, peers, probes, sizes
from tests.benchmarks.installed import Installed, install
from tests.benchmarks.keys import keys


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table."""

    what: str
    figure: str
    unit: str
    base: str | None = None
    """The figure it is held against; None: the figure itself is."""
    sign: str = ""
    goal: float | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """A probe and the lines it fills."""

    probe: probes.Probe
    lines: tuple[Line, ...]
    once: bool = False
    """Whether its figures do not change from round to round."""


def _command(name: str, goal: float) -> Line:
    return Line(f"procroutine {name}", name, "ms", f"python beside {name}", "P", goal)


def _growth(what: str, figure: str, size: str) -> Line:
    return Line(f"{what}: {size} against 340", f"{figure}, {size}", "M", f"{figure}, 340 runs", "× 340 runs", 1.05)


def _over_years(what: str, name: str, size: str) -> Line:
    goal = 8 if name != "history" and size != "20 years" else None
    return Line(f"{what}, {size}", f"{name}, {size}", "ms", f"python beside {name}, {size}", "P", goal)


BENCHES: dict[str, Bench] = {
    "commands": Bench(
        probes.commands,
        (
            _command("status", 2.5),
            *(_command(name, 3.5) for name in ("start", "done", "pause", "resume", "undo")),
        ),
    ),
    "opening": Bench(
        probes.opening,
        (
            Line("first This week frame", "first frame", "ms", "bare first frame", "H", 1.25),
            Line("memory then", "memory", "MB", "bare memory", "H", 1.25),
            Line("first key answered", "first key", "ms", "bare first key", "H", 2.0),
            Line("quit", "quit", "ms", "bare quit", "H", 1.1),
        ),
    ),
    "instructions": Bench(
        probes.instructions,
        (
            Line("first This week frame", "instructions of first frame", "M", "instructions of bare", "H", 1.15),
            Line(
                "the same with nothing kept of it",
                "instructions of fresh frame",
                "M",
                "instructions of bare",
                "H",
                1.15,
            ),
            Line("procroutine status", "instructions of status", "M", "instructions of python", "P"),
        ),
        once=True,
    ),
    "growth": Bench(
        probes.growth,
        (
            _growth("first frame", "first frame", "26,000 runs"),
            _growth("first frame", "first frame", "500 routines"),
            _growth("the same, nothing kept", "fresh frame", "26,000 runs"),
            _growth("the same, nothing kept", "fresh frame", "500 routines"),
        ),
        once=True,
    ),
    "finishing": Bench(
        sizes.finishes_over_years,
        (
            Line("a finish, one year in the history", "finish, 1 year", "ms", "append, 1 year", "F", 12),
            Line("until nothing can lose it", "flushed, 1 year", "ms", "append, 1 year", "F"),
            Line("what all of it writes and flushes, alone", "writes, 1 year", "ms", "append, 1 year", "F"),
            Line("the same finish, twenty years", "finish, 20 years", "ms", "append, 20 years", "F", 12),
            Line("twenty years against one", "finish, 20 years", "ms", "finish, 1 year", "× 1 year", 1.1),
        ),
    ),
    "looking-back": Bench(
        sizes.commands_over_years,
        (
            *(_over_years(f"procroutine {name}", name, size) for name in sizes.COMMANDS for size in sizes.YEARS),
            Line("trends: twenty years against one", "trends, 20 years", "ms", "trends, 1 year", "× 1 year"),
        ),
    ),
    "checking": Bench(
        sizes.checks,
        (
            Line("check of 500 routines", "check", "ms", "python beside check", "P", 12),
            Line(
                "the same after one was edited",
                "check, one edited",
                "ms",
                "python beside check, one edited",
                "P",
                12,
            ),
            Line("the same with nothing kept", "check, nothing kept", "ms", "python beside check, nothing kept", "P"),
        ),
    ),
    "improving": Bench(
        sizes.improvements,
        (
            Line("review of ten years", "review", "ms", goal=2000),
            Line("what-if, ten years, the slowest of the routines", "what-if", "ms", goal=2000),
        ),
    ),
    "screens": Bench(
        sizes.screens,
        (
            Line("Trends over ten years: opened", "Trends opened", "ms", goal=100),
            Line("Trends: another range", "Trends range", "ms", goal=100),
            Line("Trends: another routine", "Trends routine", "ms", goal=100),
            Line("History of 26,000 runs: opened", "History opened", "ms", goal=150),
            Line("History: a letter of the filter", "History filtered", "ms", goal=50),
            Line("History: one line down", "History scrolled", "ms", goal=50),
        ),
    ),
    "peers": Bench(
        peers.peers,
        tuple(Line(f"{name}, ten years", name, "ms", "python beside peers", "P") for name in peers.NAMES),
    ),
    "ticking": Bench(
        probes.ticking,
        (
            Line("Run screen ticking: of a core", "processor", "%", goal=0.6),
            Line("Run screen ticking: written", "bytes", "B/s", goal=700),
            Line("Run screen ticking: frames", "frames", "a tick", goal=1),
        ),
    ),
    "keys": Bench(
        keys,
        (
            Line("key to frame while ticking", "key while ticking", "ms", "key in a pause", "× a pause", 1.2),
            Line("the same while odds are drawn", "key while odds are drawn", "ms", "key in a pause", "× a pause"),
            Line("the same, against a bare app", "key while ticking", "ms", "bare key", "H"),
            Line("a step done: key to durable and shown", "step done", "ms", "step may take", "× allowed", 1.0),
        ),
    ),
    "hands-free": Bench(
        hands_free.hands_free,
        (
            Line("done from another terminal", "acted", "ms", goal=300),
            Line("seen in the open app", "seen", "ms"),
            Line("the latest of those seen", "seen at the latest", "ms", goal=1300),
        ),
    ),
    "idle": Bench(
        probes.idle,
        (
            Line("This week idle: of a core", "idle processor", "%", "bare idle processor", "H"),
            Line("This week idle: written", "idle bytes", "B/s", goal=0),
            Line("This week idle: wake-ups", "idle wake-ups", "1/s", "bare idle wake-ups", "H", 1.0),
        ),
    ),
}


def main(description: str) -> None:
    """Read the words, measure, print."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="how often each is measured; 7 without")
    parser.add_argument("--only", metavar="NAME,…", help=f"some of {', '.join(BENCHES)}")
    options = parser.parse_args()
    names = options.only.split(",") if options.only else list(BENCHES)
    if unknown := [name for name in names if name not in BENCHES]:
        parser.error(f"there is no {unknown[0]}: choose from {', '.join(BENCHES)}")
    with tempfile.TemporaryDirectory(prefix="procroutine-benchmarks-") as folder:
        print("Installing the program and making up two years of history …", flush=True)
        installed = install(Path(folder))
        probes.look_long(installed)
        found = _rounds({name: BENCHES[name] for name in names}, options.rounds, installed)
    print(_table([line for name in names for line in BENCHES[name].lines], found))


def _rounds(benches: dict[str, Bench], rounds: int, installed: Installed) -> dict[str, list[float]]:
    """Measure in rounds, after one that does not count; each figure with its values in order."""
    found: dict[str, list[float]] = {}
    for number in range(rounds + 1):
        print(f"Round {number} of {rounds}" if number else "Warming up", flush=True)
        for bench in benches.values():
            if bench.once and number != rounds:
                continue
            figures = bench.probe(installed)
            if number:
                for name, value in figures.items():
                    found.setdefault(name, []).append(value)
    return found


def _table(lines: list[Line], found: dict[str, list[float]]) -> str:
    rows = [("what", "figure", "base", "ratio", "spread", "goal", "")]
    for line in lines:
        if line.figure not in found:
            continue
        values = found[line.figure]
        bases = found[line.base] if line.base else []
        ratios = [value / base for value, base in zip(values, bases, strict=True) if base] if bases else values
        middle = statistics.median(ratios)
        low, _, high = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else (middle, middle, middle)
        base = f"{line.sign} {_written(statistics.median(bases))} {line.unit}" if bases else ""
        rows.append(
            (
                line.what,
                f"{_written(statistics.median(values))} {line.unit}",
                base,
                f"{middle:.2f} {line.sign}" if bases else "",
                f"{_written(low)} to {_written(high)}",
                "" if line.goal is None else f"≤ {line.goal:g} {line.sign or line.unit}",
                "" if line.goal is None else ("reached" if middle <= line.goal else "missed"),
            )
        )
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)


def _written(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
