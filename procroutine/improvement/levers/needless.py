"""Which steps the output is shown not to need, out of all that were done in some runs and not in others."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from procroutine.improvement.absences import Absence
from procroutine.improvement.exact import Interval
from procroutine.improvement.levers.chance import Chance
from procroutine.improvement.more_runs import LIKELY, MOST
from procroutine.improvement.outcomes import Outcomes, chance_if_worse, chance_of_so_few, is_surely_worse
from procroutine.values import Value

KIND = "eliminate"
"""The kind whose chance claims about steps and about people have in common."""

_BEYOND = 1 / 20
"""Of the chance of one claim: that a share lies where its outcomes rule it out."""


class Needless(Value):
    """Steps that can go."""

    absence: Absence
    chance: float
    """How likely such outcomes would be at most, were they needed."""
    tail: float
    """Of the interval of what goes with them."""
    saves: Interval
    """In a run."""


def needless(found: Sequence[Absence], chance: Chance) -> tuple[Needless, ...]:
    """Find the steps that can go among absences.

    The least likely outcomes are looked at first, and each step that can surely go leaves its part of
    the chance to the others (Holm 1979), which keeps to the same chance for all of them together. All
    steps of a person are asked last and take no part: were one of them needed, they would be together,
    so that only where each can go is anything left to be asked (Marcus, Peritz & Gabriel 1976). Steps
    without which the output was surely right less often stay, however little less that is.
    """
    asked, last = _asked(found)
    tail = chance.tail(KIND, len(asked))
    tested = sorted((_likely(one, tail), found.index(one)) for one in asked)
    passed: list[tuple[float, int]] = []
    for likely, place in tested:
        if likely > chance.tail(KIND, len(tested) - len(passed)):
            break
        passed.append((likely, place))
    can_go = {step for _, place in passed for step in found[place].steps}
    whole = chance.tail(KIND, 1)
    passed += [
        (likely, found.index(one))
        for one in last
        if can_go >= set(one.steps) and (likely := _likely(one, whole)) <= whole
    ]
    shown = []
    for likely, place in passed:
        one = found[place]
        saves = one.saving(tail)
        if saves is not None and not is_surely_worse(*one.outcomes):
            shown.append(Needless(absence=one, chance=likely, tail=tail, saves=saves))
    return tuple(shown)


def _asked(found: Sequence[Absence]) -> tuple[list[Absence], list[Absence]]:
    """Give the absences that can be tested, and apart from them people of whom each step can be tested too."""
    can_be = [one for one in found if one.can_be_tested]
    steps = {step for one in can_be if one.person is None for step in one.steps}
    last = [one for one in can_be if one.person is not None and steps >= set(one.steps)]
    return [one for one in can_be if one not in last], last


def _likely(one: Absence, tail: float) -> float:
    return chance_if_worse(*one.outcomes, beyond=tail * _BEYOND)


def may_be_needless(one: Absence) -> bool:
    """Say whether steps are likely not needed, though too few runs may say so to be sure."""
    return one.can_be_tested and chance_if_worse(*one.outcomes) <= LIKELY and not is_surely_worse(*one.outcomes)


def more_without(one: Absence, found: Sequence[Absence], chance: Chance) -> int | None:
    """Give about how many more runs without steps would show that they can go, were they right as often.

    None where a year of weekly runs would not do.
    """
    tail, (without, beside) = chance.tail(KIND, len(_asked(found)[0])), one.outcomes

    def would_do(more: int) -> bool:
        then = Outcomes(right=round(without.share * (without.known + more)), known=without.known + more)
        return chance_if_worse(then, beside, beyond=tail * _BEYOND) <= tail

    known = bisect_left(range(MOST + 1), True, key=would_do)
    elsewhere = one.more_without if one.work_may_be_elsewhere else 0
    return None if elsewhere is None or known > MOST else max(1, known, elsewhere)


def needed(found: Sequence[Absence], chance: Chance) -> tuple[Absence, ...]:
    """Find the steps without which the output surely was right less often.

    They take the same chance as those that can go: no step can falsely be called both, for what makes
    the one false makes the other true.
    """
    asked = [one for one in found if one.can_be_tested]
    tail = chance.tail(KIND, len(asked))
    return tuple(one for one in asked if chance_of_so_few(*one.outcomes) <= tail)
