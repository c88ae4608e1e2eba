"""What a run is held against, its odds and its deadline, on the screen."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.insight.views.run import OddsLine, RunView
from procroutine.text import Shown
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.outlook import TotalHead
from tests.tui.conftest import NOW, do_runs, odds_shown, open_on, run_shown, said, text_of
from tests.tui.week_samples import RUN_VIEW

WIDE = (120, 40)
ODDS = OddsLine(
    chance=Shown("62 % to finish within 1h"),
    short=Shown("62 % within 1h"),
    times=Shown("50 % by 14:41, 85 % by 14:52"),
    caution=Shown("2 steps only as planned"),
)


def head(app: ProcroutineApp) -> str:
    """Give what stands over the columns of the checklist."""
    line = next(line for line in text_of(app).splitlines() if "±" in line)
    return " ".join([*line.partition("±")[0].split()[1:], "±" + line.partition("±")[2].split()[0]])


async def test_v_holds_the_run_against_the_next_comparison_and_names_it(home: Home, clock: ManualClock) -> None:
    do_runs(home, 2)
    app = open_on(home, clock, "posts")
    async with app.run_test(size=WIDE) as pilot:
        screen = await run_shown(pilot)
        assert "±usual" in text_of(app)
        await pilot.press("v")
        await pilot.pause()
        assert screen.view is not None
        assert screen.view.compared_with == "best"
        assert head(app) == "best run time ±best"
        assert "your best run" in said(app)[-1]
        await pilot.press("v", "v", "v", "v")
        await pilot.pause()
        assert "±goal" in text_of(app)
        assert "p 1.00" in text_of(app)  # thirty minutes are more than the worst of each step
        await pilot.press("v")
        await pilot.pause()
        assert head(app) == "sum of best time ±sum"


async def test_without_history_it_is_held_against_the_plan_by_that_name(in_run: ProcroutineApp, go_by: Any) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        assert head(in_run) == "planned time ±planned"
        for _ in range(4):
            await go_by(pilot, timedelta(minutes=1))
        await pilot.press("space")
        await pilot.pause()
        assert "−1:00 against planned   22m to go" in text_of(in_run)
        assert "usual" not in text_of(in_run)
        await pilot.press("v", "v")
        await pilot.pause()
        assert said(in_run)[-1] == "There is nothing else to hold it against yet than planned."


async def test_a_step_without_history_among_others_is_marked_as_planned(home: Home, clock: ManualClock) -> None:
    do_runs(home, 1)
    path = Path(home.places.routines, "posts.toml")
    path.write_text(path.read_text() + '[[steps]]\ntitle = "Count the answers"\nplanned = "3m"\n')
    app = open_on(home, clock, "posts")
    async with app.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        assert "◦ planned  usual" in text_of(app)
        assert "◦3:00" in text_of(app)
        assert "◦20:00" not in text_of(app)


async def test_odds_come_up_by_themselves(home: Home, clock: ManualClock) -> None:
    do_runs(home, 5)
    async with open_on(home, clock, "posts").run_test(size=WIDE) as pilot:
        line = await odds_shown(pilot)
    assert "over 99 % to finish within 30m   50 % by 14:32, 85 % by 14:32" in line


async def test_too_few_runs_have_no_odds_yet(in_run: ProcroutineApp) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        assert "no odds yet: 0 of 5 runs" in await odds_shown(pilot)


async def test_y_asks_for_the_deadline_and_nothing_takes_it_back(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await pilot.press("y", *"14:30", "enter")
        await pilot.pause()
        assert home.open_runs()[0].deadline == NOW + timedelta(minutes=25)
        assert "! By 14:30: 2:00 short   nothing optional to leave out" in text_of(in_run)
        await pilot.press("y", *"14:50", "enter")
        await pilot.pause()
        assert "● By 14:50: fits   18:00 to spare" in text_of(in_run)
        await pilot.press("y", "enter")
        await pilot.pause()
        assert home.open_runs()[0].deadline is None
        assert "14:50" not in text_of(in_run)


async def test_a_deadline_that_is_no_time_is_refused(in_run: ProcroutineApp, home: Home) -> None:
    async with in_run.run_test(size=WIDE) as pilot:
        await run_shown(pilot)
        await pilot.press("y", *"soon", "enter")
        await pilot.pause()
        assert "is not a time" in said(in_run)[-1]
        assert home.open_runs()[0].deadline is None


@pytest.mark.parametrize("width", [34, 40, 56, 76, 90, 104, 114, 140, 190])
@pytest.mark.parametrize("odds", [None, ODDS, ODDS.replaced(chance=Shown(""), short=Shown(""))])
def test_the_bottom_line_says_as_much_as_fits_and_cuts_no_number(width: int, odds: OddsLine | None) -> None:
    line = TotalHead()._lines_of(with_odds(RUN_VIEW, odds), width)[0].plain
    assert len(line) == width
    assert "…" not in line
    assert RUN_VIEW.total.finish in line
    assert "goal" in line
    if odds is ODDS and width >= 76:
        assert "62 % within 1h" in line or "62 % to finish within 1h" in line
    if odds is ODDS and width >= 140:
        assert line.rstrip().endswith("50 % by 14:41, 85 % by 14:52")


def with_odds(view: RunView, odds: OddsLine | None) -> RunView:
    fields: dict[str, Any] = {"odds": odds}
    return view.replaced(total=view.total.replaced(**fields))
