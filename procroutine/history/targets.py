"""What a step is held against: its usual, best and last time (FORMULAS 1, after LiveSplit's model).

`start` keeps these beside its event, so that `status` can tell what is left of a step without
reading any history. All lists run from the oldest time to the newest.
"""

from __future__ import annotations

from datetime import timedelta

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from procroutine.history.heads import RunHead

DECAY = 0.75
"""What a run weighs against the one after it."""


def weights(count: int) -> list[float]:
    """Give the weight of each of so many runs, oldest to newest: 0.75^j, j = runs back from the newest."""
    return [DECAY**back for back in range(count - 1, -1, -1)]


def usual(times: Sequence[timedelta]) -> timedelta | None:
    """Give the weighted median: the first time, by length, whose running weight reaches half."""
    ordered = sorted(zip(times, weights(len(times)), strict=True))
    half = sum(weight for _, weight in ordered) / 2
    running = 0.0
    for time, weight in ordered:
        running += weight
        if running >= half:
            return time
    return None


def best(times: Sequence[timedelta]) -> timedelta | None:
    """Give the shortest time."""
    return min(times, default=None)


def last(times: Sequence[timedelta]) -> timedelta | None:
    """Give the newest time."""
    return times[-1] if times else None


def times_of_steps(runs: Iterable[Mapping[str, timedelta]]) -> dict[str, list[timedelta]]:
    """Gather the times of each step out of the step times of runs, both oldest to newest."""
    times: dict[str, list[timedelta]] = {}
    for run in runs:
        for step_id, time in run.items():
            times.setdefault(step_id, []).append(time)
    return times


def targets_for_start(
    step_ids: Iterable[str], step_times_by_run: Iterable[Mapping[str, timedelta]]
) -> dict[str, dict[str, float]]:
    """Give what `start` stores: by step id `usual_seconds`, `best_seconds` and `last_seconds`.

    The runs come oldest to newest, each with the active times of its done steps
    (`RunHead.step_times`); steps that were never done are left out.
    """
    times = times_of_steps(step_times_by_run)
    return {step_id: _seconds_of(times[step_id]) for step_id in step_ids if step_id in times}


def targets_of(snapshot: Mapping[str, Any], heads: Sequence[RunHead]) -> dict[str, dict[str, float]]:
    """Give the targets of a routine's steps from its snapshot and its runs, newest first; some runs do not count."""
    own = [head for head in reversed(heads) if head.routine == snapshot["id"]]
    times = [head.step_times for head in own if not (head.deleted or head.left_out)]
    return targets_for_start([step["id"] for step in snapshot["steps"]], times)


def turns_of(snapshot: Mapping[str, Any], heads: Iterable[RunHead]) -> dict[str, str]:
    """Give with which of its alternatives each step that has any is done as long as nobody chooses another.

    One that is among the step's `systems` is meant to be the usual one. Else they take turns: first
    those never used, then the one that was not used for longest. The runs come newest first; those
    that are deleted do not count.
    """
    found: dict[str, str] = {}
    choices: dict[str, list[str]] = {}
    for step in snapshot["steps"]:
        if alternatives := step.get("alternatives"):
            named = [system for system in alternatives if system in step.get("systems", ())]
            if named:
                found[step["id"]] = named[0]
            else:
                choices[step["id"]] = alternatives
    return found | _turns(snapshot["id"], choices, heads) if choices else found


def _turns(routine: str, choices: Mapping[str, Sequence[str]], heads: Iterable[RunHead]) -> dict[str, str]:
    used: dict[str, list[str]] = {step_id: [] for step_id in choices}
    for head in heads:
        if head.routine == routine and not head.deleted and head.alternatives:
            _note_used(used, choices, head.alternatives)
        if all(len(used[step_id]) == len(systems) for step_id, systems in choices.items()):
            break
    return {
        step_id: next((system for system in systems if system not in used[step_id]), None) or used[step_id][-1]
        for step_id, systems in choices.items()
    }


def _note_used(
    used: Mapping[str, list[str]], choices: Mapping[str, Sequence[str]], alternatives: Mapping[str, str]
) -> None:
    """Write down which systems were used, the one used last first."""
    for step_id, system in alternatives.items():
        if system in choices.get(step_id, ()) and system not in used[step_id]:
            used[step_id].append(system)


def _seconds_of(times: Sequence[timedelta]) -> dict[str, float]:
    found = (("usual_seconds", usual(times)), ("best_seconds", best(times)), ("last_seconds", last(times)))
    return {key: time.total_seconds() for key, time in found if time is not None}
