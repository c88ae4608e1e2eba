"""The report of one ISO year: its totals, its routines, its best weeks, and the map of its weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from procroutine.errors import BadInput, quoted
from procroutine.insight.report import advice_for
from procroutine.insight.report_due import counts_of, dues_of
from procroutine.insight.report_ground import span_of
from procroutine.insight.report_routine import weeks_with_runs
from procroutine.insight.views.report import DueState, ReportDue
from procroutine.insight.views.report_year import CellState, YearCell, YearReport, YearRoutine, YearWeek
from procroutine.insight.weekly import counts, median
from procroutine.routine.model import GoalPer
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.insight.report_ground import Ground, RoutineGround, Span
    from procroutine.insight.weekly import WeeklyValue

ZERO = timedelta()
BEST = 3
"""Weeks that are named as the best."""
_OPEN = (DueState.OPEN, DueState.OVERDUE)


def parse_year(text: str | None, now: datetime) -> int:
    """Read the year of a report, the present ISO year where nothing is given; BadInput for one that has not begun."""
    present = Week.of(now.date()).year
    if text is None:
        return present
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) == 4 and int(text)):
        raise BadInput(f"{quoted(text)} is not a year", f"write four digits, such as {present}")
    if int(text) > present:
        raise BadInput(f"{text} has not begun", f"name {present} or an earlier year")
    return int(text)


def weeks_of_year(year: int) -> tuple[Week, ...]:
    """Give the weeks of an ISO year: 52, in some years 53."""
    last = Week.of(date(year, 12, 28))  # always in the year's last week
    return tuple(Week(year=year, number=number) for number in range(1, last.number + 1))


def year_report(ground: Ground, year: int) -> YearReport:
    """Report on an ISO year as of its end, or of now where it is not over.

    A due date counts in the week of its due day, and was done also by a run in a later week of its period.
    """
    weeks = weeks_of_year(year)
    span = span_of(weeks[0].monday, weeks[-1].sunday, ground.now)
    found = [_RoutineInYear(one, weeks, span) for one in ground.routines]
    parts = [one for one in found if one.dues or one.counted]
    routines = tuple(sorted((one.report() for one in parts), key=lambda one: (-one.total, one.name.casefold(), one.id)))
    own = [head for one in found for head in one.heads]
    made = tuple(_week(week, parts, ground) for week in weeks)
    return YearReport(
        year=year,
        as_of=span.as_of,
        unfinished=span.unfinished,
        counts=counts_of(due for one in parts for due in one.dues),
        runs=sum(week.runs for week in made),
        total=sum((week.total for week in made), ZERO),
        met=sum(week.met for week in made),
        met_of=sum(week.met_of for week in made),
        weeks=made,
        routines=routines,
        best=_best(made, Week.of(span.today)),
        left_out=sum(head.left_out and head.state == "finished" for head in own),
        abandoned=sum(head.state == "abandoned" for head in own),
        advice=None if routines else advice_for(ground, f"{year}", weeks[-1], has_next=True),
    )


class _RoutineInYear:
    """One routine in the year."""

    def __init__(self, one: RoutineGround, weeks: Sequence[Week], span: Span) -> None:
        self.one, self._weeks, self._today = one, weeks, Week.of(span.today)
        self.heads = one.between(weeks[0].monday, weeks[-1].sunday)
        self.counted = [head for head in self.heads if counts(head)]
        self.dues = dues_of(one, span, carried=False)
        self.by_week: dict[Week, list[ReportDue]] = defaultdict(list)
        for due in self.dues:
            self.by_week[Week.of(due.at.date())].append(due)
        self.values: Mapping[Week, WeeklyValue] = {
            value.week: value for value in weeks_with_runs(self.counted, self._goal_per, self._goal)
        }

    @property
    def _goal(self) -> timedelta | None:
        """Give the goal that all of the year is held against: the present one, else that of the newest run."""
        if self.one.routine is not None:
            return self.one.routine.goal
        return next((head.goal for head in reversed(self.counted)), None)

    @property
    def _goal_per(self) -> GoalPer:
        return GoalPer.RUN if self.one.routine is None else self.one.routine.goal_per

    def report(self) -> YearRoutine:
        """Give its report."""
        return YearRoutine(
            id=self.one.id,
            name=self.one.name,
            goal=self._goal,
            goal_per=self._goal_per,
            runs=len(self.counted),
            total=sum((head.active for head in self.counted), ZERO),
            median=self._median(),
            met=sum(value.met is True for value in self.values.values()),
            met_of=sum(value.met is not None for value in self.values.values()),
            counts=counts_of(self.dues),
            cells=tuple(self._cell(week) for week in self._weeks),
        )

    def _median(self) -> timedelta | None:
        """Give the middle of what the goal is for: the runs, or the weeks' sums."""
        if self._goal_per is GoalPer.WEEK:
            return median(value.total for value in self.values.values())
        return median(head.active for head in self.counted)

    def _cell(self, week: Week) -> YearCell:
        value = self.values.get(week)
        if value is not None:
            state = CellState.DONE if value.met is None else CellState.MET if value.met else CellState.OVER
            return YearCell(week=week, state=state, value=value.value, runs=len(value.runs))
        if week in self.one.off:
            return YearCell(week=week, state=CellState.OFF, reason=self.one.off[week])
        return YearCell(week=week, state=self._without_run(week))

    def _without_run(self, week: Week) -> CellState:
        states = {due.state for due in self.by_week.get(week, ())}
        if DueState.NOT_DONE in states:
            return CellState.MISSED
        return CellState.TO_COME if self._today < week or states & {*_OPEN} else CellState.NOTHING


def _week(week: Week, parts: Iterable[_RoutineInYear], ground: Ground) -> YearWeek:
    values = [one.values[week] for one in parts if week in one.values]
    dues = [due for one in parts for due in one.by_week.get(week, ())]
    off = [off.reason for off in ground.weeks_off if off.week == week and off.routine is None]
    return YearWeek(
        week=week,
        counts=counts_of(dues),
        runs=sum(len(value.runs) for value in values),
        total=sum((value.total for value in values), ZERO),
        met=sum(value.met is True for value in values),
        met_of=sum(value.met is not None for value in values),
        off=off[-1] if off else None,
    )


def _best(weeks: Iterable[YearWeek], present: Week) -> tuple[Week, ...]:
    """Give the best of the weeks that are over: by the share done, by that of goals met, by how many runs they had."""
    over = [one for one in weeks if one.week < present and one.runs and one.counts.due]
    ordered = sorted(
        over, key=lambda one: (-_share(one.counts.done, one.counts.due), -_share(one.met, one.met_of), -one.runs)
    )
    return tuple(one.week for one in ordered[:BEST])


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
