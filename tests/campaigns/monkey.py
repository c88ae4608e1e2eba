"""Random keys, clicks, resizes and clocks in the app, with the command line beside it; a size is so many events.

Sessions of some hundred events each have a home of their own. After every few events the run that
is seen is held against what a fresh look at the disk gives, every event that was acknowledged must
be in its journal or in the history, and the identity of the contract must hold. No address is
opened, and no editor can be: a headless app lends its terminal to nobody.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import chdir, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from textual.events import Key, MouseDown, MouseMove, MouseUp
from textual.pilot import Pilot

from procroutine.clock import ManualClock
from procroutine.errors import UserError
from procroutine.history.correction_chain import MOVED
from procroutine.history.home import Answer, Home
from procroutine.insight.viewer import Viewer
from procroutine.insight.views.run import RunView
from procroutine.insight.views.week import RowState, WeekView
from procroutine.places import Places, find_places
from procroutine.run.events import Event
from procroutine.run.late import Seen
from procroutine.run.live import RunState
from procroutine.run.record import left_over
from procroutine.settings import Settings
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.place import PlaceScreen
from procroutine.tui.screens.run import RunScreen
from procroutine.tui.screens.week import WeekScreen
from tests.campaigns.campaign import Report
from tests.hostile.undrawn import undrawn

NAME = "monkey"
STATED = 200_000
SMALL = 60
IN_ONE_PROCESS = 20
"""Sessions that one process plays."""
SESSION = 500
"""Events on one home."""
CHECKED_EVERY = 8
"""Events between two looks at the disk."""
WORKERS = 2
AT_ONCE = 0.2
"""How often a key comes at once behind the one before it, as from a slow line."""
MOMENT = 0.0005
"""Seconds between two looks whether the app has taken all keys."""
DRAWN_EVERY = 4
"""Of so many sessions, one has all its frames drawn; the others are drawn whole at each look at the disk."""
STUCK_AFTER = 30.0
"""Seconds that one event may take on a machine under load."""

NOW = datetime(2026, 11, 19, 13, 5, tzinfo=UTC)
ROUTINES = {
    "posts": """
