"""Correcting the past; every value before a correction is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.cli.main import OK
from procroutine.durations import parse_change, step_time

if TYPE_CHECKING:
    import argparse

    from procroutine.cli.main import Context


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of one command."""
    parser.add_argument("run", metavar="RUN", help="a run, by a unique beginning of its id")
    if name == "amend":
        parser.add_argument("step", metavar="STEP", help="number, id or title of a step")
        parser.add_argument("change", metavar="DURATION", help="15m sets its time; +2m and -90s change it")
    elif name == "set-outcome":
        parser.add_argument("outcome", choices=("met", "partly", "missed"), help="did it produce its output")
    elif name == "leave-out":
        parser.add_argument("--reason", metavar="TEXT", required=True, help="why")


def prepared(words: list[str]) -> list[str]:
    """Let `-90s` be typed as it is: a parser would take it for an option."""
    return [f"−{word[1:]}" if word[:1] == "-" and word[1:2].isdigit() else word for word in words]


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """Carry out one correction and say what it did."""
    home, say = context.whole_home, context.console.say
    if name == "amend":
        sign, length = parse_change(options.change)
        run, title, time = home.amend(options.run, options.step, sign, length)
        say(f"{title} now has {step_time(time)}; the run {step_time(run.active)}.")
        return OK
    past = home.history().past(home.run_named(options.run))
    name_and_week = f"{past.run.routine_name}, {past.run.week}"
    if name == "set-outcome":
        home.history().set_outcome(past.run.id, options.outcome)
        say(f"{name_and_week}: output {options.outcome}.")
    elif name == "leave-out":
        home.history().leave_out(past.run.id, options.reason)
        say(f"{name_and_week} stays out of the statistics.")
    elif name == "delete":
        home.history().delete(past.run.id)
        say(f"Deleted {name_and_week}. Bring it back with: procroutine restore {past.run.id[:8]}")
    else:
        home.history().restore(past.run.id)
        say(f"{name_and_week} is back.")
    return OK
