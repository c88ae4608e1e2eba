"""The corrections of one run: which of them led to what stands now, which were taken back, and what can be.

Each correction tells the version it was made from. So from the version that stands now one can go back from one
to the next; a correction that is not on that way was overtaken by one that another device made at the same time.
Taking back is itself a correction: nothing is ever removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import datetime
from typing import Any, NamedTuple

from procroutine.history.stamps import Stamp
from procroutine.values import Value

AMENDED, MOVED, NOTED, CHOSEN, OUTCOME, LEFT_OUT = "amended", "moved", "noted", "chosen", "outcome", "left_out"
DELETED, REOPENED, IMPORTED, UNDONE, REDONE = "deleted", "reopened", "imported", "undone", "redone"
_ACTS = frozenset((AMENDED, MOVED, NOTED, CHOSEN, OUTCOME, LEFT_OUT, DELETED))
"""What can be taken back."""
ACTS = (*sorted(_ACTS), REOPENED, IMPORTED, UNDONE, REDONE)
"""All that a correction can do."""
STANDS, TAKEN_BACK, OVERTAKEN = "stands", "taken_back", "overtaken"


class Correction(Value):
    """One correction of a run, with what stood before it."""

    run: str
    at: datetime
    device: str
    before: dict[str, Any]
    """The keys that were changed, as the document had them; of the steps only those that changed."""
    after: dict[str, Any] | None
    """The same keys as the correction left them; None where that was not written down."""
    stamp: Stamp
    """Of the version that it made."""
    act: str
    """`amended` (times of steps), `moved` (the start), `noted`, `chosen` (with which of its alternatives a step was
    done), `outcome`, `left_out`, `deleted`; `reopened` where the end was undone, `imported` where a later version came
    from elsewhere; `undone` and `redone`."""
    made_from: Stamp | None = None
    """The version that it was made from; None where that was not written down."""
    of: Stamp | None = None
    """What was taken back, or brought in again."""
    state: str = STANDS
    """`stands`, `taken_back`, or `overtaken`."""


def correction_of(document: Mapping[str, Any]) -> Correction:
    """Read a document of the table `corrections`."""
    before = document["before"]
    return Correction(
        run=document["run"],
        at=datetime.fromisoformat(document["at"]),
        device=document["stamp"][1],
        before=before,
        after=document.get("after"),
        stamp=_stamp(document["stamp"]),
        act=document.get("act") or act_of(before),
        made_from=_stamp(document["made_from"]) if document.get("made_from") else None,
        of=_stamp(document["of"]) if document.get("of") else None,
    )


def _stamp(written: list[Any]) -> Stamp:
    return int(written[0]), str(written[1])


def act_of(before: Mapping[str, Any]) -> str:
    """Say by the keys it changed what a correction did."""
    keys = set(before)
    if "reopened" in keys:
        return REOPENED
    for act, changed in _CHANGED.items():
        if keys and keys <= changed:
            return act
    return IMPORTED


_CHANGED = {
    OUTCOME: {"outcome"},
    LEFT_OUT: {"left_out"},
    DELETED: {"deleted"},
    MOVED: {"started_at"},
    NOTED: {"note", "noted", "steps"},
    CHOSEN: {"chosen", "steps"},
    AMENDED: {"active_seconds", "amended", "corrected_seconds", "steps"},
}


class Chain(Value):
    """The corrections of a run, and what undo and redo would act on."""

    corrections: tuple[Correction, ...]
    """All there are, oldest first, each with its state."""
    to_undo: Correction | None
    """The last one that stands and can be taken back."""
    to_redo: Correction | None
    """The one taken back last, as long as nothing else was corrected since."""
    taken_back_by: Correction | None
    """The taking back of it."""


def chain_of(corrections: Iterable[Correction], present: Stamp, came: tuple[Stamp, Stamp] | None = None) -> Chain:
    """Work out what became of the corrections of a run of which the version `present` stands now.

    A run `came` from another history as some version, which was another one there: what led to that is known, and
    cannot be taken back here.
    """
    known = {one.stamp: one for one in corrections}
    way, closed = _way(known, present, came)
    there = [] if came is None else _way(known, came[1])[0]
    here = _walked(way, closed | {one.stamp for one in there})
    states = dict.fromkeys(known, OVERTAKEN)
    for led, walked in ((way, here), (there, _walked(there, set()))):
        states |= {one.stamp: TAKEN_BACK if one.stamp in walked.out else STANDS for one in led}
    last = here.taken_back[-1] if here.taken_back else None
    return Chain(
        corrections=tuple(known[stamp].replaced(state=states[stamp]) for stamp in sorted(known)),
        to_undo=here.done[-1] if here.done else None,
        to_redo=last,
        taken_back_by=None if last is None else here.by[last.stamp],
    )


class _Walked(NamedTuple):
    """What became of corrections that followed one another."""

    done: list[Correction]
    """Those that stand, since the last one that cannot be taken back."""
    taken_back: list[Correction]
    """Those that can be brought in again."""
    out: set[Stamp]
    by: dict[Stamp, Correction]
    """What took back or brought in each that was."""


def _walked(way: Iterable[Correction], closed: Set[Stamp]) -> _Walked:
    done: list[Correction] = []
    taken_back: list[Correction] = []
    out: set[Stamp] = set()
    by: dict[Stamp, Correction] = {}
    for one in way:
        if one.act in (UNDONE, REDONE):
            source, target = (done, taken_back) if one.act == UNDONE else (taken_back, done)
            if not source or source[-1].stamp != one.of:
                done, taken_back = [], []  # another program's: what it took back is not known
                continue
            turned = source.pop()
            target.append(turned)
            by[turned.stamp] = one
            (out.add if one.act == UNDONE else out.discard)(turned.stamp)
        elif one.act in _ACTS and one.stamp not in closed:
            done.append(one)
            taken_back.clear()
        else:
            done.clear()
            taken_back.clear()
    return _Walked(done, taken_back, out, by)


def _way(
    known: Mapping[Stamp, Correction], present: Stamp, came: tuple[Stamp, Stamp] | None = None
) -> tuple[list[Correction], set[Stamp]]:
    """Give the corrections that led to the present version, oldest first, and those of before the run went on.

    A version that no correction made was added when the run ended; what was corrected before it cannot be taken
    back one by one, since the run went on after that, or came from elsewhere.
    """
    way: list[Correction] = []
    closed: set[Stamp] = set()
    stamps = sorted(known)
    cursor: Stamp | None = present
    while cursor is not None:
        if cursor not in known:
            version = came[1] if came is not None and came[1] < cursor == came[0] else cursor
            cursor = version if version in known else _before(stamps, version)
            closed |= {stamp for stamp in stamps if cursor is not None and stamp <= cursor}
            continue
        one = known[cursor]
        way.append(one)
        cursor = one.made_from if one.made_from is not None and one.made_from < one.stamp else _before(stamps, cursor)
    return way[::-1], closed


def _before(stamps: list[Stamp], stamp: Stamp) -> Stamp | None:
    return max((one for one in stamps if one < stamp), default=None)