name = "Weekly posts"
goal = "30m"
schedule = "weekly on Thursday"
[systems.docs]
name = "Docs"
url = "https://example.org/docs"
[[steps]]
title = "Gather"
planned = "5m"
systems = ["docs"]
instructions = "Open **last week** and [the list](https://example.org/list)."
checklist = ["one picture each", "links short"]
[[steps]]
title = "Write [/b]"
planned = "20m"
bell = "half"
[[steps]]
title = "Send"
section = "Out"
optional = true
""",
    "books": 'name = "Books"\nschedule = "daily"\n[[steps]]\ntitle = "Sort"\n[[steps]]\ntitle = "File"\n',
    "broken": "name = 7\n",
}
_KEYS = {
    ("space", "enter"): 14,
    ("p", "u", "escape"): 6,
    ("U", "s", "n", "c", "x", "l", "t", "g", "a", "o", "1", "2", "3"): 3,
    ("P", "left_square_bracket", "right_square_bracket", "tab", "down", "up", "j", "k", "v", "e", "d", "r", "y"): 2,
    ("q", "slash", "question_mark", "ctrl+p", "f2", "G", "w", "h", "left", "right", "home", "end", "pageup"): 1,
    ("pagedown", "4", "9", "backspace", "delete", "m", "z", "ä", "ctrl+q", "shift+tab", "f1", "minus", "plus"): 1,
}
KEYS = tuple(name for names, weight in _KEYS.items() for name in names for _ in range(weight))
_CHARACTERS = {
    "space": " ",
    "question_mark": "?",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "minus": "-",
    "plus": "+",
}
_VERBS = ("done", "skip", "undo", "redo", "pause", "resume", "count_sleep", "finish")
_LENGTHS = (0.2, 1.0, 1.0, 7.0, 40.0)
"""Seconds that go by between two events."""

MakeApp = Callable[[Home, ManualClock], ProcroutineApp]


class Recorder:
    """Stands where addresses are opened, and opens none."""

    def __init__(self) -> None:
        self.opened: list[str] = []

    def open(self, address: str, _later: object) -> bool:
        self.opened.append(address)
        return False


class RecordingHome(Home):
    """Keeps what it answered: an event that was acknowledged must never be missed."""

    __slots__ = ("acknowledged",)

    def __init__(self, places: Places, clock: ManualClock) -> None:
        super().__init__(places, clock)
        self.acknowledged: list[tuple[str, Event]] = []

    def start(self, routine: str, at: datetime | None = None) -> Answer:
        return self._kept(super().start(routine, at))

    def act(
        self, verb: str, run: str | None = None, at: datetime | None = None, seen: Seen | None = None, **details: Any
    ) -> Answer:
        return self._kept(super().act(verb, run, at, seen, **details))

    def _kept(self, answer: Answer) -> Answer:
        self.acknowledged.append((answer.run.id, answer.event))
        return answer


def open_app(home: Home, clock: ManualClock) -> ProcroutineApp:
    app = ProcroutineApp(home, Viewer(home), Settings(), clock)
    app.animation_level = "none"
    app.links = Recorder()  # type: ignore[assignment]  # has the one method that is used
    return app


@dataclass
class Session:
    """One home, and what was done on it."""

    folder: Path
    seed: int
    make_home: Callable[[Places, ManualClock], RecordingHome] = RecordingHome
    make_app: MakeApp = open_app
    done: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.choose = random.Random(self.seed)
        (self.folder / "routines").mkdir(parents=True)
        for name, text in ROUTINES.items():
            (self.folder / "routines" / f"{name}.toml").write_text(text)
        zone = self.choose.choice(("Europe/Berlin", "America/New_York", "Asia/Tokyo"))
        self.clock = ManualClock(NOW.astimezone(ZoneInfo(zone)), zone)
        self.places = find_places({}, str(self.folder))
        self.home = self.make_home(self.places, self.clock)

    async def play(self, events: int) -> None:
        """Do so many events, opening the app anew whenever it was left."""
        while len(self.done) < events:
            app = self.make_app(self.home, self.clock)
            async with app.run_test(size=(100, 32)) as pilot:
                await pilot.pause()
                while len(self.done) < events and not app._exit:
                    await asyncio.wait_for(self._event(pilot), STUCK_AFTER)
                    if len(self.done) % CHECKED_EVERY == 0 and not app._exit:
                        await self._check(pilot)
                if not app._exit:
                    await self._get_free(pilot)
                    await self._check(pilot)
                while app._exit and app._running:  # the pilot would take its screens away before all is taken in
                    await asyncio.sleep(MOMENT)
            self.counts["addresses asked for"] += len(getattr(app.links, "opened", ()))
            self.counts["starts of the app"] += 1
        check_history(self.home)

    async def _event(self, pilot: Pilot[None]) -> None:
        kind = self.choose.choices(("key", "mouse", "resize", "clock", "elsewhere"), (80, 9, 3, 6, 2))[0]
        await getattr(self, f"_{kind}")(pilot)
        self.counts[f"{kind} events"] += 1
        if pilot.app._exception is not None:
            raise pilot.app._exception  # at once, so that what was done last is what did it

    async def _key(self, pilot: Pilot[None]) -> None:
        name = self.choose.choice(KEYS)
        self.done.append(name)
        self.clock.advance(timedelta(seconds=self.choose.choice(_LENGTHS)))
        assert app_of(pilot)._driver is not None
        character = _CHARACTERS.get(name, name if len(name) == 1 else None)
        app_of(pilot)._driver.send_message(Key(name, character))  # type: ignore[union-attr]  # asserted above
        if self.choose.random() < AT_ONCE:
            self.counts["keys at once"] += 1
        else:
            await settle(pilot)

    async def _mouse(self, pilot: Pilot[None]) -> None:
        size = pilot.app.size
        place = self.choose.randrange(max(1, size.width)), self.choose.randrange(max(1, size.height))
        times = self.choose.choice((1, 1, 2))
        self.done.append(f"click {place} {times}")
        driver = pilot.app._driver
        assert driver is not None
        for _ in range(times):
            for kind in (MouseMove, MouseDown, MouseUp):
                button = 0 if kind is MouseMove else 1
                driver.process_message(kind(None, *place, 0, 0, button, False, False, False, *place))
            await settle(pilot)

    async def _resize(self, pilot: Pilot[None]) -> None:
        columns, rows = self.choose.randint(15, 170), self.choose.randint(5, 50)
        if self.choose.random() < 0.6:
            columns, rows = self.choose.choice(((120, 40), (80, 24), (60, 20), (40, 12)))
        self.done.append(f"resize {columns}x{rows}")
        await pilot.resize_terminal(columns, rows)

    async def _clock(self, pilot: Pilot[None]) -> None:
        happened = self.choose.choices(("tick", "sleep", "stop", "set", "travel"), (10, 2, 1, 1, 1))[0]
        length = timedelta(seconds=self.choose.choice((5, 90, 4000, 50_000, 400_000)))
        self.done.append(f"{happened} {length}")
        if happened == "sleep":
            self.clock.sleep(length)
        elif happened == "stop":
            self.clock.advance(length)
        elif happened == "set":
            self.clock.step_wall(length * self.choose.choice((-1, 1, -500, 500)) / self.choose.choice((1, 10)))
        elif happened == "travel":
            zone = self.choose.choice(("Europe/Berlin", "Pacific/Auckland", "America/St_Johns"))
            wall = self.clock.read().wall.astimezone(ZoneInfo(zone))
            self.clock.reading = self.clock.reading.replaced(wall=wall, zone=zone)
        else:
            self.clock.advance(timedelta(seconds=1))
        app_of(pilot).tick()
        await settle(pilot)

    async def _elsewhere(self, pilot: Pilot[None]) -> None:
        """Do what a second window or the command line would."""
        verb = self.choose.choice(_VERBS)
        self.done.append(f"elsewhere {verb}")
        try:
            self.home.act(verb)
        except UserError:
            self.counts["refused elsewhere"] += 1
        app_of(pilot).tick()
        await settle(pilot)

    async def _check(self, pilot: Pilot[None]) -> None:
        app = app_of(pilot)
        app.tick()
        await settle(pilot)
        fresh = Home(self.places, self.clock)
        check_open_runs(fresh)
        check_acknowledged(self.home, fresh)
        if not as_on_disk(app, fresh):
            await pilot.pause()  # what was just asked for may still be on its way
            app.tick()
            assert as_on_disk(app, fresh), f"{app.place} shows it otherwise than it is on the disk"
        app.screen._compositor.render_strips()
        self.counts["looks at the disk"] += 1

    async def _get_free(self, pilot: Pilot[None]) -> None:
        """Close whatever is open, as a person would: whoever cannot is stuck."""
        for _ in range(12):
            if isinstance(pilot.app.screen, PlaceScreen):
                return
            self.clock.advance(timedelta(seconds=1))
            await asyncio.wait_for(pilot.press("escape"), STUCK_AFTER)
        raise AssertionError(f"no escape from {pilot.app.screen}")


def app_of(pilot: Pilot[None]) -> ProcroutineApp:
    assert isinstance(pilot.app, ProcroutineApp)
    return pilot.app


def check_run(run: RunState) -> None:
    """Hold a run to the identity of the contract, and to there being no negative time."""
    assert left_over(run) == timedelta(), f"{run.id}: the parts make {left_over(run)} too much"
    lengths = [run.active, run.paused, run.waiting, run.asleep, *(step.active or timedelta() for step in run.steps)]
    assert min(lengths) >= timedelta(), f"{run.id} has a negative time"
    currents = sum(step.state == "current" for step in run.steps)
    assert currents == run.is_open, f"{run.id} has {currents} current steps"


def check_open_runs(fresh: Home) -> None:
    loaded = fresh.loaded()
    assert not loaded.problems, loaded.problems
    states = fresh.open_runs()
    for run in states:
        check_run(run)
    assert sum(run.state == "running" for run in states) <= 1, "two runs are running"


def check_history(fresh: Home) -> None:
    open_ones = {run.id for run in fresh.open_runs()}
    for head in fresh.heads():
        check_run(fresh.history().past(head.id).run)
        assert head.id not in open_ones, f"{head.id} is open and in the history"


def check_acknowledged(home: RecordingHome, fresh: Home) -> None:
    """Find every acknowledged event in its run, in the order in which they were acknowledged."""
    kept: dict[str, Iterator[Event]] = {one.live.id: iter(one.live.events) for one in fresh.loaded().runs}
    moved: dict[str, bool] = {}
    for run_id, event in home.acknowledged:
        if run_id not in kept:
            kept[run_id] = iter(fresh.history().past(run_id).events)
        if run_id not in moved:
            moved[run_id] = _was_moved(fresh, run_id)
        found = any(_is_same(event, one, moved[run_id]) for one in kept[run_id])
        assert found, f"{event.kind} of {run_id} was acknowledged and is gone"


def _was_moved(fresh: Home, run_id: str) -> bool:
    """Say whether another start was ever given to a run: all of it goes along then."""
    if fresh.history().latest(run_id) is None:
        return False
    return any(one.act == MOVED for one in fresh.history().corrections(run_id))


def _is_same(event: Event, kept: Event, moved: bool) -> bool:
    return (event.kind, event.details) == (kept.kind, kept.details) if moved else event == kept


def as_on_disk(app: ProcroutineApp, fresh: Home) -> bool:
    """Say whether what is seen is what a fresh look at the disk gives."""
    place = app.place
    if isinstance(place, RunScreen) and not place.ended and not place.left:
        return place.view is not None and _drawn(place.view) == _drawn(Viewer(fresh).run(place.run_id, place.looked_at))
    if isinstance(place, WeekScreen) and place.view is not None:
        return _states(place.view) == _states(Viewer(fresh).week())
    return True


def _drawn(view: RunView) -> RunView:
    """Leave out the odds, which are worked out after a change in the window's own time."""
    return view.replaced(odds_due=False, total=view.total.replaced(odds=None))


