from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from procroutine.insight.routine_week import files_changed
from procroutine.insight.views.common import Mark, Standing
from procroutine.insight.views.week import RoutineRow, RowState, WeekView
from procroutine.insight.week_view import week_by_parts, whole
from procroutine.routine.library import read_library
from procroutine.routine.model import GoalPer, Step
from procroutine.text import Shown
from tests.insight.week_samples import broken, entry, off, past_of

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead, WeekOff
    from procroutine.routine.entries import Entry
    from procroutine.run.live import RunState, StepState

NOW = datetime(2026, 11, 19, 14, 5, tzinfo=UTC)
"""A Thursday of week 47."""
BERLIN = ZoneInfo("Europe/Berlin")

Heads = Callable[..., "RunHead"]


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


@pytest.fixture
def run_on(make_head: Heads) -> Heads:
    """Make a run of a routine that began at a day and time of 2026, so many minutes long."""

    def make(routine: str, start: str, length: float = 50, **given: Any) -> RunHead:
        started = datetime.fromisoformat(f"2026-{start}").replace(tzinfo=UTC)
        return make_head(routine=routine, started_at=started, active=minutes(length), **given)

    return make


@pytest.fixture
def open_run(make_run: Callable[..., RunState], make_step: Callable[..., StepState]) -> Callable[..., RunState]:
    """Make an open run of a routine with so many of five steps done, ten minutes each."""

    def make(routine: str, done: int, **given: Any) -> RunState:
        states = ["done"] * done + ["current"] + ["pending"] * (4 - done)
        steps = [make_step(f"s{number}", state) for number, state in enumerate(states)]
        return make_run(*steps, **({"routine": routine, "active": minutes(10) * done} | given))

    return make


def drawn(
    entries: Iterable[Entry],
    heads: Iterable[RunHead] = (),
    runs: Iterable[RunState] = (),
    now: datetime = NOW,
    weeks_off: Iterable[WeekOff] = (),
    quiet_lines: Sequence[Shown] = (),
    **known: Any,
) -> WeekView:
    past = past_of(entries, heads, weeks_off).replaced(**known)
    return whole(week_by_parts(past, tuple(runs), now, quiet_lines))


def names(view: WeekView) -> dict[str, list[str]]:
    return {title: [row.routine_id for row in rows] for title, rows in view.groups}


def only(view: WeekView) -> RoutineRow:
    ((_, (row,)),) = view.groups
    return row


def test_every_routine_stands_in_its_group_in_order(run_on: Heads, open_run: Callable[..., RunState]) -> None:
    entries = [
        entry("invoices", "weekly on Thu at 16:00"),
        entry("metrics", "weekly on Wed"),
        entry("backup", "weekly on Tue"),
        entry("newsletter", "weekly on Thu"),
        entry("Review", "weekly on Fri"),
        entry("cleaning", "weekly on Fri"),
        entry("payroll", "weekly on Fri"),
        entry("standup", "weekly on Mon"),
        entry("holiday", "weekly on Mon"),
        entry("taxes", "monthly on 31"),
        entry("sale"),
        broken("bad"),
    ]
    heads = [run_on("payroll", "11-17T16:00"), run_on("standup", "11-16T09:00")]
    view = drawn(entries, heads, [open_run("newsletter", 4, state="paused")], weeks_off=[off("2026-W47", "holiday")])
    assert names(view) == {
        "Now": ["backup", "metrics", "newsletter", "invoices"],
        "Later this week": ["cleaning", "Review"],
        "Done": ["standup", "payroll", "holiday"],
        "Not this week": ["taxes"],
        "Any time": ["sale"],
        "Cannot be read": ["bad"],
    }
    assert (view.date, str(view.week)) == ("Thu 19 Nov", "2026-W47")
    assert (view.done, view.due, view.overdue) == (2, 8, 2)


