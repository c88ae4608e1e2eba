"""Second copies of this device's history, in a folder of their own: the log, and previous generations.

Of each history file one earlier generation is kept, on the disk for certain, and the log holds
all that was changed since. So any one of the three may be missing, damaged or set back. The log
is cut down only once its documents are in the file and in its previous generation.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence

from procroutine.errors import CannotRead, CannotWrite, UserError
from procroutine.history.change_log import Changed, ChangeLog, LogContent
from procroutine.history.disk import (
    Disk,
    cannot_write,
    let_take_place,
    read_file,
    replace_file,
    write_draft,
)
from procroutine.history.last_known import PREVIOUS, LastKnown, is_year_file, previous_folder
from procroutine.history.seal import Damaged, Foreign, sound_generation
from procroutine.places import Places, make_folder

LARGEST_LOG = 64 * 1024
"""Bytes; a larger one is cut down."""


class SecondCopies:
    """The log and the previous generations of one device; written under the history lock."""

    def __init__(self, places: Places, disk: Disk, device: str) -> None:
        """Touch nothing yet."""
        self._places = places
        self._disk = disk
        self.device = device
        self.log = ChangeLog(disk, places)
        self.known: LastKnown | None = None
        """What is surely known of the files, while the lock is held; see `prepare`."""
        self.said: list[str] = []
        """What was put right on the way and the person should know."""

    def told(self) -> list[str]:
        """Give, once, what was put right on the way."""
        said, self.said = self.said, []
        return said

    def previous_of(self, path: str) -> str:
        """Give where the previous generation of a history file is kept."""
        return os.path.join(previous_folder(self._places), os.path.basename(path) + PREVIOUS)

    def path_of(self, name: str) -> str:
        """Give where the history file of a name stands."""
        return os.path.join(self._places.history, name)

    def own_paths(self) -> list[str]:
        """Give the history files of this device: those that are there, and those that should be."""
        known = self.log.known()
        names = known.names if known is not None and known.device == self.device else set()
        for folder in (self._places.history, previous_folder(self._places)):
            names |= {name.removesuffix(PREVIOUS) for name in _names_in(folder)}
        return [self.path_of(name) for name in sorted(names) if is_year_file(name, self.device)]

    def generation(self, path: str) -> int | None:
        """Read a history file and give its generation; None where it is not sound, not there or cannot be read."""
        try:
            return self.read_generation(path)
        except CannotRead:
            return None

    def read_generation(self, path: str) -> int | None:
        """Read a history file and give its generation; None where it is not sound or not there.

        CannotRead where the system refuses.
        """
        try:
            data = read_file(self._disk, path)
            return None if data is None else sound_generation(data)
        except (Damaged, Foreign):
            return None

    def prepare(self) -> bool:
        """Find out before anything is written what generation each file has; False where that is not sure.

        Then `care.put_right` has to be called.
        """
        self.known = None
        known = self.log.known()
        if known is None or known.device != self.device:
            return False
        if known.file:
            path = self.path_of(known.file)
            if self.generation(path) != known.generation or self._lacks_previous(known, path):
                return False
            known = known.replaced(files={**known.files, known.file: known.generation}, file="", generation=0)
        self.known = known
        return True

    def replace(self, path: str, generation: int, parts: Sequence[bytes | memoryview], documents: Changed) -> None:
        """Give a history file new content: first what is changed in it goes to the log, and counts from then on.

        CannotWrite where that fails, or the file cannot be written then: the state before stands.
        """
        known = self._surely_known()
        name = os.path.basename(path)
        with self.log.change(known, name, generation, documents) as change:
            write_draft(self._disk, path, parts)
            let_take_place(self._disk, path)
            flushed = self._flushed(os.path.dirname(path))
            if flushed and not self._disk.exists(self.previous_of(path)):
                self.keep_if_possible(path)
            change.is_written = flushed
        self.known = known.replaced(files={**known.files, name: generation})
        if self.log.size() > LARGEST_LOG:
            with contextlib.suppress(UserError):  # it is tried again after the next change
                self.begin_anew()

    def _surely_known(self) -> LastKnown:
        if self.known is None and not self.prepare():
            if self._disk.exists(self.log.path):
                raise CannotWrite(f"{self.log.path} is not sound", "see procroutine doctor")
            self.begin_anew()
        if self.known is None:
            raise CannotWrite(f"{self.log.path} cannot be begun", "see procroutine doctor")
        return self.known

    def _flushed(self, folder: str) -> bool:
        try:
            self._disk.flush_folder(folder)
        except OSError:
            return False  # the log has the change all the same
        return True

    def keep(self, path: str) -> None:
        """Make what a history file holds its previous generation too; CannotWrite where that cannot be done."""
        try:
            data = read_file(self._disk, path)
            if data is None or sound_generation(data) is None:
                return
            make_folder(previous_folder(self._places))
        except OSError as error:
            raise cannot_write(previous_folder(self._places), error) from error
        except (CannotRead, Damaged, Foreign) as error:
            raise CannotWrite(f"{path} is not sound", "see procroutine doctor") from error
        replace_file(self._disk, self.previous_of(path), [data])

    def note(self, paths: Sequence[str]) -> None:
        """Take to the log that files were written in another way than by a line in it; they get previous generations.

        CannotWrite where that fails. Where the log is not sound, nothing is done: it is said and put right elsewhere.
        """
        try:
            before = self._known_for_certain()
            generations = {path: self.read_generation(path) for path in paths}
        except CannotRead as error:
            raise CannotWrite(error.problem, error.remedy) from error
        if before is None or self.known is None:
            return
        for path, generation in generations.items():
            name = os.path.basename(path)
            if generation is not None and self.known.files.get(name) != generation:
                self.keep(path)
                with self.log.change(self.known, name, generation, ()) as change:
                    change.is_written = True
                self.known = self.known.replaced(files={**self.known.files, name: generation})
        if self.known != before:
            with contextlib.suppress(UserError):  # it is begun anew when it has grown
                self.begin_anew()  # from here on the log is of no use without just these previous generations

    def _known_for_certain(self) -> LastKnown | None:
        """Give what is surely known; None where the log is not sound, CannotRead where the system refuses this time."""
        if not self.prepare():
            content = self.log.read()
            if content.obstacle is not None:
                raise content.obstacle
            if content.known is not None and content.said is None and content.known.device == self.device:
                self._end_torn_log(content, content.known)
                self.prepare()
        return self.known

    def _end_torn_log(self, content: LogContent, known: LastKnown) -> None:
        """Write the log anew where a crash cut its last line short, or took it, with all that it holds."""
        files = dict(known.files)
        if known.file:
            there = self.read_generation(self.path_of(known.file))
            if there is None or there < known.generation:
                return  # that is more than a crash while a plan was carried out
            files[known.file] = known.generation
        if content.torn or known.file:
            self.log.begin(LastKnown(device=self.device, files=files), content.documents, content.begun)

    def keep_if_possible(self, path: str) -> None:
        """Do as `keep` where that can be done; else the log holds what the file does."""
        with contextlib.suppress(CannotWrite):
            self.keep(path)

    def begin_anew(self) -> None:
        """Keep a previous generation of every file that was changed since the log was begun, and begin it anew.

        CannotWrite where that fails: then what was there still is.
        """
        least = self.known.files if self.known is not None else {}
        files = self._unchanged()
        for path in self.own_paths():
            name = os.path.basename(path)
            if name not in files:
                files[name] = self._kept(path, least.get(name, 0))
        self.known = LastKnown(device=self.device, files=files)
        self.log.begin(self.known)

    def _unchanged(self) -> dict[str, int]:
        """Give the generations of the files of which the log holds nothing: for them it may go, whatever they hold."""
        content = self.log.read()
        if self.known is None or content.known is None or content.said is not None:
            return {}
        return {
            name: generation
            for name, generation in self.known.files.items()
            if content.begun.get(name) == generation and name not in content.documents
        }

    def _kept(self, path: str, least: int) -> int:
        """Make sure that a file has a previous generation like itself; give its own. CannotWrite as `keep`."""
        generation = self.generation(path)
        if generation is None or generation < least:
            raise CannotWrite(f"{path} is not sound", "see procroutine doctor")
        if generation != self.generation(self.previous_of(path)):
            self.keep(path)
        return generation

    def _lacks_previous(self, known: LastKnown, path: str) -> bool:
        """Say whether a crash came between the making of a file and of its previous generation."""
        return known.is_new(os.path.basename(path)) and not self._disk.exists(self.previous_of(path))


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []  # whoever reads or writes in it says so
