"""The list of This week: routines in groups, drawn line by line, so that five hundred cost what nine do."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView

from procroutine.durations import total_time
from procroutine.insight.views.week import RoutineRow, RowState
from procroutine.tui.keys import key
from procroutine.tui.widgets.cells import (
    GLYPHS,
    LABEL,
    QUIET,
    SOFT,
    Cell,
    Pieces,
    column,
    columns,
    joined,
    signed_in_colour,
)
from procroutine.tui.widgets.drawn_bar import DrawnBar
from procroutine.tui.widgets.plain import Looks
from procroutine.tui.widgets.selected import selected_strip
from procroutine.tui.widgets.week_bars import bars_in_pieces

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

    from procroutine.insight.views.loose_ends import LooseEndRow
    from procroutine.tui.widgets.cells import Line

    Row = RoutineRow | LooseEndRow
    Group = tuple[str, tuple[Row, ...]]

_NOTES = {
    RowState.OVERDUE: "$text-error",
    RowState.RUNNING: "$text-primary",
    RowState.PAUSED: "$text-primary",
    RowState.TODAY: "$text-warning",
    RowState.BROKEN: "$text-error",
}
_BOLD = frozenset({RowState.OVERDUE, RowState.RUNNING, RowState.PAUSED, RowState.TODAY})
_DIM = frozenset({RowState.DONE, RowState.OFF, RowState.NEVER})
_LONG_STREAK = 10
"""Weeks from which on a streak is worth a colour."""
_DAY_FROM = 16
"""Cells of the due column from which the day stands before the note; the note itself is never cut for it."""


class Widths(NamedTuple):
    """The columns that fit; 0 leaves one out."""

    name: int
    due: int
    last: int
    goal: int
    bars: int
    streak: int

    @classmethod
    def within(cls, width: int) -> Widths:
        """Choose the columns for a line of `width` cells: they go from the right as it narrows."""
        due = 16 if width >= 48 else 12
        last = 5 if width >= 44 else 0
        goal = 8 if width >= 54 else 0
        bars = 10 if width >= 64 else 0
        streak = 7 if width >= 70 else 0
        name = width - 4 - due - last - goal - bars - streak
        return cls(name=max(8, min(46, name)), due=due, last=last, goal=goal, bars=bars, streak=streak)


def heading_line(title: str, widths: Widths, labelled: bool) -> Content:
    """Draw a group's heading; the first also carries the labels of the columns."""
    heading = (title, "bold " + QUIET)
    if not labelled:
        return joined(" ", heading)
    return joined(
        " ",
        column(joined(heading), 3 + widths.name),
        column("due", widths.due, LABEL),
        column("last", widths.last, LABEL, right=True),
        column("vs goal", widths.goal, LABEL, right=True),
        column("  8 weeks", widths.bars, LABEL),
        column("streak", widths.streak, LABEL, right=True),
    )


def routine_line(row: RoutineRow, widths: Widths, selected: bool) -> Pieces:
    """Draw one routine."""
    state = row.state
    sign, sign_style = GLYPHS[state]
    name_style = "bold" if state in _BOLD else SOFT if state in _DIM else ""
    named: tuple[Cell, ...] = (
        ("▌" if selected else " ", 1, "$primary" if selected else "", False),
        (sign, 2, sign_style, False),
        (row.name, widths.name, name_style, False),
        (" ", 1, "", False),
    )
    note_style = _NOTES.get(state, QUIET)
    if state is RowState.BROKEN:
        rest = widths.due + widths.last + widths.goal + widths.bars + widths.streak
        return columns(*named, (row.due_note, rest, note_style, False))
    day = 4 if widths.due >= _DAY_FROM else 0
    difference, colour = signed_in_colour(row.vs_goal, row.standing) if widths.goal else ("", "")
    line = columns(
        *named,
        (row.due_day if day else "", day, QUIET, False),
        (row.due_note, widths.due - day, note_style, False),
        (total_time(row.last) if row.last is not None else "–", widths.last, "", True),
        (difference, widths.goal, colour, True),
    )
    if not widths.bars:
        return line
    bars = bars_in_pieces(row.weeks[: widths.bars - 2], row.goal)
    streak = (f"{row.streak}w" if row.streak else "–") if widths.streak else ""
    streak_style = "$text-success" if row.streak >= _LONG_STREAK else QUIET
    room = widths.bars - 2 - len(row.weeks) + widths.streak
    return (*line, ("  ", ""), *bars, *columns((streak, max(room, len(streak)), streak_style, True)))


def _key(row: Row) -> tuple[bool, str]:
    return (True, row.routine_id) if isinstance(row, RoutineRow) else (False, row.id)