@pytest.mark.parametrize(
    ("schedule", "state", "day", "note"),
    [
        ("weekly on Wed", RowState.OVERDUE, "Wed", "1 day late"),
        ("weekly on Mon at 9:00", RowState.OVERDUE, "Mon", "3 days late"),
        ("daily", RowState.TODAY, "Thu", "today"),
        ("daily at 16:00", RowState.TODAY, "Thu", "at 16:00"),
        ("daily at 09:00", RowState.TODAY, "Thu", "at 09:00"),
        ("weekly on Fri at 9:00", RowState.LATER, "Fri", "tomorrow"),
        ("weekly on Sun", RowState.LATER, "Sun", "in 3 days"),
        ("weekly on Sun at 09:00", RowState.LATER, "Sun", "at 09:00"),
        ("weekly", RowState.LATER, "", "this week"),
        ("monthly on 30", RowState.LATER, "Mon", "30 Nov"),
        (None, RowState.NEVER, "", ""),
    ],
)
def test_the_due_note_says_when_in_a_few_words(schedule: str | None, state: RowState, day: str, note: str) -> None:
    row = only(drawn([entry("posts", schedule)]))
    assert (row.state, row.due_day, row.due_note) == (state, day, note)


def test_what_fell_due_before_a_routine_was_first_seen_is_not_late(run_on: Heads) -> None:
    seen = {"posts": date(2026, 11, 18)}
    new = drawn([entry("posts", "weekly on Mon")], written=seen)
    assert names(new) == {"Not this week": ["posts"]}
    assert (only(new).due_note, new.overdue, new.due) == ("23 Nov", 0, 0)
    assert only(drawn([entry("posts", "weekly on Wed")], written=seen)).due_note == "1 day late"
    known = drawn([entry("posts", "weekly on Mon")], [run_on("posts", "11-09T09:00")], written=seen)
    assert only(known).due_note == "3 days late"


def test_a_file_was_seen_the_day_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "posts.toml"
    file.write_text('name = "Posts"\n[[steps]]\ntitle = "Write"\n', encoding="utf-8")
    (tmp_path / "bad.toml").write_text("name =", encoding="utf-8")
    evening = datetime(2026, 11, 18, 23, 30, tzinfo=UTC).timestamp()
    os.utime(file, (evening, evening))
    assert files_changed(read_library(str(tmp_path)), UTC) == {"posts": date(2026, 11, 18)}
    assert files_changed(read_library(str(tmp_path)), BERLIN) == {"posts": date(2026, 11, 19)}


def test_a_done_row_shows_when_it_ended_in_the_zone_of_the_person(run_on: Heads) -> None:
    head = run_on("posts", "11-16T23:10", 31)
    row = only(drawn([entry("posts", "weekly on Mon")], [head], now=NOW.astimezone(BERLIN)))
    assert (row.state, row.due_day, row.due_note) == (RowState.DONE, "Tue", "00:41")
    assert (row.detail.key_action, row.detail.key_time) == ("done Tue 00:41", None)


def test_what_has_no_schedule_is_done_only_in_the_week_it_was_done(run_on: Heads) -> None:
    assert only(drawn([entry("sale")], [run_on("sale", "11-16T09:00")])).state is RowState.DONE
    view = drawn([entry("sale")], [run_on("sale", "11-13T09:00")])
    assert (only(view).state, view.due) == (RowState.NEVER, 0)


def test_a_month_done_in_an_earlier_week_waits_for_the_next(run_on: Heads) -> None:
    view = drawn([entry("taxes", "monthly on 1")], [run_on("taxes", "11-03T09:00")])
    assert names(view) == {"Not this week": ["taxes"]}
    assert (only(view).due_day, only(view).due_note, view.due) == ("Tue", "1 Dec", 0)


@pytest.mark.parametrize(
    ("given", "state", "note", "action"),
    [
        ({"state": "paused"}, RowState.PAUSED, "paused 3/5", "resume at step 4 and finish about"),
        (
            {"state": "paused", "waiting_for": "an answer"},
            RowState.PAUSED,
            "waiting 3/5",
            "resume at step 4 and finish about",
        ),
        ({}, RowState.RUNNING, "running 3/5", "go on at step 4 and finish about"),
    ],
)
def test_an_open_run_shows_how_far_it_is(
    open_run: Callable[..., RunState], given: dict[str, Any], state: RowState, note: str, action: str
) -> None:
    row = only(drawn([entry("posts", "weekly on Mon")], (), [open_run("posts", 3, **given)]))
    assert (row.state, row.due_note, row.run_id) == (state, note, "2000000000000001")
    assert (row.detail.key_action, row.detail.key_time) == (action, "14:26")


