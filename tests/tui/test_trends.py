from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList

from procroutine.errors import CannotRead
from procroutine.text import shown
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.figures import Figures
from procroutine.tui.screens.pick import PickScreen
from procroutine.tui.screens.readout import Readout
from procroutine.tui.screens.run_page import RunPageScreen
from procroutine.tui.screens.share_table import ShareTable
from procroutine.tui.screens.trends import RANGES, TrendsScreen
from procroutine.tui.screens.trends_export import points_as_csv
from procroutine.tui.screens.trends_parts import Legend, TrendsTitle
from procroutine.tui.widgets.top_bar import TopBar
from procroutine.tui.widgets.trend_chart import TrendChart
from tests.app_idle import until
from tests.tui.samples import EMPTY_TRENDS, TRENDS_VIEW, chart, readings
from tests.tui.stand_in import Past


@pytest.fixture
def past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Past:
    monkeypatch.chdir(tmp_path)
    return Past(str(tmp_path))


async def open_trends(pilot: Pilot[None]) -> TrendsScreen:
    await pilot.press("3")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, TrendsScreen)
    return screen


def drawn(screen: TrendsScreen, part: type[TrendsTitle | Figures | Readout | Legend]) -> str:
    return str(screen.query_one(part).render())


async def test_it_shows_the_routine_last_looked_at_with_its_figures(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_trends(pilot)
        assert past.viewer.asked == [("client-metrics-update", 26)]
        assert drawn(screen, TrendsTitle) == "Client metrics update   26 weeks · 25 runs · v1 to v4"
        wanted = "58m −2m vs goal 1h04 was 1h29, −28% 58m 11 Nov 1h00 met 2 of last 8"
        assert drawn(screen, Figures).split("\n")[1].split() == wanted.split()


async def test_it_shows_the_routine_that_was_chosen_on_this_week(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        past.app.show_trends("newsletter")
        await pilot.pause()
        assert past.viewer.asked == [("newsletter", 26)]


async def test_another_routine_is_shown_at_once_where_trends_is_seen_already(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_trends(pilot)
        past.viewer.asked.clear()
        past.app.show_trends("newsletter")
        assert past.app.screen is screen
        assert past.viewer.asked == [("newsletter", 26)]


def readout(screen: TrendsScreen) -> list[str]:
    return [line.rstrip() for line in drawn(screen, Readout).split("\n")]


async def test_a_pick_is_read_out(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_trends(pilot)
        assert readout(screen) == [
            "It is over its goal of 1h00 on average, some weeks under.   ← → or the mouse picks a week.",
            "Total time per week; usual 50m to 1h12, middle 1h02",
        ]
        await pilot.press("home", *["l"] * 13)
        await pilot.pause()
        assert readout(screen) == [
            "▲ Wed 19 Aug   1h42   +42m vs goal   +33m vs week before",
            "over the upper limit, slower than usual",
        ]
        await pilot.press(*["right"] * 6)
        await pilot.pause()
        assert readout(screen) == ["▲ week 40   missed", "usual 50m to 1h12, middle 1h02"]


async def test_a_signal_that_stands_is_told_while_nothing_is_picked_and_first_where_there_is_one_line(
    past: Past,
) -> None:
    told = "week 45: eight weeks in a row under the middle: the process has changed"
    past.viewer.trends_view = TRENDS_VIEW.replaced(standing=told)
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_trends(pilot)
        assert readout(screen)[1] == told
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert readout(screen) == [
            "It is over its goal of 1h00 on average, some weeks under.",
            "week 45: eight weeks in a row under the middle",
        ]
        await pilot.resize_terminal(48, 12)
        await pilot.pause()
        assert readout(screen) == ["week 45: eight weeks in a row under the middle"]


async def test_of_several_runs_in_a_week_enter_lets_one_be_picked(past: Past) -> None:
    points = TRENDS_VIEW.chart.points
    several = points[-1].replaced(run_ids=("run-24", "run-25"))
    past.viewer.trends_view = TRENDS_VIEW.replaced(chart=TRENDS_VIEW.chart.replaced(points=(*points[:-1], several)))
    async with past.app.run_test(size=(120, 40)) as pilot:
        await open_trends(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(pilot.app.screen, PickScreen)
        names = pilot.app.screen.query_one(OptionList)
        await pilot.press(*"zz", "enter", "down")
        assert pilot.app.screen.listed == ()
        assert [str(names.get_option_at_index(place).prompt) for place in range(names.option_count)] == [
            "Nothing matches."
        ]
        await pilot.press("ctrl+u", "up", "enter")
        await pilot.pause()
        page: object = pilot.app.screen
        assert isinstance(page, RunPageScreen)
        assert page.run_id == "run-24"


async def test_d_asks_for_days_and_m_for_medians_and_both_go_back(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        await open_trends(pilot)
        await pilot.press("d", "m", "d", "m")
        assert [how for _, _, *how in past.viewer.asked] == [[], ["days"], ["medians", "days"], ["medians"], []]
        assert past.said == ["Usual ranges by means."]


async def test_the_settings_may_ask_for_medians(tmp_path: Path) -> None:
    past = Past(str(tmp_path), median_limits=True)
    async with past.app.run_test(size=(120, 40)) as pilot:
        await open_trends(pilot)
        await pilot.press("m")
        assert [how for _, _, *how in past.viewer.asked] == [["medians"], []]


async def test_enter_opens_the_picked_run_and_esc_comes_back(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_trends(pilot)
        await pilot.press("home", "enter")
        await pilot.pause()
        page: object = pilot.app.screen
        assert isinstance(page, RunPageScreen)
        assert page.run_id == "run-0"
        await pilot.press("escape")
        assert pilot.app.screen is screen


async def test_a_week_without_a_run_says_so(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        await open_trends(pilot)
        await pilot.press("home", *["l"] * 19, "enter")
        await pilot.pause()
        assert past.said == ["No run in week 40."]


async def test_w_goes_through_the_ranges(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        await open_trends(pilot)
        for _ in RANGES:
            await pilot.press("w")
        assert [weeks for _, weeks in past.viewer.asked] == [26, 52, 0, 8, 13, 26]


async def test_r_picks_another_routine_by_a_few_letters(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        await open_trends(pilot)
        await pilot.press("r", *"news", "enter")
        await pilot.pause()
        assert past.viewer.asked[-1] == ("newsletter", 26)
        assert past.app.chosen_routine == "newsletter"
        await pilot.press("r", "escape")
        assert len(past.viewer.asked) == 2


def titles(screen: TrendsScreen) -> list[str]:
    return [table.title for table in screen.query(ShareTable) if table.region and table.title]


@pytest.mark.parametrize(
    ("size", "turns"),
    [
        ((120, 40), [["Step", "System"], ["Step", "Person"], ["Step", "System"]]),
        ((80, 24), [["Step"], ["System"], ["Person"], ["Step"]]),
        ((40, 12), [[], ["Step"], ["System"], ["Person"], []]),
    ],
)
async def test_t_goes_through_the_tables(past: Past, size: tuple[int, int], turns: list[list[str]]) -> None:
    async with past.app.run_test(size=size) as pilot:
        screen = await open_trends(pilot)
        for number, wanted in enumerate(turns):
            if number:
                await pilot.press("t")
            await pilot.pause()
            await pilot.pause()
            assert titles(screen) == wanted


async def test_without_any_run_it_says_what_to_do(past: Past) -> None:
    past.viewer.known = ()
    async with past.app.run_test(size=(80, 24)) as pilot:
        screen = await open_trends(pilot)
        assert past.viewer.asked == []
        assert screen.query_one("#trends-empty").region
        assert not screen.query_one(TrendChart).region
        await pilot.press("r", "w", "t", "x", "left", "enter")
        assert past.said == ["No routine has a run yet."]


async def test_what_cannot_be_read_is_told_and_what_was_drawn_stays(
    past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_given: object) -> None:
        raise CannotRead("the folder cannot be read", "give it back its rights")

    async with past.app.run_test(size=(80, 24)) as pilot:
        screen = await open_trends(pilot)
        monkeypatch.setattr(past.viewer, "heads_of", broken)
        past.app.home_changed()
        await until(lambda: past.said == ["the folder cannot be read: give it back its rights"], lambda: past.said)
        monkeypatch.setattr(past.viewer, "trends_routines", broken)
        past.app.home_changed()
        await pilot.pause()
        assert screen.query_one(TrendChart).region
        assert not screen.query_one("#trends-empty").region


async def test_a_routine_without_runs_has_an_empty_chart(past: Past) -> None:
    past.viewer.trends_view = EMPTY_TRENDS
    async with past.app.run_test(size=(80, 24)) as pilot:
        screen = await open_trends(pilot)
        lines = [screen.query_one(TrendChart).render_line(y).text.strip() for y in range(8)]
        assert "No runs yet" in lines
        await pilot.press("t", "w", "left", "enter")
        assert screen.is_mounted


async def test_names_are_text_and_nothing_else(past: Past) -> None:
    name = shown("[/a] [@click=app.quit]")
    past.viewer.trends_view = TRENDS_VIEW.replaced(name=name, steps=(TRENDS_VIEW.steps[0].replaced(name=name),))
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_trends(pilot)
        assert drawn(screen, TrendsTitle).startswith(name)
        assert name in str(screen.query_one("#trends-steps", ShareTable).render())


async def test_the_weeks_are_written_as_csv_and_nothing_is_overwritten(past: Past, tmp_path: Path) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        await open_trends(pilot)
        for _ in range(2):
            await pilot.press("x", "c")
            await pilot.pause()
        assert sorted(path.name for path in tmp_path.glob("*.csv")) == [
            "trends-client-metrics-2.csv",
            "trends-client-metrics.csv",
        ]
        assert past.said == [f"Written to {tmp_path}/trends-client-metrics-2.csv"]


async def test_the_screen_is_written_as_a_picture(past: Past, tmp_path: Path) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        await open_trends(pilot)
        await pilot.press("x", "s")
        await pilot.pause()
        await pilot.pause()
        picture = (tmp_path / "trends-client-metrics.svg").read_text()
        assert "<svg" in picture
        assert "Update" in picture.replace("&#160;", " ").title()
        assert "Export" not in picture.split("Step")[0]


async def test_a_folder_that_takes_nothing_is_told(past: Past, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    monkeypatch.setattr("os.getcwd", lambda: str(gone))
    async with past.app.run_test(size=(120, 40)) as pilot:
        await open_trends(pilot)
        await pilot.press("x", "c")
        await pilot.pause()
        assert past.said[0].startswith(f"{gone}/trends-client-metrics.csv cannot be written (no such file")


def test_the_csv_says_how_each_week_stands() -> None:
    data = chart((58, None, 62))
    points = data.points
    data = data.replaced(points=(*points, points[1].replaced(unfinished=True), points[1].replaced(off=True)))
    lines = points_as_csv(TRENDS_VIEW.replaced(chart=data, readings=readings(data))).splitlines()
    assert lines == [
        "week,value_seconds,vs_goal_seconds,runs,mark,signals",
        "2026-W44,3480.0,-120.0,1,met,",
        "2026-W45,,,0,missed,",
        "2026-W46,3720.0,120.0,1,over,",
        "2026-W45,,,0,unfinished,",
        "2026-W45,,,0,off,",
    ]


async def test_when_the_day_turns_the_weeks_are_drawn_anew(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_trends(pilot)
        screen.each_second()
        assert len(past.viewer.asked) == 1
        past.clock.advance(timedelta(hours=10))
        screen.each_second()
        assert len(past.viewer.asked) == 2
        assert screen.query_one(TopBar).day == "Fri 20 Nov"


async def test_all_four_themes_draw_it(tmp_path: Path) -> None:
    for theme in ("procroutine-light", "procroutine-contrast", "procroutine-terminal"):
        app: ProcroutineApp = Past(str(tmp_path), theme).app
        async with app.run_test(size=(60, 20)) as pilot:
            screen = await open_trends(pilot)
            assert screen.query_one(TrendChart).region.height >= 8
