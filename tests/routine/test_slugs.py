from hypothesis import given
from hypothesis import strategies as st

from procroutine.routine.slugs import slug, unused


def test_words_are_joined_in_small_letters_of_any_script() -> None:
    assert slug("Write the week's posts", "step") == "write-the-weeks-posts"
    assert slug("  Größe & Maß: 2 × 3! ", "step") == "größe-maß-2-3"
    assert slug("週報を書く", "step") == "週報を書く"
    assert slug("हिन्दी", "step") == "हिन्दी"
    assert slug("../../etc", "step") == "etc"


def test_a_text_without_letters_gives_what_is_asked_for() -> None:
    assert slug("???", "step") == "step"
    assert slug("", "routine") == "routine"


def test_long_titles_are_cut_between_words() -> None:
    made = slug("word " * 40, "step")
    assert len(made) <= 60
    assert made.endswith("word")
    assert len(slug("x" * 5000, "step")) == 60


@given(st.text())
def test_a_slug_is_a_safe_file_name_and_its_own_slug(text: str) -> None:
    made = slug(text, "step")
    assert made
    assert len(made) <= 60
    assert not set(made) & set("/\\.:\0 \n")
    assert slug(made, "step") == made


@given(st.text(max_size=3), st.sets(st.text(max_size=5)))
def test_an_unused_name_is_new_and_begins_as_wanted(wanted: str, taken: set[str]) -> None:
    made = unused(wanted, taken)
    assert made not in taken
    assert made.startswith(wanted)
    assert (made == wanted) == (wanted not in taken)
