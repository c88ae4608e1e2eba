from __future__ import annotations

from time import process_time

from textual.app import App, ComposeResult
from textual.content import Content

from procroutine.tui.widgets.row_list import RowList


class Numbers(RowList):
    total = 26_000

    @property
    def count(self) -> int:
        return self.total

    def labels(self, width: int) -> Content:
        return Content("number")

    def row_line(self, index: int, width: int) -> Content:
        return Content(f"[b]{index}[/b]")


class ListApp(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[int] = []
        self.selected = 0

    def compose(self) -> ComposeResult:
        yield Numbers()

    def on_mount(self) -> None:
        self.rows.rows_changed(0)

    @property
    def rows(self) -> Numbers:
        return self.query_one(Numbers)

    @property
    def drawn(self) -> list[str]:
        return [self.rows.render_line(y).text.rstrip() for y in range(self.rows.size.height)]

    def on_row_list_opened(self, event: RowList.Opened) -> None:
        self.opened.append(event.index)

    def on_row_list_selected(self) -> None:
        self.selected += 1


async def test_the_labels_stay_and_the_selected_row_is_always_in_sight() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 10)) as pilot:
        assert app.drawn[:3] == [" number", "▌[b]0[/b]", " [b]1[/b]"]
        for keys, index in (("j", 1), ("down", 2), ("G", 25_999), ("k", 25_998), ("g", 0), ("pagedown", 8), ("up", 7)):
            await pilot.press(keys)
            await pilot.pause()
            assert app.rows.index == index
            assert f"▌[b]{index}[/b]" in app.drawn
            assert app.drawn[0] == " number"
        assert app.selected == 7


async def test_a_row_that_is_selected_already_is_not_told_as_another_one() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("k", "g", "home")
        app.rows.rows_changed(5)
        await pilot.press("k")
        await pilot.pause()
        assert (app.rows.index, app.selected) == (4, 1)


async def test_the_first_click_selects_and_the_second_opens() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.click(Numbers, offset=(5, 4))
        assert (app.rows.index, app.opened) == (3, [])
        await pilot.click(Numbers, offset=(5, 4))
        await pilot.click(Numbers, offset=(5, 0))
        await pilot.press("j", "enter")
        assert app.opened == [3, 4]


async def test_fewer_rows_select_the_nearest() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.press("G")
        app.rows.total = 3
        app.rows.rows_changed(app.rows.index)
        await pilot.pause()
        assert app.drawn[1:5] == [" [b]0[/b]", " [b]1[/b]", "▌[b]2[/b]", ""]
        app.rows.total = 0
        app.rows.rows_changed(2)
        await pilot.press("j", "enter", "G")
        assert app.opened == []


async def test_as_many_rows_as_ten_years_have_are_there_at_once() -> None:
    app = ListApp()
    async with app.run_test(size=(120, 40)) as pilot:
        start = process_time()
        app.rows.rows_changed(25_999)
        assert len(app.drawn) == 40
        assert process_time() - start < 0.15
        await pilot.pause()
        assert "▌[b]25999[/b]" in app.drawn


async def test_the_mouse_drags_the_bar_and_selects_nothing_by_it() -> None:
    app = ListApp()
    async with app.run_test(size=(40, 10)) as pilot:
        app.rows.total = 99
        app.rows.rows_changed(0)
        await pilot.mouse_down(offset=(39, 0))
        await pilot.hover(offset=(20, 4))
        await pilot.mouse_up(offset=(20, 4))
        await pilot.pause()
        assert app.drawn[1] == f" [b]{round(4 * 100 / 10)}[/b]"
        await pilot.click(offset=(39, 9))
        await pilot.pause()
        assert app.drawn[1] == f" [b]{round(4 * 100 / 10) + 10}[/b]"
        assert (app.rows.index, app.opened) == (0, [])
