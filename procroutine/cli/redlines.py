"""What is to be changed before the next run of a routine: listed, and settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.cli.console import aligned
from procroutine.cli.main import OK
from procroutine.errors import BadInput, NotFound, quoted
from procroutine.history.redlines import settle_as_done
from procroutine.routine.entries import present_ids
from procroutine.text import as_typed, shown

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from procroutine.cli.main import Context
    from procroutine.history.heads import Redline
    from procroutine.history.home import Home


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of one command."""
    if name == "redlines":
        parser.add_argument("routine", metavar="ROUTINE", nargs="?", help="id or name of a routine; all without")
        parser.add_argument("--add", metavar="TEXT", help="write down what to change or eliminate next time")
        return
    parser.add_argument("redline", metavar="REDLINE", nargs="+", help="some of them, by unique beginnings of their ids")
    parser.add_argument("state", choices=("done", "dropped", "open"), help="what became of it")


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """List the open redlines, or say what became of one."""
    home, say = context.whole_home, context.console.say
    if name == "redlines":
        wanted = None if options.routine is None else home.routine_id_known(options.routine)
        if options.add is not None:
            _add(home, wanted, options.add.strip())
        now_called = present_ids(home.library().entries)
        found = [
            line for line in home.overview(0).redlines if wanted in (None, line.routine, now_called.get(line.routine))
        ]
        if not found:
            context.console.remark("Nothing is to be changed.")
        for row in aligned([(shown(line.routine), shown(line.text), line.id[:8]) for line in found]):
            say(row)
        return OK
    if options.state == "open":
        for redline in options.redline:
            home.history().settle_redline(redline, "open")
            say("It is open again.")
        return OK
    there = home.overview(0).redlines
    named = [_named(there, beginning).id for beginning in options.redline]
    lines = [line for line in there if line.id in named]
    tied = _settled(home, lines, options.state)
    for line in lines:
        revision = f", tied to revision {tied[line.id]}" if line.id in tied else ""
        again = f"To open it again: procroutine settle-redline {as_typed(line.id)} open"
        say(f"{shown(line.text)}: {options.state}{revision}. {again}")
    return OK


def _add(home: Home, routine: str | None, text: str) -> None:
    """Write a redline down, after the newest run of its routine."""
    if routine is None:
        raise BadInput("a redline stands on a routine", "name it: procroutine redlines ROUTINE --add TEXT")
    if not text:
        raise BadInput("the text is empty", "say what to change in a word or more")
    newest = next((head for head in home.heads() if head.routine == routine), None)
    home.history().add_redline(routine, text, None if newest is None else newest.id)


def _settled(home: Home, lines: Sequence[Redline], state: str) -> dict[str, int]:
    """Settle redlines; gives by their ids the revisions that those done are tied to."""
    if state == "dropped":
        for line in lines:
            home.history().settle_redline(line.id, state)
        return {}
    tied: dict[str, int] = {}
    for routine in dict.fromkeys(line.routine for line in lines):
        tied |= settle_as_done(home, routine, [line for line in lines if line.routine == routine])
    return tied


def _named(redlines: tuple[Redline, ...], beginning: str) -> Redline:
    found = [line for line in redlines if beginning and line.id.startswith(beginning)]
    if not found:
        raise NotFound(f"no open redline begins with {quoted(beginning)}", "look it up in `procroutine redlines`")
    if len(found) > 1:
        raise BadInput(f"{len(found)} redlines begin with {beginning}", "write more of it")
    return found[0]
