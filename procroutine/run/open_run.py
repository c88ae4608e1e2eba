"""A run in progress with its journal; which of several is meant, and that one is running at most."""

from __future__ import annotations

import itertools

from procroutine.run.live import LiveRun
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
    running.sort(key=lambda one: (one.live.last_act.wall, one.id))
    from procroutine.run import verbs

    found = []
    for older, newer in itertools.pairwise(running):
        moment = _running_since(newer.live)
        last = older.live.last_act
        reading = moment if moment.wall >= last.wall else last
        found.append((older, verbs.pause(older.live, reading, because=newer.id)))
    return tuple(found)


def _running_since(live: LiveRun) -> Reading:
    """Give the clocks when a run began to run without a stop since."""
    count = len(live.events)
    while count > 1 and LiveRun(live.events[: count - 1]).is_running:
        count -= 1
    return live.events[count - 1].reading
