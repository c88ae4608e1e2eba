"""What a person may try on a copy of a checklist: one value for each change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from procroutine.durations import step_time
from procroutine.errors import BadInput, quoted

DROP, MOVE, MERGE, SPLIT, PREPARE, PLAN, SYSTEM, PERSON, ORDER = (
    "drop",
    "move",
    "merge",
    "split",
    "prepare",
    "set",
    "system",
    "person",
    "order",
)
KINDS = (DROP, MOVE, MERGE, SPLIT, PREPARE, PLAN, SYSTEM, PERSON, ORDER)
"""The kinds of changes."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change; steps are named by their ids."""

    kind: str
    steps: tuple[str, ...]
    """The step; of `merge` both; of `move` the step and the one it goes behind, alone where it goes to the front;
    of `order` all of them."""
    texts: tuple[str, ...] = ()
    """Of `split` the titles of the parts, of `system` the systems, of `person` the name, of `order` what it is for."""
    length: timedelta | None = None
    """Of `set` the planned time."""

    def refuse_broken(self) -> None:
        """Refuse texts that no file can hold, such as bytes typed in another encoding; BadInput."""
        try:
            "".join(self.texts).encode()
        except UnicodeEncodeError:
            raise BadInput("the text has broken characters", "write it anew") from None

    def in_words(self, named: Callable[[str], str] = str, system: Callable[[str], str] = str) -> str:
        """Say what is changed; `named` and `system` give what steps and systems are called, their ids by themselves."""
        said = replace(self, texts=tuple(map(system, self.texts))) if self.kind == SYSTEM else self
        return _WORDS[self.kind](said, tuple(map(named, self.steps)))


def drop(step: str) -> Change:
    """Leave a step out."""
    return Change(DROP, (step,))


def move(step: str, behind: str | None) -> Change:
    """Put a step behind another, or (None) to the front."""
    return Change(MOVE, (step,) if behind is None else (step, behind))


def merge(step: str, other: str) -> Change:
    """Make one step of two neighbours."""
    return Change(MERGE, (step, other))


def split(step: str, *titles: str) -> Change:
    """Make several steps of one."""
    return Change(SPLIT, (step,), titles)


def prepare(step: str) -> Change:
    """Do a step before the hour."""
    return Change(PREPARE, (step,))


def plan(step: str, length: timedelta) -> Change:
    """Suppose that a step takes so long."""
    return Change(PLAN, (step,), length=length)


def with_systems(step: str, *systems: str) -> Change:
    """Do a step with other systems, or with none."""
    return Change(SYSTEM, (step,), systems)


def with_person(step: str, person: str) -> Change:
    """Let another person do a step."""
    return Change(PERSON, (step,), (person,))


def reorder(*steps: str, why: str = "") -> Change:
    """Do all steps in another order; `why` says in words which one it is."""
    return Change(ORDER, steps, (why,) if why else ())


def _listed(steps: tuple[str, ...]) -> str:
    return ", ".join((*steps[:_MOST_NAMED], *(["…"] if steps[_MOST_NAMED:] else [])))


_MOST_NAMED = 6
"""Steps of an order that are named."""
_WORDS: Mapping[str, Callable[[Change, tuple[str, ...]], str]] = {
    DROP: lambda _, steps: f"drop {steps[0]}",
    MOVE: lambda _, steps: f"move {steps[0]} {f'behind {steps[1]}' if steps[1:] else 'to the front'}",
    MERGE: lambda _, steps: f"merge {steps[0]} and {steps[1]}",
    SPLIT: lambda change, steps: f"split {steps[0]} into {' and '.join(map(quoted, change.texts))}",
    PREPARE: lambda _, steps: f"prepare {steps[0]} before the run",
    PLAN: lambda change, steps: f"suppose {step_time(change.length or timedelta())} for {steps[0]}",
    SYSTEM: lambda change, steps: f"do {steps[0]} with {' and '.join(change.texts) or 'no system'}",
    PERSON: lambda change, steps: f"let {change.texts[0]} do {steps[0]}",
    ORDER: lambda change, steps: f"put the steps in the order {change.texts[0] if change.texts else _listed(steps)}",
}
