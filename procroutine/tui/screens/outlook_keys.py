"""The keys about how a run comes out: what it is held against and by when it has to be through; and its odds."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from procroutine.errors import NotFound
from procroutine.insight.outlook import what_came_next
from procroutine.tui.keys import key
from procroutine.tui.screens.run_freedom import RunFreedom

if TYPE_CHECKING:
    from collections.abc import Iterator

_BEFORE_ODDS = 0.15
"""Seconds from a change to the work on its odds: the key that made it, and what that draws, comes first."""
_BETWEEN_SLICES = 0.01
"""Seconds between two slices of that work, in which keys are answered."""


class OutlookKeys(RunFreedom):
    """Adds them to the keys of a run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *RunFreedom.BINDINGS,
        key("run.versus", "v", "compare", "Versus", "Hold it against usual, best, last and so on.", shown=False),
        key("run.deadline", "y", "deadline", "By when", "Say by when it has to be through.", shown=False),
    ]
    _odds_work: Iterator[None] | None = None

    def action_compare(self) -> None:
        """Hold the run against the following comparison, and later runs of its routine too."""
        app, before = self.procroutine, self.view.compared_with if self.view is not None else ""
        found = app.attempt(lambda: app.viewer.compare_next(self.run_id))
        if found is None:
            return
        app.say(what_came_next(found, before))
        self.draw()

    def action_deadline(self) -> None:
        """Ask by when the run has to be through; nothing takes the deadline back."""
        has_one = self.view is not None and self.view.deadline is not None
        hint = "Such as 10:30." + (" Enter alone takes the deadline back." if has_one else "")
        self.procroutine.ask("By when does it have to be through?", self._set_deadline, hint, needed=not has_one)

    def _set_deadline(self, text: str) -> None:
        from procroutine.moments import parse_until

        app = self.procroutine
        until = app.attempt(lambda: (parse_until(text, app.clock.read()) if text else None,))
        if until is not None and self.verb("deadline", until=until[0]) is not None and not text:
            app.say("It has no deadline any more. u brings it back.")

    def work_out_odds(self) -> None:
        """Begin to work out the odds once the present key has been answered, unless that is under way."""
        if self._odds_work is None:
            self._odds_work = iter(())
            self.set_timer(_BEFORE_ODDS, self._begin_odds)

    def _begin_odds(self) -> None:
        app = self.procroutine
        try:
            self._odds_work = None if self.ended else app.look(lambda: app.viewer.odds_work(self.run_id), but=NotFound)
        except NotFound:
            self._odds_work = None  # it has ended in the meantime
        if self._odds_work is not None:
            self._next_slice()

    def _next_slice(self) -> None:
        """Do one slice of the work; what comes out is drawn."""
        app, work = self.procroutine, self._odds_work
        if work is None or self.ended:
            self._odds_work = None
            return
        more = app.look(lambda: next(work, self) is None)
        if more:
            self.set_timer(_BETWEEN_SLICES, self._next_slice)
        elif more is not None:  # else the history cannot be read, which was told, and is not tried every second
            self._odds_work = None
            self.draw()
