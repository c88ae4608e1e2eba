"""`step`: one step of a routine through time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.cli.console import aligned
from procroutine.cli.main import OK
from procroutine.durations import step_time
from procroutine.errors import BadInput
from procroutine.improvement.alternatives import choices_answer, choices_of
from procroutine.improvement.alternatives import facts_of as facts_of_choice
from procroutine.insight.step_page import changes_in_words, facts_of

if TYPE_CHECKING:
    import argparse

    from procroutine.cli.main import Context
    from procroutine.history.home import Home
    from procroutine.improvement.alternatives import StepChoice

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
    past, routine_id = Viewer(home).past, home.routine_id_known(options.routine)
    step_id = past.runs.step_named(routine_id, options.step)
    answer = past.runs.step_answer(routine_id, step_id, weeks)
    has_choice = any(step.id == step_id and len(step.alternatives) > 1 for step in past.routine(routine_id).steps)
    choices = _choices(home, routine_id, step_id) if has_choice else ()
    if options.json:
        context.console.answer(answer | {"alternatives": choices_answer(choices)})
    else:
        _print(answer, choices, weeks, context)
    return OK


def _choices(home: Home, routine_id: str, step_id: str) -> tuple[StepChoice, ...]:
    """Hold the systems of a step against each other, from all runs."""
    from procroutine.improvement.ground_reading import read_ground

    return tuple(choice for choice in choices_of(read_ground(home), routine_id) if choice.step == step_id)


def _print(answer: dict[str, Any], choices: tuple[StepChoice, ...], weeks: int, context: Context) -> None:
    say = context.console.say
    say(f"{answer['title']} · {answer['routine_name']}")
    say(facts_of(answer["times"], answer["runs"], answer["skipped"], answer["left_out"], weeks))
    say("   ".join(f"{name} {_time(answer[f'{name}_seconds'])}" for name in _FIGURES))
    for choice in choices:
        say(f"{facts_of_choice(choice)}.")
        for pair in choice.pairs:
            say(f"{pair.sentence}.")
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
