"""The folder of runs in progress: one journal each, and one lock for whoever changes any of them."""

from __future__ import annotations

import fcntl
import os
import time
from datetime import timedelta

from procroutine.errors import BadInput, CannotRead, DoesNotFit, UserError
from procroutine.places import make_folder
from procroutine.run.events import NewerFormat
from procroutine.run.files import cannot_read, cannot_write, open_private, read_whole, set_aside, sync_folder
from procroutine.run.journal import Journal, append_event, create_journal, read_journal, rewrite_journal
from procroutine.run.live import LiveRun
from procroutine.text import shown
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Self

    from procroutine.clock import Reading
    from procroutine.run.events import Event
    from procroutine.run.states import RunState

    Stamp = tuple[int, int, int]

SUFFIX = ".journal"
_PATIENCE = timedelta(seconds=5)
_PAUSE_SECONDS = 0.02


class OpenRun(Value):
    """A run and the journal it was read from."""

    live: LiveRun
    journal: Journal

    @property
    def id(self) -> str:
        """The run's id."""
        return self.live.id


class JournalProblem(Value):
    """Something wrong with a journal, in a sentence, and what to do."""

    path: str
    problem: str
    remedy: str
    usable: bool
    """Whether the run is among the open runs all the same, as far as it is sound."""
    newer: bool
    """Whether a newer procroutine wrote it, so that it must be left where it is."""


class Loaded(Value):
    """All runs in progress, and what was wrong."""

    runs: tuple[OpenRun, ...]
    problems: tuple[JournalProblem, ...]

    @property
    def is_plain(self) -> bool:
        """Whether nothing is wrong, and no run can be in the history or belong there."""
        return not self.problems and not any(one.live.has_ended or one.live.end_was_undone for one in self.runs)

    def states(self, reading: Reading) -> tuple[RunState, ...]:
        """Give the runs that have not ended as of a reading: the running one first, then the one last acted on."""
        states = [one.live.state(reading) for one in self.runs if not one.live.has_ended]
        return tuple(sorted(states, key=foremost, reverse=True))


def foremost(run: RunState) -> tuple[bool, datetime]:
    """Give what open runs are ordered by; the greatest is the one that is meant where none is named."""
    return run.state == "running", run.last_event_at


class Lock:
    """Keeps everybody else from changing the runs in progress; the system frees it when a program dies."""

    __slots__ = ("_descriptor", "_path", "_patience")

    def __init__(self, path: str, patience: timedelta) -> None:
        """Take the file to lock, and how long to wait for it."""
        self._path = path
        self._patience = patience
        self._descriptor = -1

    def __enter__(self) -> Self:
        """Wait for the lock: DoesNotFit where another program keeps it, CannotWrite where there can be none."""
        try:
            make_folder(os.path.dirname(self._path))
            self._descriptor = open_private(self._path)
        except OSError as error:
            raise cannot_write(self._path, error) from error
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_problem: object) -> None:
        """Let go."""
        os.close(self._descriptor)
        self._descriptor = -1

    def _wait(self) -> None:
        for _ in range(int(self._patience.total_seconds() / _PAUSE_SECONDS) + 1):
            try:
                return fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_PAUSE_SECONDS)  # flock has no time limit of its own
            except OSError as error:
                raise cannot_write(self._path, error) from error
        raise DoesNotFit("Another procroutine is busy with the open runs", "try again, or close the one that hangs")


