"""Histories made on three devices, corrected and deleted at random, and synced in random order with conflict copies.

A sync may bring a file late, choose the older of two versions and keep the newer one as a conflict
copy, or give a device a conflict copy of its own file. In the end every device gets what the
others have; then all must show the same, and of each run the version made last.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from procroutine.clock import ManualClock
from procroutine.errors import UserError
from procroutine.history.history import History
from procroutine.run import verbs
from procroutine.run.live import LiveRun
from procroutine.weeks import Week
from tests.campaigns.campaign import Report
from tests.history.samples import make_run, places_in

NAME = "devices"
STATED = 5_000
SMALL = 12

DEVICES = 3
_FIRST = datetime(2025, 12, 1, 9, tzinfo=UTC)
_IN_MEMORY = Path("/dev/shm")


def run(size: int, seed: int, report: Report) -> None:
    """Make `size` histories."""
    report.count("histories", 0)
    for number in range(seed, seed + size):
        if report.is_over:
            return
        with tempfile.TemporaryDirectory(dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None) as folder:
            _one_history(Path(folder), random.Random(number), report, f"seed {number}")
        report.count("histories")


@dataclass(slots=True)
class Device:
    """A device with its clock, which may be wrong by years."""

    number: int
    history: History
    clock: ManualClock

    @property
    def folder(self) -> Path:
        return Path(self.history.places.history)

    def files(self) -> list[Path]:
        return sorted(self.folder.glob("*.json"))

    def owns(self, path: Path) -> bool:
        """Say whether a file is one this device writes; conflict copies are nobody's."""
        return path.name.startswith(self.history.device) and len(path.name) == len(self.history.device) + 10


@dataclass(slots=True)
class Made:
    """Everything that was done on any device, and the latest version of each run."""

    latest: dict[str, tuple[list[Any], dict[str, Any]]] = field(default_factory=dict)
    runs: int = 0

    def note(self, device: Device, run_id: str) -> None:
        """Note the version of a run that a device has just made."""
        version = device.history.latest(run_id)
        assert version is not None, "what was written is there"
        document = dict(version.document)
        there = self.latest.get(run_id)
        if there is None or there[0] < document["stamp"]:
            self.latest[run_id] = document["stamp"], document


def _one_history(folder: Path, chance: random.Random, report: Report, trial: str) -> None:
    devices = [_device(folder / str(number), number, chance) for number in range(DEVICES)]
    made = Made()
    for _ in range(chance.randint(6, 18)):
        device = chance.choice(devices)
        device.clock.advance(timedelta(seconds=chance.expovariate(1 / 5000)))
        act = chance.choices(list(_ACTS), list(_ACTS.values()))[0]
        try:
            act(device, made, chance)
        except UserError:
            report.count("refused")
        report.count("acts")
        if chance.random() < 0.4:
            source, target = chance.sample(devices, 2)
            _sync(source, target, chance, report)
    _sync_all(devices)
    _hold_equal(devices, made, report, trial)


def _device(folder: Path, number: int, chance: random.Random) -> Device:
    wrong = chance.choice([timedelta(), timedelta(), timedelta(hours=-3), timedelta(days=2), timedelta(days=-900)])
    clock = ManualClock(datetime(2026, 6, 1, 12, tzinfo=UTC) + wrong)
    return Device(number, History(places_in(folder), clock), clock)


def _add(device: Device, made: Made, chance: random.Random) -> None:
    made.runs += 1
    started = _FIRST + timedelta(hours=chance.randrange(24 * 120))
    run, events = make_run(started, chance.choice(["posts", "books"]), f"1{made.runs:015d}", chance.randint(1, 3))
    device.history.add(run, events)
    made.note(device, run.id)


def _correct(device: Device, made: Made, chance: random.Random) -> None:
    history = device.history
    heads = history.overview().heads
    if not heads:
        return _add(device, made, chance)
    run_id = chance.choice(heads).id
    length = timedelta(seconds=chance.randint(1, 50))
    corrections: list[Callable[[], object]] = [
        lambda: history.set_outcome(run_id, chance.choice(["met", "partly", "missed"])),
        lambda: history.set_note(run_id, f"note {chance.random()}", chance.choice(["", "step-1"])),
        lambda: history.set_alternative(run_id, "step-1", chance.choice(["docs", "queue"])),
        lambda: history.set_start(run_id, _FIRST + timedelta(hours=chance.randrange(-24 * 400, 24 * 120))),
        lambda: history.leave_out(run_id, chance.choice(["a holiday", None])),
        lambda: history.amend(run_id, "step-1", "+", length),
    ]
    chance.choice(corrections)()
    return made.note(device, run_id)


def _delete(device: Device, made: Made, chance: random.Random) -> None:
    heads = device.history.overview().heads
    if heads:
        head = chance.choice(heads)
        (device.history.restore if head.deleted else device.history.delete)(head.id)
        made.note(device, head.id)


def _take_back(device: Device, made: Made, chance: random.Random) -> None:
    """Take the last correction of a run back, or bring in again what was taken back."""
    heads = device.history.overview().heads
    if heads:
        run_id = chance.choice(heads).id
        chance.choice([device.history.undo_correction, device.history.redo_correction])(run_id)
        made.note(device, run_id)


