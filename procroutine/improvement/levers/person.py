"""Another person in the loop: whether it earns the steps and the delay it adds."""

from __future__ import annotations

from collections.abc import Iterator

from procroutine.durations import span, total_time
from procroutine.improvement.absences import Absence, absences, people_beside
from procroutine.improvement.change import drop
from procroutine.improvement.ground import RoutineGround, middle_of
from procroutine.improvement.lead import waited_at
from procroutine.improvement.levers.chance import Chance
from procroutine.improvement.levers.eliminate import lever_of
from procroutine.improvement.levers.lever import ZERO, Figure, Lever, Missing
from procroutine.improvement.levers.naming import names_of
from procroutine.improvement.levers.needless import may_be_needless, needless
from procroutine.insight.flow import hand_offs
from procroutine.text import counted

KIND = "person"


def levers(ground: RoutineGround, chance: Chance) -> Iterator[Lever | Missing]:
    """Look at the steps of each person but the main one; a claim takes its part of the chance of `eliminate`.

    A person whose steps make nobody wait, and are not shown to be needless, is not named.
    """
    found = absences(ground)
    shown = {one.absence.steps: one for one in needless(found, chance)}
    for person, steps in people_beside(ground).items():
        can_go = shown.get(steps)
        if can_go is not None and can_go.absence.person is None:
            continue  # told of the steps themselves
        own = next((one for one in found if one.steps == steps), None)
        lever = _in_the_loop(ground, person, steps, own) if can_go is None else lever_of(ground, can_go)
        if lever.is_shown or lever.lead:
            yield lever


def _in_the_loop(ground: RoutineGround, person: str, steps: tuple[str, ...], own: Absence | None) -> Lever:
    """Say what the steps of a person add, where nothing shows that they are not needed."""
    newest = ground.present.runs
    runs = [run for run in newest if any(run.done(step) for step in steps)]
    work = middle_of(sum((run.time(step) or ZERO for step in steps), ZERO) for run in runs)
    waits = waited_at(ground, steps)
    hands = hand_offs(ground.steps) - hand_offs(step for step in ground.steps if step.id not in steps)
    a_week = ground.a_week * len(runs) / max(1, len(newest))
    return Lever(
        kind=KIND,
        routine=ground.routine.id,
        steps=steps,
        person=person,
        at_stake=work * a_week,
        lead=waits * a_week,
        sentence=f"{person} in the loop adds {total_time(work)} of work, {span(waits)} of waiting and "
        f"{counted(hands, 'hand-off')} to a run ({names_of(ground, steps)}); {_tried(own)}",
        how=f"Middle of the newest {counted(len(runs), 'run')} with these steps, times {a_week:.2f} a week, with"
        " what was waited at them. What-if tells of the middle from start to end with them and without; in it and in"
        " the flow map the last runs count most.",
        evidence=(
            Figure(what="work a run", length=work),
            Figure(what="waiting a run", length=waits),
            Figure(what="hand-offs a run", count=hands),
            Figure(what="steps", count=len(steps), of=len(ground.steps)),
            Figure(what="runs a week", count=a_week),
        ),
        tries=tuple(map(drop, steps)),
    )


def _tried(own: Absence | None) -> str:
    """Say what the runs without the steps tell, and what to do then."""
    find_out = "Leave it out every other time, or check afterwards, and say at the finish what came of it."
    known = own.outcomes[0].known if own is not None else 0
    if own is None or not known:
        return f"no run without says whether the output is right without. {find_out}"
    if not own.can_be_tested:
        runs = f"only {counted(known, 'run')} without {'says' if known == 1 else 'say'}"
        return f"{runs} whether the output is right without. {find_out}"
    without, beside = own.outcomes
    told = f"the output was right in {without.words} without and in {beside.words} with"
    if without.share < beside.share and not may_be_needless(own):
        return f"{told}. Ask for it earlier, or check afterwards."
    return f"{told}, too few to be sure. {find_out}"
