"""The reports of one home, read from its files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from procroutine.clock import milliseconds, zone_of
from procroutine.history.index_summary import read_runs
from procroutine.history.loose_ends import loose_end
from procroutine.history.recorded_runs import read_recorded
from procroutine.history.revision_marks import MARKS, REAL
from procroutine.history.stamps import EPOCH
from procroutine.insight.report import check_week, week_report
from procroutine.insight.report_ground import Ground, ground_of, span_of
from procroutine.insight.report_year import parse_year, year_report
from procroutine.insight.routine_week import files_changed
from procroutine.insight.shared_numbers import shared_numbers
from procroutine.insight.views.report import OpenLine, WeekReport
from procroutine.insight.views.report_year import YearReport
from procroutine.settings import read_settings
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import Overview, RunHead
    from procroutine.history.home import Home
    from procroutine.insight.kept import Kept
    from procroutine.insight.past_viewer import PastViewer
    from procroutine.insight.report_ground import RoutineGround, Span

Documents = Mapping[str, Mapping[str, Any]]
_TABLES = ("loose_ends", "redlines", MARKS)


def report_of_week(home: Home, kept: Kept, past: PastViewer, week: Week | None = None) -> WeekReport:
    """Give the report of a week, the present one where none is given; BadInput where it has not begun."""
    ground, tables = _ground(home, kept)
    shared = {routine for routine, _ in shared_numbers(tables.revisions, ground.owners)}
    told = {one.id: past.revisions.apart(one.id).heads for one in ground.routines if one.id in shared}
    ground = ground.replaced(routines=tuple(_told_apart(one, told.get(one.id)) for one in ground.routines))
    week = week or Week.of(ground.now.date())
    check_week(week, ground.now)
    span = span_of(week.monday, week.sunday, ground.now)
    ids = [head.id for one in ground.routines for head in one.between(week.monday, week.sunday)]
    recorded = read_recorded(home.history(), ids, _TABLES)
    return week_report(
        ground,
        week,
        recorded.runs,
        home.open_runs() if span.unfinished else (),
        _redlines(recorded.tables["redlines"], ground, span),
        _loose_ends(recorded.tables["loose_ends"], ground, span, week),
        _real_changes(recorded.tables[MARKS], tables, ground) | {one: past.real_changes(one) for one in told},
        by_medians=read_settings(home.places.config)[0].median_limits,
    )


def report_of_year(home: Home, kept: Kept, year: str | None = None) -> YearReport:
    """Give the report of an ISO year, the present one where none is given; BadInput as `parse_year`."""
    ground, _ = _ground(home, kept)
    return year_report(ground, parse_year(year, ground.now))


def _ground(home: Home, kept: Kept) -> tuple[Ground, Overview]:
    reading = home.clock.read()
    zone = zone_of(reading)
    library = kept.library()
    tables, runs = read_runs(home.places)
    return (
        ground_of(
            library.entries.values(),
            runs,
            tables.weeks_off,
            files_changed(library, zone),
            reading.wall.astimezone(zone),
        ),
        tables,
    )


def _redlines(documents: Documents, ground: Ground, span: Span) -> tuple[OpenLine, ...]:
    """Give the redlines that are still open of those that were written by the end of a span, oldest first."""
    found = sorted((document["made_at"], key, document) for key, document in documents.items() if _is_open(document))
    return tuple(
        OpenLine(
            id=key,
            text=document["text"],
            written=_day(made_at, span),
            routine_id=ground.owners.get(document["routine"], document["routine"]),
            routine=ground.names.get(document["routine"], document["routine"]),
        )
        for made_at, key, document in found
        if made_at <= _until(span)
    )


def _is_open(document: Mapping[str, Any]) -> bool:
    return bool(document["state"] == "open")


def _until(span: Span) -> int:
    return milliseconds(span.as_of - EPOCH)


def _day(made_at: int, span: Span) -> date | None:
    try:
        return (EPOCH + timedelta(milliseconds=made_at)).astimezone(span.zone).date()
    except OverflowError:
        return None  # another program wrote it so


def _loose_ends(documents: Documents, ground: Ground, span: Span, week: Week) -> tuple[OpenLine, ...]:
    """Give the loose ends that are offered and were not done in a week, of those written by the end of the span."""
    read = (loose_end([key, one["text"], one["made_at"], one["act"]]) for key, one in documents.items())
    there = [one for one in read if one is not None and one.is_open and not one.is_done(week)]
    off = {declared.week for declared in ground.weeks_off if declared.routine is None}
    return tuple(
        OpenLine(
            id=one.id,
            text=one.text,
            written=_day(one.made_at, span),
            put_off_weeks=one.put_off(week if span.unfinished else week + 1, off),
        )
        for one in sorted(there, key=lambda one: (one.made_at, one.id))
        if one.made_at <= _until(span)
    )


def _told_apart(one: RoutineGround, heads: Iterable[RunHead] | None) -> RoutineGround:
    return one if heads is None else one.replaced(runs=one.runs.replaced(heads=heads))


def _real_changes(marks: Documents, tables: Overview, ground: Ground) -> dict[str, frozenset[int]]:
    """Give the numbers of the revisions that the person marked as a real change, by routine."""
    found: dict[str, set[int]] = defaultdict(set)
    for mark in _marked(marks.values()):
        number = tables.revisions.get((mark["routine"], mark["hash"]))
        if number is not None:
            found[ground.owners.get(mark["routine"], mark["routine"])].add(number)
    return {routine: frozenset(numbers) for routine, numbers in found.items()}


def _marked(marks: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    return (mark for mark in marks if mark["kind"] == REAL and mark["text"])
