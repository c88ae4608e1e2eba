"""Changes as they are typed: `approve`, `post:write`, `post,check`, `write=Gather,Write it`, `write=5m`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from procroutine.durations import parse_duration
from procroutine.errors import BadInput, DoesNotFit, quoted
from procroutine.improvement import change as made
from procroutine.improvement.fewest_switches import fewest_switches
from procroutine.improvement.typed_names import in_a_row, is_step, known_system, step_named, system_typed
from procroutine.insight.flow import settled

if TYPE_CHECKING:
    from procroutine.improvement.change import Change
    from procroutine.improvement.draft import Draft

FORMS: Mapping[str, tuple[str, str]] = {
    made.DROP: ("ID", "leave a step out"),
    made.MOVE: ("ID:AFTER", "put a step behind another; ID: alone puts it first"),
    made.MERGE: ("ID,ID", "make one step of two neighbours"),
    made.SPLIT: ("ID=TITLE,TITLE", "make several steps of one"),
    made.PREPARE: ("ID", "do a step before the run"),
    made.PLAN: ("ID=5m", "suppose that a step takes so long"),
    made.SYSTEM: ("ID=SYSTEM", "do a step with another system; several are joined by commas, none is ID= alone"),
    made.PERSON: ("ID=NAME", "let another person do a step"),
    made.ORDER: ("ID,ID,…", "do all steps in this order"),
}
"""How each kind of change is typed, and what it does. Steps are named by id, title or number."""


def read_change(draft: Draft, kind: str, text: str) -> Change:
    """Read a change to a draft; BadInput, NotFound with the nearest step."""
    return _READERS[kind](draft, text)


class FewestAlready(DoesNotFit):
    """The steps stand in the order that was looked for."""


def order_with_fewest_switches(
    draft: Draft, *, keep_hand_offs: bool = False, used: Mapping[str, tuple[str, ...]] | None = None
) -> Change:
    """Give the change that puts the steps of a draft in the order with the fewest switches, hand-offs kept if asked.

    What steps with alternatives are done with is as in `flow.settled`. FewestAlready where they stand in it.
    """
    steps = settled((one.step for one in draft.steps), used)
    merged = {one.step.id: settled(one.parts, used) for one in draft.steps if one.parts}
    found = fewest_switches(steps, keep_hand_offs=keep_hand_offs, done_as=merged)
    kept = " and the hand-offs of now" if keep_hand_offs else ""
    if list(found.order) == [step.id for step in steps]:
        with_kept = " with the hand-offs of now" if keep_hand_offs else " that their after allows"
        problem = f"no order of these steps{with_kept} has fewer switches"
        raise FewestAlready(problem if found.exact else f"no order{with_kept} with fewer switches was found", "keep it")
    best = f"with the fewest switches{kept}" if found.exact else f"with few switches{kept}, perhaps not the fewest"
    return made.reorder(*found.order, why=best)


def _drop(draft: Draft, text: str) -> Change:
    return made.drop(step_named(draft, text))


def _prepare(draft: Draft, text: str) -> Change:
    return made.prepare(step_named(draft, text))


def _move(draft: Draft, text: str) -> Change:
    step, behind = _two(draft, text, ":", made.MOVE)
    return made.move(step_named(draft, step), step_named(draft, behind) if behind else None)


def _merge(draft: Draft, text: str) -> Change:
    step, other = _two(draft, text, ",", made.MERGE)
    return made.merge(step_named(draft, step), step_named(draft, other))


def _two(draft: Draft, text: str, mark: str, kind: str) -> tuple[str, str]:
    words = in_a_row(text, mark, partial(is_step, draft))
    if len(words) != 2:
        count = "one step" if len(words) == 1 else "more than two steps"
        raise BadInput(f"{quoted(text)} names {count}", f"write --{kind} {FORMS[kind][0]}")
    return words[0], words[1]


def _given(draft: Draft, text: str, kind: str) -> tuple[str, str]:
    """Part a text at the = behind the step that it names; an id may have one in it."""
    parts = text.split("=")
    if len(parts) == 1:
        raise BadInput(f"{quoted(text)} has no =", f"write --{kind} {FORMS[kind][0]}")
    ways = [("=".join(parts[:place]), "=".join(parts[place:])) for place in range(len(parts) - 1, 0, -1)]
    return next((way for way in ways if is_step(draft, way[0])), ways[-1])


def _split(draft: Draft, text: str) -> Change:
    step, titles = _given(draft, text, made.SPLIT)
    return made.split(step_named(draft, step), *map(str.strip, titles.split(",")))


def _plan(draft: Draft, text: str) -> Change:
    step, length = _given(draft, text, made.PLAN)
    return made.plan(step_named(draft, step), parse_duration(length))


def _system(draft: Draft, text: str) -> Change:
    step, names = _given(draft, text, made.SYSTEM)
    known = draft.systems
    words = in_a_row(names, ",", lambda word: known_system(known, word) is not None) if names.strip() else ()
    return made.with_systems(step_named(draft, step), *(system_typed(known, word) for word in words))


def _person(draft: Draft, text: str) -> Change:
    step, name = _given(draft, text, made.PERSON)
    return made.with_person(step_named(draft, step), name.strip())


def _order(draft: Draft, text: str) -> Change:
    return made.reorder(*(step_named(draft, word) for word in in_a_row(text, ",", partial(is_step, draft))))


_READERS: Mapping[str, Callable[[Draft, str], Change]] = {
    made.DROP: _drop,
    made.MOVE: _move,
    made.MERGE: _merge,
    made.SPLIT: _split,
    made.PREPARE: _prepare,
    made.PLAN: _plan,
    made.SYSTEM: _system,
    made.PERSON: _person,
    made.ORDER: _order,
}
