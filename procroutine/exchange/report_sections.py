"""The report of a week as a page of sections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from procroutine.durations import signed, total_time
from procroutine.exchange.report_layout import Page, Row, Section, length, percent
from procroutine.exchange.report_next_sections import next_section
from procroutine.insight.dates import clock_time, day_and_month, day_of_month, short_date
from procroutine.insight.report_words import due_words, streak_words
from procroutine.insight.views.report import DueCounts, DueState, OpenLine, ReportRoutine, TimeRow, WeekReport
from procroutine.routine.model import GoalPer
from procroutine.text import counted

MOST_ROWS = 8
"""Systems, or people, that are named; the others are put together."""
ENOUGH = 8
"""Weeks from which on a routine's score says more than that it is new."""


def week_page(report: WeekReport) -> Page:
    """Lay out the report of a week."""
    sections = (
        _routines(report),
        _signals(report),
        _times("Time by system", "without a system", report.systems),
        _times("Time by person", "nobody named", report.people),
        _list("To change before the next run", report.redlines),
        _list("Loose ends", report.loose_ends),
        next_section(report),
    )
    return Page(
        title=f"Week {report.week.number}",
        dates=week_dates(report),
        summary=tuple(summary(report)) if report.advice is None else (report.advice, *_off_lines(report)),
        sections=tuple(section for section in sections if section.rows),
    )


def week_dates(report: WeekReport) -> str:
    """Give `Mon 9 to Sun 15 Nov 2026`, and of a week that is not over up to when it is told."""
    first, last = report.week.monday, report.week.sunday
    begin = day_of_month(first) if first.month == last.month else short_date(first)
    if first.year != last.year:
        begin = f"{begin} {first.year}"
    as_of = report.as_of
    so_far = f", so far: as of {day_of_month(as_of)}, {clock_time(as_of)}" if report.unfinished else ""
    return f"{begin} to {short_date(last)} {last.year}{so_far}"


def summary(report: WeekReport) -> Iterator[str]:
    """Give what was done, the time, the goals and the score as sentences."""
    yield due_sentence(report.counts)
    if report.runs:
        met = f", {report.met} of {counted(report.met_of, 'routine')} {at_goal(report.met_of)}" if report.met_of else ""
        yield f"{counted(report.runs, 'run')} in {total_time(report.total)}{met}."
    if report.week_score is not None:
        yield f"Score of the week: {percent(report.week_score)}."
    yield from more_sentences(report)


def at_goal(count: int) -> str:
    """Give `at its goal` of one routine, `at their goal` of several."""
    return f"at {'its' if count == 1 else 'their'} goal"


def more_sentences(report: WeekReport) -> Iterator[str]:
    """Give what is to be known of the figures: what is not in them, and which weeks are off."""
    if report.prepared_time:
        yield f"{total_time(report.prepared_time)} more went into preparing, outside the runs."
    if report.skipped_time >= timedelta(minutes=1):
        yield f"{total_time(report.skipped_time)} of the time went into steps that were skipped in the end."
    if report.unknown_steps:
        runs = counted(report.unknown_steps, "run")
        yield f"Of {runs} the steps cannot be read; they are in no system and no person."
    yield from _off_lines(report)


def _off_lines(report: WeekReport) -> Iterator[str]:
    for off in report.off:
        yield f"Off for {off.routine or 'all routines'}: {off.reason}."


def due_sentence(counts: DueCounts) -> str:
    """Give `6 of 7 done (1 late), 1 not done.`."""
    if not counts.due:
        return "Nothing was due." if not counts.off else f"Nothing was due; {counted(counts.off, 'due date')} off."
    late = f" ({counts.late} late)" if counts.late else ""
    parts = [f"{counts.done} of {counts.due} done{late}"]
    for count, words in (
        (counts.not_done, "not done"),
        (counts.overdue, "overdue"),
        (counts.open, "to come"),
        (counts.off, "off"),
    ):
        parts += [f"{count} {words}"] if count else []
    return f"{', '.join(parts)}."


def _routines(report: WeekReport) -> Section:
    return Section(
        title="What was due, and what was done",
        head=("", "routine", "due", "time", "goal", "vs goal", "usual"),
        right=frozenset({3, 4, 5, 6}),
        wide=(1, 2),
        rows=tuple(_routine(one) for one in report.routines),
    )


