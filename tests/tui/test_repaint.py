"""Of a screen of which little has changed, little is sent."""

from __future__ import annotations

import pyte
from rich.console import Console
from rich.segment import Segment
from textual.strip import Strip

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
