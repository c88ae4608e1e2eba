"""How many hours a week there are for all routines."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from procroutine.errors import BadInput
from procroutine.improvement.hours import set_hours
from procroutine.places import find_places
from procroutine.settings import read_settings


def test_no_more_hours_are_taken_than_a_week_has(tmp_path: Path) -> None:
    places = find_places({}, f"{tmp_path}")
    assert set_hours(places, "168h") == read_settings(places.config)[0].hours_a_week
    with pytest.raises(BadInput, match="a week has 168 hours"):
        set_hours(places, "200h")
    for typed in ("7:30", "7.5", "0"):
        with pytest.raises(BadInput, match="write how many hours of a week you have, such as 10h or 7h30m"):
            set_hours(places, typed)
    assert set_hours(places, " 8 ") == timedelta(hours=8) == read_settings(places.config)[0].hours_a_week
    assert set_hours(places, "") is None
    assert read_settings(places.config)[0].hours_a_week is None
