"""Operations of eight processes at once on one home: verbs of windows and of the command line, and corrections.

Half of the processes look at the run like a window and hand in what they saw, half act like the
command line. Whatever was acknowledged must be there once, and nothing else; nobody may be turned
away because somebody else was busy.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

from procroutine.clock import SystemClock
from procroutine.errors import UserError
from procroutine.history.home import Home
from procroutine.history.past import PastRun
from procroutine.history.stamps import Stamp
from procroutine.places import Places
from tests.campaigns.campaign import Report
from tests.campaigns.ledger import Ledger, Written, acknowledge, acknowledged, read_to_end, rows_of, tell
from tests.campaigns.people import act_at_random, forked, make_places

NAME = "processes"
STATED = 10_000
SMALL = 160

PROCESSES = 8
OPERATIONS_A_HOME = 2_000
_TURNED_AWAY = ("just changed this run", "busy")
_IN_MEMORY = Path("/dev/shm")


def run(size: int, seed: int, report: Report) -> None:
    """Do `size` operations."""
    report.count("operations", 0)
    done = 0
    while done < size and not report.is_over:
        count = min(OPERATIONS_A_HOME, size - done)
        with tempfile.TemporaryDirectory(dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as folder:
            _together(make_places(os.path.join(folder, "home")), count, seed + done, report)
        done += count


def _together(places: Places, count: int, seed: int, report: Report) -> None:
    """Let all processes work on a home at once, and hold it to what they said."""
    started = []
    for number in range(PROCESSES):
        share = count // PROCESSES + (number < count % PROCESSES)
        reader, writer = os.pipe()
        child = forked(partial(_work, places, number, share, seed, writer))
        os.close(writer)
        started.append((child, reader))
    events: Counter[Written] = Counter()
    corrections: Counter[str] = Counter()
    for child, reader in started:
        data = read_to_end(reader)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status):
            report.fail(f"seed {seed}: a process failed after {rows_of(data)[-1:]}")
        events += acknowledged(data)
        for kind, *words in rows_of(data):
            _count(kind, words[0], corrections, report, seed)
    found = Ledger(places).hold(events, report, f"seed {seed}", 0)
    if found.said:
        report.fail(f"seed {seed}: the next start is not clean: {found.said}")
    _hold_home(Home(places, SystemClock()), corrections, report, seed)


def _count(kind: str, what: str, corrections: Counter[str], report: Report, seed: int) -> None:
    report.count("operations")
    report.count({"event": "acknowledged events", "corrected": "acknowledged corrections"}.get(kind, "refused"))
    if kind == "corrected":
        corrections[what] += 1
    elif any(words in what for words in _TURNED_AWAY):
        report.fail(f"seed {seed}: turned away: {what}")


def _hold_home(home: Home, corrections: Counter[str], report: Report, seed: int) -> None:
    """Hold a home to one running run at most, and to every correction that was acknowledged."""
    running = [run.id for run in home.open_runs() if run.state == "running"]
    if len(running) > 1:
        report.fail(f"seed {seed}: {len(running)} runs are running")
    kept = Counter(document["run"] for document in home.history().merged("corrections").values())
    for run_id in corrections - kept:
        report.fail(f"seed {seed}: a correction of run {run_id} is lost")


def _work(places: Places, number: int, count: int, seed: int, pipe: int) -> None:
    """Do operations one after the other; the windows with one home, the command line with one each time."""
    chance = random.Random(seed * PROCESSES + number)
    is_window = number % 2 == 0
    home = Home(places, SystemClock())
    for place in range(count):
        if not is_window:
            home = Home(places, SystemClock())
            home.settle()
        if number % 4 == 1 and chance.random() < 0.2:
            _correct(home, chance, pipe)
            continue
        answer = act_at_random(home, chance, f"word {number} {place}", looking=is_window)
        if isinstance(answer, UserError):
            tell(pipe, "refused", answer.problem)
        else:
            acknowledge(pipe, answer)


def _correct(home: Home, chance: random.Random, pipe: int) -> None:
    """Correct one of the ended runs; what may be so already only while nobody else does, to know whether it was."""
    history, heads = home.history(), home.overview().heads
    corrections: list[Callable[[str, Stamp], PastRun]] = [
        lambda run_id, seen: history.set_outcome(run_id, chance.choice(["met", "partly", "missed"]), seen),
        lambda run_id, _: history.set_note(run_id, f"note {chance.random()}"),
        lambda run_id, _: history.leave_out(run_id, f"holiday {chance.random()}"),
        history.delete,
        history.restore,
    ]
    if not heads:
        tell(pipe, "refused", "nothing has ended yet")
        return
    run_id = chance.choice(heads[:20]).id
    try:
        before = history.past(run_id).stamp
        after = chance.choice(corrections)(run_id, before).stamp
    except UserError as error:
        tell(pipe, "refused", error.problem)
    else:
        tell(pipe, *(("corrected", run_id) if after != before else ("refused", "it is so already")))
