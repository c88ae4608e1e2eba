"""`review`: where the time goes and what to change first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.cli.console import aligned
from procroutine.cli.main import OK
from procroutine.cli.review_text import review_lines
from procroutine.durations import total_time
from procroutine.errors import DoesNotFit, quoted
from procroutine.improvement.alternatives import choices_answer, choices_of, facts_of
from procroutine.improvement.ground_reading import read_ground
from procroutine.improvement.load import each_of, load_answer, shared_answer, shared_systems, week_load
from procroutine.improvement.outcome_of_change import kept_answer, kept_lines, outcomes_of_changes
from procroutine.improvement.phase_reading import path_if_any
from procroutine.improvement.review import review_of
from procroutine.improvement.review_answer import review_answer
from procroutine.insight.viewer import Viewer
from procroutine.settings import read_settings
from procroutine.text import as_typed, counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from typing import NoReturn

    from procroutine.cli.main import Context
    from procroutine.improvement.alternatives import StepChoice
    from procroutine.improvement.ground import Ground
    from procroutine.improvement.load import SharedSystem, WeekLoad
    from procroutine.routine.entries import Library


_MOST = 20
"""Rows of a table; the answer as JSON has all."""


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of `review`."""
    parser.add_argument("routine", metavar="ROUTINE", nargs="?", help="id or name of a routine; all without")
    parser.add_argument("--json", action="store_true", help="as JSON")


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """Review one routine or all."""
    home = context.whole_home
    routine = None if options.routine is None else home.routine_id_known(options.routine)
    ground = read_ground(home)
    if routine is not None and ground.of(routine) is None:
        _refuse(routine, home.library(), ground)
    review, choices = review_of(ground, routine), choices_of(ground, routine)
    settings, faults = read_settings(context.places.config)
    load = None if routine is not None else week_load(ground, settings.hours_a_week)
    shared = () if routine is not None else shared_systems(ground)
    kept = outcomes_of_changes(home, [one.routine for one in ground.routines if routine in (None, one.routine.id)])
    if options.json:
        together = {} if load is None else {"load": load_answer(load), "shared_systems": shared_answer(shared)}
        context.console.answer(
            review_answer(review) | {"alternatives": choices_answer(choices), "kept": kept_answer(kept)} | together
        )
        return OK
    names = {one.routine.id: one.routine.name for one in ground.routines}
    path = None if routine is None else path_if_any(home, Viewer(home).past, routine)
    if path is not None:
        context.console.say(path.line)
        context.console.say("")
    for line in review_lines(review, names, briefly=routine is None):
        context.console.say(line)
    for line in kept_lines(kept, names):
        context.console.say(line)
    _print_choices(choices, context)
    if load is not None:
        _print_week(load, shared, context)
        for fault in faults:
            context.console.remark(str(fault))
    return OK


def _refuse(routine: str, library: Library, ground: Ground) -> NoReturn:
    """Say of a routine without a file that can be read what there is of it."""
    if routine in library.entries:
        raise DoesNotFit(f"the file of {quoted(routine)} has problems", "see procroutine check")
    runs = next((one.runs for one in ground.unread if one.routine == routine), 0)
    past = f"see procroutine trends {as_typed(routine)}"
    raise DoesNotFit(
        f"{quoted(routine)} has {counted(runs, 'run')} that count{'s' * (runs == 1)}, but no file that says what its"
        " steps are now",
        f"write {quoted(f'{routine}.toml')} into the routines folder, or {past}",
    )


def _print_choices(choices: Sequence[StepChoice], context: Context) -> None:
    for choice in choices:
        context.console.say("")
        context.console.say(f"{choice.title}: {facts_of(choice)}.")
        for pair in choice.pairs:
            context.console.say(f"    {pair.sentence}.")


def _print_week(load: WeekLoad, shared: Sequence[SharedSystem], context: Context) -> None:
    say = context.console.say
    say("")
    if load.routines:
        say(f"All routines take {load.sentence}")
        say("  Each its runs a week × its usual time, in which the newest runs count most:")
    rows = [(total_time(one.week), one.name, each_of(one)) for one in load.routines]
    _print_table(rows, "routine", context)
    if shared:
        say("")
        say("Systems in several routines:")
        rows = [(total_time(one.a_week), one.name, counted(len(one.routines), "routine")) for one in shared]
        _print_table(rows, "system", context)


def _print_table(rows: list[tuple[str, str, str]], what: str, context: Context) -> None:
    for line in aligned(rows[:_MOST], right=frozenset({0})):
        context.console.say(f"    {line}")
    if len(rows) > _MOST:
        context.console.say(f"    and {counted(len(rows) - _MOST, what)} more: procroutine review --json has all.")
