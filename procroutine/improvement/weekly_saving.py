"""Work of a week as the review tells it."""

from __future__ import annotations

from datetime import timedelta

from procroutine.durations import total_time, written_duration

_SECOND = timedelta(seconds=1)
_LONG = timedelta(minutes=20)


def weekly(length: timedelta, among: timedelta | None = None) -> str:
    """Give a length as `9m56s`, from twenty minutes on as the total `24m` or `1h12`; `2:38` might be hours.

    Where all of those it is `among` are shorter the seconds count.
    """
    whole = length // _SECOND * _SECOND
    return total_time(length) if max(length, among or length) >= _LONG else written_duration(whole)
