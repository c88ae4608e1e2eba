from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from procroutine.clock import ManualClock
from procroutine.history.history import History
from tests.history.samples import history_in


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 6, 1, 12, tzinfo=UTC))


@pytest.fixture
def history(tmp_path: Path, clock: ManualClock) -> History:
    return history_in(tmp_path, clock=clock)
