from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from time import process_time

import pytest
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Input

from procroutine.errors import CannotRead
from procroutine.insight.views.past import HistoryRow, HistoryRows
from procroutine.text import shown
from procroutine.tui.screens.compare import CompareScreen
from procroutine.tui.screens.history import HistoryScreen
from procroutine.tui.screens.history_export import runs_as_csv
from procroutine.tui.screens.history_head import FilterHint, HistoryTitle
from procroutine.tui.screens.run_page import RunPageScreen
from procroutine.tui.screens.run_table import RunTable, Widths
from tests.app_idle import until
from tests.tui.samples import HISTORY_VIEW, history_row, history_view
from tests.tui.stand_in import Past


@pytest.fixture
def past(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Past:
    monkeypatch.chdir(tmp_path)
    return Past(str(tmp_path))


async def open_history(pilot: Pilot[None]) -> HistoryScreen:
    await pilot.press("2")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, HistoryScreen)
    return screen


def lines(screen: HistoryScreen) -> list[str]:
    table = screen.query_one(RunTable)
    return [table.render_line(y).text.rstrip() for y in range(table.size.height)]


def footer_words(screen: HistoryScreen) -> list[str]:
    return [active.binding.description for active in screen.active_bindings.values() if active.binding.show]


async def test_runs_stand_by_week_newest_first(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_history(pilot)
        labels, first, *rest = lines(screen)
        assert labels.split() == ["week", "↓finished", "routine", "total", "vs", "goal", "steps", "v", "note"]
        wanted = "▌W47 Tue 17 16:20 Team numbers for Monday 30m ±0m 5/5 2"
        assert first.split() == wanted.split()
        assert [line.split()[0] for line in rest if line.startswith(" W4")] == ["W46", "W45", "W44", "W43", "W42"]


@pytest.mark.parametrize(("width", "columns"), [(118, 8), (76, 6), (58, 5), (36, 3)])
def test_columns_go_from_the_right_as_it_narrows(width: int, columns: int) -> None:
    widths = Widths.within(width)
    parts = (widths.week, widths.finished, widths.name, widths.total, widths.goal, widths.steps, widths.revision)
    assert sum(part > 0 for part in (*parts, widths.note)) == columns
    assert sum(parts) + (widths.note + 2 if widths.note else 0) <= width
    assert widths.name >= 18


async def test_enter_opens_a_run_and_esc_comes_back_to_it(past: Past) -> None:
    async with past.app.run_test(size=(80, 24)) as pilot:
        screen = await open_history(pilot)
        await pilot.press("j", "j", "enter")
        await pilot.pause()
        page: object = pilot.app.screen
        assert isinstance(page, RunPageScreen)
        assert page.run_id == "run-2"
        await pilot.press("escape")
        assert pilot.app.screen is screen
        assert screen.query_one(RunTable).index == 2


async def test_the_filter_narrows_while_typing_and_esc_takes_it_away(past: Past) -> None:
    async with past.app.run_test(size=(80, 24)) as pilot:
        screen = await open_history(pilot)
        await pilot.press("slash", *"slow")
        await until(lambda: past.viewer.asked[-1] == (None, "slow"))
        assert 0 < screen.query_one(RunTable).count < 10
        await pilot.press("enter")
        assert screen.focused is screen.query_one(RunTable)
        await pilot.press("escape")
        await pilot.pause()
        assert screen.query_one(RunTable).count == 61
        assert not screen.query_one(Input).region


async def test_quick_typing_is_one_search(past: Past) -> None:
    async with past.app.run_test(size=(80, 24)) as pilot:
        await open_history(pilot)
        await pilot.press("slash")
        pilot.app.screen.query_one(Input).value = "s"
        pilot.app.screen.query_one(Input).value = "slow"
        await until(lambda: past.viewer.asked[-1] != (None, ""))
        assert past.viewer.asked == [(None, ""), (None, "slow")]


async def test_a_filter_that_finds_nothing_says_how_to_go_on(past: Past) -> None:
    async with past.app.run_test(size=(80, 24)) as pilot:
        screen = await open_history(pilot)
        await pilot.press("slash", *"zzz", "enter")
        await pilot.pause()
        assert str(screen.query_one("#history-empty").render()) == "Nothing like that. esc lists all runs again."
        assert {"Delete", "Export", "Undo"}.isdisjoint(footer_words(screen))


async def test_without_any_run_it_says_what_to_do(past: Past) -> None:
    past.viewer.history_view = history_view(0)
    async with past.app.run_test(size=(80, 24)) as pilot:
        screen = await open_history(pilot)
        assert str(screen.query_one("#history-empty").render()).startswith("No runs yet.")
        past.viewer.known = ()
        await pilot.press("enter", "d", "e", "u", "x", "j", "r")
        assert pilot.app.screen is screen
        assert [toast.message for toast in past.app._notifications][-1].startswith("No runs yet.")


FEW = history_view(8).replaced(facts="", is_whole=False)


async def test_the_newest_runs_are_seen_before_all_are_counted(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(past.viewer, "newest", lambda: FEW)
    seen = []
    drawn_as = HistoryTitle.render

    def render(title: HistoryTitle) -> Content:
        seen.append(title.view.facts if title.view is not None else None)
        return drawn_as(title)

    monkeypatch.setattr(HistoryTitle, "render", render)
    async with past.app.run_test(size=(80, 24)) as pilot:
        screen = await open_history(pilot)
        await until(lambda: seen[-1:] == ["61 runs"], lambda: seen)
        assert screen.query_one(RunTable).count == 61
        assert list(dict.fromkeys(seen)) == ["", "61 runs"]


@pytest.mark.parametrize(
    ("keys", "index"), [(["G"], 60), (["j"] * 9, 9), (["end", "k"], 59), (["o"], 0), (["d"], 0), (["x"], 0)]
)
async def test_a_key_about_all_runs_does_not_wait_until_they_are_read(
    past: Past, monkeypatch: pytest.MonkeyPatch, keys: list[str], index: int
) -> None:
    monkeypatch.setattr(past.viewer, "newest", lambda: FEW)
    monkeypatch.setattr(past.viewer, "reading", lambda: iter(()))
    async with past.app.run_test(size=(80, 24)) as pilot:
        screen = await open_history(pilot)
        table = screen.query_one(RunTable)
        assert table.count == 8
        await pilot.press("j", "k", *keys)
        await until(lambda: (table.count + len(past.viewer.gone), table.index) == (61, index))


async def test_where_the_rest_could_not_be_read_it_is_tried_again_with_the_next_change(
    past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reading() -> Iterator[bool]:
        yield False
        raise CannotRead("the folder cannot be read", "look at its permissions")

    monkeypatch.setattr(past.viewer, "newest", lambda: FEW)
    monkeypatch.setattr(past.viewer, "reading", reading)
    async with past.app.run_test(size=(80, 24)) as pilot:
        screen = await open_history(pilot)
        await until(lambda: past.said == ["the folder cannot be read: look at its permissions"])
        assert screen.query_one(RunTable).count == 8
        past.app.home_changed()
        await until(lambda: screen.query_one(RunTable).count == 61)


async def test_letters_typed_meanwhile_are_looked_for_once_all_runs_are_read(
    past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_read = [False]
    monkeypatch.setattr("procroutine.tui.screens.history._BETWEEN", 0.05)  # longer than what counts as going on
    monkeypatch.setattr(past.viewer, "newest", lambda: FEW)
    monkeypatch.setattr(past.viewer, "reading", lambda: (is_read[0] for _ in count()))
    async with past.app.run_test(size=(80, 24)) as pilot:
        screen = await open_history(pilot)
        await pilot.press("slash", *"slow")
        await until(lambda: screen.letters == "slow")
        assert past.viewer.asked == []
        is_read[0] = True
        await until(lambda: past.viewer.asked == [(None, "slow")])


async def test_what_is_wrong_with_a_filter_stands_under_it_until_it_is_right(past: Past) -> None:
    async with past.app.run_test(size=(80, 24)) as pilot:
        screen = await open_history(pilot)
        await pilot.press("slash")
        hint = screen.query_one(FilterHint)
        assert str(hint.render()).startswith("words · over · skipped · week:W40..W47")
        await pilot.press(*"nope:")
        await until(lambda: str(hint.render()).startswith("there is no term 'nope:'"))
        await pilot.press("enter")
        assert hint.region
        assert screen.focused is screen.query_one(RunTable) or not screen.query_one(RunTable).region
        await pilot.press("slash", "ctrl+u", *"slow", "enter")
        await pilot.pause()
        assert not hint.region
        assert str(screen.query_one(HistoryTitle).render()).split("  ")[:2] == ["All routines", " “slow”"]
        assert "All" in footer_words(screen)


async def test_o_lists_the_longest_first_and_says_so(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_history(pilot)
        await pilot.press("j", "j", "o")
        await pilot.pause()
        assert screen.query_one(RunTable).index == 0
        labels, first, *_ = lines(screen)
        assert "↓total" in labels
        assert "↓finished" not in labels
        assert "1h09" in first
        assert "longest first" in str(screen.query_one(HistoryTitle).render())
        await pilot.press("o", "o")
        await pilot.pause()
        assert "↓finished" in lines(screen)[0]


async def test_c_on_two_runs_compares_them(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_history(pilot)
        await pilot.press("j", "c")
        assert past.said == ["Payroll hours, Mon 16 11:20 is marked: c on another run compares the two."]
        assert "•Payroll" in lines(screen)[2]
        await pilot.press("j", "c")
        await pilot.pause()
        compare: object = pilot.app.screen
        assert isinstance(compare, CompareScreen)
        assert past.viewer.asked[-1] == ("run-2", "run-1")
        await pilot.press("escape")
        await pilot.pause()
        assert pilot.app.screen is screen
        assert "•" not in "".join(lines(screen))


async def test_the_mark_goes_with_esc_and_with_a_second_c(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_history(pilot)
        await pilot.press("slash", *"slow", "enter", "c", "escape")
        await pilot.pause()
        table = screen.query_one(RunTable)
        assert (table.marked, screen.letters) == (None, "slow")
        await pilot.press("c", "c", "escape")
        await pilot.pause()
        assert (table.marked, screen.letters) == (None, "")
        assert pilot.app.screen is screen


async def test_r_lists_the_runs_of_one_routine(past: Past) -> None:
    async with past.app.run_test(size=(80, 24)) as pilot:
        screen = await open_history(pilot)
        await pilot.press("r", "down", "enter")
        await pilot.pause()
        assert past.viewer.asked[-1] == ("client-metrics", "")
        await pilot.press("r", "up", "enter")
        await pilot.pause()
        assert past.viewer.asked[-1][0] is None
        assert screen.query_one(RunTable).count == 61


async def test_d_deletes_without_asking_and_u_brings_each_back(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_history(pilot)
        assert "Undo" not in footer_words(screen)
        await pilot.press("d")
        await pilot.pause()
        assert past.said == ["Deleted Team numbers for Monday, Tue 17 16:20. u brings it back."]
        await pilot.press("d")
        await pilot.pause()
        assert past.viewer.gone == {"run-0", "run-1"}
        assert past.said == ["Deleted Payroll hours, Mon 16 11:20. u brings it back."]
        assert "Payroll" not in lines(screen)[1]
        assert "Undo" in footer_words(screen)
        await pilot.press("u", "u")
        await pilot.pause()
        assert past.viewer.gone == set()
        assert screen.query_one(RunTable).count == 61
        assert "Undo" not in footer_words(screen)


async def test_the_selection_stays_with_its_run_when_others_come_and_go(past: Past) -> None:
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_history(pilot)
        await pilot.press("j", "j", "j")
        past.viewer.gone.add("run-0")
        past.app.home_changed()
        await pilot.pause()
        row = screen.query_one(RunTable).row
        assert row is not None
        assert row.run_id == "run-3"


async def test_notes_are_text_and_nothing_else(past: Past) -> None:
    note = shown("[@click=app.quit]x[/] [/b]")
    rows = tuple(row.replaced(note=note, name=note) for row in HISTORY_VIEW.rows[:3])
    past.viewer.history_view = HISTORY_VIEW.replaced(rows=HistoryRows.of(rows))
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_history(pilot)
        assert lines(screen)[1].count(note) == 2
        await pilot.click(RunTable, offset=(90, 2))
        assert pilot.app.is_running


async def test_the_listed_runs_are_written_as_csv(past: Past, tmp_path: Path) -> None:
    async with past.app.run_test(size=(80, 24)) as pilot:
        await open_history(pilot)
        await pilot.press("x")
        await pilot.pause()
        assert past.said == [f"61 runs written to {tmp_path}/history.csv"]
        assert len((tmp_path / "history.csv").read_text().splitlines()) == 62


async def test_a_present_folder_that_is_gone_is_told(
    past: Past, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    async with past.app.run_test(size=(80, 24)) as pilot:
        await open_history(pilot)
        await pilot.press("x")
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("x")
        await pilot.pause()
        assert past.said == ["the present folder is gone: start in another folder"] * len(past.said)
        assert past.said


def test_cells_that_a_spreadsheet_would_run_are_made_harmless() -> None:
    row = HISTORY_VIEW.rows[0].replaced(note=shown("=HYPERLINK(1)"), vs_goal=-HISTORY_VIEW.rows[0].total)
    line = runs_as_csv(HISTORY_VIEW.replaced(rows=HistoryRows.of([row]))).splitlines()[1]
    assert ",'=HYPERLINK(1),2026-" in line
    assert ",-1800.0," in line


async def test_ten_years_open_at_once_and_no_key_is_dropped(past: Past) -> None:
    made = []

    def make(place: int) -> HistoryRow:
        made.append(place)
        return history_row(place)

    rows = HistoryRows([f"run-{place}" for place in range(26_000)], make)
    async with past.app.run_test(size=(120, 40)) as pilot:
        screen = await open_history(pilot)
        table = screen.query_one(RunTable)
        start = process_time()
        table.show(HISTORY_VIEW.replaced(rows=rows))
        lines(screen)
        assert process_time() - start < 0.15
        await pilot.press("G", *["k"] * 20)
        await pilot.pause()
        assert table.index == 25_979
        assert lines(screen)[-21].startswith("▌")
        assert len(set(made)) < 120, "rows that nobody sees are made"


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (150, 50)])
async def test_it_fits_every_size(past: Past, size: tuple[int, int]) -> None:
    async with past.app.run_test(size=size) as pilot:
        screen = await open_history(pilot)
        assert "30m" in lines(screen)[1]
