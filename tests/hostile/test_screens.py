"""That the walk finds what is planted; the walk itself through all screens is the campaign `hostile`."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.content import Content
from textual.widget import Widget

import procroutine.insight.week_view
import procroutine.tui
from procroutine.insight import finish_view
from procroutine.text import Shown
from procroutine.tui.harmless import HarmlessApp
from procroutine.tui.screens import routine_list
from tests.app_idle import until
from tests.hostile.corpus import ALL_IN_ONE
from tests.hostile.many import each_other
from tests.hostile.screens import walk_all
from tests.hostile.walk import Walk, widgets_of


async def look_at_week(walk: Walk, pilot: object) -> None:
    await walk.look(pilot, "This week")  # type: ignore[arg-type]  # a Pilot


async def tell(walk: Walk, pilot: object) -> None:
    walk.app.notify(walk.text)
    await until(lambda: walk.app.screen.query("Toast"))
    await look_at_week(walk, pilot)


async def faults(folder: Path, text: str, way: object = look_at_week) -> list[str]:
    return (await walk_all(folder, [text], ways=(way,))).faults  # type: ignore[arg-type]  # a Way


async def test_a_harmless_screen_has_no_faults(tmp_path: Path) -> None:
    assert await faults(tmp_path, "[@click=app.bell]press[/] plain", tell) == []


async def test_a_widget_that_shows_a_bare_string_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(procroutine.insight.week_view, "shown", Shown)
    found = await faults(tmp_path, ALL_IN_ONE)
    assert any("draws" in fault for fault in found)
    assert any("sends" in fault for fault in found)


async def test_each_string_of_a_home_is_gone_through_and_what_shows_one_badly_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finish_view, "shown", Shown)
    walk = await walk_all(tmp_path, ["plain", "\x1b[2J"], (80, 24), (each_other,))
    assert walk.looks > 25
    assert any(fault.startswith("the finish: draws") for fault in walk.faults)
    assert all("2J" in fault for fault in walk.faults)


async def test_a_label_with_markup_is_found_by_its_action(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routine_list, "routine_line", lambda row, *_: Content.from_markup(row.name))
    assert any("a click ran 'app.bell'" in fault for fault in await faults(tmp_path, "[@click=app.bell]press[/]"))


async def test_a_notice_with_raw_text_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(HarmlessApp, "notify")
    assert await faults(tmp_path, "\x1b]0;title\x07", tell)


def test_every_widget_of_the_package_is_looked_for() -> None:
    found = {kind.__name__ for kind in widgets_of(procroutine.tui)}
    assert {"RunScreen", "ProblemsScreen", "RoutineList", "TallClock", "KeyBar", "FindField"} <= found
    assert all(issubclass(kind, Widget) for kind in widgets_of(procroutine.tui))
