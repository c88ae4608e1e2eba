"""`step`: one step of a routine through time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.cli.console import aligned
from procroutine.cli.main import OK
from procroutine.durations import step_time
from procroutine.errors import BadInput
from procroutine.insight.step_page import changes_in_words, facts_of

if TYPE_CHECKING:
    import argparse

    from procroutine.cli.main import Context

_ALL_WEEKS = 5200
"""Weeks, a century: nobody has more, and longer spans begin before any date."""
_FIGURES = ("last", "usual", "median", "best", "planned")


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of `step`."""
    parser.add_argument("routine", metavar="ROUTINE", help="id or name of a routine")
    parser.add_argument("step", metavar="STEP", help="id, title or number of a step")
    parser.add_argument("--weeks", metavar="N", type=int, help="how many weeks; all without")
    parser.add_argument("--json", action="store_true", help="as JSON")


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """Print what is known of the step."""
    from procroutine.insight.viewer import Viewer

    if options.weeks is not None and options.weeks < 1:
        raise BadInput(f"--weeks {options.weeks} leaves nothing", "give a number from 1 on")
    weeks = options.weeks if options.weeks is not None and options.weeks <= _ALL_WEEKS else 0
    home = context.whole_home
    runs, routine_id = Viewer(home).past.runs, home.routine_id_known(options.routine)
    answer = runs.step_answer(routine_id, runs.step_named(routine_id, options.step), weeks)
    if options.json:
        context.console.answer(answer)
    else:
        _print(answer, weeks, context)
    return OK


def _print(answer: dict[str, Any], weeks: int, context: Context) -> None:
    say = context.console.say
    say(f"{answer['title']} · {answer['routine_name']}")
    say(facts_of(answer["times"], answer["runs"], answer["skipped"], weeks))
    say("   ".join(f"{name} {_time(answer[f'{name}_seconds'])}" for name in _FIGURES))
    for line in changes_in_words(answer["revisions"]):
        say(line)
    rows = [
        (note["started_at"][:10], _time(note["time_seconds"]), ", ".join(note["systems"]), note["text"])
        for note in answer["notes"]
    ]
    for line in aligned(rows, right=frozenset({1})):
        say(line)


def _time(seconds: float | None) -> str:
    return "–" if seconds is None else step_time(timedelta(seconds=seconds))
