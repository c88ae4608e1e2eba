"""The routines of one folder, sound or not, as `library` reads them."""

from __future__ import annotations

from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from procroutine.routine.model import Problem, Routine

    Stamp = tuple[str, int, int, int, int]
    """What the system says about a file as it was read: path, bytes, modified and changed (both ns), inode."""


class Entry(Value):
    """One routine of the folder, sound or not."""

    __slots__ = ("_later",)

    id: str
    path: str
    name: str | None
    """None where not even that could be read."""
    routine: Routine | None
    """None where there are problems."""
    problems: tuple[Problem, ...] = ()
    sources: tuple[str, ...] = ()
    """Those of its routine."""
    previous_ids: tuple[str, ...] = ()
    """Those of its routine."""
    notes: tuple[Problem, ...] = ()
    """What may be meant otherwise in the file of a routine that can be run."""
    content: str | None = None
    """The `content_hash` of its routine, where that was kept with it."""

    @classmethod
    def with_routine_later(cls, later: Callable[[], Routine], **fields: Any) -> Entry:
        """Make an entry of which the routine is made when it is first asked for."""
        made = cls(routine=None, **fields)
        object.__delattr__(made, "routine")
        object.__setattr__(made, "_later", later)
        return made

    @property
    def later(self) -> Callable[[], Routine] | None:
        """What makes its routine, where it was made with that."""
        return getattr(self, "_later", None)

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            """Make the routine; `check` asks for none of them."""
            if name != "routine":
                raise AttributeError(f"Entry has no {name}")
            routine = self._later()
            object.__setattr__(self, name, routine)
            return routine


def present_ids(entries: Mapping[str, Entry]) -> dict[str, str]:
    """Give, for each former id that no routine has now, the id that its routine has; `entries` are by id."""
    return {former: entry.id for entry in entries.values() for former in entry.previous_ids if former not in entries}


class Library(Value):
    """The routines of one folder."""

    entries: dict[str, Entry]
    """By id, in the order of their names."""
    folder: str
    stamps: dict[str, Stamp]
    """By path, for every file that could be read."""
    folders: tuple[tuple[str, int], ...]
    """The folder and its sub-folders, each with the time of its last change (ns) before it was listed."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong, by file and from the top of each file down."""
        found = [problem for entry in self.entries.values() for problem in entry.problems]
        return tuple(sorted(found, key=lambda problem: (problem.file, problem.line or 0)))
