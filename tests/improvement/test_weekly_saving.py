"""Work of a week cannot be read as hours where it is minutes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from procroutine.improvement.weekly_saving import weekly


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0s"), (39.9, "39s"), (158, "2m38s"), (720, "12m"), (1199, "19m59s"), (1200, "20m"), (4232, "1h11")],
)
def test_minutes_and_hours_have_their_letter(seconds: float, words: str) -> None:
    assert weekly(timedelta(seconds=seconds)) == words


def test_both_ends_of_an_interval_are_told_alike() -> None:
    assert (weekly(timedelta(seconds=417), timedelta(hours=2)), weekly(timedelta(hours=2))) == ("7m", "2h00")
