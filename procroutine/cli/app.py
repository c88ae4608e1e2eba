"""`run` and the bare command: open the app."""

from __future__ import annotations

import sys

from procroutine.cli.words import MAYBE, Word
from procroutine.errors import DoesNotFit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from procroutine.cli.main import Context
    from procroutine.cli.words import Options
    from procroutine.history.home import Home


def words_of(name: str) -> tuple[Word, ...]:
    """Give the words of `run`."""
    return (Word(name="routine", metavar="ROUTINE", count=MAYBE, help="id or name of the routine to run"),)


def carry_out(name: str, options: Options, context: Context) -> int:
    """Open the app; with a routine, on its run."""
    require_terminal(
        context.environment,
        "use start, done, pause, status, history or trends, which work without; see procroutine help",
    )
    home = sound_home(context)
    routine_id = home.routine(options.routine).id if options.routine else None
    from procroutine.tui.start import open_app

    return open_app(home, routine_id, context.said)


def sound_home(context: Context) -> Home:
    """Give the home, its history looked after; that is left out where it is just as it was when it was last sound."""
    from procroutine.insight.kept_week import is_past_as_kept

    home = context.home
    return home if is_past_as_kept(home.places, home.clock.read()) else context.whole_home


def require_terminal(environment: Mapping[str, str], remedy: str) -> None:
    """Refuse to open the app where it could not be drawn; `remedy` says what works there. DoesNotFit."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise DoesNotFit("this is no terminal, and the app needs one", remedy)
    if environment.get("TERM") == "dumb":
        raise DoesNotFit("this terminal can only print lines (TERM is dumb), and the app needs a whole screen", remedy)