class OpenRuns:
    """The runs in progress of one person, in a folder that is made when it is first written to."""

    __slots__ = ("_kept", "folder", "patience")

    def __init__(self, folder: str, patience: timedelta = _PATIENCE) -> None:
        """Take the folder, and how long to wait for its lock."""
        self.folder = folder
        self.patience = patience
        self._kept: dict[str, tuple[Stamp, OpenRun]] = {}

    def lock(self) -> Lock:
        """Give the lock, to be held with `with` from reading what is there to writing; not twice at once."""
        return Lock(os.path.join(self.folder, "lock"), self.patience)

    def load_all(self) -> Loaded:
        """Read every journal, ended runs that nobody has removed yet included; one that is as before only once.

        One bad file hides no other. CannotRead where the folder itself cannot be read.
        """
        runs: list[OpenRun] = []
        problems: list[JournalProblem] = []
        kept, self._kept = self._kept, {}
        for name in self._names():
            path = os.path.join(self.folder, name)
            try:
                stamp = _stamp(path)
                found = kept.get(path)
                open_run = found[1] if found and found[0] == stamp else _load(path)
            except FileNotFoundError:
                continue  # removed since the folder was listed
            except UserError as error:
                problems.append(_problem(path, error))
                continue
            self._kept[path] = stamp, open_run
            runs.append(open_run)
            problems.extend(_damage(open_run.journal))
        return Loaded(runs=tuple(runs), problems=tuple(problems))

    def create(self, event: Event) -> OpenRun:
        """Begin a run with its `started` event, under the lock; it is on the disk when this returns."""
        live = LiveRun.from_events((event,))
        return OpenRun(live=live, journal=create_journal(self._path(live.id), event))

    def append(self, open_run: OpenRun, event: Event) -> OpenRun:
        """Write one event more, under the lock; it is on the disk when this returns. Errors as `append_event`."""
        live = open_run.live.then(event)
        return OpenRun(live=live, journal=append_event(open_run.journal, event))

    def recreate(self, live: LiveRun) -> OpenRun:
        """Write the journal of a run that is taken up again after its end, under the lock; errors as `append`."""
        return OpenRun(live=live, journal=rewrite_journal(self._path(live.id), live.events))

    def remove(self, run_id: str) -> None:
        """Remove a run's journal, under the lock; one that is gone already is no error."""
        path = self._path(run_id)
        try:
            os.unlink(path)
            sync_folder(self.folder)
        except FileNotFoundError:
            return
        except OSError as error:
            raise cannot_write(path, error) from error

    def put_aside(self, path: str) -> str:
        """Move a journal that holds no usable run to `damaged/`, under the lock; give its new path."""
        try:
            kept = set_aside(self.folder, os.path.basename(path), read_whole(path))
            os.unlink(path)
            sync_folder(self.folder)
        except OSError as error:
            raise cannot_write(path, error) from error
        return kept

    def fingerprint(self) -> tuple[tuple[str, int, int, int], ...]:
        """Give name, size, time of change and inode of every journal: it differs once anybody changed one."""
        found = []
        for name in self._names():
            try:
                found.append((name, *_stamp(os.path.join(self.folder, name))))
            except FileNotFoundError:
                continue  # removed since the folder was listed
        return tuple(found)

    def _names(self) -> list[str]:
        try:
            names = os.listdir(self.folder)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise cannot_read(self.folder, error) from error
        return sorted(name for name in names if name.endswith(SUFFIX))

    def _path(self, run_id: str) -> str:
        return os.path.join(self.folder, safe_name(run_id) + SUFFIX)


def safe_name(run_id: str) -> str:
    """Give a run id back if it can be part of a file's name; BadInput if not."""
    if not run_id.replace("-", "").replace("_", "").isalnum() or len(run_id) > 100:
        raise BadInput(f"{shown(run_id)} is no id of an open run", "see `procroutine status --json`")
    return run_id


def _stamp(path: str) -> Stamp:
    """Give size, time of change and inode: a journal grows with every event, and a rewritten one is a new file.

    CannotRead where the folder does not let us look, FileNotFoundError where the file is gone.
    """
    try:
        state = os.lstat(path)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise cannot_read(path, error) from error
    return state.st_size, state.st_mtime_ns, state.st_ino


def _load(path: str) -> OpenRun:
    journal = read_journal(path)
    if not journal.events:
        raise CannotRead(
            f"{shown(path)} holds no run that could be read", "nothing can be taken from it any more; move it away"
        )
    live = LiveRun.from_events(journal.events)
    if live.id + SUFFIX != os.path.basename(path):
        raise CannotRead(f"{shown(path)} was renamed: it holds run {shown(live.id)}", "give it its name back")
    return OpenRun(live=live, journal=journal)


def _problem(path: str, error: UserError) -> JournalProblem:
    newer = isinstance(error, NewerFormat)
    problem = f"{shown(path)} is left alone: {error.problem}" if newer else error.problem
    return JournalProblem(path=path, problem=problem, remedy=error.remedy, usable=False, newer=newer)


def _damage(journal: Journal) -> tuple[JournalProblem, ...]:
    if journal.problem is None and not journal.torn:
        return ()
    problem = journal.problem or f"The last line of {shown(journal.path)} was cut short and does not count"
    remedy = "look at the run and enter what is missing; the damaged part is kept in damaged/ once it goes on"
    return (JournalProblem(path=journal.path, problem=problem, remedy=remedy, usable=True, newer=False),)
