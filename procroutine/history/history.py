"""The history of one person: ended runs, and all that was said about them since.

Everything here reads and writes files, and raises CannotRead and CannotWrite where the system
refuses. A method that has returned has its result on the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from procroutine.history.adding import Adding
from procroutine.history.arrivals import Arrived, Arriving, Progress, take_in
from procroutine.history.care import Care
from procroutine.history.correcting import Correcting
from procroutine.history.device import put_device_right
from procroutine.history.documents import contract_json, document_id, moved_json
from procroutine.history.heads import RunHead
from procroutine.history.past_stretches import stretches_told
from procroutine.history.predictions import Predictions


class History(Adding, Correcting, Predictions):
    """Reading, adding and correcting runs."""

    def heads(self, years: int | None = None, *, deleted: bool = False) -> tuple[RunHead, ...]:
        """Give all runs in brief, newest first: those deleted, or all others.

        With `years` only the runs of the newest years that have any.
        """
        return tuple(head for head in self.overview(years).heads if head.deleted == deleted)

    def take_in(self, runs: Sequence[Arriving], progress: Progress | None = None) -> Arrived:
        """Take in ended runs that were made elsewhere, as `arrivals.take_in` does."""
        return take_in(self, runs, progress)

    def records(self, heads: Iterable[RunHead] | None = None, *, to_move: bool = False) -> Iterator[dict[str, Any]]:
        """Give runs as `run_json` does, in the order of `heads`; by default all, the newest first, deleted ones too.

        Each has `left_out` too: why it is kept out of the statistics, None where it counts; and where its steps
        do not tell it, where its time went (`past_stretches`). With `to_move`
        each has the keys of `moved_json`, and `stamp`: when and on what device this version of it was made,
        by which `take_in` knows the later of two; None where it was taken in without one.
        """
        wanted = self.overview().heads if heads is None else heads
        versions = self.versions()
        for head in wanted:
            version = versions.pop(document_id(head.id), None)  # let go of each when it was given
            if version is None:
                continue
            document, snapshot = version.document, version.snapshot
            told = stretches_told(document, snapshot)
            if to_move:
                stamp = list(version.origin) if version.origin else None
                yield moved_json(document, snapshot) | told | {"stamp": stamp}
            else:
                yield contract_json(document, snapshot) | told | {"left_out": document.get("left_out")}

    def repair(self) -> tuple[str, ...]:
        """Write anew what can be recovered of this device's files, and put damaged bytes aside.

        Gives a sentence for each; files of other devices, of newer versions and such as cannot be
        read are left as they are.
        """
        care = Care(self.places, self.disk, self.copies)
        with self.writing():
            return (*self.told(), *put_device_right(self.places, self.disk, self.device), *care.put_right())
