"""What is to be changed before the next run, on the command line."""

from __future__ import annotations

import json

import pytest

from procroutine.history.home import Home
from procroutine.places import find_places
from tests.cli.conftest import Shell, refused


@pytest.fixture
def redlined(shell: Shell) -> tuple[Shell, str]:
    """A home with a redline on each of two routines; with the id of that on the posts."""
    home = Home(find_places({}, str(shell.folder)), shell.clock)
    history = home.history()
    redline = history.add_redline("posts", "Drop the second draft")
    history.add_redline("books", "Scan the receipts")
    return shell, redline


def test_they_are_listed_with_their_routine(redlined: tuple[Shell, str]) -> None:
    shell, redline = redlined
    assert shell("redlines posts").out.split() == ["posts", "Drop", "the", "second", "draft", redline[:8]]
    assert len(shell("redlines").out.splitlines()) == 2


def test_a_settled_one_is_listed_no_more_and_can_be_opened_again(redlined: tuple[Shell, str]) -> None:
    shell, redline = redlined
    said = shell(f"settle-redline {redline[:8]} done").out
    assert "Nothing is to be changed." in shell("redlines posts").err
    shell(said.split("procroutine ")[1])
    assert redline[:8] in shell("redlines posts").out
    shell(f"settle-redline {redline[:8]} dropped")
    assert shell(f"settle-redline {redline[:8]} open").out == "Drop the second draft: open again.\n"
    assert "no settled redline begins with" in refused(shell(f"settle-redline {redline[:8]} open"))


def test_several_that_are_done_are_tied_to_the_revision_that_one_change_made(redlined: tuple[Shell, str]) -> None:
    shell, first = redlined
    home = Home(find_places({}, str(shell.folder)), shell.clock)
    shell.wait(1)
    second = home.history().add_redline("posts", "Ask Ana")
    shell.wait(60)
    path = shell.folder / "routines" / "posts.toml"
    path.write_text(path.read_text().replace("20m", "15m"))
    said = shell(f"settle-redline {first[:8]} {second[:8]} done").out
    assert said.count("done, tied to revision") == 2
    assert home.history().revisions("posts")[-1]["note"] == "Drop the second draft; Ask Ana"
    assert "Nothing is to be changed." in shell("redlines posts").err


def test_one_of_a_routine_whose_file_is_gone_is_settled_all_the_same(redlined: tuple[Shell, str]) -> None:
    shell, redline = redlined
    (shell.folder / "routines" / "posts.toml").unlink()
    assert "Drop the second draft: done. To open it again" in shell(f"settle-redline {redline[:8]} done").out


def test_one_is_listed_with_its_routine_when_that_was_renamed(redlined: tuple[Shell, str]) -> None:
    shell, _ = redlined
    path = shell.folder / "routines" / "posts.toml"
    shell.write("feeds.toml", f'previous_ids = ["posts"]\n{path.read_text()}')
    path.unlink()
    assert "Drop the second draft" in shell("redlines feeds").out


def test_one_that_is_not_there_is_refused(redlined: tuple[Shell, str]) -> None:
    shell, _ = redlined
    assert "no open redline begins with" in refused(shell("settle-redline 0 done"))


def test_the_id_of_one_may_be_the_beginning_of_anothers(shell: Shell) -> None:
    one = {"routine": "posts", "run": None, "state": "open", "made_at": "2026-11-02T09:00:00+00:00"}
    lines = [one | {"id": "1", "text": "Ask Bo"}, one | {"id": "12", "text": "Ask Ana"}]
    path = shell.write("../in.json", json.dumps({"runs": [], "redlines": lines}))
    shell(f"import {path}")
    assert shell("settle-redline 1 done").out.startswith("Ask Bo: done")
    assert shell("settle-redline 12 done").out.startswith("Ask Ana: done")


def test_one_is_written_down_on_its_routine_after_its_newest_run(shell: Shell) -> None:
    shell("start posts")
    shell("finish")
    assert "Fewer pictures" in shell('redlines posts --add "Fewer pictures"').out
    run = shell("history --json").json["runs"][0]["id"]
    (line,) = Home(find_places({}, str(shell.folder)), shell.clock).history().redlines("posts")
    assert (line.text, line.run) == ("Fewer pictures", run)
    assert "a redline stands on a routine" in refused(shell("redlines --add more"))
    assert "the text is empty" in refused(shell('redlines posts --add " "'))
