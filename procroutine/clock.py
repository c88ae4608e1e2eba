"""The one clock, handed to whatever needs the time.

A `Reading` is one look at all of a machine's clocks: the wall (what people see), the time since
boot that counts sleep, the time since boot that stops in sleep, and which boot it was. Lengths
are taken between two readings, so a change of the wall clock in the middle of a run changes no
length, and sleep can be told from work.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime, timedelta

from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import tzinfo
    from typing import Protocol

    class Clock(Protocol):
        """Anything that can be read."""

        def read(self) -> Reading:
            """Look at all clocks once."""


class Reading(Value):
    """One look at the clocks of a machine."""

    wall: datetime
    """Aware, in the zone of the person, to the millisecond."""
    zone: str
    """Name of that zone, such as `Europe/Berlin`; empty where the system does not tell."""
    boot: str
    """Which start of the machine the two below count from; empty where they cannot be had."""
    since_boot: timedelta
    """Time since that start, sleep counted."""
    awake: timedelta
    """Time since that start, sleep left out."""

    def at(self, moment: datetime) -> Reading:
        """Give the reading the clocks would have shown at an earlier `moment` of this boot."""
        back = self.wall.astimezone(UTC) - moment.astimezone(UTC)
        return self.replaced(wall=moment, since_boot=self.since_boot - back, awake=self.awake - back)


def milliseconds(length: timedelta) -> int:
    """Give a length in whole milliseconds."""
    return length // timedelta(milliseconds=1)


def to_millisecond(moment: datetime) -> datetime:
    """Cut an instant down to the millisecond, which is what is stored."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def zone_of(reading: Reading) -> tzinfo:
    """Give the person's zone with its changes of the clocks; the offset of the reading where its name is no help."""
    from zoneinfo import ZoneInfo  # most commands need only the offset

    try:
        return ZoneInfo(reading.zone)
    except (KeyError, ValueError, OSError):  # none is named, or one that the data of this machine has not
        return reading.wall.tzinfo or UTC


class SystemClock:
    """The clocks of this machine."""

    __slots__ = ("_boot",)

    def __init__(self) -> None:
        """Ask which start of the machine this is: no program lives through another."""
        self._boot = _linux_boot() if sys.platform == "linux" else ""

    def read(self) -> Reading:
        """Look at all clocks once."""
        wall = to_millisecond(datetime.now(UTC).astimezone())
        if sys.platform == "linux":
            since_boot = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
            awake = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
        else:
            # Neither macOS nor Windows gives Python a clock that counts sleep: lengths come from the wall.
            since_boot = awake = 0
        return Reading(
            wall=wall,
            zone=_zone_name(),
            boot=self._boot,
            since_boot=timedelta(milliseconds=since_boot // 1_000_000),
            awake=timedelta(milliseconds=awake // 1_000_000),
        )


class ManualClock:
    """A clock that stands still until it is moved: for tests, pictures and made-up histories."""

    __slots__ = ("reading",)

    def __init__(self, wall: datetime, zone: str = "", boot: str = "boot-1") -> None:
        """Start at an aware instant."""
        if wall.tzinfo is None:
            raise ValueError("a clock shows aware instants")
        hour = timedelta(hours=1)
        self.reading = Reading(wall=to_millisecond(wall), zone=zone, boot=boot, since_boot=hour, awake=hour)

    def read(self) -> Reading:
        """Give the reading it was last set to."""
        return self.reading

    def advance(self, length: timedelta) -> None:
        """Let time go by with the machine awake."""
        old = self.reading
        self.reading = old.replaced(
            wall=_later(old.wall, length), since_boot=old.since_boot + length, awake=old.awake + length
        )

    def sleep(self, length: timedelta) -> None:
        """Let time go by with the machine asleep."""
        old = self.reading
        self.reading = old.replaced(wall=_later(old.wall, length), since_boot=old.since_boot + length)

    def step_wall(self, length: timedelta) -> None:
        """Set the wall clock forward or back without any time going by."""
        self.reading = self.reading.replaced(wall=_later(self.reading.wall, length))

    def reboot(self, length: timedelta, boot: str) -> None:
        """Let time go by switched off, and start again."""
        zero = timedelta()
        wall = _later(self.reading.wall, length)
        self.reading = self.reading.replaced(wall=wall, boot=boot, since_boot=zero, awake=zero)


def _later(moment: datetime, length: timedelta) -> datetime:
    """Add real time, which a change between summer and winter time does not stretch."""
    return (moment.astimezone(UTC) + length).astimezone(moment.tzinfo)


def _linux_boot() -> str:
    try:
        with open("/proc/sys/kernel/random/boot_id", encoding="utf-8") as file:
            return file.read().strip()
    except OSError:
        return ""  # a container without /proc: lengths then come from the wall clock


def _zone_name() -> str:
    named = os.environ.get("TZ")
    if named is None:
        try:
            named = os.readlink("/etc/localtime")
        except OSError:
            return ""
    is_path = named.lstrip(":").startswith(("/", "."))
    return named.partition("zoneinfo/")[2] if is_path else named.lstrip(":")
