"""Revisions in words: did one help, what was changed, and what stands under a key."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.durations import total_time, written_duration
from procroutine.insight.before_after import FEWEST
from procroutine.insight.revision_difference import ROUTINE_DEFAULTS
from procroutine.routine.periods import WeekRule
from procroutine.text import counted

if TYPE_CHECKING:
    from procroutine.insight.before_after import Verdict
    from procroutine.insight.revision_difference import RevisionDifference
    from procroutine.insight.revision_runs import RevisionRuns
    from procroutine.routine.model import Routine

_ZERO = timedelta()
_LONGEST_SECONDS = 10**10
KEY_WORDS: Mapping[str, str] = {
    "planned_seconds": "planned",
    "wait_seconds": "wait",
    "goal_seconds": "goal",
    "goal_per": "goal per",
}
"""What a key is called where that is not its own name."""


def verdict_words(runs: RevisionRuns, verdict: Verdict, routine: Routine) -> str:
    """Say whether a revision helped, with what it saved and how sure that is."""
    if runs.against is None:
        return "the first" if runs.after else "never run"
    if verdict.low is None or verdict.high is None or verdict.saved is None:
        return _too_few(len(runs.before), len(runs.after))
    per = "a week" if _is_once_a_week(routine) else "a run"
    low, high = verdict.low, verdict.high
    if verdict.verdict == "helped":
        return f"helped: {total_time(verdict.saved)} saved {per}, between {total_time(low)} and {total_time(high)}"
    if verdict.verdict == "hurt":
        return f"hurt: {total_time(-verdict.saved)} more {per}, between {total_time(-high)} and {total_time(-low)}"
    return f"not clear yet: between {_saved(low)} and {_saved(high)} {per}"


def _too_few(before: int, after: int) -> str:
    if before >= FEWEST:
        return f"too few runs: {after} of {FEWEST}"
    if after >= FEWEST:
        return f"too few runs before it: {before} of {FEWEST}"
    return f"too few runs: {after} of {FEWEST}, before it {before} of {FEWEST}"


def _saved(length: timedelta) -> str:
    return f"{total_time(-length)} more" if length < _ZERO else f"{total_time(length)} saved"


def _is_once_a_week(routine: Routine) -> bool:
    """Say whether a run is what a week is."""
    rule = None if routine.schedule is None else routine.schedule.rule
    return isinstance(rule, WeekRule) and rule.every == 1 and len(rule.days) < 2


def changes_in_words(difference: RevisionDifference) -> str:
    """Say how much is different, such as `2 steps changed, 1 added; goal`; nothing where all is the same."""
    steps = [step.what for step in difference.changed_steps]
    numbers = [(what, steps.count(what)) for what in ("changed", "added", "dropped", "moved") if what in steps]
    said = [
        f"{counted(number, 'step') if place == 0 else number} {what}" for place, (what, number) in enumerate(numbers)
    ]
    parts = [", ".join(said)] if said else []
    parts += [", ".join(key_words(change.key) for change in difference.keys)] if difference.keys else []
    parts += [counted(len(difference.systems), "system")] if difference.systems else []
    return "; ".join(parts)


def key_words(key: str) -> str:
    """Give what a key of a routine, system or step is called."""
    return KEY_WORDS.get(key, key)


_WITHOUT: Mapping[str, str] = {**ROUTINE_DEFAULTS, "optional": "no", "prepare": "no", "bell": "as in the settings"}
"""What holds where nothing stands under a key."""


def value_words(key: str, value: Any, names: Mapping[str, str]) -> str:
    """Give what stands under a key as one would read it; `names` has those of systems and steps by their ids."""
    if value is None:
        return _WITHOUT.get(key, "")
    if key.endswith("_seconds") and _is_length(value):
        return written_duration(timedelta(seconds=value), days=key == "wait_seconds")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(names.get(one, one) if key in ("systems", "alternatives", "after") else one for one in value)
    return value if isinstance(value, str) else json.dumps(value)


def _is_length(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= _LONGEST_SECONDS
