"""What a routine file may say and perhaps does not mean: `check` notes it, and the routine can be run all the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from procroutine.errors import nearest, quoted
from procroutine.routine.model import Problem

if TYPE_CHECKING:
    from procroutine.routine.draft import Draft, DraftStep

_ALIKE = 0.75
"""Ids of systems that are less alike than this (`difflib`) are not taken for each other: `sheet`, `shop`."""


def notes_on(draft: Draft, described: Collection[str]) -> tuple[Problem, ...]:
    """Give what one file may mean otherwise; `described` are the ids of systems that it and those it uses describe."""
    steps = [step for step in draft.steps if step.use is None]
    return (*_unlike(draft, steps, described), *_without_choice(draft, steps))


def _unlike(draft: Draft, steps: Iterable[DraftStep], described: Collection[str]) -> Iterator[Problem]:
    """Give the systems that no table describes, and that are nearly one of those that are described; each once."""
    told: set[str] = set()
    for step in steps:
        for key, names in (("systems", step.step.systems), ("alternatives", step.step.alternatives)):
            for name in names:
                if name in described or name in told or (near := nearest(name, described, _ALIKE)) is None:
                    continue
                told.add(name)
                remedy = f"write {quoted(near, chr(34))} if that is meant, else describe it: [systems.{_key(name)}]"
                yield _at(draft, step, key, f"no table describes the system {quoted(name)}", remedy)


def _without_choice(draft: Draft, steps: Iterable[DraftStep]) -> Iterator[Problem]:
    for step in steps:
        if len(step.step.alternatives) == 1:
            remedy = "name all that the step can be done with, or write it into systems"
            yield _at(draft, step, "alternatives", "alternatives of one system are no choice", remedy)


def _at(draft: Draft, step: DraftStep, key: str, problem: str, remedy: str) -> Problem:
    line = draft.lines.line_of(("steps", step.place, key))
    return Problem(file=draft.routine.sources[0], line=line, key=key, problem=problem, remedy=remedy)


def _key(name: str) -> str:
    is_bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
    return name if is_bare else quoted(name, '"')