def test_what_an_open_run_has_left_goes_by_the_usual_times_of_its_steps(open_run: Callable[..., RunState]) -> None:
    targets = {"s3": {"usual_seconds": 600}, "s4": {"usual_seconds": 1200}}
    run = open_run("posts", 3, targets=targets)
    steps = [*run.steps[:3], run.steps[3].replaced(active=minutes(4)), run.steps[4]]
    view = drawn([entry("posts", "weekly on Mon")], (), [run.replaced(steps=tuple(steps))])
    assert (view.to_go, only(view).detail.key_time) == (minutes(26), "14:31")


def test_an_open_run_whose_file_is_gone_or_broken_can_still_be_gone_on_with(open_run: Callable[..., RunState]) -> None:
    view = drawn([broken("posts")], (), [open_run("posts", 1), open_run("gone", 1, routine_name="Gone")])
    ((title, rows),) = view.groups
    assert title == "Now"
    assert [(row.name, row.state, row.run_id is None) for row in rows] == [
        ("Gone", RowState.RUNNING, False),
        ("Weekly posts", RowState.RUNNING, False),
    ]


def test_each_open_run_of_a_routine_has_a_row_and_is_due_once(run_on: Heads, open_run: Callable[..., RunState]) -> None:
    runs = [open_run("posts", 1, id="first"), open_run("posts", 2, id="second", state="paused")]
    view = drawn([entry("posts", "weekly on Mon")], [run_on("posts", "11-16T09:00")], runs)
    assert [row.run_id for _, rows in view.groups for row in rows] == ["first", "second"]
    assert (view.done, view.due) == (1, 1)
    assert view.days[0].states == (RowState.DONE,)


def test_to_go_is_the_usual_time_of_all_still_due_less_what_is_done(
    run_on: Heads, open_run: Callable[..., RunState]
) -> None:
    entries = [entry("posts", "weekly on Fri"), entry("books", "weekly on Mon"), entry("never")]
    heads = [run_on("posts", f"{day}T09:00", length) for day, length in (("10-30", 40), ("11-06", 60), ("11-13", 44))]
    assert drawn(entries, heads).to_go == minutes(44 + 51)
    assert drawn(entries, heads, [open_run("posts", 1)]).to_go == minutes(44 - 10 + 51)
    assert drawn(entries, [*heads, run_on("books", "11-16T09:00")]).to_go == minutes(44)


def test_what_is_due_again_this_week_is_still_to_go(run_on: Heads) -> None:
    view = drawn([entry("checks", "daily")], [run_on("checks", "11-18T07:00", 10), run_on("checks", "11-19T07:00", 10)])
    assert view.to_go == minutes(30)
    assert [cell.states for cell in view.days] == [
        (),
        (),
        (RowState.DONE,),
        (RowState.DONE,),
        (RowState.LATER,),
        (RowState.LATER,),
        (RowState.LATER,),
    ]


def test_what_was_done_in_the_week_before_is_due_next_once(run_on: Heads) -> None:
    done = run_on("posts", "11-15T09:00", 40)
    view = drawn([entry("posts", "weekly on Fri and Sun")], [done])
    assert view.to_go == minutes(80)
    later = (RowState.LATER,)
    assert [cell.states for cell in view.days] == [(), (), (), (), later, (), later]


def test_a_usual_length_of_nothing_is_not_the_plan(run_on: Heads) -> None:
    assert drawn([entry("posts", "weekly on Fri")], [run_on("posts", "11-13T09:00", 0)]).to_go == minutes(0)


def test_the_week_strip_shows_what_was_done_and_what_is_due_on_each_day(
    run_on: Heads, open_run: Callable[..., RunState]
) -> None:
    entries = [
        entry("metrics", "weekly on Wed"),
        entry("letter", "weekly on Thu"),
        entry("review", "weekly on Fri"),
        entry("standup", "weekly on Mon"),
        entry("late", "every 2 weeks on Fri"),
    ]
    view = drawn(entries, [run_on("standup", "11-17T09:00")], [open_run("letter", 1)])
    assert [(cell.label, cell.today) for cell in view.days[2:5]] == [
        ("Wed 18", False),
        ("Thu 19", True),
        ("Fri 20", False),
    ]
    assert [cell.states for cell in view.days] == [
        (),
        (RowState.DONE,),
        (RowState.OVERDUE,),
        (RowState.OVERDUE, RowState.RUNNING),
        (RowState.LATER,),
        (),
        (),
    ]


