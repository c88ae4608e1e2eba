"""One made-up run, played through the same `LiveRun` as a real one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from math import exp
from random import Random
from typing import Any

from procroutine.clock import ManualClock
from procroutine.history.demo_plan import WAITED_FOR, Plan
from procroutine.run.events import Event, happened
from procroutine.run.live import LiveRun, RunState

_SPREAD = 0.1
"""How much a step's time varies from run to run (σ of a log-normal)."""
_MOOD = 0.04
"""How much whole runs vary."""
_OUTLIER = 0.012
_PAUSED = 0.03
_SLEPT = 0.0015
_SLIPPED = 0.006
"""How often a step that is not optional is skipped."""
_ABANDONED = 0.01
_NOTED = 0.2
_SECOND_EVERY = 4
"""Every so many times a step is done with the second of the systems it can be done with."""
_SECOND_IS_SLOWER = 1.35
_OVERNIGHT_SECONDS = 43_200
_UNPLANNED_SECONDS = 300.0
"""What a step takes that has no planned time."""
_STEP_NOTES = ("Took longer to load", "Used last week's as a start", "Could be dropped?", "Interrupted")


@dataclass(frozen=True, slots=True)
class Edition:
    """One revision of a routine as runs record it."""

    number: int
    hash: str
    snapshot: dict[str, Any]


@dataclass(frozen=True, slots=True)
class MadeRun:
    """A run with the events that make it."""

    state: RunState
    events: tuple[Event, ...]


@dataclass(slots=True)
class Person:
    """Whoever does one routine: how often each step has been done so far, and the luck of the day."""

    plan: Plan
    chance: Random
    device: str
    zone: str
    practised: Counter[str] = field(default_factory=Counter)

    def seconds_for(self, step: dict[str, Any], mood: float) -> float:
        """Make up the time for a step: T = A + B·e^(−αn) (FORMULAS 5), spread log-normally."""
        done = self.practised[step["id"]]
        self.practised[step["id"]] += 1
        end = step.get("planned_seconds", _UNPLANNED_SECONDS) * self.plan.level
        learning = 1 + self.plan.novice * exp(-self.plan.practice * done)
        outlier = self.chance.uniform(1.6, 2.8) if self.chance.random() < _OUTLIER else 1.0
        return float(end * learning * mood * outlier * self.chance.lognormvariate(0, _SPREAD))

    def is_skipped(self, step: dict[str, Any]) -> bool:
        """Say whether a step is left out this time."""
        return self.chance.random() < (self.plan.skips if step.get("optional") else _SLIPPED)


def make_run(edition: Edition, start: datetime, person: Person) -> MadeRun:
    """Make up one finished or abandoned run that began at an aware instant."""
    chance = person.chance
    offset = start.utcoffset() or timedelta()
    clock = ManualClock(start.astimezone(timezone(offset)), person.zone, boot=f"demo-{start:%Y%m%d}")
    run_id = str(chance.randrange(10**15, 10**16))
    events = [_started(edition, clock, run_id, person.device)]
    steps = edition.snapshot["steps"]
    abandoned_at = chance.randrange(1, len(steps)) if len(steps) > 1 and chance.random() < _ABANDONED else None
    mood = chance.lognormvariate(0, _MOOD)
    for place, step in enumerate(steps):
        if place == abandoned_at:
            events.append(happened("abandoned", clock.read()))
            break
        if place and "wait_seconds" in steps[place - 1]:
            events.extend(_waiting(steps[place - 1]["wait_seconds"], clock, chance))
        events.extend(_one_step(step, mood, clock, person))
        if place == len(steps) - 2 and person.plan.notes and chance.random() < _NOTED:
            events.append(happened("noted", clock.read(), text=chance.choice(person.plan.notes)))
    state = LiveRun(events).state(clock.read())
    outcome = None if abandoned_at is not None else _outcome(chance)
    return MadeRun(state.replaced(outcome=outcome), tuple(events))


def _started(edition: Edition, clock: ManualClock, run_id: str, device: str) -> Event:
    return happened(
        "started",
        clock.read(),
        run=run_id,
        device=device,
        routine=edition.snapshot["id"],
        routine_name=edition.snapshot["name"],
        revision=edition.number,
        hash=edition.hash,
        snapshot=edition.snapshot,
    )


def _one_step(step: dict[str, Any], mood: float, clock: ManualClock, person: Person) -> list[Event]:
    chance = person.chance
    if person.is_skipped(step):
        clock.advance(_milliseconds(chance.uniform(1, 20)))
        return [happened("skipped", clock.read(), step=step["id"])]
    events, slower = _chosen(step, clock, person.practised[step["id"]])
    length = _milliseconds(person.seconds_for(step, mood) * slower)
    part = length * chance.random()
    if chance.random() < _PAUSED:
        clock.advance(_milliseconds(part.total_seconds()))
        events.append(happened("paused", clock.read()))
        clock.advance(_milliseconds(chance.lognormvariate(5.7, 0.7)))
        events.append(happened("resumed", clock.read()))
        length -= _milliseconds(part.total_seconds())
    if chance.random() < _SLEPT:
        clock.sleep(_milliseconds(chance.uniform(600, 5400)))
    clock.advance(length)
    if chance.random() < _NOTED / 20:
        events.append(happened("noted", clock.read(), step=step["id"], text=chance.choice(_STEP_NOTES)))
    events.append(happened("done", clock.read(), step=step["id"]))
    return events


def _chosen(step: dict[str, Any], clock: ManualClock, before: int) -> tuple[list[Event], float]:
    """Take the second of several systems now and then; gives by what it is slower, too."""
    alternatives = step.get("alternatives", ())
    if not alternatives:
        return [], 1.0
    is_second = len(alternatives) > 1 and before % _SECOND_EVERY == _SECOND_EVERY - 1
    chosen = happened("chose", clock.read(), step=step["id"], system=alternatives[is_second])
    return [chosen], _SECOND_IS_SLOWER if is_second else 1.0


def _waiting(seconds: float, clock: ManualClock, chance: Random) -> list[Event]:
    waiting = happened("waiting", clock.read(), text=chance.choice(WAITED_FOR))
    overnight = seconds >= _OVERNIGHT_SECONDS  # taken up again at about the same time of day
    part = chance.uniform(0.97, 1.1) if overnight else min(chance.lognormvariate(0, 0.3), 2)
    clock.advance(_milliseconds(seconds * part))
    return [waiting, happened("resumed", clock.read())]


def _outcome(chance: Random) -> str | None:
    return chance.choices(("met", "partly", "missed", None), (88, 7, 1, 4))[0]


def _milliseconds(seconds: float) -> timedelta:
    return timedelta(milliseconds=round(seconds * 1000))
