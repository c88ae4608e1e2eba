"""Which run a routine is gone on with."""

from __future__ import annotations

from pathlib import Path

import pytest

from procroutine.history.home import Home
from procroutine.tui.verbs import begin_or_resume, prepare
from tests.tui.conftest import POSTS

PREPARED = POSTS.replace('id = "gather"', 'id = "gather"\nprepare = true')


def rename(home: Home, text: str) -> None:
    """Give the posts another id, and say which they had."""
    folder = Path(home.places.routines)
    (folder / "posts.toml").unlink()
    (folder / "feeds.toml").write_text(f'previous_ids = ["posts"]\n{text}')


@pytest.mark.parametrize("is_paused", [True, False])
def test_a_run_that_began_under_an_earlier_id_is_gone_on_with(home: Home, is_paused: bool) -> None:
    run_id = home.start("posts").run.id
    if is_paused:
        home.act("pause")
    rename(home, POSTS)
    assert begin_or_resume(home, "feeds").run_id == run_id
    assert [(run.id, run.state) for run in home.open_runs()] == [(run_id, "running")]


def test_what_was_prepared_under_an_earlier_id_is_prepared_further_and_begun(home: Home) -> None:
    (Path(home.places.routines) / "posts.toml").write_text(PREPARED)
    run_id = home.prepare("posts").run.id
    home.act("pause")
    rename(home, PREPARED)
    assert prepare(home, "feeds").run_id == run_id
    assert begin_or_resume(home, "feeds").run_id == run_id
    assert [(run.id, run.preparing) for run in home.open_runs()] == [(run_id, False)]


def test_of_two_runs_of_a_routine_the_one_that_is_named_goes_on(home: Home) -> None:
    first, second = (home.start("posts").run.id for _ in range(2))
    assert begin_or_resume(home, "posts", run_id=first).run_id == first
    assert begin_or_resume(home, "posts", run_id=second).run_id == second
    assert begin_or_resume(home, "posts", run_id="gone").run_id == second
    assert begin_or_resume(home, "books").run_id not in (first, second)
