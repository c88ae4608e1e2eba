from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procroutine.insight.views.run import Level
from procroutine.tui.widgets.tall_clock import TallClock, figures


def test_figures_of_five_rows() -> None:
    assert figures("4:21", 5) == (
        "╻   ╻    ╺━━━┓  ╺┓   ",
        "┃   ┃  ■     ┃   ┃   ",
        "┗━━━┫    ┏━━━┛   ┃   ",
        "    ┃  ■ ┃       ┃   ",
        "    ╹    ┗━━━╸  ╺┻╸  ",
    )


def test_figures_of_three_rows_and_of_one() -> None:
    assert figures("4:21", 3) == (
        "╻ ╻   ╺━┓╺┓ ",
        "┗━┫ : ┏━┛ ┃ ",
        "  ╹   ┗━╸╺┻╸",
    )
    assert figures("4:21", 2) == ("4:21",)


@given(st.text("0123456789:", min_size=1, max_size=8), st.integers(1, 8))
def test_all_rows_are_equally_long_and_every_figure_differs(text: str, height: int) -> None:
    assert len({len(row) for row in figures(text, height)}) == 1
    assert len({figures(sign, height) for sign in "0123456789"}) == 10


def clock(seconds: int) -> TallClock:
    widget = TallClock()
    widget.time = timedelta(seconds=seconds)
    return widget


@pytest.mark.parametrize(("width", "height", "rows"), [(36, 5, 5), (20, 5, 3), (8, 5, 1), (36, 3, 3), (36, 1, 1)])
async def test_it_draws_what_fits(
    alone: Any, text_of: Callable[[Any], list[str]], width: int, height: int, rows: int
) -> None:
    app = alone(clock(261))
    app.widget.styles.width, app.widget.styles.height = width, height
    async with app.run_test():
        drawn = text_of(app.widget)
        assert sum(bool(line) for line in drawn) == rows
        assert rows > 1 or drawn[0] == "4:21"


async def test_a_tick_asks_for_no_layout_and_repaints_only_the_last_figure(alone: Any) -> None:
    app = alone(clock(261))
    async with app.run_test() as pilot:
        await pilot.pause()
        asked: list[Any] = []
        refresh = app.widget.refresh

        def noted(*regions: Any, **options: Any) -> Any:
            asked.append((regions, options))
            return refresh(*regions, **options)

        app.widget.refresh = noted
        app.widget.show(timedelta(seconds=262))
        await pilot.pause()
        regions = [region for given_regions, _ in asked for region in given_regions]
        assert regions
        assert all(not options.get("layout") for _, options in asked)
        assert min(region.x for region in regions) >= 15
        app.widget.show(timedelta(seconds=262, milliseconds=400))
        await pilot.pause()
        assert len(asked) == len(regions)


async def test_its_colour_follows_the_level(alone: Any) -> None:
    app = alone(clock(261))
    async with app.run_test() as pilot:
        seen = set()
        for level in Level:
            app.widget.show(timedelta(seconds=261), level)
            await pilot.pause()
            seen.add(str(app.widget.render_line(0)))
        assert len(seen) == len(Level)
