"""When two states of a routine are the same to those who do it.

A revision is a state that differs from every one before in what `content_hash` counts, which
`REVISION_RULE` says in plain words. It gets the next number when it is first seen; a routine that
is changed back has the number it had. Nothing of that is written into the routine's file.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

REVISION_RULE = """\
A routine gets a new revision number when goal or goal_per changes, or how its steps are done: which
there are, their order, every key of a step but bell, who does it, and the systems that it names.
It keeps its number when name, purpose, phase, schedule, input, output, tags, review_every, analysis
or previous_ids change, or only remarks, the order of keys, and how a duration is spelled.
A routine that is changed back has its old number again.
"""
"""What makes a revision and what does not, as `help format` tells it."""


def content_hash(snapshot: dict[str, Any]) -> str:
    """Give the hash of what a routine asks for: its steps in their order, their systems, its goal.

    Everything about a step counts but when it rings; of the systems, those that steps name. Left
    out is what changes nothing about how it is done: id, name, purpose, phase, schedule, input,
    output, tags, the owner (who stands in every step instead), and systems that no step names.
    Comments, the order of keys and the spelling of durations never reach a snapshot.
    """
    canonical = json.dumps(content_of(snapshot), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def content_of(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Give the part of a snapshot that `content_hash` counts, in one form for one meaning."""
    steps = [_step(step) for step in snapshot["steps"]]
    named = {name for step in steps for key in ("systems", "alternatives") for name in step.get(key, ())}
    systems = {name: system for name, system in snapshot.get("systems", {}).items() if name in named}
    goal: dict[str, Any] = {key: snapshot[key] for key in ("goal_seconds", "goal_per") if key in snapshot}
    return {"steps": steps, "systems": systems, **goal}


def _step(step: dict[str, Any]) -> dict[str, Any]:
    made = {key: value for key, value in step.items() if key != "bell"}
    if "after" in made:
        made["after"] = sorted(made["after"])
    return made
