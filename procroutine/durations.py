"""Lengths of time as people write and read them."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

from procroutine.errors import BadInput, quoted

LONG_PAUSE = timedelta(minutes=30)
"""A pause longer than that is asked about when it is over, unless the settings say otherwise."""
LONGEST = timedelta(hours=999)
"""No planned time or goal is longer."""
LONGEST_WAIT = timedelta(days=3653)
"""No usual waiting is longer: ten years."""

_DAY, _HOUR, _HALF_HOUR = timedelta(days=1), timedelta(hours=1), timedelta(minutes=30)

# Texts, since `status` reads no length and need not wait for them to be compiled.
_UNITS = r"(?:(\d+)w)?\s*+(?:(\d+)d)?\s*+(?:(\d+)h)?\s*+(?:(\d+)m)?\s*+(?:(\d+)s)?"
_CLOCK = r"(?:(\d+):)?(\d{1,3}):(\d\d)"
_ISO = r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?"
_DIGITS = 9
"""More digits than any length within bounds has; longer numbers are refused before they are turned."""
_LONGEST_TEXT = 60
"""Longer texts are refused before they are matched."""


def parse_duration(text: str, *, days: bool = False, units: str = "") -> timedelta:
    """Read a length: `45s`, `1h 30m`, `1:05:00`, `20:00`, `PT1H`; with `days` also `2w`, `1d`.

    BadInput for anything else, for a bare number, and for lengths that are not above zero or
    over the bound (999 hours; with `days` ten years). `units` are the letters of those that a
    bare number may have been meant in, where they are not the usual ones.
    """
    found = _seconds(text.strip(), days)
    if found is None:
        raise BadInput(f"{quoted(text)} is not a duration", _remedy(text.strip(), days, units))
    bound = LONGEST_WAIT if days else LONGEST
    if found <= 0:
        raise BadInput(f"{quoted(text)} is no time at all", "write a duration above zero, such as 20m")
    if found > bound.total_seconds():
        most = "ten years" if days else "999 hours"
        raise BadInput(f"{quoted(text)} is too long", f"write at most {most}")
    return timedelta(seconds=found)


def parse_change(text: str) -> tuple[str, timedelta]:
    """Read a correction: `+2m` and `-90s` change a time, `15m` sets it.

    Gives the sign (`+`, `-` or nothing) and the length; BadInput as `parse_duration`.
    """
    text = text.strip().replace("−", "-")
    sign = text[:1] if text[:1] in ("+", "-") else ""
    return sign, parse_duration(text[len(sign) :])


@lru_cache(maxsize=256)  # the same few lengths stand in hundreds of steps
def _seconds(text: str, days: bool) -> int | None:
    if len(text) > _LONGEST_TEXT or any(len(digits) > _DIGITS for digits in re.findall(r"\d+", text)):
        return None
    if match := re.fullmatch(_CLOCK, text, re.ASCII):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        whole = match.group(1) is None or minutes < 60
        return hours * 3600 + minutes * 60 + seconds if whole and seconds < 60 else None
    match = re.fullmatch(_ISO if text.startswith("P") else _UNITS, text, re.ASCII)
    if match is None or not any(match.groups()) or text.endswith("T"):
        return None
    weeks, rest_days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    if (match.group(1) or match.group(2)) and not days:
        return None
    return ((weeks * 7 + rest_days) * 24 + hours) * 3600 + minutes * 60 + seconds


def with_units(number: int, *, days: bool = False, units: str = "") -> list[str]:
    """Give the lengths within bounds that a bare number may mean: `20m` and `20s`, with `days` `20m` and `20d`."""
    bound = (LONGEST_WAIT if days else LONGEST).total_seconds()
    lengths = (f"{number}{unit}" for unit in units or ("md" if days else "ms"))
    return [length for length in lengths if 0 < (_seconds(length, days) or 0) <= bound]


def _remedy(text: str, days: bool, units: str) -> str:
    if text.isdecimal() and len(text) <= _DIGITS and (fitting := with_units(int(text), days=days, units=units)):
        return f"say which unit, such as {' or '.join(fitting)}"
    return "write it like 2w, 1d, 20m or 1h30m" if days else "write it like 45s, 20m, 1h30m or 1:05:00"


def step_time(length: timedelta) -> str:
    """Give a step's time, or a running total, as `m:ss`, from an hour on `h:mm:ss`."""
    seconds = _whole_seconds(length)
    if seconds >= 3600:
        return f"{seconds // 3600}:{seconds % 3600 // 60:02d}:{seconds % 60:02d}"
    return f"{seconds // 60}:{seconds % 60:02d}"


def total_time(length: timedelta) -> str:
    """Give a total as `58m`, `1h02`; under a minute `45s`."""
    seconds = _whole_seconds(length)
    if 0 < seconds < 60:
        return f"{seconds}s"
    minutes = (seconds + 30) // 60
    return f"{minutes}m" if minutes < 60 else f"{minutes // 60}h{minutes % 60:02d}"


def span(length: timedelta) -> str:
    """Give what went by between two moments, which may be days: `12m`, `3h20`, `1d`, `2d 4h`."""
    if length < _DAY:
        return total_time(length)
    hours = (length + _HALF_HOUR) // _HOUR
    return f"{hours // 24}d" + (f" {hours % 24}h" if hours % 24 else "")


def signed(length: timedelta, form: str = "step") -> str:
    """Give a difference with its sign: `+1:01`, `−0:58`; with form `total` `+4m`, `±0m`; `span` is in days too."""
    size = abs(length)
    written = step_time(size) if form == "step" else f"{(_whole_seconds(size) + 30) // 60}m"
    if written in ("0:00", "0m"):
        return f"±{written}"
    if form != "step" and size >= timedelta(minutes=59, seconds=30):
        written = span(size) if form == "span" else total_time(size)
    return f"{'+' if length > timedelta() else '−'}{written}"


def written_duration(length: timedelta, *, days: bool = False) -> str:
    """Give a length as one would type it in a routine file: `1h30m`, `45s`; with `days`, as for `wait`, also `1d`."""
    seconds = _whole_seconds(length)
    parts = []
    for letter, size in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        if letter == "d" and (seconds % 86400 or not days):
            continue
        count, seconds = divmod(seconds, size)
        if count:
            parts.append(f"{count}{letter}")
    return "".join(parts) or "0s"


def _whole_seconds(length: timedelta) -> int:
    return length // timedelta(seconds=1)
