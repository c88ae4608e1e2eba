"""`off`: weeks in which nothing is expected, of one routine or of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.cli.console import aligned
from procroutine.cli.main import OK
from procroutine.errors import BadInput
from procroutine.history.weeks_off import declare_off, declared_off, take_back_off
from procroutine.moments import parse_weeks
from procroutine.text import shown

if TYPE_CHECKING:
    import argparse

    from procroutine.cli.main import Context


def add_arguments(_name: str, parser: argparse.ArgumentParser) -> None:
    """Add its words."""
    parser.add_argument("routine", metavar="ROUTINE", nargs="?", help="id or name of a routine; all without")
    parser.add_argument(
        "--week", metavar="W", help="2026-W52, or several: 2026-W52..2027-W01; past or to come; this week without"
    )
    parser.add_argument("--reason", metavar="TEXT", help="why; it declares them off")
    parser.add_argument("--not", dest="back", action="store_true", help="take back what was declared")
    parser.add_argument(
        "--list",
        action="store_true",
        help="list all that are declared, of a routine those it is off, of --week those in it",
    )
    parser.add_argument("--json", action="store_true", help="the list as JSON")


def carry_out(_name: str, options: argparse.Namespace, context: Context) -> int:
    """Declare weeks off, take that back, or list them."""
    asked = (options.reason is not None) + options.back + (options.list or options.json)
    if not asked:
        raise BadInput("--reason, --not or --list is required", "say why they are off, or what else is to be done")
    if asked > 1:
        raise BadInput("--reason, --not and --list do not go together", "give one of them")
    if options.list or options.json:
        return _list(options, context)
    weeks = parse_weeks(options.week, context.clock.read())
    home = context.whole_home
    if options.back:
        context.console.say(take_back_off(home, options.routine, weeks))
    else:
        context.console.say(declare_off(home, options.routine, weeks, options.reason))
    return OK


def _list(options: argparse.Namespace, context: Context) -> int:
    found = declared_off(context.whole_home, options.routine)
    if options.week is not None:
        weeks = parse_weeks(options.week, context.clock.read())
        found = tuple(off for off in found if off.week in weeks)
    if options.json:
        rows = [
            {"week": str(off.week), "routine": off.routine, "reason": off.reason, "declared_on": off.day}
            for off in found
        ]
        context.console.answer({"format": 1, "weeks_off": rows})
        return OK
    if not found:
        of_whom = f" for {options.routine}" if options.routine else ""
        context.console.remark(f"No weeks are off{of_whom}{f' in {options.week}' if options.week else ''}.")
    for row in aligned([(str(off.week), shown(off.routine or "all routines"), shown(off.reason)) for off in found]):
        context.console.say(row)
    return OK
