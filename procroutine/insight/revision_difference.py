"""In what two states of a routine differ: everything that a snapshot holds, and nothing twice.

Two snapshots are held against one another by what they mean: what is left out and what is written
at its default are the same, and so are the steps that one comes after in whatever order. A step
counts as moved only if it is among the fewest that have to be, so that a new step moves none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Meaning = dict[str, Any]

TEXTS = ("purpose", "input", "output", "instructions", "notes", "checklist")
"""Keys whose values are compared line by line; of a checklist each item is a line."""
ROUTINE_DEFAULTS: Mapping[str, Any] = {"goal_per": "run", "phase": "testing"}
"""What holds of a routine where nothing stands under a key."""
_MOST_COMPARED = 250_000
"""Lines of one text times those of the other, beyond which all of one gives way to all of the other."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text: ` ` in both, `-` only in the old, `+` only in the new one."""

    sign: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One key whose value is another; None where it has none."""

    key: str
    old: Any
    new: Any
    lines: tuple[Line, ...] = ()
    """Of a text, in the order in which they are read."""


@dataclass(frozen=True, slots=True)
class SystemChange:
    """A system that was added (no `old`), dropped (no `new`) or changed."""

    id: str
    old: Meaning | None
    new: Meaning | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class StepChange:
    """A step of either state; places are counted from 0."""

    id: str
    old: Meaning | None
    new: Meaning | None
    old_place: int | None
    new_place: int | None
    moved: bool = False
    changes: tuple[Change, ...] = ()

    @property
    def what(self) -> str:
        """Say what became of it: `added`, `dropped`, `moved`, `changed`, or nothing where it is as it was."""
        if self.old is None or self.new is None:
            return "added" if self.old is None else "dropped"
        return "moved" if self.moved else "changed" if self.changes else ""


@dataclass(frozen=True, slots=True)
class RevisionDifference:
    """What was changed from one state of a routine to another."""

    keys: tuple[Change, ...]
    """Of the routine itself, its steps and systems aside."""
    systems: tuple[SystemChange, ...]
    """Those that differ, by id."""
    steps: tuple[StepChange, ...]
    """All steps of both in the new order, those that were dropped behind the one they came after."""

    @property
    def changed_steps(self) -> tuple[StepChange, ...]:
        """The steps that are not as they were."""
        return tuple(step for step in self.steps if step.what)

    def __bool__(self) -> bool:
        """Say whether there is any difference."""
        return bool(self.keys or self.systems or self.changed_steps)


def meaning_of(snapshot: Mapping[str, Any]) -> Meaning:
    """Give a snapshot in the one form that all with its meaning have."""
    made = {
        key: value
        for key, value in _without_nothing(snapshot).items()
        if key not in ("steps", "systems") and value != ROUTINE_DEFAULTS.get(key)
    }
    made["systems"] = {name: _without_nothing(system) for name, system in (snapshot.get("systems") or {}).items()}
    made["steps"] = [_step(step) for step in snapshot["steps"]]
    return made


def _step(step: Mapping[str, Any]) -> Meaning:
    made = _without_nothing(step)
    if "after" in made:
        made["after"] = sorted(set(made["after"]))
    return made


def _without_nothing(values: Mapping[str, Any]) -> Meaning:
    return {key: value for key, value in values.items() if value not in (None, "", False, [], {})}


def revision_difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> RevisionDifference:
    """Compare two snapshots of a routine."""
    before, after = meaning_of(old), meaning_of(new)
    return RevisionDifference(
        keys=_changes(_own(before), _own(after)),
        systems=tuple(_systems(before["systems"], after["systems"])),
        steps=_steps(before["steps"], after["steps"]),
    )


def _own(meaning: Meaning) -> Meaning:
    return {key: value for key, value in meaning.items() if key not in ("steps", "systems")}


def _changes(old: Meaning, new: Meaning) -> tuple[Change, ...]:
    """Compare what stands under each key, in the order of the old one and then of the new."""
    if old == new:
        return ()
    return tuple(
        Change(key, old.get(key), new.get(key), _lines(key, old.get(key), new.get(key)))
        for key in dict.fromkeys((*old, *new))
        if old.get(key) != new.get(key)
    )


def _systems(old: Mapping[str, Meaning], new: Mapping[str, Meaning]) -> Iterable[SystemChange]:
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        if before is None or after is None:
            yield SystemChange(name, before, after)
        elif changes := _changes(before, after):
            yield SystemChange(name, before, after, changes)


def _steps(old: Sequence[Meaning], new: Sequence[Meaning]) -> tuple[StepChange, ...]:
    before = {step["id"]: (place, step) for place, step in enumerate(old)}
    after = {step["id"]: (place, step) for place, step in enumerate(new)}
    stay = longest_rise([before[name][0] for name in after if name in before])
    compared = [_compared(before.get(name), after[name], stay) for name in after]
    return tuple(_with_dropped(compared, before, after))


def _compared(old: tuple[int, Meaning] | None, new: tuple[int, Meaning], stay: frozenset[int]) -> StepChange:
    place, step = new
    if old is None:
        return StepChange(step["id"], None, step, None, place)
    old_place, before = old
    return StepChange(step["id"], before, step, old_place, place, old_place not in stay, _changes(before, step))


def _with_dropped(
    steps: Iterable[StepChange], before: Mapping[str, tuple[int, Meaning]], after: Mapping[str, Any]
) -> Iterable[StepChange]:
    """Put the dropped steps where they were: before the next one that has stayed in its order."""
    dropped = [StepChange(name, old, None, place, None) for name, (place, old) in before.items() if name not in after]
    dropped.reverse()
    for step in steps:
        stays = step.old_place is not None and not step.moved
        while stays and dropped and dropped[-1].old_place < step.old_place:  # type: ignore[operator]  # both have one
            yield dropped.pop()
        yield step
    yield from reversed(dropped)


def longest_rise(numbers: Sequence[int]) -> frozenset[int]:
    """Give the members of a longest rising subsequence (patience sorting)."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        pile = bisect_left(ends, number)
        before[number] = ends[pile - 1] if pile else None
        ends[pile : pile + 1] = [number]
    kept, number_or_none = set(), ends[-1] if ends else None
    while number_or_none is not None:
        kept.add(number_or_none)
        number_or_none = before[number_or_none]
    return frozenset(kept)


