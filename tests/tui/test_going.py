"""Going from place to place."""

from __future__ import annotations

import sys
from pathlib import Path

from textual.css.stylesheet import Stylesheet

from procroutine.tui.going import _LATER, _STYLES, preparations
from procroutine.tui.screens.trends import TrendsScreen
from tests.app_idle import until
from tests.tui.stand_in import Past


def test_what_places_are_made_of_is_loaded_with_their_styles_a_little_with_each_step() -> None:
    stylesheet = Stylesheet(variables={"foreground": "white", "panel": "black"})
    assert len(list(preparations(stylesheet))) == len(_LATER) + len(_STYLES)
    assert set(_LATER) <= set(sys.modules)
    assert len(list(preparations(stylesheet))) == len(_LATER), "styles are read again"


async def test_the_styles_that_were_prepared_are_those_of_the_places(tmp_path: Path) -> None:
    app = Past(str(tmp_path)).app
    async with app.run_test(size=(80, 24)) as pilot:
        while app.prepare_places():
            pass
        prepared = set(app.stylesheet.source)
        await pilot.press("3")
        await until(lambda: isinstance(app.screen, TrendsScreen))
        files = {path for path, name in app.stylesheet.source if not name}
        assert files == {path for path, name in prepared if not name}


async def test_a_place_is_drawn_at_once(tmp_path: Path) -> None:
    app = Past(str(tmp_path)).app
    async with app.run_test(size=(80, 24)):
        app.switch_mode("history")
        assert not app._batch_count, "nothing is drawn for a while"
        app.delay_update(0.01)
        assert app._batch_count
        await until(lambda: not app._batch_count)
