"""Kills (signal 9) at random instants while runs are made through the command line and the app.

Most programs are forked from one that has everything imported, and carry out commands, or are the
app in a pseudo terminal with random keys; a share is started as a person starts it. An event is
acknowledged when a command has printed its sentence, and in the app when the verb has returned,
before anything shows it. After each kill the home is opened anew and held to all that was ever
acknowledged.
"""

from __future__ import annotations

import io
import itertools
import os
import pty
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from procroutine.cli.console import Console
from procroutine.cli.main import run_command
from procroutine.clock import SystemClock
from procroutine.history.home import Answer, Home
from procroutine.places import Places
from tests.campaigns.campaign import ROOT, Report
from tests.campaigns.ledger import Found, Ledger, Written, acknowledge, acknowledged, hold_quiet, read_to_end
from tests.campaigns.people import ROUTINES, forked, make_places, words_of

NAME = "killing"
STATED = 5_000
SMALL = 16

KILLS_A_HOME = 40
"""After so many a new home is taken: one with years of runs in it would make all slower and show nothing more."""
SHARES = {"forked commands": 14, "started commands": 3, "app": 3}
KEYS = [b" ", b" ", b" ", b"p", b"u", b"U", b"nhm\r", b"t", b"ssomething\r", b"s\r", b"aone more\r", b"\r", b"[", b"]"]
_FIRST_FRAME = 2_000
"""Bytes that the app has written once something is seen."""
_LONGEST_START = 30.0
"""Seconds."""
_IN_MEMORY = Path("/dev/shm")
_ENVIRONMENT = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}


def run(size: int, seed: int, report: Report) -> None:
    """Kill `size` programs."""
    chance = random.Random(seed)
    names = itertools.count()
    report.count("kills", 0)
    done = 0
    while done < size and not report.is_over:
        with tempfile.TemporaryDirectory(dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as folder:
            ledger = Ledger(make_places(os.path.join(folder, "home")))
            for _ in range(min(KILLS_A_HOME, size - done)):
                done += 1
                _kill_one(ledger, chance, names, report, f"kill {done}")
                if report.is_over:
                    return


def _kill_one(ledger: Ledger, chance: random.Random, names: Iterator[int], report: Report, trial: str) -> None:
    (way,) = chance.choices(list(SHARES), list(SHARES.values()))
    act = {"forked commands": _forked_commands, "started commands": _started_command, "app": _app}[way]
    new, most_unsaid = act(ledger, chance, names, report, f"{trial}, {way}")
    report.count("kills")
    report.count(f"of {way}")
    report.count("acknowledged events", sum(new.values()))
    hold_quiet(ledger.hold(new, report, f"{trial}, {way}", most_unsaid), report, f"{trial}, {way}")
    again = ledger.hold(Counter(), report, f"{trial}, {way}, looked at again", 0)
    if again.said:
        report.fail(f"{trial}, {way}: the second start still says {again.said}")


Killed = tuple[Counter[Written], int]
"""What was acknowledged before a kill, and how many events may be there besides."""


def _forked_commands(ledger: Ledger, chance: random.Random, names: Iterator[int], report: Report, trial: str) -> Killed:
    """Let a program carry out one command after the other until it is killed, mostly a while after its first answer."""
    reader, writer = os.pipe()
    words = [words_of(chance, f"word {next(names)}") for _ in range(60)]

    def act() -> None:
        answers = _Answers()
        for line in words:
            code = run_command(
                ["--home", _home_of(ledger.places), *line], {}, SystemClock(), Console(io.StringIO(), io.StringIO())
            )
            for answer in answers.taken():
                if code == 0:
                    acknowledge(writer, answer)

    child = forked(act)
    os.close(writer)
    if chance.random() < 0.8:  # else it is killed at some instant before that
        select.select([reader], [], [], _LONGEST_START)
    time.sleep(min(chance.expovariate(1 / 0.08), 0.4))
    _kill(child, report, trial)
    return acknowledged(read_to_end(reader)), 1


def _started_command(ledger: Ledger, chance: random.Random, names: Iterator[int], report: Report, trial: str) -> Killed:
    """Start one command as a person does, and kill it; what it printed is acknowledged."""
    before = sum(ledger.known.values())
    words = ["note", f"word {next(names)}"] if before and chance.random() < 0.5 else words_of(chance, "more")
    command = [sys.executable, "-m", "procroutine", "--home", _home_of(ledger.places), *words]
    program = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env={**os.environ, **_ENVIRONMENT}
    )
    time.sleep(chance.uniform(0.02, 0.25))
    program.kill()
    printed, complained = program.communicate()
    if b"Traceback" in complained:
        report.fail(f"{trial}: {words} {complained.decode()[-300:]}")
    if not printed.endswith(b"\n"):
        return Counter(), 1
    report.count("acknowledged events")
    found = _looked(ledger)
    if sum((found.events - ledger.known).values()) == 0:
        report.fail(f"{trial}: {words} printed {printed!r}, and nothing is there of it")
    if words[0] == "note" and not any(words[1] in line for _, line in found.events - ledger.known):
        report.fail(f"{trial}: {words} printed {printed!r}, and the note is lost")
    return Counter(), 1


