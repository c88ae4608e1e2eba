from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from procroutine.insight.views.common import Standing
from procroutine.insight.views.week import RowState
from procroutine.tui.widgets.canvas import Canvas
from procroutine.tui.widgets.cells import (
    GLYPHS,
    column,
    columns,
    difference,
    joined,
    named,
    spread,
    standing_style,
    thin_bar,
    track,
)

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cf"]))


@given(TEXTS, st.integers(0, 40), st.booleans())
def test_a_column_has_its_width_whatever_the_text(text: str, width: int, right: bool) -> None:
    assert column(text, width, "bold", right=right).cell_length == width


def test_a_column_cuts_with_an_ellipsis_and_styles_only_the_text() -> None:
    assert column("Write the commentary", 8).plain == "Write t…"
    assert column("ab", 4, right=True).plain == "  ab"
    assert [(span.start, span.end) for span in column("ab", 4, "bold").spans] == [(0, 2)]


def test_a_name_has_as_many_facts_as_there_is_room_for_and_none_is_cut() -> None:
    drawn = [named("Weekly posts", "4 revisions · 87 runs", width).plain for width in (40, 30, 20, 8)]
    assert drawn == ["Weekly posts   4 revisions · 87 runs", "Weekly posts   4 revisions", "Weekly posts", "Weekly …"]


@given(st.lists(st.tuples(TEXTS, st.integers(0, 12), st.sampled_from(["", "bold"]), st.booleans()), max_size=4))
def test_columns_are_columns_beside_one_another(cells: list[tuple[str, int, str, bool]]) -> None:
    pieces = columns(*cells)
    expected = joined(*(column(text, width, style, right=right) for text, width, style, right in cells))
    assert joined(*pieces).cell_length == sum(width for _, width, _, _ in cells)
    if all(cell_len(text) <= width for text, width, _, _ in cells):
        assert joined(*pieces).plain == expected.plain
        assert [text for text, style in pieces if style] == [text for text, _, style, _ in cells if style]


def test_text_is_never_markup() -> None:
    assert joined("[b]x[/b]", ("[@click=app.quit]y[/]", "bold")).plain == "[b]x[/b][@click=app.quit]y[/]"


def test_the_right_piece_gives_way() -> None:
    assert spread(joined("ab"), joined("cd"), 8).plain == "ab    cd"
    assert spread(joined("ab"), joined("cd"), 5).plain == "ab   "


def test_only_met_and_far_over_have_a_colour() -> None:
    colours = {standing: standing_style(standing) for standing in Standing}
    assert colours[Standing.MET] == "$text-success"
    assert colours[Standing.FAR_OVER] == "$text-error"
    assert colours[Standing.OVER] == colours[Standing.NONE]


def test_differences_have_their_sign() -> None:
    assert difference(timedelta(minutes=-2), Standing.MET).plain == "−2m"
    assert difference(timedelta(seconds=61), Standing.FAR_OVER, "step").plain == "+1:01"
    assert difference(None, Standing.NONE).plain == ""
    assert str(difference(timedelta(seconds=2), Standing.MET).spans[0].style) != "$text-success"


def test_bars_have_half_steps_and_are_never_nothing() -> None:
    assert thin_bar(0.25, 10).plain == "━━╸"
    assert thin_bar(0, 10).plain == "╸"
    assert thin_bar(7, 4).plain == "━━━━"
    assert track(0.5, 10).plain == "━" * 10


def test_every_state_has_its_own_sign() -> None:
    assert set(GLYPHS) == set(RowState)
    assert len({sign for sign, _ in GLYPHS.values()}) == len(GLYPHS)


def test_a_canvas_leaves_out_what_lands_outside_and_tells_what_changed() -> None:
    before, after = Canvas(6, 2), Canvas(6, 2)
    after.write(-1, 0, "abc", "x")
    after.write(5, 1, "de", "y")
    after.write(0, 9, "f", "z")
    after.tint(4, 99, 0, "g")
    assert after.text == ("bc", "     d")
    assert not after.has_same_line(0, before)
    assert not after.has_same_line(1, before)
    assert before.has_same_line(1, Canvas(6, 2))
    assert list(after.runs(0)) == [("bc", "x", ""), ("  ", "", ""), ("  ", "", "g")]
