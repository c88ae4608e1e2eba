"""What is being tried on a routine in what-if, remembered at every change until it is kept or taken back.

One small file for each routine with the changes in their order, beside the open runs: for this
device alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from procroutine.errors import CannotRead, quoted
from procroutine.history.documents import document_id
from procroutine.improvement.change import KINDS, MERGE, MOVE, ORDER, PERSON, PLAN, Change
from procroutine.places import make_folder
from procroutine.routine.keys import MOST_STEPS
from procroutine.run.files import cannot_write, read_whole, replace_file
from procroutine.run.record import optional_seconds

if TYPE_CHECKING:
    from procroutine.places import Places

_STEPS = {MERGE: (2, 2), MOVE: (1, 2), ORDER: (1, MOST_STEPS)}
"""How many steps each kind of change names at least and at most; of others it is one."""
_LONGEST = timedelta(hours=1000)


def read_tried(places: Places, routine_id: str) -> tuple[Change, ...]:
    """Give the changes that were tried on a routine last; none is the usual case. CannotRead where the file is odd."""
    try:
        data = read_whole(_path(places, routine_id))
    except FileNotFoundError:
        return ()
    try:
        return tuple(_change(one) for one in json.loads(data)["changes"])
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError):
        problem = f"what was tried on {quoted(routine_id)} cannot be read any more"
        raise CannotRead(problem, "try it anew; that takes its place") from None


def write_tried(places: Places, routine_id: str, changes: Sequence[Change]) -> None:
    """Remember the changes that are tried on a routine, or forget them where there are none; CannotWrite."""
    path = _path(places, routine_id)
    try:
        if not changes:
            if os.path.lexists(path):
                os.unlink(path)
            return
        make_folder(os.path.dirname(path))
        written = {"format": 1, "routine": routine_id, "changes": [_written(change) for change in changes]}
        replace_file(path, json.dumps(written).encode())
    except OSError as error:
        raise cannot_write(path, error) from error


def _path(places: Places, routine_id: str) -> str:
    return os.path.join(os.path.dirname(places.open_runs), "tried", f"{document_id(f'tried {routine_id}')}.json")


def _written(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "steps": list(change.steps),
        "texts": list(change.texts),
        "length_seconds": optional_seconds(change.length),
    }


def _change(written: Any) -> Change:
    """Read a change; ValueError, TypeError or KeyError where it is none."""
    kind, steps, texts, seconds = (written[key] for key in ("kind", "steps", "texts", "length_seconds"))
    length = None if seconds is None else timedelta(seconds=seconds)
    fewest, most = _STEPS.get(kind, (1, 1))
    is_named = kind in KINDS and fewest <= len(steps) <= most and (kind != PERSON or len(texts) == 1)
    is_timed = kind != PLAN if length is None else timedelta() < length < _LONGEST
    if not is_named or not is_timed or not all(isinstance(text, str) for text in (*steps, *texts)):
        raise ValueError
    return Change(kind, tuple(steps), tuple(texts), length)
