"""`review`: where the time goes and what to change first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.cli.console import aligned
from procroutine.cli.main import OK
from procroutine.durations import step_time
from procroutine.improvement.ground_reading import read_ground
from procroutine.improvement.review import review_of
from procroutine.improvement.review_answer import review_answer

if TYPE_CHECKING:
    import argparse

    from procroutine.cli.main import Context
    from procroutine.improvement.ground import Ground
    from procroutine.improvement.levers.lever import Lever
    from procroutine.improvement.review import Review


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of `review`."""
    parser.add_argument("routine", metavar="ROUTINE", nargs="?", help="id or name of a routine; all without")
    parser.add_argument("--json", action="store_true", help="as JSON")


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """Review one routine or all."""
    home = context.whole_home
    routine = None if options.routine is None else home.routine_id(options.routine)
    ground = read_ground(home)
    review = review_of(ground, routine)
    if options.json:
        context.console.answer(review_answer(review))
    else:
        _print(review, ground, context)
    return OK


def _print(review: Review, ground: Ground, context: Context) -> None:
    say = context.console.say
    names = {one.routine.id: one.routine.name for one in ground.routines}
    shown = [lever for lever in review.levers if lever.is_shown]
    others = [lever for lever in review.levers if not lever.is_shown]
    say("What your records show to save time, most a week first:" if shown else _NOTHING)
    _print_levers(shown, names, context)
    if others:
        say("")
        say("Worth a try; what they save is not known. Beside each the work a week that it is about:")
        _print_levers(others, names, context)
    say("")
    for line in aligned([(names.get(one, one), corner.sentence) for one, corner in review.corners.items()]):
        say(line)
    if review.missing:
        say("")
        say("What is missing:")
        for line in aligned([(names.get(one.routine, one.routine), one.sentence) for one in review.missing]):
            say(line)


_NOTHING = "Your records show no change that would surely save time."


def _print_levers(levers: list[Lever], names: dict[str, str], context: Context) -> None:
    rows = [(_saved(lever), _between(lever), names.get(lever.routine, lever.routine)) for lever in levers]
    for line, lever in zip(aligned(rows, right=frozenset({0})), levers, strict=True):
        context.console.say(f"{line}  {lever.sentence}")
        figures = ", ".join(f"{figure.what} {figure.words}" for figure in lever.evidence)
        context.console.say(f"    {figures}. {lever.how}")


def _saved(lever: Lever) -> str:
    return step_time(lever.saves if lever.is_shown else lever.at_stake)


def _between(lever: Lever) -> str:
    return "" if lever.low is None or lever.high is None else f"{step_time(lever.low)} to {step_time(lever.high)}"
