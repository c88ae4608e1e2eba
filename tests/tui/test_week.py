"""This week on a real home: what it lists, and what its keys and the mouse do."""

from __future__ import annotations

import stat
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from textual.geometry import Size

from procroutine.clock import ManualClock
from procroutine.errors import CannotWrite
from procroutine.history.home import Home
from procroutine.insight.viewer import Viewer
from procroutine.insight.views.later import Later
from procroutine.insight.views.week import RoutineRow, RowState
from procroutine.run.shown_marker import ShownMarker, interrupted
from procroutine.text import Shown, shown
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.problems import ProblemsScreen
from procroutine.tui.screens.routine_list import RoutineList, Widths
from procroutine.tui.screens.routine_pane import RoutinePane, _key_line, _named
from procroutine.tui.screens.run import RunScreen
from procroutine.tui.screens.trends import TrendsScreen
from procroutine.tui.screens.week import WeekScreen
from tests.app_idle import until
from tests.tui.conftest import open_on, said, text_of
from tests.tui.week_samples import WEEK_VIEW


def names(app: ProcroutineApp) -> list[str]:
    rows = app.screen.query_one(RoutineList)
    return [line.name for line in rows._lines if isinstance(line, RoutineRow)]


def selected(app: ProcroutineApp) -> str:
    row = app.screen.query_one(RoutineList).row
    assert row is not None
    return row.routine_id


async def test_it_lists_what_is_due_with_the_detail_of_the_first(app: ProcroutineApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        shown = text_of(app)
        assert names(app) == ["Weekly posts", "Books"]
        assert "0 of 2 done" in shown
        assert "Keep the feeds alive" in shown
        assert "start now and finish about" in shown


async def test_enter_starts_the_selected_routine(app: ProcroutineApp, home: Home) -> None:
    async with app.run_test() as pilot:
        await pilot.press("j", "enter")
        assert isinstance(app.screen, RunScreen)
        assert [run.routine for run in home.open_runs()] == ["books"]


async def test_enter_goes_on_with_a_paused_run_instead_of_beginning_another(
    app: ProcroutineApp, home: Home, clock: ManualClock
) -> None:
    run = home.start("posts").run
    home.act("pause")
    async with app.run_test() as pilot:
        await pilot.press("enter")
        assert isinstance(app.screen, RunScreen)
        assert [(one.id, one.state) for one in home.open_runs()] == [(run.id, "running")]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ("j", "books"),
        ("j k", "posts"),
        ("G", "books"),
        ("G g", "posts"),
        ("l", "books"),
        ("l h", "posts"),
        ("j j", "books"),
    ],
)
async def test_letters_move_as_the_arrows_do(app: ProcroutineApp, keys: str, expected: str) -> None:
    async with app.run_test() as pilot:
        await pilot.press(*keys.split())
        assert selected(app) == expected


