"""The table of past runs, newest week first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from procroutine.durations import total_time
from procroutine.insight.dates import clock_time, day_name
from procroutine.insight.views.common import Standing
from procroutine.insight.views.past import HistoryRow, HistoryView
from procroutine.insight.weekly import standing_of
from procroutine.text import Shown, counted, shown
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead


def history_view(
    heads: Iterable[RunHead],
    this_week: Week,
    name: str | None = None,
    text: str = "",
    goal_per_week: Collection[str] = (),
) -> HistoryView:
    """Draw runs, those of one routine where `name` names it, and only those that match `text`.

    Every word of the text must stand somewhere in a run's name, note, state, outcome or week.
    `goal_per_week` has the ids of routines whose goal is one of the week: no single run of theirs
    can be held against it.
    """
    words = text.lower().split()
    wanted = (head for head in heads if not head.deleted and all(word in _searched(head) for word in words))
    chosen = newest_first(wanted)
    return HistoryView(
        title=Shown("All routines") if name is None else shown(name),
        facts=_facts(chosen, this_week),
        rows=tuple(_rows(chosen, this_week, goal_per_week)),
    )


def newest_first(heads: Iterable[RunHead]) -> list[RunHead]:
    """Order runs by their weeks, and in a week by when they ended, the latest first; the later begun where they tie."""

    def when(head: RunHead) -> tuple[int, int, datetime, datetime, str]:
        return head.week.year, head.week.number, head.ended_at, head.started_at, head.id

    return sorted(heads, key=when, reverse=True)


def _searched(head: RunHead) -> str:
    parts = (head.routine_name, head.note or "", head.state, head.outcome or "", str(head.week))
    return " ".join(parts).lower()


def _facts(heads: list[RunHead], this_week: Week) -> str:
    """Give `last 12 weeks · 61 runs · 48h12`: from the oldest run's week to the present one."""
    if not heads:
        return "no runs"
    weeks = max(this_week - heads[-1].week, 0) + 1
    time = sum((head.active for head in heads), timedelta())
    span = "this week" if weeks == 1 else f"last {weeks} weeks"
    return f"{span} · {counted(len(heads), 'run')} · {total_time(time)}"


def _rows(heads: list[RunHead], this_week: Week, goal_per_week: Collection[str]) -> Iterator[HistoryRow]:
    before: Week | None = None
    for head in heads:
        first_of_week = before is None or head.week != before
        before = head.week
        goal = None if head.routine in goal_per_week or head.state != "finished" else head.goal
        yield HistoryRow(
            run_id=head.id,
            routine_id=head.routine,
            week=week_label(head.week, this_week) if first_of_week else "",
            finished=f"{day_name(head.ended_at)} {head.ended_at.day:02d} {clock_time(head.ended_at)}",
            name=shown(head.routine_name),
            state=head.state,
            total=head.active,
            vs_goal=None if goal is None else head.active - goal,
            standing=Standing.NONE if goal is None else standing_of(head.active, goal),
            steps=f"{head.steps_done}/{head.steps_total}",
            skipped=head.steps_done < head.steps_total,
            revision="" if head.revision is None else str(head.revision),
            note=shown(head.note or ""),
        )


def week_label(week: Week, this_week: Week) -> str:
    """Give `W47`, and of another year `W47 2025`."""
    return f"W{week.number}" if week.year == this_week.year else f"W{week.number} {week.year}"
