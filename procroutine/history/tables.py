"""What is remembered besides runs: weeks off, redlines, loose ends (`loose_end_table`), and `revisions`.

They stand in tables of their own in the same files, and merge by the same rule as runs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from procroutine.clock import milliseconds
from procroutine.errors import NotFound
from procroutine.history.documents import document_id
from procroutine.history.heads import Overview, Redline, WeekOff, merged_table, read_overview
from procroutine.history.index_files import read_indexes
from procroutine.history.loose_end_table import LooseEndTable
from procroutine.history.stamps import EPOCH, NO_STAMP
from procroutine.history.year_files import put, put_all
from procroutine.weeks import Week


class SmallTables(LooseEndTable):
    """Reading and writing the small tables; writing raises CannotWrite."""

    def overview(self, years: int | None = None) -> Overview:
        """Give all there is in brief, the runs only of the newest `years` years that have any."""
        return read_overview(self.places, years)

    def weeks_off(self) -> tuple[WeekOff, ...]:
        """Give all weeks declared off."""
        return self.overview(0).weeks_off

    def set_week_off(self, routine: str | None, week: Week, reason: str) -> None:
        """Declare a week off, for one routine or (None) for all; a reason given before is replaced."""
        self.set_weeks_off(routine, [week], reason)

    def set_weeks_off(self, routine: str | None, weeks: Iterable[Week], reason: str) -> None:
        """Declare several weeks off at once, as `set_week_off`."""
        self._put_weeks([(routine, week) for week in weeks], reason, deleted=False)

    def clear_week_off(self, routine: str | None, week: Week) -> None:
        """Take a declaration back; NotFound where there is none."""
        self.clear_weeks_off([(routine, week)])

    def clear_weeks_off(self, declared: Iterable[tuple[str | None, Week]]) -> None:
        """Take several declarations back at once, each of a routine or (None) of all; NotFound as above."""
        taken = list(declared)
        there = {(off.routine, off.week) for off in self.weeks_off()}
        for routine, week in taken:
            if (routine, week) not in there:
                raise NotFound(f"{week} is not off", "nothing is left to take back")
        self._put_weeks(taken, "", deleted=True)

    def _put_weeks(self, declared: Iterable[tuple[str | None, Week]], reason: str, *, deleted: bool) -> None:
        now = self._now()
        with self.writing():
            rows = {row[0]: (row[1], row[2]) for row in merged_table(read_indexes(self.places, 0), "weeks_off")}
            with self.changing(self.own_path(now.year)) as database:
                for routine, week in declared:
                    key = document_id(f"off {week} {routine or ''}")
                    document = {"routine": routine, "week": str(week), "reason": reason, "deleted": deleted}
                    stamp = list(self.stamp(database, rows.get(key, NO_STAMP)))
                    put(database, "weeks_off", key, {**document, "day": now.date().isoformat(), "stamp": stamp})

    def redlines(self, routine: str | None = None) -> tuple[Redline, ...]:
        """Give the open redlines of a routine, or of all, oldest first."""
        return tuple(line for line in self.overview(0).redlines if routine in (None, line.routine))

    def add_redline(self, routine: str, text: str, run: str | None = None) -> str:
        """Write down what to change or eliminate next time, and give its id."""
        redline = str(10**15 + int.from_bytes(os.urandom(7), "big") % (9 * 10**15))
        made_at = milliseconds(self._now() - EPOCH)
        document = {"routine": routine, "text": text, "run": run, "state": "open", "made_at": made_at}
        with self.writing():
            self._put("redlines", redline, document)
        return redline

    def settle_redline(self, redline: str, state: str, revision: int | None = None) -> None:
        """Say that a redline is `done` or `dropped`, or `open` again; NotFound where there is none of that id.

        `revision` is the number of the one that it led to.
        """
        with self.writing():
            there = self.merged("redlines").get(redline)
            if there is None:
                raise NotFound(f"there is no redline {redline}", "look at those of the routine")
            self._put("redlines", redline, {**there, "state": state, "revision": revision})

    def take_in_documents(self, arriving: Iterable[tuple[str, str, Mapping[str, Any]]]) -> dict[str, int]:
        """Take in documents of another history, each with its table and id: of two versions the later stamp stays.

        One without a stamp comes in only where there is none of its id, and gets one here. Gives how many came in,
        by their tables.
        """
        later: dict[str, dict[str, Mapping[str, Any]]] = {}
        with self.writing():
            given = list(arriving)
            names = sorted({table for table, _, _ in given})
            there = dict(zip(names, self.merged_tables(*names), strict=True))
            for table, key, document in given:
                found = later.setdefault(table, {})
                if _is_later(document, found.get(key) or there[table].get(key)):
                    found[key] = document
            came = {table: len(documents) for table, documents in later.items() if documents}
            if not came:
                return {}
            with self.changing(self.own_path(self._now().year)) as database:
                stamp = list(self.stamp(database))
                for table, documents in later.items():
                    put_all(database, table, {key: {"stamp": stamp, **one} for key, one in documents.items()})
        return came

    def _put_seen(self, table: str, key: str, document: Mapping[str, Any], there: Mapping[str, Any] | None) -> None:
        """Write a document with a later stamp than the version that is there, if any."""
        seen = (there["stamp"][0], there["stamp"][1]) if there else NO_STAMP
        with self.changing(self.own_path(self._now().year)) as database:
            put(database, table, key, {**document, "stamp": list(self.stamp(database, seen))})

    def _put(self, table: str, key: str, document: Mapping[str, Any]) -> None:
        rows = [row for row in merged_table(read_indexes(self.places, 0), table) if row[0] == key]
        seen = (rows[0][1], rows[0][2]) if rows else NO_STAMP
        with self.changing(self.own_path(self._now().year)) as database:
            put(database, table, key, {**document, "stamp": list(self.stamp(database, seen))})

    def _now(self) -> datetime:
        return self._clock.read().wall


def _is_later(document: Mapping[str, Any], there: Mapping[str, Any] | None) -> bool:
    if there is None:
        return True
    return "stamp" in document and tuple(document["stamp"]) > tuple(there.get("stamp", NO_STAMP))
