"""Where the time goes, by steps and systems."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.insight.shares import step_figures, time_by_system
from procroutine.routine.model import Routine, Step

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead

CHOICE = Step(id="enter", title="Enter", systems=("sheet",), alternatives=("scheduler", "queue"))
ROUTINE = Routine(id="posts", name="Posts", steps=(Step(id="check", title="Check", systems=("scheduler",)), CHOICE))


def _run(make_head: Callable[..., RunHead], chosen: str | None, length: int = 16) -> RunHead:
    return make_head(
        step_times={"check": timedelta(minutes=10), "enter": timedelta(minutes=length)},
        alternatives=None if chosen is None else {"enter": chosen},
    )


def test_a_step_with_alternatives_counts_for_those_its_runs_were_done_with_by_the_time_it_took_with_each(
    make_head: Callable[..., RunHead],
) -> None:
    runs = [_run(make_head, one) for one in ("queue", "scheduler", "queue", "queue", None)]
    assert time_by_system(step_figures(ROUTINE, runs)) == {
        # Four runs say with what: each is 4 minutes, half of them of the sheet that all of them need.
        "scheduler": timedelta(minutes=12),
        "sheet": timedelta(minutes=8),
        "queue": timedelta(minutes=6),
    }

    runs = [_run(make_head, "queue", 24), _run(make_head, "scheduler", 8), _run(make_head, None, 12)]
    assert time_by_system(step_figures(ROUTINE, runs)) == {
        # Of the middle time, 12 minutes, three quarters are of runs with the queue.
        "scheduler": timedelta(minutes=10 + 1.5),
        "sheet": timedelta(minutes=6),
        "queue": timedelta(minutes=4.5),
    }


def test_a_step_of_which_no_run_says_with_what_counts_for_its_systems_alone(make_head: Callable[..., RunHead]) -> None:
    assert time_by_system(step_figures(ROUTINE, [_run(make_head, None)])) == {
        "sheet": timedelta(minutes=16),
        "scheduler": timedelta(minutes=10),
    }
