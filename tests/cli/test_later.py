"""Loose ends on the command line."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell, refused

WEEK = 7 * 24 * 60
NUMBERS = ("0", "3", "-1", "x", "²", "1.0", "9" * 400, "\x1b[31m")


def _listed(shell: Shell) -> list[list[str]]:
    return [line.split(maxsplit=2) for line in shell("later").out.splitlines()]


@pytest.fixture
def two(shell: Shell) -> Shell:
    """A home with two loose ends, written in week 47."""
    assert shell("later call the bank").out == "call the bank: offered each week from now on.\n"
    shell.wait(1)
    assert shell('later "water, all of them"').code == 0
    return shell


def test_they_are_listed_with_their_numbers_in_the_order_they_were_written(two: Shell) -> None:
    assert [line.split() for line in two("later").out.splitlines()] == [
        ["1", "○", "call", "the", "bank"],
        ["2", "○", "water,", "all", "of", "them"],
    ]


def test_one_that_is_done_is_offered_again_next_week_and_one_that_is_dropped_is_not(two: Shell) -> None:
    assert "done in 2026-W47" in two("later --done 1").out
    assert "✓  done this week  call the bank" in two("later").out
    assert "it is done for this week" in refused(two("later --done 1"))
    two("later --drop 2")
    two.wait(WEEK)
    assert two("later").out == "1  ○    call the bank\n"
    two.wait(WEEK)
    assert two("later").out == "1  ○  put off 1 week  call the bank\n"


def test_at_three_weeks_put_off_a_routine_is_offered(two: Shell) -> None:
    two("later --done 1")
    two.wait(3 * WEEK)
    said = two("later")
    assert said.out.splitlines() == [
        "1  ○  put off 2 weeks  call the bank",
        "2  !  put off 3 weeks  water, all of them",
    ]
    assert said.err == "What is put off for 3 weeks wants a routine. To begin one: procroutine later --routine 2\n"
    two('off --week 2026-W48 --reason "away"')
    assert "put off 3 weeks" not in two("later").out


def test_a_routine_is_begun_in_the_analysis_phase_with_the_text_as_its_purpose(two: Shell) -> None:
    path = two.folder / "routines" / "water-all-of-them.toml"
    assert two("later --routine 2").out == f"{path}\n"
    assert 'purpose = "water, all of them"' in path.read_text()
    assert two("check").code == 0
    found = next(one for one in two("routines --json").json["routines"] if one["id"] == "water-all-of-them")
    assert (found["name"], found["phase"]) == ("water, all of them", "analysis")
    assert len(_listed(two)) == 1
    assert two("later --routine 1 --name Bank").out.endswith("/bank.toml\n")
    assert "no loose ends" in refused(two("later --routine 1"))


def test_each_act_is_taken_back_by_undo(two: Shell) -> None:
    before = two("later").out
    for act in ("--done 1", "--drop 1", "--routine 2"):
        assert two(f"later {act}").code == 0
        assert two("later").out != before
        assert two("later --undo").code == 0
        assert two("later").out == before
    two("later --undo")
    two("later --undo")
    assert "nothing to take back" in refused(two("later --undo"))


def test_they_are_answered_as_json(two: Shell) -> None:
    two("later --done 2")
    two.wait(2 * WEEK)
    answer = two("later --json").json
    assert answer["format"] == 1
    assert [one["number"] for one in answer["loose_ends"]] == [1, 2]
    second = answer["loose_ends"][1]
    assert len(second.pop("id")) == 16
    assert second == {
        "number": 2,
        "text": "water, all of them",
        "written_at": "2026-11-19T14:06:00.000+01:00",
        "weeks_done": ["2026-W47"],
        "done_this_week": False,
        "put_off_weeks": 1,
    }


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_names_none_is_refused(two: Shell, number: str) -> None:
    for act in ("done", "drop", "routine"):
        assert "from 1 to 2" in refused(two(f"later '--{act}={number}'"))


@pytest.mark.parametrize(
    "words", ["more --json", "more --undo", "--done 1 --drop 2", "--undo --json", "--name x", "more --name x", "' '"]
)
def test_words_that_do_not_go_together_are_refused(two: Shell, words: str) -> None:
    before = two("later").out
    refused(two(f"later {words}"))
    assert two("later").out == before


def test_without_any_it_says_how_one_is_written_down(shell: Shell) -> None:
    assert shell("later").err == "No loose ends. Write one down with: procroutine later TEXT\n"
    assert shell("later --json").json == {"format": 1, "loose_ends": []}
