"""How long it was between two readings of the clocks, and how much of that was sleep.

Everything here is in whole milliseconds: the same sums give the same result in any order, which
is what keeps active, paused, waiting and asleep together equal to the time that went by.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from procroutine.clock import milliseconds
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from procroutine.clock import Reading

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LAST_INSTANT = milliseconds(datetime(9000, 1, 1, tzinfo=UTC) - _EPOCH)
"""Milliseconds since 1970: a wall clock thousands of years off carries no run beyond what a date can say."""


class Stretch(Value):
    """The time from one reading to a later one, in milliseconds."""

    length: int
    """Never below zero, whatever the wall clock did."""
    asleep: int
    """How much of it the machine slept; from zero to `length`."""
    rebooted: bool
    """Whether the machine was restarted in between, so that the wall clock had to do."""


def stretch(before: Reading, after: Reading) -> Stretch:
    """Measure the time between two readings.

    Within one boot by the clock that counts sleep, and sleep is what that clock grew by more
    than the one that stops in sleep. Otherwise by the wall, in UTC, and no sleep is seen.
    """
    if before.boot == after.boot and before.boot:
        length = max(0, milliseconds(after.since_boot - before.since_boot))
        slept = length - milliseconds(after.awake - before.awake)
        return Stretch(length=length, asleep=min(max(0, slept), length), rebooted=False)
    length = max(0, wall_milliseconds(after.wall) - wall_milliseconds(before.wall))
    return Stretch(length=length, asleep=0, rebooted=before.boot != after.boot)


def is_before(one: Reading, other: Reading) -> bool:
    """Say whether a reading was certainly taken before another; False where two boots cannot be told apart."""
    if one.boot != other.boot:
        return False
    if one.boot:
        return one.since_boot < other.since_boot
    return wall_milliseconds(one.wall) < wall_milliseconds(other.wall)


def wall_milliseconds(moment: datetime) -> int:
    """Give an aware instant in milliseconds since 1970, UTC."""
    return milliseconds(moment.astimezone(UTC) - _EPOCH)


def instant(count: int, like: datetime) -> datetime:
    """Give the instant so many milliseconds after 1970, in the zone of `like`."""
    return (_EPOCH + timedelta(milliseconds=count)).astimezone(like.tzinfo)
