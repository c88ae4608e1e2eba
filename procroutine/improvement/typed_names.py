"""Steps and systems as a person names them: by id, by name or by number, several of them in a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from procroutine.errors import BadInput, NotFound, did_you_mean, nearest, quoted

if TYPE_CHECKING:
    from procroutine.improvement.draft import Draft
    from procroutine.routine.model import System

_NEW = "+"
"""Before the name of a system that is a new one, though one that is known is near it."""


def step_named(draft: Draft, word: str) -> str:
    """Give the id of a step by its id, its title or its number; NotFound names the nearest.

    Of a step of a used routine the end of its id will do, where no other has it.
    """
    word, ids = word.strip(), [one.step.id for one in draft.steps]
    if word in ids:
        return word
    titled = [one.step.id for one in draft.steps if one.step.title.strip().casefold() == word.casefold()]
    if titled:
        return titled[0]
    if word.isascii() and word.isdigit() and len(word) < 6 and 1 <= int(word) <= len(ids):
        return ids[int(word) - 1]
    ends = [one for one in ids if one.endswith(f"/{word}")]
    return ends[0] if len(ends) == 1 else ids[draft.place(word)]


def is_step(draft: Draft, word: str) -> bool:
    """Say whether a word names a step."""
    try:
        step_named(draft, word)
    except NotFound:
        return False
    return True


def known_system(known: Mapping[str, System], word: str) -> str | None:
    """Give the id of a system by its id or its name; None of one that is not known."""
    word = word.strip()
    if word in known:
        return word
    return next((name for name, system in known.items() if system.name.strip().casefold() == word.casefold()), None)


def system_typed(known: Mapping[str, System], word: str) -> str:
    """Give the id of a system, or the name of a new one; NotFound for one that a known one is near."""
    word = word.strip()
    found = known_system(known, word)
    if found is not None:
        return found
    is_new = word.startswith(_NEW)
    name = word.removeprefix(_NEW).strip()
    if not name:
        names = ", ".join(system.name for system in known.values())
        raise BadInput("a system has no name", f"name one of {names or 'those you use'}")
    near = None if is_new else nearest(name, (*(system.name for system in known.values()), *known))
    if near is not None:
        raise NotFound(
            f"there is no system {quoted(name)}", f"{did_you_mean(near, '')} write {_NEW}{name} for a new one"
        )
    return name


def in_a_row(text: str, mark: str, is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """Part a text at a mark into names, without the blanks around them; a known name may have the mark in it."""
    parts, found = text.split(mark), list[str]()
    while parts:
        joined = (mark.join(parts[:count]).strip() for count in range(len(parts), 1, -1))
        name = next(filter(is_known, joined), parts[0].strip())
        del parts[: name.count(mark) + 1]
        found.append(name)
    return tuple(found)
