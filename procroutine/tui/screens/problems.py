"""What is wrong with a routine's file, all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from procroutine.text import counted, shown
from procroutine.tui.keys import key
from procroutine.tui.screens.dialog import Dialog
from procroutine.tui.widgets.cells import QUIET, SOFT, joined, lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.screen import Screen

    from procroutine.routine.model import Problem
    from procroutine.tui.app import ProcroutineApp


_PROBLEM, _NOTE = ("× ", "bold $text-error"), ("! ", "bold $text-warning")


def problem_text(problem: Problem, sign: tuple[str, str] = _PROBLEM) -> Content:
    """Say where a problem, or a note with another sign, is, what it is, and what to write instead."""
    line = f"line {problem.line}" if problem.line else ""
    where = "  ".join(part for part in (line, shown(problem.key or "")) if part)
    head = joined(sign, (shown(problem.problem), "bold"))
    return lines([head, joined("  ", (where, QUIET), "  " if where else "", (shown(problem.remedy), SOFT))])


class ProblemsScreen(Dialog[str]):
    """A list of problems and notes; gives `edit` where the file is to be opened."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("problems.close", "escape,enter,q", "close", "Close", "Close this list.", shown=False),
        key("problems.edit", "e", "edit", "Edit", "Open the file in your editor.", shown=False),
    ]

    def __init__(self, file: str, problems: Iterable[Problem], notes: Iterable[Problem] = ()) -> None:
        """Take the file's path, what is wrong with it, and what is allowed there and perhaps not meant."""
        super().__init__()
        self._file = file
        self._problems, self._notes = tuple(problems), tuple(notes)

    def compose(self) -> ComposeResult:
        """Put the problems below the path."""
        with Vertical(id="box"):
            counts = ((self._problems, "problem"), (self._notes, "note"))
            heading = ", ".join(counted(len(told), kind) for told, kind in counts if told)
            yield Static(Content.styled(heading, "bold"))
            yield Static(Content.styled(shown(self._file), QUIET))
            with VerticalScroll(id="problem-list"):
                told = [*map(problem_text, self._problems), *(problem_text(note, _NOTE) for note in self._notes)]
                yield Static(Content("\n\n").join(told))
            yield Static(
                joined(
                    ("e", "bold $text-primary"), (" edit   ", QUIET), ("esc", "bold $text-primary"), (" close", QUIET)
                )
            )

    def action_edit(self) -> None:
        """Ask for the editor."""
        self.dismiss("edit")


def open_about(
    app: ProcroutineApp, routine_id: str, screen: Callable[[str], Screen[None]], *, as_filed: bool = False
) -> None:
    """Open a screen about the steps of a routine; where nothing tells these, show what is wrong with its file instead.

    Where a file has problems its newest run tells them, unless they are needed `as_filed`.
    """
    entry = app.look(lambda: app.home.library().entries.get(routine_id))
    if entry is not None and entry.routine is None:
        told = app.look(lambda: app.viewer.past.routine(routine_id).steps)
        if told is None:
            return
        if as_filed or not told:
            show_problems(app, entry.path, entry.problems)
            return
    app.push_screen(screen(routine_id))


def edit_and_check(app: ProcroutineApp, path: str) -> None:
    """Open a routine's file in the editor, and say what is wrong with it then."""
    from procroutine.tui.editor import edit_file

    problems = app.attempt(lambda: edit_file(app, path))
    if problems:
        show_problems(app, path, problems)
    elif problems is not None and app.carried_out(app.home.record_revisions):
        app.say("Checked: no problems.")
        if app.look(lambda: notes_on(app, path)):
            show_problems(app, path, ())


def notes_on(app: ProcroutineApp, path: str) -> tuple[Problem, ...]:
    """Give what is allowed in a file and perhaps not meant."""
    from procroutine.routine.checked import check_library

    return check_library(app.home.library()).of(path).notes


def show_problems(app: ProcroutineApp, path: str, problems: Iterable[Problem]) -> None:
    """Show what is wrong with a file, and what is to be noted of it, from where it can be edited again."""

    def answered(answer: str | None) -> None:
        if answer == "edit":
            edit_and_check(app, path)

    app.push_screen(ProblemsScreen(path, problems, app.look(lambda: notes_on(app, path)) or ()), answered)
