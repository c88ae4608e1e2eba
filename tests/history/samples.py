"""Runs made by their real events, histories in a folder, and disks that fail."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from procroutine.clock import ManualClock
from procroutine.history.disk import Disk
from procroutine.history.history import History
from procroutine.history.routine_runs import RoutineRuns
from procroutine.places import Places
from procroutine.run import verbs
from procroutine.run.events import Event
from procroutine.run.live import LiveRun, RunState
from procroutine.weeks import Week

Finished = tuple[RunState, tuple[Event, ...]]


def snapshot(routine: str = "posts", steps: int = 3) -> dict[str, Any]:
    """A definition; its first step can be done with one system or another."""
    names = [f"step-{number}" for number in range(1, steps + 1)]
    made: list[dict[str, Any]] = [
        {"id": name, "title": f"Do {name}", "planned_seconds": 600, "systems": ["docs"], "person": "Ana"}
        for name in names
    ]
    made[0]["alternatives"] = ["docs", "queue"]
    return {
        "id": routine,
        "name": routine.title(),
        "goal_seconds": 3600,
        "systems": {"docs": {"name": "Docs"}, "queue": {"name": "The queue"}},
        "steps": made,
    }


def make_run(
    started: datetime = datetime(2026, 3, 2, 9, tzinfo=UTC),
    routine: str = "posts",
    run_id: str | None = None,
    steps: int = 3,
    device: str = "desk-aaaaaa",
) -> Finished:
    """A finished run of steps that took one, two, three ... minutes."""
    clock = ManualClock(started, zone="Europe/Berlin")
    definition = snapshot(routine, steps)
    run = LiveRun(
        [verbs.start(clock.read(), run=run_id or verbs.new_run_id(), device=device, snapshot=definition, revision=1)]
    )
    for number in range(1, steps + 1):
        clock.advance(timedelta(minutes=number, milliseconds=123))
        run = run.then(verbs.done(run, clock.read()))
    return run.state(clock.read()), run.events


def places_in(folder: Path) -> Places:
    return Places(
        routines=str(folder / "routines"),
        config=str(folder / "config.toml"),
        history=str(folder / "history"),
        open_runs=str(folder / "open-runs"),
        safety=str(folder / "safety"),
        cache=str(folder / "cache"),
    )


def history_in(folder: Path, disk: Disk | None = None, clock: ManualClock | None = None) -> History:
    return History(places_in(folder), clock or ManualClock(datetime(2026, 6, 1, 12, tzinfo=UTC)), disk)


def add_run(history: History, *given: Any, **named: Any) -> Finished:
    made = make_run(*given, **named)
    history.add(*made)
    return made


def told(runs: Mapping[str, RoutineRuns]) -> dict[str, Any]:
    """Write out all that is known, whoever knows nothing left out."""
    return {
        routine: (
            list(own.heads),
            sorted(own.days),
            own.schedules,
            own.has_revision,
            own.best,
            own.newest_lengths,
            own.in_weeks([Week(year=2026, number=10) + number for number in range(10)]),
        )
        for routine, own in runs.items()
        if list(own.heads)
    }


class Killed(BaseException):
    """The process ends here: nothing after it happens."""


class FailingDisk(Disk):
    """A disk of which one operation fails, counted from 1; `calls` counts them."""

    def __init__(self, failing: int = 0, code: int | None = None, lasting: bool = False) -> None:
        """Kill the process at the operation, or let it raise OSError with a code, once or from then on."""
        self.failing = failing
        self.code = code
        self.lasting = lasting
        self.calls = 0

    def step(self) -> None:
        self.calls += 1
        if not self.failing or self.calls < self.failing:
            return
        if self.code is None:
            raise Killed  # and again at every later one: what is done on the way out does not happen either
        if self.calls == self.failing or self.lasting:
            raise OSError(self.code, os.strerror(self.code))

    def create(self, path: str) -> int:
        self.step()
        return super().create(path)

    def append(self, path: str) -> int:
        self.step()
        return super().append(path)

    def cut(self, number: int, size: int) -> None:
        self.step()
        super().cut(number, size)

    def write(self, number: int, part: bytes | memoryview) -> int:
        half = max(1000, len(part) // 2)
        try:
            self.step()
        except Killed:
            super().write(number, part[:half])  # what a kill leaves of a long write
            raise
        return super().write(number, part[:half])

    def flush(self, number: int) -> None:
        self.step()
        super().flush(number)

    def replace(self, path: str, name: str) -> None:
        self.step()
        super().replace(path, name)

    def unlink(self, path: str) -> None:
        self.step()
        super().unlink(path)

    def flush_folder(self, folder: str) -> None:
        self.step()
        super().flush_folder(folder)
