"""The command line: find the command, read its words, carry it out, give the exit code.

Only the module of the command asked for is loaded, since `status` and the verbs must answer in
the time Python needs to start.
"""

from __future__ import annotations

import os
import sys

from procroutine.cli.console import Console
from procroutine.cli.table import COMMANDS
from procroutine.clock import SystemClock
from procroutine.errors import BadInput, UserError, did_you_mean, nearest, quoted
from procroutine.places import find_places

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from types import ModuleType

    from procroutine.cli.words import Options
    from procroutine.clock import Clock
    from procroutine.history.home import Home
    from procroutine.places import Places

OK, NO, WRONG = 0, 1, 2
_GLOBAL = ("--home", "--routines")


class Context:
    """What a command works with: the person's places, the clock, the streams."""

    __slots__ = ("_home", "clock", "console", "environment", "places", "routines_given", "said")

    def __init__(
        self, places: Places, clock: Clock, console: Console, environment: Mapping[str, str], routines_given: bool
    ) -> None:
        """Hold them; nothing is read yet."""
        self.places = places
        self.clock = clock
        self.console = console
        self.environment = environment
        self.routines_given = routines_given
        self.said: list[str] = []
        """What was remarked while the home was looked at, which the app shows again."""
        self._home: Home | None = None

    @property
    def home(self) -> Home:
        """The person's routines, runs and history; on first use, whatever a crash left between is settled."""
        if self._home is None:
            self._home = self.unsettled_home
            self._remark(self._home.settle())
        return self._home

    @property
    def unsettled_home(self) -> Home:
        """The home just as it was left, for the doctor."""
        from procroutine.history.home import Home

        self._copy_shipped_routines()
        return Home(self.places, self.clock)

    @property
    def whole_home(self) -> Home:
        """The home, for commands that look at the whole past: what is wrong with a history file is said first."""
        home = self.home
        self._remark(home.look_after())
        return home

    def tell(self) -> None:
        """Remark what was put right in the history on the way."""
        if self._home is not None:
            self._remark(self._home.told())

    def _remark(self, sentences: Sequence[str]) -> None:
        for sentence in sentences:
            self.console.remark(sentence)
        self.said.extend(sentences)

    def _copy_shipped_routines(self) -> None:
        if os.path.lexists(self.places.routines):
            return
        if self.routines_given:
            raise BadInput(f"there is no folder {self.places.routines}", "name a folder of routine files")
        from procroutine.routine.shipped import copy_shipped

        count = copy_shipped(self.places)
        self._remark([f"Copied {count} routines to start from into {self.places.routines}."])


def run_command(
    words: Sequence[str],
    environment: Mapping[str, str] | None = None,
    clock: Clock | None = None,
    console: Console | None = None,
) -> int:
    """Carry out one command line; errors become one sentence on stderr. Gives the exit code.

    KeyboardInterrupt is for the caller, since it may come before this is reached.
    """
    if console is None:
        console = _standard_console()
        _tell_of_waits(console)
    environment = os.environ if environment is None else environment
    try:
        return _carried_out(list(words), environment, clock or SystemClock(), console)
    except UserError:
        return WRONG  # not even the error could be written
    except BrokenPipeError:
        # The reader of our output is gone (`| head`): nothing more to say, and nothing to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


_LOOKED_AFTER, _EVERY = 2.0, 1.0
"""Seconds until it is looked whether the command waits for somebody, and from one look to the next."""


def _tell_of_waits(console: Console, after: float = _LOOKED_AFTER) -> None:
    """Let it be said once on stderr that the command waits for a lock which another process holds; it goes on waiting.

    Not in the app, whose screen that would break, and not where the system has no alarm.
    """
    try:
        # `signal` takes longer to load than most commands' modules, and has no more of these.
        from _signal import ITIMER_REAL, SIGALRM, setitimer, signal  # type: ignore[import-not-found]  # no stub
    except ImportError:
        return

    def look(*_: object) -> None:
        lock, in_app = sys.modules.get("procroutine.history.lock"), "textual" in sys.modules
        waited_for = lock.waited_for if lock is not None else None
        if waited_for is not None or in_app:
            setitimer(ITIMER_REAL, 0)
        if waited_for is not None and not in_app:
            from procroutine.cli.held_up import held_up

            console.remark(held_up(waited_for))

    signal(SIGALRM, look)
    setitimer(ITIMER_REAL, after, _EVERY)


def _carried_out(words: list[str], environment: Mapping[str, str], clock: Clock, console: Console) -> int:
    try:
        code = _dispatch(words, environment, clock, console)
        console.flush()
    except UserError as error:
        return console.refuse(error)
    return code


def _standard_console() -> Console:
    """Give the console of this process; where a stream was closed (`>&-`), what goes to it is lost."""
    out, error = sys.stdout, sys.stderr
    if out is None or error is None:
        nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # open as long as the process
        out, error = out or nowhere, error or nowhere
    return Console(out, error)


def _dispatch(words: list[str], environment: Mapping[str, str], clock: Clock, console: Console) -> int:
    given, name, rest = _split(words)
    places = find_places(environment, given.get("--home"), given.get("--routines"))
    context = Context(places, clock, console, environment, "--routines" in given)
    if name in ("-V", "--version"):
        from procroutine import __version__

        console.say(f"procroutine {__version__}")
        return OK
    if name in ("-h", "--help"):
        name, rest = "help", []
    if name is None:
        name, rest = "run", []
    if name not in COMMANDS:
        remedy = did_you_mean(nearest(name, COMMANDS), "see procroutine help")
        raise BadInput(f"there is no command {quoted(name)}", remedy)
    module = _module(name)
    code = int(module.carry_out(name, _options(name, module, rest), context))
    context.tell()
    return code


def _module(name: str) -> ModuleType:
    # What `importlib` gives for this takes longer to load than most commands' modules.
    return __import__(f"procroutine.cli.{COMMANDS[name][0]}", fromlist=["carry_out"])


def _options(name: str, module: ModuleType, words: list[str]) -> Options | argparse.Namespace:
    if hasattr(module, "words_of"):
        from procroutine.cli.words import read_plain

        found = read_plain(module.words_of(name), words)
        if found is not None:
            return found
    return parser_for(name, module).parse_args(words)


def parser_for(name: str, module: ModuleType | None = None) -> argparse.ArgumentParser:
    """Make the parser of one command."""
    from procroutine.cli.parser import WordParser

    parser = WordParser(prog=f"procroutine {name}", description=_sentence(COMMANDS[name][1]))
    module = module or _module(name)
    if hasattr(module, "words_of"):
        parser.add_words(module.words_of(name))
    else:
        module.add_arguments(name, parser)
    return parser


def _sentence(summary: str) -> str:
    return f"{summary[0].upper()}{summary[1:]}."


def _split(words: list[str]) -> tuple[dict[str, str], str | None, list[str]]:
    """Part the words into what stands before the command, the command, and its own words."""
    given: dict[str, str] = {}
    place = 0
    while place < len(words):
        option, mark, value = words[place].partition("=")
        if option not in _GLOBAL:
            break
        if not mark:
            place += 1
            if place == len(words):
                raise BadInput(f"{option} stands alone", "name a folder after it")
            value = words[place]
        if not value:
            raise BadInput(f"{option} names no folder", "name a folder after it")
        given[option] = value
        place += 1
    return given, (words[place] if place < len(words) else None), words[place + 1 :]
