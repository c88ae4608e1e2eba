"""`history`: the runs of the past, all or some, in an order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.cli.beginnings import beginnings
from procroutine.cli.console import aligned
from procroutine.cli.main import OK
from procroutine.durations import signed, total_time
from procroutine.errors import BadInput
from procroutine.insight.history_filter import days_of, parse_filter
from procroutine.insight.past_runs import SORTS, PastRuns
from procroutine.insight.run_context import with_goal_of_week
from procroutine.moments import parse_week
from procroutine.routine.entries import present_ids

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from procroutine.cli.main import Context
    from procroutine.history.home import Home
    from procroutine.insight.history_filter import HistoryFilter

_MARKS = (("over_goal", "over"), ("skipped", "skipped"), ("left_out", "left-out"))
"""Options that each stand for a mark of the filter."""


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """Add the words of `history`."""
    parser.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument("routine", metavar="ROUTINE", nargs="?", help="id or name of a routine")
    parser.add_argument("--week", metavar="W", help="only that week, such as 2026-W47")
    parser.add_argument("--since", metavar="D", help="from a date, a week, or a length back such as 90d")
    parser.add_argument("--until", metavar="D", help="up to a date, a week, or a length back, which is included")
    parser.add_argument("--over-goal", action="store_true", help="only runs over their goal")
    parser.add_argument("--skipped", action="store_true", help="only runs with steps that were not done")
    parser.add_argument("--left-out", action="store_true", help="only runs left out of the statistics")
    parser.add_argument("--text", metavar="WORDS", help="only runs with these words in name, note, state or outcome")
    parser.add_argument("--filter", metavar="TEXT", help="as typed in the app: 'over week:W40..W47 note:slow'")
    parser.add_argument("--sort", choices=tuple(SORTS), default="newest", help="the order; newest without")
    parser.add_argument("--limit", metavar="N", type=int, help="at most so many")
    parser.add_argument("--deleted", action="store_true", help="the deleted ones only")


def carry_out(name: str, options: argparse.Namespace, context: Context) -> int:
    """List the runs that are wanted."""
    wanted = _wanted(options, context)
    home = context.whole_home
    ever = home.overview().heads
    runs = PastRuns(
        (head for head in ever if head.deleted == options.deleted), with_goal_of_week(home.library().entries.values())
    )
    found = runs.that_fit(wanted, runs.of_routines(_ids_of(options.routine, home)))
    places = runs.in_order(found, options.sort)[: options.limit]
    if options.json:
        records = home.history().records([runs.heads[place] for place in places])
        context.console.answer({"format": 1, "runs": list(records)})
    elif not places:
        context.console.remark("No runs.")
    else:
        known = (*(head.id for head in ever), *(one.id for one in home.loaded().runs))
        _print(runs, places, beginnings([runs.ids[place] for place in places], known), context)
    return OK


def _wanted(options: argparse.Namespace, context: Context) -> HistoryFilter:
    """Give the filter that the options make together; BadInput where one cannot be read."""
    now = context.clock.read()
    if options.limit is not None and options.limit < 1:
        raise BadInput(f"--limit {options.limit} leaves nothing", "give a number from 1 on")
    wanted = parse_filter(options.filter or "", now)
    if wanted.problems:
        raise BadInput("--filter cannot be understood", wanted.problems[0])
    spans = [(wanted.since, wanted.until)]
    if options.week is not None:
        week = parse_week(options.week, now)
        spans.append((week.monday, week.sunday))
    given = (("since", options.since), ("until", options.until))
    spans += [days_of(kind, text, now) for kind, text in given if text is not None]
    return wanted.replaced(
        words=(*wanted.words, *(options.text or "").casefold().split()),
        marks=(*wanted.marks, *(mark for option, mark in _MARKS if getattr(options, option))),
        since=max((first for first, _ in spans if first is not None), default=None),
        until=min((last for _, last in spans if last is not None), default=None),
    )


def _ids_of(routine: str | None, home: Home) -> frozenset[str] | None:
    """Give the present and former ids of a routine by its id or name; None for all routines; NotFound."""
    if routine is None:
        return None
    wanted, now_called = home.routine_id_known(routine), present_ids(home.library().entries)
    return frozenset((wanted, *(former for former, now in now_called.items() if now == wanted)))


def _print(runs: PastRuns, places: Sequence[int], ids: Sequence[str], context: Context) -> None:
    heading = ("week", "ended", "routine", "total", "vs goal", "steps", "v", "run")
    rows = [(*_row(runs, place), run_id) for place, run_id in zip(places, ids, strict=True)]
    for line in aligned([heading, *rows], right=frozenset({3, 4, 5, 6})):
        context.console.say(line)


def _row(runs: PastRuns, place: int) -> tuple[str, ...]:
    head, over = runs.heads[place], runs.vs_goal(place)
    apart = "abandoned" if head.state == "abandoned" else "left out" if head.left_out else ""
    return (
        str(head.week),
        head.ended_at.strftime("%a %d %b %H:%M"),
        head.routine_name,
        total_time(head.active),
        apart or ("" if over is None else signed(over, "total")),
        f"{head.steps_done}/{head.steps_total}",
        str(head.revision or ""),
    )
