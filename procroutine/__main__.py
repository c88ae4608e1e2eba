"""`python -m procroutine` and the installed command."""

from __future__ import annotations

import gc
import sys

_PATIENCE = 100_000
"""New objects until the first look for garbage; `status` and the verbs make far fewer."""

_INTERRUPTED = 130


def main() -> None:
    """Run one command and leave with its exit code."""
    gc.set_threshold(_PATIENCE)
    try:
        from procroutine.cli.main import run_command

        code = run_command(sys.argv[1:])
    except KeyboardInterrupt:
        code = _INTERRUPTED
    gc.freeze()  # at the end everything goes at once: Python need not look through it for garbage first
    sys.exit(code)


if __name__ == "__main__":
    main()
