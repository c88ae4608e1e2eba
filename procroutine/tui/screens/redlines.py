"""What the person wanted to change or eliminate next time, shown before the next run begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.widgets import Static

from procroutine.routine.editor import content_of
from procroutine.text import shown
from procroutine.tui.keys import key
from procroutine.tui.screens.dialog import Dialog
from procroutine.tui.widgets.cells import LABEL, QUIET, SOFT, Part, column, joined, lines
from procroutine.tui.widgets.selected import selected_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from procroutine.history.heads import Redline
    from procroutine.routine.model import Problem

_YEARS = 2
"""Years of history in which the run is looked for after which a redline was written."""
_KEYS = (("d", "done, edit it"), ("x", "drop"), ("u", "undo"), ("↵", "not now, begin"))
_SEVERAL = ("space", "choose")
_WIDEST = 64
"""Columns of the box at most."""
_ENDED = {"done": ("✓", "$text-success"), "dropped": ("–", "$text-warning")}


class RedlinesScreen(Dialog[bool]):
    """The open redlines of a routine; gives True when the run is to begin, esc gives None and begins nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("redlines.close", "escape", "close", "Close", "Begin nothing.", shown=False),
        key("redlines.begin", "enter,n", "begin", "Begin", "Not now: begin the run.", shown=False),
        key("redlines.choose", "space", "choose", "Choose", "Choose the marked one for done.", shown=False),
        key("redlines.done", "d", "done", "Done", "Edit the routine, and settle those chosen.", shown=False),
        key("redlines.drop", "x", "drop", "Drop", "Drop the marked one.", shown=False),
        key("redlines.undo", "u", "undo", "Undo", "Open again what was settled last.", shown=False),
        key("redlines.down", "down,j,tab", "move(1)", "Down", "Mark the next one.", shown=False),
        key("redlines.up", "up,k,shift+tab", "move(-1)", "Up", "Mark the one above.", shown=False),
    ]

    def __init__(self, routine_id: str, redlines: Iterable[Redline]) -> None:
        """Take the routine and its open redlines."""
        super().__init__()
        self._routine_id = routine_id
        self._redlines = tuple(redlines)
        self._states = dict.fromkeys((line.id for line in self._redlines), "open")
        self._settled: list[tuple[str, ...]] = []
        self._chosen: set[str] = set()
        self._marked = 0
        self._weeks: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Put question, redlines and keys below one another."""
        app = self.procroutine
        wanted = {line.run for line in self._redlines}
        overview = app.look(lambda: app.home.overview(_YEARS))
        heads = overview.heads if overview is not None else ()
        self._weeks = {head.id: f"week {head.week.number}" for head in heads if head.id in wanted}
        with Vertical(id="box"):
            yield Static(Content.styled("You wanted to change this before the next run", "bold"))
            with VerticalScroll(id="redline-list", can_focus=False):
                yield Static(self._lines(), id="redlines")
            yield Static(self._key_lines(), id="redline-keys")

    def _lines(self) -> Content:
        return lines(self._line(place, line) for place, line in enumerate(self._redlines))

    def _line(self, place: int, line: Redline) -> Content:
        state = self._states[line.id]
        marked = place == self._marked
        week = self._weeks.get(line.run or "")
        style = QUIET if state != "open" else "bold" if marked else SOFT
        parts: list[Part] = [
            ("▌" if marked else " ", "$primary"),
            _ENDED.get(state, ("●", "$primary") if line.id in self._chosen else ("○", LABEL)),
            " ",
            (shown(line.text), style),
        ]
        if week is not None:
            parts.append((f"   {week}", LABEL))
        if state != "open":
            parts.append((f"   {state}", _ENDED[state][1]))
        row = joined(*parts)
        if not marked:
            return row
        return selected_line(self, column(row, max(self._width, row.cell_length)), "$foreground on $primary 14%")

    @property
    def _width(self) -> int:
        return min(self.app.size.width - 4, _WIDEST)

    def _key_lines(self) -> Content:
        """Put as many keys on a line as it holds, each with its words."""
        rows: list[Content] = []
        for letter, words in (_KEYS[0], _SEVERAL, *_KEYS[1:]) if len(self._redlines) > 1 else _KEYS:
            one = joined((letter, "bold $text-primary"), (f" {words}", QUIET))
            longer = joined(rows[-1], "   ", one) if rows else one
            if rows and longer.cell_length <= self._width:
                rows[-1] = longer
            else:
                rows.append(one)
        return lines(rows)

    def on_resize(self) -> None:
        """Put the keys into other lines, and fill the width with the marked redline."""
        for redlines in self.query("#redlines").results(Static):
            redlines.update(self._lines())
        for keys in self.query("#redline-keys").results(Static):
            keys.update(self._key_lines())

    def _draw(self) -> None:
        self.query_one("#redlines", Static).update(self._lines())
        self.call_after_refresh(self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        """Scroll to the marked redline, which may take several lines as those above it."""
        width = self.query_one("#redlines", Static).size.width
        heights = [len(self._line(place, line).wrap(max(width, 1))) for place, line in enumerate(self._redlines)]
        marked = Region(0, sum(heights[: self._marked]), 1, heights[self._marked])
        self.query_one("#redline-list").scroll_to_region(marked, animate=False)

    def action_move(self, by: int) -> None:
        """Mark another one."""
        self._marked = (self._marked + by) % len(self._redlines)
        self._draw()

    def action_begin(self) -> None:
        """Let the run begin."""
        self.dismiss(True)

    def action_choose(self) -> None:
        """Choose the marked one, to be done with others by one change, or choose it no more."""
        line = self._redlines[self._marked]
        if self._states[line.id] == "open":
            self._chosen ^= {line.id}
            self._draw()

    def action_drop(self) -> None:
        """Drop the marked one."""
        line, app = self._redlines[self._marked], self.procroutine
        if self._states[line.id] != "open":
            return
        if app.carried_out(lambda: app.home.history().settle_redline(line.id, "dropped")):
            self._settled_now((line,), "dropped")
            app.say("Dropped. u brings it back.")

    def action_undo(self) -> None:
        """Open again what was settled last."""
        if not self._settled:
            return
        app, last = self.procroutine, self._settled[-1]

        def open_again() -> None:
            for redline in last:
                app.home.history().settle_redline(redline, "open")

        if app.carried_out(open_again):
            self._settled.pop()
            self._states |= dict.fromkeys(last, "open")
            self._draw()
            app.say("They are open again." if len(last) > 1 else "It is open again.")

    def _settled_now(self, redlines: Sequence[Redline], state: str) -> None:
        """Show what became of redlines, and mark the first that is open still."""
        ids = tuple(line.id for line in redlines)
        self._states |= dict.fromkeys(ids, state)
        self._settled.append(ids)
        self._chosen -= set(ids)
        still = [place for place, line in enumerate(self._redlines) if self._states[line.id] == "open"]
        self._marked = still[0] if still else self._marked
        self._draw()

    def action_done(self) -> None:
        """Open the routine in the person's editor; what comes out of it is tied to those chosen, or the marked one."""
        app = self.procroutine
        wanted = self._chosen or {self._redlines[self._marked].id}
        redlines = [line for line in self._redlines if line.id in wanted and self._states[line.id] == "open"]
        if not redlines or not app.carried_out(app.home.record_revisions):
            return
        path = app.look(lambda: app.home.routine_path(self._routine_id))
        if path is not None:
            self._edit(path, redlines, content_of(path))

    def _edit(self, path: str, redlines: Sequence[Redline], before: bytes | None) -> None:
        """Open the file, which held `before`, and settle what was done there."""
        from procroutine.history.redlines import done_sentence, settle_as_done
        from procroutine.tui.editor import edit_file

        app = self.procroutine
        problems = app.attempt(lambda: edit_file(app, path))
        if problems:
            self._show_problems(path, problems, lambda: self._edit(path, redlines, before))
        elif problems is not None:
            changed = content_of(path) != before
            tied = app.attempt(lambda: settle_as_done(app.home, self._routine_id, redlines, changed=changed))
            if tied is not None:
                settled = [line for line in redlines if changed or line.id in tied]
                said = done_sentence(next(iter(tied.values()), None), len(settled), len(redlines) - len(settled))
                if settled:
                    self._settled_now(settled, "done")
                    said += f" u opens {'them' if len(settled) > 1 else 'it'} again."
                app.say(said)

    def _show_problems(self, path: str, problems: Iterable[Problem], edit_again: Callable[[], object]) -> None:
        from procroutine.tui.screens.problems import ProblemsScreen

        def answered(answer: str | None) -> None:
            if answer == "edit":
                edit_again()

        self.app.push_screen(ProblemsScreen(path, problems), answered)
