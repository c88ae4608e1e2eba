"""The table of past runs, newest week first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.durations import total_time
from procroutine.errors import nearest
from procroutine.insight.dates import clock_time, day_name, week_label
from procroutine.insight.history_filter import EVERYTHING, MARKS
from procroutine.insight.past_runs import SORTS, PastRuns
from procroutine.insight.views.common import Standing
from procroutine.insight.views.past import HistoryRow, HistoryRows, HistoryView
from procroutine.insight.weekly import standing_of
from procroutine.text import Shown, counted, in_one_line, shown

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.history_filter import HistoryFilter
    from procroutine.weeks import Week


def history_view(
    runs: PastRuns,
    this_week: Week,
    wanted: HistoryFilter = EVERYTHING,
    sort: str = "newest",
    *,
    name: str | None = None,
    routines: Iterable[str] | None = None,
) -> HistoryView:
    """Draw the runs that a filter wants, in an order; with ids of `routines` only theirs, under a name."""
    there = runs.of_routines(routines)
    chosen = runs.that_fit(wanted, there)
    return HistoryView(
        title=Shown("All routines") if name is None else shown(name),
        facts=_facts(runs, chosen, this_week, None if wanted.wants_all else len(there)),
        rows=_rows(runs, runs.in_order(chosen, sort), this_week),
        long_weeks=any(runs.weeks[place].year != this_week.year for place in chosen),
        filtered=wanted.described(this_week),
        problem=shown(_problem(wanted, bool(chosen))),
        sort=sort,
        order=SORTS[sort],
    )


def _facts(runs: PastRuns, places: Sequence[int], this_week: Week, of: int | None) -> str:
    """Give `last 12 weeks · 61 runs · 48h12`: from the oldest run's week to the present one; of some `3 of 61 runs`."""
    time = total_time(sum([runs.active[place] for place in places], timedelta()))
    if of is not None:
        return f"{len(places)} of {counted(of, 'run')}" + (f" · {time}" if places else "")
    if not places:
        return "no runs"
    weeks = max(this_week - runs.weeks[places[-1]], 0) + 1
    span = "this week" if weeks == 1 else f"last {weeks} weeks"
    return f"{span} · {counted(len(places), 'run')} · {time}"


def _problem(wanted: HistoryFilter, has_found: bool) -> str:
    """Say what cannot be understood; where nothing was found, also what word may have been meant for a term."""
    if wanted.problems or has_found:
        return "; ".join(wanted.problems)
    meant = ((word, nearest(word, MARKS)) for word in wanted.words)
    return next((f"no run has “{word}”: did you mean {term}?" for word, term in meant if term), "")


def _rows(runs: PastRuns, places: Sequence[int], this_week: Week) -> HistoryRows:
    def make(row: int) -> HistoryRow:
        place = places[row]
        is_first = row == 0 or runs.weeks[places[row - 1]] != runs.weeks[place]
        week = week_label(runs.weeks[place], this_week) if is_first else ""
        return _row(runs.heads[place], week, runs.vs_goal(place))

    return HistoryRows([runs.ids[place] for place in places], make)


def _row(head: RunHead, week: str, vs_goal: timedelta | None) -> HistoryRow:
    return HistoryRow(
        run_id=head.id,
        routine_id=head.routine,
        week=week,
        ended_at=head.ended_at,
        finished=f"{day_name(head.ended_at)} {head.ended_at.day:02d} {clock_time(head.ended_at)}",
        name=shown(head.routine_name),
        state=head.state,
        total=head.active,
        vs_goal=vs_goal,
        standing=Standing.NONE if vs_goal is None else standing_of(head.active, head.goal),
        steps=f"{head.steps_done}/{head.steps_total}",
        skipped=head.steps_done < head.steps_total,
        revision="" if head.revision is None else str(head.revision),
        note=in_one_line(" · ".join(note for note in (head.note, *(head.step_notes or {}).values()) if note)),
        left_out=head.left_out,
        corrected=head.corrected,
    )
