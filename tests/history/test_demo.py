"""The made-up history is a sound one, the same each time, and tells the story it is there for."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from tinydb import TinyDB

from procroutine.clock import ManualClock
from procroutine.history.demo import make_demo_home
from procroutine.history.demo_calendar import present_week
from procroutine.history.demo_past import past_of
from procroutine.history.demo_runs import MadeRun
from procroutine.history.heads import RunHead
from procroutine.history.home import Home
from procroutine.places import find_places
from procroutine.routine.due import DueState, standing
from procroutine.routine.library import read_library
from procroutine.run.live import LiveRun
from procroutine.weeks import Week

SHIPPED = Path(__file__).parents[2] / "routines"
ROUTINES = {name: entry.routine for name, entry in read_library(str(SHIPPED)).entries.items() if entry.routine}
BERLIN = ZoneInfo("Europe/Berlin")
THURSDAY = datetime(2026, 11, 19, 14, 5, tzinfo=BERLIN)


@cache
def made(routine_id: str, seed: int = 7, years: float = 2) -> list[MadeRun]:
    first = (THURSDAY - timedelta(days=365 * years)).date()
    present = present_week(ROUTINES.values(), THURSDAY)
    past = past_of(ROUTINES[routine_id], ROUTINES, first, present, seed)
    return list(past.runs("desk-abcdef", "Europe/Berlin", THURSDAY))


def demo_home(folder: Path, now: datetime = THURSDAY, years: float = 1) -> Home:
    places = find_places({}, str(folder / "home"))
    clock = ManualClock(now, "Europe/Berlin")
    make_demo_home(places, clock, years)
    return Home(places, clock)


def minutes(runs: list[MadeRun]) -> list[float]:
    return [run.state.active / timedelta(minutes=1) for run in runs if run.state.state == "finished"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return demo_home(tmp_path_factory.mktemp("demo"))


def by_routine(home: Home, routine_id: str) -> list[RunHead]:
    return [head for head in reversed(home.heads()) if head.routine == routine_id]


def test_the_same_seed_makes_the_same_runs_and_another_one_others() -> None:
    once, again, other = made("social-posts"), made.__wrapped__("social-posts"), made("social-posts", seed=8)
    assert once == again
    assert [run.state.active for run in once] != [run.state.active for run in other]


def test_runs_of_a_routine_do_not_depend_on_which_others_there_are() -> None:
    first = (THURSDAY - timedelta(days=730)).date()
    present = present_week(ROUTINES.values(), THURSDAY)
    alone = past_of(ROUTINES["weekly-review"], {}, first, present, 7)
    assert list(alone.runs("desk-abcdef", "Europe/Berlin", THURSDAY)) == made("weekly-review")


@pytest.mark.parametrize("routine_id", ["social-posts", "customer-care-owner", "workbook-sale", "morning-checklist"])
def test_every_millisecond_of_every_run_is_accounted_for(routine_id: str) -> None:
    runs = made(routine_id)
    assert len(runs) > 40
    for run in runs:
        state = run.state
        assert state.ended_at is not None
        spent = state.active + state.paused + state.waiting + state.asleep
        assert spent == state.ended_at - state.started_at + state.corrected
        assert state.active == sum((step.active for step in state.steps if step.active), timedelta())


def test_posts_come_down_from_two_hours_to_about_the_goal() -> None:
    totals = minutes(made("social-posts"))
    assert median(totals[:4]) > 90
    assert median(totals[12:30]) < 72
    assert 52 <= median(totals[-8:]) <= 62


def test_every_routine_ends_nearer_to_its_goal_than_it_began() -> None:
    for routine_id, routine in ROUTINES.items():
        totals = minutes(made(routine_id))
        if totals and routine.goal:
            assert median(totals[-8:]) < 0.85 * median(totals[:5]), routine_id
            if routine_id != "customer-care-owner":
                assert median(totals[-8:]) < 1.1 * (routine.goal / timedelta(minutes=1)), routine_id


def test_weeks_cover_the_span_but_for_holidays_and_a_missed_one_here_and_there() -> None:
    weeks = {run.state.week for run in made("social-posts")}
    span = Week.of(THURSDAY.date()) - min(weeks)
    holidays = {week for week in weeks if week.number in (31, 32, 52)}
    assert span >= 102
    assert not holidays
    assert span - 14 <= len(weeks) < span - 6


def test_times_of_day_are_around_the_schedule_also_when_the_clocks_have_changed() -> None:
    hours = [run.state.started_at.astimezone(BERLIN).hour for run in made("social-posts")]
    assert min(hours) >= 8
    assert max(hours) <= 11
    assert {run.state.started_at.utcoffset() for run in made("social-posts")} == {
        timedelta(hours=1),
        timedelta(hours=2),
    }


def test_things_happen_that_happen_in_real_weeks() -> None:
    runs = [run.state for name in ("social-posts", "bookkeeping-week", "workbook-sale") for run in made(name)]
    steps = [step for run in runs for step in run.steps]
    assert any(run.paused for run in runs)
    assert any(run.waiting > timedelta(hours=12) for run in runs)
    assert any(run.asleep for run in runs)
    assert any(run.note for run in runs)
    assert any(step.notes for step in steps)
    assert any(step.state == "skipped" and step.optional for step in steps)
    assert {run.state for run in runs} == {"finished", "abandoned"}
    assert sum(run.outcome == "met" for run in runs) > 0.75 * len(runs)


def test_first_revision_of_the_posts_has_the_steps_of_the_first_form() -> None:
    first, *_, last = made("social-posts")
    assert [step.id for step in first.state.steps] == [step.id for step in ROUTINES["social-posts-first"].steps]
    assert [step.id for step in last.state.steps] == [step.id for step in ROUTINES["social-posts"].steps]
    assert (first.state.revision, last.state.revision) == (1, 4)


def test_the_revision_in_force_is_the_one_in_the_file(home: Home) -> None:
    for routine_id in ("social-posts", "workbook-sale", "customer-care", "morning-checklist"):
        revisions = home.history().revisions(routine_id)
        assert len(revisions) >= 3
        assert home.revision(home.definition(routine_id), home.overview(0)) == revisions[-1]["number"]
        assert by_routine(home, routine_id)[-1].revision == revisions[-1]["number"]
        dates = [revision["date"] for revision in revisions]
        assert dates == sorted(dates)
        assert dates[-1] < THURSDAY.isoformat()


def test_stock_tinydb_opens_the_files_as_they_are(home: Home) -> None:
    paths = sorted(Path(home.places.history).glob("*.json"))
    assert [path.stem[-4:] for path in paths] == ["2025", "2026"]
    count = 0
    for path in paths:
        with TinyDB(path) as database:
            count += len(database.table("runs"))
    assert count == len(home.heads()) > 500


def test_what_is_read_back_is_what_was_played(home: Home) -> None:
    head = by_routine(home, "bookkeeping-week")[-1]
    past = home.history().run(head.id)
    assert past is not None
    assert past.run.active == head.active
    assert LiveRun(past.events).state(home.clock.read()).active == head.active
    assert home.history().repair() == ()
    assert home.overview(0).said == ()


def test_some_runs_were_corrected_and_left_out_and_some_changes_are_asked_for(home: Home) -> None:
    heads = home.heads()
    assert any(head.corrected for head in heads)
    assert any(head.left_out for head in heads)
    assert {line.routine for line in home.overview(0).redlines} >= {"social-posts", "bookkeeping-week"}


def test_one_run_stands_paused_after_its_fourth_step(home: Home) -> None:
    (run,) = home.open_runs()
    assert (run.routine, run.state, run.current) == ("social-posts", "paused", 4)
    assert run.started_at.date() == THURSDAY.date()
    assert run.paused_since == THURSDAY - timedelta(minutes=25)
    assert not run.rebooted
    assert home.settle() == ()


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        (THURSDAY, {DueState.OVERDUE, DueState.NOW, DueState.LATER, DueState.DONE}),
        (THURSDAY + timedelta(days=3), {DueState.OVERDUE, DueState.NOW, DueState.DONE}),
        (THURSDAY + timedelta(days=4), {DueState.NOW, DueState.LATER, DueState.DONE}),
    ],
    ids=["Thursday", "Sunday", "Monday"],
)
def test_present_week_shows_every_state_that_its_day_can_have(
    tmp_path: Path, now: datetime, wanted: set[DueState]
) -> None:
    home = demo_home(tmp_path, now, years=0.3)
    states = {}
    for routine_id, entry in home.library().entries.items():
        assert entry.routine is not None
        days = [head.started_at.date() for head in by_routine(home, routine_id) if head.state == "finished"]
        states[routine_id] = standing(entry.routine.schedule, days, now)
    (run,) = home.open_runs()
    assert {one.state for name, one in states.items() if name != run.routine} >= wanted | {DueState.NEVER}
    assert states["weekly-review"].put_off >= 3


def test_a_home_of_a_few_days_is_made_too(tmp_path: Path) -> None:
    home = demo_home(tmp_path, years=0.02)
    assert home.open_runs()
    assert all(THURSDAY - head.started_at < timedelta(days=9) for head in home.heads())
