"""Made-up views of This week, a run on its third of ten steps, and its finish."""

from __future__ import annotations

from datetime import timedelta

from procroutine.insight.views.common import ChartData, Standing
from procroutine.insight.views.later import Later
from procroutine.insight.views.run import (
    Figure,
    FinishView,
    Level,
    Link,
    NotableStep,
    RunView,
    StepMark,
    StepPanel,
    StepRow,
    TotalLine,
)
from procroutine.insight.views.week import DayCell, RoutineDetail, RoutineRow, RowState, WeekView
from procroutine.text import Shown
from tests.tui.samples import CHART, DAY, STEP_SHARES, STEPS, WEEK, chart, clock, minutes, standing

_PURPOSE = (
    "Collect the week's numbers from five systems, check them against the pivot, "
    "and send the client a commentary with slides."
)


def routine_row(
    name: str,
    state: RowState,
    due: tuple[str, str],
    goal: float,
    weeks: tuple[float | None, ...],
    streak: int,
    charted: ChartData | None = None,
    purpose: str = "What is to be done each week.",
) -> RoutineRow:
    """A row of This week; goal and weeks in minutes."""
    lengths = tuple(None if week is None else minutes(week) for week in weeks)
    run = sorted(length for length in lengths if length is not None)
    last = next((length for length in reversed(lengths) if length is not None), None)
    against = Standing.NONE if last is None else standing(last, minutes(goal))
    median = run[len(run) // 2] if run else None
    done, paused = state is RowState.DONE, state is RowState.PAUSED
    detail = RoutineDetail(
        name=Shown(name),
        facts=f"v4 · 10 steps · 10 systems · due {due[0]}",
        purpose=Shown(purpose),
        last=last,
        last_standing=against,
        median=median,
        best=run[0] if run else None,
        goal=minutes(goal),
        chart=charted or chart(weeks, goal),
        slowest=STEP_SHARES[:4],
        key_action="done" if done else "resume at step 5 and finish about" if paused else "start now and finish about",
        key_time=None if done else "15:03",
    )
    return RoutineRow(
        routine_id=name.lower().replace(" ", "-"),
        name=Shown(name),
        state=state,
        due_day=due[0],
        due_note=due[1],
        last=last,
        vs_goal=None if last is None else last - minutes(goal),
        standing=against,
        weeks=lengths,
        goal=minutes(goal),
        streak=streak,
        put_off=0,
        run_id="run-open" if paused else None,
        drawn=Later(lambda: detail),
    )


_NOW = (
    routine_row(
        "Client metrics update",
        RowState.OVERDUE,
        ("Wed", "1 day late"),
        60,
        (66, 64, 63, 65, 64, 59, 61, 58),
        0,
        CHART,
        _PURPOSE,
    ),
    routine_row(
        "Publish the newsletter", RowState.PAUSED, ("Thu", "paused 4/9"), 50, (61, 58, 57, 55, 49, 56, 52, 54), 11
    ),
    routine_row("Client invoices", RowState.TODAY, ("Thu", "today"), 25, (31, 30, 24, 27, 26, 29, 25, 28), 8),
)
_LATER = (
    routine_row(
        "Backup and restore check", RowState.LATER, ("Fri", "tomorrow"), 15, (16, 15, None, 14, 13, 12, 12, 11), 5
    ),
    routine_row(
        "Weekly review and plan", RowState.LATER, ("Fri", "tomorrow"), 45, (48, 47, 44, 46, 43, 44, 42, 41), 21
    ),
)
_DONE = (
    routine_row("Team numbers for Monday", RowState.DONE, ("Mon", "09:41"), 30, (36, 34, 33, 31, 29, 30, 28, 27), 14),
    routine_row("Payroll hours", RowState.DONE, ("Tue", "16:20"), 30, (33, 32, None, 35, 31, 36, 33, 34), 3),
)

WEEK_VIEW = WeekView(
    date=DAY,
    week=WEEK,
    done=2,
    due=7,
    overdue=1,
    to_go=minutes(171),
    days=(
        DayCell(label="Mon 16", today=False, states=(RowState.DONE,)),
        DayCell(label="Tue 17", today=False, states=(RowState.DONE,)),
        DayCell(label="Wed 18", today=False, states=(RowState.OVERDUE,)),
        DayCell(label="Thu 19", today=True, states=(RowState.PAUSED, RowState.TODAY)),
        DayCell(label="Fri 20", today=False, states=(RowState.LATER, RowState.LATER)),
        DayCell(label="Sat 21", today=False, states=()),
        DayCell(label="Sun 22", today=False, states=()),
    ),
    groups=(("Now", _NOW), ("Later this week", _LATER), ("Done", _DONE)),
)

_INSTRUCTIONS = """\
Compare **last 7 days** with the *previous period*.

1. Performance → Queries → filter `country = DE`
2. Export → **Google Sheets**
3. Rename the tab to the week, e.g. `2026-W47`
   - delete last week's tab if there are more than eight
4. Copy *clicks* and *position* into `raw!B2`

> **Why:** the client reads position first. A wrong period here
> cost us a re-send in W38.
"""
_TIMES = {"google": "5:12", "meta": "9:01", "search": "4:21"}


def _step(index: int) -> StepRow:
    step_id, title, usual, _, _ = STEPS[index]
    time = clock(_TIMES[step_id]) if step_id in _TIMES else None
    finished = time is not None and index < 2
    return StepRow(
        id=step_id,
        number=index + 1,
        title=Shown(title),
        section=None,
        mark=StepMark.DONE if finished else StepMark.CURRENT if index == 2 else StepMark.PENDING,
        compared=clock(usual),
        from_plan=False,
        time=time,
        difference=time - clock(usual) if finished and time is not None else None,
        standing=standing(time, clock(usual)) if finished and time is not None else Standing.NONE,
        best_ever=False,
        optional=False,
    )


PANEL = StepPanel(
    id="search",
    number=3,
    count=10,
    title=Shown("Pull Search Console queries"),
    is_current=True,
    time=clock("4:21"),
    level=Level.USUAL,
    figures=(
        Figure(label="usual", time=clock("7:30"), left=clock("3:09")),
        Figure(label="best", time=clock("5:18"), left=clock("0:57")),
        Figure(label="last", time=clock("7:10"), left=clock("2:49")),
    ),
    compared=clock("7:30"),
    best=clock("5:18"),
    instructions=Shown(_INSTRUCTIONS),
    checklist=(),
    last_note=("week 46", Shown("Filter was lost after logging in again. Check the country first.")),
    notes=(),
    links=(
        Link(digit=1, name=Shown("Search Console"), url="https://search.example.org", opens=True),
        Link(digit=2, name=Shown("Sheets"), url="https://sheets.example.org", opens=True),
    ),
)
TOTAL = TotalLine(
    elapsed=clock("18:34"),
    projected=clock("61:13"),
    goal=minutes(60),
    finish="14:47",
    slack=-clock("1:13"),
    done=(clock("5:12"), clock("9:01")),
    current=clock("4:21"),
    current_expected=clock("7:30"),
    left=tuple(clock(usual) for _, _, usual, _, _ in STEPS[3:]),
    goal_words="goal 1h00",
)
RUN_VIEW = RunView(
    run_id="run-open",
    routine_id="client-metrics-update",
    name=Shown("Client metrics update"),
    place="v4 · week 47",
    since="13:47",
    now="Thu 14:05",
    paused_since=None,
    waiting_for=None,
    steps=tuple(map(_step, range(10))),
    panel=PANEL,
    current=2,
    so_far=clock("14:13"),
    vs_usual=timedelta(seconds=3),
    total=TOTAL,
    done_count=2,
    can_undo=True,
    can_redo=False,
)
OVER_RUN_VIEW = RUN_VIEW.replaced(
    panel=PANEL.replaced(
        time=clock("8:21"),
        level=Level.OVER,
        figures=(
            Figure(label="usual", time=clock("7:30"), left=-clock("0:51")),
            Figure(label="best", time=clock("5:18"), left=-clock("3:03")),
            Figure(label="last", time=clock("7:10"), left=-clock("1:11")),
        ),
    ),
)
PAUSED_RUN_VIEW = RUN_VIEW.replaced(paused_since="14:05", panel=PANEL.replaced(level=Level.PAUSED))

FINISH_VIEW = FinishView(
    run_id="run-open",
    routine_id="client-metrics-update",
    name=Shown("Client metrics update"),
    place="week 47 · finished 14:44",
    total=clock("57:52"),
    goal=minutes(60),
    slack=clock("2:08"),
    goal_words="the goal of 1h00",
    vs_last=-clock("0:18"),
    best_so_far=True,
    skipped=0,
    notable=(
        NotableStep(
            title=Shown("Update the slides"),
            time=clock("4:02"),
            difference=-clock("0:58"),
            standing=Standing.MET,
            remark="new best",
        ),
        NotableStep(
            title=Shown("Export Google Ads"),
            time=clock("5:12"),
            difference=-clock("0:58"),
            standing=Standing.MET,
            remark="",
        ),
        NotableStep(
            title=Shown("Export Meta Ads"),
            time=clock("9:01"),
            difference=clock("1:01"),
            standing=Standing.FAR_OVER,
            remark="slowest against usual",
        ),
    ),
    output=Shown("A commentary with slides, sent to the client"),
)
