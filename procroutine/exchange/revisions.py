"""What an export tells of the revisions of routines, and how an import reads it.

Each has `routine`, `number`, `date`, `note`, `real_change` (whether the person marked it as one) and
`snapshot`, the definition it stands for. An export without any is one all the same.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from procroutine.errors import BadInput, UserError
from procroutine.history.revisions import ArrivingRevision, NewRevision
from procroutine.history.shapes import is_snapshot
from procroutine.routine.revision import content_hash
from procroutine.run.fields import Fields

if TYPE_CHECKING:
    from collections.abc import Iterator

    from procroutine.history.history import History

_HIGHEST = 10**6
_KEYS = ("routine", "number", "date", "note", "real_change", "snapshot")


def revision_records(history: History) -> Iterator[dict[str, Any]]:
    """Give all revisions as an export holds them, but what no import would take: another program wrote it so."""
    for one in history.every_revision():
        record = {key: one.get(key) for key in _KEYS}
        with suppress(UserError):
            _revision(Fields(record, "revision"))
            yield record


def read_revisions(data: Any) -> tuple[ArrivingRevision, ...]:
    """Read the revisions of an export; none where it tells of none. BadInput names the first thing that is wrong."""
    written = data.get("revisions") if isinstance(data, dict) else None
    if written is None:
        return ()
    if not isinstance(written, list):
        raise BadInput("revisions is not a list", "leave it as `procroutine export` wrote it, or leave it out")
    return tuple(_revision(Fields(one, f"revisions[{place}]")) for place, one in enumerate(written))


def _revision(fields: Fields) -> ArrivingRevision:
    routine = fields.name("routine")
    snapshot: Any = fields.data.get("snapshot")
    if not is_snapshot(snapshot):
        raise fields.refuse("snapshot", "leave it as `procroutine export` wrote it")
    return ArrivingRevision(
        state=NewRevision(routine, content_hash(snapshot), snapshot, fields.optional_text("note")),
        number=fields.whole("number", 1, _HIGHEST),
        date=fields.moment("date").isoformat(timespec="milliseconds"),
        real_change=fields.flag("real_change"),
    )
