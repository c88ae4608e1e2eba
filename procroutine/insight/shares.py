"""Where the time goes: a routine's steps, systems and people by what they take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.history.targets import times_of_steps
from procroutine.insight.views.common import ShareRow
from procroutine.insight.weekly import median
from procroutine.run.states import systems_with
from procroutine.text import shown
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.routine.model import Routine, Step

ZERO = timedelta()


class StepFigures(Value):
    """What is known of one step of the present definition."""

    step: Step
    times: tuple[timedelta, ...]
    """Active times, oldest to newest; none where it was never done."""
    median: timedelta | None
    """Their middle."""
    done_with: tuple[tuple[tuple[str, ...], timedelta], ...] = ()
    """Of each run that did it with one of its alternatives the systems and the time; none where no run did."""

    @property
    def best(self) -> timedelta | None:
        """Its shortest time."""
        return min(self.times, default=None)

    @property
    def last(self) -> timedelta | None:
        """Its newest time."""
        return self.times[-1] if self.times else None


def step_figures(routine: Routine, heads: Iterable[RunHead]) -> tuple[StepFigures, ...]:
    """Give the figures of each step, in the order of the definition, from runs oldest to newest."""
    heads = tuple(heads)
    times = times_of_steps(head.step_times for head in heads)
    found = ((step, tuple(times.get(step.id, ()))) for step in routine.steps)
    return tuple(
        StepFigures(step=step, times=ours, median=median(ours), done_with=tuple(_done_with(step, heads)))
        for step, ours in found
    )


def _done_with(step: Step, heads: Iterable[RunHead]) -> Iterator[tuple[tuple[str, ...], timedelta]]:
    if not step.alternatives:
        return
    definition = {"systems": step.systems, "alternatives": step.alternatives}
    for head in heads:
        if step.id in head.step_times and (chosen := (head.alternatives or {}).get(step.id)) is not None:
            yield systems_with(definition, chosen), head.step_times[step.id]


def whole(figures: Iterable[StepFigures]) -> timedelta:
    """Give the medians of all steps together, which every share is a part of."""
    return sum((one.median or ZERO for one in figures), ZERO)


def time_by_system(figures: Iterable[StepFigures]) -> dict[str, timedelta]:
    """Share each step's median evenly over its systems; most time first.

    A step with alternatives goes to those its runs were done with, by the time that it took with each.
    """
    times: dict[str, timedelta] = {}
    for one in figures:
        if one.median is None:
            continue
        ways = one.done_with or ((one.step.systems, one.median),)
        spent = sum((time for _, time in ways), ZERO)
        for systems, time in ways:
            for system in systems:
                times[system] = times.get(system, ZERO) + one.median * part(time, spent) / len(systems)
    return _most_first(times)


def time_by_person(figures: Iterable[StepFigures]) -> dict[str, timedelta]:
    """Add up the steps' medians by who does them; most time first."""
    times: dict[str, timedelta] = {}
    for one in figures:
        if one.step.person and one.median is not None:
            times[one.step.person] = times.get(one.step.person, ZERO) + one.median
    return _most_first(times)


def _most_first(times: Mapping[str, timedelta]) -> dict[str, timedelta]:
    return dict(sorted(times.items(), key=lambda item: -item[1]))


def part(length: timedelta, of: timedelta) -> float:
    """Give the part one length is of another, 0 to 1; 0 of nothing."""
    return length / of if of else 0.0


def step_rows(figures: Sequence[StepFigures]) -> tuple[ShareRow, ...]:
    """Draw the steps that were ever done, the slowest by median first."""
    known = sorted(((one, one.median) for one in figures if one.median is not None), key=lambda pair: -pair[1])
    total = whole(figures)
    return tuple(
        ShareRow(
            id=one.step.id,
            name=shown(one.step.title),
            median=middle,
            share=part(middle, total),
            of_largest=part(middle, known[0][1]),
            best=one.best,
            last=one.last,
            slow=one.last is not None and one.last * 10 > middle * 11,
        )
        for one, middle in known
    )


def share_rows(times: Mapping[str, timedelta], names: Mapping[str, str], total: timedelta) -> tuple[ShareRow, ...]:
    """Draw systems or people, as `time_by_system` gives them, under the names found for their ids."""
    largest = max(times.values(), default=ZERO)
    return tuple(
        ShareRow(
            id=key,
            name=shown(names.get(key, key)),
            median=time,
            share=part(time, total),
            of_largest=part(time, largest),
        )
        for key, time in times.items()
    )
