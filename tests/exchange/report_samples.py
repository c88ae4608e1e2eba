"""A report with everything in it that a report can have, every text of it the same."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from procroutine.insight.views.common import ChartData, ChartPoint, Mark
from procroutine.insight.views.report import (
    DueCounts,
    DueState,
    NextDue,
    NextWeek,
    OffWeek,
    OpenLine,
    ReportDue,
    ReportRoutine,
    ReportRun,
    ReportSignal,
    TimeRow,
    WeekReport,
)
from procroutine.insight.views.report_year import CellState, YearCell, YearReport, YearRoutine, YearWeek
from procroutine.routine.model import GoalPer
from procroutine.weeks import Week

WEEK = Week(year=2026, number=46)
MONDAY = datetime(2026, 11, 9, 9, tzinfo=UTC)


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def chart() -> ChartData:
    """Give eight weeks: met, over, missed and off ones."""
    values = (50, 70, None, 55, None, 65, 58, 64)
    points = tuple(
        ChartPoint(
            week=WEEK + (place - 7),
            day="Mon 9 Nov",
            month="Nov",
            value=None if value is None else minutes(value),
            mark=Mark.MISSED if value is None else Mark.MET if value <= 60 else Mark.OVER,
            off=place == 4,
        )
        for place, value in enumerate(values)
    )
    return ChartData(points=points, goal=minutes(60))


def routine(text: str, *states: DueState, value: float | None = 64) -> ReportRoutine:
    """Give a routine with due dates in these states, one a day from Monday on."""
    dues = tuple(
        ReportDue(
            at=MONDAY + timedelta(days=place),
            has_time=True,
            any_day=False,
            state=state,
            done_at=MONDAY + timedelta(days=place + 2) if state in (DueState.DONE, DueState.LATE) else None,
            days_late=2,
            reason=text if state is DueState.OFF else None,
        )
        for place, state in enumerate(states)
    )
    run = ReportRun(
        id="1000000000000001",
        state="counted",
        started_at=MONDAY,
        active=minutes(value or 0),
        steps_done=4,
        steps_total=5,
        complete=False,
        note=text,
    )
    return ReportRoutine(
        id="posts",
        name=text,
        dues=dues,
        runs=() if value is None else (run,),
        total=minutes(value or 0),
        value=None if value is None else minutes(value),
        goal=minutes(60),
        goal_per=GoalPer.RUN,
        met=None if value is None else value <= 60,
        usual=minutes(57),
        week_score=None if value is None else 0.93,
        score=0.8,
        streak=0,
        streak_weeks=0 if value is None else 12,
        put_off=0,
        put_off_weeks=0,
        chart=chart(),
        remarks=(f"Mon 09:00: “{text}”",),
    )


def week_report(text: str = "Weekly posts") -> WeekReport:
    """Give a report of week 46."""
    off = Week(year=2026, number=47)
    return WeekReport(
        week=WEEK,
        as_of=datetime(2026, 11, 16, tzinfo=UTC),
        unfinished=False,
        counts=DueCounts(due=6, done=3, late=1, not_done=1, overdue=1, open=1, off=1),
        routines=(
            routine(text, DueState.DONE),
            routine(text, DueState.LATE),
            routine(text, DueState.NOT_DONE, value=None),
            routine(text, DueState.OVERDUE, value=None),
            routine(text, DueState.OFF, value=None),
            routine(text, DueState.DONE, DueState.NOT_DONE, DueState.OPEN),
            routine(text),
        ),
        off=(OffWeek(routine_id=None, routine=None, reason=text), OffWeek(routine_id="p", routine=text, reason=text)),
        total=minutes(256),
        runs=4,
        met=1,
        met_of=4,
        week_score=0.93,
        systems=(
            *(
                TimeRow(name=f"{text}{number}", total=minutes(20 - number), share=0.08, usual=minutes(9), planned=None)
                for number in range(12)
            ),
            TimeRow(name=None, total=minutes(5), share=0.02, usual=None, planned=None),
        ),
        people=(TimeRow(name=text, total=minutes(256), share=1.0, usual=minutes(250), planned=minutes(240)),),
        unknown_steps=1,
        skipped_time=minutes(3),
        prepared_time=minutes(15),
        signals=(ReportSignal(routine_id="p", routine=text, rule="outside", sentence="over the upper limit"),),
        redlines=(OpenLine(id="1", text=text, written=date(2026, 11, 9), routine_id="p", routine=text),),
        loose_ends=(OpenLine(id="2", text=text, written=None, put_off_weeks=3),),
        next=NextWeek(
            week=off,
            dues=(
                _next(text, -13, overdue=True),
                _next(text, 0),
                _next(text, 0, usual=None),
                _next(text, 2, reason=text),
                _next(text, 6, has_time=False, any_day=True),
            ),
            total=minutes(165),
            unknown=1,
        ),
    )


def _next(text: str, days: int, usual: float | None = 55, **given: object) -> NextDue:
    fields: dict[str, object] = {
        "routine_id": "posts",
        "routine": text,
        "at": MONDAY + timedelta(days=7 + days),
        "has_time": True,
        "any_day": False,
        "usual": None if usual is None else minutes(usual),
    }
    return NextDue(**(fields | given))  # type: ignore[arg-type]  # of the right kinds, as the fields say


def year_report(text: str = "Weekly posts") -> YearReport:
    """Give a report of 2026, which has 53 weeks."""
    weeks = tuple(Week(year=2026, number=number) for number in range(1, 54))
    states = tuple(CellState)
    cells = tuple(
        YearCell(
            week=week,
            state=(state := states[place % len(states)]),
            value=minutes(50) if state in (CellState.MET, CellState.OVER, CellState.DONE) else None,
            runs=2,
            reason=text if state is CellState.OFF else None,
        )
        for place, week in enumerate(weeks)
    )
    counts = DueCounts(due=6, done=4, late=1, not_done=1, open=1, off=1)
    one = YearRoutine(
        id="posts",
        name=text,
        goal=minutes(60),
        goal_per=GoalPer.RUN,
        runs=46,
        total=minutes(2300),
        median=minutes(50),
        met=8,
        met_of=16,
        counts=counts,
        cells=cells,
    )
    return YearReport(
        year=2026,
        as_of=datetime(2026, 11, 19, 14, 5, tzinfo=UTC),
        unfinished=True,
        counts=counts,
        runs=46,
        total=minutes(2300),
        met=8,
        met_of=16,
        weeks=tuple(
            YearWeek(
                week=week,
                counts=counts,
                runs=1,
                total=minutes(50),
                met=1,
                met_of=2,
                off=text if place % 9 == 4 else None,
            )
            for place, week in enumerate(weeks)
        ),
        routines=(one, one.replaced(goal=None)),
        best=weeks[:3],
        left_out=1,
        abandoned=2,
    )
