"""What random inputs are given to: every parser that reads what others wrote, or what a person types."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from procroutine.cli.status import _check
from procroutine.clock import ManualClock
from procroutine.durations import parse_change, parse_duration
from procroutine.errors import UserError
from procroutine.exchange.manual import manual_markdown
from procroutine.exchange.own import export_text, read_all
from procroutine.history.home import Home
from procroutine.history.salvage import salvage
from procroutine.history.seal import Damaged, Foreign, Seal, pack, unpack
from procroutine.history.shapes import is_small
from procroutine.insight.viewer import Viewer
from procroutine.moments import parse_moment, parse_since, parse_until, parse_week, parse_weeks
from procroutine.places import find_places
from procroutine.routine.draft import Draft
from procroutine.routine.due import standing
from procroutine.routine.expand import expand_all
from procroutine.routine.parse import parse_bytes
from procroutine.routine.revision import content_hash
from procroutine.routine.schedule import occurrences, parse_schedule
from procroutine.routine.snapshots import routine_from_snapshot, snapshot_of
from procroutine.run.lines import read_lines
from procroutine.run.live import LiveRun
from procroutine.run.record import run_json
from procroutine.settings import read_settings
from procroutine.text import shown
from tests.fuzzing.inputs import changed, changed_value, piece, routine_seeds, words
from tests.hostile.homes import HostileHome

_CLOCK = ManualClock(datetime(2026, 11, 19, 14, 5, tzinfo=UTC), zone="Europe/Berlin")
_NOW = _CLOCK.read()
_PLAIN = "Weekly posts"


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of input."""

    name: str
    share: int
    """How often it comes, against the others."""
    make: Callable[[Random], Any]
    take: Callable[[Any], object]
    """Gives a result, or raises a UserError: anything else is a fault."""


@dataclass(frozen=True, slots=True)
class Seeds:
    """Sound files of a small home, to be changed."""

    journals: tuple[bytes, ...]
    years: tuple[bytes, ...]
    export: dict[str, Any]


@cache
def seeds() -> Seeds:
    """Make a home once, and take its files."""
    with tempfile.TemporaryDirectory() as folder:
        made = HostileHome(Path(folder) / "home", _PLAIN)
        made.say_more()
        export = json.loads(export_text(made.home.history()))
        journals = [path.read_bytes() for path in (Path(folder) / "home" / "open-runs").glob("*") if path.is_file()]
        years = [path.read_bytes() for path in (Path(folder) / "home" / "history").glob("*.json")]
    return Seeds(tuple(data for data in journals if b"\t" in data), tuple(years), export)


def _take_routine(data: bytes) -> None:
    draft, problems = parse_bytes(data, "x.toml", "x")
    if draft is not None and not problems:
        _use({"x": draft})


def _use(drafts: dict[str, Draft]) -> None:
    routines, _ = expand_all(drafts, frozenset(drafts))
    for routine in routines.values():
        snapshot = snapshot_of(routine)
        content_hash(snapshot)
        routine_from_snapshot(snapshot)
        manual_markdown(routine)


def _make_library(chance: Random) -> list[bytes]:
    """Give routines that use each other at random, many times over, in circles, or not at all."""
    count = chance.choice((2, 3, 10, 30))
    files = []
    for number in range(count):
        uses = [
            chance.randrange(count + 1) if chance.random() < 0.2 else number + 1 for _ in range(chance.randrange(4))
        ]
        steps = "".join(f'[[steps]]\nid = "s{place}"\nuse = "r{use}"\n' for place, use in enumerate(uses))
        title = f"[[steps]]\ntitle = {json.dumps(words(chance)[:50] + 'x')}\n" if chance.random() < 0.6 else ""
        files.append(f'name = "r"\n{steps}{title}'.encode("utf-8", "replace"))
    return files


def _take_library(files: list[bytes]) -> None:
    drafts = {}
    for number, data in enumerate(files):
        draft, problems = parse_bytes(data, f"r{number}.toml", f"r{number}")
        if draft is not None and not problems:
            drafts[f"r{number}"] = draft
    _use(drafts)


def _make_settings(chance: Random) -> bytes:
    return changed([b'format = 1\ntheme = "x"\nbell = "over"\nopen_command = "open"\ncomparison = "best"\n'], chance)


def _take_settings(data: bytes) -> None:
    path = os.path.join(_folder(), "config.toml")
    with open(path, "wb") as file:
        file.write(data)
    for problem in read_settings(path)[1]:
        shown(str(problem))


