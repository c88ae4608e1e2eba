"""What can happen at a call to the file system: the process dies, the disk fails, or is full, or is slow of writing."""

from __future__ import annotations

import errno
from dataclasses import dataclass

TAKES_ROOM = frozenset(
    ("create", "write", "pwrite", "fsync", "fdatasync", "mkdir", "link", "replace", "rename", "ftruncate", "truncate")
)
CHANGES = TAKES_ROOM | frozenset(("open to write", "unlink", "remove", "rmdir", "chmod", "fchmod", "utime", "symlink"))
"""What a disk that is read-only refuses; `fsync` and `write` come only after an `open`."""


class Killed(BaseException):
    """The process ends here."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens at a call: the process is killed, or an error comes, once or from then on."""

    name: str
    code: int | None = None
    """Of the error; None for a kill, or for a write that is only cut short."""
    calls: frozenset[str] | None = None
    """Calls it can befall; None for all."""
    lasting: bool = False
    short: bool = False
    """Whether a write is done in part first."""

    def befalls(self, call: str) -> bool:
        """Say whether it can happen at a call."""
        return self.calls is None or call in self.calls


KILL = Fault("kill")
EIO = Fault("EIO", errno.EIO)
ENOSPC = Fault("ENOSPC", errno.ENOSPC, TAKES_ROOM, lasting=True)
ENOSPC_ONCE = Fault("ENOSPC once", errno.ENOSPC, TAKES_ROOM)
EDQUOT = Fault("EDQUOT", errno.EDQUOT, TAKES_ROOM, lasting=True)
EROFS = Fault("read-only", errno.EROFS, CHANGES, lasting=True)
EACCES = Fault("EACCES", errno.EACCES)
EINTR = Fault("EINTR", errno.EINTR)
SHORT = Fault("short write", calls=frozenset(("write",)), short=True)
FILLING = Fault("short write, then full", errno.ENOSPC, frozenset(("write", *TAKES_ROOM)), lasting=True, short=True)
FSYNC = Fault("failing fsync", errno.EIO, frozenset(("fsync", "fdatasync")))
FSYNC_LASTING = Fault("failing fsyncs", errno.EIO, frozenset(("fsync", "fdatasync")), lasting=True)