def _app(ledger: Ledger, chance: random.Random, names: Iterator[int], report: Report, trial: str) -> Killed:
    """Open the app in a pseudo terminal on a run, press keys, and kill it."""
    from procroutine.tui.start import open_app

    reader, writer = os.pipe()
    routine = chance.choice(ROUTINES)
    child, terminal = pty.fork()
    if child == 0:
        try:
            os.environ.update(_ENVIRONMENT)
            _Answers(writer)
            open_app(Home(ledger.places, SystemClock()), routine)
        finally:
            os._exit(0)
    os.close(writer)
    _press_keys(terminal, chance)
    _kill(child, report, trial)
    os.close(terminal)
    return acknowledged(read_to_end(reader)), 1


def _press_keys(terminal: int, chance: random.Random) -> None:
    """Press keys until the app is to be killed: a while after its first frame, or at some instant before that."""
    now = time.monotonic()
    end = now + (chance.uniform(0.0, 0.6) if chance.random() < 0.2 else _LONGEST_START)
    written, next_key = 0, now
    while (now := time.monotonic()) < end:
        if written > _FIRST_FRAME and now > next_key:
            os.write(terminal, chance.choice(KEYS))
            next_key = now + chance.uniform(0.0, 0.15)
        if select.select([terminal], [], [], 0.01)[0]:
            try:
                part = len(os.read(terminal, 1 << 16))
            except OSError:
                return  # the app has ended
            if written <= _FIRST_FRAME < written + part:
                end = min(end, now + chance.uniform(0.0, 1.8))
            written += part


class _Answers:
    """What verbs answered in this process: kept, or written into a pipe as soon as they have returned."""

    def __init__(self, pipe: int | None = None) -> None:
        self._kept: list[Answer] = []
        for name in ("start", "act"):
            self._listen(name, getattr(Home, name), pipe)

    def _listen(self, name: str, real: Any, pipe: int | None) -> None:
        def listened(*given: Any, **named: Any) -> Answer:
            answer: Answer = real(*given, **named)
            if pipe is None:
                self._kept.append(answer)
            else:
                acknowledge(pipe, answer)
            return answer

        setattr(Home, name, listened)

    def taken(self) -> list[Answer]:
        """Give what was answered since the last time."""
        kept, self._kept = self._kept, []
        return kept


def _kill(child: int, report: Report, trial: str) -> None:
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == 1:
        report.fail(f"{trial}: the program had failed before it was killed")
    elif code == 0:
        report.count("ended before they were killed")


def _home_of(places: Places) -> str:
    return os.path.dirname(places.open_runs)


def _looked(ledger: Ledger) -> Found:
    from tests.campaigns.ledger import look

    return look(ledger.places)
