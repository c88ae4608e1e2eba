"""The folder of runs in progress: one journal each, and one lock for whoever changes any of them."""

from __future__ import annotations

import os
from datetime import timedelta

from procroutine.errors import BadInput, CannotRead, UserError
from procroutine.run.files import cannot_read, cannot_write, read_whole, set_aside, sync_folder
from procroutine.run.journal import append_event, create_journal, mend_journal, read_journal, rewrite_journal
from procroutine.run.live import LiveRun
from procroutine.run.open_run import OpenRun, pauses_due
from procroutine.text import shown
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self

    from procroutine.clock import Reading
    from procroutine.places import Places
    from procroutine.run.events import Event
    from procroutine.run.journal_problems import JournalProblem
    from procroutine.run.lock import Lock
    from procroutine.run.states import RunState

    Stamp = tuple[int, int, int]

SUFFIX = ".journal"
_PATIENCE = timedelta(seconds=5)
_NONE = (0, 0, 0)
"""The stamp of a file that is not there."""


class Loaded(Value):
    """All runs in progress, and what was wrong."""

    runs: tuple[OpenRun, ...]
    problems: tuple[JournalProblem, ...]

    @property
    def is_plain(self) -> bool:
        """Whether nothing is wrong, no run can be in the history or belong there, and one at most is running."""
        return (
            not self.problems
            and not any(one.live.has_ended or one.live.end_was_undone for one in self.runs)
            and not pauses_due(self.runs)
        )

    @property
    def open(self) -> tuple[OpenRun, ...]:
        """The runs that have not ended, one of them running at most."""
        pauses = {one.id: event for one, event in pauses_due(self.runs)}
        found = (one.replaced(live=one.live.then(pauses[one.id])) if one.id in pauses else one for one in self.runs)
        return tuple(one for one in found if not one.live.has_ended)

    def states(self, reading: Reading) -> tuple[RunState, ...]:
        """Give the runs that have not ended as of a reading: the running one first, then the one last acted on."""
        found = sorted(self.open, key=lambda one: one.live.standing, reverse=True)
        return tuple(one.live.state(reading) for one in found)


