"""What the Run screen draws."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest

from procroutine.insight.addresses import may_open
from procroutine.insight.comparisons import Comparisons
from procroutine.insight.run_view import run_view
from procroutine.insight.views.common import Standing
from procroutine.insight.views.run import Level, StepMark, SystemChoice
from procroutine.text import shown

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.insight.views.run import RunView
    from procroutine.run.live import RunState, StepState

HOUR = timedelta(hours=1)


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


@pytest.fixture
def draw(
    make_run: Callable[..., RunState],
    make_step: Callable[..., StepState],
    make_head: Callable[..., RunHead],
    now: datetime,
) -> Callable[..., RunView]:
    """Draw a run on its third of four steps, 261 seconds into it; `usual` and `best` of that are 450 and 318."""
    heads = [make_head(a=370, b=480, c=450, d=300), make_head(a=370, b=480, c=318), make_head(a=380, b=490, c=450)]
    comparisons = Comparisons.of("abcd", heads, {})

    def drawn(elapsed: float = 261, looked_at: int | None = None, notes: Any = (), **given: Any) -> RunView:
        step = make_step("C", "current", elapsed, section="Rest", **given.pop("step", {}))
        run = make_run(
            make_step("A", "done", 312, section="First"),
            make_step("B", "done", 541, section="First"),
            step,
            make_step("D", section="Rest", planned=seconds(60)),
            make_step("E", section="Rest", planned=seconds(150), optional=True),
            **given,
        )
        return run_view(run, comparisons, now, looked_at, dict(notes), HOUR)

    return drawn


def test_the_place_names_revision_and_week(draw: Callable[..., RunView]) -> None:
    view = draw()
    assert (view.place, view.since, view.now) == ("v4 · week 47", "13:46", "Thu 14:05")
    assert draw(revision=None).place == "week 47"


def test_a_run_begun_on_another_day_says_which(draw: Callable[..., RunView], now: datetime) -> None:
    view = draw(started_at=now - timedelta(days=2), paused_since=now - timedelta(hours=1), state="paused")
    assert (view.since, view.paused_since) == ("Tue 14:05", "13:05")


def test_every_step_has_its_mark_its_comparison_and_what_it_is_off(draw: Callable[..., RunView]) -> None:
    rows = draw().steps
    assert [row.mark for row in rows] == [StepMark.DONE] * 2 + [StepMark.CURRENT] + [StepMark.PENDING] * 2
    assert [row.compared for row in rows] == [seconds(number) for number in (370, 480, 450, 300, 150)]
    assert [row.from_plan for row in rows] == [False, False, False, False, True]
    assert [row.difference for row in rows] == [seconds(-58), seconds(61), None, None, None]
    assert [row.standing for row in rows[:3]] == [Standing.MET, Standing.FAR_OVER, Standing.NONE]
    assert [row.best_ever for row in rows] == [True, False, False, False, False]
    assert [row.optional for row in rows] == [False, False, False, False, True]


def test_a_section_is_named_on_its_first_step_only(draw: Callable[..., RunView]) -> None:
    assert [row.section for row in draw().steps] == ["First", None, "Rest", None, None]


def test_so_far_is_held_against_the_usual_times_of_the_done_steps(draw: Callable[..., RunView]) -> None:
    view = draw()
    assert (view.so_far, view.vs_usual) == (seconds(853), seconds(853 - 850))
    assert view.done_count == 2


@pytest.mark.parametrize(
    ("elapsed", "level", "difference"),
    [
        (318, Level.USUAL, None),
        (319, Level.USUAL, -131),
        (450, Level.USUAL, 0),
        (451, Level.OVER, 1),
        (675, Level.OVER, 225),
        (676, Level.LATE, 226),
    ],
)
def test_the_clock_tells_over_usual_and_over_one_and_a_half_times_usual(
    draw: Callable[..., RunView], elapsed: int, level: Level, difference: int | None
) -> None:
    view = draw(elapsed)
    assert view.panel.level is level
    assert view.steps[2].difference == (None if difference is None else seconds(difference))


def test_a_paused_run_is_neither_over_nor_late(draw: Callable[..., RunView]) -> None:
    assert draw(900, state="paused").panel.level is Level.PAUSED


def test_the_figures_are_usual_best_and_last_with_what_is_left(draw: Callable[..., RunView]) -> None:
    figures = draw().panel.figures
    assert [(figure.label, figure.time, figure.left) for figure in figures] == [
        ("usual", seconds(450), seconds(189)),
        ("best", seconds(318), seconds(57)),
        ("last", seconds(450), seconds(189)),
    ]


def test_a_step_never_done_has_its_plan_as_its_only_figure(draw: Callable[..., RunView]) -> None:
    view = draw(looked_at=4)
    assert not view.usual_is_planned
    figures = view.panel.figures
    assert [(figure.label, figure.left) for figure in figures] == [("planned", seconds(150))]
    assert draw(step={"id": "x", "planned": seconds(90)}).usual_is_planned


def test_another_step_can_be_looked_at_without_moving_the_clock(draw: Callable[..., RunView]) -> None:
    view = draw(looked_at=1)
    assert (view.current, view.panel.number, view.panel.is_current) == (2, 2, False)
    assert view.panel.time == seconds(541)
    assert draw(looked_at=99).panel.number == 5


def test_the_bottom_line_projects_the_total_and_the_clock_time_of_the_finish(draw: Callable[..., RunView]) -> None:
    total = draw().total
    assert total.projected == seconds(853 + 450 + 300 + 150)
    assert total.elapsed == seconds(853 + 261)
    assert total.finish == "14:15"
    assert total.slack == HOUR - total.projected
    assert (total.done, total.current) == ((seconds(312), seconds(541)), seconds(261))
    assert (total.current_expected, total.left) == (seconds(450), (seconds(300), seconds(150)))


def test_the_finish_of_a_run_that_waits_comes_after_the_end_of_that(
    draw: Callable[..., RunView], now: datetime
) -> None:
    assert draw(state="paused", waiting_for="photos", waiting_until=now + HOUR).total.finish == "15:15"
    assert draw(state="paused", waiting_for="photos", waiting_until=None).total.finish == "14:15"


def test_a_finish_on_another_day_says_which(draw: Callable[..., RunView]) -> None:
    long = {"id": "x", "planned": timedelta(hours=11)}
    assert draw(0, step=long).total.finish.startswith("Fri 01:")


def test_instructions_checklist_notes_and_links_belong_to_the_step(draw: Callable[..., RunView]) -> None:
    definition = {"instructions": "1. Export\n2. Copy\x1b[2J", "checklist": ["one", "two"], "alternatives": ["s", "q"]}
    systems = {"s": {"name": "Sheets", "url": "https://example.org"}, "w": {"name": "W", "url": "javascript:x"}}
    view = draw(
        notes={"c": ("week 46", "Filter lost\nasked Ben")},
        step={"definition": definition, "systems": ("s", "w"), "ticked": frozenset({1}), "notes": ("a", "b")},
        definition={"systems": systems},
    )
    panel = view.panel
    assert panel.instructions == "1. Export\n2. Copy␛[2J"
    assert panel.checklist == (("one", False), ("two", True))
    assert panel.last_note == ("week 46", "Filter lost; asked Ben")
    assert panel.notes == ("a", "b")
    assert [(link.digit, link.name, link.opens) for link in panel.links] == [
        (1, "Sheets", True),
        (2, "W", False),
        (3, "q", False),
    ]


def test_a_step_says_which_of_its_systems_it_is_done_with_and_which_is_next(draw: Callable[..., RunView]) -> None:
    definition = {"alternatives": ["s", "q", "x"]}
    step = {"definition": definition, "systems": ("q",), "alternative": "q"}
    choice = draw(step=step, definition={"systems": {"q": {"name": "Queue\x1b"}}}).panel.choice
    assert choice == SystemChoice(system=shown("Queue\x1b"), next="x", next_name=shown("x"), others=2)
    assert draw(step={"definition": definition}).panel.choice is None
    assert draw(step=step | {"definition": {"alternatives": ["q"]}}).panel.choice is None


def test_only_nine_systems_have_a_digit(draw: Callable[..., RunView]) -> None:
    links = draw(step={"systems": tuple(f"s{number}" for number in range(12))}).panel.links
    assert [link.digit for link in links] == list(range(1, 10))


def test_a_finished_run_shows_the_step_left_last(
    make_run: Callable[..., RunState], make_step: Callable[..., StepState], now: datetime
) -> None:
    run = make_run(make_step("A", "done", 5), make_step("B", "done", 5), order_done=(1, 0))
    view = run_view(run, Comparisons.of("ab", [], {}), now)
    assert (view.current, view.panel.is_current, view.vs_usual) == (0, False, None)
    assert (view.total.goal, view.total.slack, view.total.projected) == (None, None, seconds(10))


@pytest.mark.parametrize(
    ("address", "opens"),
    [
        ("https://example.org/a?b#c", True),
        ("HTTP://example.org", True),
        ("mailto:ana@example.org", True),
        ("file:///tmp/x", True),
        ("javascript:alert(1)", False),
        ("ssh://-oProxyCommand=x", False),
        ("--version", False),
        ("https:", False),
        ("https://example.org/\x1b]0;x", False),
        ("https://example.org/\u202ex", False),
        ("https://example.org -x", False),
    ],
)
def test_only_plain_addresses_of_four_schemes_open(address: str, opens: bool) -> None:
    assert may_open(address) is opens


def test_ten_steps_are_drawn_in_less_than_a_millisecond(
    make_run: Callable[..., RunState],
    make_step: Callable[..., StepState],
    make_head: Callable[..., RunHead],
    now: datetime,
) -> None:
    names = "ABCDEFGHIJ"
    steps = [make_step(name, "current" if name == "F" else "pending", 5, section=name) for name in names]
    run = make_run(*steps)
    heads = [make_head(**dict.fromkeys(names.lower(), 5)) for _ in range(20)]
    comparisons = Comparisons.of(names.lower(), heads, {})
    best = min(_seconds_to_draw(run, comparisons, now) for _ in range(50))
    assert best < 0.001


def _seconds_to_draw(run: RunState, comparisons: Comparisons, now: datetime) -> float:
    began = process_time()
    run_view(run, comparisons, now, None, {}, HOUR)
    return process_time() - began
