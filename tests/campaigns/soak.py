"""One run left ticking through sleep, restarts, clocks that are set and journeys; a size is so many simulated hours.

The app ticks by hand: once in 50 simulated seconds (a longer gap would be a stopped program), and
second by second for half a minute of every hour. After every hour the run must have exactly the
time that went by, hold the identity of the contract, keep its week, and be drawn as it is on the
disk; and memory must stay flat.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
import tempfile
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from textual.pilot import Pilot

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.insight.viewer import Viewer
from procroutine.places import find_places
from procroutine.run.live import RunState
from procroutine.settings import Settings
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.choose import ChooseScreen
from procroutine.tui.screens.run import RunScreen
from tests.app_idle import until
from tests.campaigns.campaign import Report
from tests.campaigns.monkey import app_of, as_on_disk, check_run

NAME = "soak"
STATED = 720
SMALL = 1
TICK = timedelta(seconds=50)
TICKS_AN_HOUR = 70
SECOND = timedelta(seconds=1)
SECONDS_AN_HOUR = 30
SAMPLED_EVERY = 50
"""Ticks between two looks at how much memory there is: a look collects what is garbage, which takes long."""
MOST_GROWTH = 12_000_000
"""Bytes that memory may grow by after the first quarter: what is kept between two looks takes less."""
NOW = datetime(2026, 11, 2, 7, 0, tzinfo=UTC)
LONG = 'name = "Long watch"\ngoal = "40h"\n' + "".join(
    f'[[steps]]\ntitle = "Look {number}"\nplanned = "3h"\n' for number in range(1, 400)
)
_KEYS = ("space", "space", "p", "u", "c", "l", "left_square_bracket", "right_square_bracket")
_ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kathmandu")

MakeApp = Callable[[Home, ManualClock], ProcroutineApp]


def open_app(home: Home, clock: ManualClock) -> ProcroutineApp:
    app = ProcroutineApp(home, Viewer(home), Settings(), clock, routine_id="long")
    app.animation_level = "none"
    return app


def memory() -> int:
    """Give the bytes this process has in memory; 0 where the system does not tell."""
    gc.collect()
    try:
        pages = Path("/proc/self/statm").read_text().split()[1]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


class Watch:
    """The run, its clock, and what should have gone by."""

    def __init__(self, folder: Path, seed: int, report: Report, make_app: MakeApp) -> None:
        self.choose = random.Random(seed)
        self.report = report
        self.make_app = make_app
        (folder / "routines").mkdir(parents=True)
        (folder / "routines" / "long.toml").write_text(LONG)
        self.places = find_places({}, str(folder))
        self.clock = ManualClock(NOW.astimezone(ZoneInfo("Europe/Berlin")), "Europe/Berlin")
        self.gone = timedelta()
        self.boots = 1
        self.lives: list[list[int]] = []
        """Bytes this process had in memory, by start of the app."""

    async def watch(self, hours: int) -> None:
        """Let so many hours go by, with a new start of the app after every restart of the machine."""
        hour = 0
        while hour < hours and not self.report.is_over:
            self.lives.append([])
            app = self.make_app(Home(self.places, self.clock), self.clock)
            async with app.run_test(size=(100, 32)) as pilot:
                await _run_shown(pilot)
                while hour < hours and not self.report.is_over:
                    hour += 1
                    await self._hour(pilot)
                    if self.choose.random() < 0.01:
                        break
            if hour < hours:
                self._restart()

    async def _hour(self, pilot: Pilot[None]) -> None:
        for number in range(TICKS_AN_HOUR + SECONDS_AN_HOUR):
            await self._tick(pilot, TICK if number < TICKS_AN_HOUR else SECOND)
        for happening in (self._sleep, self._stop, self._set, self._travel):
            if self.choose.random() < 0.25:
                happening()
                await self._tick(pilot, SECOND)
        for _ in range(self.choose.choice((0, 0, 1, 2))):
            await pilot.press(self.choose.choice(_KEYS))
            await self._tick(pilot, SECOND)
            self._hold(pilot)
            self.report.count("keys")
        self._hold(pilot)
        self.report.count("hours")

    async def _tick(self, pilot: Pilot[None], length: timedelta) -> None:
        self.clock.advance(length)
        self.gone += length
        app_of(pilot).tick()
        await pilot.pause(0)
        self.report.count("ticks")
        if self.report.counts["ticks"] % SAMPLED_EVERY == 0:
            self.lives[-1].append(memory())

    def _length(self) -> timedelta:
        return timedelta(seconds=self.choose.choice((90, 1200, 9000, 50_000)))

    def _sleep(self) -> None:
        length = self._length()
        self.clock.sleep(length)
        self.gone += length
        self.report.count("sleeps")

    def _stop(self) -> None:
        length = self._length()
        self.clock.advance(length)
        self.gone += length
        self.report.count("stops")

    def _set(self) -> None:
        self.clock.step_wall(self._length() * self.choose.choice((-1, 1, -1000, 1000)) / self.choose.choice((1, 50)))
        self.report.count("settings of the clock")

    def _travel(self) -> None:
        zone = self.choose.choice(_ZONES)
        reading = self.clock.read()
        self.clock.reading = reading.replaced(wall=reading.wall.astimezone(ZoneInfo(zone)), zone=zone)
        self.report.count("journeys")

    def _restart(self) -> None:
        """Switch off for a while, right after something was done: from there the wall says how long it was."""
        Home(self.places, self.clock).act("note", text="before the restart")
        self.boots += 1
        length = self._length()
        self.clock.reboot(length, f"boot-{self.boots}")
        self.gone += length
        self.report.count("restarts")

    def _hold(self, pilot: Pilot[None]) -> None:
        fresh = Home(self.places, self.clock)
        (run,) = fresh.open_runs()
        check_run(run)
        if _gone(run) != self.gone:
            self.report.fail(f"the run has {_gone(run)}, and {self.gone} went by")
        if str(run.week) != "2026-W45":
            self.report.fail(f"the run has moved to {run.week}")
        if not as_on_disk(app_of(pilot), fresh):
            self.report.fail("the run is drawn otherwise than it is")

    def growth(self) -> int:
        """Give the most bytes that memory grew by in one life of the app, after the life's first quarter.

        What one app leaves in the process that starts the next is no growth of a run that ticks.
        """
        return max((samples[-1] - samples[len(samples) // 4] for samples in self.lives if samples), default=0)


def _gone(run: RunState) -> timedelta:
    return run.as_of.astimezone(UTC) - run.started_at.astimezone(UTC)


async def _run_shown(pilot: Pilot[None]) -> None:
    def shown() -> bool:
        screen = pilot.app.screen
        return isinstance(screen, ChooseScreen) or (isinstance(screen, RunScreen) and screen.view is not None)

    await until(shown, lambda: pilot.app.screen)
    if isinstance(pilot.app.screen, ChooseScreen):  # what a long pause was
        await pilot.press("escape")
        await until(shown, lambda: pilot.app.screen)


def soak(hours: int, seed: int, report: Report, make_app: MakeApp = open_app) -> None:
    """Let one run tick for so many hours."""
    in_memory = "/dev/shm"  # spares the disk the flushes
    with tempfile.TemporaryDirectory(dir=in_memory if os.path.isdir(in_memory) else None) as folder:
        watch = Watch(Path(folder) / "home", seed, report, make_app)
        try:
            asyncio.run(watch.watch(hours))
        except Exception:
            report.fail(f"after {report.counts['hours']} hours:\n{traceback.format_exc(limit=-4)}")
        growth = watch.growth()
        report.count("kB grown", growth // 1000)
        if growth > MOST_GROWTH:
            report.fail(f"memory grew by {growth:,} bytes after the first quarter")


def run(size: int, seed: int, report: Report) -> None:
    soak(size, seed, report)
