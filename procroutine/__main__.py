"""`python -m procroutine` and the installed command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run one command and leave with its exit code."""
    from procroutine.cli.main import run_command

    sys.exit(run_command(sys.argv[1:]))


if __name__ == "__main__":
    main()