def _undo(device: Device, made: Made, chance: random.Random) -> None:
    """Undo the end of a run, and end it again, mostly."""
    heads = device.history.overview().heads
    if not heads:
        return
    run_id = chance.choice(heads).id
    past = device.history.reopen(run_id)
    made.note(device, run_id)
    if chance.random() < 0.8:
        live = LiveRun(past.events)
        for verb in (verbs.undo, verbs.redo):
            live = live.then(verb(live, device.clock.read()))
        device.history.add(live.state(device.clock.read()), live.events)
        made.note(device, run_id)


def _declare(device: Device, _made: Made, chance: random.Random) -> None:
    week = Week(year=2026, number=chance.randint(20, 22))
    if chance.random() < 0.3:
        device.history.clear_week_off("posts", week)
    else:
        device.history.set_week_off("posts", week, f"reason {chance.random()}")
    if chance.random() < 0.5:
        device.history.add_redline("posts", f"change {chance.random()}")


_ACTS = {_add: 5, _correct: 6, _delete: 3, _take_back: 3, _undo: 1, _declare: 1}


def _sync(source: Device, target: Device, chance: random.Random, report: Report) -> None:
    """Bring what one device has to another, as a tool does that knows nothing of what is in the files."""
    for path in source.files():
        there = target.folder / path.name
        if chance.random() < 0.1:
            report.count("files that came late")
        elif target.owns(path):
            if chance.random() < 0.3 and path.read_bytes() != there.read_bytes():
                _copy(path, _conflict(there, chance))
                report.count("conflict copies")
        elif there.exists() and path.read_bytes() != there.read_bytes() and chance.random() < 0.2:
            _copy(path, _conflict(there, chance))
            report.count("conflict copies")
        else:
            _copy(path, there)
            report.count("files brought")


def _conflict(path: Path, chance: random.Random) -> Path:
    number = chance.randrange(10**6)
    if chance.random() < 0.5:
        return path.with_name(f"{path.stem} (conflicted copy {number}).json")
    return path.with_name(f"{path.stem}.sync-conflict-20261122-{number:06d}-ABCDEFG.json")


def _copy(path: Path, there: Path) -> None:
    """Put a file in the place of another at one instant, its time of change as it was."""
    there.parent.mkdir(parents=True, exist_ok=True)
    draft = there.with_name(there.name + ".tmp")
    draft.write_bytes(path.read_bytes())
    changed = path.stat().st_mtime_ns
    os.utime(draft, ns=(changed, changed))
    draft.replace(there)


def _sync_all(devices: list[Device]) -> None:
    """Bring every file to every device: of each device's own files its own version, and all conflict copies."""
    for source in devices:
        for path in source.files():
            is_own = source.owns(path)
            if is_own or not any(device.owns(path) for device in devices):
                for target in devices:
                    if target is not source and (is_own or not (target.folder / path.name).exists()):
                        _copy(path, target.folder / path.name)


def _hold_equal(devices: list[Device], made: Made, report: Report, trial: str) -> None:
    """Hold all devices to showing the same, and of each run its last version."""
    shown = [_shown(device) for device in devices]
    for device, of_device in zip(devices, shown, strict=True):
        for what, value in of_device.items():
            if value != shown[0][what]:
                report.fail(f"{trial}: device {device.number} shows other {what} than device 0")
        if said := device.history.overview().said:
            report.fail(f"{trial}: device {device.number} says {said}")
    documents: dict[str, dict[str, Any]] = shown[0]["runs"]
    for run_id, (_, document) in made.latest.items():
        if run_id not in documents:
            report.fail(f"{trial}: run {run_id} is missing")
        elif documents[run_id] != document:
            report.fail(f"{trial}: run {run_id} is not as it was left last")
    listed = {head.id: list(head.stamp) for head in shown[0]["lists"]}
    ended = {run_id: stamp for run_id, (stamp, document) in made.latest.items() if not document.get("reopened")}
    if listed != ended:
        wrong = {run_id for run_id in listed.keys() | ended.keys() if listed.get(run_id) != ended.get(run_id)}
        report.fail(f"{trial}: the lists show {sorted(wrong)} not as they were left last")
    for device in devices:
        _hold_in_part(device, report, trial)
    report.count("runs", len(made.latest))


def _hold_in_part(device: Device, report: Report, trial: str) -> None:
    """Hold what is read of a few years alone to what all years show of it, also of runs that were moved out of them."""
    whole = {head.id: head.stamp for head in device.history.overview().heads}
    for years in (1, 2):
        for head in device.history.overview(years).heads:
            if whole.get(head.id) != head.stamp:
                report.fail(f"{trial}: device {device.number} shows an old version of run {head.id} with {years} years")


def _shown(device: Device) -> dict[str, Any]:
    overview = device.history.overview()
    return {
        "runs": {version.document["id"]: dict(version.document) for version in device.history.versions().values()},
        "lists": overview.heads,
        "weeks off": sorted((str(off.week), off.reason) for off in overview.weeks_off),
        "redlines": sorted(line.text for line in overview.redlines),
        "corrections": {key: dict(value) for key, value in device.history.merged("corrections").items()},
    }
