"""The line at the top: where one is, and what day it is; in a run, which one and since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from procroutine.insight.dates import short_date
from procroutine.text import Shown
from procroutine.tui.widgets.cells import LABEL, QUIET, column, joined
from procroutine.weeks import Week, week_of

PLACES = (("week", "1", "This week"), ("history", "2", "History"), ("trends", "3", "Trends"))
"""Name, key and label of each place."""
_PLACES_FROM = 56
"""Columns from which all places are named."""
_TITLE_FROM = 72
"""Columns from which the program is named in a run."""
_NAME = ("procroutine", "bold $text-primary")
_DEMO = (" demo ", "bold reverse")


class TopBar(Widget):
    """The places, the one that is shown underlined; a click on another asks to go there."""

    DEFAULT_CSS = """
    TopBar { dock: top; height: 1; padding: 0 2; background: $panel; color: $foreground; }
    """

    day: reactive[str] = reactive("")
    """Such as `Thu 19 Nov`."""
    week: reactive[Week | None] = reactive[Week | None](None)
    demo: reactive[bool] = reactive(False)
    """Whether all that is shown is made up."""

    @dataclass
    class Chosen(Message):
        """A place was clicked."""

        place: str

    def __init__(self, place: str, *, id: str | None = None) -> None:  # noqa: A002  # as in Widget
        super().__init__(id=id)
        self.place = place
        """Name of the place that is shown."""

    def show_day(self, moment: datetime) -> None:
        """Show the day and week of an instant."""
        self.day = short_date(moment)
        self.week = week_of(moment)

    def render(self) -> Content:
        """Draw the places left, day and week right; the day gives way where it is narrow."""
        width = self.content_size.width
        left = joined(*(part for _, parts in self._pieces() for part in parts))
        for right in self._dates():
            if (room := width - left.cell_length - right.cell_length) >= 2:
                return joined(left, " " * room, right)
        return column(left, width)

    def on_click(self, event: events.Click) -> None:
        """Ask to go to the place that was clicked."""
        offset = event.get_content_offset(self)
        x = offset.x if offset is not None else -1
        for place, parts in self._pieces():
            length = joined(*parts).cell_length
            if 0 <= x < length and place and place != self.place:
                self.post_message(self.Chosen(place))
            x -= length

    def _pieces(self) -> list[tuple[str, list[tuple[str, str]]]]:
        demo = [(" ", ""), _DEMO] if self.demo else []
        if self.content_size.width < _PLACES_FROM:
            label = next((label for place, _, label in PLACES if place == self.place), "")
            return [("", [_NAME, *demo, ("  ", ""), (label, "bold")])]
        pieces: list[tuple[str, list[tuple[str, str]]]] = [("", [_NAME, *demo])]
        for place, key, label in PLACES:
            style = "bold underline" if place == self.place else "$foreground 70%"
            pieces.append((place, [("   ", ""), (f"{key} ", "$foreground 45%"), (label, style)]))
        return pieces

    def _dates(self) -> list[Content]:
        if self.week is None:
            return [Content.styled(self.day, QUIET)]
        long = f"{self.day} · week {self.week.number}"
        return [Content.styled(text, QUIET) for text in (long, f"W{self.week.number}", "")]


class RunBar(Widget):
    """The top bar of a run: its name and revision, and whether it runs."""

    DEFAULT_CSS = """
    RunBar { dock: top; height: 1; padding: 0 2; background: $panel; color: $foreground; }
    """

    routine: reactive[Shown] = reactive(Shown(""))
    """Name of the routine."""
    place: reactive[str] = reactive("")
    """Such as `v4 · week 47`."""
    since: reactive[str] = reactive("")
    """Clock time of the start."""
    now: reactive[str] = reactive("")
    """Such as `Thu 14:05`."""
    paused_since: reactive[str | None] = reactive[str | None](None)
    waiting: reactive[bool] = reactive(False)
    """Whether the pause waits for something."""
    demo: reactive[bool] = reactive(False)

    def render(self) -> Content:
        """Draw the name left, the state right; the name is cut, the state never."""
        width = self.content_size.width
        right = self._state(width)
        room = width - right.cell_length - 2
        left = joined((str(self.routine), "bold"))
        if width >= _TITLE_FROM:
            demo = [(" ", ""), _DEMO] if self.demo else []
            left = joined(_NAME, *demo, (" › ", LABEL), left)
        place = joined(left, (f"  {self.place}", QUIET))
        if width >= _TITLE_FROM and place.cell_length <= room:
            left = place
        return joined(column(left, max(room, 0)), "  ", right)

    def _state(self, width: int) -> Content:
        if self.paused_since is not None:
            word = "waiting" if self.waiting else "paused"
            state = Content.styled(f"◐ {word} {self.paused_since}", "bold $text-warning")
        else:
            state = joined(("▶ ", "$text-primary"), (f"since {self.since}", "$foreground 70%"))
        return joined(state, (f"   {self.now}", QUIET)) if width >= _PLACES_FROM - 4 else state
