"""The campaign of honesty at a small size, and that it finds a review that promises too much."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from procroutine.improvement.levers import chance
from tests.campaigns import honesty
from tests.campaigns.campaign import Report, run_small


def test_a_few_pasts_are_told_as_they_are() -> None:
    report = run_small(honesty)
    assert report.counts["without anything to find"] == honesty.SMALL


def test_it_finds_a_review_that_shares_no_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each interval one of 95 %, as if it were alone."""
    monkeypatch.setattr(chance, "SHARES", MappingProxyType(dict.fromkeys(chance.SHARES, 0.4)))
    report = Report("honesty")
    honesty.run(honesty.SMALL, 1, report)
    assert any("have one claimed" in failure for failure in report.failures)
