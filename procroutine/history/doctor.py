"""Whether every file of a home is sound, and putting right what is not.

Looking changes nothing. Nothing is ever deleted: what cannot be read, or is not needed where it
stands, is moved to `damaged/` with the date in its name.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from procroutine.errors import UserError
from procroutine.history.care import Care
from procroutine.history.device import device_files, history_lock, plan_path, wrong_with_device
from procroutine.history.folding import fold_in, is_copy
from procroutine.history.last_known import history_files, is_year_file
from procroutine.history.plan import NewerPlan, wrong_with_plan
from procroutine.history.recovery import YearFile, move_aside, read_year_file
from procroutine.routine.library import read_library
from procroutine.run.lock import Lock
from procroutine.settings import read_settings

if TYPE_CHECKING:
    from procroutine.history.change_log import LogContent
    from procroutine.history.history import History
    from procroutine.history.home import Home

SOUND, REPAIRED, DAMAGED, QUARANTINED, FOREIGN = "sound", "repaired", "damaged", "quarantined", "foreign"
Progress = Callable[[str], None]
"""Called with the path of each file before it is looked at."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One file, and in what state it is."""

    file: str
    state: str
    """`sound`, `repaired`, `damaged`, `quarantined` (moved away, not all of it could be read) or `foreign`."""
    detail: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong with it, any more."""
        return self.state in (SOUND, REPAIRED)


def examine(home: Home, progress: Progress = lambda path: None) -> tuple[Finding, ...]:
    """Look at every file of a home: history, second copies, runs in progress, definitions, settings."""
    return tuple(_Examination(home, progress).findings())


def repair(home: Home, progress: Progress = lambda path: None) -> tuple[Finding, ...]:
    """Put right what can be, and give the state of every file there was before and is now.

    CannotWrite where that cannot be begun.
    """
    before = examine(home, progress)
    moved = _Repair(home).carried_out(before)
    after = {finding.file: finding for finding in examine(home, progress)}
    findings = [_after(finding, after.pop(finding.file, None), moved) for finding in before]
    return (*findings, *after.values())


def _after(before: Finding, after: Finding | None, moved: dict[str, Finding]) -> Finding:
    if before.file in moved and (after is None or after.is_well):
        return moved[before.file]
    if before.state == SOUND or (after is not None and not after.is_well):
        return after or before
    return replace(before, state=REPAIRED, detail=f"{before.detail}; put right")


class _Examination:
    def __init__(self, home: Home, progress: Progress) -> None:
        self._home = home
        self._progress = progress
        self._history: History = home.history()

    def findings(self) -> Iterator[Finding]:
        """Give the state of each file; one bad file never hides the others."""
        for part in (self._local, self._year_files, self._second_copies, self._journals, self._written_by_hand):
            found = self._told_by(part)
            if not all(one.is_well for one in found):
                with self._nobody_writing():
                    found = self._told_by(part)
            yield from found

    def _told_by(self, part: Callable[[], Iterator[Finding]]) -> list[Finding]:
        found = []
        try:
            for one in part():
                found.append(one)
        except UserError as error:
            found.append(Finding(self._home.places.history, DAMAGED, str(error)))
        return found

    @contextlib.contextmanager
    def _nobody_writing(self) -> Iterator[None]:
        """Keep others from writing, as far as that can be done: what was written only in part looks damaged."""
        runs = self._home.runs
        with contextlib.ExitStack() as held:
            for path in (os.path.join(runs.folder, "lock"), history_lock(self._home.places)):
                if os.path.lexists(path):
                    with contextlib.suppress(UserError):
                        held.enter_context(Lock(path, runs.patience))
            yield

    def _local(self) -> Iterator[Finding]:
        disk = self._history.disk
        for path in device_files(self._home.places):
            yield _finding(path, wrong_with_device(disk, path, self._history.device))
        plan = plan_path(self._home.places)
        if disk.exists(plan):
            wrong = wrong_with_plan(disk, plan)
            state = FOREIGN if isinstance(wrong, NewerPlan) else DAMAGED
            yield Finding(plan, SOUND) if wrong is None else Finding(plan, state, str(wrong))

    def _year_files(self) -> Iterator[Finding]:
        for path in history_files(self._home.places):
            self._progress(path)
            yield self._year_file(path)
        for name in sorted(_names_in(self._home.places.history)):
            if name.startswith(".") and name.endswith(".draft"):
                detail = "a draft that was left when the program or the power stopped; it never counted"
                yield Finding(os.path.join(self._home.places.history, name), SOUND, detail)

    def _year_file(self, path: str) -> Finding:
        file = read_year_file(self._history.disk, path, self._history.copies)
        name = os.path.basename(path)
        if file.foreign:
            return Finding(path, FOREIGN, file.said or "")
        if is_copy(path, file):
            detail = "a copy that a program for syncing made; it is read like another device's file"
            return Finding(path, DAMAGED if file.said else SOUND, file.said or detail)
        if file.said is not None and not is_year_file(name, self._history.device):
            if file.alien:
                return Finding(path, FOREIGN, file.said)
            return Finding(path, DAMAGED, f"{file.said}; it is another device's to put right")
        if file.behind and file.said is None:
            return Finding(path, SOUND, "its last change is in the log, and will be written with the next one")
        return _finding(path, file.said)

    def _second_copies(self) -> Iterator[Finding]:
        history = self._history
        care = Care(history.places, history.disk, history.copies)
        content = history.copies.log.read()
        own = history.copies.own_paths()
        if content.data is not None or own:
            path = history.copies.log.path
            state = FOREIGN if content.foreign else DAMAGED
            wrong = care.wrong_with_log(content)
            yield Finding(path, SOUND, self._cut_short(content)) if wrong is None else Finding(path, state, wrong)
        for path in own:
            previous = history.copies.previous_of(path)
            self._progress(previous)
            if self._is_sound(path):
                yield _finding(previous, care.wrong_with_previous(path, content.begun))
            elif history.copies.generation(previous) is None:
                yield Finding(previous, DAMAGED, f"{previous} is missing or damaged")
            else:
                yield Finding(previous, SOUND)

    def _cut_short(self, content: LogContent) -> str:
        """Say that the log ends before the line that follows each change once its file is written, or in it, if so."""
        known = content.known
        if known is None or not known.file:
            return ""
        path = os.path.join(self._home.places.history, known.file)
        if self._history.copies.generation(path) != known.generation:
            return ""  # which is told of that file
        what = "cut short" if content.torn else "missing"
        return f"its last line is {what}: the program or the power stopped just then, or it was cut; nothing is lost"

    def _is_sound(self, path: str) -> bool:
        return self._history.copies.generation(path) is not None

    def _journals(self) -> Iterator[Finding]:
        loaded = self._home.runs.load_all()
        for problem in loaded.problems:
            state = FOREIGN if problem.newer else DAMAGED
            yield Finding(problem.path, state, f"{problem.problem}: {problem.remedy}")
        wrong = {problem.path for problem in loaded.problems}
        for one in loaded.runs:
            for copy in (one.journal.first, one.journal.second):
                if copy.path not in wrong:
                    yield _finding(copy.path, None if copy.is_sound else f"{copy.path} is {copy.state}")

    def _written_by_hand(self) -> Iterator[Finding]:
        places = self._home.places
        if os.path.lexists(places.config):
            _, faults = read_settings(places.config)
            yield Finding(places.config, SOUND, f"{faults[0]}" if faults else "")
        if not os.path.lexists(places.routines):
            return
        for entry in read_library(places.routines).entries.values():
            self._progress(entry.path)
            count = len(entry.problems)
            detail = f"{count} problem{'' if count == 1 else 's'}; procroutine check tells them" if count else ""
            yield Finding(entry.path, SOUND, detail)


class _Repair:
    def __init__(self, home: Home) -> None:
        self._home = home
        self._history = home.history()
        self._damaged = os.path.join(home.places.history, "damaged")

    def carried_out(self, findings: tuple[Finding, ...]) -> dict[str, Finding]:
        """Repair what can be; gives what became of each file that was moved away."""
        moved: dict[str, Finding] = {}
        plan = plan_path(self._home.places)
        for finding in findings:
            if finding.file == plan and finding.state == DAMAGED:
                moved[plan] = self._moved(finding, "what it was to do is not known")
        self._home.settle()
        with self._history.writing():
            for finding in findings:
                found = self._put_away(finding)
                if found is not None:
                    moved[finding.file] = found
        self._history.repair()
        return moved

    def _put_away(self, finding: Finding) -> Finding | None:
        path = finding.file
        if os.path.dirname(path) != self._home.places.history or finding.state == FOREIGN:
            return None
        if path.endswith(".draft"):
            return self._moved(finding, finding.detail, REPAIRED)
        file = read_year_file(self._history.disk, path, self._history.copies)
        if file.foreign:
            return None
        if is_copy(path, file):
            return self._folded(finding, file)
        is_ours = is_year_file(os.path.basename(path), self._history.device)
        if file.obstacle is not None and is_ours and not _is_unreadable_file(path):
            return self._moved(finding, finding.detail, REPAIRED if file.tables else QUARANTINED)
        return None

    def _folded(self, finding: Finding, file: YearFile) -> Finding:
        count = fold_in(self._history, finding.file) if file.tables else 0
        taken = f"{count} entr{'y' if count == 1 else 'ies'} of it that no other file has taken over"
        return self._moved(finding, taken, QUARANTINED if file.sealed is None else REPAIRED)

    def _moved(self, finding: Finding, detail: str, state: str = QUARANTINED) -> Finding:
        kept = move_aside(self._history.disk, finding.file, self._damaged)
        return Finding(finding.file, state, f"{detail}; moved to {kept}")


def _finding(path: str, wrong: str | None) -> Finding:
    return Finding(path, SOUND) if wrong is None else Finding(path, DAMAGED, wrong)


def _is_unreadable_file(path: str) -> bool:
    return os.path.isfile(path) and not os.path.islink(path)


def _names_in(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []  # that the folder cannot be read is a finding of its own
