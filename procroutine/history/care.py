"""Putting right what is not sound among the history files of this device and their second copies.

What a crash left in the middle is finished without a word. Anything else that is wrong is said,
and put right before the next change is written. Nothing is deleted: what is not sound is moved
to `damaged/` first. The history lock is held throughout.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from procroutine.errors import CannotRead, CannotWrite, UserError
from procroutine.history.change_log import LogContent
from procroutine.history.device import device_name, history_lock
from procroutine.history.disk import Disk, may_be_file, read_file
from procroutine.history.last_known import LastKnown
from procroutine.history.lock import locked_now
from procroutine.history.merge import merge
from procroutine.history.recovery import move_aside, put_into, read_year_file
from procroutine.history.seal import Tables
from procroutine.history.second_copies import SecondCopies
from procroutine.history.storage import YearDatabase
from procroutine.places import Places


def look_into(places: Places) -> tuple[str, ...]:
    """Finish what a crash left in the middle, and say what is wrong with the log.

    Somebody else who is just writing is left alone.
    """
    disk = Disk()
    try:
        device = device_name(places, disk)
        with locked_now(history_lock(places)) as free:
            return _looked_into(Care(places, disk, SecondCopies(places, disk, device))) if free else ()
    except UserError as error:
        return (str(error),)


def _looked_into(care: Care) -> tuple[str, ...]:
    content = care.copies.log.read()
    said = care.wrong_with_log(content)
    if said is None and not care.copies.prepare():
        return care.put_right(content)
    return () if said is None else (said,)


class Care:
    """Looks after the files of one device."""

    def __init__(self, places: Places, disk: Disk, copies: SecondCopies) -> None:
        """Touch nothing yet."""
        self.places = places
        self.disk = disk
        self.copies = copies

    def wrong_with_log(self, content: LogContent) -> str | None:
        """Say what is wrong with the log; None where it is sound, or a crash explains it, or there was never one."""
        path = self.copies.log.path
        if content.said is not None:
            return content.said
        own = self.copies.own_paths()
        if content.data is None:
            kept = any(self.disk.exists(self.copies.previous_of(one)) for one in own)
            return f"{path} is missing; what it held is in the history files too" if kept else None
        if content.known is not None and content.known.device == self.copies.device:
            for one in own:
                if content.known.is_newer(os.path.basename(one), self.copies.generation(one) or 0):
                    return f"{path} was set back to an older state; what it held is in the history files too"
        return None

    def put_right(self, content: LogContent | None = None) -> tuple[str, ...]:
        """Put right whatever can be, and give a sentence for each file that was not sound.

        CannotWrite where the log is of a newer version or cannot be written, CannotRead where it cannot be read.
        """
        content = content or self.copies.log.read()
        known = content.known
        said = self._log_put_right(content)
        was_cut = not said and content.torn and known is not None and known.file != ""
        # A previous generation may be missing only where a crash came before it was first made.
        begun = None if said or known is None or known.is_new(known.file) else content.begun
        said += [sentence for path in self.copies.own_paths() for sentence in self.mended(path, begun)]
        self.copies.prepare()
        if was_cut:
            said.append(f"{self.copies.log.path} was cut short behind its last change; nothing is lost")
        return tuple(said)

    def _log_put_right(self, content: LogContent) -> list[str]:
        if content.foreign:
            raise CannotWrite(content.said or self.copies.log.path, "bring this procroutine up to date")
        if content.obstacle is not None:
            if may_be_file(self.copies.log.path):
                raise content.obstacle  # what it holds may be read another time
            move_aside(self.disk, self.copies.log.path, self.damaged_folder)
        wrong = self.wrong_with_log(content)
        known = content.known
        is_ours = known is None or known.device == self.copies.device
        if wrong is None and is_ours and known is not None and not content.torn:
            self.copies.known = known.replaced(file="", generation=0)
            return []
        if content.data is not None and (wrong is not None or not is_ours):
            self._put_log_aside(content)
        files = dict(known.files) if known is not None and is_ours else {}
        for path in self.copies.own_paths():
            name = os.path.basename(path)
            generations = map(self._known_generation, (path, self.copies.previous_of(path)))
            files[name] = max(files.get(name, 0), *(generation or 0 for generation in generations))
        self.copies.known = LastKnown(device=self.copies.device, files=files)
        begun = content.begun if wrong is None and is_ours and known is not None else None
        documents = content.documents if is_ours else self._for_own_files(content.documents)
        self.copies.log.begin(self.copies.known, documents, begun)
        if not is_ours:
            for name in documents:
                self._take_from_log(name)
        return [] if wrong is None else [f"{wrong}; it was begun anew"]

    def _known_generation(self, path: str) -> int | None:
        """Give a file's generation; CannotRead where the system does not let us read it this time."""
        try:
            return self.copies.read_generation(path)
        except CannotRead:
            if may_be_file(path):
                raise
            return None

    def _for_own_files(self, documents: Mapping[str, Tables]) -> dict[str, Tables]:
        """Give the documents of another device's log as those of our files: a home was copied, its log with it."""
        taken: dict[str, Tables] = {}
        for name, tables in documents.items():
            own = taken.setdefault(f"{self.copies.device}{name[-len('-2026.json') :]}", {})
            for table, there in tables.items():
                own[table] = merge(own.get(table, {}), there)
        return taken

    def _take_from_log(self, name: str) -> None:
        """Write one of our files anew with what the log has for it."""
        known = self.copies.known
        if known is not None:
            with self.copies.log.change(known, name, known.files.get(name, 0) + 1, ()):
                pass  # now the file is one generation behind, and what it lacks is read from the log
            self.mended(os.path.join(self.places.history, name), None)

    def _put_log_aside(self, content: LogContent) -> None:
        if content.data:
            put_into(self.disk, self.damaged_folder, self.copies.log.path, content.data)

    @property
    def damaged_folder(self) -> str:
        """Where damaged bytes are kept."""
        return os.path.join(self.places.history, "damaged")

    def mended(self, path: str, begun: Mapping[str, int] | None) -> list[str]:
        """Write one of our files anew if it is not whole; give what to tell the person, if anything was wrong.

        One that is newer, or that the system does not let us read, stays as it is. `begun` are the
        generations at the beginning of the log; None where it was only just begun.
        """
        file = read_year_file(self.disk, path, self.copies)
        if file.foreign or file.obstacle is not None:
            return []
        if file.is_whole:
            return self._previous_mended(path, begun)
        if file.sealed is None and file.said is None and not file.behind:
            return []  # it was never there
        with YearDatabase(path, self.copies, self.disk).sealed.together():
            pass  # which writes the whole file
        return self.copies.told()

    def _previous_mended(self, path: str, begun: Mapping[str, int] | None) -> list[str]:
        wrong = self.wrong_with_previous(path, begun)
        if wrong is None:
            return []
        previous = self.copies.previous_of(path)
        try:
            data = read_file(self.disk, previous)
            if data is not None and self.copies.generation(previous) is None:
                put_into(self.disk, self.damaged_folder, previous, data)
            self.copies.keep(path)
        except UserError as error:
            return [str(error)]
        return [] if begun is None else [f"{wrong}; it was made anew from {os.path.basename(path)}"]

    def wrong_with_previous(self, path: str, begun: Mapping[str, int] | None) -> str | None:
        """Say what is wrong with the previous generation of one of our files; `begun` as in `mended`."""
        previous = self.copies.previous_of(path)
        name = os.path.basename(path)
        try:
            data = read_file(self.disk, previous)
        except CannotRead as error:
            return str(error)
        if data is None:
            return f"{previous} is missing"
        generation = self.copies.generation(previous)
        if generation is None:
            return f"{previous} is damaged"
        at_least = (self.copies.generation(path) or 0) if begun is None else begun.get(name, 0)
        return f"{previous} was set back to an older state" if generation < at_least else None
