"""Every command of the command line on a hostile home, with its words found from its own parser."""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from procroutine.cli.console import Console
from procroutine.cli.main import parser_for, run_command
from procroutine.cli.table import COMMANDS
from procroutine.text import shown
from tests.hostile.harmless import steering
from tests.hostile.homes import HostileHome

MEANT_TO_STEER = ("reset-terminal",)
"""Writes escape sequences, none of them from a text."""
_ENDING = ("finish", "abandon", "delete")
_OWN_LINES = ("manual", "check", "edit", "run", "report")
"""Print texts of several lines (the plain mode instructions, a report broken ones), or a line for each problem."""


class Commands:
    """What the commands said on one home, and what they should not have."""

    def __init__(self, folder: Path, text: str) -> None:
        """Make the home."""
        self.made = HostileHome(folder / "home", text)
        self.folder, self.text = folder, text
        self.environment = {"PROCROUTINE_HOME": str(folder / "home"), "EDITOR": "true", "PATH": os.defpath}
        self.faults: list[str] = []
        self.ran = 0
        self.names: set[str] = set()

    def run_all(self) -> None:
        """Run every command of the table: plainly, with each of its options, and with the text for each word."""
        for name in sorted(COMMANDS, key=lambda name: name in _ENDING):
            for words in self._lines(name):
                self._run(name, words)

    def _run(self, name: str, words: list[str]) -> None:
        self.ran += 1
        self.names.add(name)
        out, err = io.StringIO(), io.StringIO()
        line = [_as_given(word) for word in (name, *words)]
        if name == "import" and "-" in words:
            return  # would read the input of the tests
        given, sys.stdin = sys.stdin, io.StringIO()  # the plain mode asks, and gets no answer
        try:
            with contextlib.redirect_stdout(out):  # argparse prints its help past the console
                code = run_command(line, self.environment, self.made.clock, Console(out, err))
        except SystemExit as left:
            if left.code or not any(word == "--help" or word.startswith("-h") for word in line):
                self._fault(line, f"left the program with {left.code!r}")
            return
        except Exception as error:  # any at all is what is looked for
            self._fault(line, f"ended with {error!r}")
            return
        finally:
            sys.stdin = given
        self._look(line, code, out.getvalue(), err.getvalue())

    def _look(self, line: list[str], code: int, out: str, err: str) -> None:
        if line[0] in MEANT_TO_STEER:
            out = ""
        for said in (out, err):
            if found := steering(said.replace("\n", "")):
                self._fault(line, f"printed {found!r}")
            if line[0] not in _OWN_LINES and self._divided(said):
                self._fault(line, f"made lines of one text: {said!r}")
            if "Traceback" in said:
                self._fault(line, "printed a traceback")
        if code not in (0, 1, 2):
            self._fault(line, f"left with {code}")
        if code == 2 and err.count("\n") != 1 and "procroutine: " not in err.splitlines()[-1]:
            self._fault(line, f"was refused in {err!r}")
        if code == 0 and "--json" in line:
            out.encode("ascii")
            json.loads(out)

    def _divided(self, said: str) -> bool:
        """Say whether what stands behind the end of a line in the text, and not at its beginning, begins a line."""
        rest = shown(self.text.partition("\n")[2])[:12]
        can_tell = len(rest.strip()) > 1 and not shown(self.text).startswith(rest)
        return can_tell and any(shown(line).startswith(rest) for line in said.splitlines())

    def _fault(self, line: list[str], what: str) -> None:
        self.faults.append(f"{line!r} {what}")

    def _lines(self, name: str) -> Iterator[list[str]]:
        """Give command lines: positions with what fits and with the text, then each option beside what fits."""
        actions = [action for action in parser_for(name)._actions if not isinstance(action, argparse._HelpAction)]
        positions = [action for action in actions if not action.option_strings]
        needed = [
            word for action in actions if action.required and action.option_strings for word in self._option(action)
        ]
        fitting = [self._fits(name, action) for action in positions]
        if name != "demo":
            yield [*fitting, *needed]
        for place in range(len(positions)):
            yield [*fitting[:place], self.text, *fitting[place + 1 :], *needed]
        for action in actions:
            if action.option_strings and name != "demo":
                yield [*fitting, *needed, *self._option(action)]
                if action.nargs != 0:
                    yield [*fitting, *needed, f"{action.option_strings[-1]}={self.text}"]
            elif action.option_strings:
                yield [f"{action.option_strings[-1]}={self.text}", *(["--prepare", "--years=0.02"])]

    def _option(self, action: argparse.Action) -> list[str]:
        option = action.option_strings[-1]
        return [option] if action.nargs == 0 else [option, self._fits("", action)]

    def _fits(self, name: str, action: argparse.Action) -> str:
        """Give a word that fits where one is asked for."""
        if action.choices:
            return str(next(iter(action.choices)))
        home = self.made
        run = home.past_id if COMMANDS.get(name, ("", ""))[0] == "corrections" else home.open_id
        words = {
            "ROUTINE": home.routine_id,
            "RUN": run,
            "ID": run,
            "STEP": "1",
            "DURATION": "+2m",
            "W": "2026-W45",
            "T": "14:00",
            "D": "90d",
            "N": "1",
            "M": "2",
            "PATH": home.home.places.routines,
            "FILE": str(self.folder / "exported.json"),
            "TOPIC": "format",
        }
        return words.get(str(action.metavar), self.text)


def _as_given(word: str) -> str:
    """Give a word as a program can be given it: without NUL, and in bytes that need not be UTF-8."""
    return word.replace("\0", "").encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")


def run_commands(folder: Path, text: str) -> Commands:
    """Run every command on a home of this text."""
    commands = Commands(folder, text)
    before = os.getcwd()
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    try:
        commands.run_all()
    finally:
        os.chdir(before)
    return commands
