"""Loose ends as This week shows them; loaded only where there are any."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from procroutine.history.loose_ends import DONE, TOO_LONG
from procroutine.insight.views.loose_ends import LooseEndRow
from procroutine.text import shown
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.loose_ends import LooseEnd


def loose_end_rows(loose_ends: Iterable[LooseEnd], present: Week, off: Collection[Week]) -> tuple[LooseEndRow, ...]:
    """Draw the loose ends in a week: those put off longest come first, those done last; `off` are weeks off for all."""
    rows = [_row(one, present, off) for one in loose_ends]
    return tuple(sorted(rows, key=lambda row: (row.is_done, -row.put_off)))


def _row(one: LooseEnd, present: Week, off: Collection[Week]) -> LooseEndRow:
    put_off = one.put_off(present, off)
    return LooseEndRow(
        id=one.id,
        text=shown(one.text),
        is_done=one.is_done(present),
        put_off=put_off,
        wants_routine=put_off >= TOO_LONG,
        since=_since(one, present),
    )


def _since(one: LooseEnd, present: Week) -> str:
    week = Week.parse(one.act[2])
    verb = "last done" if one.act[0] == DONE else "written"
    if week >= present:
        return "done this week" if one.act[0] == DONE else "written this week"
    return f"{verb} in week {week.number}" + (f" of {week.year}" if week.year != present.year else "")
