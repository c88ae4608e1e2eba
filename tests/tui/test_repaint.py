"""Of a screen of which little has changed, little is sent."""

from __future__ import annotations

import pyte
from rich.console import Console
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from procroutine.tui.repaint import NarrowCompositor, NarrowUpdate

CONSOLE = Console(color_system=None, force_terminal=True)


def sent(spans: list[tuple[int, int, int]], *lines: dict[int, str]) -> str:
    chops = [{x: Strip([Segment(text)]) for x, text in line.items()} for line in lines]
    ends = [[x + strip.cell_length for x, strip in line.items()] for line in chops]
    return NarrowUpdate(chops, spans, ends).render_segments(CONSOLE)


def after(text: str, *before: str) -> list[str]:
    """Give what a terminal shows after it got a text, up to the last sign of each line."""
    screen = pyte.Screen(12, len(before))
    stream = pyte.Stream(screen)
    stream.feed("\r\n".join(before) + text)
    return [line.rstrip() for line in screen.display]


def test_only_the_stretch_that_changed_is_sent() -> None:
    text = sent([(0, 2, 4)], {0: "abcdef"})
    assert "cd" in text
    assert not set("abef").intersection(text)
    assert after(text, "abXXef") == ["abcdef"]


def test_a_stretch_over_several_widgets_is_sent_in_their_parts() -> None:
    text = sent([(1, 2, 7)], {0: "never"}, {0: "abcd", 4: "efgh"})
    assert after(text, "first", "abXXXXXh") == ["first", "abcdefgh"]


def test_every_line_is_sent_to_its_own_place() -> None:
    text = sent([(0, 0, 1), (2, 5, 6)], {0: "abc"}, {}, {0: "uvwxyz"})
    assert after(text, "Xbc", "", "uvwxyX") == ["abc", "", "uvwxyz"]


def test_a_line_with_wide_signs_is_sent_from_its_beginning() -> None:
    text = sent([(0, 3, 6)], {0: "漢字かな"})
    assert text.index("漢") < text.index("字") < text.index("か")


def test_where_nothing_changed_nothing_is_sent() -> None:
    assert NarrowCompositor().render_partial_update() is None


class TwoTexts(App[None]):
    """Texts at the top and the bottom, many lines between them, and a count of the lines drawn there."""

    CSS = "#between { height: 1fr; }"

    def compose(self) -> ComposeResult:
        yield Static("top", id="top")
        yield Between(id="between")
        yield Static("bottom", id="bottom")


class Between(Widget):
    drawn = 0

    def render_line(self, y: int) -> Strip:
        self.drawn += 1
        return Strip([Segment("." * self.size.width)])


async def test_what_stands_between_two_repainted_lines_is_not_asked() -> None:
    app = TwoTexts()
    async with app.run_test(size=(20, 10)) as pilot:
        await pilot.pause()
        compositor = NarrowCompositor()
        compositor.reflow(app.screen, app.screen.size)
        drawn = app.query_one(Between).drawn
        compositor.update_widgets(set())
        compositor._dirty_regions = {Region(0, 0, 20, 1), Region(2, 9, 3, 1)}
        update = compositor.render_partial_update()
        assert update is not None
        assert app.query_one(Between).drawn == drawn
        assert after(update.render_segments(CONSOLE), *[""] * 10) == ["top", *[""] * 8, "  tto"]
