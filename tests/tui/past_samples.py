"""Made-up views of some of the past: two runs beside one another, one step, a part of History."""

from __future__ import annotations

from datetime import date, timedelta

from procroutine.insight.views.common import Standing
from procroutine.insight.views.compare import ComparedSide, ComparePart, CompareRow, CompareView
from procroutine.insight.views.past import HistoryRows, HistoryView
from procroutine.insight.views.step_page import StepPage, StepPageNote
from procroutine.text import Shown
from tests.tui.samples import METRICS, NOTES, REVISIONS, chart, clock

_COMPARED = (
    ("Check what is planned", "2:10", "1:58", ""),
    ("Pull the numbers", "14:00", "", "skipped now"),
    ("Write the week's posts", "19:30", "23:10", ""),
    ("Shorten the links", "", "3:05", "new"),
    ("Enter them", "12:20", "11:40", "was “Enter the posts”"),
    ("Copy the texts", "9:15", "", "dropped"),
)


def _compared_row(title: str, earlier: str, later: str, remark: str) -> CompareRow:
    before, after = (clock(time) if time else None for time in (earlier, later))
    change = None if before is None or after is None else after - before
    far_over = change is not None and before is not None and change * 10 > before
    return CompareRow(
        title=Shown(title),
        earlier=before,
        later=after,
        earlier_done=before is not None,
        later_done=after is not None,
        difference=change,
        standing=Standing.FAR_OVER if far_over else Standing.NONE,
        remark=Shown(remark),
        is_apart=remark in ("new", "dropped"),
    )


COMPARE_VIEW = CompareView(
    title=Shown("Weekly social posts"),
    earlier=ComparedSide(
        label="9 Nov", place="v3 · week 46 · Mon 9 Nov 2026 09:16", total=clock("57:15"), run_id="run-10"
    ),
    later=ComparedSide(
        label="16 Nov", place="v4 · week 47 · Mon 16 Nov 2026 09:02", total=clock("39:53"), run_id="run-3"
    ),
    difference=clock("39:53") - clock("57:15"),
    standing=Standing.MET,
    rows=tuple(_compared_row(*row) for row in _COMPARED),
    parts=(
        ComparePart(name="done in both", change=clock("2:48")),
        ComparePart(name="skipped in one", change=-clock("14:00")),
        ComparePart(name="new steps", change=clock("3:05")),
        ComparePart(name="dropped", change=-clock("9:15")),
    ),
)


def _step_note(index: int) -> StepPageNote:
    day = date(2026, 11, 11) - timedelta(weeks=index * 6)
    return StepPageNote(
        run_id=f"run-{index}",
        day=f"{day:%a} {day.day} {day:%b}" + ("" if day.year == 2026 else f" {day.year}"),
        time=None if index == 3 else clock(f"{8 + index}:12"),
        systems=Shown("Docs, Sheets"),
        text=Shown(NOTES[2 + index * 2 % 5] or "Interrupted twice by the telephone, and again by the door"),
    )


STEP_PAGE = StepPage(
    routine_id="client-metrics",
    step_id="write",
    name=Shown("Write the commentary"),
    place=Shown("step 8 of 10 of Client metrics update · Docs · Ana"),
    facts="last 26 weeks · done 24 times · skipped in 1 of 25 runs",
    chart=chart([None if value is None else value / 6 for value in METRICS], goal=None, revisions=REVISIONS[1:]),
    last=clock("8:42"),
    usual=clock("9:50"),
    best=clock("8:08"),
    median=clock("10:00"),
    planned=clock("12:00"),
    changes=(
        Shown("v4 1 Oct 2026: planned 15m → 12m"),
        Shown("v3 20 Aug 2026: instructions, systems Docs → Docs, Sheets"),
    ),
    notes=tuple(map(_step_note, range(12))),
)


def shown_history(
    view: HistoryView, routine_id: str | None, text: str, gone: set[str], sort: str = "newest"
) -> HistoryView:
    """The rows of a view that are asked for."""
    rows = tuple(
        row
        for row in view.rows
        if row.run_id not in gone
        and routine_id in (None, row.routine_id)
        and text.casefold() in f"{row.name} {row.note}".casefold()
    )
    if sort == "longest":
        rows = tuple(sorted(rows, key=lambda row: row.total, reverse=True))
    title = Shown("All routines") if routine_id is None else rows[0].name if rows else Shown("")
    order = {"newest": "", "longest": "longest first", "over-goal": "most over goal first"}[sort]
    return HistoryView(
        title=title,
        facts=f"{len(rows)} runs",
        rows=HistoryRows.of(rows),
        filtered=Shown(f"“{text}”" if text else ""),
        problem=Shown("there is no term 'nope:': did you mean 'note:'?" if text.startswith("nope:") else ""),
        sort=sort,
        order=order,
    )
