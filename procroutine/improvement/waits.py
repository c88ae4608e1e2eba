"""What a run waited for, and which step that wait belongs to: one answer for review, what-if and flow map."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from procroutine.improvement.exact import shift_interval
from procroutine.improvement.ground import GroundRun, Wait, middle_of
from procroutine.insight.before_after import TAIL
from procroutine.run.stretches import WAITED, WORK

if TYPE_CHECKING:
    from procroutine.run.stretches import Stretch

ZERO = timedelta()
_HALF = 1 / 2
_Boundary = tuple[str, str]
"""Two steps: the one that was done, and the one at hand of which nothing was done yet."""


def waits_of(
    stretches: Sequence[Stretch],
    with_wait: Collection[str] = (),
    people: Mapping[str, str | None] = MappingProxyType({}),
) -> tuple[Wait, ...]:
    """Give the waits of a run in the order of time, each with the step that it belongs to.

    That is the step at hand or the one before it: the one of those `with_wait`, after which the definition
    says that one usually waits; where that tells nothing, the one whose person, by `people`, was waited for; else
    the step at hand, but the one before it where less than half of the work at hand was done, as where somebody
    goes on to the next step and then waits.
    """
    return tuple(
        _wait(stretches, place, with_wait, people) for place, one in enumerate(stretches) if one.kind == WAITED
    )


def told_apart(runs: Sequence[GroundRun]) -> tuple[GroundRun, ...]:
    """Give runs with what was waited between two steps given to the later one where it comes and goes with that.

    So it does where the runs in which only the earlier one was done surely waited less there (exact ranks at 95 %),
    and not half as long in the middle.
    """
    known = [run for run in runs if run.waits or not run.waiting]
    between = dict.fromkeys(
        (wait.step, wait.before)
        for run in known
        for wait in run.waits
        if wait.step is not None and wait.before is not None and not wait.is_ahead
    )
    later = {steps for steps in between if _comes_with_later(known, steps)}
    return tuple(run.replaced(waits=_given(run.waits, later)) if run.waits and later else run for run in runs)


def _given(waits: Iterable[Wait], later: Collection[_Boundary]) -> tuple[Wait, ...]:
    return tuple(wait.replaced(step=wait.before) if (wait.step, wait.before) in later else wait for wait in waits)


def _comes_with_later(runs: Iterable[GroundRun], steps: _Boundary) -> bool:
    earlier, later = steps
    there: dict[bool, list[timedelta]] = {True: [], False: []}
    for run in runs:
        if run.done(earlier):
            there[run.done(later)].append(sum((wait.length for wait in run.waits if wait.step == earlier), ZERO))
    more = shift_interval(there[True], there[False], TAIL)
    return more is not None and more.low > ZERO and middle_of(there[False]) < _HALF * middle_of(there[True])


def _wait(
    stretches: Sequence[Stretch], place: int, with_wait: Collection[str], people: Mapping[str, str | None]
) -> Wait:
    one = stretches[place]
    is_begun = bool(_work(stretches[:place], one.step)) or not _work(stretches[place:], one.step)
    return Wait(
        step=_belongs_to(stretches, place, with_wait, people),
        text=one.text or None,
        length=one.length,
        before=None if is_begun else one.step,
    )


def waited_by_step(waits: Iterable[Wait]) -> dict[str, timedelta]:
    """Give how long was waited in and behind each step."""
    found: dict[str, timedelta] = defaultdict(timedelta)
    for wait in waits:
        if wait.step is not None:
            found[wait.step] += wait.length
    return dict(found)


def _belongs_to(
    stretches: Sequence[Stretch], place: int, with_wait: Collection[str], people: Mapping[str, str | None]
) -> str:
    at_hand, text = stretches[place].step, stretches[place].text
    earlier = next((one.step for one in reversed(stretches[:place]) if one.step != at_hand), at_hand)
    before, after = (_work(part, at_hand) for part in (stretches[:place], stretches[place:]))
    if (at_hand in with_wait) != (earlier in with_wait):
        return at_hand if at_hand in with_wait else earlier
    for_whom = [step for step in dict.fromkeys((at_hand, earlier)) if _names(text, people.get(step))]
    if len(for_whom) == 1:
        return for_whom[0]
    return earlier if before < after else at_hand


def _names(text: str, person: str | None) -> bool:
    """Say whether a text has somebody's name in it, as whole words."""
    words = (" ".join(re.findall(r"\w+", one.casefold())) for one in (text, person or ""))
    said, name = words
    return bool(name) and f" {name} " in f" {said} "


def _work(stretches: Iterable[Stretch], step: str) -> timedelta:
    return sum((one.length for one in stretches if one.step == step and one.kind == WORK), ZERO)