def _states(view: WeekView) -> dict[str, RowState]:
    return {row.routine_id: row.state for _, rows in view.groups for row in rows}


async def settle(pilot: Pilot[None]) -> None:
    """Wait until all that was sent has been taken in; quicker than waiting until nothing goes on any more."""
    await pilot.pause(0)
    app = app_of(pilot)
    while (app._waiting or not app._is_settled) and not app._exit and app._exception is None:
        await asyncio.sleep(MOMENT)


def play_session(seed: int, events: int, **planted: Any) -> tuple[Counter[str], str | None]:
    """Play one session in a temporary home; gives the counts, and what was found."""
    memory = "/dev/shm"  # file systems in memory spare the disk a hundred thousand flushes
    with tempfile.TemporaryDirectory(dir=memory if os.path.isdir(memory) else None) as folder, chdir(folder):
        session = Session(Path(folder) / "home", seed, **planted)
        try:
            with undrawn() if seed % DRAWN_EVERY else nullcontext():
                asyncio.run(session.play(events))
        except Exception:
            told = traceback.format_exc(limit=-4)
            return session.counts, f"seed {seed}, event {len(session.done)}, after {session.done[-12:]}:\n{told}"
    return session.counts, None


def run(size: int, seed: int, report: Report) -> None:
    sizes = [min(SESSION, size - done) for done in range(0, size, SESSION)]
    if len(sizes) == 1:
        _take(play_session(seed, sizes[0]), sizes[0], report)
        return
    for first in range(0, len(sizes), IN_ONE_PROCESS * WORKERS):
        if not report.is_over:
            _play_some(seed + first, sizes[first : first + IN_ONE_PROCESS * WORKERS], report)


def _play_some(seed: int, sizes: list[int], report: Report) -> None:
    """Play sessions of these sizes in processes of their own, which end with them: what one keeps does not add up.

    Left to the pool (`max_tasks_per_child`) that waits without end in Python 3.11.
    """
    with ProcessPoolExecutor(WORKERS, multiprocessing.get_context("spawn")) as pool:
        playing = {pool.submit(play_session, seed + number, events): events for number, events in enumerate(sizes)}
        for session in as_completed(playing):
            _take(session.result(), playing[session], report)
            print(f"  {report.line()}", *report.failures, sep="\n", file=sys.stderr, flush=True)
            if report.is_over:
                pool.shutdown(wait=False, cancel_futures=True)
                return


def _take(result: tuple[Counter[str], str | None], events: int, report: Report) -> None:
    counts, found = result
    report.count("events", events)
    for what, number in counts.items():
        report.count(what, number)
    if found is not None:
        report.fail(found)
