"""The keys of Review: to and fro between its pages, and on to what-if, flow map and path of a routine."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType

from procroutine.durations import written_duration
from procroutine.errors import UserError
from procroutine.improvement.book import Book
from procroutine.improvement.hours import set_hours
from procroutine.improvement.review_view import ALL, routines_of
from procroutine.settings import read_settings
from procroutine.text import Shown
from procroutine.tui.keys import key
from procroutine.tui.screens.ask import AskScreen, put
from procroutine.tui.screens.past_screen import PastScreen
from procroutine.tui.screens.pick import PickScreen
from procroutine.tui.screens.review_parts import LeverList
from procroutine.tui.widgets.row_list import RowList
from procroutine.tui.widgets.text_line import NOTHING

if TYPE_CHECKING:
    from textual.screen import Screen

_ALL = ""
"""Stands for all routines where one is picked."""
_ONE_OR_ALL = "Review the routine of the change, or all."
_NOT_READ = "Your runs are still being read."
_NO_ROUTINE = "There is no routine yet: n on This week begins one."
_HOURS = "Such as 10h or 7h30m; an empty line takes them out of your settings."


class ReviewKeys(PastScreen):
    """What the keys of Review do; each does something, or says why it cannot."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("review.try", "enter", "try", "Try", "Try the change on a copy of the checklist.", sign="↵"),
        key("review.table", "t", "table", "Table", "Show the next table: the week, systems and more."),
        key("review.routine", "r", "routine", "Routine", "Review another routine, or all."),
        key("review.own", "right,l", "own", "One", _ONE_OR_ALL, sign="→"),
        key("review.all", "left,h", "all", "All", _ONE_OR_ALL, sign="←"),
        key("review.flow", "f", "flow", "Flow", "Flow map: its steps in lanes.", shown=False),
        key("review.path", "p", "path", "Path", "Path: its five phases, to move it on.", shown=False),
        key("review.hours", "H", "hours", "Hours", "Say how many hours a week you have for all.", shown=False),
        key("review.read", "tab", "read", "Read", "Go to a text to scroll it, or back.", shown=False),
    ]
    book: Book | None = None
    routine_id: str | None = None
    """Whose review it is; None: all routines."""

    def take(self, book: Book) -> None:
        """Show what was read."""

    def show_page(self, routine_id: str | None) -> None:
        """Show the page of a routine, or that of all, from its top."""

    def offers(self, action: str) -> bool:
        """Name of two keys that lead to and fro the one that leads somewhere; without a routine none that needs one."""
        if action == "all":
            return self.routine_id is not None
        has_routines = self.book is not None and bool(self.book.ground.routines)
        return action not in ("own", "try") or (has_routines and (action == "try" or self.routine_id is None))

    def action_routine(self) -> None:
        """Ask for another routine."""
        self._pick("Which routine?", lambda routine_id: self.show_page(routine_id or None), or_all=True)

    def _pick(self, question: str, then: Callable[[str], object], *, or_all: bool = False) -> None:
        """Ask for a routine, or say why there is none to be asked for."""
        names = routines_of(self.book) if self.book is not None else ()
        if not names:
            self.procroutine.say(_NOT_READ if self.book is None else _NO_ROUTINE)
            return

        def picked(routine_id: str | None) -> None:
            if routine_id is not None:
                then(routine_id)

        offered = ((_ALL, Shown(ALL)), *names) if or_all else names
        self.app.push_screen(PickScreen(question, offered, self.routine_id or offered[0][0]), picked)

    def _with_routine(self, question: str, then: Callable[[str], object]) -> None:
        """Go on with the routine of the page, that of the selected lever, or else with one that is asked for."""
        lever = self.query_one(LeverList).lever
        routine_id = self.routine_id or (lever.routine_id if lever is not None else None)
        if routine_id is not None:
            then(routine_id)
        else:
            self._pick(question, then)

    def action_own(self) -> None:
        """Review the routine of the selected lever."""
        if self.routine_id is not None:
            self.procroutine.say("This is the page of one routine: ← leads to all.")
        else:
            self._with_routine("Which routine?", self.show_page)

    def action_all(self) -> None:
        """Review all routines."""
        if self.routine_id is None:
            self.procroutine.say("These are all routines: → leads to one.")
        else:
            self.show_page(None)

    def action_flow(self) -> None:
        """Show the flow map of the routine."""
        from procroutine.tui.screens.flow import FlowScreen

        self._with_routine("The flow map of which routine?", self._opener(lambda one: FlowScreen(one, "review")))

    def action_path(self) -> None:
        """Show the path of the routine."""
        from procroutine.tui.screens.path import PathScreen

        shown = self._opener(lambda one: PathScreen(one, "review"), as_filed=True)
        self._with_routine("The path of which routine?", shown)

    @on(RowList.Opened)
    def action_try(self) -> None:
        """Try the selected change on a copy of the checklist; without one begin with no change."""
        from procroutine.tui.screens.what_if import WhatIf

        lever = self.query_one(LeverList).lever
        tries = lever.tries if lever is not None else ()
        self._with_routine("Try changes of which routine?", self._opener(lambda one: WhatIf(one, tries, "review")))

    def _opener(self, screen: Callable[[str], Screen[None]], *, as_filed: bool = False) -> Callable[[str], None]:
        from procroutine.tui.screens.problems import open_about

        return lambda routine_id: open_about(self.procroutine, routine_id, screen, as_filed=as_filed)

    def action_hours(self) -> None:
        """Ask how many hours a week there are for all routines, and write them into the settings."""
        book = self.book
        if book is None:
            self.procroutine.say(_NOT_READ)
            return
        hours = book.load.hours
        text = Shown(written_duration(hours)) if hours is not None else NOTHING
        asked = "How many hours a week do you have for all routines?"
        put(self.procroutine, AskScreen(asked, _HOURS, "10h", False, text, gives_way=True), self._set_hours)

    def with_settings(self, book: Book) -> Book:
        """Give the book with what the settings say now: they may be written while it is read."""
        settings, faults = read_settings(self.procroutine.home.places.config)
        return book.replaced(load=book.load.replaced(hours=settings.hours_a_week), faults=faults)

    def _set_hours(self, given: str) -> None:
        """Write the hours into the settings and show them; what cannot be is told, and asked for again."""
        app = self.procroutine
        try:
            hours = set_hours(app.home.places, given)
        except UserError as error:
            app.refused = True
            app.complain(error)
            return
        if self.book is not None:
            self.take(self.with_settings(self.book))
        held = "" if self.book is None else f" All routines take {self.book.load.sentence}"
        app.say(f"It is in your settings.{held}" if hours is not None else "Your settings name no hours any more.")