def _lines(key: str, old: Any, new: Any) -> tuple[Line, ...]:
    """Compare a text line by line."""
    if key not in TEXTS:
        return ()
    return tuple(compared_lines(lines_of(old), lines_of(new)))


def lines_of(text: Any) -> list[str]:
    """Give the lines of a text, or the items of a list; none of nothing."""
    if text is None:
        return []
    return text.split("\n") if isinstance(text, str) else [str(item) for item in text]


def compared_lines(old: Sequence[str], new: Sequence[str]) -> Iterable[Line]:
    """Compare lines: those that both have, and between them what gave way before what came."""
    most = min(len(old), len(new))
    start = next((place for place in range(most) if old[place] != new[place]), most)
    end = next((back for back in range(most - start) if old[-1 - back] != new[-1 - back]), most - start)
    yield from (Line(" ", text) for text in old[:start])
    yield from _compared_lines(old[start : len(old) - end], new[start : len(new) - end])
    yield from (Line(" ", text) for text in old[len(old) - end :])


def _compared_lines(old: Sequence[str], new: Sequence[str]) -> Iterable[Line]:
    blocks = [("replace", 0, len(old), 0, len(new))]
    if len(old) * len(new) <= _MOST_COMPARED:
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()  # type: ignore[assignment]  # literals
    for what, first, last, new_first, new_last in blocks:
        if what == "equal":
            yield from (Line(" ", text) for text in old[first:last])
            continue
        yield from (Line("-", text) for text in old[first:last])
        yield from (Line("+", text) for text in new[new_first:new_last])
