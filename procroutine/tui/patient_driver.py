"""A terminal driver that sleeps until a key comes: Textual's own wakes up ten times a second to look for its end."""

from __future__ import annotations

import os
from codecs import getincrementaldecoder
from select import select
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual import constants
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.message import Message

_MOST = 4096
"""Bytes that are read at once."""
_PERHAPS_MORE = constants.ESCAPE_DELAY + 0.2
"""Seconds after what was typed for which the rest of a sequence may come: after that Esc was pressed alone."""
_LOOK = 0.1
"""Seconds after which it is looked for that meanwhile, as Textual does all the time."""


class _Waking(Event):
    """An event that also wakes whoever waits for a file."""

    def __init__(self) -> None:
        """Make the pipe of which one end can be waited for."""
        super().__init__()
        self.woken, self._waking = os.pipe()
        os.set_blocking(self._waking, False)

    def set(self) -> None:
        """Let it happen, and wake."""
        super().set()
        os.write(self._waking, b".")


class PatientDriver(LinuxDriver):
    """Textual's driver for Linux and macOS, but for how it waits, and that it passes over what means nothing."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """Take what Textual gives its own driver."""
        super().__init__(*given, **named)
        self._ending = self.exit_event = _Waking()

    def run_input_thread(self) -> None:
        """Wait for input and hand it on, until the driver is told to end."""
        self._parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode  # terminals of other encodings send other bytes
        files, patience = [self.fileno, self._ending.woken], 0.0
        while not self.exit_event.is_set():
            ready, _, _ = select(files, [], [], _LOOK if monotonic() < patience else None)
            if self.fileno in ready:
                data = self._read()
                if not data:
                    files.remove(self.fileno)  # the terminal is gone, which a signal tells too
                for sign in decode(data):
                    self._hand_on(self._parser.feed(sign))
                patience = monotonic() + _PERHAPS_MORE
            self._hand_on(self._parser.tick())
        os.read(self._ending.woken, _MOST)  # the driver may be begun again

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, _MOST)
        except OSError:
            return b""

    def _hand_on(self, messages: Iterable[Message]) -> None:
        for message in self._understood(messages):
            self.process_message(message)

    def _understood(self, messages: Iterable[Message]) -> Iterator[Message]:
        try:
            yield from messages
        except (ValueError, OverflowError):
            # A sequence with numbers that no terminal sends, at which Textual would end the app: it is left out.
            self._parser = XTermParser(self._debug)
