"""Kills at random instants: few of them hold, and a program that answers before it writes is found out."""

from __future__ import annotations

import os

import pytest

from procroutine.run import journal
from procroutine.run.events import Event
from procroutine.run.journal import Journal
from procroutine.run.lines import add_line
from tests.campaigns import killing
from tests.campaigns.campaign import Report, run_small


def test_a_few_kills_lose_nothing() -> None:
    report = run_small(killing)
    assert report.counts["kills"] == killing.SMALL
    assert report.counts["acknowledged events"] > killing.SMALL / 4


@pytest.mark.parametrize("way", killing.SHARES)
def test_programs_of_every_kind_are_killed(monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    monkeypatch.setattr(killing, "SHARES", {way: 1})
    report = Report(way)
    killing.run(3, 1, report)
    assert report.failures == []
    assert report.counts[f"of {way}"] == 3


def test_a_journal_that_answers_before_it_writes_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    real = journal.append_event

    here = os.getpid()
    held: list[tuple[Journal, Event]] = []

    def later(found: Journal, event: Event) -> Journal:
        if os.getpid() == here:
            return real(found, event)  # who looks at what is left has no fault
        if held:
            real(*held.pop())
        held.append((found, event))
        return found.replaced(lines=add_line(found.lines, event))

    monkeypatch.setattr("procroutine.run.open_runs.append_event", later)
    monkeypatch.setattr(killing, "SHARES", {"forked commands": 1})
    report = Report("planted")
    killing.run(30, 1, report)
    assert any("acknowledged event is lost" in failure for failure in report.failures)
