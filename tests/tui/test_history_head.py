"""What the head of History says where there is little room."""

from __future__ import annotations

import pytest

from procroutine.text import shown
from procroutine.tui.screens.history_head import title_line
from tests.tui.samples import HISTORY_VIEW


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (112, "All routines   over goal · skipped steps · routine “posts”   longest first   17 of 1264 runs · 11h22"),
        (78, "All routines   over goal · skipped …   longest first   17 of 1264 runs · 11h22"),
        (58, "All routines   over goal · skip…   17 of 1264 runs · 11h22"),
        (41, "All routines   over go…   17 of 1264 runs"),
        (38, "All rout…   over go…   17 of 1264 runs"),
        (28, "All routi…   17 of 1264 runs"),
    ],
)
def test_terms_order_and_name_of_what_is_listed_give_way_and_its_count_never(width: int, line: str) -> None:
    view = HISTORY_VIEW.replaced(
        title=shown("All routines"),
        filtered=shown("over goal · skipped steps · routine “posts”"),
        order="longest first",
        facts="17 of 1264 runs · 11h22",
    )
    assert title_line(view, width).plain.rstrip() == line


@pytest.mark.parametrize("width", [20, 30, 38, 58])
def test_the_count_of_all_runs_is_never_cut(width: int) -> None:
    view = HISTORY_VIEW.replaced(title=shown("Client metrics update"), facts="last 120 weeks · 1264 runs · 480h12")
    assert "   1264 runs" in title_line(view, width).plain.replace("last 120 weeks · ", "")
