"""What can go wrong, each with its remedy: one sentence of what is wrong, one of what to do.

Every error the program expects is a `UserError`: the command line prints it and leaves with 2,
the app shows it as a notice. Anything else is a bug and is not caught.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class UserError(Exception):
    """Something the person can put right: `problem` says what is wrong, `remedy` what to do."""

    exit_code = 2

    def __init__(self, problem: str, remedy: str) -> None:
        """Take both sentences without their full stops."""
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        """Give both as one line."""
        return f"{self.problem}: {self.remedy}"


class BadInput(UserError):
    """A word, number or file that cannot be understood."""


class NotFound(UserError):
    """A routine, run, step or file that does not exist."""


class DoesNotFit(UserError):
    """A verb that cannot be carried out in the state things are in."""


class CannotRead(UserError):
    """A file or folder that the system does not let us read."""


class CannotWrite(UserError):
    """A file or folder that the system does not let us write."""


class MayHaveCounted(CannotWrite):
    """A write that failed and could not be taken back, so that nobody can tell what is on the disk."""


def quoted(text: str, mark: str = "'") -> str:
    """Give somebody's text as it stands in a sentence: in quotes, on one line, cut at 60 characters."""
    cut = text if len(text) <= 60 else text[:59] + "…"
    written = repr(cut)[1:-1].replace("\\'", "'")
    return f"{mark}{written}{mark}"


def nearest(word: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """Give the known word most like `word`, or None where none is near: `alike` at least, 1 being the same."""
    if len(word) > 100:
        return None  # nobody's slip of the finger, and comparing it would take long
    import difflib  # only on the way to an error

    lowered = {name.lower(): name for name in known}
    found = difflib.get_close_matches(word.lower(), lowered, n=1, cutoff=alike)
    return lowered[found[0]] if found else None


def did_you_mean(near: str | None, otherwise: str) -> str:
    """Give the remedy that names the nearest known word, or another where none is near."""
    return otherwise if near is None else f"did you mean {quoted(near)}?"
