"""The routines that come with the program, copied for a person who has none yet."""

from __future__ import annotations

import os
import shutil

from procroutine.errors import CannotWrite
from procroutine.places import Places, make_folder

_DRAFT = ".copying-"


def shipped_folder() -> str | None:
    """Give the folder of shipped routines: inside the package, or in a checkout beside it; None where there is none."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder in (os.path.join(package, "shipped_routines"), os.path.join(os.path.dirname(package), "routines")):
        if os.path.isdir(folder):
            return folder
    return None


def copy_shipped(places: Places) -> int:
    """Copy the shipped routines to where the person's routines live; gives how many there are.

    Nothing is done, and 0 given, where something stands there already. The folder appears with
    all its files or not at all. CannotWrite where the system refuses.
    """
    source = shipped_folder()
    if source is None or os.path.lexists(places.routines):
        return 0
    parent, name = os.path.split(places.routines)
    draft = os.path.join(parent, f".{name}{_DRAFT}{os.getpid()}")
    try:
        make_folder(parent)
        count = _copy(source, draft)
        os.rename(draft, places.routines)
    except OSError as error:
        shutil.rmtree(draft, ignore_errors=True)
        if os.path.isdir(places.routines):
            return 0  # another process was quicker
        reason = os.strerror(error.errno or 0)
        raise CannotWrite(
            f"the folder {places.routines} cannot be made ({reason})", "make it yourself, or choose another with --home"
        ) from None
    _remove_drafts(parent, name)
    return count


def _copy(source: str, draft: str) -> int:
    shutil.rmtree(draft, ignore_errors=True)
    make_folder(draft)
    names = sorted(name for name in os.listdir(source) if name.endswith(".toml"))
    for name in names:
        with open(os.path.join(source, name), "rb") as file:
            data = file.read()
        target = os.open(os.path.join(draft, name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(target, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    return len(names)


def _remove_drafts(parent: str, name: str) -> None:
    """Remove what copies left that were broken off."""
    for entry in os.listdir(parent):
        if entry.startswith(f".{name}{_DRAFT}"):
            shutil.rmtree(os.path.join(parent, entry), ignore_errors=True)
