"""What an open run is seen against on a real home: the comparison that was chosen, and the odds as they come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.insight.viewer import Viewer
from procroutine.insight.views.run import OddsLine
from procroutine.places import find_places
from procroutine.weeks import week_of

POSTS = """
name = "Weekly posts"
goal = "10m"
[[steps]]
id = "write"
title = "Write"
planned = "5m"
[[steps]]
id = "send"
title = "Send"
planned = "2m"
"""
MONDAY = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MONDAY)


@pytest.fixture
def home(tmp_path: Path, clock: ManualClock) -> Home:
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "posts.toml").write_text(POSTS)
    return Home(find_places({}, str(tmp_path)), clock)


def do(home: Home, clock: ManualClock, *minutes: float) -> None:
    """Do a whole run, so many minutes a step, and let a week go by."""
    home.start("posts")
    for length in minutes:
        clock.advance(timedelta(minutes=length))
        home.act("done")
    clock.advance(timedelta(weeks=1) - timedelta(minutes=sum(minutes)))


def odds(viewer: Viewer, run_id: str) -> OddsLine:
    """Work the odds out, and give them as they are shown."""
    assert viewer.run(run_id).odds_due
    for _ in viewer.odds_work(run_id):
        pass
    view = viewer.run(run_id)
    assert not view.odds_due
    assert view.total.odds is not None
    return view.total.odds


def test_each_key_holds_the_run_against_the_next_and_comes_round(home: Home, clock: ManualClock) -> None:
    do(home, clock, 4, 2)
    do(home, clock, 8, 1)
    run_id = home.start("posts").run.id
    viewer = Viewer(home)
    names, projected = [], []
    for _ in range(8):
        names.append(viewer.compare_next(run_id).chosen)
        projected.append(viewer.run(run_id).total.projected.total_seconds() / 60)
    assert names == ["best", "last", "average", "planned", "goal", "sum of best", "usual", "best"]
    assert projected[0] == 6
    assert projected[1] == 9
    assert projected[2] == pytest.approx((4 * 0.75 + 8 + 2 * 0.75 + 1) / 1.75, abs=0.001)
    assert projected[3] == 7
    assert projected[4] == pytest.approx(10, abs=0.001)
    assert projected[5] == 5


def test_the_comparison_is_kept_for_the_runs_of_that_routine(home: Home, clock: ManualClock) -> None:
    do(home, clock, 4, 2)
    run_id = home.start("posts").run.id
    Viewer(home).compare_next(run_id)
    assert Viewer(home, comparison="last").run(run_id).compared_with == "best"
    home.act("abandon")
    assert Viewer(home).run(home.start("posts").run.id).compared_with == "best"


def test_what_says_nothing_is_passed_over(home: Home) -> None:
    run_id = home.start("posts").run.id
    viewer = Viewer(home)
    assert viewer.run(run_id).steps[0].from_plan
    assert viewer.compare_next(run_id).chosen == "planned"
    assert viewer.compare_next(run_id).chosen == "planned"


def test_how_hard_the_goal_is_is_told_with_the_goal_alone(home: Home, clock: ManualClock) -> None:
    do(home, clock, 4, 2)
    do(home, clock, 10, 4)
    run_id = home.start("posts").run.id
    assert Viewer(home).run(run_id).how_hard is None
    assert Viewer(home, comparison="goal").run(run_id).how_hard == pytest.approx(0.5, abs=0.001)


def test_below_five_runs_it_says_how_many_are_missing(home: Home, clock: ManualClock) -> None:
    for _ in range(3):
        do(home, clock, 4, 2)
    assert odds(Viewer(home), home.start("posts").run.id).chance == "no odds yet: 3 of 5 runs"


def test_odds_come_at_each_change_of_step_and_not_every_second(home: Home, clock: ManualClock) -> None:
    for write in (4, 5, 6, 5, 4, 5):
        do(home, clock, write, 3)
    run_id = home.start("posts").run.id
    viewer = Viewer(home)
    assert odds(viewer, run_id).chance == "over 99 % to finish within 10m"
    clock.advance(timedelta(seconds=1))
    assert not viewer.run(run_id).odds_due
    clock.advance(timedelta(minutes=8))
    home.act("done", run=run_id)
    before = viewer.run(run_id)
    assert before.total.odds is not None  # those of before stay until the others are there
    after = odds(viewer, run_id)
    assert after.chance == "under 1 % to finish within 10m"
    assert after.times == "50 % by 09:11, 85 % by 09:11"


def test_a_running_step_that_takes_longer_makes_other_odds(home: Home, clock: ManualClock) -> None:
    for write in (4, 5, 6, 5, 4, 5):
        do(home, clock, write, 3)
    run_id = home.start("posts").run.id
    viewer = Viewer(home)
    odds(viewer, run_id)
    clock.advance(timedelta(minutes=9))
    assert odds(viewer, run_id).chance == "under 1 % to finish within 10m"


def test_odds_are_drawn_anew_only_where_another_past_time_is_outlasted(home: Home, clock: ManualClock) -> None:
    for write in (4, 5, 6, 5, 4, 5):
        do(home, clock, write, 3)
    run_id = home.start("posts").run.id
    viewer = Viewer(home)
    odds(viewer, run_id)
    due = []
    for _ in range(8):
        clock.advance(timedelta(minutes=1))
        due.append(viewer.run(run_id).odds_due)
        if due[-1]:
            odds(viewer, run_id)
    assert due == [False, False, False, True, True, True, True, True]  # from six minutes on, longer than ever


def test_steps_without_a_past_are_counted_and_where_all_are_new_there_are_no_odds(
    home: Home, clock: ManualClock, tmp_path: Path
) -> None:
    for _ in range(5):
        do(home, clock, 4, 2)
    path = tmp_path / "routines" / "posts.toml"
    path.write_text(POSTS.replace('title = "Send"', 'title = "Send it twice"'))
    viewer = Viewer(home)
    run_id = home.start("posts").run.id
    assert odds(viewer, run_id).caution == "1 step only as planned"
    home.act("abandon")
    path.write_text(POSTS.replace("title", "instructions = 'anew'\ntitle"))
    reason = odds(viewer, home.start("posts").run.id).chance
    assert reason == "no odds: none of the steps left was ever done in this form"


def test_a_process_that_has_just_changed_has_no_odds(home: Home, clock: ManualClock) -> None:
    for place in range(12):
        do(home, clock, 4 + place % 2 / 10, 2)
    do(home, clock, 20, 2)
    assert odds(Viewer(home), home.start("posts").run.id).chance == "no odds: the process changed with the last runs"


def test_odds_take_in_a_run_that_was_made_in_a_week_off(home: Home, clock: ManualClock) -> None:
    weeks = []
    for minutes in ((4, 2), (5, 3), (4, 3), (6, 2), (5, 2), (7, 4)):
        weeks.append(week_of(clock.read().wall))
        do(home, clock, *minutes)
    run_id = home.start("posts").run.id
    before = odds(Viewer(home), run_id)
    home.declare_off("posts", weeks[3], "holiday")
    home.declare_off(None, weeks[4], "holiday")
    assert odds(Viewer(home), run_id) == before


def test_runs_under_a_former_id_count_for_the_odds_only_where_the_work_was_the_same(
    home: Home, clock: ManualClock
) -> None:
    for _ in range(6):
        do(home, clock, 5, 2)
    folder = Path(home.places.routines)
    (folder / "posts.toml").unlink()
    (folder / "feeds.toml").write_text(
        'previous_ids = ["posts"]\n' + POSTS.replace('title = "Write"', 'title = "Film"')
    )
    run = home.start("feeds").run
    assert odds(Viewer(home), run.id).caution == "1 step only as planned"
