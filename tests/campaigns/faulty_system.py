"""A layer of faults between the program and the file system.

Inside `with FaultySystem(folders) as system` every function of `os`, `fcntl` and `open` that
touches a file does its work through a wrapper, which counts the calls about the given folders,
makes one of them fail, and tells a listener what was changed. Calls about anything else pass.

A kill is a `Killed`, which nothing catches; from then on every call raises it again, so that what
is done on the way out does not happen either, and at the end all open files are let go of.
"""

from __future__ import annotations

import builtins
import fcntl
import io
import os
import random
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Protocol, Self

from tests.campaigns.faults import Fault, Killed

PATH_CALLS = (
    *("stat", "lstat", "listdir", "scandir", "readlink", "access"),
    *("mkdir", "rmdir", "unlink", "remove", "chmod", "utime", "truncate", "symlink", "statvfs"),
)
TWO_PATH_CALLS = ("replace", "rename", "link")
NUMBER_CALLS = (
    "close",
    "fstat",
    "fsync",
    "fdatasync",
    "fchmod",
    "ftruncate",
    "lseek",
    "read",
    "pread",
    "write",
    "pwrite",
)
WRAPPED = frozenset((*PATH_CALLS, *TWO_PATH_CALLS, *NUMBER_CALLS, "open", "urandom"))
"""The functions of `os` that go through the layer."""

_real_exit = os._exit


class Listener(Protocol):
    """Is told of every change that was made, by the number of the open file or by path."""

    def opened(self, number: int, path: str, is_new: bool) -> None: ...
    def wrote(self, number: int, place: int, data: bytes) -> None: ...
    def resized(self, number: int, size: int) -> None: ...
    def flushed(self, number: int) -> None: ...
    def closed(self, number: int) -> None: ...
    def named(self, call: str, path: str, name: str) -> None: ...


