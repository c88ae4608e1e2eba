"""Numbers that are larger than anything there is: each is a sentence, or means all there is."""

from __future__ import annotations

import argparse

import pytest

from procroutine.cli.main import parser_for
from procroutine.cli.table import COMMANDS
from tests.cli.conftest import Shell, refused

NUMBERS = [
    (name, action)
    for name in COMMANDS
    for action in parser_for(name)._actions
    if action.type in (int, float) or action.metavar in ("N", "M")
]
HUGE = ("9" * 120, "9" * 5000, "9" * 9, "9" * 7, "1e308", "inf")
FITTING = {"ROUTINE": "posts", "STEP": "1", "N": "1", "M": "2", "DURATION": "+2m"}


def line(name: str, asked: argparse.Action, number: str) -> str:
    """Give a command line with a number for one of its words, and what fits for the others."""
    positions = [action for action in parser_for(name)._actions if not action.option_strings]
    words = [
        number if action is asked else FITTING.get(str(action.metavar), "x") for action in positions if action.required
    ]
    if asked.option_strings:
        words.append(f"{asked.option_strings[-1]}={number}")
    elif not asked.required:
        words += ["1"] * (asked.metavar == "M") + [number]
    return " ".join([name, *words])


@pytest.mark.parametrize(("name", "asked"), NUMBERS, ids=lambda one: one if isinstance(one, str) else one.dest)
def test_a_number_beyond_all_there_is_is_no_crash(shell: Shell, name: str, asked: argparse.Action) -> None:
    shell("start posts")
    shell("finish")
    for number in HUGE:
        said = shell(line(name, asked, number))
        if said.code:
            refused(said)


def test_the_numbers_of_the_command_line_are_known() -> None:
    assert {"step", "trends", "history", "revisions", "demo", "flow"} <= {name for name, _ in NUMBERS}


def test_more_weeks_than_there_are_dates_are_all_weeks(shell: Shell) -> None:
    shell("start posts")
    shell("finish")
    assert shell(f"step posts 1 --weeks {'9' * 120}") == shell("step posts 1")
