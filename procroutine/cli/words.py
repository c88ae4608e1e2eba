"""Reading the words of a command, with errors in the program's own form."""

from __future__ import annotations

import argparse

from procroutine.errors import BadInput

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

_WIDTH = 100


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Make a formatter of a fixed width: asking the terminal for its own loads as much as all of argparse."""
    return argparse.HelpFormatter(prog, width=_WIDTH)


class WordParser(argparse.ArgumentParser):
    """An argument parser that raises instead of leaving."""

    def __init__(self, prog: str, description: str) -> None:
        """Make an empty parser; options may not be shortened, so that adding one breaks nobody's script."""
        super().__init__(prog=prog, description=description, allow_abbrev=False, formatter_class=_formatter)

    def error(self, message: str) -> NoReturn:
        """Raise BadInput in place of printing the usage and leaving."""
        raise BadInput(message, f"see {self.prog} --help")
