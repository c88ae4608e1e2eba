"""The rows of a difference as lines: numbers are whole at every width."""

from __future__ import annotations

from datetime import timedelta

import pytest

from procroutine.insight.views.revisions import DifferenceRow, RowKind
from procroutine.text import Shown
from procroutine.tui.screens.difference_lines import row_lines

LONG = timedelta(hours=999)


@pytest.mark.parametrize(("width", "beside"), [(118, True), (76, False), (56, False), (36, False)])
def test_planned_times_of_days_are_whole(width: int, beside: bool) -> None:
    title = Shown("Write the seven posts of the week")
    row = DifferenceRow(kind=RowKind.STEP, label=title, sign="~", old=title, new=title, before=LONG, after=LONG)
    (line,) = row_lines(row, width, beside)
    assert line.cell_length == width
    assert line.plain.count("999:00:00") == 2
