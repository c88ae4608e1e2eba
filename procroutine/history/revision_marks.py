"""The revisions of a routine with what a person said of them; in brief from the indexes, without their documents."""

from __future__ import annotations

from procroutine.history.heads import merged_table
from procroutine.history.index_files import read_indexes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from typing import Any

    from procroutine.places import Places

    Document = Mapping[str, Any]
    Said = dict[tuple[str, str, str], str]
    """What was said of revisions, by routine, hash and kind."""

MARKS = "revision_marks"
NOTE, REAL = "note", "real change"
"""The kinds of marks."""
_FIELDS = {"revisions": ("routine", "hash", "number", "date", "note"), MARKS: ("routine", "hash", "kind", "text")}
"""Of each table what its rows in an index hold."""
_FIRST = 4
"""Place in a row where that begins."""


def revisions_in_brief(places: Places, routine: str, former: Collection[str] = ()) -> tuple[Document, ...]:
    """Give what `Revisions.revisions` does, but for the snapshots; CannotRead where a file cannot be read."""
    indexes = read_indexes(places, 0)
    documents, marks = (
        [dict(zip(keys, row[_FIRST:], strict=True)) for row in merged_table(indexes, table)]
        for table, keys in _FIELDS.items()
    )
    return of_routine(documents, said_in(marks), routine, former)


def said_in(marks: Iterable[Document]) -> Said:
    """Put what was said of revisions in order."""
    return {(one["routine"], one["hash"], one["kind"]): one["text"] for one in marks}


def of_routine(
    revisions: Iterable[Document], said: Said, routine: str, former: Collection[str]
) -> tuple[Document, ...]:
    """Give the revisions of a routine, by number, with what was said of them, also under a former id."""
    found: dict[tuple[int, str], dict[str, Any]] = {}
    ours = [with_marks(one, said) for one in revisions if one["routine"] in {routine, *former}]
    for one in sorted(ours, key=lambda one: (one["number"], one["routine"] == routine, one["date"])):
        key = one["number"], one["hash"]
        before = found.pop(key, {"note": None, "real_change": False})
        found[key] = one | {
            "note": one["note"] or before["note"],
            "real_change": one["real_change"] or before["real_change"],
        }
    return tuple(found.values())


def with_marks(revision: Document, said: Said) -> dict[str, Any]:
    """Give a revision with what was said of it; an empty text says that there is nothing."""
    one = revision["routine"], revision["hash"]
    note = said.get((*one, NOTE))
    return {
        **revision,
        "note": (revision.get("note") if note is None else note) or None,
        "real_change": bool(said.get((*one, REAL))),
    }
