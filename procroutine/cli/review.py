"""`review`: where the time goes and what to change first."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from procroutine.cli.console import aligned
from procroutine.cli.main import OK
from procroutine.cli.review_text import review_lines
from procroutine.durations import total_time
from procroutine.errors import DoesNotFit, quoted
from procroutine.improvement.alternatives import choices_answer, facts_of
from procroutine.improvement.book import book_in
from procroutine.improvement.load import RESTS_ON, each_of, load_answer, shared_answer
from procroutine.improvement.outcome_answer import kept_answer, kept_lines
from procroutine.improvement.phase_reading import path_if_any
from procroutine.improvement.review_answer import review_answer
from procroutine.insight.viewer import Viewer
from procroutine.text import as_typed, counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping, Sequence
    from typing import Any, NoReturn

    from procroutine.cli.main import Context
    from procroutine.improvement.alternatives import StepChoice
    from procroutine.improvement.book import Book
    from procroutine.improvement.ground import Ground
    from procroutine.improvement.load import SharedSystem, WeekLoad
    from procroutine.routine.entries import Library


_WIDTH = 98
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
    book = book_in(home, routine)
    if routine is not None and book.ground.of(routine) is None:
        _refuse(routine, home.library(), book.ground)
    if options.json:
        context.console.answer(_answer(book, routine))
        return OK
    names = {one.routine.id: one.routine.name for one in book.ground.routines}
    path = None if routine is None else path_if_any(home, Viewer(home).past, routine)
    if path is not None:
        context.console.say(path.line)
        context.console.say("")
    for line in review_lines(book.review, names, briefly=routine is None):
        context.console.say(line)
    for line in kept_lines(book.kept, names):
        context.console.say(line)
    _print_choices(book.choices, names if routine is None else {}, context)
    if routine is None:
        _print_week(book.load, book.shared, context)
        for fault in book.faults:
            context.console.remark(str(fault))
    return OK


def _answer(book: Book, routine: str | None) -> dict[str, Any]:
    """Give what is said of one routine, or of all with what they take together."""
    told = review_answer(book.review)
    told |= {"alternatives": choices_answer(book.choices), "kept": kept_answer(book.kept)}
    if routine is None:
        told |= {"load": load_answer(book.load), "shared_systems": shared_answer(book.shared)}
    return told


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


def _print_choices(choices: Sequence[StepChoice], names: Mapping[str, str], context: Context) -> None:
    """Print which system of a step is quicker; where routines have `names` also whose step it is."""
    for choice in choices:
        whose = f"{names[choice.routine]}, " if choice.routine in names else ""
        context.console.say("")
        context.console.say(f"{whose}{choice.title}: {facts_of(choice)}.")
        for pair in choice.pairs:
            context.console.say(f"    {pair.sentence}.")


def _print_week(load: WeekLoad, shared: Sequence[SharedSystem], context: Context) -> None:
    say = context.console.say
    say("")
    if load.routines:
        say(f"All routines take {load.sentence}")
        for line in textwrap.wrap(f"{RESTS_ON}:", _WIDTH):
            say(f"  {line}")
    rows = [(total_time(one.week), one.name, each_of(one)) for one in load.routines]
    _print_table(rows, "routine", context)
    if shared:
        say("")
        say("Systems in several routines, and what they take of a week:")
        rows = [(total_time(one.a_week), one.name, counted(len(one.routines), "routine")) for one in shared]
        _print_table(rows, "system", context)


def _print_table(rows: list[tuple[str, str, str]], what: str, context: Context) -> None:
    for line in aligned(rows[:_MOST], right=frozenset({0})):
        context.console.say(f"    {line}")
    if len(rows) > _MOST:
        context.console.say(f"    and {counted(len(rows) - _MOST, what)} more: procroutine review --json has all.")
