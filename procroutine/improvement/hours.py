"""Writing into the settings how many hours a week the person has for all routines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.durations import parse_duration
from procroutine.errors import BadInput
from procroutine.routine.settings_file import write_setting
from procroutine.settings import WEEK

if TYPE_CHECKING:
    from datetime import timedelta

    from procroutine.places import Places


def set_hours(places: Places, text: str) -> timedelta | None:
    """Write the hours of a week as they were typed, or take them out where nothing was; gives how many they are.

    A number alone is one of hours. BadInput where it is no length, or longer than a week; errors also as those of
    `write_setting`.
    """
    typed = text.strip()
    typed = f"{typed}h" if typed.isascii() and typed.isdigit() else typed
    hours = parse_duration(typed) if typed else None
    if hours is not None and hours > WEEK:
        raise BadInput("a week has 168 hours", "write how many of them you have, such as 10h")
    write_setting(places.config, "hours_a_week", typed or None)
    return hours
