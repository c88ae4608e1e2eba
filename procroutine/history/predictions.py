"""What was predicted when a changed routine was kept, one document for each time one was.

Predictions stand in a table of their own, `predictions`, in the same files as runs, and merge by the
same rule. They belong to a content, so that they are found again when a routine is changed back.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from procroutine.clock import milliseconds
from procroutine.history.documents import document_id
from procroutine.history.revisions import Revisions
from procroutine.history.stamps import EPOCH
from procroutine.run.record import optional_seconds

PREDICTIONS = "predictions"
"""The name of the table."""


@dataclass(frozen=True, slots=True)
class Foretold:
    """What one state of a checklist was said to come to."""

    total: timedelta | None
    chance: float | None
    """Odds of the goal, from 0 to 1."""
    switches: int
    hand_offs: int
    lead: timedelta | None

    def to_json(self) -> dict[str, Any]:
        """Give it as files hold it."""
        return {
            "total_seconds": optional_seconds(self.total),
            "odds": self.chance,
            "switches": self.switches,
            "hand_offs": self.hand_offs,
            "lead_seconds": optional_seconds(self.lead),
        }


@dataclass(frozen=True, slots=True)
class KeptPrediction:
    """What was predicted of a revision when it was kept."""

    routine: str
    content: str
    """Hash of the meaning of the revision."""
    made_at: datetime
    changes: tuple[str, ...]
    """What was changed, in words."""
    now: Foretold
    """Of the routine as it was then."""
    then: Foretold
    """Of the revision."""


class Predictions(Revisions):
    """Reading and writing predictions; writing raises CannotWrite."""

    def add_prediction(self, routine: str, content: str, changes: Sequence[str], now: Foretold, then: Foretold) -> None:
        """Write down what is predicted of a content of a routine; what was predicted of it before stays."""
        made_at = milliseconds(self._now() - EPOCH)
        document = {
            "routine": routine,
            "hash": content,
            "made_at": made_at,
            "changes": list(changes),
            "now": now.to_json(),
            "then": then.to_json(),
        }
        with self.writing():
            self._put_seen(PREDICTIONS, prediction_id(routine, content, made_at), document, None)

    def predictions(self, routine: str | None = None, former: Collection[str] = ()) -> tuple[KeptPrediction, ...]:
        """Give what was predicted of the contents of a routine or (None) of all, oldest first.

        The `former` ids of a routine count as its own.
        """
        documents = self.merged(PREDICTIONS).values()
        found = [kept_prediction(one) for one in documents if routine is None or one["routine"] in {routine, *former}]
        return tuple(sorted(found, key=lambda one: (one.made_at, one.content)))


def prediction_id(routine: str, content: str, made_at: int) -> str:
    """Give the id of the document of a prediction; `made_at` is in milliseconds since 1970."""
    return document_id(f"prediction {routine} {content} {made_at}")


def kept_prediction(document: Mapping[str, Any]) -> KeptPrediction:
    """Read a document of the table."""
    return KeptPrediction(
        routine=document["routine"],
        content=document["hash"],
        made_at=EPOCH + timedelta(milliseconds=document["made_at"]),
        changes=tuple(document["changes"]),
        now=_foretold(document["now"]),
        then=_foretold(document["then"]),
    )


def _foretold(written: Mapping[str, Any]) -> Foretold:
    return Foretold(
        total=_length(written["total_seconds"]),
        chance=written["odds"],
        switches=written["switches"],
        hand_offs=written["hand_offs"],
        lead=_length(written["lead_seconds"]),
    )


def _length(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
