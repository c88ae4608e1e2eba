"""Holding what was acknowledged against what a home has."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.places import find_places
from tests.campaigns.campaign import Report
from tests.campaigns.ledger import Ledger, name_of


def test_verbs_within_a_millisecond_are_two_where_both_were_acknowledged_and_a_fault_where_one_was(
    tmp_path: Path,
) -> None:
    places = find_places({}, str(tmp_path))
    (tmp_path / "routines").mkdir()
    (tmp_path / "routines" / "walk.toml").write_text('name = "Walk"\n' + '[[steps]]\ntitle = "Step"\n' * 3)
    home = Home(places, ManualClock(datetime(2026, 11, 17, 9, 0, tzinfo=UTC)))
    answers = [home.start("walk"), *(home.act(verb) for verb in ("pause", "resume", "undo", "undo"))]
    told = Counter((answer.run.id, name_of(answer.event)) for answer in answers)
    assert max(told.values()) == 2
    both, one = Report("both"), Report("one")
    Ledger(places).hold(told, both, "both", 0)
    assert both.failures == []
    Ledger(places).hold(Counter(set(told)), one, "one", 1)
    assert len(one.failures) == 1
    assert "an event is there twice" in one.failures[0]
