"""A copy of a routine's checklist on which changes are tried.

Each change gives another draft, or is refused with what to do instead; the routine and its file stay
as they are. To take a change back is to make the draft anew without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from procroutine.errors import BadInput, DoesNotFit, NotFound, did_you_mean, nearest, quoted
from procroutine.improvement.change import DROP, MERGE, MOVE, ORDER, PERSON, PLAN, PREPARE, SPLIT, SYSTEM
from procroutine.improvement.merging import merged_step
from procroutine.improvement.splitting import split_step, taken_by
from procroutine.improvement.typed_names import known_system
from procroutine.insight.flow import switches
from procroutine.insight.revision_difference import longest_rise
from procroutine.routine.keys import MOST_STEPS
from procroutine.routine.model import Routine, System

if TYPE_CHECKING:
    from procroutine.improvement.change import Change
    from procroutine.routine.model import Step

_WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class DraftStep:
    """A step as it would be."""

    step: Step
    made_of: tuple[str, ...]
    """Ids of the present steps whose work is in it: several where steps were merged."""
    share: Fraction = _WHOLE
    """How much of that work is in it: less than all where a step was split, in equal parts since nobody timed them."""
    is_planned: bool = False
    """Whether its planned time was set here, and is what it would take."""
    changes: tuple[str, ...] = ()
    """The kinds of changes that were made to it."""
    parts: tuple[Step, ...] = ()
    """Where steps were merged these: what is done with one system and what with another stays two things."""

    @property
    def done_as(self) -> tuple[Step, ...]:
        """What is done one behind the other, each with its own systems."""
        return self.parts or (self.step,)


@dataclass(frozen=True, slots=True)
class Draft:
    """A routine's checklist with changes."""

    routine: Routine
    """As it is."""
    steps: tuple[DraftStep, ...]
    systems: Mapping[str, System]
    changes: tuple[Change, ...] = ()
    """In the order in which they were made."""
    remarks: tuple[str, ...] = ()
    """What is to be thought of, one sentence each; `draft_remarks` tells all."""
    with_ids: bool = False
    """Whether refusals name steps by their ids too, for a person who types them."""

    @classmethod
    def of(cls, routine: Routine, changes: Iterable[Change] = (), *, with_ids: bool = False) -> Draft:
        """Copy a routine's checklist and make changes on it; errors as those of `changed`."""
        steps = tuple(DraftStep(step, (step.id,)) for step in routine.steps)
        draft = cls(routine, steps, routine.systems, with_ids=with_ids)
        for change in changes:
            draft = draft.changed(change)
        return draft

    def changed(self, change: Change) -> Draft:
        """Make one more change; NotFound for a step that is not there, BadInput, DoesNotFit where it cannot be."""
        change.refuse_broken()
        for step_id in change.steps:
            self.place(step_id)
        made = _MAKERS[change.kind](self, change)
        if not made.steps:
            raise DoesNotFit("no step would be left", "keep at least one")
        if len(made.steps) > MOST_STEPS:
            raise DoesNotFit(f"there would be more than {MOST_STEPS} steps", "split the routine into several")
        _refuse_broken_order(self, made)
        return replace(made, changes=(*self.changes, change))

    def without_last(self) -> Draft:
        """Take the last change back; without any, give the same."""
        return Draft.of(self.routine, self.changes[:-1], with_ids=self.with_ids)

    def in_words(self) -> Iterator[str]:
        """Say what is changed, with the titles that the steps had by then."""
        then = Draft.of(self.routine)
        for change in self.changes:
            titles = {one.step.id: quoted(one.step.title) for one in then.steps}
            yield change.in_words(titles.__getitem__, self.name_of_system)
            then = then.changed(change)

    def as_routine(self) -> Routine:
        """Give the routine as it would be."""
        return self.routine.replaced(steps=tuple(one.step for one in self.steps), systems=self.systems)

    def place(self, step_id: str) -> int:
        """Give the place of a step, from 0; NotFound names the nearest."""
        ids = [one.step.id for one in self.steps]
        if step_id in ids:
            return ids.index(step_id)
        if was := next((step.title for step in self.routine.steps if step.id == step_id), None):
            problem = f"{quoted(was)} is no step of its own any more after the changes before"
            raise NotFound(problem, "leave one of them out")
        remedy = did_you_mean(nearest(step_id, ids), f"name one of {', '.join(ids[:8])}{', …' if ids[8:] else ''}")
        raise NotFound(f"there is no step {quoted(step_id)}", remedy)

    def name_of_system(self, system: str) -> str:
        """Give the name of a system; of one that nothing tells about, as in runs without a file, its id."""
        return self.systems[system].name if system in self.systems else system

    def called(self, step_id: str) -> str:
        """Give what a step is called in a sentence: its title, and what tells it from others where that is needed."""
        place = self.place(step_id)
        title = self.steps[place].step.title
        is_shared = sum(one.step.title == title for one in self.steps) > 1
        if self.with_ids and title.casefold() != step_id.casefold():
            return f"{quoted(title)} ({step_id})"
        return f"{quoted(title)} (step {place + 1})" if is_shared and not self.with_ids else quoted(title)

    def with_step(self, place: int, kind: str, **changes: object) -> Draft:
        """Give the draft with keys of one step changed."""
        one = self.steps[place]
        new = replace(one, step=one.step.replaced(**changes), changes=(*one.changes, kind))
        return replace(self, steps=(*self.steps[:place], new, *self.steps[place + 1 :]))


