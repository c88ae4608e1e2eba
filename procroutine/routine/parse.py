"""Read one routine file: what it says, and everything that is wrong with it, in one go."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from procroutine.errors import BadInput, nearest, quoted
from procroutine.routine.draft import Draft, DraftStep
from procroutine.routine.graphs import arrows, circles, way_round
from procroutine.routine.keys import (
    FORMAT,
    MOST_IN_AN_ID,
    MOST_STEPS,
    ONLY_OF_OWN_STEPS,
    ROUTINE_KEYS,
    STEP_KEYS,
    SYSTEM_KEYS,
)
from procroutine.routine.model import Bell, GoalPer, Phase, Problem, Routine, Step, System
from procroutine.routine.schedule import Schedule, parse_schedule
from procroutine.routine.slugs import slug, unused
from procroutine.toml_fields import Faults, Fields, kind_of
from procroutine.toml_lines import TomlLines
from procroutine.toml_text import NotToml, toml_table, toml_text

_ABOVE = tuple(key for key in ROUTINE_KEYS if key != "name")


def parse_steps(fields: Fields, faults: Faults, lines: TomlLines) -> tuple[DraftStep, ...]:
    """Read `[[steps]]` of a file whose top table is `fields`; what is wrong goes to `faults`."""
    tables = [Fields(table, faults, lines, ("steps", place)) for place, table in _tables(fields, faults, lines)]
    ids = _ids(tables)
    steps = tuple(_step(table, ids[place], place) for place, table in enumerate(tables))
    _check_after(steps, tables)
    return steps


def _tables(fields: Fields, faults: Faults, lines: TomlLines) -> Iterator[tuple[int, dict[str, Any]]]:
    value = fields.get("steps", [])
    if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
        kind = kind_of(value) if not isinstance(value, list) else "a list of something else"
        fields.fault(
            "steps", f"steps must be tables, not {kind}", "write [[steps]], with two brackets, before each step"
        )
        return
    if not value:
        fields.fault("steps", "the routine has no step", 'write [[steps]] and below it title = "…"')
    if len(value) > MOST_STEPS:
        beyond = Fields(value[MOST_STEPS], faults, lines, ("steps", MOST_STEPS))
        beyond.fault("steps", f"the routine has {len(value)} steps", f"keep it to {MOST_STEPS}")
    yield from enumerate(value[:MOST_STEPS])


def _ids(tables: list[Fields]) -> list[str]:
    """Give every step its id: the one written, else one made from its title that no other step has."""
    written = [_written_id(table) for table in tables]
    first: dict[str, int] = {}
    for place, (table, name) in enumerate(zip(tables, written, strict=True)):
        if name is not None and first.setdefault(name, place) != place:
            where = tables[first[name]].line
            table.fault(
                "id", f"the id {quoted(name)} is taken by the step on line {where}", "give each step its own id"
            )
    taken, ids = set(first), []
    for table, name in zip(tables, written, strict=True):
        if name is None:
            name = unused(_made_id(table), taken)
            taken.add(name)
        ids.append(name)
    return ids


def _written_id(table: Fields) -> str | None:
    name = table.text("id")
    if name is None:
        if table.get("id") == "":
            table.fault("id", "the id is empty", "write a word, or take the line out")
        return None
    if "/" in name:
        table.fault("id", "the id of a step must not hold a /", f'write id = "{slug(name, "step")}"')
    elif len(name) > MOST_IN_AN_ID:
        table.fault("id", f"the id has more than {MOST_IN_AN_ID} characters", "make it shorter")
    return unicodedata.normalize("NFC", name)


def _made_id(table: Fields) -> str:
    use = table.get("use")
    if isinstance(use, str) and use.strip():
        return unicodedata.normalize("NFC", use[:MOST_IN_AN_ID])
    title = table.get("title")
    return slug(title, "step") if isinstance(title, str) else "step"


def _step(table: Fields, step_id: str, place: int) -> DraftStep:
    table.refuse_unknown(STEP_KEYS, "a step", elsewhere=_ABOVE)
    title, use = table.text("title"), table.text("use")
    _check_title(table, title, use)
    step = Step(
        id=step_id,
        title=title or step_id,
        planned=table.duration("planned"),
        systems=_distinct(table, "systems", "docs"),
        person=table.text("person"),
        instructions=table.text("instructions"),
        checklist=table.texts("checklist", "one picture each"),
        after=tuple(unicodedata.normalize("NFC", name) for name in _distinct(table, "after", "gather")),
        optional=table.flag("optional"),
        prepare=table.flag("prepare"),
        wait=table.duration("wait", days=True),
        section=table.text("section"),
        bell=table.word("bell", Bell),
        alternatives=_distinct(table, "alternatives", "docs"),
    )
    return DraftStep(step, unicodedata.normalize("NFC", use) if use is not None else None, place)


def _check_title(table: Fields, title: str | None, use: str | None) -> None:
    if use is None:
        if title is None and not _told("title", table) and not _told("use", table):
            table.fault(
                "title", "the step has no title", 'write title = "…", or use = "…" for another routine\'s steps'
            )
        return
    if "title" in table:
        table.fault("use", "the step has both a title and use", "keep one of them")
    for key in ONLY_OF_OWN_STEPS:
        if key in table:
            table.fault(key, f"{key} has no effect beside use", f"take it out, or write it in {use[:60]}.toml")


def _told(key: str, table: Fields) -> bool:
    """Say whether a fault of this key was told already: it is there and not text."""
    return key in table and not isinstance(table.get(key), str)


def _distinct(table: Fields, key: str, example: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(table.texts(key, example)))


def _check_after(steps: tuple[DraftStep, ...], tables: list[Fields]) -> None:
    known = {step.step.id: step for step in steps}
    waits: dict[str, list[str]] = {name: [] for name in known}
    for step, table in zip(steps, tables, strict=True):
        for name in step.step.after:
            found = name if name in known else name.partition("/")[0]
            if found in known and (found == name or known[found].use is not None):
                waits[step.step.id].append(found)
            else:
                near = nearest(name, known)
                remedy = f'write "{near}"' if near else "write the id of a step of this file"
                table.fault("after", f"there is no step {quoted(name)}", remedy)
    for group in circles(waits):
        table = tables[known[group[0]].place]
        way = arrows(way_round(group[0], waits))
        table.fault("after", f"the steps wait for each other: {way}", "take one of these after out")


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