@cache
def _folder() -> str:
    """Give a folder in memory where there is one; it is made once in each worker."""
    return tempfile.mkdtemp(prefix="fuzzing-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)


def remove_folder() -> None:
    """Take the folder away again."""
    shutil.rmtree(_folder(), ignore_errors=True)


def _make_journal(chance: Random) -> bytes:
    """Give a journal with changed bytes, or with changed values under right checksums."""
    if chance.random() < 0.4:
        return changed(seeds().journals, chance)
    events = [json.loads(line.rpartition(b"\t")[0]) for line in chance.choice(seeds().journals).splitlines()]
    if chance.random() < 0.3:
        events.insert(chance.randrange(1, len(events) + 1), chance.choice(events))
    return resealed(changed_value(events, chance))


def resealed(events: list[Any]) -> bytes:
    """Write lines with the checksums that belong to them."""
    data, checksum = b"", 0
    for event in events:
        line = json.dumps(event, separators=(",", ":")).encode("ascii")
        checksum = zlib.crc32(line, checksum)
        data += b"%s\t%08x\n" % (line, checksum)
    return data


def _take_journal(data: bytes) -> None:
    events = read_lines((data,)).events
    if events:
        live = LiveRun.from_events(events)
        json.dumps(run_json(live.state(_NOW)))


def _make_year(chance: Random) -> bytes:
    return changed(seeds().years, chance)


def _take_year(data: bytes) -> None:
    with contextlib.suppress(Damaged, Foreign):
        for table in unpack(data).tables.values():
            list(map(dict, table.values()))
    salvage(data)


def _make_synced(chance: Random) -> bytes:
    """Give another device's file, soundly sealed, with changed values in its documents."""
    sealed = unpack(chance.choice(seeds().years))
    tables = {name: {key: dict(line) for key, line in table.items()} for name, table in sealed.tables.items()}
    forged = changed_value(tables, chance)
    if not all(
        isinstance(table, dict) and all(isinstance(one, dict) for one in table.values()) for table in forged.values()
    ):
        forged = tables
    forged = {
        name: {key: document for key, document in table.items() if key.isascii()} for name, table in forged.items()
    }
    return b"".join(pack(forged, Seal(generation=7, device="other", newest=sealed.seal.newest), None))


def _take_synced(data: bytes) -> None:
    home = os.path.join(_folder(), "home")
    shutil.rmtree(home, ignore_errors=True)
    os.makedirs(os.path.join(home, "history"))
    os.makedirs(os.path.join(home, "routines"))
    with open(os.path.join(home, "history", "other-2026.json"), "wb") as file:
        file.write(data)
    made = Home(find_places({}, home), _CLOCK)
    heads = made.heads()
    list(made.history().records())
    viewer = Viewer(made)
    viewer.past.runs.history()
    viewer.week()
    for head in heads[:3]:
        viewer.past.page(head.id)
        viewer.past.trends(head.routine, 0)


def _make_import(chance: Random) -> str:
    if chance.random() < 0.3:
        return changed([json.dumps(seeds().export).encode()], chance).decode("utf-8", "surrogateescape")
    return json.dumps(changed_value(seeds().export, chance))


def _take_import(text: str) -> None:
    read = read_all(text)
    for one in read.runs:
        json.dumps(run_json(one.run))
    for table, key, document in read.documents:
        assert is_small(table, {"stamp": [1, "x"], **document, "check": ""}), (table, key)
        json.dumps(document, allow_nan=False)


def _take_moment(text: str) -> None:
    for parse in (parse_moment, parse_until, parse_since, parse_week, parse_weeks):
        with contextlib.suppress(UserError):
            parse(text, _NOW)


def _take_duration(text: str) -> None:
    for parse in (parse_duration, lambda given: parse_duration(given, days=True), parse_change):
        with contextlib.suppress(UserError):
            parse(text)


_SCHEDULES = tuple(
    text.encode()
    for text in (
        *("daily", "weekdays at 08:30", "weekly on Monday at 09:00", "every 2 weeks on Fri", "monthly on 1", "weekly"),
        *(
            "every 3 months on the last Friday",
            "FREQ=WEEKLY;BYDAY=MO,WE;INTERVAL=2",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        ),
        *(
            "RRULE:FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20301231T000000Z",
            "DTSTART:20260101\nRRULE:FREQ=DAILY;BYSETPOS=2;BYDAY=MO",
        ),
    )
)


def _make_schedule(chance: Random) -> str:
    return changed(_SCHEDULES, chance).decode("utf-8", "replace") if chance.random() < 0.8 else words(chance)


def _take_schedule(text: str) -> None:
    schedule = parse_schedule(text)
    occurrences(schedule, date(2026, 1, 1), date(2027, 12, 31))
    days = [date(2026, 11, 19) - timedelta(days=7 * week) for week in range(20)]
    standing(schedule, days, _NOW.wall, known_from=days[-1])


def _take_text(text: str) -> None:
    shown(text).encode()
    shown(text, lines=True).encode()


TARGETS = (
    Target("routine files", 20, lambda chance: changed(routine_seeds(), chance), _take_routine),
    Target("libraries", 4, _make_library, _take_library),
    Target("settings", 8, _make_settings, _take_settings),
    Target("journals", 20, _make_journal, _take_journal),
    Target("year files", 10, _make_year, _take_year),
    Target("synced files", 1, _make_synced, _take_synced),
    Target("imports", 20, _make_import, _take_import),
    Target("moments", 15, words, _take_moment),
    Target("durations", 15, words, _take_duration),
    Target("schedules", 15, _make_schedule, _take_schedule),
    Target("status formats", 8, words, _check),
    Target("texts", 8, lambda chance: words(chance) + piece(chance), _take_text),
)
