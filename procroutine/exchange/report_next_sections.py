"""What the week after a report's week holds, as a section of its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from procroutine.durations import total_time
from procroutine.exchange.report_layout import Row, Section
from procroutine.insight.dates import clock_time, day_of_month
from procroutine.insight.views.report import NextDue, WeekReport


def next_section(report: WeekReport) -> Section:
    """Lay it out: by day and clock time, what is off last."""
    ahead = [due for due in report.next.dues if due.reason is None]
    return Section(
        title=f"Week {report.next.week.number} holds",
        note=next_sentence(report) if ahead else "",
        head=("", "", "routine", "about"),
        right=frozenset({3}),
        wide=(2,),
        rows=(
            *_ahead(report.next.dues),
            *(Row(cells=("" if place else "off", "", name, "")) for place, name in enumerate(off_next(report))),
        ),
    )


def next_sentence(report: WeekReport) -> str:
    """Give `11 due, in all about 12h30`."""
    ahead = sum(due.reason is None for due in report.next.dues)
    unknown = f"; {report.next.unknown} of unknown length" if report.next.unknown else ""
    about = f", in all about {total_time(report.next.total)}" if report.next.total else ""
    return f"{ahead} due{about}{unknown}"


def _ahead(dues: Iterable[NextDue]) -> Iterator[Row]:
    before = ""
    for due in (due for due in dues if due.reason is None):
        day = day_of_month(due.at) if not due.overdue else f"since {day_of_month(due.at)}"
        if due.any_day:
            day = f"by {day}"
        time = clock_time(due.at) if due.has_time else ""
        about = "" if due.usual is None else total_time(due.usual)
        yield Row(cells=("" if day == before else day, time, due.routine, about))
        before = day


def off_next(report: WeekReport) -> Iterator[str]:
    """Name each routine that is off in the week after, with the reason."""
    reasons = {due.routine_id: (due.routine, due.reason) for due in report.next.dues if due.reason is not None}
    for name, reason in reasons.values():
        yield f"{name} ({reason})" if reason else name
