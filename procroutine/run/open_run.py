"""A run in progress with its journal; which of several is meant, and that one is running at most."""

from __future__ import annotations

import functools
import itertools

from procroutine.run.live import LiveRun
from procroutine.run.timeline import is_before
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from procroutine.clock import Reading
    from procroutine.run.events import Event
    from procroutine.run.journal import Journal


class OpenRun(Value):
    """A run and the journal it was read from."""

    live: LiveRun
    journal: Journal

    @property
    def id(self) -> str:
        """The run's id."""
        return self.live.id


def pauses_due(runs: Iterable[OpenRun]) -> tuple[tuple[OpenRun, Event], ...]:
    """Give the pauses that leave one run running: none, unless a journal could not be read for a while.

    A run acted on longer ago was given up at the instant the next one began to run.
    """
    running = [one for one in runs if one.live.is_running]
    if len(running) < 2:
        return ()
    from procroutine.run import verbs

    running.sort(key=functools.cmp_to_key(_compared))
    found = []
    for older, newer in itertools.pairwise(running):
        moment = _running_since(newer.live)
        last = older.live.last_act
        reading = last if is_before(moment, last) else moment
        found.append((older, verbs.pause(older.live, reading, because=newer.id)))
    return tuple(found)


def _compared(one: OpenRun, other: OpenRun) -> int:
    """Compare by when each was acted on last, whatever the clock on the wall was set to in between."""
    act, other_act = one.live.last_act, other.live.last_act
    if is_before(act, other_act):
        return -1
    if is_before(other_act, act):
        return 1
    return -1 if (act.wall, one.id) < (other_act.wall, other.id) else 1


def _running_since(live: LiveRun) -> Reading:
    """Give the clocks when a run began to run without a stop since."""
    count = len(live.events)
    while count > 1 and LiveRun(live.events[: count - 1]).is_running:
        count -= 1
    return live.events[count - 1].reading
