"""A program in a terminal of its own, 120 columns by 40 rows, timed from outside."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

COLUMNS, ROWS = 120, 40
FRAME_END = b"\x1b[?2026l"
"""Ends a frame in terminals that draw frames whole."""
_ASKS_FOR_FRAMES, _ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_SEQUENCE = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P_^X][^\x1b]*\x1b\\")


class Terminal:
    """Starts a program and plays its terminal; what it wrote is kept."""

    def __init__(self, words: Sequence[str], environment: dict[str, str]) -> None:
        self._written = b""
        self._answered = 0
        self.started = time.perf_counter()
        self.last_output = self.started
        self.process, self._descriptor = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execve(words[0], list(words), environment)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            self._gone()

    @property
    def bytes_written(self) -> int:
        return len(self._written)

    @property
    def frames(self) -> int:
        return self._written.count(FRAME_END)

    def written_from(self, place: int) -> bytes:
        """What it wrote from the byte on that has so many before it."""
        return self._written[place:]

    def send(self, keys: bytes) -> None:
        os.write(self._descriptor, keys)

    def read(self, seconds: float) -> bool:
        """Take what the program writes within so many seconds; False where it writes nothing."""
        if not select.select([self._descriptor], [], [], max(0.0, seconds))[0]:
            return False
        try:
            part = os.read(self._descriptor, 1 << 16)
        except OSError:  # the program has closed its side
            part = b""
        self.last_output = time.perf_counter()
        self._written += part
        if not self._answered and _ASKS_FOR_FRAMES in self._written:
            self._answered = 1
            self.send(_ANSWER)
        return bool(part)

    def watch(self, seconds: float) -> None:
        """Take what the program writes for so many seconds."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)

    def drain(self) -> None:
        """Take what the program has written meanwhile, so that no frame of before counts as an answer."""
        while self.read(0):
            pass

    def wait_for(self, *texts: str, patience: float = 30.0, since: int = 0) -> float:
        """Wait until all texts stand in frames that have ended; gives the seconds since the start."""

        def seen() -> bool:
            ended = self._written[since:].rpartition(FRAME_END)[0]
            plain = _SEQUENCE.sub(b"", ended).decode("utf-8", "replace")
            return all(text in plain for text in texts)

        return self._until(seen, f"{texts} did not appear", patience)

    def wait_for_frame(self, patience: float = 5.0) -> None:
        """Wait until the next frame ends."""
        before = self.frames
        self._until(lambda: self.frames > before, "no frame came", patience)

    def key(self, keys: bytes, patience: float = 5.0, answer: str = "") -> float:
        """Send keys; gives the seconds until the end of the next frame, or of the one that has the answer in it."""
        before, sent = self.bytes_written, time.perf_counter()
        self.send(keys)

        def answered() -> bool:
            ended, end, _ = self._written[before:].rpartition(FRAME_END)
            return bool(end) and answer.encode() in ended

        self._until(answered, f"{keys!r} was not answered", patience)
        return self.last_output - sent

    def leave(self, keys: bytes, patience: float = 10.0) -> float:
        """Ask the program to end; gives the seconds until it has, however many frames it draws meanwhile."""
        sent = time.perf_counter()
        self.send(keys)
        while True:
            self.read(0.002)
            if os.waitpid(self.process, os.WNOHANG)[0]:
                self.process = 0
                os.close(self._descriptor)
                return time.perf_counter() - sent
            if time.perf_counter() > sent + patience:
                raise TimeoutError(f"{keys!r} did not end the program")

    def _until(self, reached: Callable[[], bool], complaint: str, patience: float) -> float:
        end = time.perf_counter() + patience
        while not reached():
            if time.perf_counter() > end:
                raise TimeoutError(f"{complaint}; the last it wrote: {self._written[-300:]!r}")
            self.read(0.05)
        return self.last_output - self.started

    def _gone(self) -> None:
        os.waitpid(self.process, 0)
        os.close(self._descriptor)
        self.process = 0

    def peak_megabytes(self) -> float:
        """The most memory the program has had so far."""
        with open(f"/proc/{self.process}/status", encoding="ascii") as file:
            line = next(line for line in file if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024

    def processor_seconds(self) -> float:
        """What all threads of the program have used so far."""
        total = 0
        for thread in os.listdir(f"/proc/{self.process}/task"):
            with open(f"/proc/{self.process}/task/{thread}/schedstat", encoding="ascii") as file:
                total += int(file.read().split()[0])
        return total / 1e9

    def wake_ups(self) -> int:
        """How often any thread of the program has waited for something so far, and was then woken."""
        total = 0
        for thread in os.listdir(f"/proc/{self.process}/task"):
            with open(f"/proc/{self.process}/task/{thread}/status", encoding="ascii") as file:
                total += next(int(line.split()[1]) for line in file if line.startswith("voluntary"))
        return total