def _routine(one: ReportRoutine) -> Row:
    difference = "" if one.value is None or one.goal is None else signed(one.value - one.goal, "total")
    goal = "" if one.goal is None else total_time(one.goal)
    return Row(
        cells=(
            sign_of(one),
            one.name,
            due_words(one),
            f"{_mark(one)}{length(one.value)}",
            f"{goal}/w" if goal and one.goal_per is GoalPer.WEEK else goal,
            difference,
            length(one.usual),
        ),
        under=(*in_one(steadily(one)), *one.remarks),
    )


def in_one(parts: Iterable[str]) -> Iterator[str]:
    """Put short remarks on one line, if there are any."""
    if line := " · ".join(parts):
        yield line


def steadily(one: ReportRoutine) -> Iterator[str]:
    """Say for how many weeks a routine has been done, its score, and how many runs its time is of if of several."""
    if streak := streak_words(one):
        yield streak
    if one.score is not None and len(one.chart.points) >= ENOUGH:
        yield f"score {percent(one.score)}"
    count = sum(run.state == "counted" for run in one.runs)
    if count > 1 and one.goal_per is GoalPer.WEEK:
        yield f"the sum of {count} runs"
    elif count > 1:
        yield f"the mean of {count} runs, {total_time(one.total)} in all"


def _mark(one: ReportRoutine) -> str:
    return "" if one.met is None else "● " if one.met else "○ "


_SIGNS = {
    DueState.OVERDUE: "!",
    DueState.NOT_DONE: "×",
    DueState.OPEN: "◦",
    DueState.LATE: "✓",
    DueState.DONE: "✓",
    DueState.OFF: "─",
}
"""Of each state, the gravest first."""


def sign_of(one: ReportRoutine) -> str:
    """Give the sign of a routine: that of the gravest of its due dates."""
    states = {due.state for due in one.dues}
    return next((sign for state, sign in _SIGNS.items() if state in states), "·")


def _signals(report: WeekReport) -> Section:
    rows = tuple(Row(cells=(f"{signal.routine}: {signal.sentence}",)) for signal in report.signals)
    return Section(title="More than chance", rows=rows)


def _times(title: str, without: str, times: tuple[TimeRow, ...]) -> Section:
    known = [row for row in times if row.name is not None]
    rest = known[MOST_ROWS:] if len(known) > MOST_ROWS + 1 else []
    rows = [_time(row.name or "", row) for row in known[: len(known) - len(rest)]]
    if rest:
        rows.append(_time(f"{len(rest)} others", _together(rest)))
    rows += [_time(without, row) for row in times if row.name is None and known]
    return Section(
        title=title,
        head=("", "time", "share", "usual", "planned"),
        right=frozenset({1, 2, 3, 4}),
        wide=(0,),
        rows=tuple(rows),
    )


def _together(rows: Iterable[TimeRow]) -> TimeRow:
    rows = tuple(rows)
    return TimeRow(
        name=None,
        total=sum((row.total for row in rows), timedelta()),
        share=sum(row.share for row in rows),
        usual=_sum(row.usual for row in rows),
        planned=_sum(row.planned for row in rows),
    )


def _sum(lengths: Iterable[timedelta | None]) -> timedelta | None:
    known = list(lengths)
    found = [one for one in known if one is not None]
    return sum(found, timedelta()) if len(found) == len(known) else None


def _time(name: str, row: TimeRow) -> Row:
    return Row(cells=(name, total_time(row.total), percent(row.share), length(row.usual), length(row.planned)))


def _list(title: str, lines: Iterable[OpenLine]) -> Section:
    return Section(title=title, rows=tuple(Row(cells=(_open_line(line),)) for line in lines))


def _open_line(line: OpenLine) -> str:
    since = "" if line.written is None else f" (since {day_and_month(line.written)})"
    put_off = f", put off {counted(line.put_off_weeks, 'week')}" if line.put_off_weeks else ""
    return f"{line.routine}: {line.text}{since}" if line.routine else f"{line.text}{since}{put_off}"
