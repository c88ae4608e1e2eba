"""`python -m procroutine` and the installed command."""

from __future__ import annotations

import gc
import os
import sys

_PATIENCE = 100_000
"""New objects until the first look for garbage; `status` and the verbs make far fewer."""

_INTERRUPTED, _UNSAID = 130, 120
"""Exit codes after Ctrl+C, and where the output could not be written at the last: as those of other programs."""


def main() -> None:
    """Run one command and leave with its exit code."""
    gc.set_threshold(_PATIENCE)
    try:
        from procroutine.cli.main import run_command

        code = run_command(sys.argv[1:])
    except KeyboardInterrupt:
        code = _INTERRUPTED
    _leave(code)


def _leave(code: int) -> None:
    """End the process; where no other thread is left, without taking apart one by one what goes all at once."""
    threading = sys.modules.get("threading")
    if threading is not None and threading.active_count() > 1:
        gc.freeze()  # Python need not look through everything for garbage first
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            try:
                stream.flush()
            except (OSError, ValueError):  # what could be said of that was said when the command was carried out
                code = code or _UNSAID
    os._exit(code)


if __name__ == "__main__":
    main()
