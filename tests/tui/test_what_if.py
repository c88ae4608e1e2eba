"""What-if in the app: changes by keys, figures live, and a change that is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.pilot import Pilot

from procroutine.history.home import Home
from procroutine.improvement.change import Change, drop, merge, move, plan, prepare, with_person
from procroutine.improvement.tried import read_tried
from procroutine.improvement.what_if import WhatIfGround
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.revisions import RevisionsScreen
from procroutine.tui.screens.what_if import WhatIf
from procroutine.tui.screens.what_if_parts import WhatIfSide
from procroutine.tui.widgets.text_line import TextLine
from tests.app_idle import until
from tests.tui.conftest import do_runs, drawn_with, said
from tests.tui.drawn import Pictures, drawn
from tests.tui.pictured import pictured
from tests.tui.what_if_samples import KEPT, MINUTE, known, never_run

SIZES = ((120, 40), (80, 24), (60, 20), (40, 12))
CHANGES = (
    drop("approve"),
    prepare("gather"),
    merge("write", "shorten"),
    move("note", "write"),
    plan("enter", 9 * MINUTE),
)
STATES: dict[str, tuple[Callable[[], WhatIfGround], tuple[Change, ...]]] = {
    "nothing changed": (lambda: known((KEPT,)), ()),
    "five changes": (known, CHANGES),
    "never run": (never_run, (drop("approve"),)),
}


def _given(ground: WhatIfGround, _tell: object) -> WhatIfGround:
    return ground


async def opened(pilot: Pilot[None]) -> WhatIf:
    """Wait until what-if is shown with its figures."""

    def shown() -> WhatIf | None:
        screen = pilot.app.screen
        return screen if isinstance(screen, WhatIf) and screen.draft is not None else None

    found = await until(shown)
    assert found is not None
    await pilot.pause()
    return found


@pytest.mark.parametrize("size", SIZES, ids=["120x40", "80x24", "60x20", "40x12"])
async def test_it_looks_in_every_state_as_it_did(snapshot: SnapshotAssertion, size: tuple[int, int]) -> None:
    app, made = pictured(), []
    async with app.run_test(size=size) as pilot:
        for name, (ground, changes) in STATES.items():
            app.push_screen(WhatIf("posts", changes, reader=partial(_given, ground())))
            await opened(pilot)
            made.append(f"{name}\n\n{drawn(app)}")
            await pilot.press("escape")
    assert "\n".join(made) == snapshot(extension_class=Pictures)


async def test_a_text_that_is_too_long_for_its_place_leaves_the_figures_above_it_on_their_lines() -> None:
    app = pictured()
    async with app.run_test(size=(120, 40)) as pilot:
        app.push_screen(WhatIf("posts", CHANGES, reader=partial(_given, known())))
        side = (await opened(pilot)).query_one(WhatIfSide)
        total = next(line for line in drawn(app).splitlines() if "total" in line)
        assert side.view is not None
        side.show(side.view.replaced(remarks=side.view.remarks * 12))
        assert await until(lambda: side.show_vertical_scrollbar)
        await pilot.pause()
        assert total.split() == next(line for line in drawn(app).splitlines() if "total" in line).split()


async def test_a_change_is_tried_taken_back_and_kept(app: ProcroutineApp, home: Home) -> None:
    do_runs(home, 6)
    path = Path(home.places.routines, "posts.toml")
    before = path.read_text()
    async with app.run_test(size=(120, 40)) as pilot:
        await drawn_with(app, "Weekly posts")
        await pilot.press("i")
        await opened(pilot)
        await drawn_with(app, "Weekly posts   what if: nothing changed yet", "27m", "Gather")
        await pilot.press("down", "down", "x")
        await drawn_with(app, "dropped", "−2:00", "• drop 'Send'")
        await pilot.press("x")
        assert await until(lambda: [one for one in said(app) if one.startswith("'Send' is dropped")])
        await pilot.press("u", "p")
        await drawn_with(app, "How long would Send take?")
        await pilot.press("1", "enter")
        assert await until(lambda: [one for one in said(app) if one.startswith("'1' is not a duration")])
        field = await until(lambda: app.screen.query(TextLine))
        assert field.first().value == "1"
        await pilot.press("end", "m", "enter")
        await drawn_with(app, "supposed", "−1:00")
        await pilot.press("escape")
        assert await until(lambda: [one for one in said(app) if one.startswith("What you tried stays here")])
        await pilot.press("i")
        assert await until(lambda: "1 change of last time; u takes the last one back." in said(app))
        await drawn_with(app, "supposed", "−1:00")
        await pilot.press("w")
        await drawn_with(app, "Write 1 change into posts.toml?", "• suppose 1:00 for 'Send'")
        assert path.read_text() == before
        await pilot.press("w")
        await drawn_with(
            app, "nothing changed yet", "v2: suppose 1:00 for 'Send'.", "is to save 1:00 a run (27:00 to 26:00)"
        )
        assert read_tried(home.places, "posts") == ()
        await pilot.press("u")
        await drawn_with(app, "supposed", "−1:00")
        assert path.read_text() == before
        assert "is to save" not in "\n".join(drawn(app).splitlines())
        await pilot.press("w")
        await drawn_with(app, "Write 1 change into posts.toml?")
        await pilot.press("w")
        await drawn_with(app, "nothing changed yet", "is to save 1:00 a run (27:00 to 26:00)")
        assert path.read_text() == before.replace('"2m"', '"1m"')
        app.push_screen(RevisionsScreen("posts"))
        await drawn_with(app, "v2 against v1", "v2 is to save 1:00 a run (27:00 to 26:00)")
        do_runs(home, 3)
        app.home_changed()
        await pilot.press("escape", "escape", "3")
        await drawn_with(app, "v2 was to save 1:00; 3 runs took as long as without it, not clear yet   v more")


async def test_an_answer_is_for_the_step_it_was_asked_about_though_that_was_taken_out_of_the_file(
    app: ProcroutineApp, home: Home
) -> None:
    file = Path(home.places.routines, "posts.toml")
    async with app.run_test(size=(60, 16)) as pilot:
        app.push_screen(WhatIf("posts"))
        screen = await opened(pilot)
        await pilot.press("tab", "G")
        side = screen.query_one(WhatIfSide)
        await until(lambda: side.max_scroll_y > 0 and side.scroll_y == side.max_scroll_y)
        await pilot.press("tab", "down", "p")
        await until(lambda: app.screen.query(TextLine))
        before, _, write = file.read_text().partition('[[steps]]\nid = "write"')
        file.write_text(before + write[write.index("[[steps]]") :])
        app.home_changed()
        await until(lambda: screen.row is not None and screen.row.step_id == "send")
        await pilot.press(*"1m", "enter")
        await until(lambda: said(app)[-1:] and said(app)[-1].startswith("there is no step 'write'"), lambda: said(app))
        assert screen.draft is not None
        assert screen.draft.changes == ()


async def test_a_name_that_steers_a_terminal_is_offered_as_it_is_shown_and_taken_for_the_same(
    app: ProcroutineApp, home: Home
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        app.push_screen(WhatIf("posts"))
        screen = await opened(pilot)
        assert screen.draft is not None
        step = screen.draft.steps[0].step.id
        screen.try_draft(screen.draft.changed(with_person(step, "Ana\x1b[2J")), step)
        await pilot.press("o")
        field = await until(lambda: app.screen.query(TextLine))
        assert field.first().value == "Ana␛[2J"
        await pilot.press("enter")
        await until(lambda: app.screen is screen)
        assert len(screen.draft.changes) == 1


async def test_what_a_step_is_done_with_can_be_asked_for_where_nothing_tells_about_it(app: ProcroutineApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        app.push_screen(WhatIf("posts"))
        screen = await opened(pilot)
        assert screen.draft is not None
        screen.try_draft(replace(screen.draft, systems={}))
        await pilot.press("s")
        field = await until(lambda: app.screen.query(TextLine))
        assert field.first().value == ", ".join(screen.draft.steps[0].step.systems)
