"""What there is to say of some files and folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import cache

from procroutine.errors import NotFound
from procroutine.routine.checked import Checked, check_library
from procroutine.routine.library import ENDING, library_beside, read_library
from procroutine.routine.model import Problem


def check_paths(paths: Iterable[str], routines: str | None = None) -> Checked:
    """Find everything to say of some files and folders.

    What lies in the folder `routines` is read with all that is in there; other files with those that they use and that
    stand beside them. NotFound for a path that is not there, CannotRead for a folder that cannot be listed.
    """
    all_of_home = cache(lambda folder: check_library(read_library(folder)))
    problems: dict[Problem, None] = {}
    notes: dict[Problem, None] = {}
    for path in paths:
        found = _check(path, routines, all_of_home)
        problems.update(dict.fromkeys(found.problems))
        notes.update(dict.fromkeys(found.notes))
    return Checked(problems=tuple(problems), notes=tuple(notes))


def _check(path: str, routines: str | None, all_of: Callable[[str], Checked]) -> Checked:
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
