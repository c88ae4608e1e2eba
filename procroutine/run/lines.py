"""The lines of a journal: one per event, each bound to all before it by a checksum.

A line is the event as JSON, a tab, and in eight hexadecimal digits the CRC-32 of the JSON that
goes on from the line before. So a line is known to be right whatever file it is found in, and two
copies of a journal make up for each other line by line.
"""

from __future__ import annotations

import zlib

from procroutine.errors import BadInput
from procroutine.run.events import event_line, read_event
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from procroutine.run.events import Event


class Lines(Value):
    """Lines that can be trusted, from the first one on."""

    events: tuple[Event, ...]
    text: bytes
    """The lines themselves."""
    checksum: int
    """Of the last line; the next one goes on from it."""


def read_lines(copies: tuple[bytes, ...], run: str | None = None) -> Lines:
    """Read as far as any of the copies goes on soundly; where several do, the first of them counts.

    With `run`, only a copy that begins that run is looked at. NewerFormat where a sound line was
    written by a newer procroutine.
    """
    if run is not None:
        copies = tuple(data for data in copies if _begins(data, run))
    events: list[Event] = []
    parts: list[bytes] = []
    place = checksum = 0
    while found := next((line for data in copies if (line := _line_at(data, place, checksum))), None):
        event, part, checksum = found
        events.append(event)
        parts.append(part)
        place += len(part)
    return Lines(events=tuple(events), text=b"".join(parts), checksum=checksum)


def write_lines(events: Iterable[Event]) -> Lines:
    """Write all events of a run. BadInput where one could not be read back."""
    lines = Lines(events=(), text=b"", checksum=0)
    for event in events:
        lines = add_line(lines, event)
    return lines


def add_line(lines: Lines, event: Event) -> Lines:
    """Give the lines with one event more. BadInput where it could not be read back."""
    text = event_line(event).encode("ascii")
    read_event(text)
    checksum = zlib.crc32(text, lines.checksum)
    line = b"%s\t%08x\n" % (text, checksum)
    return Lines(events=(*lines.events, event), text=lines.text + line, checksum=checksum)


def _begins(data: bytes, run: str) -> bool:
    """Say whether a copy is of a run, as far as its first line tells."""
    found = _line_at(data, 0, 0)
    return found is None or found[0].details.get("run") == run


def _line_at(data: bytes, place: int, checksum: int) -> tuple[Event, bytes, int] | None:
    """Give the sound line at a place: its event, its bytes, its checksum; None where there is none."""
    end = data.find(b"\n", place)
    if end < 0:
        return None
    text, _, written = data[place:end].rpartition(b"\t")
    following = zlib.crc32(text, checksum)
    if written != b"%08x" % following:
        return None
    try:
        event = read_event(text)
    except BadInput:
        return None
    # A run begins once, with its first line; no later one could be a second beginning.
    return (event, data[place : end + 1], following) if (event.kind == "started") == (place == 0) else None
