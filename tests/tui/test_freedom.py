"""Freedom in a run: steps off and on, another order, corrected times, and what a long pause was."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.errors import BadInput
from procroutine.history.home import Home
from procroutine.moments import cause_and_end
from procroutine.run.live import RunState
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.choose import ChooseScreen
from procroutine.tui.screens.run import RunScreen
from procroutine.tui.screens.state_line import StateLine
from procroutine.tui.screens.step_list import StepList
from tests.app_idle import until
from tests.tui.conftest import open_on, run_shown, said, text_of

WIDE = (120, 40)
MINUTE = timedelta(minutes=1)


def run_of(home: Home) -> RunState:
    return home.open_runs()[0]


def order(home: Home) -> list[str]:
    return [step.id for step in run_of(home).steps]


async def test_a_step_looked_at_is_switched_off_and_on(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await pilot.press("right_square_bracket", "minus")
        await pilot.pause()
        assert [step.state for step in run_of(home).steps] == ["current", "skipped", "pending"]
        assert said(in_run)[-1] == "Write is off for this run. u takes it back."
        assert "– Write" in text_of(in_run)
        await pilot.press("minus")
        assert [step.off for step in run_of(home).steps] == [False, False, False]
        await pilot.press("u")
        assert run_of(home).steps[1].off


async def test_another_system_is_taken_by_a_key_and_space_waits_for_no_choice(home: Home, clock: ManualClock) -> None:
    Path(home.places.routines, "enter.toml").write_text(
        'name = "Enter"\n[systems.a]\nname = "Picture scheduler"\n[systems.b]\nname = "Queue"\n'
        '[[steps]]\ntitle = "Enter them"\nalternatives = ["a", "b"]\n[[steps]]\ntitle = "Check"\n'
    )
    app = open_on(home, clock, "enter")
    async with app.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await until(lambda: "Step 1 of 2   with Picture scheduler · w Queue" in text_of(app), lambda: text_of(app))
        await pilot.press("w")
        await until(lambda: "Step 1 of 2   with Queue · w Picture scheduler" in text_of(app), lambda: text_of(app))
        assert said(app)[-1] == "Enter them is done with Queue. u takes it back."
        clock.advance(MINUTE)
        await pilot.press("space")
        await until(lambda: run_of(home).steps[0].state == "done")
        assert run_of(home).steps[0].systems == ("b",)
        await pilot.press("w")
        await until(lambda: said(app)[-1] == "This step has no systems to choose from.", lambda: said(app))


async def test_the_running_step_is_not_switched_off(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await pilot.press("minus")
        assert run_of(home).steps[0].state == "current"
        assert said(in_run)[-1] == "Gather is the current step: skip it instead"


async def test_a_step_to_come_is_moved_and_stays_in_sight(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        screen = await run_shown(pilot)
        await pilot.press("right_square_bracket", "right_square_bracket", "left_curly_bracket")
        assert order(home) == ["gather", "send", "write"]
        assert said(in_run)[-1] == "Send comes before Write now. u takes it back."
        assert screen.view is not None
        assert screen.view.panel.title == "Send"
        await pilot.press("right_curly_bracket")
        assert order(home) == ["gather", "write", "send"]
        await pilot.press("u", "u")
        assert order(home) == ["gather", "write", "send"]


async def test_a_step_at_the_end_goes_no_further(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await pilot.press("right_square_bracket", "left_curly_bracket")
        assert said(in_run)[-1] == "Write is the first to come already."
        await pilot.press("right_square_bracket", "right_curly_bracket")
        assert said(in_run)[-1] == "Send is the last to come already."
        await pilot.press("left_square_bracket", "left_square_bracket", "right_curly_bracket")
        assert "still to come" in said(in_run)[-1]
        assert not run_of(home).can_undo


async def test_a_step_can_go_before_the_first_of_all(in_run: ProcroutineApp, home: Home, go_by: Any) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await pilot.press("right_square_bracket", "right_square_bracket", "g")
        await pilot.press("left_square_bracket", "left_curly_bracket")
        assert order(home) == ["write", "gather", "send"]


@pytest.mark.parametrize(("change", "minutes"), [("+2m", 5), ("-60s", 2), ("15m", 15)])
async def test_the_time_of_a_step_is_corrected(
    in_run: ProcroutineApp, home: Home, clock: ManualClock, go_by: Any, change: str, minutes: int
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        screen = await run_shown(pilot)
        for _ in range(6):
            await go_by(pilot, MINUTE / 2)
        await pilot.press("space", "left_square_bracket", "e")
        await pilot.pause()
        assert "Correct the time of Gather" in text_of(in_run)
        assert "It has 3:00." in text_of(in_run)
        await pilot.press(*change, "enter")
        await pilot.pause()
        assert run_of(home).steps[0].active == minutes * MINUTE
        assert said(in_run)[-1] == f"Gather has {minutes}:00 now. u takes it back."
        sign = "+" if minutes > 3 else "−"
        assert f"Clock corrected by {sign}{abs(minutes - 3)}:00." in text_of(in_run)
        await pilot.press("u")
        assert run_of(home).steps[0].active == 3 * MINUTE
        assert not screen.query_one(StateLine).display


async def test_a_correction_that_will_not_do_is_refused_in_a_sentence(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await pilot.press("e", *"2", "enter")
        await pilot.pause()
        assert said(in_run)[-1] == "'2' is not a duration: say which unit, such as 2m or 2s"
        await pilot.press("backspace", *"-2m", "enter")
        await pilot.pause()
        assert "Gather has only 0:00" in said(in_run)[-1]
        assert run_of(home).corrected == timedelta()


# Pauses


async def pause_for(pilot: Any, go_by: Any, length: timedelta) -> None:
    await pilot.press("p")
    await go_by(pilot, length)


@pytest.mark.parametrize(("key", "active", "waiting"), [("enter", 0, 0), ("w", 42, 0), ("t", 0, 42)])
async def test_a_long_pause_is_asked_about_when_it_is_over(
    in_run: ProcroutineApp, home: Home, go_by: Any, key: str, active: int, waiting: int
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await pause_for(pilot, go_by, 42 * MINUTE)
        await pilot.press("p")
        assert "Paused for 42 min." in text_of(in_run)
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(in_run.screen, RunScreen)
        run = run_of(home)
        assert (run.state, run.active, run.waiting) == ("running", active * MINUTE, waiting * MINUTE)
        if key != "enter":
            await pilot.press("u")
            assert run_of(home).paused == 42 * MINUTE


async def test_space_after_a_long_pause_asks_too(in_run: ProcroutineApp, home: Home, go_by: Any) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await pause_for(pilot, go_by, 42 * MINUTE)
        await pilot.press("space", "w")
        await pilot.pause()
        assert run_of(home).steps[0].active == 42 * MINUTE


async def test_a_short_pause_and_a_waiting_are_not_asked_about(in_run: ProcroutineApp, go_by: Any) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await pause_for(pilot, go_by, 30 * MINUTE)
        await pilot.press("p")
        assert isinstance(in_run.screen, RunScreen)
        await pilot.press("P", *"photos", "enter")
        await go_by(pilot, 42 * MINUTE)
        await pilot.press("p")
        assert isinstance(in_run.screen, RunScreen)


async def test_how_long_is_long_is_a_setting(home: Home, clock: ManualClock, go_by: Any) -> None:
    app = open_on(home, clock, "posts", long_pause=5 * MINUTE)
    async with app.run_test() as pilot:
        await run_shown(pilot)
        await pause_for(pilot, go_by, 6 * MINUTE)
        await pilot.press("p")
        assert isinstance(app.screen, ChooseScreen)


async def test_going_on_from_this_week_asks_too(app: ProcroutineApp, home: Home, clock: ManualClock) -> None:
    home.start("posts")
    home.act("pause")
    clock.advance(timedelta(hours=20))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "Paused for 20 h 00." in text_of(app)
        await pilot.press("w")
        assert run_of(home).active == timedelta(hours=20)


async def test_waiting_can_say_until_when(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await pilot.press("P", *"photos until 15:30", "enter")
        await pilot.pause()
        run = run_of(home)
        assert (run.waiting_for, run.waiting_until and f"{run.waiting_until:%H:%M}") == ("photos", "15:30")
        assert "Waiting for photos until 15:30" in text_of(in_run)


def test_until_is_part_of_the_cause_where_no_time_follows(clock: ManualClock) -> None:
    assert cause_and_end("Ana, until she calls", clock.read()) == ("Ana, until she calls", None)
    with pytest.raises(BadInput, match="not a time"):
        cause_and_end("photos until 25:99", clock.read())


async def test_after_a_dialog_the_lines_of_the_list_are_still_repainted(
    in_run: ProcroutineApp, go_by: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        screen = await run_shown(pilot)
        await go_by(pilot)
        await pilot.press("n", "escape")
        await pilot.pause()
        steps = screen.query_one(StepList)
        steps._strips.clear()  # as Textual has it done when it gives a screen its styles again
        asked: list[int] = []
        monkeypatch.setattr(steps, "refresh", lambda *regions, **_: asked.extend(region.y for region in regions))
        await pilot.press("space")
        assert len(asked) >= 2
