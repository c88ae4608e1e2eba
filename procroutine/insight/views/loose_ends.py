"""What This week draws of loose ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from procroutine.text import Shown, shown
from procroutine.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterable


class LooseEndRow(Value):
    """One line of its own group, below the routines."""

    id: str
    text: Shown
    is_done: bool
    """This week."""
    put_off: int
    """Weeks in a row."""
    wants_routine: bool
    """Whether it was put off so long that a routine is offered."""
    since: str
    """`written this week`, `written in week 44`, `last done in week 44`, with the year where that is another."""


def read_loose_ends(written: Iterable[list[Any]]) -> tuple[LooseEndRow, ...]:
    """Read back lines that were kept as lists of their fields; ValueError or TypeError where something else was."""
    return tuple(
        LooseEndRow(
            id=str(loose_end_id),
            text=shown(text),
            is_done=bool(is_done),
            put_off=int(put_off),
            wants_routine=bool(wants_routine),
            since=shown(since),
        )
        for loose_end_id, text, is_done, put_off, wants_routine, since in written
    )
