"""The campaigns of faults at a small size, and what they find in programs with a planted fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.campaigns import calls, damage, disk, faults, planted, power_cut
from tests.campaigns.campaign import Report, run_small

Plant = Callable[[pytest.MonkeyPatch], None]


def test_a_fault_at_any_call_loses_nothing_that_was_acknowledged() -> None:
    report = Report("calls")
    calls.run(1, 1, report, every=83)
    assert report.held, report.failures
    assert min(report.counts[name] for name in ("kill", "EIO", "ENOSPC", "processes that died")) > 0


def test_a_power_cut_loses_nothing_that_was_acknowledged() -> None:
    assert run_small(power_cut).counts["states"] == power_cut.SMALL


def test_damage_to_any_one_file_loses_nothing_and_is_said() -> None:
    report = run_small(damage)
    assert min(report.counts[name] for name in ("gone", "set back", "cut short", "zeroed")) > 0


def test_a_disk_that_fails_leaves_the_state_before_and_the_work_goes_on() -> None:
    report = Report("disk")
    disk.run(1, 1, report, every=97)
    assert report.held, report.failures
    assert min(report.counts[name] for name in ("ENOSPC", "read-only", "EIO", "EINTR", "refused")) > 0


@pytest.mark.parametrize("plant", [planted.writes_in_place, planted.removes_the_journal_first])
def test_faults_at_calls_find_a_planted_one(monkeypatch: pytest.MonkeyPatch, plant: Plant) -> None:
    plant(monkeypatch)
    report = Report("calls", sought=("",))
    calls.run(1, 1, report, every=19, only_runs=True)
    assert report.is_found


def test_power_cuts_find_journals_that_are_not_flushed() -> None:
    report = Report("power-cut", sought=("lost", "changed"))
    power_cut.run(60, 1, report, without_flush=".journal")
    assert report.is_found


def test_power_cuts_find_a_log_that_is_not_flushed() -> None:
    report = Report("power-cut", sought=("",))
    power_cut.run(200, 1, report, without_flush="safety/log")
    assert report.is_found


@pytest.mark.parametrize(
    ("plant", "files"), [(planted.believes_every_document, ".json"), (planted.believes_every_line, ".journal")]
)
def test_flipped_bits_find_a_checksum_that_is_not_looked_at(
    monkeypatch: pytest.MonkeyPatch, plant: Plant, files: str
) -> None:
    plant(monkeypatch)
    report = Report("damage", sought=("changed",))
    damage.run(100, 1, report, ("flips",), files)
    assert report.is_found


def test_the_faults_befall_what_they_say() -> None:
    assert faults.KILL.befalls("listdir")
    assert faults.ENOSPC.befalls("write")
    assert not faults.ENOSPC.befalls("read")
