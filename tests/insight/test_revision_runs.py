"""Runs before and after each revision, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from procroutine.insight.before_after import Verdict
from procroutine.insight.revision_runs import RevisionRuns, revision_runs, step_times
from procroutine.insight.revision_viewer import revisions_view
from procroutine.insight.revision_words import value_words, verdict_words
from procroutine.routine.model import Routine
from procroutine.routine.schedule import parse_schedule
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead

Made = Callable[..., "RunHead"]
ROUTINE = Routine(id="posts", name="Weekly posts", steps=(), schedule=parse_schedule("weekly on Monday"))


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def totals(make: Made, *parts: tuple[int | None, list[float]]) -> list[RunHead]:
    """Runs week after week: of each revision in turn so many minutes."""
    return [make(revision=number, active=minutes(total)) for number, each in parts for total in each]


def numbers(found: tuple[RevisionRuns, ...]) -> list[tuple[int, int | None, int, int]]:
    return [(one.number, one.against, len(one.before), len(one.after)) for one in found]


def test_a_revision_is_held_against_the_last_eight_runs_of_the_one_before_that_was_run(make_head: Made) -> None:
    heads = totals(make_head, (1, [60.0] * 9), (3, [50.0] * 3))
    assert numbers(revision_runs(heads[::-1], known=[2, 4])) == [
        (1, None, 0, 9),
        (2, 1, 8, 0),
        (3, 1, 8, 3),
        (4, 3, 3, 0),
    ]


def test_runs_after_a_change_that_was_taken_back_are_not_before_it(make_head: Made) -> None:
    heads = totals(make_head, (1, [60, 61, 62]), (2, [50, 51, 52]), (1, [90, 91]))
    second = revision_runs(heads)[1]
    assert [head.active for head in second.before] == [minutes(60), minutes(61), minutes(62)]


def test_runs_that_do_not_count_and_those_without_a_revision_say_nothing(make_head: Made) -> None:
    out: list[dict[str, Any]] = [{"state": "abandoned"}, {"deleted": True}, {"left_out": True}, {"revision": None}]
    heads = [make_head(active=minutes(60), **one) for one in (*out, {})]
    assert numbers(revision_runs(heads)) == [(1, None, 0, 1)]


def test_steps_have_their_own_times_before_and_after(make_head: Made) -> None:
    heads = [make_head(revision=1, a=60 * place, b=30) for place in range(1, 11)]
    heads += [make_head(revision=2, a=120, c=10), make_head(revision=2, a=180, state="abandoned"), make_head(a=999)]
    times = step_times(heads, 1, 2)
    assert (times["a"].before, times["a"].runs_before) == (minutes(6.5), 8)
    assert (times["a"].after, times["a"].runs_after) == (minutes(2.5), 2)
    assert (times["b"].after, times["c"].before) == (None, None)
    assert step_times(heads, 2, 1)["a"].before == minutes(2.5)


def said(verdict: str, saved: float, low: float, high: float, routine: Routine = ROUTINE) -> str:
    runs = RevisionRuns(number=2, against=1, before=(), after=())
    lengths = [minutes(one) for one in (saved, low, high)]
    return verdict_words(runs, Verdict(verdict, None, None, *lengths), routine)


def test_the_verdict_says_how_much_and_how_sure_that_is() -> None:
    assert said("helped", 6, 2, 11) == "helped: 6m saved a week, between 2m and 11m"
    assert said("hurt", -6, -11, -2) == "hurt: 6m more a week, between 2m and 11m"
    assert said("not clear yet", 3, -2, 8) == "not clear yet: between 2m more and 8m saved a week"
    for schedule in ("daily", "every 2 weeks on Fri", "weekly on Mon and Thu", "monthly on 1"):
        other = ROUTINE.replaced(schedule=parse_schedule(schedule))
        assert said("helped", 6, 2, 11, other) == "helped: 6m saved a run, between 2m and 11m"


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (3, 2, "too few runs: 2 of 3"),
        (1, 5, "too few runs before it: 1 of 3"),
        (1, 0, "too few runs: 0 of 3, before it 1 of 3"),
    ],
)
def test_too_few_runs_are_counted(make_head: Made, before: int, after: int, words: str) -> None:
    runs = revision_runs(totals(make_head, (1, [60.0] * before), (2, [50.0] * after)), known=[2])[1]
    assert verdict_words(runs, runs.verdict, ROUTINE) == words


def test_the_list_has_the_newest_first_with_its_week_note_and_marks(make_head: Made) -> None:
    heads = totals(make_head, (1, [60, 61, 62]), (2, [50, 51, 52]), (None, [70]))
    documents = [
        {"number": 1, "date": "2025-12-30T10:00:00.000+00:00", "note": None, "real_change": False},
        {"number": 2, "date": "2026-09-01T10:00:00.000+00:00", "note": "no \x1b", "real_change": True},
        {"number": 3, "date": "2025-12-30T10:00:00.000+00:00", "note": None, "real_change": False},
    ]
    view = revisions_view(ROUTINE, heads, documents, 2, Week(year=2026, number=47))
    third, second, first = view.rows
    assert view.facts == "3 revisions · 6 runs"
    assert view.remark == "1 run was brought in without its definition, and counts for no revision."
    assert (second.number, second.since, second.runs, second.real, second.present) == (2, "W40 · 28 Sep", 3, True, True)
    assert (second.before, second.after, second.saved, second.note) == (minutes(61), minutes(51), minutes(10), "no ␛")
    assert (first.sentence, third.sentence) == ("the first", "too few runs: 0 of 3")
    assert (third.since, third.present) == ("W1 · 30 Dec", False)
    old = revisions_view(ROUTINE, heads, documents, 2, Week(year=2027, number=1)).rows[1]
    assert old.since == "W40 · 28 Sep 2026"


def test_with_one_revision_or_none_a_sentence_says_so(make_head: Made) -> None:
    none = revisions_view(ROUTINE, [], [], None, Week(year=2026, number=47))
    assert (none.rows, none.remark.partition(".")[0]) == ((), "There is no revision yet")
    one = revisions_view(ROUTINE, totals(make_head, (1, [60])), [], None, Week(year=2026, number=47))
    assert one.remark.startswith("There is one revision so far.")
    assert one.rows[0].since == "W37 · 7 Sep"


def test_values_are_written_as_in_a_routine_file() -> None:
    names = {"docs": "Documents"}
    assert value_words("planned_seconds", 5400, names) == "1h30m"
    assert value_words("systems", ["docs", "shop"], names) == "Documents, shop"
    assert value_words("tags", ["docs"], names) == "docs"
    assert [value_words("optional", value, names) for value in (True, None)] == ["yes", "no"]
    assert [value_words(key, None, names) for key in ("goal_per", "phase", "bell", "goal_seconds")] == [
        "run",
        "testing",
        "as in the settings",
        "",
    ]
    for odd in (1e300, float("nan"), -1, True):
        assert value_words("planned_seconds", odd, names)
    assert value_words("of a later version", {"a": 1}, names) == '{"a": 1}'
