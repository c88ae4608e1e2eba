"""`run` and the bare command: open the app."""

from __future__ import annotations

import sys

from procroutine.cli.main import OK
from procroutine.cli.words import MAYBE, Word
from procroutine.errors import BadInput, DoesNotFit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from procroutine.cli.main import Context
    from procroutine.cli.words import Options
    from procroutine.history.home import Home


def words_of(name: str) -> tuple[Word, ...]:
    """Give the words of `run`."""
    return (
        Word(name="routine", metavar="ROUTINE", count=MAYBE, help="id or name of the routine to run"),
        Word(name="--until", metavar="T", help="by when the run has to be through, such as 10:30"),
        Word(name="--plain", help="ask line by line, for screen readers and terminals that only print"),
    )


def carry_out(name: str, options: Options, context: Context) -> int:
    """Open the app; with a routine, on its run. The plain mode asks line by line instead."""
    if not options.plain:
        require_terminal(
            context.environment,
            "use run ROUTINE --plain, or start, done, pause, status, history and trends; see procroutine help",
        )
    if options.routine is None and (options.plain or options.until):
        option = "--plain" if options.plain else "--until"
        raise BadInput(f"{option} goes with a routine", f"name it: procroutine run ROUTINE {option}")
    home = sound_home(context)
    routine_id = home.routine(options.routine).id if options.routine else None
    deadline = None
    if options.until is not None:
        from procroutine.moments import parse_until

        deadline = parse_until(options.until, context.clock.read())
    if routine_id is not None and options.plain:
        return _run_plainly(routine_id, deadline, context)
    from procroutine.tui.start import open_app

    return open_app(home, routine_id, context.said, deadline)


def _run_plainly(routine_id: str, deadline: datetime | None, context: Context) -> int:
    from procroutine.cli.plain import run_plainly
    from procroutine.cli.plain_redlines import begins_after
    from procroutine.insight.viewer import Viewer
    from procroutine.settings import read_settings
    from procroutine.tui.verbs import begin_or_resume, redlines_before

    home, read_line = context.home, sys.stdin.readline
    settings, _ = read_settings(context.places.config)
    if not begins_after(context, routine_id, redlines_before(home, routine_id), read_line):
        return OK
    opened = begin_or_resume(home, routine_id, deadline)
    for sentence in opened.said:
        context.console.say(sentence)
    viewer = Viewer(home, settings.comparison.value)
    return run_plainly(context, viewer, opened.run_id, read_line, settings, opened.paused)


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
