"""All routine files of a folder: what each says, or what is wrong with it."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from procroutine.errors import CannotRead, UserError
from procroutine.routine.draft import Draft
from procroutine.routine.entries import Entry, Library
from procroutine.routine.expand import expand_all
from procroutine.routine.model import Problem
from procroutine.routine.notes import notes_on
from procroutine.routine.parse import parse_bytes
from procroutine.routine.sealed import is_unchanged
from procroutine.toml_text import read_small_file

if TYPE_CHECKING:
    from procroutine.routine.entries import Stamp

ENDING = ".toml"


@dataclass(frozen=True, slots=True)
class _Read:
    """One file: what it says, and what is wrong with it alone."""

    id: str
    path: str
    draft: Draft | None
    problems: tuple[Problem, ...]
    stamp: Stamp | None


def routine_id_of(path: str) -> str:
    """Give the id of the routine that a file holds: its name without `.toml`."""
    name = os.path.basename(path).removesuffix(ENDING)
    if name.isascii():
        return name
    return unicodedata.normalize("NFC", os.fsencode(name).decode(errors="replace"))


def read_library(folder: str) -> Library:
    """Read every `*.toml` of a folder and of its sub-folders; hidden ones are left alone.

    CannotRead where the folder itself cannot be listed. Everything else wrong is a problem of an
    entry, so that one bad file never hides the good ones; an unreadable sub-folder is an entry too.
    """
    files, folders = _listed(folder)
    files.sort(key=lambda file: file if isinstance(file, str) else file.path)
    return _library([_read(file) if isinstance(file, str) else file for file in files], folder, tuple(folders))


def read_changes(before: Library, kept_at: int) -> Library:
    """Give what `read_library` would of the folder of a library that was read before `kept_at` (ns).

    An entry stands as it was where it has no problem and each of its files is as it was and alone
    of its name; all other files are read, and with them those that they use. Errors as there.
    """
    files, folders = _listed(before.folder)
    files.sort(key=lambda file: file if isinstance(file, str) else file.path)
    paths = {file for file in files if isinstance(file, str)}
    same = {path for path in paths & before.stamps.keys() if is_unchanged((before.stamps[path],), (), kept_at)}
    changed = {routine_id_of(path) for path in (paths | before.stamps.keys()) - same}
    standing = {entry.id: entry for entry in before.entries.values() if _stands(entry, changed)}
    left = {entry.path for entry in standing.values()}
    read = [_read(file) if isinstance(file, str) else file for file in files if file not in left]
    for file in read:  # which grows meanwhile
        for use in file.draft.uses if file.draft is not None else ():
            if (used := standing.pop(use, None)) is not None:
                read.append(_read(used.path))
    stamps = {entry.path: before.stamps[entry.path] for entry in standing.values()}
    fresh = _library(read, before.folder, tuple(folders), standing)
    entries = _in_order((*standing.values(), *fresh.entries.values()))
    return fresh.replaced(entries=entries, stamps=stamps | fresh.stamps)


def _stands(entry: Entry, changed: Set[str]) -> bool:
    """Say whether a sound entry is as it was; `changed` are the ids of all files that are new, gone or otherwise."""
    return bool(entry.sources) and changed.isdisjoint(map(routine_id_of, entry.sources))


def _listed(folder: str) -> tuple[list[str | _Read], list[tuple[str, int]]]:
    """Find the routine files, and the folders that were looked through; each only once, however linked."""
    files: list[str | _Read] = []
    folders: list[tuple[str, int]] = []
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            about = os.stat(here)
            if (about.st_dev, about.st_ino) in seen:
                continue
            seen.add((about.st_dev, about.st_ino))
            with os.scandir(here) as listing:
                entries = [entry for entry in listing if not entry.name.startswith(".")]
        except OSError as error:
            unreadable = _unreadable(here, error)
            if here == folder:
                raise unreadable from None
            files.append(_Read(f"{os.path.basename(here)}/", here, None, (Problem.of_file(here, unreadable),), None))
            continue
        folders.append((here, about.st_mtime_ns))
        files.extend(entry.path for entry in entries if entry.name.endswith(ENDING))
        waiting.extend(entry.path for entry in entries if not entry.name.endswith(ENDING) and _is_folder(entry))
    return files, folders


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return os.path.isdir(entry.path) if entry.is_symlink() else entry.is_dir()


def _unreadable(folder: str, error: OSError) -> CannotRead:
    reason = os.strerror(error.errno or 0)
    return CannotRead(f"the folder {folder} cannot be read ({reason})", "make it a folder that you may read")


def _read(path: str) -> _Read:
    name = routine_id_of(path)
    try:
        data, about = read_small_file(path)
    except UserError as error:
        return _Read(name, path, None, (Problem.of_file(path, error),), None)
    draft, problems = parse_bytes(data, path, name)
    stamp = (path, about.st_size, about.st_mtime_ns, about.st_ctime_ns, about.st_ino)
    return _Read(name, path, draft, problems, stamp)


def _library(
    files: list[_Read], folder: str, folders: tuple[tuple[str, int], ...], others: Collection[str] = ()
) -> Library:
    """Put together what files say; `others` are ids of routines that none of them uses."""
    by_id: dict[str, list[_Read]] = {}
    for file in files:
        by_id.setdefault(file.id, []).append(file)
    own = {name: tuple(_own_problems(same)) for name, same in by_id.items()}
    drafts = {name: same[0].draft for name, same in by_id.items() if same[0].draft is not None}
    routines, of_use = expand_all(drafts, frozenset(name for name, problems in own.items() if not problems), others)
    entries = []
    for name, same in by_id.items():
        draft = same[0].draft
        called = draft.routine.name if draft is not None else None
        problems = (*own[name], *of_use.get(name, ()))
        routine = routines.get(name)
        entry = Entry(id=name, path=same[0].path, name=called, routine=routine, problems=problems)
        if draft is not None and routine is not None:
            described = draft.routine.systems.keys() | {key for use in draft.uses for key in routines[use].systems}
            notes, former = notes_on(draft, described), routine.previous_ids
            entry = entry.replaced(sources=routine.sources, previous_ids=former, notes=notes)
        entries.append(entry)
    stamps = {file.path: file.stamp for file in files if file.stamp is not None}
    return Library(entries=_in_order(entries), folder=folder, stamps=stamps, folders=folders)


def _in_order(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Put entries in the order of their names, by their ids."""
    found = sorted(entries, key=lambda entry: ((entry.name or entry.id).casefold(), entry.id))
    return {entry.id: entry for entry in found}


def _own_problems(same: list[_Read]) -> Iterator[Problem]:
    """Give the problems of the files that have one id; that there are several is one for each."""
    for file in same:
        yield from file.problems
        for other in same:
            if other is not file:
                problem = f"{other.path} has the same name, so they are one routine"
                yield Problem(
                    file=file.path, line=None, key=None, problem=problem, remedy="rename one of the two files"
                )
                break


def library_beside(path: str) -> Library:
    """Give the library of one file and, as far as they stand beside it, those that it uses."""
    return _library(_with_used(path), os.path.dirname(path), ())


def _with_used(path: str) -> list[_Read]:
    read = {routine_id_of(path): _read(path)}
    waiting = [file.draft for file in read.values()]
    while waiting:
        draft = waiting.pop()
        for use in draft.uses if draft is not None else ():
            beside = os.path.join(os.path.dirname(path), use + ENDING)
            if use not in read and "/" not in use and "\0" not in use and os.path.lexists(beside):
                read[use] = _read(beside)
                waiting.append(read[use].draft)
    return list(read.values())
