"""What opens where a routine's file has problems."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

from procroutine.errors import CannotRead, UserError
from procroutine.routine.entries import Entry
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.problems import open_about


def test_nothing_about_its_steps_is_opened_where_the_runs_that_tell_them_cannot_be_read() -> None:
    told: list[str] = []

    def look(view: Callable[[], Any]) -> Any:
        try:
            return view()
        except UserError as error:
            told.append(str(error))
            return None

    def unreadable(_routine_id: str) -> None:
        raise CannotRead("the history cannot be read", "give it back its rights")

    entry = Entry(id="odd", path="odd.toml", name="Odd", routine=None)
    library = SimpleNamespace(entries={"odd": entry})
    app = SimpleNamespace(
        look=look,
        home=SimpleNamespace(library=lambda: library),
        viewer=SimpleNamespace(past=SimpleNamespace(routine=unreadable)),
    )
    open_about(cast("ProcroutineApp", app), "odd", cast("Any", None))
    assert told == ["the history cannot be read: give it back its rights"]
