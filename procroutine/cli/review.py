"""`review`: where the time goes and what to change first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.cli.console import aligned
from procroutine.cli.main import OK
from procroutine.durations import step_time, total_time
from procroutine.improvement.alternatives import choices_answer, choices_of, facts_of
from procroutine.improvement.ground_reading import read_ground
from procroutine.improvement.load import each_of, load_answer, shared_answer, shared_systems, week_load
from procroutine.improvement.review import review_of
from procroutine.improvement.review_answer import review_answer
from procroutine.settings import read_settings
from procroutine.text import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from procroutine.cli.main import Context
    from procroutine.improvement.alternatives import StepChoice
    from procroutine.improvement.ground import Ground
    from procroutine.improvement.levers.lever import Lever
    from procroutine.improvement.load import SharedSystem, WeekLoad
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
    review, choices = review_of(ground, routine), choices_of(ground, routine)
    load = None if routine is not None else week_load(ground, read_settings(context.places.config)[0].hours_a_week)
    shared = () if routine is not None else shared_systems(ground)
    if options.json:
        together = {} if load is None else {"load": load_answer(load), "shared_systems": shared_answer(shared)}
        context.console.answer(review_answer(review) | {"alternatives": choices_answer(choices)} | together)
        return OK
    _print(review, ground, context)
    _print_choices(choices, context)
    if load is not None:
        _print_week(load, shared, context)
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


def _print_choices(choices: Sequence[StepChoice], context: Context) -> None:
    for choice in choices:
        context.console.say("")
        context.console.say(f"{choice.title}: {facts_of(choice)}.")
        for pair in choice.pairs:
            context.console.say(f"    {pair.sentence}.")


def _print_week(load: WeekLoad, shared: Sequence[SharedSystem], context: Context) -> None:
    say = context.console.say
    say("")
    say(f"All routines take {load.sentence}")
    rows = [(total_time(one.week), one.name, each_of(one)) for one in load.routines]
    for line in aligned(rows, right=frozenset({0})):
        say(f"    {line}")
    if shared:
        say("")
        say("Systems in several routines:")
        rows = [(total_time(one.a_week), one.name, counted(len(one.routines), "routine")) for one in shared]
        for line in aligned(rows, right=frozenset({0})):
            say(f"    {line}")


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
