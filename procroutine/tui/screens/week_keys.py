"""The keys of This week, and what each does."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from procroutine.insight.views.week import RoutineRow, RowState, WeekView
from procroutine.run.shown_marker import forget_interruption
from procroutine.tui.keys import key
from procroutine.tui.opening import open_now
from procroutine.tui.screens.routine_list import RoutineList
from procroutine.tui.verbs import Interruption, leave_gap_out, prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.screen import Screen

    from procroutine.insight.views.loose_ends import LooseEndRow
    from procroutine.routine.model import Problem
    from procroutine.tui.screens.place import PlaceScreen
else:
    PlaceScreen = object  # Textual looks through each class of screens at every start

_OF_ROUTINES = ("start", "prepare", "trends", "flow", "path", "what_if", "skip", "edit")
"""What cannot be done with a loose end."""


class WeekKeys(PlaceScreen):
    """What a person can do on This week; the drawing is up to the screen made from this."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("week.start", "enter", "start", "Start", "Start the routine, or resume its run.", sign="↵"),
        key("week.before", "b", "prepare", "Before", "Do what may be done before its run.", shown=False),
        key("week.trends", "v", "trends", "Trends", "Show its weeks against the goal."),
        key("week.flow", "f", "flow", "Flow", "Flow map: its steps in lanes.", shown=False),
        key("week.path", "p", "path", "Path", "Path: its five phases, to move it on.", shown=False),
        key("week.what-if", "i", "what_if", "Try", "What if: try changes on a copy of its checklist.", shown=False),
        key("week.skip", "s", "skip", "Skip", "Leave it out this week."),
        key("week.skip-all", "S", "skip_all", "All off", "Leave all routines out this week.", shown=False),
        key("week.undo", "u", "undo", "Undo", "Take the last of these back.", shown=False),
        key("week.new", "n", "new", "New", "Write a new routine."),
        key("week.edit", "e", "edit", "Edit", "Open its file in your editor."),
        key("week.done", "enter,space", "loose_end('done')", "Done", "A loose end is done this week.", sign="↵"),
        key("week.routine", "b", "loose_end('routine')", "Routine", "Begin a routine from a loose end."),
        key("week.drop", "x", "loose_end('drop')", "Drop", "Offer a loose end no more."),
        key("week.later", "a", "write_down", "Later", "Write down a loose end.", shown=False),
        key("week.find", "slash", "find", "Find", "List names that hold some letters."),
        key("week.all", "escape", "all", "All", "List all routines again.", shown=False),
        key("week.resume", "r", "interrupted('resume')", "Resume", "Go on with an interrupted run.", shown=False),
        key("week.leave-out", "o", "interrupted('leave out')", "Omit", "Go on without the gap.", shown=False),
        key("week.discard", "d", "interrupted('discard')", "Discard", "Discard the interrupted run.", shown=False),
    ]

    view: WeekView | None = None
    letters = ""
    """What the listed names hold."""
    interruption: Interruption | None = None
    written: str | None = None
    """The id of a routine that was just written, to be selected once it is listed: the next key is meant for it."""
    loose_end: LooseEndRow | None = None
    """The one that is selected, if a routine is not."""

    def __init__(self) -> None:
        """Begin with nothing to take back."""
        super().__init__()
        self._undo: list[Callable[[], str]] = []

    @property
    def row(self) -> RoutineRow | None:
        """The routine that is selected."""
        return self.query_one(RoutineList).row

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        if action == "interrupted":
            return self.interruption is not None
        if action == "undo":
            return bool(self._undo)
        if action == "loose_end":
            return self.loose_end is not None and not (parameters == ("done",) and self.loose_end.is_done)
        return self.loose_end is None or action not in _OF_ROUTINES

    def action_start(self) -> None:
        """Start the selected routine, resume its run, or show what is wrong with its file."""
        row, app = self.row, self.procroutine
        if row is None:
            return
        if row.state is not RowState.BROKEN:
            app.open_run_of(row.routine_id, row.run_id)
            return
        entry = app.look(lambda: app.home.library().entries.get(row.routine_id))
        if entry is not None:
            self._open_problems(entry.path, entry.problems)

    def action_prepare(self) -> None:
        """Do what may be done before the run of the selected routine, or go on with it."""
        row = self.row
        if row is not None and self._is_sound(row):
            open_now(self.procroutine, prepare, row.routine_id, row.run_id)

    def _is_sound(self, row: RoutineRow) -> bool:
        """Whether the file of a routine can be read; where it cannot, that is said."""
        if row.state is RowState.BROKEN:
            self.procroutine.say(f"{row.name} has problems in its file: Enter shows them.")
        return row.state is not RowState.BROKEN

    def action_trends(self) -> None:
        """Show the trends of the selected routine."""
        if self.row is not None:
            self.procroutine.show_trends(self.row.routine_id)

    def action_flow(self) -> None:
        """Show the flow map of the selected routine."""
        from procroutine.tui.screens.flow import FlowScreen

        self._open_about(lambda routine_id: FlowScreen(routine_id, "week"))

    def action_path(self) -> None:
        """Show the path of the selected routine."""
        from procroutine.tui.screens.path import PathScreen

        self._open_about(PathScreen, as_filed=True)

    def action_what_if(self) -> None:
        """Try changes on a copy of the selected routine's checklist."""
        from procroutine.tui.screens.what_if import WhatIf

        self._open_about(lambda routine_id: WhatIf(routine_id, place="week"))

    def action_interrupted(self, what: str) -> None:
        """Answer what becomes of the interrupted run."""
        app, found = self.procroutine, self.interruption
        if found is None:
            return
        run = found[0]

        def forget() -> None:
            app.carried_out(lambda: forget_interruption(app.home.places.open_runs, run.id))

        if what == "discard":
            from procroutine.tui.screens.leave import ask_to_discard

            ask_to_discard(app, run.id, forget)
            return
        if what == "leave out" and not app.carried_out(lambda: leave_gap_out(app.home, found)):
            return
        forget()
        app.open_run_of(run.routine)

    def action_skip(self) -> None:
        """Declare the week off for the selected routine, after asking why."""
        row = self.row
        if row is not None and self._is_sound(row):
            self._leave_out(row.routine_id, row.name, f"{row.name} is", "S leaves all routines out.")

    def action_skip_all(self) -> None:
        """Declare the week off for all routines, after asking why."""
        self._leave_out(None, "all routines", "All routines are", "A holiday of several weeks: procroutine help off")

    def _leave_out(self, routine_id: str | None, named: str, subject: str, hint: str) -> None:
        view, app = self.view, self.procroutine
        if view is None or not view.groups:
            return
        week = view.week

        def back() -> str:
            app.home.history().clear_week_off(routine_id, week)
            return f"{subject} due again in week {week.number}."

        def skip(reason: str) -> None:
            if app.attempt(lambda: app.home.declare_off(routine_id, week, reason)) is not None:
                self.can_undo(back)
                app.say(f"{subject} left out in week {week.number}. u takes it back.")

        app.ask(f"Why leave out {named} in week {week.number}?", skip, hint)

    def can_undo(self, take_back: Callable[[], str]) -> None:
        """Let `u` take something back; what does it gives the sentence that says so."""
        self._undo.append(take_back)
        self.refresh_bindings()

    def action_undo(self) -> None:
        """Take back what was done last here."""
        said = self.procroutine.attempt(self._undo[-1]) if self._undo else None
        if said is not None:
            self._undo.pop()
            self.refresh_bindings()
            self.procroutine.say(said)

    def action_write_down(self) -> None:
        """Write down a loose end."""
        from procroutine.tui.screens.loose_ends import write_down

        write_down(self)

    def action_loose_end(self, what: str) -> None:
        """Say what becomes of the loose end that is selected."""
        from procroutine.tui.screens.loose_ends import act_on

        if self.loose_end is not None:
            act_on(self, self.loose_end, what)

    def action_new(self) -> None:
        """Write a new routine's file, after asking its name, and open it."""
        app = self.procroutine

        def write(name: str | None) -> None:
            path = app.attempt(lambda: app.home.new_routine(name)) if name else None
            if path is not None:
                self.written = os.path.splitext(os.path.basename(path))[0]
                self.edit_file(path)

        app.ask("What is the new routine called?", write, "Its file opens in your editor.")

    def action_edit(self) -> None:
        """Open the selected routine's file."""
        row, app = self.row, self.procroutine
        path = app.look(lambda: app.home.routine_path(row.routine_id)) if row is not None else None
        if path is not None:
            self.edit_file(path)

    def edit_file(self, path: str) -> None:
        """Open a routine's file in the editor, and say what is wrong with it then."""
        from procroutine.tui.screens.problems import edit_and_check

        edit_and_check(self.procroutine, path)

    def _open_about(self, screen: Callable[[str], Screen[None]], *, as_filed: bool = False) -> None:
        """Open a screen about the steps of the selected routine."""
        from procroutine.tui.screens.problems import open_about

        if self.row is not None:
            open_about(self.procroutine, self.row.routine_id, screen, as_filed=as_filed)

    def _open_problems(self, path: str, problems: Iterable[Problem]) -> None:
        from procroutine.tui.screens.problems import show_problems

        show_problems(self.procroutine, path, problems)
