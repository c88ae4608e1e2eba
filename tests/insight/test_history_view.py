"""The table of past runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from procroutine.insight.history_filter import EVERYTHING, HistoryFilter
from procroutine.insight.history_view import history_view
from procroutine.insight.past_runs import SORTS, PastRuns, SomeRuns
from procroutine.insight.views.common import Standing
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.views.past import HistoryView

THIS_WEEK = Week(year=2026, number=47)
MONDAY = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)


def view_of(*heads: RunHead, sort: str = "newest", name: str | None = None, **wanted: Any) -> HistoryView:
    return history_view(PastRuns(heads), THIS_WEEK, EVERYTHING.replaced(**wanted), sort, name=name)


def test_every_week_is_named_once_and_the_newest_comes_first(make_head: Callable[..., RunHead]) -> None:
    view = view_of(
        make_head(a=60, started_at=MONDAY),
        make_head(a=60, started_at=datetime(2025, 12, 29, 9, 0, tzinfo=UTC)),
        make_head(a=60, started_at=datetime(2025, 12, 24, 9, 0, tzinfo=UTC)),
        make_head(a=60, started_at=MONDAY + timedelta(days=1)),
        make_head(a=60, started_at=MONDAY + timedelta(days=7)),
    )
    assert [row.week for row in view.rows] == ["W47", "W46", "", "W1", "W52 2025"]
    assert [row.finished for row in view.rows][:3] == ["Mon 16 09:01", "Tue 10 09:01", "Mon 09 09:01"]
    assert view.long_weeks


def test_a_run_over_midnight_on_sunday_stays_in_the_week_it_began(make_head: Callable[..., RunHead]) -> None:
    sunday = make_head(a=7200, started_at=datetime(2026, 11, 15, 23, 30, tzinfo=UTC))
    monday = make_head(a=60, started_at=datetime(2026, 11, 16, 0, 10, tzinfo=UTC))
    view = view_of(sunday, monday)
    assert [(row.week, row.finished) for row in view.rows] == [("W47", "Mon 16 00:11"), ("W46", "Mon 16 01:30")]


def test_of_two_runs_that_ended_together_the_later_begun_comes_first(make_head: Callable[..., RunHead]) -> None:
    noon = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
    long, short = (make_head(a=minutes * 60, started_at=noon - timedelta(minutes=minutes)) for minutes in (30, 5))
    before = make_head(a=60, started_at=noon - timedelta(hours=2))
    for runs in ([long, before, short], [short, long, before]):
        assert SomeRuns(runs).heads == [short, long, before]


@pytest.mark.parametrize("groups", [[[0, 1, 2], [3, 4, 5]], [[3, 4, 5], [0, 1, 2]], [[0, 2, 4], [], [1, 3, 5]]])
def test_runs_of_several_files_are_listed_as_if_they_were_in_one(
    make_head: Callable[..., RunHead], groups: list[list[int]]
) -> None:
    heads = [make_head(a=60 * (number % 3), goal=timedelta(minutes=1), note=f"run {number}") for number in range(6)]
    whole, parts = PastRuns(heads), PastRuns.of_parts(SomeRuns(heads[place] for place in group) for group in groups)
    assert [part is None for part in parts.prepared()] == [True] * sum(map(bool, groups))
    for wanted in (
        EVERYTHING,
        HistoryFilter(marks=("over",)),
        HistoryFilter(notes=("3",)),
        HistoryFilter(words=("4",)),
    ):
        for sort in SORTS:
            found = [
                [runs.heads[place] for place in runs.in_order(runs.that_fit(wanted, runs.of_routines(None)), sort)]
                for runs in (whole, parts)
            ]
            assert found[0] == found[1]


def test_the_facts_count_weeks_runs_and_time(make_head: Callable[..., RunHead]) -> None:
    heads = [make_head(a=3600), make_head(a=5400)]
    assert view_of(*heads).facts == "last 11 weeks · 2 runs · 2h30"
    assert history_view(PastRuns(heads[:1]), heads[0].week).facts == "this week · 1 run · 1h00"
    assert view_of().facts == "no runs"


def test_what_is_listed_of_all_stands_in_title_and_facts(make_head: Callable[..., RunHead]) -> None:
    heads = [make_head(a=5000, note="Slow export"), make_head(a=60), make_head(a=5000)]
    view = view_of(*heads, words=("slow",), marks=("over",))
    assert (view.filtered, view.facts) == ("over goal · “slow”", "1 of 3 runs · 1h23")
    assert view_of(*heads, words=("nowhere",)).facts == "0 of 3 runs"


def test_the_title_is_the_routines_name_made_harmless() -> None:
    assert view_of().title == "All routines"
    assert view_of(name="Posts\x1b[31m").title == "Posts␛[31m"


@pytest.mark.parametrize(
    ("seconds", "standing"), [(3600, Standing.MET), (3601, Standing.OVER), (3961, Standing.FAR_OVER)]
)
def test_a_run_stands_against_the_goal_it_was_made_with(
    make_head: Callable[..., RunHead], seconds: int, standing: Standing
) -> None:
    (row,) = view_of(make_head(a=seconds)).rows
    assert (row.vs_goal, row.standing) == (timedelta(seconds=seconds - 3600), standing)


def test_a_run_is_held_against_no_goal_of_a_week_and_an_abandoned_one_against_none(
    make_head: Callable[..., RunHead],
) -> None:
    heads = [make_head(a=4000, routine="books"), make_head(a=4000, state="abandoned"), make_head(a=10, goal=None)]
    runs = PastRuns(heads, frozenset({"books"}))
    rows = history_view(runs, THIS_WEEK).rows
    assert [(row.vs_goal, row.standing) for row in rows] == [(None, Standing.NONE)] * 3
    assert [row.state for row in rows] == ["finished", "abandoned", "finished"]
    assert runs.over_goal == [None] * 3
    assert not history_view(runs, THIS_WEEK, EVERYTHING.replaced(marks=("over",))).rows


def test_steps_left_out_are_marked(make_head: Callable[..., RunHead]) -> None:
    (row,) = view_of(make_head(a=10, steps_total=3, revision=None, note="two\nlines")).rows
    assert (row.steps, row.skipped, row.revision, row.note) == ("1/3", True, "", "two; lines")


def test_notes_on_steps_stand_behind_that_of_the_run_and_are_found(make_head: Callable[..., RunHead]) -> None:
    heads = [
        make_head(a=1, step_notes={"a": "Slow export", "b": "Again"}),
        make_head(a=1, note="Rain", step_notes={"b": "Again"}),
    ]
    assert [row.note for row in view_of(*heads).rows] == ["Rain · Again", "Slow export · Again"]
    wanted_by: tuple[dict[str, Any], ...] = ({"words": ("slow",)}, {"notes": ("export",)})
    for wanted in wanted_by:
        assert [row.run_id for row in view_of(*heads, **wanted).rows] == [heads[0].id]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ((), 3),
        (("export", "slow"), 1),
        (("w37",), 1),
        (("abandoned",), 1),
        (("missed",), 1),
        (("weekly", "slow"), 1),
        (("none",), 0),
    ],
)
def test_every_word_is_wanted_somewhere(make_head: Callable[..., RunHead], words: tuple[str, ...], found: int) -> None:
    heads = [make_head(a=1, note="Slow EXPORT"), make_head(a=1, state="abandoned"), make_head(a=1, outcome="missed")]
    assert len(view_of(*heads, words=words).rows) == found


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"marks": ("over",)}, "0"),
        ({"marks": ("under",)}, "1234"),
        ({"marks": ("skipped",)}, "1"),
        ({"marks": ("left-out",)}, "2"),
        ({"marks": ("corrected",)}, "3"),
        ({"marks": ("abandoned",)}, "5"),
        ({"marks": ("under", "skipped")}, "1"),
        ({"notes": ("slow",)}, "2"),
        ({"notes": ("weekly",)}, ""),
        ({"routines": ("weekly",)}, "01234"),
        ({"routines": ("books",)}, "5"),
        ({"since": date(2026, 9, 21)}, "2345"),
        ({"until": date(2026, 9, 21)}, "012"),
        ({"since": date(2026, 9, 22), "until": date(2026, 9, 28)}, "3"),
    ],
)
def test_each_term_lists_what_it_says(make_head: Callable[..., RunHead], wanted: dict[str, Any], found: str) -> None:
    heads = [
        make_head(a=3601),
        make_head(a=60, steps_total=3),
        make_head(a=60, left_out=True, note="Slow"),
        make_head(a=60, corrected=True),
        make_head(a=3600),
        make_head(a=5000, state="abandoned", routine="books", routine_name="Receipts"),
    ]
    ids = [row.run_id for row in view_of(*heads, **wanted).rows]
    assert ids == [heads[int(place)].id for place in reversed(found)]


@pytest.mark.parametrize(("sort", "order"), [("newest", "3210"), ("longest", "1302"), ("over-goal", "1023")])
def test_runs_are_listed_in_the_order_that_is_asked_for(
    make_head: Callable[..., RunHead], sort: str, order: str
) -> None:
    hour = timedelta(hours=1)
    heads = [
        make_head(a=4000, goal=hour),
        make_head(a=9000, goal=hour),
        make_head(a=3000, goal=hour),
        make_head(a=5000, goal=None),
    ]
    view = view_of(*heads, sort=sort)
    assert [row.run_id for row in view.rows] == [heads[int(place)].id for place in order]
    assert view.sort == sort
    assert bool(view.order) == (sort != "newest")


def test_a_word_that_is_nearly_a_term_is_asked_about_only_where_nothing_is_found(
    make_head: Callable[..., RunHead],
) -> None:
    heads = [make_head(a=1, note="skiped the slides")]
    assert view_of(*heads, words=("skiped",)).problem == ""
    assert view_of(*heads, words=("skipt",)).problem == "no run has “skipt”: did you mean skipped?"
    assert view_of(*heads, words=("skipt",), problems=("that is no week",)).problem == "that is no week"
    assert view_of(*heads, words=("zzz",)).problem == ""


def test_only_the_runs_of_the_routines_given_are_listed_and_counted(make_head: Callable[..., RunHead]) -> None:
    heads = [make_head(a=1), make_head(a=1, routine="old"), make_head(a=1, routine="books")]
    view = history_view(
        PastRuns(heads), THIS_WEEK, EVERYTHING.replaced(words=("weekly",)), name="Posts", routines=("posts", "old")
    )
    assert (view.title, view.facts) == ("Posts", "2 of 2 runs · 2s")


def test_rows_are_found_by_their_run_and_given_by_place_and_slice(make_head: Callable[..., RunHead]) -> None:
    rows = view_of(*[make_head(a=1) for _ in range(5)]).rows
    assert [rows.place_of(row.run_id) for row in rows] == [0, 1, 2, 3, 4]
    assert rows.place_of("another") is None
    assert rows[-1].run_id == rows[4:][0].run_id
    assert [row.run_id for row in rows[1:3]] == [rows[1].run_id, rows[2].run_id]
    with pytest.raises(IndexError):
        rows[5]
