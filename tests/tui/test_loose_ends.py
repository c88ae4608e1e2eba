"""Loose ends on This week: written down, done, dropped, turned into a routine, taken back."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.insight.views.loose_ends import LooseEndRow
from procroutine.text import shown
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.loose_ends import loose_end_lines
from procroutine.tui.screens.routine_list import RoutineList
from procroutine.tui.screens.week import WeekScreen
from tests.app_idle import until
from tests.tui.conftest import drawn_with, open_on, said, text_of
from tests.tui.drawn import Pictures, drawn

SIZES = ((120, 40), (80, 24), (60, 20), (40, 12))
BANK = "Call the bank"


@pytest.fixture
def kept(home: Home, clock: ManualClock) -> ProcroutineApp:
    """The app on a home with three loose ends: one put off for three weeks, one for one week, one done."""
    clock.step_wall(-timedelta(weeks=3))
    history = home.history()
    history.add_loose_end(BANK)
    clock.advance(timedelta(weeks=2))
    history.add_loose_end("Water all the plants, those in the hall and those that stand on the stairs behind the shelf")
    clock.advance(timedelta(weeks=1))
    history.act_on_loose_end(history.add_loose_end("Empty the inbox").id, "done")
    return open_on(home, clock)


async def test_this_week_looks_as_it_did_with_loose_ends(kept: ProcroutineApp, snapshot: SnapshotAssertion) -> None:
    pictures = []
    async with kept.run_test(size=SIZES[0]) as pilot:
        await pilot.press("G", "k", "k")
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await drawn_with(kept, "put off 3 weeks")
            await pilot.pause()
            pictures.append(drawn(kept))
    assert "\n".join(pictures) == snapshot(extension_class=Pictures)


async def test_one_is_written_down_done_dropped_and_each_taken_back(app: ProcroutineApp, home: Home) -> None:
    history = home.history()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Loose ends" not in text_of(app)
        await pilot.press("a", *BANK, "enter")
        await drawn_with(app, "Loose ends", f"○ {BANK}")
        assert "offered each week. u takes it back" in said(app)[-1]
        await pilot.press("G", "space")
        await drawn_with(app, f"✓ {BANK}")
        await pilot.press("enter", "space")
        assert history.loose_ends()[0].act[0] == "done"
        await pilot.press("x")
        assert history.loose_ends() == ()
        for after in ("done", "written"):
            await pilot.press("u")
            assert history.loose_ends()[0].act[0] == after
        await pilot.press("u")
        assert history.loose_ends() == ()
        await drawn_with(app, "Books")
        assert "Loose ends" not in text_of(app)


async def test_a_routine_is_begun_from_one_with_its_text_as_purpose(
    kept: ProcroutineApp, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ProcroutineApp, "suspend", lambda self: nullcontext())
    monkeypatch.setenv("VISUAL", "true")
    async with kept.run_test(size=(120, 40)) as pilot:
        await pilot.press("G", "k", "k", "b")
        await drawn_with(kept, "What is the routine called?", f"Enter alone calls it {BANK}")
        await pilot.press("enter")
        await drawn_with(kept, f"· {BANK}")
        entry = home.library().entries["call-the-bank"]
        assert entry.routine is not None
        assert (entry.routine.purpose, entry.routine.phase.value) == (BANK, "analysis")
        assert BANK not in [one.text for one in home.history().loose_ends()]
        await pilot.press("u")
        assert "call-the-bank" not in home.library().entries
        assert not (Path(home.places.routines) / "call-the-bank.toml").exists()


async def test_one_that_was_settled_elsewhere_is_no_routine_any_more(kept: ProcroutineApp, home: Home) -> None:
    async with kept.run_test(size=(80, 24)) as pilot:
        await pilot.press("G")
        row = await until(lambda: isinstance(kept.screen, WeekScreen) and kept.screen.loose_end)
        assert isinstance(row, LooseEndRow)
        home.history().act_on_loose_end(row.id, "dropped")
        await pilot.press("b")
        await until(lambda: said(kept) == ["It is not there any more: another window or device settled it."])


async def test_what_is_for_routines_does_nothing_to_one(kept: ProcroutineApp, home: Home) -> None:
    async with kept.run_test(size=(80, 24)) as pilot:
        await pilot.press("G", "k")
        await pilot.press("v", "s", "e")
        assert len(kept.screen_stack) == 1
        assert home.history().weeks_off() == ()
        bar = text_of(kept).splitlines()[-1]
        assert "↵ Done  b Routine" in bar
        assert "Start" not in bar
        rows = kept.screen.query_one(RoutineList)
        assert rows.row is None
        line = next(number for number, text in enumerate(text_of(kept).splitlines()) if BANK in text)
        for _ in range(2):
            await pilot.click(RoutineList, offset=(10, line - rows.region.y))
        await drawn_with(kept, f"✓ {BANK}")


async def test_all_routines_are_left_out_for_a_week_and_that_is_taken_back(app: ProcroutineApp, home: Home) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("S", *"ill", "enter")
        await drawn_with(app, "─ Weekly posts", "─ Books")
        assert [(off.routine, off.reason) for off in home.history().weeks_off()] == [(None, "ill")]
        await pilot.press("u")
        assert home.history().weeks_off() == ()
        assert "All routines are due again" in said(app)[-1]


@pytest.mark.parametrize("width", [20, 36, 38, 76])
@pytest.mark.parametrize("height", [2, 30])
def test_no_line_of_one_is_longer_than_the_pane(width: int, height: int) -> None:
    row = LooseEndRow(
        id="1", text=shown("水をやる " * 30), is_done=False, put_off=12, wants_routine=True, since="written in week 2"
    )
    lines = loose_end_lines(row, width, height)
    assert len(lines) <= height
    assert all(line.cell_length <= width for line in lines)
