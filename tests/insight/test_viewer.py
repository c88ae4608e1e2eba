"""The views of a real home: definitions on disk, runs done by verbs, history in its files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import NotFound
from procroutine.history.home import Home
from procroutine.insight.answers import Answers
from procroutine.insight.kept import Kept
from procroutine.insight.viewer import Viewer
from procroutine.places import find_places
from procroutine.weeks import Week

POSTS = """
name = "Weekly posts"
goal = "10m"
schedule = "weekly on Monday"
output = "Posts"
[systems.docs]
name = "Docs"
[[steps]]
id = "write"
title = "Write"
planned = "5m"
systems = ["docs"]
person = "Ana"
[[steps]]
id = "send"
title = "Send"
"""
MONDAY = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MONDAY, zone="Europe/Berlin")


@pytest.fixture
def home(tmp_path: Path, clock: ManualClock) -> Home:
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "posts.toml").write_text(POSTS)
    return Home(find_places({}, str(tmp_path)), clock)


def do(home: Home, clock: ManualClock, *minutes: float, routine: str = "posts", note: str = "") -> str:
    """Do a whole run, so many minutes a step, and let a week go by."""
    run_id = home.start(routine).run.id
    if note:
        home.act("note", text=note)
    for length in minutes:
        clock.advance(timedelta(minutes=length))
        home.act("done")
    clock.advance(timedelta(weeks=1) - timedelta(minutes=sum(minutes)))
    return run_id


def test_a_run_is_held_against_the_runs_before_it(home: Home, clock: ManualClock) -> None:
    do(home, clock, 4, 2, note="Ask Ben first")
    run_id = home.start("posts").run.id
    clock.advance(timedelta(minutes=3))
    view = Viewer(home).run(run_id)
    assert [row.compared for row in view.steps] == [timedelta(minutes=4), timedelta(minutes=2)]
    assert view.panel.time == timedelta(minutes=3)
    assert view.panel.last_note == ("week 41", "Ask Ben first")
    assert (view.total.projected, view.total.slack) == (timedelta(minutes=6), timedelta(minutes=4))


def test_the_settings_choose_what_a_run_is_held_against(home: Home, clock: ManualClock) -> None:
    do(home, clock, 4, 2)
    do(home, clock, 6, 2)
    run_id = home.start("posts").run.id
    view = Viewer(home, comparison="best").run(run_id)
    assert (view.compared_with, view.steps[0].compared) == ("best", timedelta(minutes=4))
    assert [figure.label for figure in view.panel.figures] == ["best run", "usual", "best", "last"]


def test_this_week_tells_how_much_was_to_be_changed_before_the_next_run(home: Home, clock: ManualClock) -> None:
    def redlines() -> int:
        ((_, (row, *_)),) = Viewer(home).week().groups
        return row.detail.redlines

    path = Path(home.places.routines, "posts.toml")
    path.write_text(f'previous_ids = ["feeds"]\n{path.read_text()}')
    for routine in ("posts", "feeds", "other"):
        home.history().add_redline(routine, "Fewer pictures")
    assert redlines() == 2
    home.history().settle_redline(home.history().redlines("feeds")[0].id, "dropped")
    assert redlines() == 1
    home.start("posts")
    assert redlines() == 0


def test_a_ticking_run_reads_no_history_again(home: Home, clock: ManualClock) -> None:
    do(home, clock, 4, 2)
    run_id = home.start("posts").run.id
    viewer = Viewer(home)
    viewer.run(run_id)
    for path in Path(home.places.history).iterdir():
        path.write_bytes(b"")
    clock.advance(timedelta(seconds=1))
    assert viewer.run(run_id).panel.time == timedelta(seconds=1)


def test_a_run_that_is_said_to_be_unchanged_is_not_read_again(home: Home, clock: ManualClock) -> None:
    run_id = home.start("posts").run.id
    viewer = Viewer(home)
    first = viewer.run(run_id)
    Home(home.places, clock).act("done", run=run_id)
    clock.advance(timedelta(seconds=1))
    later = viewer.run(run_id, unchanged=True)
    assert (later.current, later.panel.time) == (first.current, timedelta(seconds=1))
    assert viewer.run(run_id).current == first.current + 1
    assert viewer.run(run_id, unchanged=True) == Viewer(home).run(run_id)


def test_a_run_that_is_not_open_is_not_drawn(home: Home, clock: ManualClock) -> None:
    with pytest.raises(NotFound):
        Viewer(home).run(do(home, clock, 4, 2))


def test_the_finish_and_the_page_of_a_run_leave_out_the_runs_after_it(home: Home, clock: ManualClock) -> None:
    do(home, clock, 4, 2)
    second = do(home, clock, 3, 2)
    do(home, clock, 1, 1)
    viewer = Viewer(home)
    finish, page = viewer.finish(second), viewer.past.page(second)
    assert (finish.best_so_far, finish.vs_last, finish.slack) == (True, timedelta(minutes=-1), timedelta(minutes=5))
    assert (page.vs_usual, page.goal, page.state) == (timedelta(minutes=-1), timedelta(minutes=10), "finished")
    assert [step.usual for step in page.steps] == [timedelta(minutes=4), timedelta(minutes=2)]


def test_a_run_nobody_knows_has_no_page(home: Home) -> None:
    with pytest.raises(NotFound):
        Viewer(home).past.page("1234")
    with pytest.raises(NotFound):
        Viewer(home).finish("1234")


def test_an_undone_finish_is_drawn_as_a_run_again(home: Home, clock: ManualClock) -> None:
    run_id = do(home, clock, 4, 2)
    viewer = Viewer(home)
    viewer.finish(run_id)
    home.act("undo")
    assert viewer.run(run_id).current == 1


def test_history_follows_what_is_done_while_it_is_looked_at(home: Home, clock: ManualClock) -> None:
    viewer = Viewer(home)
    assert not viewer.past.runs.history().rows
    do(home, clock, 4, 2)
    do(home, clock, 4, 2, note="Slow")
    assert [row.total for row in viewer.past.runs.history().rows] == [timedelta(minutes=6)] * 2
    assert viewer.past.runs.history("posts").title == "Weekly posts"
    assert not viewer.past.runs.history("nothing").rows
    assert viewer.past.trends_routines() == (("posts", "Weekly posts"),)


def test_trends_show_weeks_steps_and_weeks_off(home: Home, clock: ManualClock) -> None:
    do(home, clock, 4, 2)
    clock.advance(timedelta(weeks=1))
    home.declare_off("posts", Week(year=2026, number=42), "Holiday")
    do(home, clock, 9, 2)
    view = Viewer(home).past.trends("posts")
    assert [point.value for point in view.chart.points][:3] == [timedelta(minutes=6), None, timedelta(minutes=11)]
    assert [point.off for point in view.chart.points][:3] == [False, True, False]
    assert view.readings[1].remarks == ("declared off: Holiday",)
    assert [row.name for row in view.steps] == ["Write", "Send"]
    assert [row.name for row in view.systems] == ["Docs"]


def test_a_revision_marked_as_a_real_change_begins_new_limits(home: Home, clock: ManualClock) -> None:
    for _ in range(6):
        do(home, clock, 4, 2)
    file = Path(home.places.routines, "posts.toml")
    file.write_text(POSTS.replace("5m", "4m"))
    for _ in range(6):
        do(home, clock, 4, 2)
    viewer = Viewer(home)
    assert viewer.past.real_changes("posts") == frozenset()
    assert len(viewer.past.trends("posts").chart.bands) == 1
    home.history().mark_real_change("posts", 2, True)
    assert viewer.past.real_changes("posts") == {2}
    assert len(viewer.past.trends("posts").chart.bands) == 2


def test_runs_are_named_to_pick_one(home: Home, clock: ManualClock) -> None:
    do(home, clock, 4, 2)
    viewer = Viewer(home)
    run_ids = viewer.past.trends("posts").chart.points[0].run_ids
    assert viewer.past.named_runs((*run_ids, "gone")) == ((run_ids[0], "Mon 5 Oct 09:00   6m"),)


def test_a_routine_whose_file_is_gone_keeps_its_trends(home: Home, clock: ManualClock) -> None:
    do(home, clock, 4, 2)
    viewer = Viewer(home)
    Path(home.places.routines, "posts.toml").unlink()
    view = viewer.past.trends("posts")
    assert (view.name, view.goal, [row.name for row in view.systems]) == (
        "Weekly posts",
        timedelta(minutes=10),
        ["Docs"],
    )
    assert viewer.past.trends_routines() == (("posts", "Weekly posts"),)
    assert Answers(home).trends_answer("posts")["weeks"][0]["runs"] == 1


def test_a_routine_under_a_new_id_keeps_its_past(home: Home, clock: ManualClock) -> None:
    do(home, clock, 4, 2)
    Path(home.places.routines, "posts.toml").unlink()
    Path(home.places.routines, "feeds.toml").write_text('previous_ids = ["posts"]\n' + POSTS)
    viewer = Viewer(home)
    assert viewer.past.trends_routines() == (("feeds", "Weekly posts"),)
    assert viewer.past.trends("feeds").last == timedelta(minutes=6)
    assert len(viewer.past.runs.history("feeds").rows) == 1
    assert viewer.run(home.start("feeds").run.id).steps[0].compared == timedelta(minutes=4)


def test_the_runs_of_a_routine_are_those_of_all_runs_that_are_its_own(home: Home, clock: ManualClock) -> None:
    Path(home.places.routines, "books.toml").write_text(POSTS.replace("Weekly posts", "Books"))
    do(home, clock, 4, 2)
    home.start("books")
    home.act("abandon")
    home.history().delete(home.heads()[0].id)
    do(home, clock, 3, 1)
    kept = Kept(home)
    for routine in ("posts", "books", "nothing"):
        assert kept.heads_of(routine) == tuple(head for head in kept.heads() if head.routine == routine)
    assert kept.newest_heads() == {"posts": kept.heads()[0]}
    assert kept.tables() is kept.tables()
    assert kept.tables().replaced(heads=kept.overview().heads) == kept.overview()


def test_a_broken_routine_without_runs_has_an_empty_chart_and_an_unknown_one_none(home: Home) -> None:
    Path(home.places.routines, "posts.toml").write_text("nonsense = 1")
    assert Viewer(home).past.trends("posts").facts == "no runs yet"
    with pytest.raises(NotFound):
        Viewer(home).past.trends("nothing")


def test_a_goal_of_the_week_is_what_earlier_runs_left_of_it(home: Home, clock: ManualClock) -> None:
    Path(home.places.routines, "posts.toml").write_text('goal_per = "week"\n' + POSTS)
    first = home.start("posts").run.id
    for _ in range(2):
        clock.advance(timedelta(minutes=3))
        home.act("done")
    clock.advance(timedelta(hours=1))
    viewer = Viewer(home)
    assert viewer.run(home.start("posts").run.id).total.goal == timedelta(minutes=4)
    assert viewer.past.page(first).goal is None
    assert viewer.past.runs.history().rows[0].vs_goal is None


def test_this_week_names_an_interrupted_run(home: Home, clock: ManualClock) -> None:
    run_id = home.start("posts").run.id
    viewer = Viewer(home)
    assert viewer.week().quiet_lines == ()
    mark = Path(home.places.open_runs, f"{run_id}.shown")
    mark.touch()
    clock.advance(timedelta(minutes=1))
    (line,) = viewer.week().quiet_lines
    assert line.startswith("Weekly posts was interrupted at ")
    assert line.endswith(", step 1")


def test_the_routines_answer_gives_the_present_revision(home: Home, clock: ManualClock) -> None:
    do(home, clock, 4, 2)
    (routine,) = Answers(home).routines()["routines"]
    assert (routine["id"], routine["revision"], routine["last_seconds"]) == ("posts", 1, 360)


def test_targets_add_up_to_the_goal(home: Home, clock: ManualClock) -> None:
    do(home, clock, 4, 2)
    do(home, clock, 8, 4)
    answer = Answers(home).targets_answer("posts", timedelta(minutes=9))
    assert answer["goal_seconds"] == 540
    assert answer["totals"]["goal_split_seconds"] == pytest.approx(540, abs=0.01)
    assert (answer["totals"]["best_seconds"], answer["steps"][0]["last_seconds"]) == (360, 480)


def seconds_in(answer: Any) -> list[tuple[str, Any]]:
    """Give every value whose key ends in `_seconds`, however deep."""
    if isinstance(answer, list):
        return [found for item in answer for found in seconds_in(item)]
    if not isinstance(answer, dict):
        return []
    own = [(key, value) for key, value in answer.items() if key.endswith("_seconds")]
    return own + [found for value in answer.values() for found in seconds_in(value)]


def test_whole_seconds_are_whole_numbers_in_every_answer(home: Home, clock: ManualClock) -> None:
    for length in (4, 4, 5, 4.5):
        do(home, clock, length, 2.0001)
    asked = Answers(home)
    answers = (asked.routines(), asked.trends_answer("posts"), asked.targets_answer("posts"))
    found = [pair for answer in (*answers, list(home.history().records())) for pair in seconds_in(answer)]
    assert ("goal_seconds", 600) in found
    assert ("last_seconds", 390.006) in found
    assert [pair for pair in found if isinstance(pair[1], float) and pair[1].is_integer()] == []


def test_signals_are_those_of_trends_in_the_report_and_for_the_odds_too(home: Home, clock: ManualClock) -> None:
    for minutes in (20, 21, 20, 21, 60, 21, 20, 21, 20, 21, 20, 26):
        home.start("posts")
        clock.advance(timedelta(minutes=minutes))
        home.act("finish")
        clock.advance(timedelta(weeks=1) - timedelta(minutes=minutes))
    clock.step_wall(-timedelta(days=7))
    assert not Viewer(home).week_report().signals
    assert "just" not in Answers(home).targets_answer("posts")["odds_reason"]
    Path(home.places.config).write_text("median_limits = true\n")
    assert [signal.rule for signal in Viewer(home).week_report().signals] == ["outside"]
    assert Answers(home).targets_answer("posts")["odds_reason"] == "no odds: the process changed with the last runs"
