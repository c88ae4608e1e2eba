from hypothesis import given
from hypothesis import strategies as st

from procroutine.errors import BadInput, UserError, nearest, quoted


def test_an_error_is_its_problem_and_its_remedy_on_one_line() -> None:
    error = BadInput("there is no goal", "write one")
    assert str(error) == "there is no goal: write one"
    assert isinstance(error, UserError)
    assert error.exit_code == 2


def test_the_nearest_word_is_found_whatever_its_case() -> None:
    assert nearest("Planed", ["title", "planned", "plan"]) == "planned"
    assert nearest("OWNER", ["owner"]) == "owner"


def test_no_word_is_near_where_none_is_alike_or_the_word_is_endless() -> None:
    assert nearest("xyz", ["title", "planned"]) is None
    assert nearest("title" * 100_000, ["title" * 100_000]) is None
    assert nearest("x", []) is None


@given(st.text())
def test_quoted_text_is_one_short_printable_line(text: str) -> None:
    written = quoted(text)
    assert written.startswith("'")
    assert written.endswith("'")
    assert "\n" not in written
    assert written.isprintable()
    assert len(written) <= 60 * 10 + 2


def test_quoted_text_keeps_what_is_plain() -> None:
    assert quoted("the week's posts") == "'the week's posts'"
    assert quoted("gather", '"') == '"gather"'
