"""What programs said they had done, held against what a home has: nothing acknowledged may be missing or be twice.

Programs write each acknowledged event into a pipe, which outlives them.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from procroutine.clock import SystemClock
from procroutine.history.documents import events_of
from procroutine.history.home import Answer, Home
from procroutine.places import Places
from procroutine.run.events import Event
from tests.campaigns.campaign import Report

Written = tuple[str, str]
"""A run's id and what names one of its events."""

HARMLESS = ("was cut short and does not count", "nothing is lost")
"""What may be said after a kill: of a line that nobody was told would count, and of a copy that was mended."""
PAUSED_AFTER_ALL = "Two runs were running"


def name_of(event: Event) -> str:
    """Give what one event differs in from every other of its run; the history keeps the rest in another form."""
    reading, details = event.reading, event.details
    told = [details[key] for key in ("step", "text", "title", "because") if details.get(key)]
    return json.dumps([event.kind, reading.wall.astimezone(UTC).isoformat(), str(reading.since_boot), *told])


def tell(pipe: int, *words: str) -> None:
    """Write a row into a pipe, in one go."""
    os.write(pipe, json.dumps(words).encode("ascii") + b"\n")


def acknowledge(pipe: int, answer: Answer) -> None:
    """Write into a pipe that an event was acknowledged."""
    tell(pipe, "event", answer.run.id, name_of(answer.event))


def rows_of(data: bytes) -> list[list[str]]:
    """Read what was written into a pipe."""
    return [json.loads(row) for row in data.splitlines()]


def acknowledged(data: bytes) -> Counter[Written]:
    """Read which events were acknowledged."""
    return Counter((row[1], row[2]) for row in rows_of(data) if row[0] == "event")


def read_to_end(pipe: int) -> bytes:
    """Read all that is in a pipe nobody writes to any more, and close it."""
    parts = []
    while part := os.read(pipe, 1 << 16):
        parts.append(part)
    os.close(pipe)
    return b"".join(parts)


@dataclass(slots=True)
class Found:
    """What a home has."""

    events: Counter[Written] = field(default_factory=Counter)
    open: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    said: tuple[str, ...] = ()


def look(places: Places) -> Found:
    """Start the program on a home and read every event of every run."""
    home = Home(places, SystemClock())
    found = Found(said=home.settle())
    for one in home.loaded().runs:
        found.open.add(one.id)
        found.events.update((one.id, name_of(event)) for event in one.live.events)
    for version in home.history().versions().values():
        document: dict[str, Any] = dict(version.document)
        if not document.get("reopened"):
            found.ended.add(document["id"])
            events = events_of(document, version.snapshot)
            found.events.update((document["id"], name_of(event)) for event in events)
    found.said += home.overview().said
    return found


@dataclass(slots=True)
class Ledger:
    """All that was acknowledged in a home so far."""

    places: Places
    events: Counter[Written] = field(default_factory=Counter)
    known: Counter[Written] = field(default_factory=Counter)
    """All that was in the home the last time."""

    def hold(self, new: Counter[Written], report: Report, trial: str, most_unsaid: int) -> Found:
        """Hold a home to what was acknowledged; at most so many events may be there that nobody was told of."""
        self.events += new
        found = look(self.places)
        for run, line in self.events - found.events:
            report.fail(f"{trial}: an acknowledged event is lost: run {run} {line[:120]}")
        # Two verbs of one kind within a millisecond have one name; each was acknowledged.
        for run, line in [key for key, count in found.events.items() if count > max(1, self.events[key])]:
            report.fail(f"{trial}: an event is there twice: run {run} {line[:120]}")
        for run, line in self.known - found.events:
            if (run, line) not in self.events:
                report.fail(f"{trial}: an event that was shown is lost: run {run} {line[:120]}")
        if both := found.open & found.ended:
            report.fail(f"{trial}: runs are open and in the history: {sorted(both)}")
        # Another run's pause is part of the verb that was acknowledged.
        others = {line for run, line in found.events if json.loads(line)[-1] in found.open | found.ended}
        unsaid = [line for _, line in found.events - self.known - new if line not in others]
        if len(unsaid) > most_unsaid:
            report.fail(f"{trial}: {len(unsaid)} events that nobody was told of: {unsaid[:3]}")
        self.known = found.events
        return found


def hold_quiet(found: Found, report: Report, trial: str) -> None:
    """Hold the start after a kill to saying nothing but what is harmless.

    A start that was killed between its own line and the pause of the other run is finished by the
    next one: it pauses the other as of that instant, and says so. Such starts are counted apart.
    """
    if any(PAUSED_AFTER_ALL in line for line in found.said):
        report.count("starts that made the pause a kill had cut off")
        found.said = tuple(line for line in found.said if PAUSED_AFTER_ALL not in line)
    if loud := [line for line in found.said if not any(words in line for words in HARMLESS)]:
        report.fail(f"{trial}: the next start is not clean: {loud}")
    elif found.said:
        report.count("starts that mended a copy")
