"""ISO weeks: Monday to Sunday, week 1 holds the year's first Thursday, some years have 53."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from procroutine.errors import BadInput, quoted
from procroutine.values import Value


class Week(Value):
    """One ISO week."""

    year: int
    """The ISO year, which differs from the calendar's around New Year."""
    number: int
    """1 to 53."""

    @classmethod
    def of(cls, day: date) -> Week:
        """Give the week that holds a day; of an instant, the day in its own zone."""
        year, number, _ = day.isocalendar()
        return _KNOWN.get((year, number)) or _KNOWN.setdefault((year, number), cls(year=year, number=number))

    @classmethod
    def parse(cls, text: str) -> Week:
        """Read `2026-W47`; BadInput says what to write instead."""
        year, mark, number = text.strip().upper().partition("-W")
        try:
            if not (mark and len(year) == 4 and len(number) == 2 and (year + number).isdecimal()):
                raise ValueError
            if year == "9999":
                raise ValueError  # its last week ends in a year that Python does not know
            return cls.of(date.fromisocalendar(int(year), int(number), 1))
        except ValueError:
            raise BadInput(f"{quoted(text)} is not a week", "write the ISO year and week, such as 2026-W47") from None

    @property
    def monday(self) -> date:
        """The first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """The last day."""
        return self.monday + timedelta(days=6)

    def __add__(self, weeks: int) -> Week:
        """Give the week so many weeks later."""
        return Week.of(self.monday + timedelta(weeks=weeks))

    def __sub__(self, other: Week) -> int:
        """Give the number of weeks from another week to this one."""
        return (self.monday - other.monday).days // 7

    def __eq__(self, other: object) -> bool:
        """Say whether it is the same week; as for every value, but asked of every run."""
        return type(other) is Week and self.number == other.number and self.year == other.year

    def __hash__(self) -> int:
        """Hash by content."""
        return hash((self.year, self.number))

    def __lt__(self, other: Week) -> bool:
        """Say whether this week is earlier."""
        return (self.year, self.number) < (other.year, other.number)

    def __le__(self, other: Week) -> bool:
        """Say whether this week is earlier or the same."""
        return (self.year, self.number) <= (other.year, other.number)

    def __str__(self) -> str:
        """Give `2026-W47`."""
        return f"{self.year:04d}-W{self.number:02d}"


_KNOWN: dict[tuple[int, int], Week] = {}
"""Weeks that were asked for: the first screen asks hundreds of times for a few."""


def week_of(moment: datetime) -> Week:
    """Give the ISO week of an aware instant, in the instant's own zone."""
    return Week.of(moment.date())
