"""What is about to be kept, written down before the routine's file is: so no prediction is lost, and none too many.

Keeping writes the file and then the history. Where the machine stops between the two, this file still tells the
prediction; whoever next asks for predictions finishes it where the routine was changed, and forgets it where it was
not. There is at most one such file, in a folder of this device alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from procroutine.clock import milliseconds
from procroutine.errors import UserError
from procroutine.history.device import local_folder
from procroutine.history.lock import locked, locked_now
from procroutine.history.predictions import PREDICTIONS, Foretold, prediction_id
from procroutine.history.shapes import is_small
from procroutine.history.stamps import EPOCH
from procroutine.places import make_folder
from procroutine.run.files import cannot_write, read_whole, replace_file

if TYPE_CHECKING:
    from procroutine.history.home import Home
    from procroutine.places import Places

LONGEST_NOTE = 500
"""Characters of the note of a revision."""
Document = Mapping[str, Any]


def note_of(changes: Sequence[str]) -> str:
    """Give the note of the revision that these changes, in words, make."""
    return "; ".join(changes)[:LONGEST_NOTE]


@contextmanager
def begun(
    home: Home, routine: str, content: str, changes: Sequence[str], now: Foretold, then: Foretold
) -> Iterator[None]:
    """Tell for the length of a `with` that a routine is being changed to a content, and what is predicted of that.

    CannotWrite where that cannot be told. It is told no more where the inside returns or raises an error; where the
    machine stops there, `finish_keeping` finds it.
    """
    document = {
        "routine": routine,
        "hash": content,
        "made_at": milliseconds(home.clock.read().wall - EPOCH),
        "changes": list(changes),
        "now": now.to_json(),
        "then": then.to_json(),
    }
    path = _path(home.places)
    with locked(f"{path}.lock"):
        _finish(home, path)
        _write(path, document)
        try:
            yield
        except UserError:
            _forget(path)
            raise
        with suppress(UserError):  # it is kept all the same, and forgotten the next time
            _forget(path)


def finish_keeping(home: Home) -> None:
    """Write down the prediction of a change that was being kept when the machine stopped, if it was made.

    CannotRead, CannotWrite where that cannot be done now: then it is done the next time.
    """
    path = _path(home.places)
    if os.path.lexists(path):
        with locked_now(f"{path}.lock") as free:
            if free:
                _finish(home, path)


def _finish(home: Home, path: str) -> None:
    document = _read(path)
    if document is not None:
        was_made = _was_made(home, document)
        if was_made is None:
            return
        if was_made:
            _remember(home, document)
    _forget(path)


def _was_made(home: Home, document: Document) -> bool | None:
    """Say whether the routine got the content; None where its file cannot be read now."""
    routine, content = document["routine"], document["hash"]
    library, made_at = home.library(), EPOCH + timedelta(milliseconds=document["made_at"])
    entry = library.entries.get(routine)
    if entry is not None and entry.routine is None:
        return None
    if entry is not None and home.definition_in(library, routine).content == content:
        return True
    return any(
        one["hash"] == content and datetime.fromisoformat(one["date"]) >= made_at
        for one in home.history().revisions(routine)
    )


def _remember(home: Home, document: Document) -> None:
    routine, content, history = document["routine"], document["hash"], home.history()
    library = home.library()
    if not any(one["hash"] == content for one in history.revisions(routine)):
        snapshot = home.definition_in(library, routine).snapshot
        former = home.former_ids(routine, library)
        history.add_revision(routine, content, snapshot, note=note_of(document["changes"]), former=former)
    made_at = EPOCH + timedelta(milliseconds=document["made_at"])
    if not any(one.content == content and one.made_at >= made_at for one in history.predictions(routine)):
        key = prediction_id(routine, content, document["made_at"])
        history.take_in_documents([(PREDICTIONS, key, document)])


def _path(places: Places) -> str:
    return os.path.join(local_folder(places), "tried", "keeping")


def _read(path: str) -> Document | None:
    """Read what is being kept; None where nothing is, or where the file is none of ours."""
    try:
        document = json.loads(read_whole(path))
        return document if is_small(PREDICTIONS, {**document, "stamp": [0, ""], "check": ""}) else None
    except (FileNotFoundError, ValueError, TypeError, RecursionError):
        return None


def _write(path: str, document: Document) -> None:
    try:
        make_folder(os.path.dirname(path))
        replace_file(path, json.dumps(document).encode())
    except OSError as error:
        raise cannot_write(path, error) from error


def _forget(path: str) -> None:
    try:
        if os.path.lexists(path):
            os.unlink(path)
    except OSError as error:
        raise cannot_write(path, error) from error
