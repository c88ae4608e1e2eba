"""Two windows and the command line on one run, in any order: every verb lands once, and every window shows it."""

from __future__ import annotations

import random
from pathlib import Path

from procroutine.clock import ManualClock
from procroutine.errors import UserError
from procroutine.history.home import Home
from procroutine.insight.viewer import Viewer
from procroutine.insight.views.run import RunView
from procroutine.tui.app import ProcroutineApp
from tests.tui.conftest import SECOND, open_on, run_shown

LONG = 'name = "Long"\n' + "".join(f'[[steps]]\ntitle = "Look {number}"\n' for number in range(1, 60))
VERBS = ("done", "pause", "resume", "undo", "redo", "skip")


def tick(app: ProcroutineApp) -> None:
    """Let a second go by in one of several apps of this process, as its own clockwork does."""
    with app._context():
        app.tick()


def without_odds(view: RunView | None) -> RunView:
    """Leave out the odds, which each window works out in its own time."""
    assert view is not None
    return view.replaced(odds_due=False, total=view.total.replaced(odds=None))


async def test_every_verb_lands_once_and_shows_in_both_windows(home: Home, clock: ManualClock, tmp_path: Path) -> None:
    (tmp_path / "routines" / "long.toml").write_text(LONG)
    choose = random.Random(1)
    here, there = open_on(home, clock, "long"), open_on(Home(home.places, clock), clock, "long")
    command_line = Home(home.places, clock)
    async with here.run_test(size=(100, 32)) as one, there.run_test(size=(100, 32)) as two:
        screens = [await run_shown(one), await run_shown(two)]
        (run,) = command_line.open_runs()
        for _ in range(16):
            clock.advance(SECOND)
            tick(here)
            tick(there)
            before = command_line.open_run(run.id).acts
            who = choose.choice((one, two, None))
            if who is not None:
                await who.press(choose.choice(("space", "space", "p", "u", "U")))
            else:
                try:
                    command_line.act(choose.choice(VERBS), run=run.id)
                except UserError:
                    before = command_line.open_run(run.id).acts - 1
            after = command_line.open_run(run.id).acts
            assert after - before <= 1
            tick(here)
            tick(there)
            await one.pause()
            await two.pause()
            fresh = Viewer(Home(home.places, clock)).run(run.id)
            assert [without_odds(screen.view) for screen in screens] == [without_odds(fresh)] * 2
        assert command_line.open_run(run.id).acts > 5


async def test_a_key_pressed_in_both_windows_at_once_is_one_step(home: Home, clock: ManualClock) -> None:
    here, there = open_on(home, clock, "posts"), open_on(Home(home.places, clock), clock, "posts")
    async with here.run_test() as one, there.run_test() as two:
        await run_shown(one)
        await run_shown(two)
        clock.advance(SECOND)
        await one.press("space")
        await two.press("space")
        (run,) = Home(home.places, clock).open_runs()
        assert [step.state for step in run.steps] == ["done", "current", "pending"]
