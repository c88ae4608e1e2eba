"""The dialogs: what they ask, what they change, and that nothing is lost in them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from procroutine.clock import ManualClock
from procroutine.errors import CannotWrite
from procroutine.history.home import Home
from procroutine.text import Shown
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.ask import AskScreen
from procroutine.tui.screens.choose import Choices, ChooseScreen
from procroutine.tui.screens.finish import FinishScreen, _against, _notable
from procroutine.tui.screens.run import RunScreen
from procroutine.tui.screens.week import WeekScreen
from procroutine.tui.widgets.text_line import LONGEST, TextLine
from tests.app_idle import until
from tests.tui.conftest import SECOND, run_shown, said, text_of
from tests.tui.pictured import pictured
from tests.tui.week_samples import FINISH_VIEW


async def finish_a_run(pilot: Pilot[None], go_by: Any) -> FinishScreen:
    """Do all three steps, and wait until a key that is still held would do nothing."""
    await run_shown(pilot)
    for _ in range(3):
        await go_by(pilot, 50 * SECOND)
        await pilot.press("space")
    await pilot.pause()
    await go_by(pilot)
    assert isinstance(pilot.app.screen, FinishScreen)
    return pilot.app.screen


async def test_the_finish_shows_the_total_against_the_goal(in_run: ProcroutineApp, go_by: Any) -> None:
    async with in_run.run_test(size=(120, 40)) as pilot:
        await finish_a_run(pilot, go_by)
        shown = text_of(in_run)
        assert "27:30 inside the goal of 30m" in shown
        assert "Did it produce this? Seven posts" in shown


@pytest.mark.parametrize(
    ("width", "rows"),
    [
        (90, ["3:31 inside the goal of 45m   0:02 faster than last time   10 steps skipped"]),
        (60, ["3:31 inside the goal of 45m   0:02 faster than last time", "10 steps skipped"]),
        (35, ["3:31 inside the goal of 45m", "0:02 faster than last", "10 steps skipped"]),
    ],
)
def test_no_part_of_what_the_total_is_held_against_is_broken(width: int, rows: list[str]) -> None:
    view = FINISH_VIEW.replaced(
        goal=timedelta(minutes=45),
        goal_words="the goal of 45m",
        slack=timedelta(minutes=3, seconds=31),
        vs_last=timedelta(seconds=-2),
        best_so_far=False,
        skipped=10,
        off=0,
    )
    assert _against(view, width).plain.splitlines() == rows


def test_a_run_as_long_as_the_last_is_neither_faster_nor_slower() -> None:
    view = FINISH_VIEW.replaced(goal=None, vs_last=timedelta(milliseconds=-40), best_so_far=False, skipped=0, off=0)
    assert _against(view, 60).plain == "as quick as last time"


@pytest.mark.parametrize(("key", "outcome"), [("y", "met"), ("p", "partly"), ("n", "missed")])
async def test_a_letter_records_whether_the_output_is_there(
    in_run: ProcroutineApp, home: Home, go_by: Any, key: str, outcome: str
) -> None:
    async with in_run.run_test() as pilot:
        await finish_a_run(pilot, go_by)
        await pilot.press(key)
        assert home.heads()[0].outcome == outcome


async def test_what_to_change_next_time_stands_on_the_routine(in_run: ProcroutineApp, home: Home, go_by: Any) -> None:
    async with in_run.run_test() as pilot:
        screen = await finish_a_run(pilot, go_by)
        await pilot.press("c", *"fewer pics", "enter")
        await pilot.pause()
        (line,) = home.history().redlines("posts")
        assert line.text == "fewer pics"
        assert isinstance(in_run.screen, FinishScreen)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(in_run.screen, WeekScreen)
        assert screen.run_id == home.heads()[0].id


async def test_what_to_change_that_could_not_be_kept_stays_in_its_line(
    in_run: ProcroutineApp, home: Home, go_by: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_: object, **__: object) -> None:
        raise CannotWrite("the history cannot be written (no space left)", "free some space")

    async with in_run.run_test() as pilot:
        screen = await finish_a_run(pilot, go_by)
        monkeypatch.setattr(type(home.history()), "add_redline", full_disk)
        await pilot.press("c", *"fewer", "enter")
        await pilot.pause()
        assert said(in_run)[-1].startswith("the history cannot be written")
        assert screen.query_one("#answer", Input).value == "fewer"


@pytest.mark.parametrize("key", ["enter", "u"])
async def test_letters_typed_into_the_line_answer_nothing_else_and_are_kept_when_the_finish_closes(
    in_run: ProcroutineApp, home: Home, go_by: Any, key: str
) -> None:
    async with in_run.run_test() as pilot:
        await finish_a_run(pilot, go_by)
        await pilot.press("c", *"nyup", "escape")
        assert home.heads()[0].outcome is None
        assert home.open_runs() == ()
        await pilot.press(key)
        await until(lambda: not isinstance(in_run.screen, FinishScreen))
        assert [line.text for line in home.history().redlines("posts")] == ["nyup"]


async def test_the_finish_of_a_run_that_cannot_be_read_is_not_shown(app: ProcroutineApp) -> None:
    async with app.run_test() as pilot:
        left: list[bool | None] = []
        app.push_screen(FinishScreen("1234567890123456"), left.append)
        await pilot.press("c")
        await until(lambda: left == [True])
        assert said(app)


async def test_the_key_that_ended_the_last_step_does_not_close_the_finish(in_run: ProcroutineApp, go_by: Any) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        for _ in range(3):
            await go_by(pilot, 50 * SECOND)
            await pilot.press("space")
        await pilot.press("enter", "space")
        assert isinstance(in_run.screen, FinishScreen)


@pytest.mark.parametrize(
    ("keys", "left", "states"),
    [
        (("p",), True, ["paused"]),
        (("enter",), True, ["paused"]),
        (("k",), True, ["running"]),
        (("s",), False, ["running"]),
        (("escape",), False, ["running"]),
        (("j", "enter"), True, ["running"]),
        (("d", "escape"), False, ["running"]),
        (("d", "enter"), False, ["running"]),
        (("d", "d"), True, []),
    ],
)
async def test_leaving_does_what_was_chosen(
    in_run: ProcroutineApp, home: Home, keys: tuple[str, ...], left: bool, states: list[str]
) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await pilot.press("escape", *keys)
        await pilot.pause()
        assert isinstance(in_run.screen, WeekScreen if left else RunScreen)
        assert [run.state for run in home.open_runs()] == states


async def test_a_click_beside_a_question_closes_it_and_one_on_it_does_not(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test(size=(120, 40)) as pilot:
        await run_shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.click("#box-text")
        assert isinstance(in_run.screen, ChooseScreen)
        await pilot.click(offset=(2, 2))
        await pilot.pause()
        assert isinstance(in_run.screen, RunScreen)
        assert home.open_runs()[0].state == "running"


async def test_a_choice_can_be_clicked(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(in_run.screen, ChooseScreen)
        await pilot.click(Choices, offset=(5, 1))
        await pilot.pause()
        assert isinstance(in_run.screen, WeekScreen)
        assert home.open_runs()[0].state == "running"


@pytest.mark.parametrize("opened_on", ["week", "run"])
async def test_quitting_with_a_run_going_on_asks_as_leaving_does(
    home: Home, clock: ManualClock, app: ProcroutineApp, in_run: ProcroutineApp, opened_on: str
) -> None:
    if opened_on == "week":
        home.start("posts")
    quitting = app if opened_on == "week" else in_run
    async with quitting.run_test() as pilot:
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
        assert isinstance(quitting.screen, ChooseScreen)
        await pilot.press("p")
        await pilot.pause()
    assert home.open_runs()[0].state == "paused"
    assert quitting.return_code == 0


async def test_quitting_with_nothing_going_on_asks_nothing(app: ProcroutineApp, home: Home) -> None:
    home.start("posts")
    home.act("pause")
    async with app.run_test() as pilot:
        await pilot.press("q")
        await pilot.pause()
        assert app._exit


async def test_asking_gives_the_line_without_blanks_and_takes_no_empty_one(app: ProcroutineApp) -> None:
    answers: list[str | None] = []
    async with app.run_test() as pilot:
        app.push_screen(AskScreen("Why?"), answers.append)
        await pilot.pause()
        await pilot.press("space", "enter")
        assert answers == []
        await pilot.press(*" so ", "enter")
        assert answers == ["so"]


async def test_what_was_typed_is_not_clicked_away_and_several_lines_are_pasted_as_one(app: ProcroutineApp) -> None:
    answers: list[str | None] = []
    async with app.run_test() as pilot:
        for typed in ("so\rit\x1b[31m\r\nis\n", ""):
            app.push_screen(AskScreen("Why?"), answers.append)
            await pilot.pause()
            app.post_message(events.Paste(typed))
            await pilot.pause()
            await pilot.click(offset=(1, 1))
            await pilot.pause()
            await pilot.press("enter")
        assert answers == ["so it␛[31m is", None]


async def test_what_is_too_long_for_the_line_is_told_and_leaves_it_as_it_was(app: ProcroutineApp) -> None:
    async with app.run_test() as pilot:
        app.push_screen(AskScreen("Why?"))
        await pilot.pause()
        await pilot.press(*"so")
        app.screen.query_one(TextLine).post_message(events.Paste("x" * LONGEST))
        await pilot.pause()
        assert app.screen.query_one(TextLine).value == "so"
        assert said(app) == ["It is too long: 500 characters fit here"]
        app.push_screen(AskScreen("Why?", text=Shown("x" * 600)))
        await pilot.pause()
        await pilot.press("backspace")
        assert len(app.screen.query_one(TextLine).value) == 599


async def test_a_verb_that_cannot_be_carried_out_is_told_with_its_remedy(
    in_run: ProcroutineApp, home: Home, go_by: Callable[..., Any]
) -> None:
    async with in_run.run_test() as pilot:
        await run_shown(pilot)
        await pilot.press("g", *"nowhere", "enter")
        await pilot.pause()
        assert "nowhere" in said(in_run)[-1]
        assert ": " in said(in_run)[-1]
        assert home.open_runs()[0].current == 0


def test_the_finish_looks_as_it_did(snap_compare: Any) -> None:
    app = pictured(routine_id="client-metrics-update")
    assert snap_compare(app, terminal_size=(120, 40), run_before=_to_the_finish)


async def _to_the_question(pilot: Pilot[None]) -> None:
    await run_shown(pilot)
    await pilot.press("escape")
    await pilot.pause()


async def _to_the_finish(pilot: Pilot[None]) -> None:
    await run_shown(pilot)
    assert isinstance(pilot.app, ProcroutineApp)
    pilot.app.push_screen(FinishScreen("run-open"))
    await pilot.pause()


def test_leaving_looks_as_it_did(snap_compare: Any) -> None:
    app = pictured(routine_id="client-metrics-update")
    assert snap_compare(app, terminal_size=(80, 24), run_before=_to_the_question)


def test_the_page_of_keys_looks_as_it_did(snap_compare: Any) -> None:
    assert snap_compare(pictured(), press=["question_mark"], terminal_size=(80, 24))


@pytest.mark.parametrize("columns", [40, 60, 100])
def test_long_times_of_notable_steps_are_whole_and_apart(columns: int) -> None:
    day = timedelta(hours=101, minutes=2, seconds=3)
    steps = tuple(step.replaced(time=day, difference=day) for step in FINISH_VIEW.notable)
    drawn = _notable(steps, columns).plain.splitlines()
    assert len(drawn) == len(steps)
    assert all(" 101:02:03 +101:02:03" in line for line in drawn)
    assert max(map(len, drawn)) < columns - 7 or columns > 70


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_whole_finish_is_seen_on_a_small_screen(size: tuple[int, int]) -> None:
    app = pictured(routine_id="client-metrics-update")
    async with app.run_test(size=size) as pilot:
        await _to_the_finish(pilot)
        await pilot.pause()
        box = app.screen.query_one("#box")
        assert box.max_scroll_y == 0
        assert app.screen.query_one("#finish-keys").region.bottom <= size[1]
