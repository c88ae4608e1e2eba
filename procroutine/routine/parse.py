"""Read one routine file: what it says, and everything that is wrong with it, in one go."""

from __future__ import annotations

import unicodedata
from typing import Any

from procroutine.errors import BadInput
from procroutine.routine.draft import Draft
from procroutine.routine.keys import FORMAT, ROUTINE_KEYS, SYSTEM_KEYS
from procroutine.routine.model import GoalPer, Phase, Problem, Routine, System
from procroutine.routine.parse_steps import parse_steps
from procroutine.routine.schedule import Schedule, parse_schedule
from procroutine.toml_fields import Faults, Fields, kind_of
from procroutine.toml_lines import TomlLines
from procroutine.toml_text import NotToml, toml_table, toml_text


def parse_bytes(data: bytes, file: str, routine_id: str) -> tuple[Draft | None, tuple[Problem, ...]]:
    """Read the bytes of a routine file, whatever they are; None where nothing can be made of them."""
    try:
        text = toml_text(data)
    except NotToml as error:
        return None, (Problem.of_file(file, error, error.line),)
    return parse_routine(text, file, routine_id)


def parse_routine(text: str, file: str, routine_id: str) -> tuple[Draft | None, tuple[Problem, ...]]:
    """Read the text of a routine file named `file`.

    Gives what could be read of it even where there are problems, so that its name can be shown;
    None where it is not TOML.
    """
    try:
        table = toml_table(text)
    except NotToml as error:
        return None, (Problem.of_file(file, error, error.line),)
    faults, lines = Faults(), TomlLines(text)
    draft = _draft(Fields(table, faults, lines), faults, lines, file, routine_id)
    return draft, tuple(
        Problem(file=file, line=fault.line, key=fault.key, problem=fault.problem, remedy=fault.remedy)
        for fault in faults.sorted()
    )


def _draft(fields: Fields, faults: Faults, lines: TomlLines, file: str, routine_id: str) -> Draft:
    fields.check_format(FORMAT)
    fields.refuse_unknown(ROUTINE_KEYS, "a routine")
    name = fields.text("name")
    if name is None and isinstance(fields.get("name", ""), str):
        fields.fault("name", "the routine has no name", 'write name = "…" at the top of the file')
    routine = Routine(
        id=routine_id,
        name=name or routine_id,
        steps=(),
        systems=_systems(fields, faults, lines),
        purpose=fields.text("purpose"),
        goal=fields.duration("goal"),
        goal_per=fields.word("goal_per", GoalPer) or GoalPer.RUN,
        phase=fields.word("phase", Phase) or Phase.TESTING,
        schedule=_schedule(fields),
        input=fields.text("input"),
        output=fields.text("output"),
        owner=fields.text("owner"),
        tags=fields.texts("tags", "marketing"),
        review_every=fields.duration("review_every", days=True),
        analysis=fields.text("analysis"),
        previous_ids=_previous_ids(fields, routine_id),
        sources=(file,),
    )
    return Draft(routine, parse_steps(fields, faults, lines), lines)


def _systems(fields: Fields, faults: Faults, lines: TomlLines) -> dict[str, System]:
    tables = fields.get("systems", {})
    if not isinstance(tables, dict):
        fields.fault(
            "systems", f"systems must be tables, not {kind_of(tables)}", "write [systems.mail] before its keys"
        )
        return {}
    found = {}
    for key, table in tables.items():
        if faults.full:
            break
        if isinstance(table, dict):
            found[key] = _system(key, table, faults, lines)
        else:
            under = Fields(tables, faults, lines, ("systems",))
            under.fault(
                key, f"a system must be a table, not {kind_of(table)}", f"write [systems.{key[:40]}] before its keys"
            )
    return found


def _system(key: str, table: dict[str, Any], faults: Faults, lines: TomlLines) -> System:
    fields = Fields(table, faults, lines, ("systems", key))
    fields.refuse_unknown(SYSTEM_KEYS, "a system", elsewhere=ROUTINE_KEYS)
    if not key.strip() or "/" in key:
        fields.fault(None, "the id of a system must not be empty or hold a /", "write [systems.mail]")
    return System(id=key, name=fields.text("name") or key, url=fields.text("url"), notes=fields.text("notes"))


def _schedule(fields: Fields) -> Schedule | None:
    text = fields.text("schedule")
    if text is None:
        return None
    try:
        return parse_schedule(text)
    except BadInput as error:
        fields.fault("schedule", error.problem, error.remedy)
        return None


def _previous_ids(fields: Fields, routine_id: str) -> tuple[str, ...]:
    ids = tuple(unicodedata.normalize("NFC", text) for text in fields.texts("previous_ids", "old-name"))
    if routine_id in ids:
        fields.fault("previous_ids", "a routine cannot have been its own predecessor", "take this file's own name out")
    return ids
