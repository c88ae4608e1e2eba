"""The scroll bar that a list draws itself looks as Textual's does, and the mouse takes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.segment import Segment
from textual.events import MouseScrollDown
from textual.scrollbar import ScrollBarRender

from procroutine.insight.views.week import RowState
from procroutine.tui.screens.routine_list import RoutineList
from procroutine.tui.widgets.drawn_bar import Thumb
from tests.tui.week_samples import routine_row

ROWS, SEEN, WIDTH = 60, 12, 60
ON_BAR = WIDTH - 1


@given(st.integers(1, 80), st.integers(1, 1920), st.integers(0, 1920))
@example(42, 273, 225)
def test_the_mark_stands_where_textual_would_draw_it(seen: int, unseen: int, first: int) -> None:
    lines, first = seen + unseen, min(first, unseen)
    bar = ScrollBarRender.render_bar(size=seen, virtual_size=lines, window_size=seen, position=first)
    expected = [_told(segment) for segment in bar.segments]
    thumb = Thumb.of(lines, seen, first)
    assert [thumb.cell(y) for y in range(seen)] == expected


def _told(segment: Segment) -> tuple[str, bool] | None:
    marked = segment.style is not None and segment.style.color is not None
    return (segment.text, bool(segment.style and segment.style.reverse)) if marked else None


@pytest.fixture
def rows() -> RoutineList:
    """Sixty routines under a heading."""
    found = RoutineList()
    found.styles.overflow_x = found.styles.overflow_y = "hidden"
    names = (f"Routine {number:02}" for number in range(ROWS))
    found.show((("Now", tuple(routine_row(name, RowState.LATER, ("Wed", ""), 60, (50,) * 8, 3) for name in names)),))
    return found


def marked(rows: RoutineList) -> int:
    """In how many lines the last cell changes places with its ground."""
    ends = [[*strip][-1] for strip in rows.render_lines(rows.size.region)]
    return sum(bool(end.style and end.style.reverse) for end in ends)


async def test_the_mark_is_drawn_where_there_is_more_than_is_seen(alone: Callable[..., Any], rows: RoutineList) -> None:
    app = alone(rows)
    async with app.run_test(size=(WIDTH, SEEN)) as pilot:
        assert {strip.cell_length for strip in rows.render_lines(rows.size.region)} == {WIDTH}
        assert 0 < marked(rows) < SEEN / 2
        await pilot.resize_terminal(WIDTH, ROWS + 2)
        await pilot.pause()
        assert not rows.has_bar
        assert not marked(rows)


async def test_wheel_and_keys_scroll(alone: Callable[..., Any], rows: RoutineList) -> None:
    app = alone(rows)
    async with app.run_test(size=(WIDTH, SEEN)) as pilot:
        await pilot._post_mouse_events([MouseScrollDown], widget=rows, offset=(5, 5))
        await pilot.pause()
        assert rows.scroll_y > 0
        rows.focus()
        await pilot.press("G")
        await pilot.pause()
        assert rows.scroll_y == rows.max_scroll_y == ROWS + 1 - SEEN


async def test_the_bar_is_pressed_and_dragged_and_selects_nothing(alone: Callable[..., Any], rows: RoutineList) -> None:
    app = alone(rows)
    async with app.run_test(size=(WIDTH, SEEN)) as pilot:
        await pilot.click(offset=(ON_BAR, SEEN - 2))
        await pilot.pause()
        assert rows.scroll_y == SEEN, "a page down"
        await pilot.click(offset=(ON_BAR, 0))
        await pilot.pause()
        assert rows.scroll_y == 0, "and up again"
        await pilot.mouse_down(offset=(ON_BAR, 0))
        await pilot.hover(offset=(20, 4))
        await pilot.pause()
        assert rows.scroll_y == round(4 * (ROWS + 1) / SEEN)
        await pilot.mouse_up(offset=(20, 4))
        await pilot.hover(offset=(20, 9))
        await pilot.pause()
        assert rows.scroll_y == round(4 * (ROWS + 1) / SEEN), "it was let go"
        assert rows.row is not None
        assert rows.row.name == "Routine 00"
