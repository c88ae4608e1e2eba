"""The command line on a real machine whose wall clock is faked: it jumps between two verbs, and the run stays right.

`libfaketime` makes the wall clock of one command what a test wants; the clock since boot stays
true, as it does on a machine whose wall clock is set.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.conftest import DEADLINE, PACKAGE_PARENT, TEA, needs

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
BERLIN = "Europe/Berlin"


class Machine:
    """A home, and a wall clock that shows what it is told to."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        (self.home / "routines").mkdir(parents=True)
        (self.home / "routines" / "tea.toml").write_text(TEA)
        self.library = _library()
        self.zone = BERLIN

    def at(self, moment: str, *words: str, boot_too: bool = False) -> subprocess.CompletedProcess[str]:
        """Run a command while the wall clock says a moment, written as a local time of the zone.

        `boot_too` lets the clock since boot follow, as if the time had really gone by.
        """
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "PYTHONPATH": str(PACKAGE_PARENT),
            "PROCROUTINE_HOME": str(self.home),
            "TZ": self.zone,
            "LD_PRELOAD": self.library,
            "FAKETIME": f"@{moment}",
            "NO_FAKE_STAT": "1",
        }
        if not boot_too:
            environment |= {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"}
        command = [sys.executable, "-m", "procroutine", *words]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=DEADLINE)
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == 0, done.stderr
        return done

    def runs(self, moment: str, command: str = "status") -> list[dict[str, Any]]:
        """Give the runs as of a moment, each held to the contract."""
        runs: list[dict[str, Any]] = json.loads(self.at(moment, command, "--json").stdout)["runs"]
        for run in runs:
            parts = [run[f"{name}_seconds"] for name in ("active", "paused", "waiting", "asleep")]
            assert min(parts) >= 0
            assert all((step["active_seconds"] or 0) >= 0 for step in run["steps"])
            if run["ended_at"]:
                length = datetime.fromisoformat(run["ended_at"]) - datetime.fromisoformat(run["started_at"])
                assert sum(parts) - run["corrected_seconds"] == pytest.approx(length.total_seconds(), abs=1e-6)
        return runs


def _library() -> str:
    """Find the library by its wrapper, as the package has both; a test without it is skipped, or fails in CI."""
    needs("faketime")
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    assert found, "the faketime command is here, and its library is not"
    return str(found[0])


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_the_clock_really_is_another(machine: Machine) -> None:
    machine.at("2031-05-06 07:08:09", "start", "tea")
    (run,) = machine.runs("2031-05-06 07:08:12")
    assert run["started_at"].startswith("2031-05-06T07:08:")
    assert run["week"] == "2031-W19"


@pytest.mark.parametrize(
    ("then", "way"),
    [
        ("2026-11-19 11:05:00", "back"),
        ("2026-11-19 17:05:00", "forward"),
        ("1999-01-01 00:00:00", "back"),
        ("2046-01-01 00:00:00", "forward"),
    ],
)
def test_a_clock_that_jumps_between_two_verbs_changes_no_time(machine: Machine, then: str, way: str) -> None:
    machine.at("2026-11-19 14:05:00", "start", "tea")
    told = machine.at(then, "done")
    assert f" {way}. The times of this run did not change." in told.stderr
    (run,) = machine.runs(then)
    assert 0 < run["steps"][0]["active_seconds"] < DEADLINE
    machine.at(then, "done")
    machine.at(then, "done")
    (ended,) = machine.runs(then, "history")
    assert ended["week"] == "2026-W47"
    assert ended["active_seconds"] < 4 * DEADLINE


@pytest.mark.parametrize(
    ("night", "before", "after"),
    [("2026-03-29", "01:59:58", "03:00:30"), ("2026-10-25", "02:59:58", "03:00:30")],
    ids=["into summer time", "out of summer time"],
)
def test_the_night_of_the_change_of_clocks(machine: Machine, night: str, before: str, after: str) -> None:
    machine.at(f"{night} {before}", "start", "tea", boot_too=True)
    machine.at(f"{night} {after}", "done", boot_too=True)
    (run,) = machine.runs(f"{night} {after}")
    started, done = (datetime.fromisoformat(run["steps"][0][name]) for name in ("started_at", "ended_at"))
    assert done.utcoffset() == timedelta(hours=2 if night == "2026-03-29" else 1)
    assert run["steps"][0]["active_seconds"] == pytest.approx((done - started).total_seconds(), abs=1e-6)
    assert run["steps"][0]["active_seconds"] < 3700


def test_a_run_left_open_for_a_month_says_so_and_can_end_as_of_its_last_step(machine: Machine) -> None:
    machine.at("2026-10-19 14:00:00", "start", "tea", boot_too=True)
    machine.at("2026-10-19 14:05:00", "done", boot_too=True)
    told = machine.at("2026-11-19 14:05:00", "status", boot_too=True).stderr
    assert "Idle for 31 days. The clock went on." in told
    assert "It stays in 2026-W43." in told
    command = told.partition("procroutine ")[2].partition(". ")[0].split()
    machine.at("2026-11-19 14:05:30", *command, boot_too=True)
    (run,) = machine.runs("2026-11-19 14:06:00", "history")
    assert run["ended_at"].startswith("2026-10-19T14:05:")
    assert run["active_seconds"] == pytest.approx(300, abs=DEADLINE)


def test_another_zone_between_two_verbs_keeps_the_week(machine: Machine) -> None:
    machine.at("2026-11-15 23:50:00", "start", "tea")
    machine.zone = "Asia/Tokyo"
    machine.at("2026-11-16 07:50:10", "done")
    (run,) = machine.runs("2026-11-16 07:50:20")
    assert run["week"] == "2026-W46"
    assert run["started_at"].endswith("+01:00")
    assert run["steps"][0]["ended_at"].endswith("+09:00")
    assert 0 < run["steps"][0]["active_seconds"] < DEADLINE
