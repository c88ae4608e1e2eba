"""Hand-offs between people: how many there are, what one costs, and how many another order would need."""

from __future__ import annotations

from collections.abc import Iterator

from procroutine.durations import step_time
from procroutine.improvement.change import reorder
from procroutine.improvement.fewest_switches import fewest_switches
from procroutine.improvement.ground import RECENT, RoutineGround
from procroutine.improvement.levers.chance import Chance, sureness
from procroutine.improvement.levers.lever import Figure, Lever, Missing
from procroutine.improvement.levers.rearrange import cost_figures
from procroutine.improvement.switch_cost import FEWEST, hand_off_cost
from procroutine.insight.flow import hand_offs
from procroutine.text import counted

KIND = "hand_off"


def levers(ground: RoutineGround, chance: Chance) -> Iterator[Lever | Missing]:
    """Offer an order with fewer hand-offs; it saves something only where one is shown to cost something."""
    steps = [step for step in ground.steps if not step.prepare]
    count = hand_offs(steps)
    # An order with the fewest changes of what a step is done with, where that is the person alone.
    found = fewest_switches([step.replaced(systems=(step.person,) if step.person else ()) for step in steps])
    fewer = count - found.switches
    if fewer <= 0:
        return
    cost, tail = hand_off_cost(ground.runs[-RECENT:]), chance.tail(KIND, 1)
    each = cost.interval(tail)
    lever = Lever(
        kind=KIND,
        routine=ground.routine.id,
        steps=found.order,
        sentence=f"The work changes hands {counted(count, 'time')} a run; another order needs {found.switches}.",
        how="The order keeps to what must come before what; what a hand-off costs is not known beyond chance,"
        " with times set to the usual tempo of a run.",
        evidence=(
            Figure(what="hand-offs now", count=count),
            Figure(what="hand-offs then", count=found.switches),
            *cost_figures(ground, cost, "hand-off"),
        ),
        tries=(reorder(*found.order),) if len(steps) == len(ground.steps) else (),
    )
    if each is not None and each.low.total_seconds() > 0:
        lever = lever.replaced(
            sentence=f"{lever.sentence} A hand-off costs {step_time(each.estimate)} of work.",
            how=f"{counted(fewer, 'hand-off')} less, times what one costs at the usual tempo of a run, times"
            f" {ground.a_week:.2f} a week; interval by exact ranks at {sureness(tail)}.",
        ).saving(each.times(fewer * ground.a_week))
    yield lever
    if not cost.is_known:
        yield Missing(
            routine=ground.routine.id,
            kind=KIND,
            sentence=f"What a hand-off costs is not known: no step was done {FEWEST} times after one of the same"
            f" person and {FEWEST} times after one of another.",
        )