class FaultySystem:
    """The file system as the program sees it, with one fault at the call numbered `at`, counted from 1."""

    def __init__(
        self,
        folders: Iterable[str],
        fault: Fault | None = None,
        at: int = 0,
        *,
        seed: int = 0,
        listener: Listener | None = None,
        for_real: bool = False,
    ) -> None:
        """Take the folders that are watched; `for_real` ends the process at a kill."""
        self.calls: list[str] = []
        self.fired = False
        self._folders = tuple(folders)
        self._fault = fault
        self._at = at
        self._seed = seed
        self._listener = listener
        self._for_real = for_real
        self._killed = False
        self._numbers: set[int] = set()
        self._real: dict[str, Callable[..., Any]] = {}
        self._real_open = builtins.open
        self._real_flock = fcntl.flock

    def __enter__(self) -> Self:
        self._real = {name: getattr(os, name) for name in WRAPPED}
        for name in PATH_CALLS:
            setattr(os, name, self._path_call(name))
        for name in TWO_PATH_CALLS:
            setattr(os, name, self._two_path_call(name))
        for name in NUMBER_CALLS:
            setattr(os, name, self._number_call(name))
        os.open = self._open
        os.write = self._write
        os.urandom = self._bytes
        setattr(builtins, "open", self._open_file)  # noqa: B010  # mypy knows that nobody should
        setattr(fcntl, "flock", self._flock)  # noqa: B010  # as above
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name, real in self._real.items():
            setattr(os, name, real)
        setattr(builtins, "open", self._real_open)  # noqa: B010  # as above
        setattr(fcntl, "flock", self._real_flock)  # noqa: B010  # as above
        if self._killed:
            for number in self._numbers:
                os.close(number)

    def room_again(self) -> None:
        """End a fault that lasts."""
        self._fault = None

    def _bytes(self, count: int) -> bytes:
        """Give the same for the same count, so that an act that is done again makes the same ids."""
        return random.Random(f"{self._seed} {count}").randbytes(count)

    def _ours(self, path: object) -> bool:
        if isinstance(path, int):
            return path in self._numbers
        text = os.fsdecode(path) if isinstance(path, (str, bytes, os.PathLike)) else ""
        return text.startswith(self._folders)

    def _step(self, call: str) -> None:
        """Count a call, and raise what is to happen at it; `_Short` where a write is to be cut short."""
        if self._killed:
            raise Killed
        self.calls.append(call)
        fault = self._fault
        if fault is None or not fault.befalls(call) or len(self.calls) < self._at:
            return
        if len(self.calls) > self._at and not (fault.lasting and self.fired):
            return
        self.fired = True
        if fault.short and len(self.calls) == self._at and call == "write":
            raise _Short
        if fault.code is not None:
            raise OSError(fault.code, os.strerror(fault.code))
        if not fault.short:
            self._kill(call)

    def _kill(self, call: str) -> None:
        self._killed = True
        if call == "write":
            raise _ShortThenKilled
        self._end()

    def _end(self) -> None:
        if self._for_real:
            _real_exit(9)
        raise Killed

    def _path_call(self, name: str) -> Callable[..., Any]:
        real = self._real[name]

        def call(path: Any = ".", *given: Any, **named: Any) -> Any:
            if not self._ours(path):
                return real(path, *given, **named)
            self._step(name)
            result = real(path, *given, **named)
            if self._listener and name in ("mkdir", "rmdir", "unlink", "remove"):
                self._listener.named(name, path, "")
            return result

        return call

    def _two_path_call(self, name: str) -> Callable[..., Any]:
        real = self._real[name]

        def call(path: Any, other: Any, **named: Any) -> None:
            watched = self._ours(path) or self._ours(other)
            if watched:
                self._step(name)
            real(path, other, **named)
            if watched and self._listener:
                self._listener.named(name, path, other)

        return call

    def _number_call(self, name: str) -> Callable[..., Any]:
        real = self._real[name]

        def call(number: int, *given: Any) -> Any:
            if number not in self._numbers:
                return real(number, *given)
            if name == "close":
                self._numbers.discard(number)
                real(number)  # it is closed whatever comes: so it is on Linux
                if self._listener:
                    self._listener.closed(number)
                return self._step(name)
            self._step(name)
            result = real(number, *given)
            if self._listener and name in ("fsync", "fdatasync"):
                self._listener.flushed(number)
            elif self._listener and name == "ftruncate":
                self._listener.resized(number, given[0])
            return result

        return call

    def _open(self, path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        if not self._ours(path):
            return int(self._real["open"](path, flags, mode, dir_fd=dir_fd))
        is_new = bool(flags & os.O_CREAT) and not self._is_there(path)
        writing = flags & (os.O_WRONLY | os.O_RDWR)
        self._step("create" if is_new else "open to write" if writing else "open")
        number = int(self._real["open"](path, flags, mode, dir_fd=dir_fd))
        self._numbers.add(number)
        if self._listener:
            self._listener.opened(number, os.fsdecode(path), is_new)
            if flags & os.O_TRUNC and not is_new:
                self._listener.resized(number, 0)
        return number

    def _is_there(self, path: str) -> bool:
        try:
            self._real["lstat"](path)
        except OSError:
            return False
        return True

    def _write(self, number: int, data: Any) -> int:
        if number not in self._numbers:
            return int(self._real["write"](number, data))
        part = bytes(data)
        try:
            self._step("write")
        except (_Short, _ShortThenKilled) as short:
            written = self._put(number, part[: max(1, len(part) // 2)])
            if isinstance(short, _ShortThenKilled):
                self._end()
            return written
        return self._put(number, part)

    def _put(self, number: int, part: bytes) -> int:
        appending = fcntl.fcntl(number, fcntl.F_GETFL) & os.O_APPEND
        place = self._real["lseek"](number, 0, os.SEEK_END if appending else os.SEEK_CUR)
        written = int(self._real["write"](number, part))
        if self._listener:
            self._listener.wrote(number, place, part[:written])
        return written

    def _flock(self, number: Any, operation: int) -> None:
        if number in self._numbers:
            self._step("flock")
        self._real_flock(number, operation)

    def _open_file(self, file: Any, mode: str = "r", buffering: int = -1, *given: Any, **named: Any) -> Any:
        if not self._ours(file):
            return self._real_open(file, mode, buffering, *given, **named)
        raw = _WatchedFile(file, mode, named.pop("closefd", True), self)
        if buffering == 0:
            return raw
        if "+" in mode:
            raise NotImplementedError("the program does not read and write through one buffer")
        buffered = io.BufferedReader(raw) if raw.readable() else io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, *given, **named)


class _Short(Exception):
    """A write is to be cut short."""


class _ShortThenKilled(BaseException):
    """A write is to be cut short, and then the process ends."""


_FLAGS = {
    "r": os.O_RDONLY,
    "r+": os.O_RDWR,
    "w": os.O_WRONLY | os.O_CREAT | os.O_TRUNC,
    "x": os.O_WRONLY | os.O_CREAT | os.O_EXCL,
    "a": os.O_WRONLY | os.O_CREAT | os.O_APPEND,
}


class _WatchedFile(io.FileIO):
    """A file of `open` whose reading and writing goes through the layer."""

    def __init__(self, file: Any, mode: str, closefd: bool, system: FaultySystem) -> None:
        self._system = system
        plain = mode.replace("t", "").replace("b", "")
        number = file if isinstance(file, int) else os.open(file, _FLAGS[plain] | os.O_CLOEXEC, 0o666)
        super().__init__(number, plain, closefd=closefd)

    def readinto(self, buffer: Any) -> int | None:
        self._system._step("read")
        return super().readinto(buffer)

    def readall(self) -> bytes:
        self._system._step("read")
        return super().readall()

    def write(self, data: Any) -> int:
        return self._system._write(self.fileno(), data)

    def close(self) -> None:
        if self.closed:
            return
        number = self.fileno()
        ours = self.closefd and number in self._system._numbers
        super().close()
        if ours:
            self._system._numbers.discard(number)
            if self._system._listener:
                self._system._listener.closed(number)
            if not self._system._killed:
                self._system._step("close")
