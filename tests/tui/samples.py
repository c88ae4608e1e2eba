"""Made-up views, rich enough for every picture: Thursday 19 November 2026, 14:05, week 47."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from procroutine.insight.views.common import Band, ChartData, ChartPoint, Mark, ShareRow, Standing
from procroutine.insight.views.past import HistoryRow, HistoryRows, HistoryView
from procroutine.insight.views.run_page import RunPage, RunPageStep
from procroutine.insight.views.trends import Reading, TrendsView
from procroutine.text import Shown, shown
from procroutine.weeks import Week

WEEK = Week(year=2026, number=47)
DAY = "Thu 19 Nov"


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def clock(text: str) -> timedelta:
    whole, seconds = text.split(":")
    return timedelta(minutes=int(whole), seconds=int(seconds))


def standing(value: timedelta, against: timedelta) -> Standing:
    if value <= against:
        return Standing.MET
    return Standing.FAR_OVER if value > against * 1.1 else Standing.OVER


def chart(
    values: Sequence[float | None],
    goal: float | None = 60,
    revisions: tuple[tuple[int, str], ...] = (),
    bands: tuple[Band, ...] = (),
    last_day: date = date(2026, 11, 11),
) -> ChartData:
    """Weekly points up to a day; goal and values in minutes."""
    goal_length = minutes(goal) if goal is not None else None
    points: list[ChartPoint] = []
    before: timedelta | None = None
    for index, value in enumerate(values):
        day = last_day - timedelta(weeks=len(values) - 1 - index)
        length = minutes(value) if value is not None else None
        met = length is not None and goal_length is not None and length <= goal_length
        band = next((band for band in bands if band.start <= index < band.end), None)
        outside = band is not None and length is not None and not band.low <= length <= band.high
        mark = Mark.MISSED if length is None else Mark.OUTSIDE if outside else Mark.MET if met else Mark.OVER
        points.append(
            ChartPoint(
                week=Week.of(day),
                day=f"{day:%a} {day.day} {day:%b}",
                month=f"{day:%b %Y}" if day.month == 1 else f"{day:%b}",
                value=length,
                mark=mark,
                run_ids=() if length is None else (f"run-{index}",),
                vs_goal=None if length is None or goal_length is None else length - goal_length,
                vs_before=None if length is None or before is None else length - before,
            )
        )
        before = length if length is not None else before
    return ChartData(points=tuple(points), goal=goal_length, revisions=revisions, bands=bands)


def readings(data: ChartData) -> tuple[Reading, ...]:
    """Put every point of a chart into words, the simple ones."""
    return tuple(
        Reading(
            label=point.day if point.value is not None else f"week {point.week.number}",
            name=str(point.week),
            remarks=() if point.value is not None else (Shown("missed"),),
            signals=("over the upper limit, slower than usual",) if point.mark is Mark.OUTSIDE else (),
            usual="usual 50m to 1h12, middle 1h02",
        )
        for point in data.points
    )


METRICS = (
    *(95.0, 94.8, 89.8, 87.7, 83.5, 84.9, 89.0, 84.6, 85.7, 80.9, 80.1, 77.9, 68.7, 101.9, 75.1, 73.8, 63.3),
    *(61.7, 64.0, None, 66.5, 63.8, 64.9, 58.8, 61.5, 58.0),
)
REVISIONS = ((7, "v2"), (15, "v3"), (21, "v4"))
BANDS = (
    Band(start=0, end=7, centre=minutes(89), low=minutes(76), high=minutes(101.9)),
    Band(start=7, end=15, centre=minutes(80.9), low=minutes(65.8), high=minutes(96)),
    Band(start=15, end=21, centre=minutes(64), low=minutes(56.1), high=minutes(71.9)),
    Band(start=21, end=26, centre=minutes(61.5), low=minutes(50.5), high=minutes(72.5)),
)
CHART = chart(METRICS, revisions=REVISIONS)
BANDED_CHART = chart(METRICS, revisions=REVISIONS, bands=BANDS)
SMALL_CHART = BANDED_CHART.replaced(bands=())

STEPS = (
    ("google", "Export Google Ads", "6:10", "5:01", "5:52"),
    ("meta", "Export Meta Ads", "8:00", "6:42", "9:31"),
    ("search", "Pull Search Console queries", "7:30", "5:18", "7:10"),
    ("analytics", "Analytics sessions", "5:00", "4:04", "4:22"),
    ("leads", "CRM new leads", "7:00", "5:50", "6:38"),
    ("paste", "Paste into the workbook", "6:00", "4:56", "5:41"),
    ("check", "Check the pivot totals", "4:00", "2:51", "3:25"),
    ("write", "Write the commentary", "10:00", "8:08", "8:42"),
    ("slides", "Update the slides", "5:00", "3:59", "4:41"),
    ("send", "Send to client and team", "2:30", "1:35", "1:58"),
)
_SYSTEMS = (
    ("Sheets", "16:15"),
    ("Docs", "10:00"),
    ("Meta Ads", "8:00"),
    ("HubSpot", "7:00"),
    ("Google Ads", "6:10"),
    ("GA4", "5:00"),
    ("Search Console", "3:45"),
    ("Slides", "2:30"),
    ("Gmail", "1:15"),
    ("Slack", "1:15"),
)


def share_rows(rows: Sequence[tuple[str, str]]) -> tuple[ShareRow, ...]:
    times = {name: clock(time) for name, time in rows}
    whole, largest = sum(times.values(), timedelta()), max(times.values())
    return tuple(
        ShareRow(id=name, name=shown(name), median=time, share=time / whole, of_largest=time / largest)
        for name, time in times.items()
    )


def _step_shares() -> tuple[ShareRow, ...]:
    rows = []
    whole = sum((clock(usual) for _, _, usual, _, _ in STEPS), timedelta())
    for step_id, name, usual, best, last in sorted(STEPS, key=lambda step: -clock(step[2])):
        slow = clock(last) > clock(usual) * 1.1
        share, of_largest = clock(usual) / whole, clock(usual) / clock("10:00")
        rows.append(
            ShareRow(
                id=step_id,
                name=shown(name),
                median=clock(usual),
                share=share,
                of_largest=of_largest,
                best=clock(best),
                last=clock(last),
                slow=slow,
            )
        )
    return tuple(rows)


STEP_SHARES = _step_shares()
SYSTEM_SHARES = share_rows(_SYSTEMS)
PEOPLE_SHARES = share_rows((("Ana", "40:00"), ("Ben", "21:10")))

TRENDS_VIEW = TrendsView(
    routine_id="client-metrics",
    name=Shown("Client metrics update"),
    facts="26 weeks · 25 runs · v1 to v4",
    weeks=26,
    last=minutes(58),
    last_vs_goal=minutes(-2),
    last_standing=Standing.MET,
    median=minutes(64),
    median_was=minutes(89),
    median_change=-0.28,
    best=minutes(58),
    best_day="11 Nov",
    goal=minutes(60),
    met=2,
    met_of=8,
    chart=BANDED_CHART,
    steps=STEP_SHARES,
    systems=SYSTEM_SHARES,
    people=PEOPLE_SHARES,
    readings=readings(BANDED_CHART),
    goal_short="over on average, some weeks under",
    goal_sentence="It is over its goal of 1h00 on average, some weeks under.",
    usual="usual 50m to 1h12, middle 1h02",
)
EMPTY_TRENDS = TrendsView(
    routine_id="new",
    name=Shown("New routine"),
    facts="26 weeks · no runs",
    weeks=26,
    last=None,
    last_vs_goal=None,
    last_standing=Standing.NONE,
    median=None,
    median_was=None,
    median_change=None,
    best=None,
    best_day="",
    goal=None,
    met=0,
    met_of=0,
    chart=ChartData(),
    steps=(),
    systems=(),
    people=(),
)

_HISTORY_ROUTINES = (
    ("team", "Team numbers for Monday", 30, 5, "2"),
    ("payroll", "Payroll hours", 30, 7, "1"),
    ("client-metrics", "Client metrics update", 60, 10, "4"),
    ("newsletter", "Publish the newsletter", 50, 9, "2"),
    ("invoices", "Client invoices", 25, 6, "3"),
    ("backup", "Backup and restore check", 15, 5, "1"),
    ("review", "Weekly review and plan", 45, 8, "6"),
)
NOTES = ("", "", "Meta export slow, 2 retries", "", "preset was reset", "", "", "skipped slides, no change", "", "")
_OFF_GOAL = (0, 3, -1, -1, 0, 1, 2, -2, -3, -7, -1, -1, 0, 1, -1, -5, -7, 9, 1, 0)


def history_row(index: int) -> HistoryRow:
    routine_id, name, goal, steps, revision = _HISTORY_ROUTINES[index % 7]
    day = date(2026, 11, 17) - timedelta(days=index)
    off_goal = minutes(_OFF_GOAL[index % 20])
    skipped = index % 16 == 2
    return HistoryRow(
        run_id=f"run-{index}",
        routine_id=routine_id,
        week=f"W{Week.of(day).number}" if index == 0 or day.isoweekday() == 7 else "",
        ended_at=datetime(day.year, day.month, day.day, (16 + 19 * index) % 24, 20, tzinfo=UTC),
        finished=f"{day:%a %d} {(16 + 19 * index) % 24:02d}:20",
        name=Shown(name),
        state="abandoned" if index == 11 else "finished",
        total=minutes(goal) + off_goal,
        vs_goal=off_goal,
        standing=standing(minutes(goal) + off_goal, minutes(goal)),
        steps=f"{steps - skipped}/{steps}",
        skipped=skipped,
        revision=revision,
        note=Shown(NOTES[index % 10]),
    )


def history_view(count: int) -> HistoryView:
    return HistoryView(
        title=Shown("All routines"),
        facts=f"{count} runs · 48h12",
        rows=HistoryRows([f"run-{index}" for index in range(count)], history_row),
    )


HISTORY_VIEW = history_view(61)


def _page_step(index: int) -> RunPageStep:
    _, name, usual, _, last = STEPS[index]
    skipped = index == 8
    time = None if skipped else clock(last)
    return RunPageStep(
        title=Shown(name),
        state="skipped" if skipped else "done",
        time=time,
        usual=clock(usual),
        difference=None if time is None else time - clock(usual),
        standing=Standing.NONE if time is None else standing(time, clock(usual)),
        paused=clock("4:10") if index == 2 else timedelta(),
        note=Shown("Export slow\n2 retries") if index == 1 else None,
    )


RUN_PAGE = RunPage(
    run_id="run-25",
    routine_id="client-metrics",
    name=Shown("Client metrics update"),
    place="v4 · week 46 · Wed 11 Nov 13:47 to 14:50",
    state="finished",
    total=minutes(58),
    goal=minutes(60),
    vs_goal=minutes(-2),
    standing=Standing.MET,
    vs_usual=minutes(-3.2),
    paused=clock("4:10"),
    waiting=timedelta(),
    asleep=timedelta(),
    corrected=timedelta(),
    outcome="met",
    note=Shown("Client asked for one more chart"),
    steps=tuple(map(_page_step, range(10))),
)
