"""Our own JSON: what `export` and `history --json` print, and what `import` takes.

An export holds all runs, deleted ones marked as such, so that a history can be moved with it; and
of each the stamp of its version, so that an older one brought in later puts nothing back, and what
was said about it (left out of the statistics, corrected) and its steps (optional, added, off, ticked).
The revisions of routines are told too, with their notes and which are real changes,
and weeks off, redlines, loose ends and predictions with what became of them, and corrections (see `small_tables`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple, NoReturn

from procroutine.errors import BadInput, UserError
from procroutine.exchange.marks import read_amendments, read_stamp, read_stretches, with_marks
from procroutine.exchange.small_tables import ArrivingDocument, read_small_tables, small_table_records
from procroutine.history.arrivals import Arrived, Arriving, Progress
from procroutine.history.history import History
from procroutine.history.revisions import ArrivingRevision, NewRevision
from procroutine.history.shapes import is_snapshot
from procroutine.routine.revision import content_hash
from procroutine.run.fields import Fields
from procroutine.run.record import run_from_json

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


FORMAT = 1
LARGEST = 512 * 1024 * 1024
"""Characters that a text to be imported may have."""
_STEP_OF_PROGRESS = 250
_REMEDY = "name a file that `procroutine export` or `procroutine history --json` wrote"


class Contents(NamedTuple):
    """All that an export tells, read."""

    runs: tuple[Arriving, ...]
    revisions: tuple[ArrivingRevision, ...]
    documents: tuple[ArrivingDocument, ...]


def export_chunks(history: History) -> Iterator[str]:
    """Give the whole history as JSON, in pieces, the newest run first; CannotRead where it cannot be read."""
    yield f'{{"format": {FORMAT}, "runs": ['
    comma = "\n"
    for record in history.records(to_move=True):
        yield comma + json.dumps(record, allow_nan=False)
        comma = ",\n"
    for key, records in (("revisions", revision_records(history)), *small_table_records(history)):
        comma = f'\n], "{key}": [\n'
        for record in records:
            yield comma + json.dumps(record, allow_nan=False)
            comma = ",\n"
    yield "\n]}\n"


def export_text(history: History) -> str:
    """Give the whole history as one text of JSON, as `export_chunks`."""
    return "".join(export_chunks(history))


def import_text(history: History, text: str, progress: Progress | None = None) -> Arrived:
    """Take all that an export tells into a history, or nothing and a BadInput that says why.

    `progress` is called now and then with how many runs are through, and of how many.
    """
    read = read_all(text, progress)
    arrived = history.take_in(read.runs)
    others: dict[str, int] = {}
    if read.revisions and (revisions := history.take_in_revisions(read.revisions)):
        others["revisions"] = revisions
    if read.documents:
        others |= history.take_in_documents(read.documents)
    return replace(arrived, others=others)


def read_all(text: str, progress: Progress | None = None) -> Contents:
    """Read and check all that an export tells, or one run as `show --json` prints it.

    BadInput names the first thing that is wrong, and how many more runs have something wrong.
    A run that is there twice, just the same, is read once.
    """
    data = _parse(text)
    return Contents(_read_runs(data, progress), read_revisions(data), read_small_tables(data))


def _read_runs(data: Any, progress: Progress | None) -> tuple[Arriving, ...]:
    written = _runs(data)
    read: dict[str, Arriving] = {}
    problems: list[UserError] = []
    for place, data in enumerate(written):
        try:
            _take(read, _arriving(data, f"runs[{place}]"), place)
        except UserError as error:
            problems.append(error)
        if progress is not None and (place + 1) % _STEP_OF_PROGRESS == 0:
            progress(place + 1, len(written))
    if problems:
        more = len(problems) - 1
        also = f" (and {more} more of its {len(written)} runs have something wrong)" if more else ""
        raise BadInput(problems[0].problem + also, problems[0].remedy)
    return tuple(read.values())


def _arriving(data: Any, where: str) -> Arriving:
    run = run_from_json(data, where)
    fields = Fields(data, where)
    return Arriving(
        run=with_marks(run, fields),
        stamp=read_stamp(fields),
        left_out=fields.optional_text("left_out"),
        amended=read_amendments(run, fields),
        moved=timedelta(milliseconds=fields.optional_milliseconds("moved_seconds", negative=True) or 0),
        stretches=read_stretches(run, fields),
    )


def _take(read: dict[str, Arriving], one: Arriving, place: int) -> None:
    if one.run.ended_at is None:
        raise BadInput(f"runs[{place}] is still open", "finish it where it was begun, and export it again")
    there = read.setdefault(one.run.id, one)
    if replace(there, stamp=None) != replace(one, stamp=None):
        raise BadInput(f"runs[{place}].id stands there twice, for different runs", "keep one of them")


def _parse(text: str) -> Any:
    if len(text) > LARGEST:
        raise BadInput("the text is larger than 512 MiB", "bring it in in parts")
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise BadInput(f"the text is not JSON (line {error.lineno}, column {error.colno})", _REMEDY) from None
    except RecursionError:
        raise BadInput("the text is nested too deeply", _REMEDY) from None
    except ValueError:
        raise BadInput("the text holds a number with thousands of digits", _REMEDY) from None


def _refuse_constant(name: str) -> NoReturn:
    raise BadInput(f"the text holds {name}, which is no number", "write null where nothing is known")


def _runs(data: Any) -> list[Any]:
    if not isinstance(data, dict):
        raise BadInput("the text is not an export of runs", _REMEDY)
    form = data.get("format", FORMAT)
    if isinstance(form, int) and form > FORMAT:
        raise BadInput("the text was written by a newer procroutine", "bring this one up to date")
    if form != FORMAT or isinstance(form, bool):
        raise BadInput("the text is of no known format", f'write "format": {FORMAT}')
    runs = [data] if "runs" not in data and "steps" in data else data.get("runs")
    if not isinstance(runs, list):
        raise BadInput("the text has no list of runs", _REMEDY)
    return runs
