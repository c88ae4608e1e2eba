from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.geometry import Size
from textual.pilot import Pilot

from procroutine.insight.views.corrections import CorrectionLine
from procroutine.text import shown
from procroutine.tui.screens.correction_line import correction_line
from procroutine.tui.screens.figures import Figures
from procroutine.tui.screens.history import HistoryScreen
from procroutine.tui.screens.run_page import RunPageScreen, RunTitle, StepTimes, page_figures
from procroutine.tui.screens.run_table import RunTable
from tests.tui.samples import RUN_PAGE
from tests.tui.stand_in import Past


@pytest.fixture
def past(tmp_path: Path) -> Past:
    return Past(str(tmp_path))


async def open_page(pilot: Pilot[None]) -> RunPageScreen:
    await pilot.press("2")
    await pilot.pause()
    await pilot.press("enter")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, RunPageScreen)
    return screen


def lines(screen: RunPageScreen) -> list[str]:
    table = screen.query_one(StepTimes)
    return [table.render_line(y).text.rstrip() for y in range(table.size.height)]


async def test_steps_stand_against_their_usual_times_with_pauses_and_notes(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_page(pilot)
        labels, _, second, third, *rest = lines(screen)
        assert labels.split() == ["Step", "usual", "time", "±usual", "paused", "note"]
        assert " ".join(second.split()) == "✓ Export Meta Ads 8:00 9:31 +1:31 Export slow; 2 retries"
        assert third.split() == ["✓", "Pull", "Search", "Console", "queries", "7:30", "7:10", "−0:20", "4:10"]
        assert any(line.split() == ["–", "Update", "the", "slides", "5:00", "–", "skipped"] for line in rest)
        assert str(screen.query_one("#page-note").render()) == "note  Client asked for one more chart"
        assert str(screen.query_one(RunTitle).render()).startswith("Client metrics update   v4 · week 46 · Wed 11 Nov")


def test_when_a_run_was_is_said_without_its_end_where_that_would_be_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    title = RunTitle()
    title.page = RUN_PAGE.replaced(place=shown("v3 · week 47 · Thu 19 Nov 2026 09:59 to Fri 20 Nov 12:07"))
    drawn = []
    for width in (60, 48, 38):
        monkeypatch.setattr(RunTitle, "size", Size(width, 2))
        drawn.append(title.render().plain.splitlines()[1].rstrip())
    assert drawn == [
        "v3 · week 47 · Thu 19 Nov 2026 09:59 to Fri 20 Nov 12:07",
        "Thu 19 Nov 2026 09:59 to Fri 20 Nov 12:07",
        "Thu 19 Nov 2026 09:59",
    ]


def test_the_figures_name_only_what_there_was() -> None:
    assert [figure.label for figure in page_figures(RUN_PAGE)] == ["total", "goal", "against usual", "paused", "output"]
    asleep = RUN_PAGE.replaced(paused=timedelta(), asleep=timedelta(hours=3), corrected=timedelta(minutes=-2))
    assert [(figure.label, figure.value) for figure in page_figures(asleep)][3:5] == [
        ("asleep", "3:00:00"),
        ("corrected", "−2:00"),
    ]


@pytest.mark.parametrize("width", [112, 74, 54, 36])
async def test_numbers_of_the_figures_are_never_cut(past: Past, width: int) -> None:
    async with past.app.run_test(size=(width + 6, 24)) as pilot:
        screen = await open_page(pilot)
        drawn = str(screen.query_one(Figures).render())
        assert drawn.startswith("total 58m")
        assert "1h00" in drawn
        assert "…" not in drawn


async def test_u_in_the_history_brings_back_what_was_deleted_on_its_page(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        await open_page(pilot)
        await pilot.press("d", "escape")
        await pilot.pause()
        history = pilot.app.screen
        assert isinstance(history, HistoryScreen)
        assert history.query_one(RunTable).count == 60
        await pilot.press("u")
        await pilot.pause()
        assert history.query_one(RunTable).count == 61


async def test_a_run_that_is_gone_is_told_and_nothing_breaks(past: Past) -> None:
    async with past.app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()  # the app takes keys once its first screen was drawn
        pilot.app.push_screen(RunPageScreen("nobody"))
        await pilot.pause()
        assert past.said[0].startswith("there is no run nobody")
        await pilot.press("d", "e", "enter", "j", "escape")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, RunPageScreen)


async def test_titles_and_notes_are_text_and_nothing_else(past: Past) -> None:
    text = shown("[@click=app.quit]x[/] [/b]")
    steps = (RUN_PAGE.steps[1].replaced(title=text, note=text),)
    past.viewer.run_page = RUN_PAGE.replaced(name=text, note=text, steps=steps)
    async with past.app.run_test(size=(150, 40)) as pilot:
        screen = await open_page(pilot)
        assert lines(screen)[1].count(text) == 2
        assert text in str(screen.query_one("#page-note").render())
        await pilot.press("e")
        await pilot.pause()
        assert pilot.app.is_running


CORRECTION = CorrectionLine(
    at="2026-11-22T13:05:00.000+00:00",
    day="Sun 22 Nov 2026",
    time="13:05",
    short="22 Nov 13:05",
    device=shown("desk"),
    kind="amended",
    what=shown("time of Window open, water, telephone away"),
    before=shown("4:14"),
    after=shown("2:14"),
    state="taken_back",
    is_first_word=False,
)
FAR = CORRECTION.replaced(
    what=shown("start"), before=shown("Mon 2 Mar 2026 09:00"), after=shown("Wed 31 Dec 2025 08:00"), state="stands"
)


@pytest.mark.parametrize(
    ("line", "width", "drawn"),
    [
        (CORRECTION, 76, "22 Nov 13:05  time of Window open, water, telephon…: 4:14 → 2:14  taken back"),
        (CORRECTION, 56, "22 Nov 13:05  time of Window o…: 4:14 → 2:14  taken back"),
        (CORRECTION, 25, "4:14 → 2:14    taken back"),
        (CORRECTION.replaced(state="overtaken"), 56, "time of Windo…: 4:14 → 2:14  overtaken by another device"),
        (CORRECTION.replaced(state="overtaken"), 25, "was 4:14  overtaken by a…"),
        (FAR, 76, "22 Nov 13:05  start: Mon 2 Mar 2026 09:00 → Wed 31 Dec 2025 08:00"),
        (FAR, 56, "start: Mon 2 Mar 2026 09:00 → Wed 31 Dec 2025 08:00"),
        (FAR, 36, "start: was Mon 2 Mar 2026 09:00"),
        (FAR, 25, "was Mon 2 Mar 2026 09:00"),
    ],
)
def test_the_name_in_a_correction_gives_way_and_its_numbers_never(line: CorrectionLine, width: int, drawn: str) -> None:
    assert correction_line(line, width).plain.rstrip() == drawn


@pytest.mark.parametrize("width", [25, 56, 76, 120])
def test_no_correction_is_longer_than_its_line(width: int) -> None:
    long = CORRECTION.replaced(
        before=shown("水をやる " * 9), device=shown("desk " * 30), what=shown("note"), is_text=True
    )
    assert correction_line(long, width).cell_length == width
    assert "22 Nov" in correction_line(long, width).plain or width < 48
