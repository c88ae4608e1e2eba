"""Correcting past runs: every correction is written with what stood before it, and can be taken back.

Everything here raises CannotRead and CannotWrite where the system refuses, NotFound where there is no such run, and
DoesNotFit where the run is not of the version `seen` any more. A method that has returned has its result on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

from procroutine.errors import BadInput, DoesNotFit, NotFound, quoted
from procroutine.history.correction_chain import (
    AMENDED,
    CHOSEN,
    DELETED,
    LEFT_OUT,
    MOVED,
    NOTED,
    OUTCOME,
    OVERTAKEN,
    REDONE,
    REOPENED,
    UNDONE,
    Chain,
    Correction,
    chain_of,
    correction_of,
)
from procroutine.history.corrections import WHOLE_RUN, amended, changed, chosen, difference, moved, noted, restored
from procroutine.history.device import plan_path
from procroutine.history.moved_away import take_out, years_left
from procroutine.history.past import PastRun, past_of
from procroutine.history.plan import planned
from procroutine.history.shapes import is_run
from procroutine.history.stamps import NO_STAMP, Stamp
from procroutine.history.year_files import Version, YearFiles, put, put_definition, put_run
from procroutine.run.events import OUTCOMES

Document = dict[str, Any]
Change = Callable[[Document], Document]


class Correcting(YearFiles):
    """Looking at past runs one by one, and correcting them."""

    def run(self, run_id: str) -> PastRun | None:
        """Give a run by its whole id, a deleted one too; None where there is none."""
        found = self.latest(run_id)
        return None if found is None or found.document.get("reopened") else past_of(found)

    def past(self, run_id: str) -> PastRun:
        """Give a run by its whole id, a deleted one too; NotFound where there is none."""
        found = self.run(run_id)
        if found is None:
            raise _no_run(run_id)
        return found

    def corrections(self, run_id: str) -> tuple[Correction, ...]:
        """Give what stood in a run before each of its corrections, oldest first."""
        return self.chain(run_id).corrections

    def chain(self, run_id: str) -> Chain:
        """Give the corrections of a run with what can be taken back, or brought in again; NotFound without the run."""
        there = self.latest(run_id)
        if there is None:
            raise _no_run(run_id)
        return self._chain(there)

    def _chain(self, there: Version) -> Chain:
        run_id = there.document["id"]
        found = self.merged("corrections").values()
        return chain_of((correction_of(one) for one in found if one["run"] == run_id), there.stamp, there.came)

    def corrected_last(self, *, taken_back: bool = False) -> str:
        """Give the id of the run that was corrected last on this device, or of which a correction was taken back last.

        DoesNotFit where there is no such run.
        """
        by_run: dict[str, list[Correction]] = {}
        for document in self.merged("corrections").values():
            by_run.setdefault(document["run"], []).append(correction_of(document))
        here = {run_id: self._newest_here(of_run) for run_id, of_run in by_run.items()}
        found: tuple[Stamp, str] = NO_STAMP, ""
        for run_id in sorted(by_run, key=lambda run_id: here[run_id], reverse=True):
            if here[run_id] <= found[0]:
                break
            version = self.latest(run_id)
            if version is not None and not version.document.get("reopened"):
                chain = chain_of(by_run[run_id], version.stamp, version.came)
                last = chain.taken_back_by if taken_back else chain.to_undo
                found = max(found, (self._newest_here([last] if last is not None else []), run_id))
        if found[0] == NO_STAMP:
            raise DoesNotFit(*_NOTHING_HERE)
        return found[1]

    def _newest_here(self, corrections: Sequence[Correction]) -> Stamp:
        return max((one.stamp for one in corrections if one.device == self.device), default=NO_STAMP)

    def delete(self, run_id: str, seen: Stamp | None = None) -> PastRun:
        """Delete a run; `restore` brings it back."""
        return self._correct(run_id, DELETED, lambda document: changed(document, {"deleted": True}), seen)

    def restore(self, run_id: str, seen: Stamp | None = None) -> PastRun:
        """Bring a deleted run back."""
        return self._correct(run_id, DELETED, lambda document: changed(document, {"deleted": False}), seen)

    def set_outcome(self, run_id: str, outcome: str | None, seen: Stamp | None = None) -> PastRun:
        """Say whether a run produced what it was for: `met`, `partly`, `missed` or None."""
        if outcome not in (*OUTCOMES, None):
            raise BadInput(f"{quoted(outcome)} is no outcome", "write met, partly or missed")
        return self._correct(run_id, OUTCOME, lambda document: changed(document, {"outcome": outcome}), seen)

    def set_note(self, run_id: str, note: str | None, step: str = WHOLE_RUN, seen: Stamp | None = None) -> PastRun:
        """Put another note, or none, in the place of all notes of the run itself, or of one of its steps by its id."""
        return self._correct(run_id, NOTED, lambda document: noted(document, step, note), seen)

    def set_alternative(self, run_id: str, step: str, system: str, seen: Stamp | None = None) -> PastRun:
        """Say with which of its alternatives, by id or name of the system, a step was done; errors as `chosen`."""
        with self.writing():
            there = self._there(run_id, seen)
            return self._corrected(there, CHOSEN, lambda document: chosen(document, there.snapshot, step, system))

    def set_start(self, run_id: str, start: datetime, seen: Stamp | None = None) -> PastRun:
        """Say when a run began: all that happened in it moves along. BadInput where it would end in the future."""

        def begun(document: Document) -> Document:
            new = moved(document, start)
            if datetime.fromisoformat(new["ended_at"]).astimezone(UTC) > self._clock.read().wall.astimezone(UTC):
                raise BadInput("the run would end in the future", "write an earlier start")
            return new

        return self._correct(run_id, MOVED, begun, seen)

    def leave_out(self, run_id: str, reason: str | None, seen: Stamp | None = None) -> PastRun:
        """Keep a run out of the statistics for a reason, or (None) let it count again."""
        return self._correct(run_id, LEFT_OUT, lambda document: changed(document, {"left_out": reason}), seen)

    def amend(self, run_id: str, step: str, sign: str, length: timedelta, seen: Stamp | None = None) -> PastRun:
        """Correct the time of a step: `+` more, `-` less, no sign just so; what was only prepared stays so.

        NotFound where the run has no such step, BadInput where less than nothing would be left, or over 999 hours.
        """
        return self._correct(run_id, AMENDED, lambda document: amended(document, step, sign, length), seen)

    def reopen(self, run_id: str, seen: Stamp | None = None) -> PastRun:
        """Take an ended run out of the history, because its end is undone; it comes back by `add`.

        DoesNotFit where its events are not known (it was imported), so that it cannot be gone on with.
        """
        past = self.past(run_id)
        if not past.events:
            raise DoesNotFit("what happened in an imported run is not known", "its end cannot be undone; correct it")
        self._correct(run_id, REOPENED, lambda document: changed(document, {"reopened": True}), seen or past.stamp)
        return past

    def undo_correction(self, run_id: str, seen: Stamp | None = None) -> tuple[PastRun, Correction]:
        """Take the last correction of a run back; gives the run, and what was taken back. DoesNotFit for none."""
        return self._turn(run_id, UNDONE, seen)

    def redo_correction(self, run_id: str, seen: Stamp | None = None) -> tuple[PastRun, Correction]:
        """Bring in again what was taken back last; gives the run, and what that was. DoesNotFit for none."""
        return self._turn(run_id, REDONE, seen)

    def _turn(self, run_id: str, act: str, seen: Stamp | None) -> tuple[PastRun, Correction]:
        with self.writing():
            there = self._there(run_id, seen)
            chain = self._chain(there)
            turned = chain.to_undo if act == UNDONE else chain.to_redo
            if turned is None:
                raise DoesNotFit(*_NOTHING[act])
            on_the_way = [one for one in chain.corrections if one.state != OVERTAKEN]
            last = next(one for one in reversed(on_the_way) if (one.of or one.stamp) == turned.stamp)
            return self._corrected(there, act, lambda now: restored(now, last.before), turned.stamp), turned

    def _there(self, run_id: str, seen: Stamp | None) -> Version:
        there = self.latest(run_id)
        if there is None or there.document.get("reopened"):
            raise _no_run(run_id)
        if seen not in (None, there.stamp):
            raise DoesNotFit("the run was changed in the meantime", "look at it again")
        return there

    def _correct(self, run_id: str, act: str, change: Change, seen: Stamp | None = None) -> PastRun:
        with self.writing():
            return self._corrected(self._there(run_id, seen), act, change)

    def _corrected(self, there: Version, act: str, change: Change, of: Stamp | None = None) -> PastRun:
        old = {key: value for key, value in there.document.items() if key != "check"}
        new = change(old)
        if not difference(old, new):
            return past_of(there)  # it is so already
        return past_of(Version(document=self._put_version(there, new, act, of), definitions=there.definitions))

    def _put_version(self, there: Version, new: Document, act: str, of: Stamp | None) -> Document:
        """Write a version of a run into our file of its year, and take it out of those of other years, all at once."""
        year = datetime.fromisoformat(new["started_at"]).year
        left = [path for path in map(self.own_path, years_left(there.document, year)) if self.may_have(path, new["id"])]
        with ExitStack() as stack:
            plan = stack.enter_context(planned(self.disk, plan_path(self.places), self.copies)) if left else None
            with self.changing(self.own_path(year), plan) as database:
                new = {**new, "stamp": list(self.stamp(database, there.stamp))}
                if not is_run({**new, "check": ""}):
                    raise BadInput("what stood before cannot be put back", "correct the run by hand")
                put_definition(database, there.snapshot)
                written = put_run(database, new)
                put(database, "corrections", *self.correction(act, there.document, new, of))
            for path in left:
                with self.changing(path, plan) as database:
                    take_out(database, new)
        return written


_NOTHING = {
    UNDONE: ("nothing was corrected since the run ended", "procroutine corrections lists what was corrected before"),
    REDONE: ("nothing was taken back last", "procroutine corrections lists what was corrected"),
}


_NOTHING_HERE = (
    "nothing is left to take back or bring in on this device",
    "name a run, as procroutine history lists them",
)


def _no_run(run_id: str) -> NotFound:
    return NotFound(f"there is no run {run_id}", "look it up in `procroutine history`")
