"""The words that may stand behind a command: declared once, read here where they are plain.

Loading and asking `argparse` takes as long as half the start of Python, and `status` and the
verbs are to be there at once. So their words are declared as values; this reads the plain cases,
and leaves the rest (help, mistakes, everything odd) to the parser that is made from the same
values. Where both can read a command line, both read the same, which a test shows.
"""

from __future__ import annotations

from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

ONE, MAYBE, SEVERAL = None, "?", "+"
"""How many words a `Word` that is no option stands for."""


class Word(Value):
    """One word, or one option, of a command."""

    name: str
    """An option's begins with two dashes; of other words a command has at most one."""
    help: str
    metavar: str | None = None
    """What stands for its value in the help; an option without one is either given or not."""
    count: str | None = ONE
    choices: tuple[str, ...] | None = None

    @property
    def is_option(self) -> bool:
        """Whether it is found by its name and not by its place."""
        return self.name.startswith("--")

    @property
    def key(self) -> str:
        """Under what name its value is found in `Options`."""
        return self.name.lstrip("-")


class Options:
    """What the words of one command line said, by name."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        """Make each value an attribute."""
        self.__dict__.update(values)

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Give a value."""


def read_plain(declared: Sequence[Word], given: Sequence[str]) -> Options | None:
    """Read a command line whose every word is plain; None for all others, right or wrong."""
    options = {word.name: word for word in declared if word.is_option}
    values: dict[str, Any] = {word.key: None if word.metavar else False for word in declared}
    loose: list[tuple[int, str]] = []
    place = 0
    while place < len(given):
        name, mark, value = given[place].partition("=")
        if not name.startswith("-"):
            loose.append((place, given[place]))
        elif (word := options.get(name)) is None or (mark and not word.metavar):
            return None
        elif not word.metavar:
            values[word.key] = True
        else:
            if not mark:
                place += 1
                value = given[place] if place < len(given) else ""
            if not value or value.startswith("-") or (word.choices and value not in word.choices):
                return None
            values[word.key] = value
        place += 1
    return Options(values) if _placed(declared, loose, values) else None


def _placed(declared: Sequence[Word], loose: list[tuple[int, str]], values: dict[str, Any]) -> bool:
    """Give the words that stand alone to the one that was declared; False where they do not fit it."""
    word = next((word for word in declared if not word.is_option), None)
    texts = [text for _, text in loose]
    if word is None:
        return not texts
    if word.count == SEVERAL:
        values[word.key] = texts
        return bool(texts) and loose[-1][0] - loose[0][0] == len(loose) - 1
    if word.choices and not set(texts) <= set(word.choices):
        return False
    values[word.key] = texts[0] if texts else None
    return len(texts) == 1 or (not texts and word.count == MAYBE)
