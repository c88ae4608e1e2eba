"""How the run comes out, over and under the checklist: what it is held against, its odds, its deadline."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from procroutine.durations import signed, step_time, total_time
from procroutine.tui.screens.run_parts import RunPart
from procroutine.tui.widgets.cells import QUIET, SOFT, Part, column, joined

if TYPE_CHECKING:
    from textual.content import Content

    from procroutine.insight.views.run import OddsLine, RunView

_ROOMY = 16
"""Lines of the screen from which it is also said that a run fits."""
_ROOM_FOR_ADVICE = 28
"""Columns in which advice still says something when its end is cut."""


class Pace(RunPart):
    """What the steps done took, and how that is against what they are held against."""

    def told_of(self, view: RunView) -> object:
        """Look at the time so far."""
        return view.so_far, view.vs_usual, view.against, view.how_hard, _to_go(view)

    def _lines_of(self, view: RunView, width: int) -> list[Content]:
        parts: list[Part] = ["   ", ("So far ", QUIET), (step_time(view.so_far), "bold")]
        if view.vs_usual is not None:
            style = "$text-success" if view.vs_usual.total_seconds() < 0 else SOFT
            parts += ["   ", (f"{signed(view.vs_usual)} against {view.against}", style)]
        line = joined(*parts)
        for more in (_to_go(view), "" if view.how_hard is None else f"p {view.how_hard:.2f}"):
            longer = joined(line, "   ", (more, QUIET)) if more else line
            line = longer if longer.cell_length <= width else line
        return [column(line, width)]


def _to_go(view: RunView) -> str:
    """Give what is left of the run, to the minute; nothing where that is none."""
    to_go = view.total.to_go
    return f"{total_time(to_go)} to go" if to_go else ""


class TotalHead(RunPart):
    """When the run will be finished, how that is against the goal, and the odds; as much as there is room for."""

    def told_of(self, view: RunView) -> object:
        """Look at where the run leads."""
        return view.total.finish, view.total.projected, view.total.slack, view.total.odds, view.preparing

    def _lines_of(self, view: RunView, width: int) -> list[Content]:
        ends, odds = _ends(view), _odds(view.total.odds)
        # The total and some odds come before long words, and some odds before the total.
        for said, end in (*product(odds, ends[:2]), *product(odds, ends[2:]), *product([""], ends)):
            line = joined(*end, *(("   ", (said, QUIET)) if said else ()))
            if line.cell_length <= width:
                return [column(line, width)]
        return [column(joined(*ends[-1]), width)]


def _ends(view: RunView) -> list[list[Part]]:
    """Give the finish and its standing to the goal, the longest form first."""
    total = view.total
    slack: list[Part] = []
    if total.slack is not None:
        inside = total.slack.total_seconds() >= 0
        word, style = ("inside goal", "$text-success") if inside else ("over goal", "$text-error")
        slack = ["   ", (f"{step_time(abs(total.slack))} {word}", style)]
    finish: Part = (total.finish, "bold")
    whole: Part = (step_time(total.projected), "bold")
    long, short = ("Begun now, finish about ", "begun now ") if view.preparing else ("Finish about ", "finish ")
    return [
        [(long, QUIET), finish, (" in a total of ", QUIET), whole, *slack],
        [(long, QUIET), finish, (" in ", QUIET), whole, *slack],
        [(short, QUIET), finish, *slack],
    ]


def _odds(line: OddsLine | None) -> list[str]:
    """Give the odds, the longest form first; nothing while they are not known."""
    if line is None:
        return []
    doubt = f" ({line.caution})" if line.caution else ""
    forms = [f"{line.chance}{doubt}   {line.times}", f"{line.chance}{doubt}", line.chance, f"{line.short}{doubt}"]
    if not line.chance:
        forms = [f"{line.times}{doubt}", line.times]
    return [form for form in dict.fromkeys(form.strip() for form in (*forms, line.short)) if form]


class DeadlineBar(RunPart):
    """Whether the run fits before its deadline; takes no room without one."""

    def told_of(self, view: RunView) -> object:
        """Look at the deadline."""
        return view.deadline

    def show(self, view: RunView) -> None:
        """Draw another state; it comes up and goes with the deadline, and says nothing good where lines are few."""
        found = view.deadline
        is_seen = found is not None and (not found.fits or self.app.size.height >= _ROOMY)
        if self.display != is_seen:
            self.display = is_seen
        super().show(view)

    def _lines_of(self, view: RunView, width: int) -> list[Content]:
        found = view.deadline
        if found is None:
            return []
        sign: Part = ("● ", "$text-success") if found.fits else ("! ", "bold $text-error")
        lead: Part = (found.lead, "bold" if found.fits else "bold $text-error")
        line = joined(sign, lead)
        if width - line.cell_length >= min(len(found.advice) + 3, _ROOM_FOR_ADVICE):
            line = joined(line, "   ", (found.advice, SOFT))
        for odds in (found.odds, found.odds.partition(" to ")[0]):
            longer = joined(line, "   ", (odds, QUIET))
            if longer.cell_length <= width:
                return [column(longer, width)]
        return [column(line, width)]
