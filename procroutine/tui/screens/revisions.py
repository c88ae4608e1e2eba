"""The revisions of a routine: did each one help, and what was changed by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from procroutine.errors import NotFound, UserError
from procroutine.insight.views.revisions import RevisionRow, RevisionsView
from procroutine.text import Shown, shown
from procroutine.tui.key_bar import KeyBar
from procroutine.tui.keys import key
from procroutine.tui.screens.past_screen import PastScreen
from procroutine.tui.screens.pick import PickScreen
from procroutine.tui.screens.revision_parts import DifferenceTable, RevisionList, RevisionsTitle, RevisionVerdict
from procroutine.tui.widgets.row_list import RowList
from procroutine.tui.widgets.top_bar import TopBar

_LOW = 16
"""Lines below which list and difference take turns."""


class RevisionsScreen(PastScreen):
    """The list, and below it the selected revision against another one."""

    TITLE = "Changes"
    CSS_PATH = "revisions.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("revisions.back", "escape", "back", "Back", "Go back to where you came from."),
        key("revisions.compare", "c", "compare", "Compare", "Hold the selected revision against another one."),
        key("revisions.real", "m", "mark", "Mark", "Mark it as a real change: new limits begin with it; again: none."),
        key("revisions.note", "n", "note", "Note", "Write down why it was made."),
        key("revisions.undo", "u", "undo", "Undo", "Take back the last note or mark."),
        key(
            "revisions.turn", "tab,shift+tab", "turn", "Turn", "Go to the difference, or back to the list.", shown=False
        ),
    ]
    AUTO_FOCUS = "#revision-list"

    view: RevisionsView | None = None
    against: int | None = None
    """What the selected revision is held against, where the person chose that."""

    def __init__(self, routine_id: str) -> None:
        """Show the revisions of a routine."""
        super().__init__()
        self.routine_id = routine_id
        self._undone_by: list[Callable[[], object]] = []
        self._number: int | None = None
        self._came: dict[int, Shown] = {}
        """What came of revisions that were tried before they were kept, by number."""

    def compose(self) -> ComposeResult:
        """Put list and difference below one another."""
        yield TopBar("trends")
        with Vertical(id="revisions"):
            yield RevisionsTitle(id="revisions-title")
            yield RevisionList(id="revision-list")
            yield RevisionVerdict(id="revision-verdict")
            yield DifferenceTable(id="difference")
            yield Static("", markup=False, id="revisions-remark")
        yield KeyBar()

    def draw(self) -> None:
        """Ask for the revisions, and draw them with the same one selected."""
        app = self.procroutine
        view = app.look(lambda: app.viewer.past.revisions.list(self.routine_id))
        if view is None:
            return
        if view != self.view:
            self.view = view
            numbers = [row.number for row in view.rows]
            index = numbers.index(self._number) if self._number in numbers else 0
            self.query_one(RevisionsTitle).show(view)
            self.query_one(RevisionList).show(view.rows, index)
            self.set_class(len(view.rows) < 2, "-alone")
            self.run_worker(self._look_what_came(), exclusive=True)
        self._draw_difference()
        self.refresh_bindings()

    async def _look_what_came(self) -> None:
        """Look what came of the revisions that were tried before they were kept, which takes a moment."""
        from procroutine.improvement.outcome_of_change import read_outcomes
        from procroutine.tui.beside import beside

        app, routine_id = self.procroutine, self.routine_id
        try:
            found = await beside(
                lambda _tell: read_outcomes(app.home.places, app.clock, routine_id), lambda _doing: None
            )
        except UserError as error:
            app.complain(error)
            return
        self._came = {one.revision: shown(" ".join(one.sentences())) for one in reversed(found)}
        self._draw_remark()

    def _draw_remark(self) -> None:
        """Say what came of the selected revision, where it was tried before it was kept."""
        row, view = self._row, self.view
        came = shown("") if row is None else self._came.get(row.number, shown(""))
        remark = (view.remark if view is not None else "") or came
        self.query_one("#revisions-remark", Static).update(Content(remark))
        self.set_class(bool(remark), "-remarked")

    @property
    def _row(self) -> RevisionRow | None:
        rows = self.query_one(RevisionList)
        return rows.rows[rows.index] if rows.count else None

    def _draw_difference(self) -> None:
        row, app = self._row, self.procroutine
        if row is None:
            return
        self._number = row.number
        revisions = app.viewer.past.revisions
        said = shown("")
        try:
            view = app.look(lambda: revisions.difference(self.routine_id, row.number, self.against), NotFound)
        except NotFound as error:
            view, said = None, shown(f"{error.problem[:1].upper()}{error.problem[1:]}: {error.remedy}.")
        self.query_one(RevisionVerdict).show(view, said)
        self.query_one(DifferenceTable).show(view)
        self._draw_remark()

    def on_resize(self) -> None:
        """Let list and difference take turns where there is no room for both."""
        self.set_class(self.size.height < _LOW, "-low")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        if action == "undo":
            return bool(self._undone_by)
        if action in ("mark", "note"):
            return self.view is not None and bool(self.view.rows)
        if action == "compare":
            return self.view is not None and len(self.view.rows) > 1
        return True

    @on(RowList.Selected)
    def _other_row(self) -> None:
        self.against = None
        self._draw_difference()

    @on(RowList.Opened)
    def _read(self) -> None:
        self.action_turn()

    def action_turn(self) -> None:
        """Go to the other of list and difference."""
        table = self.query_one(DifferenceTable)
        reading = self.focused is not table and not self.has_class("-alone")
        self.set_class(reading, "-reading")
        self.set_focus(table if reading else self.query_one(RevisionList))

    def action_back(self) -> None:
        """Go back: from the difference that has the whole screen to the list, else to where one came from."""
        if self.has_class("-low") and self.has_class("-reading"):
            self.action_turn()
        else:
            self.app.pop_screen()

    def action_compare(self) -> None:
        """Ask what to hold the selected revision against."""
        row = self._row
        if self.view is None or row is None:
            return
        others = [(str(one.number), _named(one)) for one in self.view.rows if one.number != row.number]
        chosen = None if row.against is None else str(self.against or row.against)
        self.app.push_screen(PickScreen(f"Hold v{row.number} against which?", others, chosen), self._compare)

    def _compare(self, number: str | None) -> None:
        if number is not None:
            self.against = int(number)
            self._draw_difference()

    def action_mark(self) -> None:
        """Mark the selected revision as a real change, or as none."""
        row = self._row
        if row is None:
            return
        real, number = row.real, row.number

        def mark(as_real: bool) -> None:
            home = self.procroutine.home
            home.history().mark_real_change(self.routine_id, number, as_real, home.former_ids(self.routine_id))

        if self._changed(lambda: mark(not real), lambda: mark(real)):
            what = "is no real change any more" if real else "is a real change: new limits begin with it"
            self.procroutine.say(f"v{number} {what}. u takes that back.")

    def action_note(self) -> None:
        """Ask for a note on the selected revision."""
        row = self._row
        if row is None:
            return
        before, number = row.note, row.number
        question = f"Why was v{number} made?"
        there = f"Now: {before}. An empty line takes it away." if before else ""
        self.procroutine.ask(question, lambda text: self._note(number, text), there, needed=not before)

    def _note(self, number: int, text: str) -> None:
        home, before = self.procroutine.home, None

        def note(words: str | None) -> str | None:
            """Write a note, or none; gives the one before."""
            former = home.former_ids(self.routine_id)
            documents = home.history().revisions(self.routine_id, former)
            home.history().set_revision_note(self.routine_id, number, words, former)
            return next((one["note"] for one in documents if one["number"] == number), None)

        def write() -> None:
            nonlocal before
            before = note(text or None)

        if self._changed(write, lambda: note(before)):
            self.procroutine.say("Noted. u takes it back." if text else "The note is gone. u brings it back.")

    def _changed(self, change: Callable[[], object], back: Callable[[], object]) -> bool:
        if not self.procroutine.carried_out(change):
            return False
        self._undone_by.append(back)
        self.refresh_bindings()
        return True

    def action_undo(self) -> None:
        """Take back the last note or mark."""
        if self._undone_by and self.procroutine.carried_out(self._undone_by[-1]):
            self._undone_by.pop()
            self.procroutine.say("Taken back.")
            self.refresh_bindings()


def _named(row: RevisionRow) -> Shown:
    return Shown(f"v{row.number}   {row.since}{f'   {row.note}' if row.note else ''}")
