"""The app: its places, the keys that work everywhere, the second that ticks, and how it is left.

Screens ask `viewer` for one frozen view and draw it; what the person does goes to `home`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, on
from textual.binding import BindingType
from textual.screen import Screen

from procroutine.errors import UserError
from procroutine.tui.changes import Changes
from procroutine.tui.coloured import ColouredApp
from procroutine.tui.commands import AppWithCommands
from procroutine.tui.going import GoingApp
from procroutine.tui.harmless import HarmlessApp
from procroutine.tui.in_order import AppInOrder
from procroutine.tui.keeping import Keeping
from procroutine.tui.keys import key
from procroutine.tui.links import Links
from procroutine.tui.opening import (
    ground_place,
    history_place,
    open_first,
    open_run,
    review_place,
    trends_place,
    week_place,
)
from procroutine.tui.screens.place import PlaceScreen
from procroutine.tui.signals import leave_on_signals
from procroutine.tui.verbs import running_run
from procroutine.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from procroutine.clock import Clock
    from procroutine.history.home import Home
    from procroutine.insight.viewer import Viewer
    from procroutine.settings import Settings

Made = TypeVar("Made")
_TO_A_PLACE = "Go to This week, History, Trends or Review."


class ProcroutineApp(AppWithCommands, ColouredApp, GoingApp, HarmlessApp, AppInOrder):
    """Guided weekly routines in the terminal."""

    TITLE = "procroutine"
    CSS_PATH = "app.tcss"
    MODES: ClassVar[dict[str, str | Callable[[], Screen[None]]]] = {
        "week": week_place,
        "history": history_place,
        "trends": trends_place,
        "review": review_place,
    }
    DEFAULT_MODE = "week"
    hard_exit: Callable[[int], object] = staticmethod(os._exit)
    """Ends the program where leaving in order hangs."""
    when_settled: Callable[[], object] = staticmethod(lambda: None)
    """Called once the first frame is well behind."""
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - as Textual declares it
        (0, "-too-narrow"),
        (40, "-tiny"),
        (72, "-narrow"),
        (104, "-wide"),
        (150, "-huge"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-too-low"), (12, "-short"), (30, "-tall")]  # noqa: RUF012 - as above
    BINDINGS: ClassVar[list[BindingType]] = [
        key("app.week", "1", "go('week')", "Places", _TO_A_PLACE, shown=False),
        key("app.history", "2", "go('history')", "Places", _TO_A_PLACE, shown=False),
        key("app.trends", "3", "go('trends')", "Places", _TO_A_PLACE, shown=False),
        key("app.review", "4", "go('review')", "Places", _TO_A_PLACE, shown=False),
        key("app.palette", "ctrl+p", "command_palette", "Palette", "Find any command by its name.", shown=False),
        key("app.theme", "f2", "change_theme", "Theme", "Choose other colours.", shown=False),
        key("app.help", "question_mark", "help", "Help", "Show all keys of this place on one page.", sign="?"),
        key("app.quit", "q,ctrl+q", "quit", "Quit", "Leave; an open run asks first.", shown=False),
    ]

    def __init__(
        self,
        home: Home,
        viewer: Viewer,
        settings: Settings,
        clock: Clock,
        first_words: tuple[str, ...] = (),
        routine_id: str | None = None,
    ) -> None:
        """Take the home and what draws it; with a routine, open on its run."""
        super().__init__(lambda: clock.read().wall)
        self.home = home
        self.viewer = viewer
        self.settings = settings
        self.clock = clock
        self.first_words = first_words
        self.chosen_routine = routine_id
        """The routine that Trends shows: the one last looked at."""
        self.changed_times = 0
        """Counts changes of the home; a screen that has drawn another count is behind."""
        self.refused = False
        """Whether something that was attempted could not be done, since a question last set it back."""
        self.links = Links(self.say, self.copy_to_clipboard, settings.open_command)
        self.leaving = False
        """Whether the person asked to end the app; where it just ends, a run that is shown was interrupted."""
        self._opens_on, self._has_begun = routine_id, False
        if routine_id is not None:
            self._modes["week"] = ground_place
        self.deadline: datetime | None = None
        """By when the run that is opened first has to be through."""
        self._changes = Changes(home)
        self._wrong: set[str] = set()
        """What could not be seen in this second."""
        self._wrong_before: set[str] = set()
        self._keeping = Keeping(lambda: self.prepare_places() or viewer.keep(), self.set_timer)
        self.take_colours(settings.theme)

    def on_mount(self) -> None:
        """Start the clockwork once the first frame is on its way."""
        leave_on_signals(self, self.hard_exit)
        self.call_after_refresh(self._begin)
        self.set_timer(0.5, self._begin)  # a screen put over the first one keeps its refresh from coming

    def _begin(self) -> None:
        if self._has_begun:
            return
        self._has_begun = True
        if self._opens_on is not None:
            open_first(self, self._opens_on)
        self.take_keys()
        self._await_second()
        self.set_timer(1.0, self.when_settled)

    async def on_event(self, event: events.Event) -> None:
        """Do nothing else for a while where the person does something."""
        if isinstance(event, events.InputEvent):
            self._keeping.disturb()
        await super().on_event(event)

    def now(self) -> datetime:
        """Give the present instant."""
        return self.clock.read().wall

    # Telling and asking

    def say(self, sentence: str) -> None:
        """Tell something that went as it should; it takes the place of what was told before."""
        self.clear_notifications()
        self.notify(sentence, timeout=3)

    def complain(self, error: UserError) -> None:
        """Tell what is wrong and what to do about it; it takes the place of what was told before."""
        self.clear_notifications()
        self.notify(f"{error.problem}: {error.remedy}", severity="warning", timeout=8)

    def attempt(self, verb: Callable[[], Made]) -> Made | None:
        """Do something that a person can have asked for wrongly; None where it could not be done."""
        made = self.tried(verb)
        if made is not None:
            self.home_changed()
        return made

    def tried(self, verb: Callable[[], Made]) -> Made | None:
        """Do the same with something that changes nothing at home."""
        try:
            return verb()
        except UserError as error:
            self.refused = True
            self.complain(error)
            return None

    def carried_out(self, verb: Callable[[], object]) -> bool:
        """Do something whose answer is of no use here; False where it could not be done."""
        return self.attempt(lambda: (verb(),)) is not None

    def look(self, view: Callable[[], Made], but: type[UserError] | tuple[()] = ()) -> Made | None:
        """Ask for a view; what stays wrong is told once, not every second. `but` is for the caller to tell."""
        try:
            return view()
        except but:
            raise
        except UserError as error:
            if str(error) not in self._wrong | self._wrong_before:
                self.complain(error)
            self._wrong.add(str(error))
            return None

    def ask(self, question: str, then: Callable[[str], object], explanation: str = "", *, needed: bool = True) -> None:
        """Ask for one line, and hand it on; not where the person leaves it."""
        from procroutine.tui.screens.ask import AskScreen, put

        put(self, AskScreen(question, explanation, needed=needed), then)

    @on(TopBar.Chosen)
    def _go_to_clicked(self, event: TopBar.Chosen) -> None:
        self.action_go(event.place)

    # The second

    def home_changed(self) -> None:
        """Remember that the home is different, and draw the place that is seen."""
        self._changes.since_last_look()
        self.changed_times += 1
        if (place := self.place) is not None and place.is_mounted:
            place.draw_if_changed()

    def look_for_changes(self, *, open_runs_only: bool = False) -> None:
        """Note what another hand has changed, everywhere or in the runs that are open."""
        if self._changes.since_last_look(open_runs_only=open_runs_only):
            self.changed_times += 1

    @property
    def place(self) -> PlaceScreen | None:
        """The screen that is seen, or lies under the dialog that is."""
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, PlaceScreen)), None)

    def _await_second(self) -> None:
        place = self.place
        self.set_timer(place.until_next_second() if place is not None else 1.0, self._second)

    def _second(self) -> None:
        self.tick()
        self._await_second()

    def tick(self) -> None:
        """Draw what changed in the last second, here or by another hand."""
        self._wrong, self._wrong_before = set(), self._wrong
        place = self.place
        self.look_for_changes(open_runs_only=place is not None and place.shows_open_run_only)
        if place is not None and place.is_mounted:
            place.draw_if_changed()
            place.each_second()
        self._keeping.begin()

    # Places and runs

    def action_go(self, mode: str) -> None:
        """Go to a place."""
        self.switch_mode(mode)

    def action_help(self) -> None:
        """Show all keys of the place that is seen."""
        from procroutine.tui.screens.help import HelpScreen, sections_of

        self.push_screen(HelpScreen(sections_of(self.screen)))

    def show_trends(self, routine_id: str) -> None:
        """Go to the trends of a routine."""
        self.chosen_routine = routine_id
        self.switch_mode("trends")
        self.home_changed()

    def open_run_of(self, routine_id: str, run_id: str | None = None) -> None:
        """Begin a run of a routine, or resume the one that is open, and show it; of several that with the `run_id`."""
        open_run(self, routine_id, run_id)

    def show_run(self, run_id: str) -> None:
        """Show an open run over This week, in place of another that is shown there."""
        from procroutine.tui.screens.run import RunScreen

        self.switch_mode("week")
        there = self.place
        if isinstance(there, RunScreen):
            if there.run_id == run_id:
                return
            there.leave()
        self.push_screen(RunScreen(run_id))

    def open_address(self, address: str) -> None:
        """Open the address of a system, or say why not."""
        self.links.open(address, self.call_from_thread)

    # Leaving

    async def action_quit(self) -> None:
        """Leave; where a run goes on, ask what becomes of it first."""
        run = self.look(lambda: running_run(self.home))
        if run is None:
            self.leave()
            return
        from procroutine.tui.screens.leave import ask_to_leave

        ask_to_leave(self, run.id, self.leave)

    def leave(self) -> None:
        """End the app as the person asked: no run counts as interrupted."""
        self.leaving = True
        self.exit()
