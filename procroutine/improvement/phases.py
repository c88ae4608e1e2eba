"""The path of five phases: how far a routine has come, what comes next, and when to move on.

Testing becomes implemented when the upper limit, or four of the last five weeks, is at or under the
goal; a signal the wrong way leads back. Moving is the person's choice alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.choices import Choice
from procroutine.durations import total_time
from procroutine.improvement.corner import FEWEST_KNOWN, MOSTLY
from procroutine.improvement.phase_ground import LAST_WEEKS, MISSING, Ground, WeeksKept, weeks_kept
from procroutine.insight.goal_statement import ENOUGH
from procroutine.insight.report_words import NEEDS_A_SYSTEM
from procroutine.insight.signal_words import signal_side, signal_words
from procroutine.routine.model import Phase
from procroutine.text import Shown, counted, shown
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.insight.behaviour import Behaviour

PHASES = tuple(Phase)
NAMES = {
    Phase.ANALYSIS: "Analysis",
    Phase.BRAINSTORM: "Brainstorm",
    Phase.DESIGN: "Design",
    Phase.TESTING: "Testing",
    Phase.IMPLEMENTED: "Implemented",
}
"""What each phase is called wherever a person reads it."""
MEANT_FOR = {
    Phase.ANALYSIS: "Gather what is known and what gets in the way, and write down what shall come of it and how soon.",
    Phase.BRAINSTORM: "Write down all the small parts in any order, each with its system and a guess at its time.",
    Phase.DESIGN: "Put the steps in order, those of one system together, and explain them to somebody who cannot ask.",
    Phase.TESTING: "Run it with the timer; after each run: what can be changed or eliminated?",
    Phase.IMPLEMENTED: "Keep it in the week; it may always go back to Testing.",
}
"""What each phase is for."""


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

    @property
    def name(self) -> str:
        """What it is called."""
        return NAMES[self.phase]


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

    @property
    def where(self) -> str:
        """Where it stands: `in the phase Testing`."""
        return f"in the phase {NAMES[self.phase]}"

    @property
    def next(self) -> Shown:
        """Where it stands and what to do next, such as `Testing: Give it a goal.` in one line."""
        return Shown(f"{NAMES[self.phase]}: {self.suggestion}")

    @property
    def line(self) -> Shown:
        """The same in one line for other pages."""
        return Shown(f"Phase {self.next}")


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
    missing = tuple(shown(one) for one in MISSING[phase](ground))
    there, place = PHASES.index(ground.routine.phase), PHASES.index(phase)
    if place > there:
        state = PhaseState.LATER
    elif place == there:
        state = PhaseState.NOW
    else:
        state = PhaseState.OPEN if missing else PhaseState.DONE
    return PhaseStep(phase=phase, state=state, missing=missing)


def wrong_way(behaviour: Behaviour) -> str:
    """Give the signal in words that stands and says slower; empty where there is none."""
    signal = behaviour.standing
    if signal is None or signal_side(signal, behaviour.points, behaviour.parts) <= 0:
        return ""
    return signal_words(signal, behaviour.points, behaviour.parts)


def _standing(ground: Ground, kept: WeeksKept) -> str:
    goal, limits = ground.routine.goal, ground.behaviour.in_force
    if not ground.runs or goal is None:
        return ""
    said = [f"{kept.words} at or under the goal of {total_time(goal)}"] if kept.counted else []
    if limits is not None:
        said.append(f"upper limit {total_time(limits.upper)}{' (few weeks)' if limits.soft else ''}")
    return ", ".join(said)


def _next(ground: Ground, kept: WeeksKept) -> tuple[str, Phase | None]:
    """Give what to do next in a sentence, and where to move."""
    phase = ground.routine.phase
    if phase is Phase.TESTING:
        return _after_testing(ground, kept)
    if phase is Phase.IMPLEMENTED:
        return _once_implemented(ground)
    missing = list(MISSING[phase](ground))
    if missing:
        return f"Write down {_first_of(missing)}.", None
    following = PHASES[PHASES.index(phase) + 1]
    return f"Nothing is missing in this phase: move on to {NAMES[following]}.", following


def _first_of(missing: Sequence[str]) -> str:
    """Name the first thing that is missing, and how many more there are."""
    return missing[0] + (f", and {counted(len(missing) - 1, 'thing')} more" if len(missing) > 1 else "")


def _after_testing(ground: Ground, kept: WeeksKept) -> tuple[str, Phase | None]:
    goal, limits = ground.routine.goal, ground.behaviour.in_force
    if not ground.runs:
        return "Run it with the timer, and note after the run what to change or eliminate.", None
    if goal is None:
        return "Give it a goal: without one nobody can say when it is good enough.", None
    if signal := wrong_way(ground.behaviour):
        return f"Go on testing: {signal}.", None
    if ground.put_off >= NEEDS_A_SYSTEM:
        return _put_off(ground), None
    if limits is not None and limits.upper <= goal:
        limit = f"the upper limit, {total_time(limits.upper)}, is at or under the goal of {total_time(goal)}"
        return f"Move on to {NAMES[Phase.IMPLEMENTED]}: {limit}{_not_right(ground)}.", Phase.IMPLEMENTED
    if kept.met >= ENOUGH:
        weeks = f"{kept.words} were at or under the goal of {total_time(goal)}"
        return f"Move on to {NAMES[Phase.IMPLEMENTED]}: {weeks}{_not_right(ground)}.", Phase.IMPLEMENTED
    first = "Settle what was to be changed" if ground.redlines else "Note after each run what to change"
    return f"{first}, and run it again: {ENOUGH} of {LAST_WEEKS} weeks within the goal are enough.", None


def _not_right(ground: Ground) -> str:
    """Say where a routine that is in time does not do the right thing: how far it has come goes by time alone."""
    found = ground.outcomes
    if found is None or found.known < FEWEST_KNOWN or found.share >= MOSTLY:
        return ""
    return f"; but the output was right in only {found.words}, so work on the process first"


def _put_off(ground: Ground) -> str:
    return f"It was not done the last {ground.put_off} times it was due: find out what keeps it from being done."


def _once_implemented(ground: Ground) -> tuple[str, Phase | None]:
    if signal := wrong_way(ground.behaviour):
        return f"Move back to {NAMES[Phase.TESTING]}: {signal}.", Phase.TESTING
    if ground.put_off >= NEEDS_A_SYSTEM:
        return _put_off(ground), None
    stands = "It stands in the week. " if ground.routine.schedule is not None else ""
    for phase in reversed(PHASES[:-1]):
        missing = list(MISSING[phase](ground))
        if missing and (stands or not ground.runs):
            return f"{stands}Still open from {NAMES[phase]}: {_first_of(missing)}.", None
    if not stands:
        return "Give it a schedule, unless it begins whenever something comes in.", None
    return f"{stands}There is nothing to do but to run it.", None
