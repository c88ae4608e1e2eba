"""One person's routines and the history of their runs, before the runs in progress are added to it."""

from __future__ import annotations

from procroutine.errors import DoesNotFit, UserError
from procroutine.routine.folder import RoutineFolder, find_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from procroutine.clock import Clock
    from procroutine.history.adding import Adding
    from procroutine.history.heads import Overview, RunHead
    from procroutine.history.history import History
    from procroutine.places import Places
    from procroutine.routine.definitions import Definition
    from procroutine.routine.entries import Library
    from procroutine.weeks import Week


class PastFolder(RoutineFolder):
    """One person's routines and history."""

    __slots__ = ("_adding", "_history", "clock")

    def __init__(self, places: Places, clock: Clock) -> None:
        """Read nothing yet."""
        super().__init__(places)
        self.clock = clock
        self._adding: Adding | None = None
        self._history: History | None = None

    def routine_id_known(self, name: str) -> str:
        """Find a routine by id, former id or name, also one that has only history left; NotFound names the nearest."""
        from procroutine.routine.entries import present_ids

        present = self.library().entries
        now_called = present_ids(present)
        if name in present or name in now_called:
            return now_called.get(name, name)  # without a look at the past, which is long
        known: dict[str, str | None] = {
            now_called.get(head.routine, head.routine): head.routine_name for head in self.heads()
        }
        known |= {entry.id: entry.name for entry in present.values()}
        return find_name(name, known)

    def record_revisions(self, library: Library | None = None) -> None:
        """Give a number to every routine of a library, by default of this one, whose content is new."""
        library, known = library or self.library(), self.overview(0).revisions
        unknown = [
            entry.id
            for entry in library.entries.values()
            if (entry.id, entry.content) not in known and entry.routine is not None
        ]
        found = [(one, self.definition_in(library, one)) for one in unknown]
        new = [(one, definition) for one, definition in found if (one, definition.content) not in known]
        if not new:
            return
        from procroutine.history.revisions import NewRevision

        former = {one: self.former_ids(one, library) for one, _ in new}
        self.history().add_revisions(
            NewRevision(one, definition.content, definition.snapshot, former=former[one]) for one, definition in new
        )

    def revision(self, definition: Definition, overview: Overview) -> int:
        """Give the number of a routine's present revision, made now if its content is new."""
        routine = definition.snapshot["id"]
        known = overview.revisions.get((routine, definition.content))
        if known is not None:
            return known
        former = self.former_ids(routine)
        return self.history().add_revision(routine, definition.content, definition.snapshot, former=former)

    def former_ids(self, routine: str, library: Library | None = None) -> tuple[str, ...]:
        """Give the ids that a routine had before, and no other has now."""
        from procroutine.routine.entries import present_ids

        owners = present_ids((library or self.library()).entries)
        return tuple(former for former, now in owners.items() if now == routine)

    def look_after(self) -> tuple[str, ...]:
        """Look whether every history file is sound, and put right what is ours; gives what the person should know."""
        said = self.overview(0).said
        if not said:
            return ()
        from procroutine.history.sentences import in_one_line, with_outcomes

        try:
            return in_one_line(with_outcomes(said, self.history().repair()))
        except UserError as error:
            return in_one_line(with_outcomes(said, (f"{error}.",)))

    def told(self) -> tuple[str, ...]:
        """Give, once, what was put right in the history while something was written, for the person to know."""
        return tuple(said for one in (self._adding, self._history) if one is not None for said in one.told())

    def device(self) -> str:
        """Give this device's name."""
        from procroutine.history.device import device_name
        from procroutine.history.disk import Disk

        return device_name(self.places, Disk())

    def adding(self) -> Adding:
        """Give what puts ended runs into the history; loads TinyDB, but not all that the history can do."""
        if self._history is not None:
            return self._history
        if self._adding is None:
            from procroutine.history.adding import Adding

            self._adding = Adding(self.places, self.clock)
        return self._adding

    def history(self) -> History:
        """Give the history itself; loads TinyDB."""
        if self._history is None:
            from procroutine.history.history import History

            self._history = History(self.places, self.clock)
        return self._history

    def overview(self, years: int | None = None) -> Overview:
        """Give the past in brief, the runs only of the newest `years` years that have any."""
        from procroutine.history.heads import read_overview

        return read_overview(self.places, years)

    def heads(self, years: int | None = None) -> tuple[RunHead, ...]:
        """Give the ended runs in brief, newest first, deleted ones left out."""
        return tuple(head for head in self.overview(years).heads if not head.deleted)

    def deleted_heads(self) -> tuple[RunHead, ...]:
        """Give the deleted runs in brief, newest first."""
        return tuple(head for head in self.overview().heads if head.deleted)

    def declare_off(self, routine: str | None, week: Week, reason: str) -> str:
        """Declare a week off for one routine or all; gives the sentence that says so."""
        if not reason.strip():
            raise DoesNotFit("the reason is empty", "say why in a word or more")
        routine_id = None if routine is None else self.routine_id_known(routine)
        self.history().set_week_off(routine_id, week, reason.strip())
        return f"{week} is off for {routine_id or 'all routines'}."
