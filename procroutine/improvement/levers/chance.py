"""How the chance of a false claim is shared out, so that all claims together hold.

A review looks at many steps in many ways; were each interval one of 95 %, some would lie above 0 by
chance alone in most reviews. So 5 % are shared out in advance: evenly over the routines that have
runs enough, then over the kinds of claims as below, then evenly over the candidates of a kind
(Bonferroni). What is most of it, that of steps that can go, is shared only by the routines of which it
can be asked. Which candidates there are is decided by how often things were done, never by what came
of it. Whatever hangs together, the chance that any claim of a review is false is at most 5 %.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from procroutine.values import Value

if TYPE_CHECKING:
    from collections.abc import Mapping

SHARES = MappingProxyType(
    {
        "eliminate": 0.029,
        "system": 0.006,
        "gain": 0.006,
        "shift": 0.002,
        "loss": 0.002,
        "practice": 0.0015,
        "steady": 0.001,
        "rearrange": 0.001,
        "planned": 0.0005,
        "prepare": 0.0005,
        "hand_off": 0.0005,
    }
)
"""What each kind may claim falsely, together 5 %; most where most runs are needed to show anything.

Claims about people are tested as those of `eliminate`.
"""


class Chance(Value):
    """The chance that one routine's claims may have of being false."""

    routines: int = 1
    """Among how many it is shared."""
    asking: Mapping[str, int] = MappingProxyType({})
    """Among how many that of a kind is shared, where it cannot be asked of all of them."""

    def tail(self, kind: str, candidates: int) -> float:
        """Give with what chance the true saving of each candidate of a kind may lie under its interval."""
        return SHARES[kind] / max(1, self.asking.get(kind, self.routines)) / max(1, candidates)


def sureness(tail: float) -> str:
    """Say how sure an interval is: `in 99.4 % of cases`."""
    return f"{100 * (1 - 2 * tail):.4g} %"


def one_in(chance: float) -> str:
    """Say how small a chance is: `at most 1 in 40`, `less than 1 in 1,000`."""
    return "less than 1 in 1,000" if chance < 1 / 1000 else f"at most 1 in {int(1 / chance)}"