async def test_the_first_click_selects_and_the_second_starts(app: ProcroutineApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        line = next(number for number, line in enumerate(text_of(app).splitlines()) if "Books" in line)
        top = app.screen.query_one(RoutineList).region.y
        await pilot.click(RoutineList, offset=(10, line - top))
        assert selected(app) == "books"
        assert isinstance(app.screen, WeekScreen)
        await pilot.click(RoutineList, offset=(10, line - top))
        await pilot.pause()
        assert isinstance(app.screen, RunScreen)


async def test_v_shows_the_trends_of_the_selected_routine(app: ProcroutineApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("j", "v")
        await pilot.pause()
        assert isinstance(app.screen, TrendsScreen)
        assert app.chosen_routine == "books"


async def test_s_leaves_a_week_out_with_its_reason_and_u_takes_it_back(app: ProcroutineApp, home: Home) -> None:
    async with app.run_test() as pilot:
        await pilot.press("s", *"away", "enter")
        await pilot.pause()
        assert [(off.routine, off.reason) for off in home.history().weeks_off()] == [("posts", "away")]
        assert "left out in week 47" in said(app)[-1]
        await pilot.press("u")
        assert home.history().weeks_off() == ()


async def test_skipping_needs_a_reason_and_esc_changes_nothing(app: ProcroutineApp, home: Home) -> None:
    async with app.run_test() as pilot:
        await pilot.press("s", "enter")
        await pilot.press("escape")
        assert isinstance(app.screen, WeekScreen)
        assert home.history().weeks_off() == ()


async def test_finding_lists_only_names_that_hold_the_letters(app: ProcroutineApp) -> None:
    async with app.run_test() as pilot:
        await pilot.press("slash")
        await pilot.pause()
        await pilot.press(*"oOk")
        await pilot.pause()
        assert names(app) == ["Books"]
        await pilot.press("x")
        await until(lambda: "Nothing matches." in text_of(app))
        await pilot.press("enter", "s", "escape")
        await pilot.pause()
        assert names(app) == ["Weekly posts", "Books"]


async def test_a_broken_file_is_listed_and_what_would_show_its_steps_shows_all_its_problems(
    app: ProcroutineApp, home: Home
) -> None:
    Path(home.places.routines, "odd.toml").write_text('name = "Odd"\ngoal = "5"\ncolour = "red"\n')
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "Odd" in names(app)
        app.screen.query_one(RoutineList).select_routine("odd")
        await pilot.press("enter")
        assert isinstance(app.screen, ProblemsScreen)
        shown = text_of(app)
        assert "3 problems" in shown
        assert "colour" in shown
        for opens in ("i", "f", "p"):
            await pilot.press("escape")
            assert not isinstance(app.screen, ProblemsScreen)
            await pilot.press(opens)
            assert await until(lambda: isinstance(app.screen, ProblemsScreen))
        await pilot.press("escape")
        for tells in ("b", "s"):
            app.clear_notifications()
            await pilot.press(tells)
            await until(lambda: said(app) == ["Odd has problems in its file: Enter shows them."], lambda: said(app))


async def test_a_routine_that_goes_down_the_list_stays_in_sight(home: Home, clock: ManualClock) -> None:
    for number in range(8):
        step = f'schedule = "weekly on Thursday"\n[[steps]]\ntitle = "Step {number}"\n'
        Path(home.places.routines, f"weekly{number}.toml").write_text(f'name = "Number {number}"\n{step}')
    app = open_on(home, clock)
    async with app.run_test(size=(40, 12)) as pilot:
        await until(lambda: "Number 0" in text_of(app))
        await pilot.press("s", *"away", "enter")
        await until(lambda: "▌─ Number 0" in text_of(app), lambda: text_of(app))


async def test_an_empty_home_says_what_to_do(tmp_path: Path, clock: ManualClock, home: Home) -> None:
    for file in Path(home.places.routines).iterdir():
        file.unlink()
    app = open_on(home, clock)
    async with app.run_test() as pilot:
        await pilot.press("enter", "v", "s", "e")
        await pilot.pause()
        assert "No routines yet. Press n" in text_of(app)
        assert len(app.screen_stack) == 1


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set an editor that writes given text into the file it is opened on; there is no terminal to lend."""
    monkeypatch.setattr(ProcroutineApp, "suspend", lambda self: nullcontext())

    def write(text: str) -> None:
        source, script = tmp_path / "text", tmp_path / "editor"
        source.write_text(text)
        script.write_text(f'#!/bin/sh\ncp "{source}" "$1"\n')
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("VISUAL", str(script))

    return write


async def test_n_writes_a_new_routine_and_checks_what_the_editor_left(
    app: ProcroutineApp, home: Home, editor: Any
) -> None:
    editor('name = "Tidy up"\n[[steps]]\ntitle = "Desk"\n')
    async with app.run_test() as pilot:
        await pilot.press("n", *"Tidy", "enter")
        await pilot.pause()
        assert said(app)[-1] == "Checked: no problems."
        assert "Tidy up" in names(app)
        row = app.screen.query_one(RoutineList).row
        assert row is not None
        assert row.routine_id == "tidy"


async def test_e_shows_what_is_wrong_after_editing(app: ProcroutineApp, editor: Any) -> None:
    editor('name = "Posts"\ngoal = "nonsense"\n[[steps]]\ntitle = "Write"\n')
    async with app.run_test() as pilot:
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, ProblemsScreen)


async def test_e_notes_a_system_that_is_perhaps_not_meant(app: ProcroutineApp, editor: Any) -> None:
    editor('name = "P"\n[[steps]]\ntitle = "W"\nsystems = ["crmm"]\n[systems.crm]\nurl = "https://example.org"\n')
    async with app.run_test() as pilot:
        await pilot.press("e")
        assert await until(lambda: "no table describes the system 'crmm'" in text_of(app))
        assert await until(lambda: "1 note" in text_of(app))
        assert said(app)[-1] == "Checked: no problems."


async def test_an_editor_that_is_not_there_is_told(
    app: ProcroutineApp, editor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor-here")
    async with app.run_test() as pilot:
        await pilot.press("e")
        await pilot.pause()
        assert "cannot be started: set EDITOR" in said(app)[-1]


async def interrupted_run(home: Home, clock: ManualClock) -> str:
    """A run that an app showed for ten minutes before it was killed, an hour ago."""
    run_id = home.start("posts").run.id
    clock.advance(timedelta(minutes=10))
    marker = ShownMarker(home.places.open_runs, run_id)
    marker.beat(clock.read().wall)
    marker.close(left=False)
    clock.advance(timedelta(hours=1))
    return run_id


@pytest.mark.parametrize(("key", "minutes"), [("r", 70), ("o", 10)])
async def test_an_interrupted_run_goes_on_with_or_without_the_gap(
    home: Home, clock: ManualClock, key: str, minutes: int
) -> None:
    run_id = await interrupted_run(home, clock)
    app = open_on(home, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        assert "was interrupted at 14:15, step 1" in text_of(app)
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(app.screen, RunScreen)
        run = home.open_run(run_id)
        assert (run.state, run.active) == ("running", timedelta(minutes=minutes))


async def test_an_interrupted_run_stays_so_where_the_gap_could_not_be_left_out(
    home: Home, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object) -> None:
        raise CannotWrite("the run cannot be written (no space left)", "free some space")

    run_id = await interrupted_run(home, clock)
    app = open_on(home, clock)
    monkeypatch.setattr("procroutine.tui.screens.week_keys.leave_gap_out", full_disk)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await pilot.press("o")
        await pilot.pause()
        assert said(app)[-1].startswith("the run cannot be written")
        assert run_id in interrupted(home.places.open_runs)
        assert not isinstance(app.screen, RunScreen)


async def test_an_interrupted_run_is_discarded_only_after_asking(home: Home, clock: ManualClock) -> None:
    await interrupted_run(home, clock)
    app = open_on(home, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("d", "escape")
        assert len(home.open_runs()) == 1
        await pilot.press("d", "d")
        await pilot.pause()
        assert home.open_runs() == ()
        assert "interrupted" not in text_of(app)


async def test_what_another_hand_did_is_drawn_at_the_next_tick(
    app: ProcroutineApp, home: Home, clock: ManualClock, go_by: Any
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        Home(home.places, clock).start("books")
        await go_by(pilot)
        assert "▶ Books" in text_of(app)


async def test_the_list_is_that_of_the_day_that_it_is_in_the_zone_one_has_come_to(
    app: ProcroutineApp, clock: ManualClock, go_by: Any
) -> None:
    async with app.run_test() as pilot:
        week = app.screen
        assert isinstance(week, WeekScreen)
        before = week.view
        zone = "Pacific/Auckland"
        clock.reading = clock.reading.replaced(wall=clock.reading.wall.astimezone(ZoneInfo(zone)), zone=zone)
        await go_by(pilot, timedelta())
        assert before is not None
        assert week.view is not None
        assert (before.date, week.view.date) == ("Thu 19 Nov", "Fri 20 Nov")


async def test_the_score_comes_once_a_routine_was_selected_for_a_second(
    home: Home, clock: ManualClock, go_by: Any
) -> None:
    clock.step_wall(-timedelta(weeks=1))
    home.start("posts")
    clock.advance(timedelta(minutes=30))
    home.act("finish")
    clock.step_wall(timedelta(weeks=1))
    app = open_on(home, clock)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        await go_by(pilot)
        assert "score" not in text_of(app)
        await go_by(pilot)
        assert "score 13" in text_of(app)
        await pilot.press("j")
        await go_by(pilot)
        await go_by(pilot)
        assert "score" not in text_of(app)
        drawn = app.changed_times
        await go_by(pilot)
        assert app.changed_times == drawn
    assert Viewer(home).score("posts") == 13
    assert Viewer(home).score("books") is None


async def test_nothing_is_drawn_while_nothing_changes(app: ProcroutineApp, go_by: Any) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        drawn = app.changed_times
        for _ in range(5):
            await go_by(pilot)
        assert app.changed_times == drawn


def test_columns_go_one_by_one_as_it_narrows() -> None:
    dropped = [
        [name for name in ("streak", "bars", "goal", "last") if not getattr(Widths.within(width), name)]
        for width in (76, 66, 60, 50, 40)
    ]
    assert dropped == [
        [],
        ["streak"],
        ["streak", "bars"],
        ["streak", "bars", "goal"],
        ["streak", "bars", "goal", "last"],
    ]
    assert all(Widths.within(width).name >= 8 for width in range(30, 200))


async def test_markup_and_escapes_in_names_are_only_text(home: Home, clock: ManualClock) -> None:
    Path(home.places.routines, "odd.toml").write_text(
        'name = "[b]Pay[/rent][@click=app.bell]\\u001b[2J"\n[[steps]]\ntitle = "[/]"\n'
    )
    app = open_on(home, clock)
    async with app.run_test(size=(150, 40)) as pilot:
        await pilot.pause()
        shown = text_of(app)
        assert "[b]Pay[/rent][@click" in shown
        assert "\x1b" not in shown
        app.screen.query_one(RoutineList).select_routine("odd")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, RunScreen)
        assert "[/]" in text_of(app)


@pytest.mark.parametrize(
    ("width", "said_of_enter"),
    [(60, "↵ resume at step 5 and finish about 15:03"), (36, "↵ resume at step 5, about 15:03")],
)
def test_the_time_of_the_finish_is_never_cut(width: int, said_of_enter: str) -> None:
    paused = next(row for _, rows in WEEK_VIEW.groups for row in rows if row.state is RowState.PAUSED)
    assert _key_line(paused.detail, paused.state, width).plain == said_of_enter


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (76, "Weekly social posts   v4 · 10 steps · 10 systems · due Mon · goal 1h00"),
        (60, "Weekly social posts   10 systems · due Mon · goal 1h00"),
        (40, "Weekly social posts   goal 1h00"),
        (24, "Weekly social posts"),
    ],
)
def test_no_fact_of_the_brief_is_cut_and_the_goal_goes_last(width: int, said: str) -> None:
    detail = WEEK_VIEW.groups[0][1][0].detail.replaced(
        name=shown("Weekly social posts"), facts=shown("v4 · 10 steps · 10 systems · due Mon"), goal=timedelta(hours=1)
    )
    assert _named(detail, width).plain == said


@pytest.mark.parametrize("lines", [14, 18, 24, 28, 40])
def test_the_detail_says_what_enter_does_however_few_lines_it_has(lines: int, monkeypatch: pytest.MonkeyPatch) -> None:
    row = next(row for _, rows in WEEK_VIEW.groups for row in rows if row.detail.slowest)
    monkeypatch.setattr(RoutinePane, "size", Size(38, lines))
    monkeypatch.setattr(RoutinePane, "has_pseudo_class", lambda *_: False)
    pane = RoutinePane()
    detail = row.detail.replaced(purpose=Shown("So that it is known what it is for. " * 3))
    pane.row = row.replaced(drawn=Later(lambda: detail))
    drawn = [line.plain.strip() for line in pane.lines(38)]
    assert len(drawn) <= lines
    assert drawn[-1].startswith("↵ ")
    assert ("└" in "".join(drawn)) == (lines >= 28)


async def test_the_detail_gives_way_to_a_brief_on_narrow_screens(app: ProcroutineApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.screen.query_one("#pane").region.height == 2
        assert "start now and finish about" in text_of(app).splitlines()[-2]
