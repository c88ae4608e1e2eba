"""What runs wait for: it takes no work, but the run is over later."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta

from procroutine.durations import span
from procroutine.improvement.exact import median_interval
from procroutine.improvement.ground import RoutineGround, Wait, middle_of
from procroutine.improvement.levers.chance import Chance
from procroutine.improvement.levers.lever import ZERO, Figure, Lever, Missing
from procroutine.improvement.levers.naming import listed
from procroutine.insight.before_after import TAIL

KIND = "waiting"
_CAUSES = 2
"""Most often named; a person writes the same one in many ways."""
_FEWEST = 3
"""Runs in which it was waited for."""
_Where = tuple[str | None, bool]
"""The step, and whether it was waited before it."""


def levers(ground: RoutineGround, chance: Chance) -> Iterator[Lever | Missing]:
    """Name each step at which runs waited; nothing is claimed, so nothing of the chance is taken."""
    runs = ground.present.runs
    by_step: dict[_Where, list[tuple[timedelta, set[str]]]] = defaultdict(list)
    for run in runs:
        here: dict[_Where, list[Wait]] = defaultdict(list)
        for wait in run.waits:
            here[wait.step, wait.is_ahead].append(wait)
        for where, waits in here.items():
            causes = {wait.text for wait in waits if wait.text}
            by_step[where].append((sum((wait.length for wait in waits), ZERO), causes))
    for where, found in by_step.items():
        if len(found) >= _FEWEST:
            often = Counter(cause for _, named in found for cause in sorted(named)).most_common(_CAUSES)
            yield _lever(ground, where, [length for length, _ in found], [cause for cause, _ in often], len(runs))


def _lever(
    ground: RoutineGround, where: _Where, lengths: Sequence[timedelta], causes: Sequence[str], runs: int
) -> Lever:
    usual, whole = middle_of(lengths), median_interval(lengths, TAIL)  # no claim, for waiting saves no work
    since = f" since revision {ground.present.since}" * (ground.present.since is not None)
    step, is_ahead = where
    place = f' {"before" if is_ahead else "in or after"} "{ground.title(step)}"' if step is not None else ""
    named = listed(f'"{cause}"' for cause in causes) if causes else ""
    what = f", most often for {named}" if named else ""
    a_week = ground.weekly(usual) * len(lengths) / runs
    between: tuple[Figure, ...] = ()
    if whole is not None:
        between = Figure(what="surely more than", length=whole.low), Figure(what="surely less than", length=whole.high)
    return Lever(
        kind=KIND,
        routine=ground.routine.id,
        steps=() if step is None else (step,),
        lead=a_week,
        sentence=f"{len(lengths)} of {runs} runs{since} waited{place}, in the middle {span(usual)}{what}: ask for it"
        " before the run, or make it needless.",
        how="Middle wait, with its interval of 95 % by order statistics, as often a week as it was waited; the run"
        " would be over sooner, and take no less work.",
        evidence=(
            Figure(what="middle wait", length=usual),
            *between,
            Figure(what="runs that waited", count=len(lengths), of=runs),
            Figure(what="waiting a week", length=a_week),
        ),
    )
