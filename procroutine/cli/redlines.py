"""What is to be changed before the next run of a routine: listed, and settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.cli.beginnings import beginnings
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
    """List the open redlines, or say what became of some."""
    home = context.whole_home
    if name == "redlines":
        _list(home, options, context)
    elif options.state == "open":
        _open_again(home, options.redline, context)
    else:
        _settle(home, options.redline, options.state, context)
    return OK


def _list(home: Home, options: argparse.Namespace, context: Context) -> None:
    wanted = None if options.routine is None else home.routine_id_known(options.routine)
    if options.add is not None:
        _add(home, wanted, options.add.strip())
    now_called = present_ids(home.library().entries)
    there = home.overview(0).redlines
    found = [line for line in there if wanted in (None, line.routine, now_called.get(line.routine))]
    if not found:
        context.console.remark("Nothing is to be changed.")
    ids = beginnings([line.id for line in found], [line.id for line in there])
    rows = [(shown(line.routine), shown(line.text), one) for line, one in zip(found, ids, strict=True)]
    for row in aligned(rows):
        context.console.say(row)


def _open_again(home: Home, named: Sequence[str], context: Context) -> None:
    written = home.history().merged("redlines")
    settled = [redline for redline, document in written.items() if document["state"] != "open"]
    for redline in [_named(settled, beginning, "settled") for beginning in named]:
        home.history().settle_redline(redline, "open")
        context.console.say(f"{shown(written[redline]['text'])}: open again.")


def _settle(home: Home, named: Sequence[str], state: str, context: Context) -> None:
    there = home.overview(0).redlines
    ids = [_named([line.id for line in there], beginning, "open") for beginning in named]
    lines = [line for line in there if line.id in ids]
    tied = _settled(home, lines, state)
    for line in lines:
        revision = f", tied to revision {tied[line.id]}" if line.id in tied else ""
        again = f"To open it again: procroutine settle-redline {as_typed(line.id)} open"
        context.console.say(f"{shown(line.text)}: {state}{revision}. {again}")


def _add(home: Home, routine: str | None, text: str) -> None:
    """Write a redline down, after the newest run of its routine."""
    if routine is None:
        raise BadInput("a redline stands on a routine", "name it: procroutine redlines ROUTINE --add TEXT")
    if not text:
        raise BadInput("the text is empty", "say what to change in a word or more")
    now_called = present_ids(home.library().entries)
    newest = next((head for head in home.heads() if now_called.get(head.routine, head.routine) == routine), None)
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


def _named(ids: Sequence[str], beginning: str, state: str) -> str:
    """Find a redline among those of a state by the beginning of its id."""
    found = [beginning] if beginning in ids else [one for one in ids if beginning and one.startswith(beginning)]
    if not found:
        remedy = "look it up in `procroutine redlines`" if state == "open" else "its id was said when it was settled"
        raise NotFound(f"no {state} redline begins with {quoted(beginning)}", remedy)
    if len(found) > 1:
        raise BadInput(f"{len(found)} redlines begin with {beginning}", f"write more of it: {', '.join(sorted(found))}")
    return found[0]
