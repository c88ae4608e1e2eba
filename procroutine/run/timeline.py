"""How long it was between two readings of the clocks, and how much of that was sleep.

Everything here is in whole milliseconds: the same sums give the same result in any order, which
is what keeps active, paused, waiting and asleep together equal to the time that went by.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

TYPE_CHECKING = False
if TYPE_CHECKING:
    from procroutine.clock import Reading

_MILLISECOND = timedelta(milliseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LAST_INSTANT = (datetime(9000, 1, 1, tzinfo=UTC) - _EPOCH) // _MILLISECOND
"""Milliseconds since 1970: a wall clock thousands of years off carries no run beyond what a date can say."""
LONGEST_RUN = 40 * 366 * 86_400_000
"""Milliseconds: a wall clock that was set decades off carries no run beyond what the history takes as a length."""
SHORTEST_SLEEP = 1000
"""Milliseconds: the two clocks are read one after the other, and differ by less without any sleep."""


def stretch(before: Reading, after: Reading) -> tuple[int, int, bool]:
    """Measure the time between two readings: its length, how much of it was sleep, and whether a restart lay in it.

    The length is never below zero, whatever the wall clock did, and sleep never more than the
    length. Within one boot the clock that counts sleep says the length, and sleep is what it grew
    by more than the one that stops in sleep. Otherwise the wall has to do, in UTC, and no sleep
    is seen.
    """
    if before.boot == after.boot and before.boot:
        length = max(0, (after.since_boot - before.since_boot) // _MILLISECOND)
        asleep = min(length - (after.awake - before.awake) // _MILLISECOND, length)
        return length, asleep if asleep >= SHORTEST_SLEEP else 0, False
    length = max(0, wall_milliseconds(after.wall) - wall_milliseconds(before.wall))
    return length, 0, before.boot != after.boot


def is_before(one: Reading, other: Reading) -> bool:
    """Say whether a reading was certainly taken before another; False where two boots cannot be told apart."""
    if one.boot != other.boot:
        return False
    if one.boot:
        return one.since_boot < other.since_boot
    return wall_milliseconds(one.wall) < wall_milliseconds(other.wall)


def wall_milliseconds(moment: datetime) -> int:
    """Give an aware instant in milliseconds since 1970, UTC."""
    return (moment.astimezone(UTC) - _EPOCH) // _MILLISECOND


def instant(count: int, like: datetime) -> datetime:
    """Give the instant so many milliseconds after 1970, at the offset that `like` has.

    The offset is fixed: two times of one zone are compared and subtracted by the clock on the
    wall, which goes back an hour in autumn.
    """
    return (_EPOCH + timedelta(milliseconds=count)).astimezone(timezone(like.utcoffset() or timedelta()))
