"""Lines drawn straight into strips look as Textual would have drawn them, and follow what changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content, Span
from textual.strip import Strip
from textual.widget import Widget

from procroutine.tui.themes import THEMES
from procroutine.tui.widgets.plain import PlainWidget, _apart, _parted

LINES = [
    Content.assemble(
        ("bold", "bold $text-primary"), " plain ", ("half", "$foreground 60%"), (" 日本 ", "on $primary 12%")
    ),
    Content(""),
    Content("over one another", [Span(0, 16, "bold"), Span(5, 8, "$text-error"), Span(9, 16, "underline")]),
    Content("longer than there is room for, so that it is cut at the end"),
]


class Sample(PlainWidget):
    DEFAULT_CSS = "Sample { padding: 1 2; width: 30; height: 8; background: $panel 60%; color: $foreground; }"

    def __init__(self, lines: list[Content]) -> None:
        super().__init__()
        self.given = lines
        self.asked = 0

    def lines(self, width: int) -> list[Content]:
        self.asked += 1
        return self.given


def cells(strips: list[Strip]) -> list[list[tuple[str, Any, Any, Any]]]:
    """Give sign, colour, ground and attributes of each cell; of an empty one only its ground shows."""
    return [
        [
            (sign, None, style.bgcolor, None)
            if sign == " " and not style.underline
            else (sign, style.color, style.bgcolor, (style.bold, style.underline, style.dim, style.reverse))
            for segment in strip
            if (style := segment.style) is not None
            for sign in segment.text
        ]
        for strip in strips
    ]


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
@pytest.mark.parametrize("no_color", ["", "1"])
async def test_it_looks_as_textual_would_have_drawn_it(
    alone: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, theme: str, no_color: str
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", no_color)
    widget = Sample(LINES[:3])
    async with alone(widget, theme).run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        crop = widget.outer_size.region
        assert cells(widget.render_lines(crop)) == cells(Widget.render_lines(widget, crop))


async def test_a_line_without_room_is_cut(alone: Callable[..., Any]) -> None:
    widget = Sample(LINES)
    async with alone(widget).run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        strips = widget.render_lines(widget.outer_size.region)
        assert [strip.cell_length for strip in strips] == [30] * 8

        assert strips[4].text == f"  {LINES[3].plain[:26]}  "


async def test_it_draws_once_until_something_changes(alone: Callable[..., Any]) -> None:
    widget = Sample(LINES[:3])
    app = alone(widget)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        crop = widget.outer_size.region
        before, asked = widget.render_lines(crop), widget.asked
        assert widget.render_lines(crop) == before
        assert widget.asked == asked
        widget.given = [Content("another")]
        widget.refresh()
        assert "another" in widget.render_lines(crop)[1].text
        app.theme = THEMES[1].name
        await pilot.pause()
        assert cells(widget.render_lines(crop)) == cells(Widget.render_lines(widget, crop))


async def test_text_under_the_mouse_can_be_marked(alone: Callable[..., Any]) -> None:
    widget = Sample([Content("mark me")])
    app = alone(widget)
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.hover(Sample, offset=(2, 1))
        await pilot.mouse_down(Sample, offset=(2, 1))
        await pilot.hover(Sample, offset=(6, 1))
        await pilot.mouse_up(Sample, offset=(6, 1))
        assert (app.screen.get_selected_text() or "").startswith("mark")


SPANS = st.lists(
    st.builds(
        lambda at, length, name: Span(at, at + length, name),
        st.integers(0, 12),
        st.integers(0, 8),
        st.sampled_from("abc"),
    ),
    max_size=6,
)


def by_cell(stretches: Any) -> dict[int, tuple[str, ...]]:
    return {place: styles for start, end, styles in stretches for place in range(start, end)}


@given(SPANS)
def test_each_cell_has_the_styles_of_its_spans_in_their_order(spans: list[Span]) -> None:
    plainly = {
        place: styles
        for place in range(20)
        if (styles := tuple(style for start, end, style in spans if start <= place < end))
    }
    assert by_cell(_apart(spans)) == plainly
    assert by_cell(_parted(spans)) == plainly
