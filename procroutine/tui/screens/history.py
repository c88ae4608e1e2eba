"""History: every past run, by week. What opens from it is loaded when it is first opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from procroutine.insight.views.past import HistoryView
from procroutine.text import Shown, counted
from procroutine.tui.key_bar import KeyBar
from procroutine.tui.keys import key
from procroutine.tui.screens.deletions import Deletions
from procroutine.tui.screens.history_head import FilterHint, HistoryTitle
from procroutine.tui.screens.past_screen import PastScreen
from procroutine.tui.screens.run_table import RunTable
from procroutine.tui.widgets.row_list import RowList
from procroutine.tui.widgets.top_bar import TopBar

SORTS = ("newest", "longest", "over-goal")
_LONGEST = 200
_PLACEHOLDER = "what the runs are to be like"
_PAUSE = 0.04
"""Seconds without a key before the letters are looked for, so that quick typing is one search."""
_BETWEEN = 0.003
"""Seconds between two parts of reading all runs."""
_NOTHING_YET = "No runs yet. Start a routine on This week (1); what you finish is kept here."


class HistoryScreen(PastScreen):
    """The place called History."""

    TITLE = "History"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("history.filter", "slash", "filter", "Filter", "List only some runs: words, week:W40, over.", sign="/"),
        key("history.routine", "r", "routine", "Routine", "List the runs of one routine."),
        key("history.sort", "o", "sort", "Sort", "List the newest, the longest, or the most over goal first."),
        key("history.compare", "c", "compare", "Compare", "Mark a run; on another one, compare the two by steps."),
        key("history.delete", "d", "delete", "Delete", "Delete the selected run; u brings it back."),
        key("history.undo", "u", "undo", "Undo", "Bring the run back that was deleted last."),
        key("history.correct", "e", "correct", "Correct", "Open the run to correct a step's time.", shown=False),
        key("history.export", "x", "export", "Export", "Write the listed runs to a CSV file.", shown=False),
        key("history.all", "escape", "all", "All", "List all runs again."),
    ]
    AUTO_FOCUS = "#history-table"

    view: HistoryView | None = None
    routine_id: str | None = None
    """Whose runs are listed; None: everyone's."""
    letters = ""
    """What they are to be like, as it was typed."""
    sort = "newest"
    """Their order."""
    _search: Timer | None = None

    def __init__(self) -> None:
        super().__init__()
        self._reading: Iterator[bool] | None = None
        """The work of reading all runs, while that goes on."""
        self.deletions = Deletions()

    def compose(self) -> ComposeResult:
        """Put title, letters and table below one another."""
        yield TopBar("history")
        with Vertical(id="history"):
            yield HistoryTitle(id="history-title")
            yield Input(placeholder=_PLACEHOLDER, max_length=_LONGEST, compact=True, id="history-letters")
            yield FilterHint(id="history-hint")
            yield RunTable(self._wait_for_all, id="history-table")
            yield Static(Content(_NOTHING_YET), id="history-empty")
        yield KeyBar()

    def draw(self) -> None:
        """Ask for the runs, and draw them; of many the newest first, and all once they are read."""
        if self.view is None:
            runs = self.procroutine.viewer.past.runs
            self._show(self.procroutine.look(runs.newest))
            if not self._has_all:
                self._reading = runs.reading()
                self.call_after_refresh(self.set_timer, _BETWEEN, self._read_on)
        elif self._has_all or self._reading is None:
            self._draw_all()

    @property
    def _has_all(self) -> bool:
        return self.view is None or self.view.is_whole

    def _read_on(self) -> None:
        """Read a part of all runs; keys are answered between two of them."""
        reading = self._reading or iter(())
        has_all = self.procroutine.look(lambda: next(reading, None))
        if has_all is None:
            self._reading = None  # all is read, or cannot be, which was told
            return
        if has_all and not self._has_all:
            self._draw_all()
        self.set_timer(_BETWEEN, self._read_on)

    def _draw_all(self) -> None:
        app = self.procroutine
        self._show(app.look(lambda: app.viewer.past.runs.history(self.routine_id, self.letters, self.sort)))

    def _wait_for_all(self) -> None:
        """Draw all runs now, for a key that is about them."""
        if not self._has_all:
            self._draw_all()

    def _show(self, view: HistoryView | None) -> None:
        if view is None or view == self.view:
            return
        self.view = view
        self.query_one(HistoryTitle).show(view)
        self.query_one(FilterHint).show(view.problem)
        self.query_one(RunTable).show(view)
        self._say_what_is_missing(view)
        self.refresh_bindings()

    def _say_what_is_missing(self, view: HistoryView) -> None:
        self.set_class(not view.rows, "-empty")
        nothing = "Nothing like that. esc lists all runs again." if self._is_some else _NOTHING_YET
        self.query_one("#history-empty", Static).update(Content(nothing))
        if view.rows and self.focused is None and not self.is_too_small:
            self.set_focus(self.query_one(RunTable))  # which lost the keys while it was not seen

    @property
    def _is_some(self) -> bool:
        """Whether not all runs are listed."""
        return bool(self.letters) or self.routine_id is not None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        if action == "undo":
            return bool(self.deletions)
        if action in ("delete", "correct", "export", "sort", "compare"):
            return self.view is not None and bool(self.view.rows)
        if action == "filter":
            return not isinstance(self.focused, Input)
        if action == "all":
            return self._is_some or self.has_class("-filtering") or self.query_one(RunTable).marked is not None
        return True

    @on(RowList.Opened)
    def _open(self, event: RowList.Opened) -> None:
        from procroutine.tui.screens.run_page import RunPageScreen

        if self.view is not None:
            self.app.push_screen(RunPageScreen(self.view.rows[event.index].run_id, self.deletions))

    def action_filter(self) -> None:
        """Ask for words and terms."""
        self.add_class("-filtering")
        self.query_one(Input).focus()
        self.refresh_bindings()

    @on(Input.Changed)
    def _look_soon(self) -> None:
        if self._search is not None:
            self._search.stop()
        # What stands in the line by then is looked for: esc may have emptied it.
        self._search = self.set_timer(_PAUSE, lambda: self._look_for(self.query_one(Input).value))

    def _look_for(self, letters: str) -> None:
        if letters != self.letters:
            self.letters = letters
            self.draw()

    @on(Input.Submitted)
    def _to_the_table(self, event: Input.Submitted) -> None:
        self._look_for(event.value)
        self.set_class(self.view is not None and bool(self.view.problem), "-filtering")
        self.query_one(RunTable).focus()
        self.refresh_bindings()

    def action_all(self) -> None:
        """Forget the marked run; without one list everything again."""
        table = self.query_one(RunTable)
        if table.marked is not None and table.has_focus:
            table.mark(None)
        else:
            self.query_one(Input).clear()
            self.remove_class("-filtering")
            self.letters, self.routine_id = "", None
            table.focus()
            self._draw_all()
        self.refresh_bindings()

    def action_sort(self) -> None:
        """List the runs in the next order."""
        self.sort = SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)]
        self._draw_all()
        self.query_one(RunTable).select(0)

    def action_compare(self) -> None:
        """Mark the selected run, or compare it with the one that is."""
        from procroutine.tui.screens.compare import CompareScreen

        table, app = self.query_one(RunTable), self.procroutine
        row, marked = table.row, table.marked
        if row is None:
            return
        table.mark(row.run_id if marked is None else None)
        if marked is None:
            app.say(f"{row.name}, {row.finished} is marked: c on another run compares the two.")
        elif marked != row.run_id:
            app.clear_notifications()
            app.push_screen(CompareScreen(row.run_id, marked))
        self.refresh_bindings()

    def action_routine(self) -> None:
        """Ask whose runs to list."""
        from procroutine.tui.screens.pick import PickScreen

        routines = self.procroutine.look(self.procroutine.viewer.past.trends_routines)
        if routines:
            names = (("", Shown("All routines")), *routines)
            self.app.push_screen(PickScreen("Whose runs?", names, self.routine_id or ""), self._choose)
        elif routines is not None:
            self.procroutine.say(_NOTHING_YET)

    def _choose(self, routine_id: str | None) -> None:
        if routine_id is not None:
            self.routine_id = routine_id or None
            self._draw_all()

    def action_delete(self) -> None:
        """Delete the selected run, and say how to get it back."""
        self._wait_for_all()
        row = self.query_one(RunTable).row
        if row is not None and self.deletions.delete(self.procroutine, row.run_id, f"{row.name}, {row.finished}"):
            self.refresh_bindings()

    def action_undo(self) -> None:
        """Bring the run back that was deleted last."""
        self._wait_for_all()
        self.deletions.restore(self.procroutine)
        self.refresh_bindings()

    def action_correct(self) -> None:
        """Open the selected run, where times are corrected."""
        self.query_one(RunTable).action_open()

    def action_export(self) -> None:
        """Write the listed runs to a CSV file in the present folder."""
        from procroutine.tui.screens.exports import export
        from procroutine.tui.screens.history_export import runs_as_csv

        self._wait_for_all()
        view = self.view
        if view is not None:
            what = f"{counted(len(view.rows), 'run')} written"
            export(self.procroutine, "history", "csv", lambda: runs_as_csv(view), what)
