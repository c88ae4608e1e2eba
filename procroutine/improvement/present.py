"""Since when a routine goes as it does now: from the last revision on that clearly changed its times.

What is told of now rests on these runs wherever it is told: a middle over a revision that made the runs
shorter is a length that no run ever took.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.improvement.exact import shift_interval
from procroutine.insight.before_after import RECENT as LAST_BEFORE
from procroutine.insight.before_after import TAIL
from procroutine.insight.weekly import counts
from procroutine.text import counted
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.improvement.ground import GroundRun

ZERO = timedelta()
_FEWEST = 6
"""Runs that must have come after a revision."""
_TAIL = TAIL / 2
"""Beyond each end of either interval: of work and of what the runs took besides; together they hold at 95 %."""


class RunLength(Value):
    """What a finished run took."""

    revision: int | None
    active: timedelta
    beside: timedelta
    """Paused, waiting and asleep."""


class Present(Value):
    """The finished runs that say how a routine goes now."""

    runs: tuple[GroundRun, ...]
    """Oldest first."""
    since: int | None = None
    """The revision that clearly changed the times, of which they are the runs since; None where none did."""

    def newest(self, count: int) -> Present:
        """Give the newest of them."""
        return self.replaced(runs=self.runs[-count:])

    @property
    def words(self) -> str:
        """Say which they are: `the newest 6 runs, since revision 2`."""
        return self.clause.removesuffix(",")

    @property
    def clause(self) -> str:
        """Say the same where the sentence goes on."""
        return self.clause_of(len(self.runs), "run")

    def clause_of(self, count: int, what: str) -> str:
        """Say it of the newest runs, or weeks, of which there are so many: `the newest 6 weeks, since revision 2,`."""
        which = f"the newest {counted(count, what) if count > 1 else what}"
        return which if self.since is None else f"{which}, since revision {self.since},"


def changed_at(runs: Sequence[RunLength]) -> int:
    """Give the place of the first run, oldest first, since the last revision that clearly changed the times; else 0.

    The work of the newest runs since, or what they took besides, must differ from that of the last eight
    before it by exact ranks at 95 %.
    """
    return next((place for place in _revised(runs) if _is_clear(runs, place)), 0)


def present_heads(heads: Iterable[RunHead]) -> list[RunHead]:
    """Give the heads of the present runs among those that count, both oldest first."""
    finished = [head for head in heads if counts(head)]
    lengths = [
        RunLength(revision=head.revision, active=head.active, beside=head.paused + head.waiting + head.asleep)
        for head in finished
    ]
    return finished[changed_at(lengths) :]


def _revised(runs: Sequence[RunLength]) -> Iterator[int]:
    """Give where a newer revision was first run, the newest first; imported runs say nothing."""
    newest: int | None = None
    places: list[int] = []
    for place, run in enumerate(runs):
        if run.revision is not None and (newest is None or run.revision > newest):
            if newest is not None and len(runs) - place >= _FEWEST:
                places.append(place)
            newest = run.revision
    return reversed(places)


def _is_clear(runs: Sequence[RunLength], place: int) -> bool:
    before, since = runs[max(0, place - LAST_BEFORE) : place], runs[place:]
    changes = (
        shift_interval([run.active for run in before], [run.active for run in since], _TAIL),
        shift_interval([run.beside for run in before], [run.beside for run in since], _TAIL),
    )
    return any(change is not None and not change.low <= ZERO <= change.high for change in changes)
