"""Entering the past: the reading for something that was done earlier (`--at`)."""

from __future__ import annotations

from datetime import UTC, timedelta

from procroutine.clock import to_millisecond, zone_of
from procroutine.errors import BadInput
from procroutine.run.timeline import stretch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from procroutine.clock import Reading
    from procroutine.run.live import LiveRun

_JITTER = timedelta(milliseconds=50)
"""Two clocks that are read one after the other, and cut to milliseconds, agree no better than this."""


def check_moment(now: Reading, moment: datetime, run: LiveRun | None = None) -> Reading:
    """Give the reading for an event entered for an earlier moment.

    BadInput for a moment later than `now`, or before what was last done in `run`. The person says
    that the work was done by then: no sleep is seen before that moment, all of it after.
    """
    if not 1970 <= moment.year < 9000:
        raise BadInput(f"The year {moment.year} is out of reach", "write one from 1970 on")
    wanted = to_millisecond(moment).astimezone(UTC)
    wall = now.wall.astimezone(UTC)
    if wanted > wall:
        raise BadInput(f"{_clock(wanted, now)} is still to come", "write a time that has passed")
    if run is None:
        return now.at(_local(wanted, now))
    last = run.last_act
    since_last, _, _ = stretch(last, now)
    limit = wall - timedelta(milliseconds=since_last)
    if limit - _JITTER <= wanted < limit:
        wanted = limit
    earlier = now.at(_local(wanted, now))
    if wanted < limit:
        # A written time has no milliseconds: the first one that fits is the next full second.
        first = _clock(limit + timedelta(milliseconds=999), now)
        raise BadInput(f"{_clock(wanted, now)} is before the last thing done in this run", f"write {first} or later")
    if last.boot == earlier.boot and last.boot:
        exact = last.since_boot + (wanted - last.wall.astimezone(UTC))
        if abs(exact - earlier.since_boot) < _JITTER:
            # The wall clock was not set in between: ten minutes on the wall are ten minutes, to the millisecond.
            earlier = earlier.replaced(since_boot=exact)
        # As much sleep since boot as there was at the last event: none in between.
        earlier = earlier.replaced(awake=earlier.since_boot - (last.since_boot - last.awake))
    return earlier


def _local(moment: datetime, now: Reading) -> datetime:
    """Put an instant into the person's zone as it was then: at another offset than now's, in another season."""
    return moment.astimezone(zone_of(now))


def _clock(moment: datetime, now: Reading) -> str:
    local = _local(moment, now)
    same_day = local.date() == now.wall.date()
    return local.strftime("%H:%M:%S" if same_day else "%Y-%m-%d %H:%M:%S")
