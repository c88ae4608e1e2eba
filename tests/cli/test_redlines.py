"""What is to be changed before the next run, on the command line."""

from __future__ import annotations

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


def test_one_that_is_not_there_is_refused(redlined: tuple[Shell, str]) -> None:
    shell, _ = redlined
    assert "no open redline begins with" in refused(shell("settle-redline 0 done"))