class RoutineList(DrawnBar, ScrollView, can_focus=True):
    """Routines in groups; the first click on one selects it, the second chooses it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"routine-list--selected"}
    BINDINGS: ClassVar[list[BindingType]] = [
        key("week.down", "down,j", "move(1)", "Move", "Select the routine below or above.", shown=False, sign="↓ j"),
        key("week.up", "up,k", "move(-1)", "Move", "Select the routine below or above.", shown=False, sign="↑ k"),
        key("week.top", "home,g", "end(-1)", "Ends", "Select the first or the last.", shown=False, sign="g"),
        key("week.bottom", "end,G", "end(1)", "Ends", "Select the first or the last.", shown=False, sign="G"),
        key("week.left", "left,h", "group(-1)", "Group", "Go to the group above or below.", shown=False, sign="← h"),
        key("week.right", "right,l", "group(1)", "Group", "Go to the group above or below.", shown=False, sign="→ l"),
        key("week.page-down", "pagedown", "move(10)", "Ten", "Move by ten routines.", shown=False),
        key("week.page-up", "pageup", "move(-10)", "Ten", "Move by ten routines.", shown=False),
    ]

    class Selected(Message):
        """Another routine was selected."""

        def __init__(self, row: Row | None) -> None:
            """Say which, or what else."""
            super().__init__()
            self.row = row

    class Chosen(Message):
        """The selected routine was clicked again."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name Textual gives it
        """Begin empty."""
        super().__init__(id=id)
        self._lines: list[str | Row | None] = []
        self._places: list[int] = []
        self._selected = 0
        self._looks: tuple[Looks, Looks] | None = None
        """Of all lines, and of the selected one."""
        self._strips: dict[int, Strip] = {}
        self._drawn_at = -1

    @property
    def row(self) -> RoutineRow | None:
        """The routine that is selected."""
        return found if isinstance(found := self.picked, RoutineRow) else None

    @property
    def picked(self) -> Row | None:
        """The line that is selected: a routine or a loose end."""
        found = None if (place := self._selected_line) is None else self._lines[place]
        return None if isinstance(found, str) else found

    def show(self, groups: tuple[Group, ...]) -> None:
        """Draw groups; the selection stays with its routine."""
        before, line_before = self.picked, self._selected_line
        self._lines = []
        for title, rows in groups:
            self._lines += [None, title, *rows] if self._lines else [title, *rows]
        self._places = [place for place, line in enumerate(self._lines) if not (line is None or isinstance(line, str))]
        self._selected = self._place_of(before)
        self.virtual_size = Size(1, len(self._lines))
        self._strips.clear()
        self.refresh()
        if before is not None and self._selected_line != line_before:
            self._keep_in_sight()

    @property
    def _selected_line(self) -> int | None:
        return self._places[self._selected] if self._places else None

    def _place_of(self, row: Row | None) -> int:
        if row is None:
            return 0
        for number, place in enumerate(self._places):
            line = self._lines[place]
            if line is not None and not isinstance(line, str) and _key(line) == _key(row):
                return number
        return max(0, min(self._selected, len(self._places) - 1))

    def select(self, number: int) -> None:
        """Select by place among the routines, counted from 0; out of range takes the nearest."""
        number = max(0, min(number, len(self._places) - 1))
        if number == self._selected or not self._places:
            return
        before, place = self._places[self._selected], self._places[number]
        self._selected = number
        for changed in (before, place):
            self._strips.pop(changed, None)
            self.refresh_line(changed)
        self._keep_in_sight()
        self.post_message(self.Selected(self.picked))

    def _keep_in_sight(self) -> None:
        """Scroll to the selected line, and to the heading above a group's first one."""
        place = self._selected_line
        if place is None:
            return
        top = 0 if self._selected == 0 else place - 1 if isinstance(self._lines[place - 1], str) else place
        self.scroll_to_region(Region(0, top, 1, place - top + 1), animate=False)

    def select_routine(self, routine_id: str) -> None:
        """Select a routine by its id, if it is listed."""
        for number, place in enumerate(self._places):
            line = self._lines[place]
            if isinstance(line, RoutineRow) and line.routine_id == routine_id:
                self.select(number)

    def action_move(self, by: int) -> None:
        """Select so many routines further down."""
        self.select(self._selected + by)

    def action_end(self, direction: int) -> None:
        """Select the first or the last."""
        self.select(0 if direction < 0 else len(self._places) - 1)

    def action_group(self, direction: int) -> None:
        """Select the first routine of the next group, or of this one, then of the one above."""
        starts = [number for number, place in enumerate(self._places) if isinstance(self._lines[place - 1], str)]
        ahead = [start for start in starts if (start - self._selected) * direction > 0]
        if ahead:
            self.select(min(ahead) if direction > 0 else max(ahead))

    def on_click(self, event: events.Click) -> None:
        """Select what was clicked; choose it where it was selected before."""
        line = event.y + round(self.scroll_y)
        if line not in self._places or self.is_on_bar:
            return
        number = self._places.index(line)
        if number == self._selected:
            self.post_message(self.Chosen())
        self.select(number)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some of the lines that are seen."""
        if self._looks is None:
            picked = self.get_visual_style("routine-list--selected", partial=True)
            self._looks = Looks(self), Looks(self, picked)
        full_width, has_bar = self.outer_size.width, self.has_bar
        width = full_width - has_bar
        if width != self._drawn_at:
            self._drawn_at = width
            self._strips.clear()
        strips = []
        for number in range(self.scroll_offset.y + crop.y, self.scroll_offset.y + crop.bottom):
            if number not in self._strips:
                self._strips[number] = self._strip(number, width, *self._looks)
            strips.append(self._strips[number])
        if has_bar:
            strips = self.with_bar(strips, crop.y, self._looks[0])
        return strips if crop.width == full_width else [strip.crop(crop.x, crop.right) for strip in strips]

    def notify_style_update(self) -> None:
        """Forget the styles of before."""
        self._looks = None
        self._strips.clear()
        super().notify_style_update()

    def _strip(self, number: int, width: int, looks: Looks, picked: Looks) -> Strip:
        line = self._lines[number] if number < len(self._lines) else None
        if line is None:
            return looks.strip((), width)
        widths = Widths.within(width - 1)
        if isinstance(line, str):
            return looks.strip(heading_line(line, widths, number == 0 and bool(self._places)), width)
        selected = line is self.picked
        if isinstance(line, RoutineRow):
            drawn: Line = routine_line(line, widths, selected)
        else:
            from procroutine.tui.screens.loose_ends import loose_end_line

            drawn = loose_end_line(line, widths, selected)
        return selected_strip(self, picked.strip(drawn, width)) if selected else looks.strip(drawn, width)
