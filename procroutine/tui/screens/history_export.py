"""The runs that History lists, as a table for other programs."""

from __future__ import annotations

from procroutine.insight.views.past import HistoryRow, HistoryView
from procroutine.tui.screens.exports import csv_text

_HEADER = (
    *("run", "routine", "name", "finished", "state", "total_seconds", "vs_goal_seconds", "steps", "revision", "note"),
    *("ended_at", "left_out", "corrected"),
)


def runs_as_csv(view: HistoryView) -> str:
    """Give one line a run, as listed and in that order; times in seconds."""
    return csv_text(_HEADER, map(_cells, view.rows))


def _cells(row: HistoryRow) -> tuple[object, ...]:
    vs_goal = None if row.vs_goal is None else row.vs_goal.total_seconds()
    told = row.ended_at.isoformat(timespec="seconds"), _yes(row.left_out), _yes(row.corrected)
    texts = (row.run_id, row.routine_id, row.name, row.finished, row.state)
    return *texts, row.total.total_seconds(), vs_goal, row.steps, row.revision, row.note, *told


def _yes(so: bool) -> str:
    return "yes" if so else ""
