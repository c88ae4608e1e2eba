"""Plain command lines are read without argparse, and to the same effect."""

from __future__ import annotations

from argparse import ArgumentParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.cli.main import parser_for
from procroutine.cli.status import words_of as words_of_status
from procroutine.cli.table import COMMANDS
from procroutine.cli.verbs import words_of as words_of_verb
from procroutine.cli.words import SEVERAL, Word, read_plain
from procroutine.errors import BadInput

COMMAND_NAMES = ["status", *(name for name, (module, _) in COMMANDS.items() if module == "verbs")]
OPTIONS = ("--run", "--at", "--reason", "--waiting", "--until", "--outcome", "--json", "--format")
ODD = ("--", "-", "-x", "-1", "--help", "--ru", "--run=", "--at=-1", "--json=x", "", "a b", "--nothing", "-h", "=")
PLAIN = ("14:05", "met", "ab12", "two words", "é")
PARSERS: dict[str, ArgumentParser] = {name: parser_for(name) for name in COMMAND_NAMES}


def declared(name: str) -> tuple[Word, ...]:
    return words_of_status(name) if name == "status" else words_of_verb(name)


command_lines = st.lists(
    st.sampled_from((*OPTIONS, *ODD, *PLAIN, *(f"{option}={value}" for option in OPTIONS for value in PLAIN[:2]))),
    max_size=6,
)


@settings(max_examples=500)
@given(name=st.sampled_from(COMMAND_NAMES), words=command_lines)
def test_what_is_read_plainly_is_what_argparse_reads(name: str, words: list[str]) -> None:
    found = read_plain(declared(name), words)
    if found is not None:
        assert vars(found) == vars(PARSERS[name].parse_args(words))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("status", []),
        ("status", ["--json"]),
        ("status", ["--format", "{step} {total}"]),
        ("done", []),
        ("done", ["--at", "14:05", "--run=ab"]),
        ("start", ["weekly-review"]),
        ("start", ["--at=14:05", "weekly-review"]),
        ("pause", ["--waiting", "Ana", "--until", "15:30"]),
        ("note", ["two", "words", "--run", "ab"]),
        ("finish", ["--outcome", "met"]),
    ],
)
def test_what_people_type_is_read_plainly(name: str, words: list[str]) -> None:
    found = read_plain(declared(name), words)
    assert found is not None
    assert vars(found) == vars(PARSERS[name].parse_args(words))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("start", []),
        ("start", ["one", "two"]),
        ("done", ["now"]),
        ("done", ["--at"]),
        ("done", ["--nothing"]),
        ("status", ["--json=yes"]),
        ("finish", ["--outcome", "good"]),
        ("note", ["one", "--at", "14:05", "two"]),
    ],
)
def test_mistakes_are_left_to_argparse_which_refuses_them(name: str, words: list[str]) -> None:
    assert read_plain(declared(name), words) is None
    with pytest.raises(BadInput):
        PARSERS[name].parse_args(words)


def test_no_command_has_two_words_without_a_name() -> None:
    for name in COMMAND_NAMES:
        assert sum(not word.is_option for word in declared(name)) <= 1
        assert all(word.count is None or word.count == SEVERAL for word in declared(name))
