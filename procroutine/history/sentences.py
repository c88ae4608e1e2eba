"""What is said about history files that are not sound: never more than one line at once."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_VERBS = (" is ", " was ", " cannot ", " holds ")


def with_outcomes(problems: Sequence[str], outcomes: Sequence[str]) -> tuple[str, ...]:
    """Put what became of a file in the place of what was wrong with it; each sentence begins with its file."""
    left = list(outcomes)
    said = []
    for problem in dict.fromkeys(problems):
        outcome = next((one for one in left if _file_of(problem) == _file_of(one)), None)
        if outcome is not None:
            left.remove(outcome)
        said.append(outcome or problem)
    return (*said, *left)


def in_one_line(said: Sequence[str]) -> tuple[str, ...]:
    """Give sentences about files as one line: all that is said, or the first and how many there are."""
    if len(said) < 2:
        return tuple(said)
    return (f"{len(said)} history files are not sound, the first: {said[0]}; procroutine doctor says more",)


def _file_of(sentence: str) -> str:
    """Give the beginning of a sentence up to its verb, which is the path of the file it is about."""
    return min((sentence.partition(verb)[0] for verb in _VERBS), key=len)
