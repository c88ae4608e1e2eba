"""What History lists, as it is typed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procroutine.clock import ManualClock, Reading
from procroutine.errors import BadInput
from procroutine.insight.history_filter import EVERYTHING, FORMS, MARKS, HistoryFilter, parse_filter, weeks_of
from procroutine.weeks import Week

THIS_WEEK = Week(year=2026, number=47)


def reading() -> Reading:
    """Thursday of week 47."""
    return ManualClock(datetime(2026, 11, 19, 14, 5, tzinfo=UTC)).read()


def parsed(text: str) -> HistoryFilter:
    return parse_filter(text, reading())


def days(first: date | None, last: date | None) -> tuple[str, str]:
    return str(first or ""), str(last or "")


def test_words_and_terms_stand_in_any_order() -> None:
    found = parsed("Export over note:Slow routine:posts meta  skipped")
    assert found.words == ("export", "meta")
    assert (found.notes, found.routines, found.marks) == (("slow",), ("posts",), ("over", "skipped"))
    assert not found.problems


def test_quotes_hold_words_together_and_make_a_word_of_a_term() -> None:
    found = parsed('"over" note:"two words" "week:4" "left out')
    assert found == EVERYTHING.replaced(words=("over", "week:4", "left out"), notes=("two words",))


@pytest.mark.parametrize("text", ["left-out", "left out", "LEFT OUT"])
def test_a_mark_is_understood_as_people_say_it(text: str) -> None:
    assert parsed(text).marks == ("left-out",)


@pytest.mark.parametrize("text", sorted(MARKS))
def test_every_mark_is_known(text: str) -> None:
    assert parsed(text) == EVERYTHING.replaced(marks=(text,))


@pytest.mark.parametrize("text", sorted(FORMS.values()))
def test_every_term_can_be_written_as_its_example(text: str) -> None:
    assert not parsed(text).problems
    assert not parsed(text).wants_all


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("week:2026-W40", "2026-09-28", "2026-10-04"),
        ("week:W40..W47", "2026-09-28", "2026-11-22"),
        ("week:40..41", "2026-09-28", "2026-10-11"),
        ("week:W50..W3", "2025-12-08", "2026-01-18"),
        ("week:2025-W40..47", "2025-09-29", "2025-11-23"),
        ("week:W40..", "2026-09-28", ""),
        ("week:..2026-W01", "", "2026-01-04"),
        ("since:90d", "2026-08-21", ""),
        ("since:2026-11-01 until:2026-11-03", "2026-11-01", "2026-11-03"),
        ("since:W40 until:w41", "2026-09-28", "2026-10-11"),
        ("until:2w", "", "2026-11-05"),
        ("since:W40 week:W39..W41", "2026-09-28", "2026-10-11"),
    ],
)
def test_days_and_weeks_narrow_one_another(text: str, first: str, last: str) -> None:
    found = parsed(text)
    assert not found.problems
    assert days(found.since, found.until) == (first, last)


def test_a_week_without_a_year_is_the_one_that_was_last() -> None:
    assert weeks_of("47", THIS_WEEK)[0] == THIS_WEEK
    assert weeks_of("W48", THIS_WEEK)[0] == Week(year=2025, number=48)
    assert weeks_of("53", Week(year=2027, number=10))[0] == Week(year=2026, number=53)
    assert weeks_of("W53", Week(year=2026, number=47))[0] == Week(year=2020, number=53)
    assert weeks_of("W40..W53", Week(year=2025, number=45)) == (
        Week(year=2025, number=40),
        Week(year=2026, number=53),
    )


@pytest.mark.parametrize("text", ["", "..", "W0", "54", "2026-W99", "soon", "W4..x", "W40..W39.."])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is not a week"):
        weeks_of(text, THIS_WEEK)


def test_weeks_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(BadInput, match="ends before it begins"):
        weeks_of("2026-W40..2026-W39", THIS_WEEK)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("notes:slow", "there is no term 'notes:': did you mean 'note:'?"),
        ("over:5m", "there is no term 'over:': did you mean 'over'?"),
        ("http://x", "there is no term 'http:': put it into quotes to look for it as it stands"),
        ("week:", "week: wants something behind it, such as week:W40..W47"),
        ("week:soon", "'soon' is not a week: write the ISO year and week, such as 2026-W47"),
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_counts(text: str, said: str) -> None:
    assert parsed(f"over {text} slow") == EVERYTHING.replaced(marks=("over",), words=("slow",), problems=(said,))


def test_a_filter_is_told_in_words() -> None:
    found = parsed("over skipped routine:posts note:slow export week:W40..W47")
    assert found.described(THIS_WEEK) == (
        "over goal · skipped steps · routine “posts” · notes with “slow” · “export” · weeks W40 to W47"
    )
    assert parsed("week:2025-W40").described(THIS_WEEK) == "week W40 2025"
    assert parsed("since:2026-10-01 until:2026-11-01").described(THIS_WEEK) == (
        "from Thu 1 Oct 2026 · until Sun 1 Nov 2026"
    )
    assert EVERYTHING.described(THIS_WEEK) == ""


def test_a_problem_alone_leaves_everything_listed() -> None:
    assert parsed("").wants_all
    assert parsed("nope:x").wants_all
    assert not parsed("x").wants_all


@given(st.text(st.sampled_from('abW:".-0149 x\x1bä'), max_size=40))
def test_no_text_is_too_odd(text: str) -> None:
    found = parsed(text)
    assert all(word and word == word.casefold() for word in (*found.words, *found.notes))
    assert "\x1b" not in found.described(THIS_WEEK)


@given(st.dates(date(2, 1, 1), date(9998, 1, 1)), st.integers(0, 200))
def test_a_span_of_whole_weeks_is_read_as_it_was_written(day: date, more: int) -> None:
    first = Week.of(day)
    last = Week.of(min(day + timedelta(weeks=more), date(9998, 1, 1)))
    assert weeks_of(f"{first}..{last}", THIS_WEEK) == (first, last)