def test_the_figures_are_of_finished_runs_that_count(run_on: Heads) -> None:
    heads = [
        run_on("posts", "10-26T09:00", 40, complete=False),
        run_on("posts", "11-02T09:00", 64),
        run_on("posts", "11-09T09:00", 62),
        run_on("posts", "11-10T09:00", 10, state="abandoned"),
        run_on("posts", "11-11T09:00", 11, left_out=True),
        run_on("posts", "11-12T09:00", 12, deleted=True),
    ]
    row = only(drawn([entry("posts", "weekly on Mon")], heads))
    assert (row.last, row.vs_goal, row.standing) == (minutes(62), minutes(2), Standing.OVER)
    assert (row.detail.median, row.detail.best) == (minutes(62), minutes(62))
    assert row.weeks == (None,) * 5 + (minutes(40), minutes(64), minutes(62))
    assert row.streak == 0
    assert row.put_off == 1


def test_the_eight_weeks_end_with_the_present_one_once_it_has_a_run(run_on: Heads) -> None:
    heads = [run_on("posts", "11-09T09:00", 62), run_on("posts", "11-16T09:00", 58), run_on("posts", "11-18T09:00", 60)]
    row = only(drawn([entry("posts", "weekly on Mon")], heads))
    assert row.weeks == (None,) * 6 + (minutes(62), minutes(59))
    assert (row.last, row.streak) == (minutes(60), 2)


def test_a_goal_of_the_week_is_held_against_the_sum_of_the_week(run_on: Heads) -> None:
    heads = [run_on("posts", f"11-{day}T09:00", 25) for day in ("09", "10", "16", "17", "18")]
    row = only(drawn([entry("posts", "weekly on Mon", goal_per=GoalPer.WEEK)], heads))
    assert row.weeks[-2:] == (minutes(50), minutes(75))
    assert (row.last, row.vs_goal, row.standing) == (minutes(75), minutes(15), Standing.FAR_OVER)
    assert row.detail.best == minutes(50)