def _refuse_broken_order(before: Draft, after: Draft) -> None:
    """Refuse what puts a step before one that it must come after; what is written so already stays as it is."""
    known = set(_broken(before))
    for step_id, first in _broken(after):
        if (step_id, first) not in known:
            seen = {one.step.id for one in before.steps}
            step, other = (before.called(name) if name in seen else after.called(name) for name in (step_id, first))
            raise DoesNotFit(f"{step} must come after {other}", f"leave {other} before it, or change its after")


def _broken(draft: Draft) -> Iterable[tuple[str, str]]:
    places = {one.step.id: place for place, one in enumerate(draft.steps)}
    for place, one in enumerate(draft.steps):
        for first in one.step.after:
            if places.get(first, -1) > place:
                yield one.step.id, first


def _drop(draft: Draft, change: Change) -> Draft:
    """Leave a step out; what came after it comes after what it came after."""
    place = draft.place(change.steps[0])
    gone = draft.steps[place].step
    rest = (*draft.steps[:place], *draft.steps[place + 1 :])
    return replace(draft, steps=_led_past(rest, gone.id, gone.after))


def _led_past(steps: Iterable[DraftStep], gone: str, instead: Iterable[str]) -> tuple[DraftStep, ...]:
    """Let steps that came after one come after others instead."""
    return tuple(
        replace(one, step=one.step.replaced(after=_instead(one.step, gone, instead))) if gone in one.step.after else one
        for one in steps
    )


def _instead(step: Step, gone: str, others: Iterable[str]) -> tuple[str, ...]:
    names = [other for name in step.after for other in (others if name == gone else (name,))]
    return tuple(dict.fromkeys(name for name in names if name != step.id))


def _move(draft: Draft, change: Change) -> Draft:
    place, behind = draft.place(change.steps[0]), change.steps[1:]
    if behind and behind[0] == change.steps[0]:
        raise DoesNotFit(f"{draft.called(behind[0])} cannot come behind itself", "name another step")
    one = draft.steps[place]
    rest = [other for other in draft.steps if other is not one]
    put = next((at + 1 for at, other in enumerate(rest) if behind and other.step.id == behind[0]), 0)
    if put == place:
        where = f"behind {draft.called(behind[0])}" if behind else "at the front"
        raise DoesNotFit(f"{draft.called(change.steps[0])} stands {where} already", "name another step")
    rest.insert(put, replace(one, changes=(*one.changes, MOVE)))
    return replace(draft, steps=tuple(rest))


def _order(draft: Draft, change: Change) -> Draft:
    if len(set(change.steps)) != len(change.steps) or len(change.steps) != len(draft.steps):
        raise BadInput("the order does not name every step once", "name all of them")
    if list(change.steps) == [one.step.id for one in draft.steps]:
        raise DoesNotFit("the steps stand in that order already", "try another change")
    places = [draft.place(step_id) for step_id in change.steps]
    stay = longest_rise(places)
    steps = ((draft.steps[place], place in stay) for place in places)
    return replace(
        draft, steps=tuple(one if stays else replace(one, changes=(*one.changes, MOVE)) for one, stays in steps)
    )


