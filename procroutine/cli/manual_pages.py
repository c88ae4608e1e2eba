"""`help`, `completion` and `reset-terminal`."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from procroutine.cli.main import OK, parser_for
from procroutine.cli.table import COMMANDS, GROUPS
from procroutine.errors import BadInput, did_you_mean, nearest, quoted

if TYPE_CHECKING:
    import argparse

    from procroutine.cli.main import Context

_RESET = (
    "\x1b[?1049l"  # leave the alternate screen
    "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1016l"  # mouse
    "\x1b[?1004l"  # focus reports
    "\x1b[?2004l"  # bracketed paste
    "\x1b[?2048l"  # size reports
    "\x1b[<u"  # kitty keys
    "\x1b[?7h"  # wrap lines
    "\x1b[?25h"  # show the cursor
    "\x1b[0m"
)


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of one command."""
    if name == "help":
        parser.add_argument("topic", metavar="TOPIC", nargs="?", help="a command, or `format`")
    elif name == "completion":
        parser.add_argument("shell", choices=("bash", "zsh", "tcsh"), help="your shell")


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """Carry out one command."""
    if name == "reset-terminal":
        return _reset_terminal(context)
    if name == "completion":
        return _completion(options.shell, context)
    if options.topic is None:
        context.console.say_lines(overview())
    elif options.topic == "format":
        from procroutine.cli.format_page import format_page

        context.console.say_lines(format_page())
    elif options.topic in COMMANDS:
        context.console.say_lines(parser_for(options.topic).format_help().rstrip())
    else:
        remedy = did_you_mean(nearest(options.topic, (*COMMANDS, "format")), "see procroutine help")
        raise BadInput(f"there is no help on {quoted(options.topic)}", remedy)
    return OK


def overview() -> str:
    """Give the list of all commands, in groups."""
    lines = [
        "procroutine opens the app. All below works without a terminal too, but for demo, and run without --plain."
    ]
    width = max(map(len, COMMANDS)) + 2
    for title, names in GROUPS:
        lines += ["", title] if title else []
        lines += [f"  {name:<{width}}{COMMANDS[name][1]}" for name in names]
    lines += ["", "Before the command: --home DIR, --routines DIR. More on one: procroutine help COMMAND"]
    return "\n".join(lines)


def _completion(shell: str, context: Context) -> int:
    import argparse

    import shtab

    whole = argparse.ArgumentParser(prog="procroutine")
    whole.add_argument("--home", metavar="DIR")
    whole.add_argument("--routines", metavar="DIR")
    children = whole.add_subparsers()
    for name, (_, summary) in COMMANDS.items():
        children.add_parser(name, help=summary, parents=[parser_for(name)], add_help=False, conflict_handler="resolve")
    context.console.say_lines(shtab.complete(whole, shell))
    return OK


def _reset_terminal(context: Context) -> int:
    # Past `say`, which would make these very characters harmless.
    context.console.stream.write(_RESET)
    context.console.stream.flush()
    if sys.stdin.isatty():
        try:
            subprocess.run(["stty", "sane"], check=False)
        except FileNotFoundError:
            context.console.remark("There is no stty here: close the terminal if keys still do not show.")
    context.console.remark("The terminal is reset.")
    return OK