class OpenRuns:
    """The runs in progress of one person, in a folder that is made when it is first written to."""

    __slots__ = ("_kept", "folder", "patience", "second_folder")

    def __init__(self, folder: str, second_folder: str, patience: timedelta = _PATIENCE) -> None:
        """Take the folder, the one for the second copy of each journal, and how long to wait for the lock."""
        self.folder = folder
        self.second_folder = second_folder
        self.patience = patience
        self._kept: dict[str, tuple[tuple[Stamp, Stamp], OpenRun]] = {}

    @classmethod
    def of(cls, places: Places) -> Self:
        """Give the runs in progress of a home."""
        return cls(places.open_runs, os.path.join(places.safety, "open-runs"))

    def lock(self) -> Lock:
        """Give the lock, to be held with `with` from reading what is there to writing; not twice at once."""
        from procroutine.run.lock import Lock  # `status` takes no lock, and finds no problems

        return Lock(os.path.join(self.folder, "lock"), self.patience)

    def load_all(self) -> Loaded:
        """Read every journal, ended runs that nobody has removed yet included; one that is as before only once.

        One bad file hides no other. CannotRead where the folder itself cannot be read.
        """
        runs: list[OpenRun] = []
        problems: list[JournalProblem] = []
        kept, self._kept = self._kept, {}
        for name in self._names():
            path, second = os.path.join(self.folder, name), os.path.join(self.second_folder, name)
            try:
                stamps = _stamps(second, path)
                found = kept.get(name)
                open_run = found[1] if stamps and found and found[0] == stamps else _load(path, second)
            except FileNotFoundError:
                continue  # removed since the folder was listed
            except UserError as error:
                from procroutine.run.journal_problems import problem_of

                problems.append(problem_of(path, error))
                continue
            if stamps:
                self._kept[name] = stamps, open_run
            runs.append(open_run)
            if not open_run.journal.is_sound:
                from procroutine.run.journal_problems import problems_of

                problems.extend(problems_of(open_run.journal))
        return Loaded(runs=tuple(runs), problems=tuple(problems))

    def create(self, event: Event) -> OpenRun:
        """Begin a run with its `started` event, under the lock; it is on the disk when this returns."""
        live = LiveRun.from_events((event,))
        return OpenRun(live=live, journal=create_journal(*self._paths(live.id), event))

    def append(self, open_run: OpenRun, event: Event) -> OpenRun:
        """Write one event more, under the lock; it is on the disk when this returns. Errors as `append_event`."""
        live = open_run.live.then(event)
        written = OpenRun(live=live, journal=append_event(open_run.journal, event))
        self._keep(written)
        return written

    def _keep(self, written: OpenRun) -> None:
        """Remember what was just written, so that it need not be read; unless the files are not as they were left."""
        journal = written.journal
        stamps = _stamps(journal.second.path, journal.path)
        if journal.is_sound and stamps and [size for size, *_ in stamps] == [journal.second.size, journal.first.size]:
            self._kept[os.path.basename(journal.path)] = stamps, written

    def recreate(self, live: LiveRun) -> OpenRun:
        """Write the journal of a run that is taken up again after its end, under the lock; errors as `append`."""
        return OpenRun(live=live, journal=rewrite_journal(*self._paths(live.id), live.events))

    def mend(self, open_run: OpenRun) -> OpenRun:
        """Put right what is wrong with either file of a run, under the lock; CannotWrite where that cannot be done."""
        return open_run.replaced(journal=mend_journal(open_run.journal))

    def remove(self, run_id: str, *, for_certain: bool = True) -> None:
        """Remove a run's journal, under the lock; one that is gone already is no error.

        Unless `for_certain` a power cut may bring it back.
        """
        # The second copy first: left alone it would look like a run whose journal was deleted.
        for path in reversed(self._paths(run_id)):
            try:
                os.unlink(path)
                if for_certain:
                    sync_folder(os.path.dirname(path))
            except FileNotFoundError:
                continue
            except OSError as error:
                raise cannot_write(path, error) from error

    def put_aside(self, path: str) -> str:
        """Move a file that holds no run in progress to `damaged/` beside it, under the lock; give its new path."""
        folder, name = os.path.split(path)
        try:
            kept = set_aside(folder, name, read_whole(path))
            os.unlink(path)
            sync_folder(folder)
        except OSError as error:
            raise cannot_write(path, error) from error
        return kept

    def is_there(self, run_id: str) -> bool:
        """Say whether anything is there of a run's journal."""
        return bool(self.files_of(self._paths(run_id)[0]))

    def files_of(self, path: str) -> tuple[str, ...]:
        """Give the files that are there of a journal, the second copy first."""
        both = os.path.join(self.second_folder, os.path.basename(path)), path
        return tuple(file for file in both if os.path.lexists(file))

    def fingerprint(self) -> tuple[tuple[str, int, int, int], ...]:
        """Give name, size, time of change and inode of every journal: it differs once anybody changed one."""
        names = _journals(self.folder)
        return tuple((name, *stamp) for name in names if (stamp := _stamp(os.path.join(self.folder, name))) != _NONE)

    def _names(self) -> list[str]:
        names = _journals(self.folder)
        try:
            return sorted({*names, *_journals(self.second_folder)})
        except CannotRead:
            return names  # each journal says that its second copy cannot be read

    def _paths(self, run_id: str) -> tuple[str, str]:
        name = safe_name(run_id) + SUFFIX
        return os.path.join(self.folder, name), os.path.join(self.second_folder, name)


def _journals(folder: str) -> list[str]:
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise cannot_read(folder, error) from error
    return sorted(name for name in names if name.endswith(SUFFIX))


def safe_name(run_id: str) -> str:
    """Give a run id back if it can be part of a file's name; BadInput if not."""
    if not run_id.replace("-", "").replace("_", "").isalnum() or len(run_id) > 100:
        raise BadInput(f"{shown(run_id)} is no id of an open run", "see `procroutine status --json`")
    return run_id


def _stamps(second: str, path: str) -> tuple[Stamp, Stamp] | None:
    """Give the stamps of both files of a run; None where one cannot be looked at."""
    try:
        return _stamp(second), _stamp(path)
    except CannotRead:
        return None


def _stamp(path: str) -> Stamp:
    """Give size, time of change and inode: a journal grows with every event, and a rewritten one is a new file.

    CannotRead where the folder does not let us look.
    """
    try:
        state = os.lstat(path)
    except FileNotFoundError:
        return _NONE
    except OSError as error:
        raise cannot_read(path, error) from error
    return state.st_size, state.st_mtime_ns, state.st_ino


def _load(path: str, second: str) -> OpenRun:
    name = os.path.basename(path)
    journal = read_journal(path, second, name.removesuffix(SUFFIX))
    if journal.events:
        return OpenRun(live=LiveRun.from_events(journal.events), journal=journal)
    other = read_journal(path, second)
    if other.events:
        found = other.events[0].details["run"]
        raise CannotRead(f"{shown(path)} was renamed: it holds run {shown(found)}", "give it its name back")
    from procroutine.run.journal_problems import NoRun

    nothing = NoRun(f"{shown(path)} holds no run that could be read", "nothing can be taken from it any more")
    nothing.was_begun = "damaged" in (other.first.state, other.second.state)
    raise nothing
