"""The report of one routine in one week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from procroutine.history.columns import column
from procroutine.history.routine_runs import Heads
from procroutine.insight.behaviour import Point, behaviour_of
from procroutine.insight.report_due import dues_of, standing_at
from procroutine.insight.report_next import usual_length, usual_week
from procroutine.insight.report_words import remarks_on
from procroutine.insight.routine_week import RoutineWeek
from procroutine.insight.score import score_of, soft_score
from procroutine.insight.signal_words import signal_words
from procroutine.insight.views.report import ReportRoutine, ReportRun, ReportSignal
from procroutine.insight.weekly import WeeklyValue, chart_of, counts, value_of_runs, weekly_values
from procroutine.routine.due import missed_weeks
from procroutine.routine.model import GoalPer
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.history.recorded_runs import RecordedRun
    from procroutine.history.routine_runs import RoutineRuns
    from procroutine.insight.report_ground import RoutineGround, Span
    from procroutine.insight.views.common import ChartData
    from procroutine.routine.due import DueStanding
    from procroutine.run.states import RunState

ZERO = timedelta()


def signals_in(
    week: Week,
    heads: Iterable[RunHead],
    goal_per: GoalPer,
    real_changes: Collection[int] = (),
    *,
    by_medians: bool = False,
) -> Iterator[tuple[str, str]]:
    """Give rule and sentence of each signal of the whole history that stands in a week."""
    behaviour = behaviour_of(points_of_runs(heads, goal_per), real_changes, by_medians=by_medians)
    for signal in behaviour.signals:
        if behaviour.points[signal.place].week == week:
            yield signal.rule, signal_words(signal, behaviour.points, behaviour.parts)


def points_of_runs(heads: Iterable[RunHead], goal_per: GoalPer) -> list[Point]:
    """Give the points that `behaviour.points_of` gives of the weeks of some runs, in any order.

    There may be thousands of runs, so that no week is made whole.
    """
    lengths: dict[Week, list[timedelta]] = defaultdict(list)
    revisions: dict[Week, int] = {}
    counted = [head for head in heads if counts(head)]
    for head, length in zip(counted, column(counted, "active"), strict=True):
        week = Week.of(head.day)
        lengths[week].append(length)
        if head.revision is not None:
            revisions[week] = max(revisions.get(week, head.revision), head.revision)
    return [
        Point(
            week=week,
            value=sum(own, ZERO) / (1 if goal_per is GoalPer.WEEK else len(own)),
            revision=revisions.get(week),
        )
        for week, own in sorted(lengths.items(), key=lambda item: item[0])
    ]


CHARTED = 26
"""Weeks in a chart."""
FEW = 8
"""Weeks in it where the routine is not older."""


class RoutineInWeek:
    """One routine in one week: what happened, and the report of it."""

    def __init__(
        self,
        one: RoutineGround,
        week: Week,
        span: Span,
        records: Mapping[str, RecordedRun],
        open_runs: Sequence[RunState],
    ) -> None:
        """Look up its due dates and its runs."""
        self.one = one
        self._week, self._span, self._records = week, span, records
        own = one.between(week.monday, week.sunday)
        self.counted = [head for head in own if counts(head)]
        self.dues = dues_of(one, span)
        self.runs = (*(self._run(head) for head in own), *map(_open_run, open_runs))

    def order(self) -> tuple[datetime, str, str]:
        """Order routines by when they were first due, else run, then by name."""
        moments = [due.at for due in self.dues[:1]] or [run.started_at for run in self.runs[:1]]
        return moments[0], self.one.name.casefold(), self.one.id

    def report(self) -> ReportRoutine:
        """Give its report."""
        goal, goal_per = self._goal()
        (value,) = weekly_values(self.counted, goal, goal_per, self._week, self._week)
        standing = self._standing
        return ReportRoutine(
            id=self.one.id,
            name=self.one.name,
            dues=self.dues,
            runs=self.runs,
            total=value.total,
            value=value.value,
            goal=goal,
            goal_per=goal_per,
            met=value.met,
            usual=(usual_week if goal_per is GoalPer.WEEK else usual_length)(self.one, self._week),
            week_score=None if value.value is None or not goal else soft_score(value.value, goal),
            score=score_of(self._as_of_then()),
            streak=standing.streak,
            streak_weeks=standing.streak_weeks,
            put_off=standing.put_off,
            put_off_weeks=standing.put_off_weeks,
            chart=self._chart(goal, goal_per),
            remarks=remarks_on(standing, self.runs),
        )

    def signals(self, real_changes: Collection[int], *, by_medians: bool) -> Iterator[ReportSignal]:
        """Give the signals of the whole history that this week completes, as Trends names them."""
        if not self.counted:
            return
        heads, goal_per = self.one.runs.heads, self._present_goal_per
        for rule, sentence in signals_in(self._week, heads, goal_per, real_changes, by_medians=by_medians):
            yield ReportSignal(routine_id=self.one.id, routine=self.one.name, rule=rule, sentence=sentence)

    @cached_property
    def _standing(self) -> DueStanding:
        return standing_at(self.one, self._span)

    @property
    def _present_goal_per(self) -> GoalPer:
        return GoalPer.RUN if self.one.routine is None else self.one.routine.goal_per

    def _run(self, head: RunHead) -> ReportRun:
        record = self._records.get(head.id)
        state = "abandoned" if head.state == "abandoned" else "left_out" if head.left_out else "counted"
        return ReportRun(
            id=head.id,
            state=state,
            started_at=head.started_at,
            active=head.active,
            steps_done=head.steps_done,
            steps_total=head.steps_total,
            complete=head.complete,
            outcome=head.outcome,
            corrected=head.corrected,
            note=head.note,
            reason=record.left_out if record is not None and head.left_out else None,
        )

    def _goal(self) -> tuple[timedelta | None, GoalPer]:
        """Give the goal that was in force: that of the week's newest run, else the present one."""
        for head in reversed(self.counted):
            record = self._records.get(head.id)
            if record is not None and record.run.definition:
                return record.run.goal, GoalPer.WEEK if record.run.is_goal_of_week else GoalPer.RUN
        goal = self.one.routine.goal if self.one.routine is not None else None
        return goal or next((head.goal for head in reversed(self.counted)), None), self._present_goal_per

    def _chart(self, goal: timedelta | None, goal_per: GoalPer) -> ChartData:
        days = self.one.days_until(self._span.last)
        if not days:
            return chart_of((), goal, self._week)
        age = self._week - Week.of(min(days))
        first = self._week + -min(age, _reach(age))
        heads = self.one.between(first.monday, self._span.last)
        values = weekly_values(heads, goal, goal_per, first, self._week)
        schedule, _ = self.one.in_force(self._span.first, self._span.last)
        missed = missed_weeks(schedule, days, values[0].week, values[-1].week) if schedule is not None else ()
        present = self._week if self._span.unfinished else self._week + 1
        return chart_of(values, goal, present, frozenset(self.one.off), missed)

    def _as_of_then(self) -> RoutineWeek:
        """Give the routine as of the week's end or now, as the score asks for it."""
        return RoutineWeek(
            id=self.one.id,
            name=self.one.name,
            entry=None,
            routine=self.one.routine,
            runs=self._runs_until(self._span.last_run_day),
            done=(),
            run=None,
            beside=False,
            standing=self._standing,
            off_weeks=frozenset(self.one.off),
            revision=None,
            now=self._span.as_of,
        )

    def _runs_until(self, last: date) -> RoutineRuns:
        """Give the runs up to a day, without what only This week asks for."""
        if self._span.unfinished:
            return self.one.runs
        return self.one.runs.replaced(
            heads=Heads(self.one.until(last)), days=tuple(self.one.days_until(last)), lengths=None
        )


def _reach(age: int) -> int:
    return CHARTED - 1 if age >= FEW else FEW - 1


def weeks_with_runs(
    heads: Iterable[RunHead], goal_per: GoalPer, goal: timedelta | None = None
) -> tuple[WeeklyValue, ...]:
    """Give the weeks that have a run that counts, oldest first; heads in any order."""
    by_week: dict[Week, list[RunHead]] = {}
    for head in heads:
        if counts(head):
            by_week.setdefault(Week.of(head.day), []).append(head)
    return tuple(value_of_runs(week, by_week[week], goal, goal_per) for week in sorted(by_week))


def _open_run(run: RunState) -> ReportRun:
    return ReportRun(
        id=run.id,
        state="open",
        started_at=run.started_at,
        active=run.active,
        steps_done=sum(step.state == "done" for step in run.steps),
        steps_total=len(run.steps),
        complete=False,
    )
