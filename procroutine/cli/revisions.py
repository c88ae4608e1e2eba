"""The revisions of a routine: listed, held against one another, noted and marked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from procroutine.cli.console import aligned
from procroutine.cli.main import OK
from procroutine.durations import signed, step_time, total_time
from procroutine.errors import BadInput
from procroutine.insight.views.revisions import DifferenceRow, RevisionRow, RowKind

if TYPE_CHECKING:
    import argparse
    from datetime import timedelta

    from procroutine.cli.main import Context
    from procroutine.insight.views.revisions import DifferenceView

LONGEST_NOTE = 500
"""Characters; as many as the app takes."""


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of one command."""
    parser.add_argument("routine", metavar="ROUTINE", help="id or name of a routine")
    if name == "revisions":
        parser.add_argument("number", metavar="N", type=int, nargs="?", help="a revision, against the one before it")
        parser.add_argument("other", metavar="M", type=int, nargs="?", help="what was changed from N to M")
        parser.add_argument("--json", action="store_true", help="as JSON")
        return
    parser.add_argument("number", metavar="N", type=int, help="the number of a revision")
    if name == "revision-note":
        parser.add_argument("text", metavar="TEXT", help="why it was made; an empty text takes the note away")
    else:
        parser.add_argument("--not", dest="taken_back", action="store_true", help="it is none after all")


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """Carry out one command."""
    if name == "revisions":
        return _list(options, context) if options.number is None else _difference(options, context)
    home, say = context.whole_home, context.console.say
    routine = home.routine_id_known(options.routine)
    former, revision = home.former_ids(routine), f"{routine} v{options.number}"
    if name == "revision-note":
        text = options.text.strip()
        if len(text) > LONGEST_NOTE:
            raise BadInput("the note is too long", f"write at most {LONGEST_NOTE} characters")
        home.history().set_revision_note(routine, options.number, text or None, former)
        say(f"{revision}: {text}" if text else f"{revision} has no note now.")
        return OK
    home.history().mark_real_change(routine, options.number, not options.taken_back, former)
    if options.taken_back:
        say(f"{revision} is no real change: new limits begin with it only where the weeks show one.")
    else:
        say(f"{revision} is a real change: new limits begin with it. Taken back by --not.")
    return OK


def _list(options: argparse.Namespace, context: Context) -> int:
    from procroutine.insight.answers import Answers

    home, console = context.whole_home, context.console
    routine = home.routine_id_known(options.routine)
    revisions = Answers(home).past.revisions
    if options.json:
        console.answer(revisions.answer(routine))
        return OK
    view = revisions.list(routine)
    console.say(f"{view.name}   {view.facts}")
    heading = ("v", "since", "runs", "before", "after", "change", "verdict", "")
    rows = [_row(row) for row in reversed(view.rows)]
    for line in aligned([heading, *rows], right=frozenset({0, 2, 3, 4, 5})) if rows else ():
        console.say(line)
    if view.remark:
        console.remark(view.remark)
    return OK


def _row(row: RevisionRow) -> tuple[str, ...]:
    marks = [*(["real change"] if row.real else []), *([row.note] if row.note else [])]
    change = "" if row.saved is None else signed(-row.saved, "total")
    return (
        str(row.number),
        row.since,
        str(row.runs or ""),
        *("" if length is None else total_time(length) for length in (row.before, row.after)),
        change,
        row.sentence,
        "; ".join(marks),
    )


def _difference(options: argparse.Namespace, context: Context) -> int:
    from procroutine.insight.answers import Answers

    home, console = context.whole_home, context.console
    routine = home.routine_id_known(options.routine)
    revisions = Answers(home).past.revisions
    new, old = (options.number, None) if options.other is None else (options.other, options.number)
    if options.json:
        console.answer(revisions.difference_answer(routine, new, old))
        return OK
    for line in _lines(revisions.difference(routine, new, old)):
        console.say(line)
    return OK


def _lines(view: DifferenceView) -> Iterator[str]:
    yield f"v{view.new} against v{view.old}: {view.changes}"
    if view.verdict:
        yield view.verdict
    if view.note:
        yield f"note: {view.note}"
    for row in view.rows:
        yield from _row_lines(row)


def _row_lines(row: DifferenceRow) -> Iterator[str]:
    """Give a row of two sides as lines, the old side first."""
    if row.kind is RowKind.HEADING:
        yield ""
        yield str(row.label)
    elif row.kind is RowKind.STEP:
        yield f"{row.sign or ' '} {row.new or row.old}{_what(row)}"
    elif row.kind is RowKind.VALUE:
        yield f"    {row.label}: {row.new or 'nothing'}, was {row.old or 'nothing'}"
    elif row.kind is RowKind.TEXT:
        yield f"    {row.label}:"
    elif row.kind is RowKind.SAME:
        yield f"    ({row.label})"
    elif row.sign:
        yield from (f"    {sign} {side}" for sign, side in (("−", row.old), ("+", row.new)) if side is not None)
    else:
        yield f"      {row.new}"


def _what(row: DifferenceRow) -> str:
    said = [str(row.label)] if row.label and row.label != "changed" else []
    if row.sign:
        said += [times] if (times := _times(row.before, row.after)) else []
    return f"   {', '.join(said)}" if said else ""


def _times(before: timedelta | None, after: timedelta | None) -> str:
    if before is None and after is None:
        return ""
    was = "" if before is None else f"was {step_time(before)}"
    return f"median {step_time(after)}{was and f', {was}'}" if after is not None else f"median {was}"
