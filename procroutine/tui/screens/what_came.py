"""One line that says what came of a kept change, while that is news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from procroutine.errors import UserError
from procroutine.improvement.outcome_of_change import may_be_news, news_of, read_outcomes
from procroutine.tui.beside import beside
from procroutine.tui.widgets.cells import QUIET, joined

if TYPE_CHECKING:
    from procroutine.tui.app import ProcroutineApp


class WhatCame(Static):
    """The line; it is not there while there is nothing to say."""

    DEFAULT_CSS = """
    WhatCame { display: none; height: 1; }
    WhatCame.-known { display: block; }
    """

    _looked_at: object = None
    """The routine and its runs at the last look."""

    def look(self, app: ProcroutineApp, routine_id: str) -> None:
        """Look what came of a routine's kept changes; all is read only where it may be known since lately."""
        heads = app.look(lambda: app.viewer.past.heads_of(routine_id))
        if heads is None:
            return
        now_there = routine_id, len(heads), heads[0].stamp if heads else None
        if now_there == self._looked_at:
            return
        self._looked_at = now_there
        self.remove_class("-known")
        self.workers.cancel_node(self)
        if may_be_news(heads, app.now()):
            self.run_worker(self._read(app, routine_id))

    async def _read(self, app: ProcroutineApp, routine_id: str) -> None:
        try:
            kept = await beside(lambda _: read_outcomes(app.home.places, app.clock, routine_id), lambda _: None)
        except UserError as error:
            app.complain(error)
            return
        found = news_of(kept, app.now())
        if found is not None:
            more = (("v", "bold $text-primary"), (" more", QUIET))
            self.update(joined((found.in_brief(), "$text-secondary"), "   ", *more))
            self.add_class("-known")
