"""One walk through the app on a hostile home: it looks at all that is drawn, clicks links, and records what left."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from datetime import timedelta
from types import ModuleType
from typing import Any

from textual import events
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from procroutine.insight.viewer import Viewer
from procroutine.settings import read_settings
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.ask import AskScreen
from tests.app_idle import ask_the_loop, until
from tests.hostile.harmless import foreign, steering
from tests.hostile.homes import HostileHome

ask_the_loop()

_MOST_CLICKS = 6
"""Links of one screen that are clicked."""
_REST = timedelta(seconds=1)


class Walk:
    """One walk: what was seen, and what should not have been."""

    def __init__(self, home: HostileHome, routine_id: str | None = None) -> None:
        """Open the app on a home, or on a run of it, with everything that would leave it recorded."""
        self.home, self.text = home, home.text
        settings, problems = read_settings(home.home.places.config)
        words = (*(part.text for part in home.parts), *map(str, problems))
        viewer = Viewer(home.home)
        self.app = ProcroutineApp(home.home, viewer, settings, home.clock, routine_id=routine_id, first_words=words)
        self.app.links._start = self._opened  # type: ignore[method-assign]  # no program is started
        self.app.links._environment = {"DISPLAY": ":0"}
        self.app.write_to_terminal = self._written  # type: ignore[method-assign]
        self.seen: set[type] = set()
        self.looks = self.clicks = 0
        self.faults: list[str] = []
        self.place = ""
        self._clicking = False
        self._strips: list[Strip] = []
        self._run_action = self.app.run_action
        self.app.run_action = self._action  # type: ignore[method-assign]

    def fault(self, what: str) -> None:
        """Remember what should not have been."""
        self.faults.append(f"{self.place}: {what} with {self.text[:80]!r}")

    def _opened(self, words: list[str]) -> Any:
        address = words[-1]
        if address.partition(":")[0].lower() not in ("http", "https", "mailto", "file") or not address.isprintable():
            self.fault(f"opened {address!r}")
        raise FileNotFoundError(address)

    def _written(self, sequence: str) -> None:
        inner = sequence.removeprefix("\a").removeprefix("\x1b]9;").removesuffix("\a")
        if steering(inner) or inner[:1].isdigit():
            self.fault(f"the terminal was sent {sequence!r}")

    async def _action(self, action: Any, *given: Any, **named: Any) -> bool:
        if self._clicking and not str(action).startswith("link("):
            self.fault(f"a click ran {action!r}")
            return False
        return bool(await self._run_action(action, *given, **named))

    async def look(self, pilot: Pilot[None], place: str) -> None:
        """Look at every cell of the present screen, at what it would send, and click its links."""
        await pilot.pause()
        self.place = place
        self.looks += 1
        for screen in self.app.screen_stack:
            for widget in screen.walk_children(Widget, with_self=True):
                self.seen.update(type(widget).__mro__)
        self._strips = self.app.screen._compositor.render_strips()
        self._look_at_cells()
        if sent := foreign("\n".join([strip.render(self.app.console) for strip in self._strips])):
            self.fault(f"sends {sent!r}")
        await self._click_links(pilot)

    def _look_at_cells(self) -> None:
        for strip in self._strips:
            for segment in strip:
                if segment.control or steering(segment.text):
                    self.fault(f"draws {segment.text!r}")
                if segment.style is not None and segment.style.link:
                    self.fault(f"makes a link of the terminal to {segment.style.link!r}")

    def _links(self) -> Iterator[tuple[Offset, str]]:
        found = set()
        for y, strip in enumerate(self._strips):
            x = 0
            for segment in strip:
                for key, action in (segment.style.meta if segment.style is not None else {}).items():
                    offset = Offset(x, y)
                    if key.startswith("@") and str(action) not in found and not self._is_scrollbar(offset):
                        found.add(str(action))
                        yield offset, str(action)
                x += segment.cell_length

    def _is_scrollbar(self, offset: Offset) -> bool:
        return isinstance(self.app.screen.get_widget_at(*offset)[0], ScrollBar)

    async def _click_links(self, pilot: Pilot[None]) -> None:
        for offset, _ in list(self._links())[:_MOST_CLICKS]:
            screen, self._clicking = self.app.screen, True
            self.clicks += 1
            await pilot.click(offset=offset)
            await pilot.pause()
            self._clicking = False
            if self.app.screen is not screen:
                self.fault("a click on a link went to another screen")

    async def press(self, pilot: Pilot[None], *keys: str) -> None:
        """Press keys, each a moment after the other, and look after each."""
        for key in keys:
            await self.go(pilot, key)
            await self.look(pilot, f"{type(self.app.screen).__name__} after {key}")

    async def go(self, pilot: Pilot[None], *keys: str) -> None:
        """Press keys without a look."""
        for key in keys:
            self.home.clock.advance(_REST)
            await pilot.press(key)

    async def ask(self, pilot: Pilot[None], *keys: str) -> None:
        """Press what leads to a question, answer it with the hostile text, and leave it if it was not taken."""
        before = self.app.screen
        await self.go(pilot, *keys)
        await self.paste(pilot)
        await self.go(pilot, "enter")
        if isinstance(self.app.screen, AskScreen) and self.app.screen is not before:
            await self.go(pilot, "escape")

    async def answer(self, pilot: Pilot[None]) -> None:
        """Answer the question that is asked with the hostile text, looking; leave it where that is not taken."""
        asked = self.app.screen
        await self.paste(pilot, "enter")
        now = self.app.screen
        if now is asked or isinstance(now, AskScreen):
            await self.press(pilot, "escape")

    async def let_time_go_by(self, pilot: Pilot[None]) -> None:
        """Look at a run that is over its time, and at one whose machine slept."""
        self.home.clock.advance(timedelta(minutes=31))
        self.app.app_focus = False  # so that notices go to the terminal
        self.app.tick()
        self.app.app_focus = True
        await self.look(pilot, "over its time")
        self.home.clock.sleep(timedelta(hours=2))
        self.app.tick()
        await self.look(pilot, "asleep")

    async def go_on(self, pilot: Pilot[None]) -> None:
        """Go on with the run, which is not waiting where the text was too long for a field."""
        if self.home.home.open_runs()[0].state != "running":
            await self.press(pilot, "p")

    async def paste(self, pilot: Pilot[None], *then: str) -> None:
        """Paste the hostile text into the field that has the keys, and look."""

        def instead() -> str:
            told = list(self.app._notifications)[-1:]
            return f"{self.place}: no field has the keys, but {self.app.focused}; told {told}"

        await until(lambda: isinstance(self.app.focused, Input), instead)
        self.app.post_message(events.Paste(self.text))
        await self.look(pilot, f"{type(self.app.screen).__name__} with the text pasted")
        if then:
            await self.press(pilot, *then)


def widgets_of(package: ModuleType) -> set[type]:
    """Find every class of widget and screen that a package defines."""
    names = [module.name for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    found = {kind for name in names for kind in vars(importlib.import_module(name)).values() if isinstance(kind, type)}
    return {kind for kind in found if issubclass(kind, Widget) and kind.__module__.startswith(package.__name__)}
