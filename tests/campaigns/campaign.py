"""What all campaigns share: how they are found, how they count, and how they say what they found.

A campaign is a module of this folder with

    NAME     the word it is called by
    STATED   the size to reach (what is counted is in its first docstring line)
    SMALL    a size of a second or two, for the suite
    run(size, seed, report)

`run` does `size` of whatever it does, taking every random choice from `random.Random(seed)`. It
counts with `report.count`, tells what should not have been with `report.fail`, and looks at
`report.is_over` between two rounds.
"""

from __future__ import annotations

import importlib
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Protocol, cast

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
_LIBRARY = ("campaign", "run")
_MOST_FAILURES = 20
"""After so many failures a campaign need not go on."""


class Campaign(Protocol):
    """A module that is a campaign."""

    NAME: str
    STATED: int
    SMALL: int

    def run(self, size: int, seed: int, report: Report) -> None: ...


@dataclass(slots=True)
class Report:
    """What a campaign has done and found so far."""

    name: str = ""
    limit: timedelta | None = None
    """How long the campaign may take; None for as long as it likes."""
    sought: tuple[str, ...] = ()
    """Words of a failure that was planted: once one with any of them is found there is no need to go on."""
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    begun: float = field(default_factory=time.monotonic)

    def count(self, what: str, by: int = 1) -> None:
        """Count something, shown in the order of first mention; `by` 0 makes it appear."""
        self.counts[what] += by

    def fail(self, what: str) -> None:
        """Tell of something that should not have been, precisely enough to look for it."""
        self.failures.append(what)

    @property
    def held(self) -> bool:
        """Whether nothing was found, in at least one round."""
        return not self.failures and any(self.counts.values())

    @property
    def is_over(self) -> bool:
        """Whether the time is up, what is sought is found, or so much has failed that more would say no more."""
        return self.time_is_up or self.is_found or len(self.failures) >= _MOST_FAILURES

    @property
    def is_found(self) -> bool:
        """Whether there is a failure of those that are sought."""
        return any(words in failure for words in self.sought for failure in self.failures)

    @property
    def time_is_up(self) -> bool:
        """Whether the time limit is reached."""
        return self.limit is not None and self.taken >= self.limit

    @property
    def taken(self) -> timedelta:
        """How long it has taken so far."""
        return timedelta(seconds=time.monotonic() - self.begun)

    def line(self) -> str:
        """Give the counts in one line."""
        counted = ", ".join(f"{number:,} {what}" for what, number in self.counts.items())
        stopped = ", stopped by the time limit" if self.time_is_up else ""
        return f"{self.name}: {counted or 'nothing'} in {self.taken.total_seconds():,.0f} s{stopped}"


def campaigns() -> dict[str, Campaign]:
    """Import every campaign of this folder, by name."""
    found: dict[str, Campaign] = {}
    for path in sorted(FOLDER.glob("*.py")):
        if path.stem.startswith(("test_", "_")) or path.stem in (*_LIBRARY, "conftest"):
            continue
        module = importlib.import_module(f"tests.campaigns.{path.stem}")
        if hasattr(module, "NAME"):
            campaign = cast(Campaign, module)
            found[campaign.NAME] = campaign
    return found


def about(campaign: Campaign) -> str:
    """Give the first line of a campaign's docstring."""
    return (cast(ModuleType, campaign).__doc__ or "").strip().partition("\n")[0]


def run_small(campaign: ModuleType, seed: int = 1) -> Report:
    """Run a campaign at its small size, as the suite does, and hold it to finding nothing."""
    small = cast(Campaign, campaign)
    report = Report(small.NAME)
    small.run(small.SMALL, seed, report)
    assert report.held, "\n".join([report.line(), *report.failures])
    return report
