"""`run` and the bare command: open the app."""

from __future__ import annotations

import sys

from procroutine.cli.words import MAYBE, Word
from procroutine.errors import DoesNotFit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from procroutine.cli.main import Context
    from procroutine.cli.words import Options


def words_of(name: str) -> tuple[Word, ...]:
    """Give the words of `run`."""
    return (Word(name="routine", metavar="ROUTINE", count=MAYBE, help="id or name of the routine to run"),)


def carry_out(name: str, options: Options, context: Context) -> int:
    """Open the app; with a routine, on its run."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise DoesNotFit(
            "this is no terminal, and the app needs one",
            "use start, done, pause, status, history or trends, which work without; see procroutine help",
        )
    home = context.home
    routine_id = home.routine(options.routine).id if options.routine else None
    from procroutine.tui.start import open_app

    return open_app(home, context.environment, routine_id)
