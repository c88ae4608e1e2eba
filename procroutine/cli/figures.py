"""`trends` and `targets`: the figures of one routine."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.cli.console import aligned
from procroutine.cli.main import OK
from procroutine.durations import parse_duration, step_time, total_time
from procroutine.errors import BadInput
from procroutine.text import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from procroutine.cli.main import Context
    from procroutine.routine.model import System

_WEEKS = 26


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of one command."""
    parser.add_argument("routine", metavar="ROUTINE", help="id or name of a routine")
    parser.add_argument("--json", action="store_true", help="as JSON")
    if name == "trends":
        parser.add_argument("--weeks", metavar="N", type=int, help=f"how many weeks; {_WEEKS} without")
        parser.add_argument(
            "--backtest", action="store_true", help="the odds given before each past run against the goals kept"
        )
    else:
        parser.add_argument("--goal", metavar="D", help="another goal than the routine's, such as 1h")


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """Carry out one command."""
    return _trends(options, context) if name == "trends" else _targets(options, context)


def _trends(options: argparse.Namespace, context: Context) -> int:
    from procroutine.insight.answers import Answers

    weeks = _WEEKS if options.weeks is None else options.weeks
    if weeks < 1:
        raise BadInput(f"--weeks {weeks} leaves nothing", "give a number from 1 on")
    if options.backtest and options.weeks is not None:
        raise BadInput("--backtest is about all runs", "leave --weeks out")
    home = context.whole_home
    if options.backtest:
        return _backtest(Answers(home).backtest_answer(home.routine_id_known(options.routine)), options, context)
    routine_id = home.routine_id_known(options.routine)
    if options.json:
        context.console.answer(Answers(home).trends_answer(routine_id, weeks))
        return OK
    from procroutine.cli.trends_text import trends_lines
    from procroutine.settings import read_settings

    by_medians = read_settings(context.places.config)[0].median_limits
    for line in trends_lines(Answers(home).past.trends(routine_id, weeks, by_medians=by_medians)):
        context.console.say(line)
    return OK


def _backtest(answer: dict[str, Any], options: argparse.Namespace, context: Context) -> int:
    if options.json:
        context.console.answer(answer)
        return OK
    rows = [
        (
            f"{band['low']:.0%} to {band['high']:.0%}".replace("%", " %"),
            str(band["runs"]),
            str(band["met"]),
            f"{band['share_met']:.0%}".replace("%", " %"),
        )
        for band in answer["bands"]
    ]
    if rows:
        for line in aligned([("odds given", "runs", "kept", "share"), *rows], right=frozenset({1, 2, 3})):
            context.console.say(line)
    context.console.say(answer["sentence"])
    return OK


def _total(seconds: float) -> str:
    return total_time(timedelta(seconds=seconds))


def _targets(options: argparse.Namespace, context: Context) -> int:
    from procroutine.insight.answers import Answers

    goal = None if options.goal is None else parse_duration(options.goal)
    home = context.whole_home
    answers, routine_id = Answers(home), home.routine_id_known(options.routine)
    answer, systems = answers.targets_answer(routine_id, goal), answers.past.routine(routine_id).systems
    if options.json:
        context.console.answer(answer)
        return OK
    names = ("usual", "best_run", "last", "average", "planned", "goal_split", "best")
    rows = [(_named(step, systems), *(_step(step[f"{name}_seconds"]) for name in names)) for step in answer["steps"]]
    total = ("total", *(_step(answer["totals"][f"{name}_seconds"]) for name in names))
    heading = ("step", *(name.replace("_", " ") for name in names[:-1]), "sum of best")
    for line in aligned([heading, *rows, total], right=frozenset(range(1, 8))):
        context.console.say(line)
    context.console.say(_odds_sentence(answer))
    return OK


def _named(step: dict[str, Any], systems: Mapping[str, System]) -> str:
    """Name a step, with the system whose turn it is where the times are those with it."""
    title, system = str(step["title"]), step["alternative"]
    if system is None:
        return title
    return f"{title} with {systems[system].name if system in systems else system}"


def _odds_sentence(answer: dict[str, Any]) -> str:
    from procroutine.insight.goal_words import NOTHING_LEFT
    from procroutine.insight.outlook import percent

    half, likely, reason = (answer[key] for key in ("half_within_seconds", "likely_within_seconds", "odds_reason"))
    if half is None:
        return str(reason)
    times = f"50 % within {_total(half)}, 85 % within {_total(likely)}"
    if count := len(answer["only_planned"]):
        times += f"; {counted(count, 'step')} only as planned"
    if answer["odds"] is None:
        return times
    if not answer["goal_seconds"]:
        return f"{NOTHING_LEFT}; {times}"
    return f"{percent(answer['odds'])} to finish within {_total(answer['goal_seconds'])}; {times}"


def _step(seconds: float | None) -> str:
    return step_time(timedelta(seconds=seconds)) if seconds is not None else ""
