import shlex
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from procroutine.text import REPLACEMENT, Shown, _replacement, as_typed, counted, number_typed, shown

ANY_TEXT = st.text(st.characters())
PICTURED = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
"""Format characters that have a picture of their own (signs that enclose numbers)."""


def test_plain_text_stays_as_it_is() -> None:
    for text in ("Write the week's posts", "Müller & Söhne", "日本語", "Ω ≤ 3 − 4", "[b]not markup[/b]", ""):
        assert shown(text) == text
        assert isinstance(shown(text), Shown)


@given(ANY_TEXT)
@example("\x1b]0;title\x07")
@example("a\x9b31mb")
@example("\u202egnp.exe")
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    for character in shown(text):
        if character != "\u200d":
            category = unicodedata.category(character)
            assert category not in ("Cc", "Cs", "Zl", "Zp")
            assert category != "Cf" or character in PICTURED


@given(ANY_TEXT)
def test_one_line_stays_one_line_and_several_keep_their_ends(text: str) -> None:
    assert len(shown(text).splitlines()) <= 1
    assert shown(text, lines=True).count("\n") == text.count("\n")


@given(ANY_TEXT)
def test_what_is_shown_can_be_shown_again_and_written(text: str) -> None:
    once = shown(text, lines=True)
    assert shown(once, lines=True) == once
    once.encode()


@pytest.mark.parametrize(
    ("raw", "drawn"),
    [
        ("a\x1b[31mb", "a␛[31mb"),
        ("a\x00b\x7f", "a␀b␡"),
        ("a\x9bb", f"a{REPLACEMENT}b"),
        ("a\tb\nc", "a b c"),
        ("a\r\nb", "a b"),
        ("a\rb", f"a{REPLACEMENT}b"),
        ("a\u202eb", f"a{REPLACEMENT}b"),
        ("a\u200bb", f"a{REPLACEMENT}b"),
        ("a\u2028b", f"a{REPLACEMENT}b"),
        ("a\ud800b", f"a{REPLACEMENT}b"),
        ("a\uffffb", f"a{REPLACEMENT}b"),
        ("a\ufdd0b", f"a{REPLACEMENT}b"),
        ("a\U0010fffeb", f"a{REPLACEMENT}b"),
        ("a\U000e0041b", f"a{REPLACEMENT}b"),
    ],
)
def test_each_kind_of_unseen_character_has_its_replacement(raw: str, drawn: str) -> None:
    assert shown(raw) == drawn


def test_joiners_stay_within_emoji_and_nowhere_else() -> None:
    family = "👩\u200d👧"
    flag = "🏳\ufe0f\u200d🌈"
    assert shown(family) == family
    assert shown(flag) == flag
    assert shown("a\u200db") == f"a{REPLACEMENT}b"
    assert shown("\u200d") == REPLACEMENT


@given(st.text(alphabet=st.characters(max_codepoint=0x11FF) | st.characters()), st.booleans())
@example("\u3164", False)
@example("\U000e0100", True)
def test_the_quick_look_lets_nothing_through_that_the_close_look_would_replace(raw: str, lines: bool) -> None:
    closely = "".join(_replacement(raw, place, character, lines) for place, character in enumerate(raw))
    assert shown(raw, lines=lines) == closely


def test_one_thing_has_no_s() -> None:
    assert [counted(number, "step") for number in (0, 1, 2)] == ["0 steps", "1 step", "2 steps"]


@given(st.text(min_size=1))
@example("$(x)")
@example("it's `x` & y")
@example("~/a b")
def test_a_shell_takes_what_is_to_be_typed_for_that_one_word(word: str) -> None:
    assert shlex.split(as_typed(word)) == [word]


def test_a_plain_word_is_typed_without_quotes() -> None:
    assert as_typed("weekly-posts/2026_é.x") == "weekly-posts/2026_é.x"


@pytest.mark.parametrize(("number", "said"), [(0, "0 switches"), (1, "1 switch"), (2, "2 switches")])
def test_a_plural_of_its_own_is_used_for_all_but_one(number: int, said: str) -> None:
    assert counted(number, "switch", "switches") == said


def test_a_number_picks_one_of_so_many() -> None:
    picked = [number_typed(word, 12) for word in ("1", "12", "07", "13", "0", "-1", "²", "١", "", "1 ", "9" * 5000)]
    assert picked == [1, 12, 7] + [None] * 8
    assert number_typed("1", 0) is None
