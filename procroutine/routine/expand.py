"""Put the steps of other routines where `use` names them.

Each routine is expanded once, after those that it uses, so that routines which use each other
many times over cost no more than their steps. What stands for a step of the used routine `links`
gets the id `links/step`, or `mine/step` where the using step gives its own id `mine`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from procroutine.errors import nearest, quoted
from procroutine.routine.draft import Draft, DraftStep
from procroutine.routine.graphs import arrows, circles, way_round
from procroutine.routine.keys import MOST_FILES, MOST_LEVELS, MOST_STEPS
from procroutine.routine.model import Problem, Routine, Step, System


@dataclass(frozen=True, slots=True)
class Expansion:
    """A routine with the steps of all that it uses, before it is known who does what nobody is named for."""

    routine: Routine
    """Its steps name only the persons that files name for them."""
    owners: tuple[str | None, ...]
    """For each step the owner of the nearest routine that has one."""
    levels: int
    """How deep `use` goes: 0 where it uses nothing."""


class Unusable(Exception):
    """A routine that cannot be expanded; carries what to say of it, nothing where it was said already."""

    def __init__(self, problem: Problem | None = None) -> None:
        """Take the problem."""
        super().__init__(problem)
        self.problem = problem


def expand_all(
    drafts: Mapping[str, Draft], sound: frozenset[str], others: Collection[str] = ()
) -> tuple[dict[str, Routine], dict[str, tuple[Problem, ...]]]:
    """Expand every draft that can be; `sound` are the ids of those without problems of their own.

    `others` are ids of routines that no draft uses. Gives the routines by id, and the problems of
    `use` by id. A circle of `use` is told of every routine on it, also where that has other problems.
    """
    known = drafts.keys() | others
    problems: dict[str, list[Problem]] = {name: list(_unknown_targets(draft, known)) for name, draft in drafts.items()}
    graph = {name: [use for use in draft.uses if use in drafts] for name, draft in drafts.items()}
    for group in circles(graph):
        members = frozenset(group)
        within = {name: [use for use in graph[name] if use in members] for name in group}
        for name in group:
            way = way_round(name, within)
            problems[name].append(
                _at(drafts[name], way[1], f"use goes round in a circle: {arrows(way)}", "take it out")
            )
    done: dict[str, Expansion] = {}
    for name in _used_first(graph):
        if name not in sound or problems[name]:
            continue
        try:
            done[name] = _expand(drafts[name], done)
        except Unusable as unusable:
            problems[name].extend([unusable.problem] if unusable.problem else [])
    return {name: _with_persons(made) for name, made in done.items()}, {
        name: tuple(found) for name, found in problems.items() if found
    }


def _unknown_targets(draft: Draft, known: Collection[str]) -> Iterator[Problem]:
    for use in draft.uses:
        if use not in known:
            near = nearest(use, known)
            remedy = f'write use = "{near}"' if near else "name the file of a routine, without .toml"
            yield _at(draft, use, f"there is no routine {quoted(use)} to use", remedy)


def _at(draft: Draft, use: str, problem: str, remedy: str) -> Problem:
    place = next(step.place for step in draft.steps if step.use == use)
    return Problem(
        file=draft.routine.sources[0],
        line=draft.lines.line_of(("steps", place, "use")),
        key="use",
        problem=problem,
        remedy=remedy,
    )


def _used_first(graph: Mapping[str, list[str]]) -> list[str]:
    """Give all routines, used ones before their users; last those that are on a circle or lead to one."""
    missing = {name: len(uses) for name, uses in graph.items()}
    users: dict[str, list[str]] = {name: [] for name in graph}
    for name, uses in graph.items():
        for use in uses:
            users[use].append(name)
    order = [name for name, count in missing.items() if not count]
    for name in order:
        for user in users[name]:
            missing[user] -= 1
            if not missing[user]:
                order.append(user)
    return [*order, *(name for name, count in missing.items() if count)]


def _expand(draft: Draft, done: Mapping[str, Expansion]) -> Expansion:
    made = draft.routine
    steps: list[Step] = []
    owners: list[str | None] = []
    systems, sources, levels = dict(made.systems), dict.fromkeys(made.sources), 0
    last = {step.step.id: _last_id(step, done) for step in draft.steps}
    for step in draft.steps:
        if step.use is None:
            after = _after(step.step, last)
            steps.append(step.step if after == step.step.after else step.step.replaced(after=after))
            owners.append(made.owner)
            _add_implied(systems, steps[-1])
        else:
            used = _usable(draft, step.use, done)
            steps.extend(_stand_ins(step, used, _after(step.step, last), systems))
            owners.extend(owner or made.owner for owner in used.owners)
            sources.update(dict.fromkeys(used.routine.sources))
            levels = max(levels, used.levels + 1)
        _check_size(draft, step, len(steps), levels, len(sources))
    _check_after(draft, steps, last)
    return Expansion(made.replaced(steps=tuple(steps), systems=systems, sources=tuple(sources)), tuple(owners), levels)


def _last_id(step: DraftStep, done: Mapping[str, Expansion]) -> str:
    """Give the id of the step that ends what stands at this place."""
    if step.use is None or step.use not in done:
        return step.step.id
    return f"{step.step.id}/{done[step.use].routine.steps[-1].id}"


def _after(step: Step, last: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(last.get(name, name) for name in step.after))


def _usable(draft: Draft, use: str, done: Mapping[str, Expansion]) -> Expansion:
    if use in done:
        return done[use]
    raise Unusable(_at(draft, use, f"the routine {quoted(use)} has problems of its own", f"put {use}.toml right first"))


def _check_after(draft: Draft, steps: list[Step], last: Mapping[str, str]) -> None:
    """Refuse an `after` that names a step inside a used routine which that does not have."""
    ids = frozenset(step.id for step in steps)
    for step in draft.steps:
        for name in _after(step.step, last):
            if name not in ids:
                near = nearest(name, ids)
                line = draft.lines.line_of(("steps", step.place, "after"))
                remedy = f'write "{near}"' if near else "write the id of a step"
                problem = f"there is no step {quoted(name)}"
                raise Unusable(
                    Problem(file=draft.routine.sources[0], line=line, key="after", problem=problem, remedy=remedy)
                )


def _check_size(draft: Draft, step: DraftStep, steps: int, levels: int, files: int) -> None:
    for count, most, what, remedy in (
        (steps, MOST_STEPS, "steps with those of the routines it uses", "split it into several routines"),
        (levels, MOST_LEVELS, "levels of use", "use the inner routine directly"),
        (files, MOST_FILES, "files", "write some of the steps here"),
    ):
        if count > most:
            use = step.use or draft.uses[-1]
            raise Unusable(_at(draft, use, f"the routine has more than {most} {what}", remedy))


def _stand_ins(using: DraftStep, used: Expansion, after: tuple[str, ...], systems: dict[str, System]) -> Iterator[Step]:
    """Give the steps of a used routine as they stand in the using one; their systems are added to `systems`."""
    prefix, asked = using.step.id, using.step
    names = _merge(systems, used.routine.systems, prefix)
    end = len(used.routine.steps) - 1
    for place, step in enumerate(used.routine.steps):
        yield step.replaced(
            id=f"{prefix}/{step.id}",
            systems=tuple(names[name] for name in step.systems),
            alternatives=tuple(names[name] for name in step.alternatives),
            after=tuple(f"{prefix}/{name}" for name in step.after) or after,
            person=step.person or asked.person,
            section=step.section or asked.section,
            bell=step.bell or asked.bell,
            optional=step.optional or asked.optional,
            prepare=step.prepare or asked.prepare,
            wait=step.wait or (asked.wait if place == end else None),
        )


def _merge(systems: dict[str, System], added: Mapping[str, System], prefix: str) -> dict[str, str]:
    """Add the systems of a used routine; gives for each of its ids the id it has in `systems`.

    A system that a file only names is the same as one of that id which another file describes.
    """
    names = {}
    for name, system in added.items():
        here = systems.get(name)
        if here is None or here == system or _only_named(here):
            systems[name], names[name] = system, name
        elif _only_named(system):
            names[name] = name
        else:
            names[name] = f"{prefix}/{name}"
            systems[names[name]] = system.replaced(id=names[name])
    return names


def _only_named(system: System) -> bool:
    return system == System(id=system.id, name=system.id)


def _add_implied(systems: dict[str, System], step: Step) -> None:
    """Make a system of every id that no table describes."""
    for name in (*step.systems, *step.alternatives):
        if name not in systems:
            systems[name] = System(id=name, name=name)


def _with_persons(made: Expansion) -> Routine:
    steps = tuple(
        step if step.person or not owner else step.replaced(person=owner)
        for step, owner in zip(made.routine.steps, made.owners, strict=True)
    )
    return made.routine.replaced(steps=steps)
