"""The place called This week: what is due, late and done, and the way into every routine."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from procroutine.insight.views.week import RoutineRow, WeekView
from procroutine.text import shown
from procroutine.tui.key_bar import KeyBar
from procroutine.tui.screens.place import PlaceScreen
from procroutine.tui.screens.routine_list import RoutineList
from procroutine.tui.screens.routine_pane import RoutinePane
from procroutine.tui.screens.week_head import WeekHead
from procroutine.tui.screens.week_keys import WeekKeys
from procroutine.tui.verbs import interruption
from procroutine.tui.widgets.cells import QUIET, SOFT, joined
from procroutine.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from textual.widgets import Input

    from procroutine.tui.screens.routine_list import Group, Row

_ANSWERS = joined(
    *(("r", "bold $text-primary"), (" resume   ", QUIET), ("o", "bold $text-primary")),
    *((" leave out the time since   ", QUIET), ("d", "bold $text-error"), (" discard", QUIET)),
)
"""The keys that answer what becomes of an interrupted run."""
_TIGHT = 18
"""Lines below which nothing stands between summary, list and brief."""


class WeekScreen(WeekKeys, PlaceScreen):
    """The place called This week."""

    TITLE = "This week"
    BINDINGS: ClassVar[list[BindingType]] = [*WeekKeys.BINDINGS]
    CSS_PATH = "week.tcss"
    AUTO_FOCUS = "#routines"

    _minute: datetime | None = None
    _rested = False
    """Whether nothing else was selected since the last second."""

    def compose(self) -> ComposeResult:
        """Put head and list below one another, and the selected routine beside them, or below where it is narrow."""
        yield TopBar("week")
        yield WeekHead(self.app.size.height)
        yield RoutineList(id="routines")
        yield RoutinePane(id="pane")
        yield KeyBar()

    def on_mount(self) -> None:
        """Draw the week before the first frame."""
        self.draw_if_changed()

    def draw(self) -> None:
        """Ask for the week, and draw it if it is another than before."""
        app = self.procroutine
        self._minute = _minute_of(app.now())
        view = app.look(app.viewer.week)
        found = app.look(lambda: interruption(app.home))
        if view is None or (view == self.view and found == self.interruption):
            return
        self.view, self.interruption = view, found
        bar = self.query_one(TopBar)
        bar.day, bar.week, bar.demo = view.date, view.week, app.home.places.demo
        self.query_one(WeekHead).show(view, self._quiet_lines(view))
        self._list(view)
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Leave the blank lines out where there are few."""
        self.set_class(self.size.height < _TIGHT, "-tight")
        self.query_one(WeekHead).fit(self.size.height)

    def each_second(self) -> None:
        """Ask anew in another minute or zone: what is late, and when things would end, depends on it.

        The score of a routine takes too long for the first frame, and for each routine that one passes: it is asked
        for once the same one was selected for a second.
        """
        if _minute_of(self.procroutine.now()) != self._minute:
            self.draw()
        app, pane = self.procroutine, self.query_one(RoutinePane)
        routine_id = pane.unscored
        if routine_id is not None and self._rested:
            pane.tell_score(app.look(lambda: app.viewer.score(routine_id)))
        self._rested = True

    def _quiet_lines(self, view: WeekView) -> tuple[Content, ...]:
        app = self.procroutine
        words = (*map(shown, app.first_words), *view.quiet_lines)
        sentences = [joined(("· ", QUIET), (sentence, SOFT)) for sentence in words]
        if self.interruption is not None:
            name = f"{shown(self.interruption[0].routine_name)}:  " if len(view.quiet_lines) > 1 else ""
            sentences.append(joined(("  " + name, SOFT), _ANSWERS))
        if not view.groups:
            what = f"Press n to write one, or put files into {shown(app.home.places.routines)}"
            sentences.append(joined(("No routines yet. ", "bold"), (what, SOFT)))
        return tuple(sentences)

    def _list(self, view: WeekView) -> None:
        groups: tuple[Group, ...] = view.groups
        if view.loose_ends:
            groups = (*groups, ("Loose ends", view.loose_ends))
        self.set_class(not groups, "-empty")
        routines = self.query_one(RoutineList)
        routines.show(_holding(groups, self.letters))
        if self.written is not None:
            routines.select_routine(self.written)
            if routines.row is not None and routines.row.routine_id == self.written:
                self.written = None
        self._show_row(routines.picked)

    def _show_row(self, row: Row | None) -> None:
        self.query_one(RoutinePane).show(row)
        self._rested = False
        if isinstance(row, RoutineRow):
            self.procroutine.chosen_routine = row.routine_id
        before, self.loose_end = self.loose_end, None if isinstance(row, RoutineRow) else row
        if self.loose_end is not before:
            self.refresh_bindings()

    @on(RoutineList.Selected)
    def _selected(self, event: RoutineList.Selected) -> None:
        self._show_row(event.row)

    @on(RoutineList.Chosen)
    def _chosen(self) -> None:
        if self.loose_end is None:
            self.action_start()
        elif not self.loose_end.is_done:
            self.action_loose_end("done")

    def action_find(self) -> None:
        """Ask for letters; the list follows as they are typed."""
        from procroutine.tui.screens.find import FindField

        if not self.query("#find"):
            self.mount(FindField(self.letters), before="#routines")

    def action_all(self) -> None:
        """List all routines again."""
        self._find("")
        self.query("#find").remove()
        self.query_one(RoutineList).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Let the list follow what is typed."""
        self._find(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go back to the list; the letters stay unless there are none."""
        if not event.value.strip():
            self.query("#find").remove()
        self.query_one(RoutineList).focus()

    def _find(self, letters: str) -> None:
        self.letters = letters.strip()
        if self.view is not None:
            self._list(self.view)


def _minute_of(moment: datetime) -> datetime:
    """Give the minute that the clock on the wall shows, which is another one in another zone."""
    return moment.replace(second=0, microsecond=0, tzinfo=None)


def _holding(groups: tuple[Group, ...], letters: str) -> tuple[Group, ...]:
    """Give the rows whose name holds some letters, groups without any left out; without any row a heading says so."""
    if not letters:
        return groups
    wanted = letters.casefold()
    found = ((title, tuple(row for row in rows if wanted in _named(row).casefold())) for title, rows in groups)
    return tuple((title, rows) for title, rows in found if rows) or (("Nothing matches.", ()),)


def _named(row: Row) -> str:
    return row.name if isinstance(row, RoutineRow) else row.text
