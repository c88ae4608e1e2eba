"""What is known of one step, and its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from procroutine.insight.dates import day_and_month
from procroutine.insight.revision_viewer import revisions_view
from procroutine.insight.step_page import MOST_NOTES, changes_in_words, facts_of, step_answer, step_page
from procroutine.insight.step_past import StepPast, step_past
from procroutine.insight.views.common import Mark
from procroutine.routine.model import Routine, Step, System
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead

THIS_WEEK = Week(year=2026, number=47)
STEP = Step(id="a", title="Write", planned=timedelta(minutes=15), systems=("docs",), person="Ana")
ROUTINE = Routine(
    id="posts", name="Posts", systems={"docs": System(id="docs", name="Papers")}, steps=(Step(id="b", title="B"), STEP)
)


def revision(number: int, *steps: dict[str, Any], day: str = "2026-09-01T09:00:00+00:00") -> dict[str, Any]:
    snapshot = {
        "id": "posts",
        "name": "Posts",
        "systems": {"docs": {"name": "Docs"}, "mail": {"name": "Mail"}},
        "steps": list(steps) or [{"id": "b", "title": "B"}],
    }
    return {"number": number, "snapshot": snapshot, "date": day}


def a_step(**more: Any) -> dict[str, Any]:
    return {"id": "a", "title": "Write", **more}


FIRST = revision(1, a_step(planned_seconds=1500, systems=["mail"]))
SECOND = revision(2, a_step(planned_seconds=900, systems=["docs"]), day="2026-09-20T09:00:00+00:00")


def past_of(*heads: RunHead, documents: tuple[dict[str, Any], ...] = (FIRST, SECOND), since: Any = None) -> StepPast:
    found = step_past(ROUTINE, "a", heads, documents, since)
    assert found is not None
    return found


def test_times_and_weeks_are_those_of_the_runs_that_count(make_head: Callable[..., RunHead]) -> None:
    heads = [
        make_head(a=60),
        make_head(a=100, state="abandoned"),
        make_head(a=5, left_out=True),
        make_head(a=5, deleted=True),
        make_head(a=80),
    ]
    past = past_of(*reversed(heads))
    assert [length.total_seconds() for length in past.times] == [60, 100, 80]
    assert [str(one.week) for one in past.weeks] == ["2026-W37", "2026-W38", "2026-W41"]
    assert (past.runs, past.skipped, past.place) == (2, 0, 2)
    assert (past.best, past.last, past.median) == tuple(timedelta(seconds=count) for count in (60, 80, 80))
    assert past.usual == timedelta(seconds=80)


def test_only_the_weeks_asked_for_count(make_head: Callable[..., RunHead]) -> None:
    heads = [make_head(a=60, step_notes={"a": "Old"}), make_head(a=100), make_head(b=80)]
    past = past_of(*heads, since=Week(year=2026, number=38))
    assert (past.times, past.runs, past.skipped) == ((timedelta(seconds=100),), 2, 1)
    assert [note.text for note in past.notes] == ["Old"]
    assert past_of(*heads, since=Week(year=2026, number=46)).best is None


def test_several_runs_of_a_week_are_one_point(make_head: Callable[..., RunHead]) -> None:
    first = make_head(a=60)
    more = make_head(a=90, started_at=first.started_at + timedelta(days=1))
    (week,) = past_of(first, more).weeks
    assert (week.mean, week.runs) == (timedelta(seconds=75), (first, more))


def test_it_was_skipped_only_in_runs_that_had_it(make_head: Callable[..., RunHead]) -> None:
    heads = [
        make_head(a=60),
        make_head(b=60, revision=None),
        make_head(b=60, revision=3),
        make_head(b=60),
        make_head(b=60, state="abandoned"),
    ]
    past = past_of(*heads, documents=(FIRST, revision(3)))
    assert (past.runs, past.skipped) == (2, 1)
    assert [one.mean is None for one in past.weeks] == [False, True]
    prepared = revision(1, a_step(prepare=True))
    assert past_of(*heads, documents=(prepared,)).runs == 0


def test_each_note_has_what_the_step_was_done_with_then(make_head: Callable[..., RunHead]) -> None:
    heads = [
        make_head(a=60, step_notes={"a": "One", "b": "Another step"}),
        make_head(a=90, revision=2, step_notes={"a": "Two"}),
        make_head(b=9, revision=None, step_notes={"a": "Three"}),
    ]
    notes = past_of(*heads).notes
    assert [(note.text, note.systems) for note in notes] == [
        ("Three", ("Papers",)),
        ("Two", ("Docs",)),
        ("One", ("Mail",)),
    ]
    assert [note.time and note.time.total_seconds() for note in notes] == [None, 90, 60]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ({"planned_seconds": 1500}, {"planned_seconds": 900}, "planned 25m → 15m"),
        ({}, {"planned_seconds": 900}, "planned none → 15m"),
        ({"systems": ["mail"]}, {"systems": ["docs", "mail"]}, "systems Mail → Docs, Mail"),
        ({"instructions": "x" * 40}, {"instructions": "y"}, "instructions"),
        ({"instructions": "one\ntwo"}, {"optional": True}, "instructions, optional no → yes"),
        ({}, {}, ""),
    ],
)
def test_what_a_revision_changed_is_said(old: dict[str, Any], new: dict[str, Any], what: str) -> None:
    changes = past_of(documents=(revision(1, a_step(**old)), revision(2, a_step(**new)))).changes
    assert [change.what for change in changes] == ([what] if what else [])


def test_a_revision_has_the_day_that_the_list_of_revisions_gives_it(make_head: Callable[..., RunHead]) -> None:
    heads = [
        make_head(a=60),
        make_head(a=60, revision=2, left_out=True),
        make_head(a=60, revision=2, state="abandoned"),
        make_head(a=60, revision=2),
    ]
    for runs, day in ((heads, "28 Sep"), (heads[:3], "20 Sep")):
        (change,) = past_of(*runs).changes
        row = revisions_view(ROUTINE, runs, (FIRST, SECOND), 2, THIS_WEEK).rows[0]
        assert (change.number, row.number) == (2, 2)
        assert change.day is not None
        assert (row.day, day_and_month(change.day)) == (day, day)


def test_a_step_that_came_went_and_came_again_says_so() -> None:
    changes = past_of(documents=(revision(1), FIRST | {"number": 2}, revision(3), FIRST | {"number": 4})).changes
    assert [(change.number, change.what) for change in changes] == [(2, "new"), (3, "dropped"), (4, "new")]


def test_a_revision_that_cannot_be_read_says_nothing() -> None:
    strange = ({"number": 2, "snapshot": None, "date": 5}, {**FIRST, "number": 3, "date": "soon"})
    assert past_of(documents=(FIRST, *strange)).changes == ()
    changed = {**SECOND, "date": "soon"}
    assert past_of(documents=(FIRST, changed)).changes[0].day is None


def test_of_a_step_that_there_is_not_nothing_is_known(make_head: Callable[..., RunHead]) -> None:
    assert step_past(ROUTINE, "x", [make_head(x=5)], ()) is None


def test_the_page_marks_the_first_week_after_a_change_and_skips(make_head: Callable[..., RunHead]) -> None:
    heads = [make_head(a=1500), make_head(b=5), make_head(a=1400), make_head(a=900, revision=2, corrected=True)]
    page = step_page(ROUTINE, past_of(*heads), THIS_WEEK, 26)
    assert [point.mark for point in page.chart.points] == [Mark.OVER, Mark.MISSED, Mark.OVER, Mark.OVER]
    assert page.chart.goal is None
    assert page.chart.revisions == ((3, "v2"),)
    assert page.changes == ("v2 28 Sep 2026: planned 25m → 15m, systems Mail → Docs",)
    assert page.chart.points[-1].vs_before == timedelta(seconds=-500)
    assert (page.place, page.facts) == (
        "step 2 of 2 of Posts · Papers · Ana",
        "last 26 weeks · done 3 times · skipped in 1 of 4 runs",
    )
    assert step_page(ROUTINE, past_of(), THIS_WEEK, 0).facts == "no runs yet"
    assert step_page(ROUTINE, past_of(), THIS_WEEK, 26).facts == "not done in the last 26 weeks"
    assert facts_of(5, 0, 0, 0, 26) == "last 26 weeks · done 5 times"
    assert step_page(ROUTINE, past_of(heads[0]), THIS_WEEK, 0).facts == "all weeks · done 1 time · never skipped"
    left_out = make_head(a=60, left_out=True)
    assert step_page(ROUTINE, past_of(left_out), THIS_WEEK, 0).facts == "no runs that count · 1 left out"
    both = past_of(heads[0], left_out, make_head(a=60, deleted=True, left_out=True))
    assert step_page(ROUTINE, both, THIS_WEEK, 0).facts == "all weeks · done 1 time · never skipped · 1 left out"
    assert step_answer(ROUTINE, both)["left_out"] == 1


def test_a_change_before_the_first_week_is_no_mark(make_head: Callable[..., RunHead]) -> None:
    page = step_page(ROUTINE, past_of(make_head(a=900, revision=2)), THIS_WEEK, 26)
    assert page.chart.revisions == ()
    assert len(page.changes) == 1


def test_notes_are_harmless_dated_and_not_without_end(make_head: Callable[..., RunHead]) -> None:
    heads = [make_head(a=1, step_notes={"a": f"\x1b{number}\nagain"}) for number in range(MOST_NOTES + 5)]
    notes = step_page(ROUTINE, past_of(*heads), THIS_WEEK, 0).notes
    assert len(notes) == MOST_NOTES
    assert (notes[0].text, notes[0].run_id) == (f"␛{MOST_NOTES + 4}; again", heads[-1].id)
    assert notes[-1].day == "Mon 12 Oct"
    assert notes[0].day.endswith(" 2030")


def test_the_answer_has_weeks_revisions_and_notes(make_head: Callable[..., RunHead]) -> None:
    heads = [make_head(a=60, step_notes={"a": "One"}), make_head(b=5), make_head(a=90, revision=2)]
    answer = step_answer(ROUTINE, past_of(*heads))
    assert [(week["week"], week["runs"], week["mean_seconds"]) for week in answer["weeks"]] == [
        ("2026-W37", 1, 60.0),
        ("2026-W38", 0, None),
        ("2026-W39", 1, 90.0),
    ]
    assert (answer["planned_seconds"], answer["best_seconds"], answer["skipped"]) == (900.0, 60.0, 1)
    assert answer["revisions"][0]["date"] == date(2026, 9, 21).isoformat()
    assert changes_in_words(answer["revisions"]) == ["v2 21 Sep 2026: planned 25m → 15m, systems Mail → Docs"]
    assert answer["notes"][0]["systems"] == ["Mail"]
