"""The table of steps in Trends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.insight.trends_view import figures_since, recent_rows, trends_view
from procroutine.routine.model import Routine, Step, System
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead

DOCS = System(id="docs", name="Documents")
ROUTINE = Routine(
    id="posts",
    name="Posts",
    systems={"docs": DOCS},
    steps=(Step(id="a", title="A", systems=("docs",), person="Ana"), Step(id="b", title="B", person="Ben")),
)
THIS_WEEK = Week(year=2026, number=47)


def seconds(*counts: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(seconds=count) for count in counts)


def test_steps_systems_and_people_are_those_of_the_weeks_shown(make_head: Callable[..., RunHead]) -> None:
    heads = [make_head(a=1000 - number, b=10) for number in range(11)]
    ever, four = trends_view(ROUTINE, heads, THIS_WEEK, 0), trends_view(ROUTINE, heads, THIS_WEEK, 4)
    assert [row.best for row in (ever.steps[0], four.steps[0])] == [*seconds(990), *seconds(990)]
    assert (ever.steps[0].median, four.steps[0].median) == (timedelta(seconds=995), timedelta(seconds=991.5))
    assert (ever.systems[0].median, four.systems[0].median) == (timedelta(seconds=995), timedelta(seconds=991.5))
    assert four.people[0].median == timedelta(seconds=991.5)
    assert trends_view(ROUTINE, heads[:3], THIS_WEEK, 4).steps == ()


def test_a_step_has_its_newest_times(make_head: Callable[..., RunHead]) -> None:
    heads = [*[make_head(a=number) for number in range(1, 12)], make_head(b=5)]
    a, b = recent_rows(figures_since(ROUTINE, heads, None))
    assert (a.id, a.recent, a.last) == ("a", seconds(*range(4, 12)), timedelta(seconds=11))
    assert (b.id, b.recent, b.share) == ("b", seconds(5), 5 / 11)
