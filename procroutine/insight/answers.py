"""What the command line asks for: the answers that are printed as JSON or as a table, of one home as of now."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from procroutine.clock import zone_of
from procroutine.insight.viewer import Viewer
from procroutine.routine.model import GoalPer


class Answers(Viewer):
    """Answers about one home, from what its views are drawn from."""

    def routines(self) -> dict[str, Any]:
        """Answer `routines --json`."""
        from procroutine.history.routine_runs import by_routine
        from procroutine.insight.routines_answer import routines_json

        reading = self._home.clock.read()
        zone = zone_of(reading)
        overview = self._kept.overview()
        past = self._known_past(overview, by_routine(overview.heads), zone)
        return routines_json(past, reading.wall.astimezone(zone))

    def trends_answer(self, routine_id: str, weeks: int = 26) -> dict[str, Any]:
        """Answer `trends --json`; NotFound where nobody knows the routine."""
        from procroutine.insight.trends_answer import trends_answer

        routine = self.past.routine(routine_id)
        revisions = self.past.revisions.in_brief(routine_id)
        notes = {revision["number"]: revision["note"] for revision in revisions}
        real_changes = [revision["number"] for revision in revisions if revision["real_change"]]
        heads, this_week = self.past.revisions.apart(routine_id).heads, self.past.this_week()
        off = self.past.off_weeks(routine_id)
        return trends_answer(routine, heads, this_week, weeks, notes, real_changes, off)

    def targets_answer(self, routine_id: str, goal: timedelta | None = None) -> dict[str, Any]:
        """Answer `targets --json`, for the routine's own goal or another; NotFound where nobody knows it.

        A run begun now has of a goal of the week what the runs of this week have left of it.
        """
        from procroutine.insight.comparisons import counted_runs
        from procroutine.insight.run_context import left_of_week
        from procroutine.insight.targets_answer import targets_answer

        routine = self.past.routine(routine_id)
        runs, snapshots = self.past.by_definition(routine_id, counted_runs(self.past.heads_of(routine_id)))
        if goal is None and routine.goal is not None and routine.goal_per is GoalPer.WEEK:
            goal = left_of_week(routine.goal, self.past.this_week(), runs)
        no_odds = self.past.why_no_odds(routine_id, runs, routine.goal_per)
        ways = self.past.ways_to_come(routine, runs)
        return targets_answer(routine, runs, routine.goal if goal is None else goal, snapshots, no_odds, ways)

    def backtest_answer(self, routine_id: str) -> dict[str, Any]:
        """Answer `trends --backtest --json`; NotFound where nobody knows the routine."""
        from procroutine.insight.backtest_answer import backtest_answer

        runs, snapshots = self.past.by_definition(routine_id, self.past.heads_of(routine_id))
        return backtest_answer(self.past.routine(routine_id), runs, snapshots)
