"""What the path of a routine rests on, and what is still missing in each of its five phases."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from procroutine.insight.goal_statement import ENOUGH, LAST
from procroutine.routine.model import GoalPer, Phase
from procroutine.text import counted
from procroutine.values import Value
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.improvement.outcomes import Outcomes
    from procroutine.insight.behaviour import Behaviour
    from procroutine.insight.weekly import WeeklyValue
    from procroutine.routine.model import Routine, Step

LAST_WEEKS = LAST
"""Of so many last weeks with a run `ENOUGH` at or under the goal are enough, also where there are no more yet."""
_NAMED = 3
"""Steps that are named where something of them is missing; of more, how many there are."""
_PUT_IN_ORDER = 3
"""Steps from which the order is something to decide."""


class Ground(Value):
    """What the path of a routine rests on."""

    routine: Routine
    weeks: Sequence[WeeklyValue]
    """All weeks from the first run on, oldest first."""
    behaviour: Behaviour
    this_week: Week
    timed: Collection[str]
    """Steps that were done in some run, so that nobody needs to guess how long they take."""
    redlines: int
    """Changes that the person wanted to make, not settled yet."""
    put_off: int = 0
    """Times in a row that it was due and not done."""
    outcomes: Outcomes | None = None
    """Whether the newest runs produced their output, as in its corner; None where that was not looked at."""

    @property
    def runs(self) -> int:
        """How many finished runs count."""
        return sum(len(one.runs) for one in self.weeks)


class WeeksKept(Value):
    """How the last weeks kept the goal."""

    met: int
    counted: int
    """Weeks with a run, at most `LAST_WEEKS`."""
    in_a_row: bool = True
    """Whether no week without a run lies between them, or after them."""

    @property
    def words(self) -> str:
        """Say it: `4 of the last 5 weeks`; where others lie between or after them these are `weeks with a run`."""
        return f"{self.met} of the last {counted(self.counted, 'week')}{'' if self.in_a_row else ' with a run'}"


def weeks_kept(ground: Ground) -> WeeksKept:
    """Count which of the last five weeks with a run were at or under the goal.

    The present week counts once it has a run, but not where the goal is one of the week, which is not over.
    """
    is_sum = ground.routine.goal_per is GoalPer.WEEK
    ran = [one for one in ground.weeks if one.runs and not (is_sum and one.week == ground.this_week)]
    last = ran[-LAST_WEEKS:]
    return WeeksKept(
        met=sum(one.met is True for one in last),
        counted=len(last),
        in_a_row=not last or (last[-1].week - last[0].week < len(last) and ground.this_week - last[-1].week <= 1),
    )


def _is_kept(ground: Ground) -> bool:
    """Say whether the upper limit of what is usual, or enough of the last weeks, is at or under the goal."""
    goal, limits = ground.routine.goal, ground.behaviour.in_force
    return goal is not None and (weeks_kept(ground).met >= ENOUGH or (limits is not None and limits.upper <= goal))


def _analysis(ground: Ground) -> Iterator[str]:
    routine = ground.routine
    yield from (f"the {key}" for key in ("purpose", "goal", "output") if getattr(routine, key) is None)
    if routine.analysis is None:
        yield "the facts: what is known, what gets in the way (analysis)"


def _brainstorm(ground: Ground) -> Iterator[str]:
    steps = ground.routine.steps
    if len(steps) < 2:
        yield "the steps: all the small parts, in any order"
    yield from _of_steps("a system", (one for one in steps if not one.systems and not one.alternatives))
    guessed = (one for one in steps if one.planned is None and one.id not in ground.timed)
    yield from _of_steps("a guess how long it takes (planned)", guessed)


def _design(ground: Ground) -> Iterator[str]:
    steps = ground.routine.steps
    if len(steps) >= _PUT_IN_ORDER and not any(one.after for one in steps):
        yield "the order: which step comes after which (after)"
    yield from _of_steps("instructions", (one for one in steps if one.instructions is None))


def _testing(ground: Ground) -> Iterator[str]:
    weeks = sum(bool(one.runs) for one in ground.weeks)
    if not ground.runs:
        yield "the first run with the timer"
    elif weeks < LAST_WEEKS and weeks_kept(ground).met < ENOUGH:
        yield f"runs in {counted(LAST_WEEKS - weeks, 'more week')}, before anybody can say how it keeps its goal"
    elif ground.routine.goal is not None and not _is_kept(ground):
        yield f"the goal: {weeks_kept(ground).words} at or under it, and {ENOUGH} are enough"
    if ground.redlines:
        yield f"{counted(ground.redlines, 'redline')} to settle"


def _implemented(ground: Ground) -> Iterator[str]:
    if ground.routine.schedule is None:
        yield "the schedule, so that it stands in the week"


MISSING: Mapping[Phase, Callable[[Ground], Iterator[str]]] = {
    Phase.ANALYSIS: _analysis,
    Phase.BRAINSTORM: _brainstorm,
    Phase.DESIGN: _design,
    Phase.TESTING: _testing,
    Phase.IMPLEMENTED: _implemented,
}
"""What is not there yet in each phase, in words; titles of steps as they are written."""


def _of_steps(what: str, steps: Iterable[Step]) -> Iterator[str]:
    """Give `instructions for Write and Send`, or for how many steps."""
    titles = [step.title for step in steps]
    if 0 < len(titles) <= _NAMED:
        yield f"{what} for {' and '.join(filter(None, (', '.join(titles[:-1]), titles[-1])))}"
    elif titles:
        yield f"{what} for {len(titles)} steps"
