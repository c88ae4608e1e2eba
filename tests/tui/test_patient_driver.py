"""The driver that sleeps until a key comes, and what comes from terminals that are not as one would like."""

from __future__ import annotations

import asyncio
import os
from types import SimpleNamespace
from typing import Any

import pytest
from textual import events
from textual.message import Message

from procroutine.tui.patient_driver import PatientDriver


async def typed(data: bytes) -> list[str]:
    """Give the keys that an app is handed of these bytes; they end with `!`."""
    reading, writing = os.pipe()
    app: Any = SimpleNamespace(ansi_color=False)
    driver = PatientDriver(app)
    driver.fileno = reading
    keys: list[str] = []

    def take(message: Message) -> None:
        if isinstance(message, events.Key):
            keys.append(message.character or message.key)
            if keys[-1] == "!":
                driver.exit_event.set()

    driver.process_message = take  # type: ignore[method-assign]  # what an app would be sent
    os.write(writing, data)
    try:
        await asyncio.wait_for(asyncio.shield(asyncio.to_thread(driver.run_input_thread)), 30)
    finally:
        driver.exit_event.set()
        os.close(reading)
        os.close(writing)
    return keys


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"ab!", ["a", "b", "!"]),
        ("aß✓!".encode(), ["a", "ß", "✓", "!"]),
        (b"a\xe4b\xff!", ["a", "\ufffd", "b", "\ufffd", "!"]),
        (b"a\x1b[1114112ub!", ["a", "b", "!"]),
        (b"a\x1b[97:65;2ub!", ["a", "b", "!"]),
    ],
)
async def test_no_byte_of_a_terminal_ends_the_app(data: bytes, keys: list[str]) -> None:
    assert await typed(data) == keys
