"""In the terminal's own colours a list shows its selected row by reversing it, which needs no colour."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from procroutine.improvement.phase_ground import WeeksKept
from procroutine.improvement.phases import PHASES, Path, PhaseState, PhaseStep
from procroutine.insight.views.week import RowState
from procroutine.text import Shown
from procroutine.tui.screens.choose import Choice, Choices
from procroutine.tui.screens.path import PhaseList
from procroutine.tui.screens.routine_list import RoutineList
from procroutine.tui.widgets.row_list import RowList
from tests.tui.week_samples import routine_row


class Numbers(RowList):
    """Three rows in colours."""

    count = 3

    def row_line(self, index: int, width: int) -> Content:
        return Content.styled(f"number {index}", "bold $text-error")


def numbers() -> Widget:
    rows = Numbers()
    rows.index = 1
    return rows


def routines() -> Widget:
    rows = RoutineList()
    states = (RowState.OVERDUE, RowState.TODAY)
    rows.show((("Now", tuple(routine_row("Posts", state, ("Wed", "late"), 60, (50,) * 8, 3) for state in states)),))
    return rows


def phases() -> Widget:
    steps = tuple(PhaseStep(phase=phase, state=PhaseState.OPEN, missing=(Shown("a goal"),)) for phase in PHASES)
    kept = WeeksKept(met=0, counted=0)
    path = Path(
        routine_id="posts",
        name=Shown("Posts"),
        phase=PHASES[0],
        steps=steps,
        kept=kept,
        goal=None,
        upper=None,
        standing="",
        suggestion=Shown(""),
        move_to=None,
    )
    rows = PhaseList()
    rows.show(path, 2)
    return rows


def choices() -> Widget:
    return Choices((Choice("a", "a", "A", "the first"), Choice("b", "b", "B", "the second", destroys=True)), marked=1)


@pytest.mark.parametrize("make", [numbers, routines, phases, choices])
async def test_one_row_is_reversed_from_end_to_end_and_has_no_colour(
    alone: Callable[..., Any], make: Callable[[], Widget]
) -> None:
    rows = make()
    app = alone(rows, "procroutine-terminal")
    async with app.run_test(size=(60, 10)):
        drawn = rows.render_lines(Size(*rows.size).region)
        width = rows.size.width - isinstance(rows, Numbers)  # the last column is the scroll bar's
        styles = [[segment.style for segment in strip.crop(0, width)] for strip in drawn]
    reversed_rows = [row for row in styles if all(style and style.reverse for style in row)]
    assert len(reversed_rows) == 1
    colours = {colour for style in reversed_rows[0] if style for colour in (style.color, style.bgcolor)}
    assert all(colour is None or colour.is_default for colour in colours)
    assert not any(style and style.reverse for row in styles if row is not reversed_rows[0] for style in row)
