from __future__ import annotations

from tests.campaigns import hostile
from tests.campaigns.campaign import run_small


def test_a_little_of_everything_is_harmless_on_every_screen_and_in_every_command() -> None:
    """Also that every widget of the app was on one of the screens; what is planted is found in tests/hostile."""
    report = run_small(hostile)
    assert report.counts["looks at screens"] > 80
    assert report.counts["command lines"] > 100
