"""Signals leave the app in order, and by force where that hangs."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Any

import pytest

from procroutine.tui import signals
from procroutine.tui.app import ProcroutineApp
from tests.app_idle import until


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_ends_the_app_with_its_code(
    app: ProcroutineApp, number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "hard_exit", lambda _code: None)
    async with app.run_test() as pilot:
        await pilot.pause()
        os.kill(os.getpid(), number)
        await until(lambda: app._exit)
    assert app.return_code == 128 + number


async def test_a_hard_exit_stands_behind_an_end_that_hangs(
    app: ProcroutineApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes: list[int] = []
    monkeypatch.setattr(signals, "HARD_EXIT_AFTER", 0.05)
    monkeypatch.setattr(app, "exit", lambda **_given: None)
    signals._leave(app, 15, codes.append)
    await until(lambda: codes)
    assert codes == [143]


def test_no_handlers_are_no_trouble(app: ProcroutineApp, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse() -> Any:
        loop = asyncio.get_running_loop()
        monkeypatch.setattr(loop, "add_signal_handler", lambda *_given: (_ for _ in ()).throw(NotImplementedError()))
        signals.leave_on_signals(app, lambda _code: None)

    asyncio.run(refuse())
