"""The table of loose ends: reading it, and writing down what a person did with one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from procroutine.clock import milliseconds
from procroutine.errors import DoesNotFit
from procroutine.history.heads import read_overview
from procroutine.history.loose_ends import DONE, WRITTEN, LooseEnd, fitting_text, loose_end
from procroutine.history.merge import rank
from procroutine.history.stamps import EPOCH, NO_STAMP
from procroutine.history.year_files import YearFiles, put
from procroutine.weeks import Week

_TABLE = "loose_ends"
_Documents = Mapping[str, Mapping[str, Any]]


class LooseEndTable(YearFiles):
    """Loose ends in the history files; writing raises CannotWrite."""

    def loose_ends(self) -> tuple[LooseEnd, ...]:
        """Give those that are offered each week, the oldest first."""
        return read_overview(self.places, 0).loose_ends

    def weeks_done(self) -> dict[str, tuple[Week, ...]]:
        """Give the weeks in which each was done, oldest first, by id."""
        return {
            key: tuple(Week.parse(detail) for kind, _, detail in _acts(document) if kind == DONE)
            for key, document in self.merged(_TABLE).items()
        }

    def add_loose_end(self, text: str) -> LooseEnd:
        """Write one down; BadInput where its text will not do."""
        text = fitting_text(text)
        with self.writing():
            made_at = milliseconds(self._clock.read().wall - EPOCH)
            key = str(10**15 + int.from_bytes(os.urandom(7), "big") % (9 * 10**15))
            return self._acted(self.merged(_TABLE), key, {"text": text, "made_at": made_at}, WRITTEN, None)

    def act_on_loose_end(self, loose_end_id: str, kind: str, routine: str | None = None) -> LooseEnd:
        """Say that one is done this week, dropped, or turned into a `routine`, named by its id.

        DoesNotFit where it is not offered any more, or done for this week already.
        """
        with self.writing():
            documents = self.merged(_TABLE)
            there = documents.get(loose_end_id)
            known = None if there is None else _read(loose_end_id, there)
            if there is None or known is None or not known.is_open:
                raise DoesNotFit("this loose end is not offered any more", "look at those that are")
            if kind == DONE and known.is_done(self._week()):
                raise DoesNotFit("it is done for this week", "it is offered again next week")
            return self._acted(documents, loose_end_id, there, kind, routine)

    def undo_loose_end(self) -> LooseEnd:
        """Take the last act on any loose end back; gives that one as it was with it, DoesNotFit without any act."""
        with self.writing():
            acted = [item for item in self.merged(_TABLE).items() if item[1]["act"] is not None]
            if not acted:
                raise DoesNotFit("there is nothing to take back", "write a loose end down first")
            key, there = max(acted, key=lambda item: (item[1]["act"][1], *rank(item[1])))
            *before, act = _acts(there)[:-1] or [None]
            self._write(key, {**there, "before": before, "act": act})
            return LooseEnd(id=key, text=there["text"], made_at=there["made_at"], act=tuple(there["act"]))

    def _acted(
        self, documents: _Documents, key: str, there: Mapping[str, Any], kind: str, routine: str | None
    ) -> LooseEnd:
        """Write one more act of a loose end, later than every act there is, whatever the clock shows."""
        newest = max((document["act"][1] for document in documents.values() if document["act"] is not None), default=0)
        moment = max(milliseconds(self._clock.read().wall - EPOCH), newest + 1)
        act = (kind, moment, routine or str(self._week()))
        self._write(key, {**there, "before": _acts(there), "act": list(act)})
        return LooseEnd(id=key, text=there["text"], made_at=there["made_at"], act=act)

    def _write(self, key: str, document: Mapping[str, Any]) -> None:
        moment, device = document.get("stamp", NO_STAMP)
        with self.changing(self.own_path(self._clock.read().wall.year)) as database:
            put(database, _TABLE, key, {**document, "stamp": list(self.stamp(database, (moment, device)))})

    def _week(self) -> Week:
        return Week.of(self._clock.read().wall.date())


def _acts(document: Mapping[str, Any]) -> list[Any]:
    """Give all acts of a loose end, oldest first."""
    act = document.get("act")
    return [*document.get("before", ()), *([] if act is None else [act])]


def _read(key: str, document: Mapping[str, Any]) -> LooseEnd | None:
    return loose_end([key, document["text"], document["made_at"], document["act"]])
