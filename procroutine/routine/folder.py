"""The routines of one person: found by id or name, parsed no more often than needed, made anew."""

from __future__ import annotations

import os

from procroutine.errors import CannotWrite, DoesNotFit, NotFound, did_you_mean, nearest, quoted
from procroutine.places import make_folder
from procroutine.routine.definitions import Definition, cached_definition, keep_definition

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from procroutine.places import Places
    from procroutine.routine.entries import Entry, Library
    from procroutine.routine.model import Routine


class RoutineFolder:
    """The routine files of one person."""

    __slots__ = ("places",)

    def __init__(self, places: Places) -> None:
        """Read nothing yet."""
        self.places = places

    def library(self) -> Library:
        """Read all routine files; CannotRead where the folder cannot be listed."""
        from procroutine.routine.kept_library import keep_library, read_kept

        kept = read_kept(self.places)
        if kept is not None and kept.is_current:
            return kept.library
        from procroutine.routine.library import read_changes, read_library

        found = read_library(self.places.routines) if kept is None else read_changes(kept.library, kept.at)
        keep_library(self.places, found)
        return found

    def routine_id(self, name: str) -> str:
        """Find a routine by its id, else by its name; NotFound names the nearest."""
        if cached_definition(self.places, name) is not None:
            return name
        return find_name(name, _names(self.library()))

    def routine(self, name: str) -> Routine:
        """Give a routine that can be run; NotFound, or DoesNotFit with its first problem."""
        library = self.library()
        return _sound(library.entries[find_name(name, _names(library))])

    def routine_path(self, name: str) -> str:
        """Give the path of a routine's file, sound or not; NotFound names the nearest."""
        library = self.library()
        return library.entries[find_name(name, _names(library))].path

    def new_routine(self, name: str, purpose: str | None = None) -> str:
        """Write a commented routine file to fill in; gives its path. DoesNotFit where there is one already."""
        from procroutine.routine.library import routine_id_of
        from procroutine.routine.starter import starter_file, starter_text

        path = os.path.join(self.places.routines, starter_file(name))
        text = starter_text(name, purpose)
        known = self.library().entries if os.path.isdir(self.places.routines) else {}
        if (entry := known.get(routine_id_of(path))) is not None:
            raise _there_is(entry.path)  # perhaps in a sub-folder: two files of one name could not be run
        try:
            make_folder(self.places.routines)
            _write_new(path, text.encode("utf-8"))
        except OSError as error:
            if os.path.lexists(path):
                raise _there_is(path) from None
            raise CannotWrite(
                f"{path} cannot be written ({error.strerror})", "put that right, then try again"
            ) from None
        return path

    def definition(self, name: str) -> Definition:
        """Give the snapshot of a routine and the hash of its content; errors as `routine`."""
        found = cached_definition(self.places, name)
        if found is not None:
            return found
        library = self.library()
        return self._keep(library, find_name(name, _names(library)))

    def definitions(self, library: Library) -> tuple[Definition, ...]:
        """Give the snapshot of every routine of a library that can be run."""
        sound = (entry.id for entry in library.entries.values() if entry.routine is not None)
        return tuple(self.definition_in(library, routine_id) for routine_id in sound)

    def definition_in(self, library: Library, routine_id: str) -> Definition:
        """Give the snapshot of a routine of a library that can be run."""
        return cached_definition(self.places, routine_id) or self._keep(library, routine_id)

    def _keep(self, library: Library, routine_id: str) -> Definition:
        from procroutine.routine.revision import content_hash
        from procroutine.routine.snapshots import snapshot_of

        snapshot = snapshot_of(_sound(library.entries[routine_id]))
        definition = Definition(snapshot=snapshot, content=content_hash(snapshot))
        keep_definition(self.places, library, routine_id, definition)
        return definition


def _there_is(path: str) -> DoesNotFit:
    return DoesNotFit(f"there is a file {path} already", "choose another name, or edit that one")


def _write_new(path: str, data: bytes) -> None:
    """Write a file that is not there yet, whole or not at all."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
    except OSError:
        os.unlink(path)
        raise


def find_name(name: str, known: Mapping[str, str | None]) -> str:
    """Find the id of a routine by the id itself, else by its name; NotFound names the nearest."""
    name = _composed(name)
    if name in known:
        return name
    same = [found for found, title in known.items() if title and _composed(title).casefold() == name.casefold()]
    if len(same) == 1:
        return same[0]
    if same:
        raise NotFound(f"{len(same)} routines are called {quoted(name)}", f"give the id: {', '.join(same)}")
    near = nearest(name, [*known, *filter(None, known.values())])
    raise NotFound(f"there is no routine {quoted(name)}", did_you_mean(near, "see procroutine routines"))


def _composed(text: str) -> str:
    """Give a text with each letter and its marks as one character, as ids have them; some keyboards send them apart."""
    if text.isascii():
        return text
    import unicodedata  # few names need it

    return unicodedata.normalize("NFC", text)


def _names(library: Library) -> dict[str, str | None]:
    return {entry.id: entry.name for entry in library.entries.values()}


def _sound(entry: Entry) -> Routine:
    if entry.routine is None:
        first = entry.problems[0]
        where = f"line {first.line}" if first.line else entry.path
        raise DoesNotFit(f"{entry.name or entry.id} cannot be run ({where}: {first.problem})", first.remedy)
    return entry.routine
