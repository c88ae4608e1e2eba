"""What there is to say of routine files as they were read: what is wrong, and what is perhaps not meant.

Of a library whose files have not changed nothing is read or parsed for it.
"""

from __future__ import annotations

import os
from itertools import chain

from procroutine.errors import NotFound, UserError, quoted
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from procroutine.routine.entries import Entry, Library
    from procroutine.routine.model import Problem


class Checked(Value):
    """What there is to say of some files."""

    problems: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()
    """What is allowed and perhaps not meant; no routine is kept from being run by it."""

    def of(self, path: str) -> Checked:
        """Give what is said of one file."""
        return self.called(lambda file: file if file == path else None)

    def called(self, name_of: Callable[[str], str | None]) -> Checked:
        """Give what is said of the files for which there is a name, under that name."""
        return Checked(problems=tuple(_renamed(self.problems, name_of)), notes=tuple(_renamed(self.notes, name_of)))


def _renamed(problems: Iterable[Problem], name_of: Callable[[str], str | None]) -> Iterator[Problem]:
    for problem in problems:
        name = name_of(problem.file)
        if name is not None:
            yield problem.replaced(file=name)


def check_library(library: Library) -> Checked:
    """Find everything to say of a library; the notes too by file and from the top of each down."""
    entries = library.entries.values()
    found = [note for entry in entries for note in entry.notes]
    found += [*_same_names(entries), *_former_ids(library.entries)]
    notes = tuple(sorted(found, key=lambda note: (note.file, note.line or 0)))
    return Checked(problems=library.problems, notes=notes)


def _same_names(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Give the routines that have the name of another; which of them is meant, only their ids tell."""
    by_name: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.name is not None:
            by_name.setdefault(entry.name.strip().casefold(), []).append(entry)
    for same in by_name.values():
        for entry, other in _pairs(same):
            problem = f"{other.path} has this name too"
            yield _above(entry, "name", problem, "give one of them another name")


def _former_ids(entries: dict[str, Entry]) -> Iterator[Problem]:
    """Give the former ids that are still in use, or that several routines claim: the history goes to one of them."""
    claimed: dict[str, list[Entry]] = {}
    for entry in entries.values():
        for former in entry.previous_ids:
            claimed.setdefault(former, []).append(entry)
            if former in entries:
                problem = f"{entries[former].path} is there still, and keeps the history of {quoted(former)}"
                yield _above(entry, "previous_ids", problem, f"take {quoted(former, chr(34))} out, or that file away")
    for former, same in claimed.items():
        for entry, other in _pairs(same):
            problem = f"{other.path} names {quoted(former)} too, and only one can go on with its history"
            yield _above(entry, "previous_ids", problem, "take it out of one of them")


def _pairs(same: list[Entry]) -> Iterator[tuple[Entry, Entry]]:
    """Give each of several with one that it shares something with; nothing for one alone."""
    return zip(same, chain(same[1:], same[:1]), strict=True) if len(same) > 1 else iter(())


def _above(entry: Entry, key: str, problem: str, remedy: str) -> Problem:
    """Give a note on a key above all tables, with its line as far as the file can still be read."""
    from procroutine.routine.model import Problem
    from procroutine.toml_lines import TomlLines
    from procroutine.toml_text import read_small_file, toml_table, toml_text

    try:
        text = toml_text(read_small_file(entry.path)[0])
        toml_table(text)
        line = TomlLines(text).line_of((key,))
    except UserError:
        line = None
    return Problem(file=entry.path, line=line, key=key, problem=problem, remedy=remedy)


def check_paths(paths: Iterable[str], routines: str | None = None) -> Checked:
    """Find everything to say of some files and folders.

    What lies in the folder `routines` is read with all that is in there; other files with those that they use and that
    stand beside them. NotFound for a path that is not there, CannotRead for a folder that cannot be listed.
    """
    from functools import cache

    from procroutine.routine.library import read_library

    all_of_home = cache(lambda folder: check_library(read_library(folder)))
    problems: dict[Problem, None] = {}
    notes: dict[Problem, None] = {}
    for path in paths:
        found = _check(path, routines, all_of_home)
        problems.update(dict.fromkeys(found.problems))
        notes.update(dict.fromkeys(found.notes))
    return Checked(problems=tuple(problems), notes=tuple(notes))


def _check(path: str, routines: str | None, all_of: Callable[[str], Checked]) -> Checked:
    from procroutine.routine.library import ENDING, library_beside, read_library
    from procroutine.routine.model import Problem

    if not os.path.lexists(path):
        raise NotFound(f"there is no file {path}", "name a routine file or a folder of them")
    is_folder = os.path.isdir(path) and not path.endswith(ENDING)
    if not is_folder and not path.endswith(ENDING):
        remedy = "give it a name that ends in .toml"
        problem = Problem(file=path, line=None, key=None, problem="this is no routine file", remedy=remedy)
        return Checked(problems=(problem,))
    if routines is not None and (name_of := _inside(path, routines)) is not None:
        return all_of(routines).called(name_of)
    if is_folder:
        return check_library(read_library(path))
    return check_library(library_beside(path)).of(path)


def _inside(path: str, folder: str) -> Callable[[str], str | None] | None:
    """Give what names the files of a folder by a path that leads into it; None for one that does not."""
    real, above = os.path.realpath(path), os.path.join(os.path.realpath(folder), "")
    if not real.startswith(above):
        return None
    inside = os.path.join(folder, real.removeprefix(above))

    def name_of(file: str) -> str | None:
        if os.path.realpath(file) == real:
            return path
        return os.path.join(path, file[len(inside) + 1 :]) if file.startswith(os.path.join(inside, "")) else None

    return name_of