def _merge(draft: Draft, change: Change) -> Draft:
    first, second = sorted(map(draft.place, change.steps))
    if first == second:
        raise DoesNotFit(f"{draft.called(change.steps[0])} cannot be merged with itself", "name two steps")
    one, other = draft.steps[first], draft.steps[second]
    if second != first + 1:
        upper, lower = draft.called(one.step.id), draft.called(other.step.id)
        raise DoesNotFit(f"{upper} and {lower} are not neighbours", f"move {lower} behind {upper} first")
    if one.share != other.share or one.is_planned != other.is_planned:
        raise DoesNotFit("only one of the two has been split, or has a supposed time", "merge them before that")
    step, remarks = merged_step(one.step, other.step)
    if switches((one.done_as[-1], other.done_as[0])):
        remarks = (*remarks, f"in {quoted(step.title)} the system still changes: that switch counts until it is kept")
    made = replace(
        one,
        step=step,
        made_of=(*one.made_of, *other.made_of),
        changes=(*one.changes, MERGE),
        parts=(*one.done_as, *other.done_as),
    )
    steps = (*draft.steps[:first], made, *draft.steps[second + 1 :])
    return _remarked(replace(draft, steps=_led_past(steps, other.step.id, (step.id,))), *remarks)


def _split(draft: Draft, change: Change) -> Draft:
    place = draft.place(change.steps[0])
    one = draft.steps[place]
    others = [other.step.id for other in draft.steps if other is not one]
    steps = split_step(one.step, change.texts, taken_by((*others, *(step.id for step in draft.routine.steps))))
    done_as = (one.parts, *(one.parts[-1:] for _ in steps[1:]))
    parts = (
        replace(one, step=step, share=one.share / len(steps), changes=(*one.changes, SPLIT), parts=own)
        for step, own in zip(steps, done_as, strict=True)
    )
    made = replace(draft, steps=(*draft.steps[:place], *parts, *draft.steps[place + 1 :]))
    made = replace(made, steps=_led_past(made.steps, one.step.id, (steps[-1].id,)))
    return _remarked(made, f"nobody timed the parts of {quoted(one.step.title)}: each is taken as an equal part")


def _prepare(draft: Draft, change: Change) -> Draft:
    place = draft.place(change.steps[0])
    one = draft.steps[place]
    step = one.step
    if PREPARE in one.changes:
        raise DoesNotFit(f"{draft.called(step.id)} is done before the run already", "try another change")
    if step.prepare:
        begin = "b on This week, or procroutine prepare, begins with it"
        made = draft.with_step(place, PREPARE)
        return _remarked(made, f"{quoted(step.title)} may be done before the run as it is: {begin}")
    inside = [one.step.id for one in draft.steps if one.step.id in step.after and not one.step.prepare]
    if inside:
        first = draft.called(inside[0])
        raise DoesNotFit(f"{draft.called(step.id)} must come after {first}", f"prepare {first} first")
    return draft.with_step(place, PREPARE, prepare=True)


def _plan(draft: Draft, change: Change) -> Draft:
    made = draft.with_step(draft.place(change.steps[0]), PLAN, planned=change.length)
    steps = tuple(replace(one, is_planned=True) if one.step.id == change.steps[0] else one for one in made.steps)
    return replace(made, steps=steps)


def _with_systems(draft: Draft, change: Change) -> Draft:
    place, known = draft.place(change.steps[0]), draft.systems
    ids = tuple(dict.fromkeys(known_system(known, name) or name for name in change.texts))
    step = draft.steps[place].step
    if ids == step.systems and not step.alternatives:
        raise DoesNotFit(f"{draft.called(change.steps[0])} is done with that already", "name another system")
    new = {name: System(id=name, name=name) for name in ids if name not in known}
    made = draft.with_step(place, SYSTEM, systems=ids, alternatives=())
    steps = (*made.steps[:place], replace(made.steps[place], parts=()), *made.steps[place + 1 :])
    return replace(made, steps=steps, systems={**known, **new})


def _with_person(draft: Draft, change: Change) -> Draft:
    place, person = draft.place(change.steps[0]), change.texts[0].strip()
    if not person:
        raise BadInput("the person has no name", "name somebody")
    if person == draft.steps[place].step.person:
        raise DoesNotFit(f"{person} does {draft.called(change.steps[0])} already", "name somebody else")
    return draft.with_step(place, PERSON, person=person)


def _remarked(draft: Draft, *remarks: str) -> Draft:
    return replace(draft, remarks=(*draft.remarks, *remarks))


_MAKERS: Mapping[str, Callable[[Draft, Change], Draft]] = {
    DROP: _drop,
    MOVE: _move,
    MERGE: _merge,
    SPLIT: _split,
    PREPARE: _prepare,
    PLAN: _plan,
    SYSTEM: _with_systems,
    PERSON: _with_person,
    ORDER: _order,
}