def test_the_chart_has_the_last_26_weeks_with_what_was_missed_and_each_new_revision(run_on: Heads) -> None:
    days = ("09-07", "09-14", "09-28", "10-05", "10-12")
    heads = [run_on("posts", f"{day}T09:00", 60 + number, revision=1 + number // 3) for number, day in enumerate(days)]
    chart = only(drawn([entry("posts", "weekly on Mon")], heads, weeks_off=[off("2026-W43")])).detail.chart
    assert [point.mark for point in chart.points[:4]] == [Mark.MET, Mark.OVER, Mark.MISSED, Mark.OVER]
    assert chart.revisions == ((4, "v2"),)
    assert [point.week.number for point in chart.points] == list(range(37, 47))
    assert [point.week.number for point in chart.points if point.off] == [43]
    assert (chart.points[0].day, chart.points[0].month) == ("Mon 7 Sep", "Sep")


def test_weeks_in_which_nothing_was_due_are_no_gaps_in_the_chart(run_on: Heads) -> None:
    heads = [run_on("taxes", f"{day}T09:00") for day in ("08-03", "09-01", "11-02")]
    chart = only(drawn([entry("taxes", "monthly on 1")], heads)).detail.chart
    assert [(point.week.number, point.mark) for point in chart.points] == [
        (32, Mark.MET),
        (36, Mark.MET),
        (40, Mark.MISSED),
        (45, Mark.MET),
    ]


def test_the_slowest_steps_come_from_the_runs_and_before_the_first_from_the_plan(run_on: Heads) -> None:
    planned = only(drawn([entry("posts")])).detail.slowest
    assert [(row.name, row.median) for row in planned] == [
        ("B", minutes(20)),
        ("D", minutes(15)),
        ("A", minutes(10)),
        ("C", minutes(5)),
    ]
    assert planned[0].of_largest == 1
    assert planned[0].share == pytest.approx(20 / 51)
    heads = [run_on("posts", "11-16T09:00", 15, a=600, c=300, z=9)]
    done = only(drawn([entry("posts")], heads)).detail.slowest
    assert [row.id for row in done] == ["a", "c"]
    assert [row.share for row in done] == pytest.approx([2 / 3, 1 / 3])


def test_the_facts_count_revision_steps_and_systems(run_on: Heads) -> None:
    heads = [run_on("posts", "11-09T09:00", revision=3)]
    assert only(drawn([entry("posts", "weekly on Wed")], heads)).detail.facts == "v3 · 5 steps · 1 system · due Wed"
    assert only(drawn([entry("posts")], revisions={"posts": 4})).detail.facts == "v4 · 5 steps · 1 system · no schedule"
    done = [run_on("posts", "11-18T09:00", revision=3)]
    assert only(drawn([entry("posts", "weekly on Wed")], done)).detail.facts == "v3 · 5 steps · 1 system · next due Wed"
    one = entry("posts", steps=(Step(id="a", title="A"),))
    assert only(drawn([one])).detail.facts == "1 step · no schedule"


@pytest.mark.parametrize(("now", "time"), [(NOW, "14:56"), (datetime(2026, 11, 19, 23, 30, tzinfo=UTC), "Fri 00:21")])
def test_enter_starts_and_says_when_it_would_be_done(now: datetime, time: str) -> None:
    detail = only(drawn([entry("posts", "weekly on Thu")], now=now)).detail
    assert (detail.key_action, detail.key_time) == ("start now and finish about", time)


def test_without_a_plan_or_a_past_nobody_knows_when_it_would_be_done() -> None:
    detail = only(drawn([entry("posts", steps=(Step(id="a", title="A"),))])).detail
    assert (detail.key_action, detail.key_time) == ("start now", None)
    assert (detail.last, detail.median, detail.best, detail.slowest) == (None, None, None, ())


def test_a_week_off_is_not_counted_and_can_be_started_all_the_same() -> None:
    view = drawn([entry("posts", "daily")], weeks_off=[off("2026-W47")])
    row = only(view)
    assert (row.state, row.due_day, row.due_note, view.due, view.to_go) == (RowState.OFF, "Thu", "off", 0, minutes(0))
    assert row.detail.key_action == "start all the same and finish about"


def test_a_broken_file_shows_its_first_problem_harmlessly() -> None:
    row = only(drawn([broken("bad")]))
    assert (row.state, row.name, row.due_note) == (RowState.BROKEN, "bad", "line 3: a \u241b[31mstep has no title")
    assert (row.detail.facts, row.detail.purpose) == (
        "1 problem · bad.toml",
        "line 3: a \u241b[31mstep has no title; give it one.",
    )
    assert (row.detail.key_action, row.goal, row.last) == ("show what is wrong", None, None)


def test_names_and_purposes_are_made_harmless() -> None:
    row = only(drawn([entry("posts", name="Po\x1bsts", purpose="two\nlines\x07 ")]))
    assert isinstance(row.name, Shown)
    assert (row.name, row.detail.purpose) == ("Po\u241bsts", "two lines\u2407")


def test_a_renamed_routine_keeps_its_runs_and_its_weeks_off(run_on: Heads, open_run: Callable[..., RunState]) -> None:
    renamed = entry("posts", "weekly on Mon", previous_ids=("old",))
    heads = [run_on("old", "11-02T09:00")]
    row = only(drawn([renamed], heads, [open_run("old", 1)], weeks_off=[off("2026-W46", "old")]))
    assert (row.routine_id, row.run_id is None, row.last, row.put_off) == ("posts", False, minutes(50), 1)
    taken = [renamed, entry("old", "weekly on Mon")]
    assert [row.last for _, rows in drawn(taken, heads).groups for row in rows] == [minutes(50), None]


def test_the_quiet_lines_are_passed_on() -> None:
    line = Shown("Posts was interrupted at 14:05, step 3")
    assert drawn([], quiet_lines=[line]) == drawn([]).replaced(quiet_lines=(line,))


def test_weeks_and_notes_are_right_at_new_year_after_week_53(make_head: Heads) -> None:
    start = datetime(2026, 12, 30, 9, 0, tzinfo=UTC)
    now = datetime(2027, 1, 3, 20, 0, tzinfo=UTC)
    heads = [make_head(routine="posts", started_at=start, active=minutes(50))]
    view = drawn([entry("posts", "weekly on Wed"), entry("books", "weekly on Fri")], heads, now=now)
    assert (view.date, str(view.week), view.days[4].label) == ("Sun 3 Jan", "2026-W53", "Fri 1")
    assert names(view) == {"Now": ["books"], "Done": ["posts"]}
    assert view.groups[0][1][0].due_note == "2 days late"


def test_routines_of_one_name_are_told_apart_by_their_ids() -> None:
    view = drawn([entry("a", name="Sweep"), entry("b", name="Sweep"), entry("c")])
    assert sorted(row.name for _, rows in view.groups for row in rows) == ["C", "Sweep (a)", "Sweep (b)"]
