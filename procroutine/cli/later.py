"""`later`: loose ends, small things that come up again and again and have no routine."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from procroutine.cli.console import aligned
from procroutine.cli.main import OK
from procroutine.errors import BadInput, quoted
from procroutine.history.beginning import begin_routine, take_back
from procroutine.history.loose_ends import DONE, DROPPED, TOO_LONG, LooseEnd, put_off_words
from procroutine.history.stamps import EPOCH
from procroutine.text import number_typed, shown
from procroutine.weeks import Week

if TYPE_CHECKING:
    import argparse

    from procroutine.cli.main import Context

_ACTS = ("done", "drop", "routine", "undo")


def add_arguments(_name: str, parser: argparse.ArgumentParser) -> None:
    """Add its words."""
    parser.add_argument("text", metavar="TEXT", nargs="*", help="write it down; without, list what there is")
    parser.add_argument("--done", metavar="N", help="number N of the list is done this week")
    parser.add_argument("--drop", metavar="N", help="offer number N no more")
    parser.add_argument("--routine", metavar="N", help="begin a routine from number N")
    parser.add_argument("--name", metavar="NAME", help="with --routine: what it is called; its first words without")
    parser.add_argument("--undo", action="store_true", help="take the last of all these back")
    parser.add_argument("--json", action="store_true", help="the list as JSON")


def carry_out(_name: str, options: argparse.Namespace, context: Context) -> int:
    """List the loose ends, write one down, or do with one what an option says."""
    text = " ".join(options.text)
    asked = [f"--{act}" for act in _ACTS if getattr(options, act) not in (None, False)]
    if len(asked) + bool(options.text) + options.json > 1:
        raise BadInput("these words do not go together", "write a text, or one of the options alone")
    if options.name is not None and options.routine is None:
        raise BadInput("--name names a routine that is begun", "write it after --routine N")
    if options.text:
        made = context.whole_home.history().add_loose_end(text)
        context.console.say(f"{shown(made.text)}: offered each week from now on.")
    elif asked:
        _act(asked[0], options, context)
    else:
        _list(options, context)
    return OK


def _act(asked: str, options: argparse.Namespace, context: Context) -> None:
    home, say = context.whole_home, context.console.say
    if asked == "--undo":
        undone, sentence = take_back(home)
        say(f"{shown(undone.text)}: {sentence}")
    elif asked == "--routine":
        say(begin_routine(home, _numbered(options.routine, context), options.name))
        context.console.remark("Fill it in, then: procroutine check. To take it back: procroutine later --undo")
    elif asked == "--done":
        loose_end = home.history().act_on_loose_end(_numbered(options.done, context).id, DONE)
        say(f"{shown(loose_end.text)}: done in {loose_end.act[2]}. Next week it is offered again.")
    else:
        loose_end = home.history().act_on_loose_end(_numbered(options.drop, context).id, DROPPED)
        say(f"{shown(loose_end.text)}: dropped. To take that back: procroutine later --undo")


def _numbered(number: str, context: Context) -> LooseEnd:
    found = context.home.history().loose_ends()
    if not found:
        raise BadInput("there are no loose ends", "write one down with: procroutine later TEXT")
    place = number_typed(number, len(found))
    if place is None:
        span = "the only one is number 1" if len(found) == 1 else f"give a number from 1 to {len(found)}"
        raise BadInput(f"{quoted(number)} names no loose end", span)
    return found[place - 1]


def _list(options: argparse.Namespace, context: Context) -> None:
    history, now = context.whole_home.history(), context.clock.read().wall
    present, off = Week.of(now.date()), {one.week for one in history.weeks_off() if one.routine is None}
    found = history.loose_ends()
    if options.json:
        done = history.weeks_done()
        answer = [
            _as_json(number, one, done.get(one.id, ()), present, one.put_off(present, off), now)
            for number, one in enumerate(found, start=1)
        ]
        context.console.answer({"format": 1, "loose_ends": answer})
        return
    if not found:
        context.console.remark("No loose ends. Write one down with: procroutine later TEXT")
        return
    rows = [_row(number, one, present, one.put_off(present, off)) for number, one in enumerate(found, start=1)]
    for line in aligned(rows, right=frozenset({0})):
        context.console.say_cut(line)
    long = [number for number, one in enumerate(found, start=1) if one.put_off(present, off) >= TOO_LONG]
    if long:
        which = "1" if len(found) == 1 else " or ".join(map(str, long))
        context.console.remark(
            f"What is put off for {TOO_LONG} weeks wants a routine. To begin one: procroutine later --routine {which}"
        )


def _row(number: int, one: LooseEnd, present: Week, put_off: int) -> tuple[str, ...]:
    done = one.is_done(present)
    state = "done this week" if done else put_off_words(put_off)
    return str(number), "✓" if done else "!" if put_off >= TOO_LONG else "○", state, shown(one.text)


def _as_json(
    number: int, one: LooseEnd, done: tuple[Week, ...], present: Week, put_off: int, now: datetime
) -> dict[str, Any]:
    written = (EPOCH + timedelta(milliseconds=one.made_at)).astimezone(now.tzinfo)
    return {
        "number": number,
        "id": one.id,
        "text": one.text,
        "written_at": written.isoformat(timespec="milliseconds"),
        "weeks_done": list(map(str, done)),
        "done_this_week": one.is_done(present),
        "put_off_weeks": put_off,
    }
