"""Another order of the steps, with fewer switches between systems (ECRS: rearrange; FORMULAS 6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from procroutine.durations import step_time
from procroutine.improvement.change import reorder
from procroutine.improvement.fewest_switches import FewestSwitches, fewest_switches
from procroutine.improvement.ground import RECENT, RoutineGround, middle_of
from procroutine.improvement.levers.chance import Chance, sureness
from procroutine.improvement.levers.lever import Figure, Lever, Missing
from procroutine.improvement.switch_cost import FEWEST, ChangeCost, switch_cost, switched_in
from procroutine.improvement.turns import turns_of, used_of
from procroutine.insight.flow import settled, switches
from procroutine.text import counted

KIND = "rearrange"
SWITCHES = "switch", "switches"


def levers(ground: RoutineGround, chance: Chance) -> Iterator[Lever | Missing]:
    """Offer the order with the fewest switches; it saves something only where a switch is shown to cost something."""
    used = used_of(turns_of(ground))
    found = fewest_switches(settled(ground.steps, used))
    if found.switches >= found.switches_now:
        return
    fewer = _fewer_in_the_run(ground, found, used)
    cost, tail = switch_cost(ground.runs[-RECENT:]), chance.tail(KIND, 1)
    lever = _lever(ground, found, cost)
    each = cost.interval(tail)
    if each is not None and each.low.total_seconds() > 0 and fewer > 0:
        yield lever.replaced(
            sentence=f"{lever.sentence} A switch costs you {step_time(each.estimate)}.",
            how=f"{counted(fewer, *SWITCHES)} less in the run, times what one costs at the usual tempo of a run, times"
            f" {ground.a_week:.2f} a week; interval by exact ranks at {sureness(tail)}.{_already(ground, found)}",
        ).saving(each.times(fewer * ground.a_week))
        return
    yield lever
    if not cost.is_known:
        yield Missing(
            routine=ground.routine.id,
            kind=KIND,
            sentence=f"What a switch costs is not known: no step was done {FEWEST} times after one of its own system"
            f" and {FEWEST} times after one of another.",
        )


def _already(ground: RoutineGround, found: FewestSwitches) -> str:
    """Say how many runs were done with as few switches already, and so are held against those that were not."""
    runs = ground.present.runs
    few = sum(len(switched_in(run)) <= found.switches for run in runs)
    told = f" {few} of {ground.present.words} had as few already: what is saved is against the order of the list."
    return told if few else ""


def _lever(ground: RoutineGround, found: FewestSwitches, cost: ChangeCost) -> Lever:
    fewer = found.switches_now - found.switches
    known = "no more than chance, with times set to the usual tempo of a run" if cost.is_known else "not known"
    least = "no order has fewer" if found.exact else "a good order, perhaps not the best"
    return Lever(
        kind=KIND,
        routine=ground.routine.id,
        steps=found.order,
        sentence=f"In another order the steps need {counted(found.switches, *SWITCHES)}"
        f" between systems, not {found.switches_now} ({counted(found.moved, 'step')} moved; {least}).",
        how=f"The order keeps to what must come before what; what a switch costs is {known}.",
        evidence=(
            Figure(what="switches now", count=found.switches_now),
            Figure(what="switches then", count=found.switches),
            Figure(what="switches less a week", count=fewer * ground.a_week),
            *cost_figures(ground, cost, "switch"),
        ),
        tries=(reorder(*found.order),),
    )


def _fewer_in_the_run(ground: RoutineGround, found: FewestSwitches, used: Mapping[str, tuple[str, ...]]) -> int:
    """Give how many switches fewer there are among the steps that are not done before the run."""
    steps = {step.id: step for step in settled(ground.steps, used) if not step.prepare}
    return switches(steps.values()) - switches(steps[step] for step in found.order if step in steps)


def cost_figures(ground: RoutineGround, cost: ChangeCost, what: str) -> tuple[Figure, ...]:
    """Give the figures that say what a switch, or a hand-off, costs; none where it is not known."""
    if cost.step is None:
        return ()
    title = ground.title(cost.step)
    return (
        Figure(what=f'"{title}" after a {what}', length=middle_of(cost.changed)),
        Figure(what=f'"{title}" without one', length=middle_of(cost.same)),
        Figure(what="times after one", count=len(cost.changed), of=len(cost.changed) + len(cost.same)),
    )
