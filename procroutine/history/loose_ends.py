"""Loose ends: small things that come up again and again and have no routine.

Each week they are offered again, until one is dropped or a routine is begun from it. What a person
did with one is a row of acts: `written`, then `done` once a week at most, in the end `dropped` or
`routine`. Undo takes the last act of all away. Two devices that act on the same one apart from each
other end as the later of them, as with every document.
"""

from __future__ import annotations

from procroutine.errors import BadInput
from procroutine.values import Value
from procroutine.weeks import Week

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from typing import Any

WRITTEN, DONE, DROPPED, ROUTINE = "written", "done", "dropped", "routine"
KINDS = (WRITTEN, DONE, DROPPED, ROUTINE)
LONGEST = 500
"""Characters of its text."""
TOO_LONG = 3
"""Weeks put off from which on a routine is offered (DOMAIN.md: a sign that it needs a system)."""

Act = tuple[str, int, str]
"""What was done, when (milliseconds since 1970), and in which week; with `routine` the routine's id."""


class LooseEnd(Value):
    """One of them, as the last act left it."""

    id: str
    text: str
    made_at: int
    """Milliseconds since 1970; they are listed in this order."""
    act: Act
    """The last one."""

    @property
    def is_open(self) -> bool:
        """Whether it is offered each week."""
        return self.act[0] in (WRITTEN, DONE)

    def is_done(self, week: Week) -> bool:
        """Say whether it was done in a week, or later."""
        return self.act[0] == DONE and week <= Week.parse(self.act[2])

    def put_off(self, present: Week, off: Collection[Week] = ()) -> int:
        """Give how many weeks in a row it was put off.

        These are the weeks that are over, from the one in which it was written (or from the one after
        it was last done) to the one before the present, each of which offered it and ended without it.
        Weeks declared `off` for all routines offer nothing: they do not count and end no row. The
        present week never counts, since it may still be done; one that is closed is not put off.
        """
        if not self.is_open:
            return 0
        first = Week.parse(self.act[2]) + (self.act[0] == DONE)
        return max(0, present - first - sum(first <= week < present for week in set(off)))


def loose_end(row: list[Any]) -> LooseEnd | None:
    """Make one of id, text, made_at and last act as they are stored; None of one whose writing was undone."""
    loose_end_id, text, made_at, act = row
    return None if act is None else LooseEnd(id=loose_end_id, text=text, made_at=made_at, act=tuple(act))


def open_ones(rows: Iterable[list[Any]]) -> tuple[LooseEnd, ...]:
    """Give those that are offered each week, the oldest first, of all as they are stored."""
    found = [one for row in rows if (one := loose_end(row)) is not None and one.is_open]
    return tuple(sorted(found, key=lambda one: (one.made_at, one.id)))


def fitting_text(text: str) -> str:
    """Give the text of a new one without the blanks around it; BadInput where it will not do."""
    text = text.strip()
    if not text:
        raise BadInput("the text is empty", "say in a word or more what comes up again and again")
    if len(text) > LONGEST:
        raise BadInput(f"the text has more than {LONGEST} characters", "write it shorter")
    if any(0xD800 <= ord(character) < 0xE000 for character in text):
        raise BadInput("the text has broken characters", "write it anew")
    return text


def put_off_words(weeks: int) -> str:
    """Say how long one was put off."""
    return f"put off {weeks} {'week' if weeks == 1 else 'weeks'}" if weeks else ""


def are_acts(act: Any, before: Any) -> bool:
    """Say whether what stands in a file is the last act of a loose end (or nothing) and those before it."""
    return isinstance(before, list) and all(map(_is_act, before)) and (_is_act(act) or (act is None and not before))


def _is_act(written: Any) -> bool:
    match written:
        case [str(kind), int(moment), str(detail)] if kind in KINDS and abs(moment) < 10**15:
            return kind == ROUTINE or Week.parse(detail) is not None  # BadInput where it is no week
    return False
