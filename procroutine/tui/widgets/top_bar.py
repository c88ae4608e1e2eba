"""The line at the top: where one is, and what day it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from procroutine.insight.dates import short_date
from procroutine.tui.widgets.cells import QUIET, column, joined
from procroutine.tui.widgets.plain import PlainWidget
from procroutine.weeks import Week, week_of

if TYPE_CHECKING:
    from datetime import datetime

    from textual import events

PLACES = (("week", "1", "This week"), ("history", "2", "History"), ("trends", "3", "Trends"), ("review", "4", "Review"))
"""Name, key and label of each place."""
PLACES_FROM = 56
"""Columns from which all places are named."""
_WIDE_GAPS_FROM = 60
"""Columns from which they stand three apart."""
NAME = ("procroutine", "bold $text-primary")
DEMO = (" demo ", "bold reverse")


class TopBar(PlainWidget):
    """The places, the one that is shown underlined; a click on another asks to go there."""

    DEFAULT_CSS = """
    TopBar { dock: top; height: 1; padding: 0 2; background: $panel; color: $foreground; }
    """

    day: reactive[str] = reactive("")
    """Such as `Thu 19 Nov`."""
    week: reactive[Week | None] = reactive[Week | None](None)
    demo: reactive[bool] = reactive(False)
    """Whether all that is shown is made up."""

    class Chosen(Message):
        """A place was clicked."""

        def __init__(self, place: str) -> None:
            """Say which."""
            super().__init__()
            self.place = place

    def __init__(self, place: str, *, id: str | None = None) -> None:  # noqa: A002  # as in Widget
        super().__init__(id=id)
        self.place = place
        """Name of the place that is shown."""

    def show_day(self, moment: datetime) -> None:
        """Show the day and week of an instant."""
        self.day = short_date(moment)
        self.week = week_of(moment)

    def lines(self, width: int) -> list[Content]:
        """Draw the places left, day and week right; the day gives way where it is narrow."""
        left = joined(*(part for _, parts in self._pieces() for part in parts))
        for right in self._dates():
            if (room := width - left.cell_length - right.cell_length) >= 2:
                return [joined(left, " " * room, right)]
        return [column(left, width)]

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
        demo = [(" ", ""), DEMO] if self.demo else []
        if self.content_size.width < PLACES_FROM:
            label = next((label for place, _, label in PLACES if place == self.place), "")
            return [("", [NAME, *demo, ("  ", ""), (label, "bold")])]
        pieces: list[tuple[str, list[tuple[str, str]]]] = [("", [NAME, *demo])]
        gap = "   " if self.content_size.width >= _WIDE_GAPS_FROM else "  "
        for place, key, label in PLACES:
            style = "bold underline" if place == self.place else "$foreground 70%"
            pieces.append((place, [(gap, ""), (f"{key} ", "$foreground 45%"), (label, style)]))
        return pieces

    def _dates(self) -> list[Content]:
        if self.week is None:
            return [Content.styled(self.day, QUIET)]
        long = f"{self.day} · week {self.week.number}"
        return [Content.styled(text, QUIET) for text in (long, f"W{self.week.number}", "")]
