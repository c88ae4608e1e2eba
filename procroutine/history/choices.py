"""What a person chose on the way and wants to find again: what each routine is held against.

They stand in one small file of this device, `choices`, beside the open runs. It is a convenience:
where it cannot be read the settings hold, and nobody needs to be told.
"""

from __future__ import annotations

import json
import os

from procroutine.errors import CannotRead
from procroutine.history.device import local_folder
from procroutine.places import make_folder
from procroutine.run.files import cannot_write, read_whole, replace_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from procroutine.places import Places

_FORMAT = 1


def chosen_comparisons(places: Places) -> dict[str, str]:
    """Give the comparison chosen for each routine, by its id; empty where nothing was chosen or can be read."""
    try:
        data = json.loads(read_whole(_path(places)))
    except (FileNotFoundError, CannotRead, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict) or data.get("format") != _FORMAT:
        return {}
    chosen = data.get("comparison")
    if not isinstance(chosen, dict):
        return {}
    return {routine: name for routine, name in chosen.items() if isinstance(name, str)}


def choose_comparison(places: Places, routine: str, name: str) -> None:
    """Remember what a routine is held against; CannotWrite where the system does not let us."""
    chosen = chosen_comparisons(places) | {routine: name}
    written = json.dumps({"format": _FORMAT, "comparison": chosen}, sort_keys=True).encode("ascii") + b"\n"
    path = _path(places)
    try:
        make_folder(os.path.dirname(path))
        replace_file(path, written)
    except OSError as error:
        raise cannot_write(path, error) from error


def _path(places: Places) -> str:
    return os.path.join(local_folder(places), "choices")
