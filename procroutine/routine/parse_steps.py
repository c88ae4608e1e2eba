"""Read the steps of one routine file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from procroutine.errors import nearest, quoted
from procroutine.routine.draft import DraftStep
from procroutine.routine.graphs import arrows, circles, way_round
from procroutine.routine.keys import MOST_IN_AN_ID, MOST_STEPS, ONLY_OF_OWN_STEPS, ROUTINE_KEYS, STEP_KEYS
from procroutine.routine.model import Bell, Step
from procroutine.routine.slugs import slug, unused
from procroutine.toml_fields import Faults, Fields, kind_of
from procroutine.toml_lines import TomlLines

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
