"""A line of the checklist: what stands apart says so, at every width."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from procroutine.insight.views.run import StepMark
from procroutine.text import Shown
from procroutine.tui.screens.step_list import step_line
from tests.tui.week_samples import RUN_VIEW

ROW = RUN_VIEW.steps[0].replaced(
    title=Shown("Ask about what is unclear"), mark=StepMark.PENDING, time=None, difference=None
)


def drawn(width: int, **fields: Any) -> str:
    return "".join(text for text, _ in step_line(ROW.replaced(**fields), width))


@pytest.mark.parametrize(
    ("fields", "wide", "narrow"),
    [
        ({}, "", ""),
        ({"optional": True}, "optional", "maybe"),
        ({"before": "prepare"}, "prepare", "before"),
        ({"before": "before", "mark": StepMark.DONE, "time": timedelta(minutes=4)}, "before", "before"),
        ({"mark": StepMark.SKIPPED}, "skipped", "skipped"),
        ({"mark": StepMark.SKIPPED, "off": True}, "off", "off"),
    ],
)
def test_what_stands_apart_says_so(fields: dict[str, Any], wide: str, narrow: str) -> None:
    for width, said in ((60, wide), (40, narrow)):
        line = drawn(width, compared=timedelta(minutes=6, seconds=10), **fields)
        assert len(line) == width - 1
        assert line.rstrip().endswith(said or "6:10")


@pytest.mark.parametrize("width", [26, 40, 60])
def test_no_number_of_a_step_is_cut_or_runs_into_another(width: int) -> None:
    hours = timedelta(hours=12)
    line = drawn(width, mark=StepMark.DONE, time=hours, difference=-hours, compared=2 * hours)
    assert len(line) == width - 1
    assert line.endswith(" 12:00:00 −12:00:00")
