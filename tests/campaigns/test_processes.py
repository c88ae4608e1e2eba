"""Eight processes at once: a small share holds, and a lock that does not lock is found out."""

from __future__ import annotations

import pytest

from procroutine.run.lock import Lock
from tests.campaigns import processes
from tests.campaigns.campaign import Report, run_small


def test_a_few_operations_at_once_lose_nothing_and_double_nothing() -> None:
    report = run_small(processes)
    assert report.counts["operations"] == processes.SMALL
    assert report.counts["acknowledged events"] > processes.SMALL / 3


def test_a_lock_that_does_not_lock_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Lock, "_wait", lambda _lock: None)
    report = Report("planted", sought=("",))
    processes.run(600, 1, report)
    assert report.is_found
