"""`phase`: how far a routine has come on the path of five phases; moving it on or back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.cli.main import OK
from procroutine.errors import DoesNotFit, quoted
from procroutine.improvement.phase_answer import phase_answer, phase_lines
from procroutine.routine.model import Phase
from procroutine.text import as_typed

if TYPE_CHECKING:
    import argparse

    from procroutine.cli.main import Context


def add_arguments(_name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of `phase`."""
    parser.add_argument("routine", metavar="ROUTINE", help="id or name of a routine")
    phases = [phase.value for phase in Phase]
    parser.add_argument("phase", metavar="PHASE", nargs="?", choices=phases, help=f"move it to: {', '.join(phases)}")
    parser.add_argument("--json", action="store_true", help="as JSON")


def carry_out(_name: str, options: argparse.Namespace, context: Context) -> int:
    """Tell how far it has come, after moving it where that was asked for."""
    from procroutine.improvement.phase_reading import move, path_of_routine
    from procroutine.improvement.phases import NAMES
    from procroutine.insight.viewer import Viewer

    home = context.whole_home
    routine_id = home.routine_id_known(options.routine)
    entry = home.library().entries.get(routine_id)
    if entry is not None and entry.routine is None:
        raise DoesNotFit(f"the file of {quoted(routine_id)} has problems", "see procroutine check")
    if options.phase is not None:
        before = move(home, routine_id, Phase(options.phase))
        if before.value != options.phase:
            back = f"procroutine phase {as_typed(routine_id)} {before.value}"
            names = NAMES[before], NAMES[Phase(options.phase)]
            context.console.remark(f"Moved from {names[0]} to {names[1]}. To move it back: {back}")
    path = path_of_routine(home, Viewer(home).past, routine_id)
    if options.json:
        context.console.answer(phase_answer(path))
    else:
        for line in phase_lines(path):
            context.console.say(line)
    return OK
