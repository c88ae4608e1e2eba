"""A run on a real home: every key is on the disk before it shows, and nothing is told twice."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.content import Content
from textual.screen import Screen

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.insight.views.run import Level
from procroutine.run.live import RunState
from procroutine.run.shown_marker import interrupted
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.ask import AskScreen
from procroutine.tui.screens.finish import FinishScreen
from procroutine.tui.screens.run import RunScreen
from procroutine.tui.screens.run_parts import Links, OwnChecklist, StepTitle
from procroutine.tui.screens.state_line import First, StateLine
from procroutine.tui.screens.step_list import StepList
from procroutine.tui.screens.week import WeekScreen
from procroutine.tui.widgets.tall_clock import TallClock
from procroutine.tui.widgets.text_line import TextLine
from tests.app_idle import until
from tests.tui.conftest import NOW, SECOND, open_on, run_shown, said, text_of
from tests.tui.week_samples import RUN_VIEW

WIDE = (120, 40)
MINUTE = timedelta(minutes=1)
HALF = timedelta(seconds=30)
"""Less than a minute between two ticks: more would look like a program that was stopped."""


def run_of(home: Home) -> RunState:
    return home.open_runs()[0]


def current(home: Home) -> str:
    run = run_of(home)
    assert run.current is not None
    return run.steps[run.current].id


async def test_space_finishes_the_step_and_the_next_one_begins(in_run: ProcroutineApp, home: Home, go_by: Any) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        screen = await run_shown(pilot)
        await go_by(pilot, HALF)
        await pilot.press("space")
        assert [step.state for step in run_of(home).steps] == ["done", "current", "pending"]
        assert screen.view is not None
        assert screen.view.panel.title == "Write"
        assert "✓ Gather" in text_of(in_run)


async def test_space_is_ignored_for_a_moment_after_a_step_has_changed(
    in_run: ProcroutineApp, home: Home, go_by: Any
) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await go_by(pilot, HALF)
        await pilot.press("space", "space", "space")
        assert current(home) == "write"
        await go_by(pilot, timedelta(milliseconds=300))
        await pilot.press("space")
        assert current(home) == "send"


async def test_p_stops_the_clock_and_lets_it_go_on(in_run: ProcroutineApp, home: Home, go_by: Any) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        screen = await run_shown(pilot)
        await go_by(pilot, HALF)
        await pilot.press("p")
        await go_by(pilot, 10 * MINUTE)
        assert run_of(home).state == "paused"
        assert screen.query_one(TallClock).level is Level.PAUSED
        assert "◐ paused 14:05" in text_of(in_run)
        await pilot.press("p")
        assert (run_of(home).state, run_of(home).active) == ("running", HALF)


async def test_waiting_asks_for_its_cause_and_shows_it(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await pilot.press("P", *"upload", "enter")
        await pilot.pause()
        assert run_of(home).waiting_for == "upload"
        assert "Waiting for upload" in text_of(in_run)
        await pilot.press("p")
        await pilot.pause()
        assert not in_run.screen.query_one(StateLine).display


@pytest.mark.parametrize(
    ("width", "said"),
    [(44, "Looking at step 3   the clock is on step 1"), (36, "Looking at step 3   clock on 1")],
)
def test_the_step_that_the_clock_is_on_is_named_however_narrow_it_is(width: int, said: str) -> None:
    steps = (RUN_VIEW.steps[0].replaced(number=1), *RUN_VIEW.steps[1:])
    view = RUN_VIEW.replaced(current=0, steps=steps, panel=RUN_VIEW.panel.replaced(is_current=False))
    assert StepTitle()._lines_of(view, width)[0].plain.rstrip() == said


def test_what_a_run_waits_for_is_cut_before_its_end_and_the_key_that_goes_on() -> None:
    first = First(Content("◐ Waiting for "), "the lawyer's answer", Content(" until 23:30   p goes on"))
    assert [first.at(width).plain.rstrip() for width in (60, 50, 40)] == [
        "◐ Waiting for the lawyer's answer until 23:30   p goes on",
        "◐ Waiting for the lawyer'… until 23:30   p goes on",
        "◐ Waiting for the… until 23:30   p goes…",
    ]


async def test_a_note_is_kept_with_the_step_that_is_seen(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await pilot.press("right_square_bracket", "n", *"ask Ana", "enter")
        await pilot.pause()
        assert [step.notes for step in run_of(home).steps] == [(), ("ask Ana",), ()]
        assert said(in_run)[-1] == "Noted."


async def test_skipping_keeps_its_reason(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await pilot.press("s", *"not today", "enter")
        await pilot.pause()
        step = run_of(home).steps[0]
        assert (step.state, step.notes) == ("skipped", ("not today",))


async def test_undo_and_redo_take_back_and_bring_back(in_run: ProcroutineApp, home: Home, go_by: Any) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await go_by(pilot, HALF)
        await pilot.press("space", "u")
        assert current(home) == "gather"
        await pilot.press("U")
        assert current(home) == "write"


async def test_undo_with_nothing_done_says_so_and_changes_nothing(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await pilot.press("u")
        await pilot.pause()
        assert said(in_run)[-1] == "There is nothing to take back: to be rid of the run, abandon it"
        assert len(home.open_runs()) == 1


async def test_looking_at_another_step_leaves_the_clock_where_it_is(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        screen = await run_shown(pilot)
        await pilot.press("right_square_bracket", "right_square_bracket")
        assert screen.view is not None
        assert (screen.view.panel.title, current(home)) == ("Send", "gather")
        assert "the clock is on step 1" in text_of(in_run)
        await pilot.press("g")
        assert current(home) == "send"


async def test_going_to_a_step_asks_which_where_none_is_looked_at(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await pilot.press("g", "2", "enter")
        await pilot.pause()
        assert current(home) == "write"


async def test_a_step_is_added_to_this_run_only(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await pilot.press("a", *"Call Ben", "enter")
        await pilot.pause()
        assert [(step.title, step.added) for step in run_of(home).steps][1] == ("Call Ben", True)
        assert len(home.routine("posts").steps) == 3


async def test_t_ticks_the_next_item_and_a_click_any(in_run: ProcroutineApp, home: Home) -> None:
    file, long = (
        Path(home.places.routines, "posts.toml"),
        "one picture each, as wide as the page, in the light of day, with words for it",
    )
    file.write_text(file.read_text().replace("one picture each", long))
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await pilot.press("t")
        assert run_of(home).steps[0].ticked == {0}
        await pilot.click(OwnChecklist, offset=(3, 2))
        assert run_of(home).steps[0].ticked == {0, 1}
        await pilot.click(OwnChecklist, offset=(3, 1))
        assert run_of(home).steps[0].ticked == {1}
        assert "words for it" in text_of(in_run)


async def test_digits_and_clicks_open_systems_and_say_what_has_no_address(
    home: Home, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = open_on(home, clock, "posts")
    opened: list[str] = []
    monkeypatch.setattr(app, "open_address", opened.append)
    async with app.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await pilot.press("o", "1")
        assert opened == ["https://example.org/docs"] * 2
        await pilot.press("2")
        await pilot.pause()
        assert said(app) == ["Shop has no address."]
        await pilot.press("9")
        await pilot.pause()
        assert said(app) == ["There is no system 9."]
        await pilot.click(Links, offset=(8, 0))
        assert len(opened) == 3


async def test_a_click_on_a_step_looks_at_it(in_run: ProcroutineApp) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        screen = await run_shown(pilot)
        await pilot.click(StepList, offset=(10, 2))
        assert screen.looked_at == 1


async def test_tab_shows_the_list_where_it_has_no_room_of_its_own(in_run: ProcroutineApp) -> None:
    async with in_run.run_test(size=(40, 12)) as pilot:
        await run_shown(pilot)
        assert "Send" not in text_of(in_run)
        await pilot.press("tab")
        await pilot.pause()
        assert "Send" in text_of(in_run)


async def test_sleep_is_told_and_can_be_counted(
    in_run: ProcroutineApp, home: Home, clock: ManualClock, go_by: Any
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await go_by(pilot, HALF)
        clock.sleep(timedelta(hours=3, minutes=2))
        await go_by(pilot)
        assert "Asleep 3 h 02. Not counted. c counts it, x ends the run here" in text_of(in_run)
        assert run_of(home).active == HALF + SECOND
        await pilot.press("c")
        assert run_of(home).active == timedelta(hours=3, minutes=2, seconds=31)
        assert not in_run.screen.query_one(StateLine).display


async def test_after_a_long_sleep_ending_the_run_is_offered_first(
    in_run: ProcroutineApp, home: Home, clock: ManualClock, go_by: Any
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await go_by(pilot, HALF)
        await pilot.press("space")
        await go_by(pilot, HALF)
        clock.sleep(timedelta(hours=13))
        await go_by(pilot)
        assert "Asleep 13 h 00. Not counted. x ends the run as of the last step, c counts it" in text_of(in_run)
        await pilot.press("x")
        await pilot.pause()
        assert isinstance(in_run.screen, FinishScreen)
        (head,) = home.heads()
        assert (head.active, head.asleep, head.ended_at) == (HALF, timedelta(), NOW + HALF)


async def test_a_stopped_program_looks_like_work_to_the_clocks_and_is_written_down_as_sleep(
    in_run: ProcroutineApp, home: Home, go_by: Any
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await go_by(pilot)
        await go_by(pilot)
        await go_by(pilot, 20 * MINUTE)
        assert "Asleep 20 min." in text_of(in_run)
        assert run_of(home).asleep == 20 * MINUTE
        assert run_of(home).active == 2 * SECOND


async def test_a_pause_of_any_length_is_no_sleep(in_run: ProcroutineApp, home: Home, go_by: Any) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await go_by(pilot)
        await pilot.press("p")
        await go_by(pilot, 90 * MINUTE)
        assert run_of(home).asleep == timedelta()
        assert not in_run.screen.query_one(StateLine).display


async def test_passing_the_time_of_a_step_is_told_once(in_run: ProcroutineApp, go_by: Any) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        for _ in range(6):
            await go_by(pilot, 55 * SECOND)
        over = [sentence for sentence in said(in_run) if "The plan is" in sentence]
        assert len(over) == 1
        for _ in range(3):
            await go_by(pilot, 55 * SECOND)
        assert len([sentence for sentence in said(in_run) if "The plan is" in sentence]) == 2


async def test_the_command_line_and_the_app_see_the_same_run(
    in_run: ProcroutineApp, home: Home, clock: ManualClock, go_by: Any
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await go_by(pilot, HALF)
        Home(home.places, clock).act("done")
        await go_by(pilot)
        assert "Step 2 of 3" in text_of(in_run)


async def test_a_run_that_ends_elsewhere_is_left_with_a_word(
    in_run: ProcroutineApp, home: Home, clock: ManualClock, go_by: Any
) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        Home(home.places, clock).act("abandon")
        await go_by(pilot)
        assert isinstance(in_run.screen, WeekScreen)
        assert "This run has ended elsewhere; see History." in said(in_run)


async def test_a_run_that_is_finished_elsewhere_shows_its_finish_and_can_be_taken_back_from_there(
    in_run: ProcroutineApp, home: Home, clock: ManualClock, go_by: Any
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await go_by(pilot, HALF)
        Home(home.places, clock).act("finish")
        await go_by(pilot)
        assert isinstance(in_run.screen, FinishScreen)
        assert "This run was finished elsewhere." in said(in_run)
        await pilot.press("u")
        await go_by(pilot)
        assert "Step 1 of 3" in text_of(in_run)
        Home(home.places, clock).act("finish")
        await go_by(pilot)
        await go_by(pilot)
        await pilot.press("y", "enter")
        await pilot.pause()
        assert isinstance(in_run.screen, WeekScreen)
    assert home.heads()[0].outcome == "met"


@pytest.mark.parametrize("end", ["finish", "abandon"])
async def test_a_run_that_ends_elsewhere_while_a_note_is_written_keeps_what_is_typed_and_is_left_after_it(
    in_run: ProcroutineApp, home: Home, clock: ManualClock, go_by: Any, end: str
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await go_by(pilot, HALF)
        await pilot.press("n", *"abc")
        Home(home.places, clock).act(end)
        await go_by(pilot)
        seen: list[Screen[object]] = []

        def typed() -> bool:
            asked = in_run.screen
            return isinstance(asked, AskScreen) and asked not in seen and asked.query_one(TextLine).value == "abc"

        for _ in range(2):
            await until(typed)
            seen.append(in_run.screen)
            await pilot.press("enter")
        await until(typed)
        await pilot.press("escape")
        if end == "finish":
            await until(lambda: isinstance(in_run.screen, FinishScreen))
            await go_by(pilot)
            await pilot.press("enter")
        await until(lambda: isinstance(in_run.screen, WeekScreen))
    assert home.heads()[0].state == {"finish": "finished", "abandon": "abandoned"}[end]


async def test_the_last_step_opens_the_finish_and_undo_lets_the_clock_go_on(
    in_run: ProcroutineApp, home: Home, go_by: Any
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        for _ in range(3):
            await go_by(pilot, 50 * SECOND)
            await pilot.press("space")
        await pilot.pause()
        assert isinstance(in_run.screen, FinishScreen)
        assert home.open_runs() == ()
        await go_by(pilot, 10 * SECOND)
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(in_run.screen, RunScreen)
        assert (current(home), run_of(home).active) == ("send", 160 * SECOND)


async def test_esc_asks_and_pausing_is_the_default(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await pilot.press("escape", "enter")
        await pilot.pause()
        assert isinstance(in_run.screen, WeekScreen)
        assert run_of(home).state == "paused"
        assert interrupted(home.places.open_runs) == {}


async def test_a_paused_run_is_left_without_a_question(in_run: ProcroutineApp) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await pilot.press("p", "escape")
        await pilot.pause()
        assert isinstance(in_run.screen, WeekScreen)


async def test_an_app_that_ends_without_leaving_has_interrupted_its_run(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        in_run.exit(return_code=143)
    assert list(interrupted(home.places.open_runs)) == [run_of(home).id]


async def test_the_clock_is_drawn_when_its_second_turns(in_run: ProcroutineApp, clock: ManualClock, go_by: Any) -> None:
    async with in_run.run_test() as pilot:
        screen = await run_shown(pilot)
        await go_by(pilot, timedelta(milliseconds=250))
        assert screen.until_next_second() == pytest.approx(0.755)
        clock.advance(timedelta(milliseconds=500))
        assert screen.until_next_second() == pytest.approx(0.255)


async def test_a_tick_asks_for_no_layout(in_run: ProcroutineApp, go_by: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        screen = await run_shown(pilot)
        await go_by(pilot)
        laid_out: list[object] = []
        monkeypatch.setattr(screen, "_refresh_layout", lambda *given, **named: laid_out.append(given))
        for _ in range(3):
            await go_by(pilot)
        assert laid_out == []
