"""What-if: changes tried on a copy of a routine's checklist, with what they would come to, and kept by one key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.content import Content

from procroutine.errors import UserError
from procroutine.improvement.draft import Draft
from procroutine.improvement.keeping import keep, take_back
from procroutine.improvement.tried import read_tried, write_tried
from procroutine.improvement.what_if import WhatIfGround, read_what_if
from procroutine.improvement.what_if_view import WhatIfRow, what_if_view
from procroutine.text import counted, shown
from procroutine.tui.beside import Tell, beside
from procroutine.tui.key_bar import KeyBar
from procroutine.tui.screens.choose import Choice, ChooseScreen
from procroutine.tui.screens.what_if_keys import WhatIfKeys
from procroutine.tui.screens.what_if_parts import WhatIfHead, WhatIfSide, WhatIfSteps
from procroutine.tui.widgets.cells import lines
from procroutine.tui.widgets.row_list import RowList
from procroutine.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from procroutine.improvement.change import Change
    from procroutine.improvement.keeping import Kept

Reader = Callable[[Tell], WhatIfGround]
_READING = "Reading your runs …"
_LOW = 16
"""Lines below which only the figures that matter most are seen."""
_MOST_NAMED = 8
"""Changes that are named before they are written; the others are counted."""


class WhatIf(WhatIfKeys):
    """A copy of a routine's checklist."""

    TITLE = "What if"
    CSS_PATH = "what_if.tcss"
    AUTO_FOCUS = "#what-if-steps"

    ground: WhatIfGround | None = None
    """What it rests on; None while that is read."""

    def __init__(
        self, routine_id: str, changes: Iterable[Change] = (), place: str = "trends", reader: Reader | None = None
    ) -> None:
        """Take a routine, and changes to begin with; `place` is underlined at the top, `reader` reads the runs."""
        super().__init__()
        self.routine_id = routine_id
        self._first = tuple(changes)
        self._place = place
        self._reader = reader

    def compose(self) -> ComposeResult:
        """Put the head above the steps, with what they come to beside or below them."""
        yield TopBar(self._place)
        with Vertical(id="what-if"):
            yield WhatIfHead(id="what-if-head")
            with Container(id="what-if-body"):
                yield WhatIfSteps(id="what-if-steps")
                yield WhatIfSide(id="what-if-side")
        yield KeyBar()

    @property
    def row(self) -> WhatIfRow | None:
        """The selected step."""
        return self.query_one(WhatIfSteps).row

    @property
    def used(self) -> Mapping[str, tuple[str, ...]]:
        """What steps with alternatives are done with most often."""
        return {} if self.ground is None else self.ground.predictor.basis.used

    def draw(self) -> None:
        """Begin to read the routine and its runs anew; what was tried stays."""
        app = self.procroutine
        routine = None if self._reader else app.look(lambda: app.viewer.past.routine(self.routine_id))
        view = None if routine is None else what_if_view(Draft.of(routine), None, None)
        if view is not None and self.draft is None:
            self.query_one(WhatIfSteps).show(view.rows)
            self._share()
        self.query_one(WhatIfHead).show(view, _READING)
        self.run_worker(self._read(), exclusive=True)

    async def _read(self) -> None:
        app = self.procroutine
        read = self._reader or (lambda _tell: read_what_if(app.home.places, app.clock, self.routine_id))
        try:
            ground = await beside(read, lambda _doing: None)
        except UserError as error:
            app.complain(error)
            self.query_one(WhatIfHead).show(None, "")
            return
        tried = self._changes_to_begin_with() if self.draft is None else self.draft.changes
        first = self._first[0].steps[0] if self._first and self.draft is None else None
        self.ground = ground
        self.try_draft(self._with(Draft.of(ground.routine), tried), first)

    def _changes_to_begin_with(self) -> tuple[Change, ...]:
        """Give what was being tried when this was left last, and what it is opened with now."""
        app = self.procroutine
        tried = () if self._reader else app.look(lambda: read_tried(app.home.places, self.routine_id)) or ()
        if tried:
            app.say(f"{counted(len(tried), 'change')} of last time; u takes the last one back.")
        return (*tried, *(change for change in self._first if change not in tried))

    def remember(self, draft: Draft) -> None:
        """Remember what is tried for the next time."""
        app = self.procroutine
        app.look(lambda: write_tried(app.home.places, self.routine_id, draft.changes))

    def action_leave(self) -> None:
        """Go back; what was tried stays."""
        if self.draft is not None and self.draft.changes:
            self.procroutine.say("What you tried stays here for the next time; nothing is written into the file.")
        self.app.pop_screen()

    def _with(self, draft: Draft, changes: Iterable[Change]) -> Draft:
        """Make changes as far as they can be made; the first that cannot is told."""
        for change in changes:
            try:
                draft = draft.changed(change)
            except UserError as error:
                self.procroutine.complain(error)
                break
        return draft

    def try_draft(self, draft: Draft, step_id: str | None = None) -> None:
        """Predict and draw a draft, with a step of it selected."""
        ground = self.ground
        if ground is None:
            return
        self.draft = draft
        prediction = ground.predictor.predict(draft)
        view = what_if_view(draft, ground.predictor.basis, prediction, ground.fewest, ground.kept)
        self.query_one(WhatIfHead).show(view, "")
        self.query_one(WhatIfSteps).show(view.rows, step_id)
        self.query_one(WhatIfSide).show(view)
        self._share()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Draw what it comes to as there is room now."""
        self.call_after_refresh(self._share)

    def _share(self) -> None:
        """Give the steps the lines they need, and the figures what is left below them, if not beside."""
        steps, side = self.query_one(WhatIfSteps), self.query_one(WhatIfSide)
        body = self.query_one("#what-if-body")
        if body.styles.layout is not None and body.styles.layout.name == "vertical":
            room, least = body.size.height, 2 if self.size.height < _LOW else 7
            steps.styles.height = max(2, min(steps.count + 1, room - least - 1))
            side.styles.height = "1fr"
        else:
            steps.styles.height = side.styles.height = "1fr"
        self.call_after_refresh(side.redraw)

    @on(RowList.Opened)
    def _change_opened(self) -> None:
        self.ask_what()

    def action_read(self) -> None:
        """Move between the steps and what they come to."""
        steps, side = self.query_one(WhatIfSteps), self.query_one(WhatIfSide)
        self.set_focus(steps if side.has_focus else side)

    def action_write(self) -> None:
        """Ask whether the draft is to be kept."""
        if self.draft is None:
            return
        words = [Content(f"• {shown(words)}") for words in self.draft.in_words()]
        more = len(words) - _MOST_NAMED
        named = words if more <= 0 else [*words[:_MOST_NAMED], Content(f"and {more} more")]
        choices = (
            Choice("w", "write", "Write", "as a new revision; the file keeps its remarks"),
            Choice("n", "", "Not now", "go on trying"),
        )
        question = f"Write {counted(len(words), 'change')} into {shown(self.routine_id)}.toml?"
        self.app.push_screen(ChooseScreen(question, lines(named), choices), self._write)

    def _write(self, answer: str | None) -> None:
        draft, ground, app = self.draft, self.ground, self.procroutine
        if not answer or draft is None or ground is None:
            return
        prediction = ground.predictor.predict(draft)
        kept = app.look(lambda: keep(app.home, draft, prediction))
        if kept is not None:
            self.remember(Draft.of(ground.routine))
            self.draft, self._first, self.written = None, (), (kept, draft)
            app.home_changed()
            told = "After 3 runs this page and Trends tell what came of it"
            app.say(f"Kept as v{kept.revision}; u takes it back. {told}.")

    def unwrite(self, kept: Kept, draft: Draft) -> None:
        """Write the file as it was; what was kept is tried again."""
        app = self.procroutine
        if app.look(lambda: take_back(kept)) is None:
            return
        self.remember(draft)
        self.draft, self.written = None, None
        app.home_changed()
        app.say(f"Taken back: {shown(self.routine_id)}.toml is as it was before v{kept.revision}.")
