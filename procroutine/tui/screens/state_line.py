"""What there is to say over the total: what a run waits for, that the machine slept while it ran, and the like."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from procroutine.insight.views.run import RunView
from procroutine.tui.widgets.cells import QUIET, Part, column, joined
from procroutine.tui.widgets.text_lines import TextLines
from procroutine.widths import cut_to

if TYPE_CHECKING:
    from procroutine.clock import Reading
    from procroutine.run.remarks import Remark

HEARTBEAT_GAP = timedelta(seconds=60)
"""A longer time between two ticks means that machine or program stood still."""
_SHORTEST_TEXT = 4
"""Cells in which the beginning of a cause still says something."""
_ALL_FROM = 30
"""Lines of the screen from which everything is said, not only what weighs most."""


class First(NamedTuple):
    """What stands before the remarks: a text that is cut where it is narrow, between two that are not."""

    lead: Content
    text: str
    end: Content

    def at(self, width: int) -> Content:
        """Draw it in so many cells."""
        room = width - self.lead.cell_length - self.end.cell_length
        text = cut_to(self.text, max(room, _SHORTEST_TEXT)) if self.text else ""
        return column(joined(self.lead, (text, "bold"), self.end), width)


class StateLine(TextLines):
    """Takes no room while there is nothing to say."""

    remarks: tuple[Remark, ...] = ()
    first: First | None = None
    """That the run waits, or has not begun yet."""
    _heartbeat: Reading | None = None
    _lines_taken = 1

    def beat(self, reading: Reading) -> timedelta:
        """Take a look at the clocks; give how long nothing ticked that the clocks themselves do not tell.

        Sleep that the clocks tell (they count on while the machine sleeps) needs no event; a
        stopped program or machine looks like work and does. What is given holds that sleep too.
        """
        last, self._heartbeat = self._heartbeat, reading
        if last is None or last.boot != reading.boot:
            return timedelta()
        if not reading.boot:
            stood_still = slept = reading.wall - last.wall
        else:
            stood_still, slept = reading.awake - last.awake, reading.since_boot - last.since_boot
        return slept if stood_still > HEARTBEAT_GAP else timedelta()

    def begin_heartbeat(self, reading: Reading) -> None:
        """Count from here: before, nothing ticked because the run was not shown."""
        self._heartbeat = reading

    def offers(self, key: str) -> bool:
        """Say whether one of the lines that are seen offers a key."""
        return any(offer.key == key for remark in self._seen() for offer in remark.offers)

    def show_run(self, view: RunView) -> None:
        """Say what there is to say of a run."""
        self.first = _preparing(view) or _waiting(view)
        self.remarks = view.remarks
        self._make_room()
        if self.display:
            self.redraw()

    def _make_room(self) -> None:
        """Take as many lines as there are things to say; the layout changes only with their number."""
        wanted = len(self._seen()) + (self.first is not None)
        if self.display != bool(wanted):
            self.display = bool(wanted)
        if wanted and wanted != self._lines_taken:
            self._lines_taken = wanted
            self.styles.height = wanted

    def lines_at(self, width: int) -> list[Content]:
        """Give a line for each thing there is to say, where there is room; else the weightiest."""
        lines = [] if self.first is None else [self.first.at(width)]
        return lines + [_remark(remark, width) for remark in self._seen()]

    def _seen(self) -> tuple[Remark, ...]:
        if self.app.size.height >= _ALL_FROM:
            return self.remarks
        return self.remarks[:1] if self.first is None else ()


def _preparing(view: RunView) -> First | None:
    """Say that the run has not begun yet, and how it does."""
    if view.preparing is None:
        return None
    if view.preparing == "prepared":
        end = joined(" ", ("p", "bold $text-primary"), " begins the run")
        return First(Content.styled("◐ All is prepared.", "bold $text-warning"), "", end)
    return First(Content.styled("◐ Preparing.", "bold $text-warning"), "", Content(" The run has not begun."))


def _waiting(view: RunView) -> First | None:
    """Say what the run waits for, and until when if that is known."""
    if view.waiting_for is None or view.paused_since is None:
        return None
    until = f" until {view.waiting_until}" if view.waiting_until is not None else ""
    lead = Content.styled("◐ Waiting for ", "$text-warning")
    return First(lead, view.waiting_for, joined(until, ("   p goes on", QUIET)))


def _remark(remark: Remark, width: int) -> Content:
    """Write a remark; where it is narrow, what follows from it gives way to what can be done about it."""
    lead: Part = (remark.lead, "bold $text-warning")
    offers: list[Part] = []
    for place, offer in enumerate(remark.offers):
        offers += [", " if place else " ", (offer.key, "bold $text-primary"), f" {offer.words}"]
    whole = joined(lead, f" {remark.rest}" if remark.rest else "", *offers)
    return column(whole if whole.cell_length <= width else joined(lead, *offers), width)
