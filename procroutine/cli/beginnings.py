"""How much of an id has to be written so that no other begins with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

FEWEST = 8
"""Characters that are shown in any case: more than enough for most, and quickly told apart."""


def beginnings(ids: Sequence[str], among: Iterable[str]) -> list[str]:
    """Cut ids to eight characters, or to as many as none of those they stand `among` begins with."""
    needed: dict[str, int] = {}
    for one, after in pairwise(sorted({*ids, *among})):
        same = next((place for place, pair in enumerate(zip(one, after, strict=False)) if pair[0] != pair[1]), len(one))
        needed[one] = max(needed.get(one, FEWEST), same + 1)
        needed[after] = max(FEWEST, same + 1)
    return [one[: needed.get(one, FEWEST)] for one in ids]
