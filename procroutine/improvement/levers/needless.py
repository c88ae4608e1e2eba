"""Which steps the output is shown not to need, out of all that were done in some runs and not in others."""

from __future__ import annotations

from collections.abc import Sequence

from procroutine.improvement.absences import Absence
from procroutine.improvement.exact import Interval
from procroutine.improvement.levers.chance import Chance
from procroutine.improvement.outcomes import chance_if_worse, chance_of_so_few, is_surely_worse
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
    the chance to the others (Holm 1979), which keeps to the same chance for all of them together. Steps
    without which the output was surely right less often stay, however little less that is.
    """
    asked = [(place, one) for place, one in enumerate(found) if one.can_be_tested]
    tail = chance.tail(KIND, len(asked))
    tested = sorted((chance_if_worse(*one.outcomes, beyond=tail * _BEYOND), place) for place, one in asked)
    shown = []
    for passed, (likely, place) in enumerate(tested):
        if likely > chance.tail(KIND, len(tested) - passed):
            break
        one = found[place]
        saves = one.saving(tail)
        if saves is not None and not one.work_may_be_elsewhere and not is_surely_worse(*one.outcomes):
            shown.append(Needless(absence=one, chance=likely, tail=tail, saves=saves))
    return tuple(shown)


def needed(found: Sequence[Absence], chance: Chance) -> tuple[Absence, ...]:
    """Find the steps without which the output surely was right less often.

    They take the same chance as those that can go: no step can falsely be called both, for what makes
    the one false makes the other true.
    """
    asked = [one for one in found if one.can_be_tested]
    tail = chance.tail(KIND, len(asked))
    return tuple(one for one in asked if chance_of_so_few(*one.outcomes) <= tail)
