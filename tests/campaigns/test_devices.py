"""Three devices: a few histories come out equal, and a merge that prefers the first version it reads is found out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from procroutine.history import heads, year_files
from procroutine.history.index_files import Index
from tests.campaigns import devices
from tests.campaigns.campaign import Report, run_small


def test_a_few_histories_come_out_equal_on_all_devices() -> None:
    report = run_small(devices)
    assert report.counts["histories"] == devices.SMALL
    assert report.counts["files brought"] > devices.SMALL


def test_documents_of_which_the_first_is_preferred_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(year_files, "rank", lambda _document: (0, "", ""))
    report = Report("planted", sought=("not as it was left last",))
    devices.run(30, 1, report)
    assert report.is_found


def test_lists_in_which_the_first_version_is_preferred_are_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def first(indexes: Iterable[Index]) -> list[list[Any]]:
        merged: dict[str, list[Any]] = {}
        for index in indexes:
            for row in index.rows or ():
                merged.setdefault(row[0], row)
        return list(merged.values())

    monkeypatch.setattr(heads, "merged_rows", first)
    report = Report("planted", sought=("the lists show",))
    devices.run(30, 1, report)
    assert report.is_found
