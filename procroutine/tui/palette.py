"""The command palette: every routine, every action of the place one is at, every theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, cast

from textual import on
from textual.app import App
from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider, SearchIcon
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList

from procroutine.text import shown
from procroutine.tui import command_words
from procroutine.tui.screens.colours import theme_names
from procroutine.tui.widgets.top_bar import PLACES

if TYPE_CHECKING:
    from procroutine.tui.app import ProcroutineApp


class Command(NamedTuple):
    """One line of the palette."""

    name: str
    explanation: str
    carry_out: Callable[[], object]
    words: str = ""
    """By which it is found too, with blanks between them."""


class Palette(CommandPalette):
    """A palette that closes once: the second of two clicks finds it closed, and must not close what lies below."""

    CSS_PATH = "screens/palette.tcss"

    def on_mount(self) -> None:
        """Put the sign of finding before the letters; Textual's own is an emoji."""
        self.query_one(SearchIcon).icon = "/"

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close, where it is still seen."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    @on(OptionList.OptionSelected)
    def _choose_once(self, event: OptionList.OptionSelected) -> None:
        if not self.is_active:
            event.stop()
            event.prevent_default()


class Commands(Provider):
    """Finds commands by some letters of their names, and by other words for what they do."""

    async def discover(self) -> Hits:
        """Give all commands."""
        for command in self._commands():
            yield DiscoveryHit(Content(command.name), command.carry_out, help=command.explanation)

    async def search(self, query: str) -> Hits:
        """Give the commands whose names hold the letters in order, or that have these words; the best first."""
        matcher = self.matcher(query)
        for command in self._commands():
            score, places = found(query, command.name, command.words)
            if score > 0:
                # Not `matcher.highlight`: it takes names for markup.
                name = Content(command.name)
                for place in places:
                    name = name.stylize(matcher.match_style, place, place + 1)
                yield Hit(score, name, command.carry_out, help=command.explanation)

    def _commands(self) -> Iterator[Command]:
        app = cast("ProcroutineApp", self.app)
        yield from self._actions()
        yield from self._places(app)
        entries = app.look(lambda: app.home.library().entries) or {}
        for routine_id, entry in entries.items():
            if entry.routine is not None:
                name = shown(entry.name or routine_id)
                start, trends = _call(app.open_run_of, routine_id), _call(app.show_trends, routine_id)
                yield Command(f"Start {name}", "Begin a run, or resume the open one.", start, command_words.START)
                yield Command(f"Trends of {name}", "Show its weeks against the goal.", trends, command_words.TRENDS)
        for theme in theme_names(app.available_themes):
            choose = _call(setattr, app, "theme", theme)
            yield Command(f"Theme {theme}", "Change the colours.", choose, command_words.THEME)

    def _places(self, app: ProcroutineApp) -> Iterator[Command]:
        for mode, _, label in PLACES:
            yield Command(f"Go to {label}", "", _call(app.action_go, mode), command_words.BY_PLACE[mode])
        told = "What was due and done, where the time went, what comes next."
        yield Command("Week report", told, _call(_report, app), command_words.REPORT)

    def _actions(self) -> Iterator[Command]:
        """Give everything that has a key here, under its sentence; not how to move in a list."""
        seen = set()
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            told = (binding.show or isinstance(node, (App, Screen))) and binding.id and binding.tooltip not in seen
            if not (told and enabled) or binding.action.startswith(("command_palette", "go(")):
                continue
            seen.add(binding.tooltip)
            words = f"{binding.description} {command_words.BY_KEY.get(binding.id or '', '')}"
            yield Command(binding.tooltip.rstrip("."), "", _call(self._run_action, binding.action, node), words)

    def _run_action(self, action: str, node: object) -> None:
        self.app.call_later(self.app.run_action, action, node)


def _report(app: ProcroutineApp) -> None:
    from procroutine.tui.screens.report import ReportScreen

    if not isinstance(app.screen, ReportScreen):
        app.push_screen(ReportScreen())


def found(letters: str, name: str, words: str = "") -> tuple[float, list[int]]:
    """Look for letters in a name; gives a score, 0 for none, and their places in the name, if they have any.

    The best is to find them in one piece, then that each word begins one of the name or of its other `words`,
    then that they are in the name in their order. Textual's own search tries all ways, of which a name such as
    `<<<<<<<<<<` has more than can be tried.
    """
    wanted, there = letters.lower(), name.lower()
    begin = there.find(wanted)
    if begin >= 0:
        return 2.0 - begin / (len(there) + 1), list(range(begin, begin + len(wanted)))
    known = f"{there} {words.lower()}".split()
    if all(any(one.startswith(typed) for one in known) for typed in wanted.split()):
        return 1.0, []
    places: list[int] = []
    for letter in wanted:
        place = there.find(letter, places[-1] + 1 if places else 0)
        if place < 0:
            return 0.0, []
        places.append(place)
    return len(places) / (places[-1] - places[0] + 1), places


def _call(function: Callable[..., object], *given: object) -> Callable[[], object]:
    return lambda: function(*given)
