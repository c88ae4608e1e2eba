"""What a step takes with one of its alternatives: times with another system say little of it.

The times of a step that can be done with one system or another are therefore those with the system that it is done
with, once there are `FEWEST` of them; until then those with any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.values import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from datetime import timedelta
    from typing import Any

    from procroutine.history.heads import RunHead
    from procroutine.history.home import Home
    from procroutine.routine.model import Routine
    from procroutine.run.states import RunState

    Times = dict[str, list[timedelta]]
    Systems = Mapping[str, Mapping[str, Sequence[str]]]

FEWEST = 3
"""Times with a system from which on they count alone."""
READ = 64
"""Newest runs that are read for what they were done with, where that is not known without."""


class Choice(Value):
    """One step that can be done with several systems, and with which of them it is done."""

    step: str
    system: str
    alternatives: Sequence[str]


class DoneWith(Value):
    """Which runs did the steps that have alternatives with the same system as one run does, or will do."""

    runs: Mapping[str, frozenset[str]]
    """Their ids, by the ids of these steps; of those alone that were done so often enough."""
    systems: Mapping[str, str]
    """What the same steps are done with."""

    def times(self, heads: Sequence[RunHead], gather: Callable[[Iterable[RunHead]], Times]) -> Times:
        """Gather the times of steps out of runs, of those with alternatives as they are done now."""
        times = gather(heads)
        for step_id, same in self.runs.items():
            own = gather([head for head in heads if head.id in same]).get(step_id, [])
            if len(own) >= FEWEST:
                times[step_id] = own
        return times

    def alike(self, heads: Iterable[RunHead]) -> list[RunHead]:
        """Give the runs that did all of these steps so."""
        return [head for head in heads if all(head.id in same for same in self.runs.values())]


IN_ANY_WAY = DoneWith(runs={}, systems={})
"""Where no step has alternatives."""


def choices_of(run: RunState) -> tuple[Choice, ...]:
    """Give what the steps of a run that have alternatives are done with."""
    return tuple(
        [
            Choice(step=step.id, system=step.alternative, alternatives=step.definition.get("alternatives", ()))
            for step in run.steps
            if step.alternative is not None
        ]
    )


def choices_to_come(routine: Routine, heads: Iterable[RunHead]) -> tuple[Choice, ...]:
    """Give what these steps will be done with in the next run; its runs come newest first."""
    steps = [step for step in routine.steps if step.alternatives]
    if not steps:
        return ()
    from procroutine.history.targets import turns_of

    told = [{"id": step.id, "alternatives": step.alternatives, "systems": step.systems} for step in steps]
    turns = turns_of({"id": routine.id, "steps": told}, heads)
    return tuple([Choice(step=step.id, system=turns[step.id], alternatives=step.alternatives) for step in steps])


def done_with(
    choices: Iterable[Choice], heads: Sequence[RunHead], read: Callable[[Collection[str]], Systems] | None = None
) -> DoneWith:
    """Look through runs, oldest to newest, for those that did steps as they are done now.

    Runs that do not tell with which alternative a step was done, such as imported ones, are `read` by their ids, for
    what each of their steps was done with; only where the others are too few.
    """
    found = [(one, same) for one in choices if len(same := _runs_with(one, heads, read)) >= FEWEST]
    return DoneWith(runs={one.step: same for one, same in found}, systems={one.step: one.system for one, _ in found})


def _runs_with(
    one: Choice, heads: Sequence[RunHead], read: Callable[[Collection[str]], Systems] | None
) -> frozenset[str]:
    told = {head.id: alternative for head in heads if (alternative := (head.alternatives or {}).get(one.step))}
    same = frozenset(run_id for run_id, alternative in told.items() if alternative == one.system)
    if read is None or len(same) >= FEWEST:
        return same
    silent = {head.id for head in heads[-READ:] if one.step in head.step_times and head.id not in told}
    systems = read(silent) if silent else {}
    return same | {run_id for run_id, own in systems.items() if _is_with(one, own.get(one.step, ()))}


def _is_with(one: Choice, systems: Sequence[str]) -> bool:
    return [system for system in one.alternatives if system in systems] == [one.system]


def systems_in(home: Home, run_ids: Collection[str]) -> dict[str, dict[str, Sequence[str]]]:
    """Give what the steps of runs were done with, by the ids of these and of the steps; CannotRead."""
    from procroutine.history.documents import document_id

    by_key = {document_id(run_id): run_id for run_id in run_ids}
    versions: Mapping[str, Any] = home.history().versions(by_key.keys())
    return {
        by_key[key]: {step["id"]: step.get("systems") or () for step in version.document["steps"]}
        for key, version in versions.items()
    }
