"""The keys of a routine file, in the order in which `new` and `help format` tell them."""

from __future__ import annotations

FORMAT = 1
"""The format of routine files that this program reads."""
ROUTINE_KEYS = (
    "format",
    "name",
    "purpose",
    "goal",
    "goal_per",
    "phase",
    "schedule",
    "input",
    "output",
    "owner",
    "tags",
    "review_every",
    "analysis",
    "previous_ids",
    "systems",
    "steps",
)
SYSTEM_KEYS = ("name", "url", "notes")
STEP_KEYS = (
    "id",
    "title",
    "planned",
    "systems",
    "person",
    "instructions",
    "checklist",
    "after",
    "optional",
    "prepare",
    "wait",
    "section",
    "bell",
    "alternatives",
    "use",
)
ONLY_OF_OWN_STEPS = ("planned", "systems", "instructions", "checklist", "alternatives")
"""Keys that say what is done, so they belong where the step is written, not where it is used."""

MOST_STEPS = 500
"""No routine has more, after `use` is expanded."""
MOST_LEVELS = 8
"""No routine uses others that use others deeper than this."""
MOST_FILES = 64
"""No routine is made from more files."""
MOST_IN_AN_ID = 200
"""No id has more characters."""
