"""The runner of campaigns: what it lists, how it counts, and that a failure is told."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest

from tests.campaigns import hostile
from tests.campaigns.campaign import ROOT, Report, about, campaigns
from tests.campaigns.run import main


def test_every_campaign_has_its_sizes_and_says_what_it_does() -> None:
    for name, campaign in campaigns().items():
        assert name == campaign.NAME
        assert 0 < campaign.SMALL <= campaign.STATED
        assert len(about(campaign)) > 20


def test_the_command_lists_every_campaign() -> None:
    told = subprocess.run(
        [sys.executable, "tests/campaigns/run.py", "--list"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert [line.split()[0] for line in told.stdout.splitlines()] == list(campaigns())


def test_a_campaign_that_did_nothing_or_found_something_has_not_held() -> None:
    report = Report("example")
    assert not report.held
    report.count("rounds")
    assert report.held
    report.fail("round 1 lost a run")
    assert not report.held


def test_a_campaign_that_ends_the_program_has_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def leave(_size: int, _seed: int, report: Report) -> None:
        report.count("rounds")
        sys.exit(0)

    monkeypatch.setattr(hostile, "run", leave)
    assert main(["hostile"]) == 1
    assert "FAILED" in capsys.readouterr().out


def test_a_campaign_is_over_when_its_time_is_up_and_says_so() -> None:
    assert not Report("example", timedelta(hours=1)).is_over
    report = Report("example", timedelta())
    report.count("rounds", 2000)
    assert report.is_over
    assert report.line() == "example: 2,000 rounds in 0 s, stopped by the time limit"
