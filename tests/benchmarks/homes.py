"""Homes of any size, made by what `procroutine demo` makes its history with: so many routines, so many years.

    python tests/benchmarks/homes.py FOLDER [--routines N] [--years N] [--every weekly|weekdays]

Each routine has ten steps and a run nearly every time it is due. Five weekly routines and ten years are
what the goals speak of; 50 of them make 26,000 runs, 200 of them 100,000.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from procroutine.clock import SystemClock
from procroutine.history.demo import make_demo_history
from procroutine.places import find_places
from procroutine.routine.library import read_library

WEEKLY, WEEKDAYS = "weekly", "weekdays"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_SYSTEMS = ("documents", "scheduler", "mail", "sheet")
_STEPS = 10


def make_home(folder: str, routines: int, years: float, every: str = WEEKLY, runs_for: int | None = None) -> None:
    """Fill a folder with routine files and made-up runs; with `runs_for` only the first so many have any."""
    places = find_places({}, folder)
    os.makedirs(places.routines, mode=0o700)
    for number in range(routines):
        path = Path(places.routines, f"routine-{number:03}.toml")
        path.write_text(_definition(number, every), encoding="utf-8")
    entries = read_library(places.routines).entries.values()
    found = [entry.routine for entry in entries if entry.routine is not None]
    make_demo_history(places, found[:runs_for], SystemClock().read().wall.astimezone(UTC), years)


def _definition(number: int, every: str) -> str:
    day = every if every == WEEKDAYS else f"weekly on {_DAYS[number % len(_DAYS)]}"
    lines = [
        f'name = "Routine {number:03}"',
        f'purpose = "What routine {number} is for"',
        'goal = "1h"',
        f'schedule = "{day} at {8 + number % 9:02}:00"',
        *(
            f'[systems.{system}]\nname = "{system.title()}"\nurl = "https://example.org/{system}"'
            for system in _SYSTEMS
        ),
    ]
    for step in range(_STEPS):
        lines += [
            "[[steps]]",
            f'id = "step-{step}"',
            f'title = "Step {step} of routine {number}"',
            f'planned = "{3 + (number + step) % 6}m"',
            f'systems = ["{_SYSTEMS[(number + step) % len(_SYSTEMS)]}"]',
            f'instructions = """\n1. Open it.\n2. Do part {step}.\n3. Look at it once more."""',
        ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Read the words, make the home."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="where it is made; it must not exist yet")
    parser.add_argument("--routines", type=int, default=5)
    parser.add_argument("--years", type=float, default=10.0)
    parser.add_argument("--every", choices=(WEEKLY, WEEKDAYS), default=WEEKLY)
    options = parser.parse_args()
    if os.path.lexists(options.folder):
        parser.error(f"{options.folder} exists")
    make_home(options.folder, options.routines, options.years, options.every)


if __name__ == "__main__":
    main()
