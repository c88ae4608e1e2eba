"""`compare`: two runs step by step, or a run and the usual times of its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.cli.console import aligned
from procroutine.cli.main import OK
from procroutine.durations import signed, step_time, total_time
from procroutine.insight.compare_answer import compare_answer
from procroutine.insight.compare_view import compare_view

if TYPE_CHECKING:
    import argparse
    from datetime import timedelta

    from procroutine.cli.main import Context
    from procroutine.insight.views.compare import CompareRow, CompareView

_KNOWN = ("before", "best", "usual")


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of `compare`."""
    parser.add_argument("run", metavar="RUN", help="a run, by a unique beginning of its id")
    parser.add_argument(
        "other",
        metavar="WITH",
        nargs="?",
        default="before",
        help="another run, or: before (the run before, as without), best, usual (the usual times of its steps)",
    )
    parser.add_argument("--json", action="store_true", help="as JSON")


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """Compare the two."""
    from procroutine.insight.viewer import Viewer

    home = context.whole_home
    run_id = home.run_named(options.run)
    other = options.other if options.other in _KNOWN else home.run_named(options.other)
    two = Viewer(home).past.runs.compared(run_id, other)
    if options.json:
        context.console.answer(compare_answer(two))
    else:
        _print(compare_view(two), context)
    return OK


def _print(view: CompareView, context: Context) -> None:
    say = context.console.say
    say(view.title)
    for line in aligned([(side.label, side.place) for side in (view.earlier, view.later)]):
        say(line)
    heading = ("step", view.earlier.label, view.later.label, "change", "")
    total = ("total", total_time(view.earlier.total), total_time(view.later.total), signed(view.difference), "")
    for line in aligned([heading, *map(_row, view.rows), total], right=frozenset({1, 2, 3})):
        say(line)
    if view.parts:
        say(", ".join(f"{part.name} {signed(part.change)}" for part in view.parts))


def _row(row: CompareRow) -> tuple[str, ...]:
    change = "" if row.difference is None else signed(row.difference)
    return row.title, _time(row.earlier), _time(row.later), change, row.remark


def _time(length: timedelta | None) -> str:
    return "–" if length is None else step_time(length)
