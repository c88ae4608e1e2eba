"""Changing several history files so that either all are changed or none.

Drafts of all files are written and flushed first; then one small file, the plan, names them:
from that moment on the change counts, without any line in the log; instead the files get previous
generations that hold it too before the plan is gone. Letting the drafts take their places needs no room on the
disk and can be done again and again, so whatever stops it, the next to write finishes it.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator, Sequence

from procroutine.errors import CannotRead, CannotWrite, MayHaveCounted, UserError
from procroutine.history.device import device_name, history_lock, plan_path
from procroutine.history.disk import (
    Disk,
    cannot_write,
    drop_draft,
    read_file,
    replace_file,
    take_place,
    write_draft,
)
from procroutine.history.lock import locked_now
from procroutine.history.second_copies import SecondCopies
from procroutine.places import Places

_FORMAT = 2


class NewerPlan(CannotRead):
    """A plan of a format this version does not know."""


class Plan:
    """Drafts that are to take their places together. The history lock is held all the while."""

    def __init__(self, disk: Disk, path: str) -> None:
        """Begin with no drafts; `path` is where the plan itself will stand."""
        self._disk = disk
        self._path = path
        self._files: list[str] = []

    def draft(self, path: str, parts: Sequence[bytes | memoryview]) -> None:
        """Write what is to take a file's place."""
        self._files.append(path)
        write_draft(self._disk, path, parts)

    def commit(self) -> None:
        """Make the change count, and carry it out.

        CannotWrite where that fails: nothing was changed then, or all will be when next something
        is written.
        """
        try:
            for folder in sorted({os.path.dirname(path) for path in self._files}):
                self._disk.flush_folder(folder)
        except OSError as error:
            raise cannot_write(self._files[0], error) from error
        written = {"format": _FORMAT, "files": self._files}
        replace_file(self._disk, self._path, [json.dumps(written).encode("ascii") + b"\n"])

    def give_up(self) -> bool:
        """Take back the plan, if it stands, and then its drafts; False where it may stand all the same."""
        try:
            with contextlib.suppress(FileNotFoundError):
                self._disk.unlink(self._path)
                self._disk.flush_folder(os.path.dirname(self._path))
        except OSError:
            return False  # and then it needs every draft
        for path in self._files:
            drop_draft(self._disk, path)
        return True


@contextlib.contextmanager
def planned(disk: Disk, path: str, copies: SecondCopies) -> Iterator[Plan]:
    """Carry out, at the end of a `with`, what was drafted inside; nothing where it raises.

    The plan stands at `path`. CannotWrite where something fails and nothing was changed; MayHaveCounted where the
    plan stands already: then all is changed when next the history is read or written.
    """
    plan = Plan(disk, path)
    try:
        yield plan
        plan.commit()
    except BaseException as error:
        if not plan.give_up() and isinstance(error, CannotWrite):
            raise _may_have_counted(error) from error
        raise
    try:
        carry_out(disk, path, copies)
    except (CannotRead, CannotWrite) as error:
        raise _may_have_counted(error) from error


def _may_have_counted(error: CannotRead | CannotWrite) -> MayHaveCounted:
    return MayHaveCounted(error.problem, f"{error.remedy}; whether it counted, procroutine history says")


def carry_out(disk: Disk, path: str, copies: SecondCopies) -> bool:
    """Finish the plan at `path` if there is one, and say whether there was. The lock is held."""
    written = _read(disk, path)
    if written is None:
        return False
    # Of this home, wherever that stood when the plan was written.
    files = [copies.path_of(os.path.basename(file)) for file in written]
    try:
        for file in files:
            take_place(disk, file)
        copies.note(files)
        disk.unlink(path)
        disk.flush_folder(os.path.dirname(path))
    except OSError as error:
        raise cannot_write(path, error) from error
    return True


def _read(disk: Disk, path: str) -> list[str] | None:
    data = read_file(disk, path)
    if data is None:
        return None
    try:
        written = json.loads(data)
        files = [str(name) for name in written["files"]]
        known = written["format"] == _FORMAT
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CannotRead(f"{path} is damaged", "see procroutine doctor") from None
    if not known:
        raise NewerPlan(f"{path} was written by a newer version", "bring this procroutine up to date")
    return files


def wrong_with_plan(disk: Disk, path: str) -> CannotRead | None:
    """Give what is wrong with a plan that is there, a `NewerPlan` too; None where it can be carried out."""
    try:
        _read(disk, path)
    except CannotRead as error:
        return error
    return None


def finish_left(places: Places) -> str | None:
    """Finish a plan that a crash left, unless somebody is at it; gives what to tell the person, if anything."""
    disk = Disk()
    try:
        device = device_name(places, disk)
        with locked_now(history_lock(places)) as free:
            if free:
                carry_out(disk, plan_path(places), SecondCopies(places, disk, device))
    except UserError as error:
        return f"A change of the history could not be finished: {error}"
    return None
