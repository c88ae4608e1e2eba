"""Writing into the settings how many hours a week the person has for all routines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.durations import parse_duration
from procroutine.errors import BadInput, quoted
from procroutine.routine.settings_file import write_setting
from procroutine.settings import WEEK

if TYPE_CHECKING:
    from datetime import timedelta

    from procroutine.places import Places


_REMEDY = "write how many hours of a week you have, such as 10h or 7h30m"


def set_hours(places: Places, text: str) -> timedelta | None:
    """Write the hours of a week as they were typed, or take them out where nothing was; gives how many they are.

    A number alone is one of hours. BadInput where it is no length, longer than a week, or one of minutes and seconds,
    as `7:30` is; errors also as those of `write_setting`.
    """
    typed = text.strip()
    typed = f"{typed}h" if typed.isascii() and typed.isdigit() else typed
    try:
        hours = parse_duration(typed) if typed else None
    except BadInput as error:
        raise BadInput(error.problem, _REMEDY) from None
    if typed.count(":") == 1:
        raise BadInput(f"{quoted(typed)} is minutes and seconds", _REMEDY)
    if hours is not None and hours > WEEK:
        raise BadInput("a week has 168 hours", _REMEDY)
    write_setting(places.config, "hours_a_week", typed or None)
    return hours
