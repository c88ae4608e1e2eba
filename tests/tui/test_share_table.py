"""The table of steps in Trends, at the widths that it has."""

from __future__ import annotations

import pytest

from procroutine.insight.views.steps import StepRow
from procroutine.tui.screens.share_table import ShareTable
from tests.tui.samples import STEP_SHARES, SYSTEM_SHARES, clock
from tests.tui.widgets.conftest import Alone

ROWS = tuple(
    StepRow(
        **{field: getattr(row, field) for field in row._fields},
        recent=() if row.id == "meta" else (clock("8:00"), clock("7:00"), clock("9:00")),
    )
    for row in STEP_SHARES
)


@pytest.mark.parametrize(
    ("width", "columns"), [(30, "median"), (50, "best"), (60, "last 8"), (67, "bar"), (90, "wide")]
)
async def test_a_step_keeps_best_median_and_last_as_it_narrows(width: int, columns: str) -> None:
    table = ShareTable()
    table.show("Step", ROWS)
    app = Alone(table)
    async with app.run_test(size=(width, 14)):
        labels, first, second, *_ = ["".join(part.text for part in table.render_line(y)) for y in range(12)]
    shown = ("median", "best", "last 8", "bar", "wide").index(columns)
    assert "10:00" in first
    assert "8:42" in first
    assert ("8:08" in first) == ("best" in labels) == (shown >= 1)
    assert ("▇" in first) == ("last 8" in labels) == (shown >= 2)
    assert ("━━━" in first) == (shown >= 3)
    assert ("━" * 12 in first) == (shown >= 4)
    assert "▇" not in second


async def test_without_newest_times_there_is_no_column_for_them() -> None:
    table = ShareTable()
    table.show("System", SYSTEM_SHARES)
    app = Alone(table)
    async with app.run_test(size=(67, 14)):
        assert "last 8" not in "".join(part.text for part in table.render_line(0))
