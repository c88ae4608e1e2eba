"""Whether two systems differ, or only the times in which the one and the other were mostly used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from procroutine.improvement.exact import shift_interval
from procroutine.improvement.ground import middle_of

Placed = Sequence[tuple[int, timedelta]]
"""Times, each with the place of its run among all, oldest first."""
_EACH_SIDE = 6
"""Times on either side of where the use of the two changed most."""
_TAIL = 0.01
"""Of a comparison in which each side is set to its level, by times that are compared: that makes it too sure."""
_WHOLE = timedelta(hours=1)
ZERO = timedelta()


def takes_longer_at_all_times(first: Placed, second: Placed) -> bool:
    """Say whether the first take longer than the second also before and since their use changed most.

    On either side times are set to its level, the mean of both middles by how often each was used: what made
    all of them longer or shorter meanwhile is no merit of either. Then they are compared by exact ranks. A
    side on which only one was used tells nothing; where that is both, nothing speaks against it here.
    """
    cut = _cut(first, second)
    if cut is None:
        return True
    both = [side for late in (False, True) if all(side := _on_side(first, second, cut, late=late))]
    longer, shorter = ([part for side in both for part in _levelled(side)[one]] for one in (0, 1))
    found = shift_interval(longer, shorter, _TAIL)
    return not both or (found is not None and found.low > ZERO)


def _cut(first: Placed, second: Placed) -> int | None:
    """Give the place of the run from which on the use of the two differs most; None with too few times."""
    used = sorted([(place, 1) for place, _ in first] + [(place, 0) for place, _ in second])
    cuts = range(_EACH_SIDE, len(used) - _EACH_SIDE + 1)
    sums = [0]
    for _, one in used:
        sums.append(sums[-1] + one)

    def apart(cut: int) -> float:
        return abs(sums[cut] / cut - (sums[-1] - sums[cut]) / (len(used) - cut))

    return used[max(cuts, key=apart)][0] if cuts else None


def _on_side(first: Placed, second: Placed, cut: int, *, late: bool) -> tuple[Sequence[timedelta], Sequence[timedelta]]:
    early_or_late = [[time for place, time in timed if (place >= cut) == late] for timed in (first, second)]
    return early_or_late[0], early_or_late[1]


def _levelled(side: tuple[Sequence[timedelta], Sequence[timedelta]]) -> list[list[timedelta]]:
    """Give the times of one side as parts of its level, written as lengths so that they can be compared."""
    level = sum((middle_of(times) * len(times) for times in side), ZERO) / sum(map(len, side))
    return [[time / level * _WHOLE if level else ZERO for time in times] for times in side]
