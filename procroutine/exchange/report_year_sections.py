"""The report of a year as a page of sections, and the map of its weeks as lines of signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby

from procroutine.durations import total_time
from procroutine.exchange.report_layout import NOTHING, Page, Row, Section, length, percent
from procroutine.exchange.report_sections import at_goal, due_sentence
from procroutine.insight.dates import short_date
from procroutine.insight.views.report import DueCounts
from procroutine.insight.views.report_year import CellState, YearReport, YearRoutine, YearWeek
from procroutine.routine.model import GoalPer
from procroutine.text import counted
from procroutine.weeks import Week

SIGNS = {
    CellState.MET: "●",
    CellState.OVER: "○",
    CellState.DONE: "•",
    CellState.MISSED: "×",
    CellState.OFF: "─",
    CellState.NOTHING: "·",
    CellState.TO_COME: " ",
}
KEY = "● goal kept, ○ over, • done, no goal, × not done, ─ off, · nothing due"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def year_page(report: YearReport) -> Page:
    """Lay out the report of a year."""
    sections = (_map(report), _routines(report), _best(report), _months(report))
    return Page(
        title=f"Year {report.year}",
        dates=year_dates(report),
        summary=tuple(year_summary(report)) if report.advice is None else (report.advice,),
        sections=tuple(section for section in sections if section.rows) if report.advice is None else (),
    )


def year_dates(report: YearReport) -> str:
    """Give the first and the last day of the ISO year, and of one that is not over up to when it is told."""
    first, last = report.weeks[0].week.monday, report.weeks[-1].week.sunday
    so_far = f", so far: as of {short_date(report.as_of)} {report.as_of.year}" if report.unfinished else ""
    return f"{len(report.weeks)} weeks, {short_date(first)} {first.year} to {short_date(last)} {last.year}{so_far}"


def year_summary(report: YearReport) -> Iterator[str]:
    """Give what was done, the time and the goals as sentences."""
    yield due_sentence(report.counts)
    if report.runs:
        yield f"{counted(report.runs, 'run')} in {total_time(report.total)}."
    if report.met_of:
        share = percent(report.met / report.met_of)
        yield f"The goal was kept in {report.met} of {counted(report.met_of, 'week')} of a routine, {share}."
    yield from year_left_out(report)


def year_left_out(report: YearReport) -> Iterator[str]:
    """Say which runs are not in the figures."""
    for count, words in ((report.left_out, "left out of the figures"), (report.abandoned, "abandoned")):
        if count:
            yield f"{counted(count, 'run')} {words}: not counted."


def _map(report: YearReport) -> Section:
    """Give the map: of each routine one line with a sign for each week, below the months."""
    rows = [Row(cells=(one.name, "".join(SIGNS[cell.state] for cell in one.cells))) for one in report.routines]
    return Section(
        title="Week by week",
        note=KEY,
        head=("", months_line([week.week for week in report.weeks])),
        wide=(0,),
        rows=tuple(rows),
        fixed=True,
    )


def month_of(week: Week) -> int:
    """Give the month, 1 to 12, that a week belongs to: that of its Thursday, as with the year."""
    return (week.monday + timedelta(days=3)).month


def months_line(weeks: Sequence[Week]) -> str:
    """Give the names of the months, each over the first of its weeks."""
    parts = []
    for month, own in groupby(weeks, month_of):
        parts.append(MONTHS[month - 1].ljust(len(list(own))))
    return "".join(parts)


def _routines(report: YearReport) -> Section:
    return Section(
        title="By routine",
        head=("routine", "done", "runs", "time", "median", "goal", "at goal"),
        right=frozenset(range(1, 7)),
        wide=(0,),
        rows=tuple(Row(cells=routine_cells(one)) for one in report.routines),
    )


def routine_cells(one: YearRoutine) -> tuple[str, ...]:
    """Give the figures of a routine's year, its name first."""
    return (
        one.name,
        done_of(one.counts),
        str(one.runs),
        total_time(one.total),
        length(one.median),
        "" if one.goal is None else f"{total_time(one.goal)}{'/w' if one.goal_per is GoalPer.WEEK else ''}",
        f"{one.met} of {one.met_of}" if one.met_of else "",
    )


def done_of(counts: DueCounts) -> str:
    """Give `45 of 48`, of what is not still to come."""
    past = counts.due - counts.open
    return f"{counts.done} of {past}" if past else NOTHING


def _best(report: YearReport) -> Section:
    by_week = {week.week: week for week in report.weeks}
    rows = tuple(Row(cells=(week_sentence(by_week[week]),)) for week in report.best)
    return Section(title="Best weeks", rows=rows)


def week_sentence(week: YearWeek) -> str:
    """Give `W42, from Mon 12 Oct: 11 of 11 done, 8 of 8 at their goal, 12h05`."""
    monday = week.week.monday
    goals = f", {week.met} of {week.met_of} {at_goal(week.met_of)}" if week.met_of else ""
    done = f"{week.counts.done} of {week.counts.due} done" if week.counts.due else "nothing due"
    return f"W{week.week.number}, from {short_date(monday)}: {done}{goals}, {total_time(week.total)}"


def _months(report: YearReport) -> Section:
    """Give each month that had something in it: what was done, and the time."""
    parts = [(month, list(own)) for month, own in groupby(report.weeks, lambda week: month_of(week.week))]
    return Section(
        title="By month",
        head=("", "done", "late", "not done", "runs", "time"),
        right=frozenset(range(1, 6)),
        rows=tuple(
            _month(month, own)
            for month, own in parts
            if any(one.runs or one.counts.due > one.counts.open for one in own)
        ),
    )


def _month(month: int, weeks: Sequence[YearWeek]) -> Row:
    done = sum(one.counts.done for one in weeks)
    past = sum(one.counts.due - one.counts.open for one in weeks)
    return Row(
        cells=(
            MONTHS[month - 1],
            f"{done} of {past}" if past else NOTHING,
            str(sum(one.counts.late for one in weeks) or ""),
            str(sum(one.counts.not_done for one in weeks) or ""),
            str(sum(one.runs for one in weeks)),
            total_time(sum((one.total for one in weeks), timedelta())),
        )
    )
