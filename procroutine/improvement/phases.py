"""The path of five phases: how far a routine has come, what is still missing, and when to move on.

Testing becomes implemented when the upper limit, or four of the last five weeks, is at or under the
goal; a signal the wrong way leads back. Moving is the person's choice alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.choices import Choice
from procroutine.durations import total_time
from procroutine.insight.signal_words import signal_side, signal_words
from procroutine.routine.model import GoalPer, Phase
from procroutine.text import Shown, counted, shown
from procroutine.values import Value
from procroutine.weeks import Week

if TYPE_CHECKING:
    from procroutine.insight.behaviour import Behaviour
    from procroutine.insight.weekly import WeeklyValue
    from procroutine.routine.model import Routine, Step

PHASES = tuple(Phase)
MEANT_FOR = {
    Phase.ANALYSIS: "Gather what is known and what gets in the way, and write down what shall come of it and how soon.",
    Phase.BRAINSTORM: "Write down all the small parts in any order, each with its system and a guess at its time.",
    Phase.DESIGN: "Put the steps in order, those of one system together, and explain them to somebody who cannot ask.",
    Phase.TESTING: "Run it with the timer; after each run: what can be changed or eliminated?",
    Phase.IMPLEMENTED: "It stands in the week. It may always go back to testing.",
}
"""What each phase is for."""
LAST_WEEKS, ENOUGH = 5, 4
"""Of so many last weeks with a run, so many at or under the goal are enough."""
_NAMED = 3
"""Steps that are named where something of them is missing; of more, how many there are."""
_PUT_IN_ORDER = 3
"""Steps from which the order is something to decide."""


class PhaseState(Choice):
    """How one phase stands."""

    DONE = "done"
    """It was gone through, and nothing is missing."""
    OPEN = "left open"
    """It was gone through, and something is missing."""
    NOW = "now"
    LATER = "later"


class PhaseStep(Value):
    """One phase on the path of a routine."""

    phase: Phase
    state: PhaseState
    missing: tuple[Shown, ...]
    """What is not there yet, in words; of a phase to come too."""


class WeeksKept(Value):
    """How the last weeks kept the goal."""

    met: int
    counted: int
    """Weeks with a run, at most `LAST_WEEKS`."""


class Path(Value):
    """How far a routine has come, and what comes next."""

    routine_id: str
    name: Shown
    phase: Phase
    steps: tuple[PhaseStep, ...]
    kept: WeeksKept
    goal: timedelta | None
    upper: timedelta | None
    """The upper limit of what is usual; None while there are too few weeks for one."""
    standing: str
    """In words: how the runs stand to the goal; empty without a run."""
    suggestion: Shown
    """A sentence: what to do next."""
    move_to: Phase | None
    """Where the app would move it; None where there is no reason to."""


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

    @property
    def runs(self) -> int:
        """How many finished runs count."""
        return sum(len(one.runs) for one in self.weeks)


def path_of(ground: Ground) -> Path:
    """Find how far a routine has come."""
    routine, limits = ground.routine, ground.behaviour.in_force
    kept = weeks_kept(ground)
    suggestion, move_to = _next(ground, kept)
    return Path(
        routine_id=routine.id,
        name=shown(routine.name),
        phase=routine.phase,
        steps=tuple(_step(phase, ground) for phase in PHASES),
        kept=kept,
        goal=routine.goal,
        upper=None if limits is None else limits.upper,
        standing=_standing(ground, kept),
        suggestion=shown(suggestion),
        move_to=move_to,
    )


def _step(phase: Phase, ground: Ground) -> PhaseStep:
    missing = tuple(shown(one) for one in _MISSING[phase](ground))
    there, place = PHASES.index(ground.routine.phase), PHASES.index(phase)
    if place > there:
        state = PhaseState.LATER
    elif place == there:
        state = PhaseState.NOW
    else:
        state = PhaseState.OPEN if missing else PhaseState.DONE
    return PhaseStep(phase=phase, state=state, missing=missing)


def weeks_kept(ground: Ground) -> WeeksKept:
    """Count which of the last five weeks with a run were at or under the goal.

    The present week counts once it has a run, but not where the goal is one of the week, which is not over.
    """
    is_sum = ground.routine.goal_per is GoalPer.WEEK
    ran = [one for one in ground.weeks if one.runs and not (is_sum and one.week == ground.this_week)]
    last = ran[-LAST_WEEKS:]
    return WeeksKept(met=sum(one.met is True for one in last), counted=len(last))


def wrong_way(behaviour: Behaviour) -> str:
    """Give the signal in words that stands and says slower; empty where there is none."""
    signal = behaviour.standing
    if signal is None or signal_side(signal, behaviour.points, behaviour.parts) <= 0:
        return ""
    return signal_words(signal, behaviour.points, behaviour.parts)


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
    elif weeks < LAST_WEEKS:
        yield f"runs in {counted(LAST_WEEKS - weeks, 'more week')}, before anybody can say how it keeps its goal"
    if ground.redlines:
        yield f"{counted(ground.redlines, 'redline')} to settle: what was to be changed"


def _implemented(ground: Ground) -> Iterator[str]:
    if ground.routine.schedule is None:
        yield "the schedule, so that it stands in the week"


_MISSING = {
    Phase.ANALYSIS: _analysis,
    Phase.BRAINSTORM: _brainstorm,
    Phase.DESIGN: _design,
    Phase.TESTING: _testing,
    Phase.IMPLEMENTED: _implemented,
}


def _of_steps(what: str, steps: Iterable[Step]) -> Iterator[str]:
    """Give `instructions for Write and Send`, or for how many steps."""
    titles = [step.title for step in steps]
    if 0 < len(titles) <= _NAMED:
        yield f"{what} for {' and '.join(filter(None, (', '.join(titles[:-1]), titles[-1])))}"
    elif titles:
        yield f"{what} for {len(titles)} steps"


def _standing(ground: Ground, kept: WeeksKept) -> str:
    goal, limits = ground.routine.goal, ground.behaviour.in_force
    if not ground.runs or goal is None:
        return ""
    weeks = f"{kept.met} of the last {counted(kept.counted, 'week')} at or under the goal of {total_time(goal)}"
    if limits is None:
        return weeks
    return f"{weeks}, upper limit {total_time(limits.upper)}{' (few weeks)' if limits.soft else ''}"


def _next(ground: Ground, kept: WeeksKept) -> tuple[str, Phase | None]:
    """Give what to do next in a sentence, and where to move."""
    phase = ground.routine.phase
    if phase is Phase.TESTING:
        return _after_testing(ground, kept)
    if phase is Phase.IMPLEMENTED:
        return _once_implemented(ground)
    missing = list(_MISSING[phase](ground))
    if missing:
        more = f", and {counted(len(missing) - 1, 'thing')} more" if len(missing) > 1 else ""
        return f"Write down {missing[0]}{more}.", None
    following = PHASES[PHASES.index(phase) + 1]
    return f"Nothing is missing in this phase: move on to {following.value}.", following


def _after_testing(ground: Ground, kept: WeeksKept) -> tuple[str, Phase | None]:
    goal, limits = ground.routine.goal, ground.behaviour.in_force
    if not ground.runs:
        return "Run it with the timer, and note after the run what to change or eliminate.", None
    if goal is None:
        return "Give it a goal: without one nobody can say when it is good enough.", None
    if signal := wrong_way(ground.behaviour):
        return f"Go on testing: {signal}.", None
    if limits is not None and limits.upper <= goal:
        return (
            f"Move on to implemented: the upper limit, {total_time(limits.upper)}, is at or under the goal of "
            f"{total_time(goal)}.",
            Phase.IMPLEMENTED,
        )
    if kept.counted == LAST_WEEKS and kept.met >= ENOUGH:
        weeks = f"{kept.met} of the last {kept.counted} weeks were at or under the goal of {total_time(goal)}"
        return f"Move on to implemented: {weeks}.", Phase.IMPLEMENTED
    first = "Settle what was to be changed" if ground.redlines else "Note after each run what to change or eliminate"
    return f"{first}, and run it again: {ENOUGH} of {LAST_WEEKS} weeks at or under the goal are enough.", None


def _once_implemented(ground: Ground) -> tuple[str, Phase | None]:
    if signal := wrong_way(ground.behaviour):
        return f"Move back to testing: {signal}.", Phase.TESTING
    if ground.routine.schedule is None:
        return "Give it a schedule, unless it begins whenever something comes in.", None
    return "It stands in the week. There is nothing to do but to run it.", None
