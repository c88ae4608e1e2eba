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

    _Found = tuple[Event, bytes, int]


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
    if run is None:
        found = _next_line(copies, 0, 0)
    else:
        firsts = [(data, first) for data in copies if _is_of(first := _line_at(data, 0, 0), run)]
        copies = tuple([data for data, _ in firsts])
        found = next((first for _, first in firsts if first), None)  # the longest by far: it is read once
    events: list[Event] = []
    parts: list[bytes] = []
    place = checksum = 0
    while found:
        event, part, checksum = found
        events.append(event)
        parts.append(part)
        place += len(part)
        found = _next_line(copies, place, checksum)
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


def _is_of(first: _Found | None, run: str) -> bool:
    """Say whether a copy is of a run, as far as its first line tells."""
    return first is None or first[0].details.get("run") == run


def _next_line(copies: tuple[bytes, ...], place: int, checksum: int) -> _Found | None:
    return next((line for data in copies if (line := _line_at(data, place, checksum))), None)


def _line_at(data: bytes, place: int, checksum: int) -> _Found | None:
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
