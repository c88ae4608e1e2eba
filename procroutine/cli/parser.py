"""Reading any command line, and its help, with errors in the program's own form."""

from __future__ import annotations

import argparse
import re

from procroutine.errors import BadInput

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import NoReturn

    from procroutine.cli.words import Word

_WIDTH = 100


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Make a formatter of a fixed width: asking the terminal for its own loads as much as all of argparse."""
    return argparse.HelpFormatter(prog, width=_WIDTH)


class WordParser(argparse.ArgumentParser):
    """An argument parser that raises instead of leaving."""

    def __init__(self, prog: str, description: str) -> None:
        """Make an empty parser; options may not be shortened, so that adding one breaks nobody's script."""
        super().__init__(prog=prog, description=description, allow_abbrev=False, formatter_class=_formatter)
        # What begins like a negative number is no option to argparse; so `-90s` can be typed as it is.
        self._negative_number_matcher = re.compile(r"-\d")

    def add_words(self, declared: Iterable[Word]) -> None:
        """Add words that were declared as values."""
        for word in declared:
            if word.is_option and not word.metavar:
                self.add_argument(word.name, action="store_true", help=word.help)
            else:
                count = None if word.is_option else word.count
                self.add_argument(word.name, metavar=word.metavar, nargs=count, choices=word.choices, help=word.help)

    def error(self, message: str) -> NoReturn:
        """Raise BadInput in place of printing the usage and leaving."""
        raise BadInput(message, f"see {self.prog} --help")
