"""Review: what to change first, in one routine or all, and what that rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from procroutine.errors import UserError
from procroutine.improvement.book import Book, read_book, with_paths
from procroutine.improvement.review_view import review_view
from procroutine.tui.beside import beside
from procroutine.tui.key_bar import KeyBar
from procroutine.tui.screens.review_keys import ReviewKeys
from procroutine.tui.screens.review_parts import (
    LeverList,
    ReviewHead,
    corner_lines,
    lever_lines,
    section_lines,
    stacked,
    titled,
)
from procroutine.tui.widgets.reading import Reading
from procroutine.tui.widgets.row_list import RowList
from procroutine.tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from procroutine.improvement.book import Progress
    from procroutine.improvement.review_views import ReviewView, Section

Reader = Callable[["Progress"], Book]
Block = tuple[str, Callable[[int], Iterator[Content]]]
"""A heading, and what draws the lines below it at a width."""
_READING = "Reading …"
_CORNERS = "Effective and efficient"
_THIS = "This change"
_LEVERS: Block = ("What to change", lambda _width: iter(()))
"""Stands for the list of levers, where it takes turns with the tables."""
_WIDE = 104
"""Columns from which the selected change stands beside the levers, and the tables beside one another."""
_LOW = 16
"""Lines below which levers and tables take turns."""
_LEVERS_KEEP = 11
"""Lines that tables which stand below the levers leave to these where they need more than half."""


class ReviewScreen(ReviewKeys):
    """The place called Review."""

    TITLE = "Review"
    CSS_PATH = "review.tcss"
    AUTO_FOCUS = "#review-levers"

    view: ReviewView | None = None
    table = 0
    """Which of the tables that take turns is shown."""
    turns = 0
    """How many they are."""

    def __init__(self, reader: Reader | None = None) -> None:
        """Take what reads the review; by itself it reads that of the app's home."""
        super().__init__()
        self._reader = reader
        self._doing = ""

    def compose(self) -> ComposeResult:
        """Put head, levers with the selected one beside them, and tables below one another."""
        yield TopBar("review")
        with Vertical(id="review"):
            yield ReviewHead(id="review-head")
            with Horizontal(id="review-top"):
                yield LeverList(id="review-levers")
                with Reading(id="review-lever"):
                    yield Static(id="review-lever-text", markup=False)
            with Horizontal(id="review-below"):
                with Reading(id="review-first"):
                    yield Static(id="review-first-text", markup=False)
                with Reading(id="review-second"):
                    yield Static(id="review-second-text", markup=False)
        yield KeyBar()

    # Reading

    def draw(self) -> None:
        """Begin to read everything anew; what was read before stays on the screen meanwhile."""
        self._tell(_READING)
        self.run_worker(self._read(), exclusive=True)

    async def _read(self) -> None:
        app = self.procroutine
        places, clock = app.home.places, app.clock
        try:
            book = await beside(self._reader or (lambda tell: read_book(places, clock, tell)), self._tell)
            if self._reader is None:
                book = self.with_settings(book)
            self.take(book.replaced(paths=self.book.paths) if book.paths is None and self.book is not None else book)
            if self._reader is None:
                found = await beside(lambda tell: with_paths(book, places, clock, tell), self._tell)
                self.take(self.with_settings(found))
        except UserError as error:
            app.complain(error)
            self._tell("")

    def take(self, book: Book) -> None:
        """Show what was read."""
        self.book, self._doing = book, ""
        self.show()

    def _tell(self, doing: str) -> None:
        self._doing = doing
        self.query_one(ReviewHead).show(self.view, doing)

    # Drawing

    def show(self) -> None:
        """Draw the page of the routine that is chosen; of one that is gone, that of all."""
        book = self.book
        if book is None:
            return
        if self.routine_id is not None and book.ground.of(self.routine_id) is None:
            self.routine_id = None
        self.view = review_view(book, self.routine_id)
        self._tell(self._doing)
        self.set_class(self.routine_id is not None, "-one")
        self.set_class(bool(self.view.path) or self.view.farthest is not None, "-on-path")
        self.query_one(LeverList).show(self.view)
        self._draw_texts()
        self._keep_focus()
        self.refresh_bindings()

    def on_resize(self) -> None:
        """Break the lines where they end now, and take up the levers again where they are seen again."""
        self.call_after_refresh(self._draw_texts)

    @on(RowList.Selected)
    def _draw_selected(self) -> None:
        """Draw the selected lever, in the place of a table where they take turns."""
        if not (self._is_wide or self.has_class("-low")):
            self.table = 0
        self._draw_texts()

    @property
    def _is_wide(self) -> bool:
        return self.size.width >= _WIDE and self.size.height >= _LOW

    def _draw_texts(self) -> None:
        """Draw the selected lever and the tables as there is room for them."""
        view = self.view
        if view is None:
            return
        before = self.classes
        self.set_class(self.size.height < _LOW, "-low")
        self.set_class(not view.levers, "-none")
        if self.classes != before:
            self.call_after_refresh(self._draw_texts)  # once it is known how wide what comes up is
        lever = self.query_one(LeverList).lever
        is_wide = self._is_wide
        self.query_one("#review-top").styles.max_height = None if is_wide else len(view.levers) + 2
        self.query_one("#review-below").styles.height = None
        change: Block = (_THIS, lambda width: lever_lines(lever, width, dense=not is_wide))
        corners: Block = (_CORNERS, lambda width: corner_lines(view.corners, width))
        sections = [_block(section) for section in view.sections]
        if is_wide:
            self._put("review-lever", [change])
            beside = sections[:1] if self.routine_id is None else []
            needed = self._put("review-first", [*beside, corners])
            self._share_height(needed, self._take_turns("review-second", sections[len(beside) :]))
        else:
            first = [change] if view.levers else []
            if first and self.has_class("-low"):
                first.insert(0, _LEVERS)
            self._take_turns("review-first", [*first, corners, *sections])

    def _share_height(self, first: int, second: int) -> None:
        """Give the tables the lines they need, the one that takes turns no more than half; the levers have all others.

        Where the other one, which holds the corners, needs more than half the levers keep a few.
        """
        top, page = self.query_one("#review-top"), self.query_one("#review").content_region
        lines = page.bottom - top.region.y - 1
        half = lines // 2
        if top.display and lines > 0:
            needed = max(first, min(second, half))
            self.query_one("#review-below").styles.height = min(needed, max(half, lines - _LEVERS_KEEP))

    def _take_turns(self, place: str, blocks: list[Block]) -> int:
        """Show one of several blocks, and name the next; gives how many lines it has."""
        self.turns = len(blocks)
        self.table %= max(1, len(blocks))
        self.set_class(blocks[self.table : self.table + 1] == [_LEVERS], "-levers")
        following = blocks[(self.table + 1) % len(blocks)][0] if len(blocks) > 1 else ""
        return self._put(place, blocks[self.table : self.table + 1], f"t {following}" if following else "")

    def _put(self, place: str, blocks: list[Block], hint: str = "") -> int:
        """Draw blocks below one another; gives how many lines they have."""
        scroll = self.query_one(f"#{place}")
        width = max(20, scroll.scrollable_content_region.width - 2)  # a cell before the text, and one behind it
        text = stacked([titled(title, draw(width), width, hint) for title, draw in blocks])
        self.query_one(f"#{place}-text", Static).update(text)
        return text.plain.count("\n") + 1

    # Keys

    def action_table(self) -> None:
        """Show the next table."""
        self.table += 1
        self._draw_texts()
        for place in self.query(Reading):
            place.scroll_home(animate=False)
        self._keep_focus()

    def _keep_focus(self) -> None:
        """Let the keys go to what is seen, where the levers and the text take turns."""
        levers, text = self.query_one(LeverList), self.query_one("#review-first")
        if self.has_class("-none") or (self.has_class("-low") and not self.has_class("-levers")):
            self.set_focus(text)
        elif self.focused in (None, text):
            self.set_focus(levers)

    def action_read(self) -> None:
        """Move between the levers and the texts."""
        seen = [widget for widget in (self.query_one(LeverList), *self.query(Reading)) if widget.region.area]
        place = seen.index(self.focused) + 1 if self.focused in seen else 0
        self.set_focus(seen[place % len(seen)] if seen else None)

    def show_page(self, routine_id: str | None) -> None:
        """Show the page of a routine, or that of all, from its top."""
        self.routine_id, self.table = routine_id, 0
        self.show()
        for place in self.query(Reading):
            place.scroll_home(animate=False)


def _block(section: Section) -> Block:
    return section.title, lambda width: section_lines(section, width)
