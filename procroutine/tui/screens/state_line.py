"""One line over the total: what a run waits for, or that the machine slept while it ran."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from textual.content import Content

from procroutine.insight.views.run import RunView
from procroutine.tui.screens.text_lines import TextLines
from procroutine.tui.widgets.cells import QUIET, Part, column, joined

if TYPE_CHECKING:
    from procroutine.clock import Reading

HEARTBEAT_GAP = timedelta(seconds=60)
"""A longer time between two ticks means that machine or program stood still."""
_LONG_SLEEP = timedelta(hours=12)
"""After so much the first offer is to end the run."""
_COUNT, _END = ("c", " counts it"), ("x", " ends the run here")


class StateLine(TextLines):
    """Takes no room while there is nothing to say."""

    asleep = timedelta()
    """What is offered to be counted; zero for none."""
    waiting_for: Content | None = None
    _heartbeat: Reading | None = None

    def beat(self, reading: Reading, running: bool) -> timedelta:
        """Take a look at the clocks; give how long nothing ticked that the clocks themselves do not tell.

        Sleep that the clocks tell (they count on while the machine sleeps) is remembered here and
        needs no event; a stopped program or machine looks like work and does.
        """
        last, self._heartbeat = self._heartbeat, reading
        if last is None or last.boot != reading.boot or not running:
            return timedelta()
        awake = reading.awake - last.awake if reading.boot else reading.wall - last.wall
        slept = max(timedelta(), (reading.since_boot - last.since_boot) - (reading.awake - last.awake))
        stood_still = awake if awake > HEARTBEAT_GAP else timedelta()
        if slept + stood_still > HEARTBEAT_GAP:
            self.asleep = slept + stood_still
            self.show()
        return slept + stood_still if stood_still else timedelta()

    def begin_heartbeat(self, reading: Reading) -> None:
        """Count from here: before, nothing ticked because the run was not shown."""
        self._heartbeat = reading

    def answered(self) -> None:
        """Take the offer away."""
        self.asleep = timedelta()
        self.show()

    def show_run(self, view: RunView) -> None:
        """Say what the run waits for."""
        self.waiting_for = None
        if view.waiting_for is not None and view.paused_since is not None:
            self.waiting_for = joined(
                ("◐ Waiting for ", "$text-warning"), (view.waiting_for, "bold"), ("   p goes on", QUIET)
            )
        self.show()

    def show(self) -> None:
        """Draw what there is to say; the layout changes where the line comes or goes."""
        seen = bool(self.asleep) or self.waiting_for is not None
        if self.display != seen:
            self.display = seen
        self.redraw()

    def lines_at(self, width: int) -> list[Content]:
        """Give the one line."""
        if self.asleep:
            return [column(self._offer(), width)]
        return [column(self.waiting_for, width)] if self.waiting_for is not None else []

    def _offer(self) -> Content:
        minutes = self.asleep // timedelta(minutes=1)
        length = f"{minutes // 60} h {minutes % 60:02d}" if minutes >= 60 else f"{minutes} min"
        offers = (_END, _COUNT) if self.asleep > _LONG_SLEEP else (_COUNT, _END)
        parts: list[Part] = [(f"Asleep {length}.", "bold $text-warning"), " Not counted. "]
        for place, (letter, words) in enumerate(offers):
            parts += [", " if place else "", (letter, "bold $text-primary"), words]
        return joined(*parts)
