"""A flow map in characters: each lane a line, with numbers of steps above and times below.

What is drawn is a line of runs, each with what it means, so that the app gives it a colour and
the command line prints its text alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import groupby, zip_longest

from procroutine.durations import span
from procroutine.improvement.flow_columns import Row, Slot, neighbours
from procroutine.improvement.flow_map import FlowBar, FlowGap, FlowMap, Pause, Source
from procroutine.improvement.flow_words import switches_in_words
from procroutine.text import Shown, counted
from procroutine.values import Value
from procroutine.widths import cell_length, cut_to

SWITCH, HAND_OFF, BREAK, DIVIDER = "◦", "◆", "//", "┊"
_PAUSES = {Pause.WRITTEN: "┈", Pause.WAITED: "┈", Pause.PAUSED: "·", Pause.ASLEEP: "·"}
_NARROWEST_LABEL, _WIDEST_LABEL = 8, 24


class Piece(Value):
    """Neighbouring characters that mean the same."""

    text: str
    look: str
    """`lane`, `number`, a `Source`'s value, `pause`, `switch`, `hand-off`, `axis`, `guide`, or nothing for a blank."""
    number: int = 0
    """Of the step it belongs to; 0 for none."""


Line = tuple[Piece, ...]


class _Canvas:
    """One line of cells."""

    def __init__(self, width: int) -> None:
        self._cells = [(" ", "", 0)] * width

    def put(self, left: int, text: str, look: str, number: int = 0) -> None:
        for place, character in enumerate(text, start=left):
            if place < len(self._cells):
                self._cells[place] = (character, look, number)

    def is_blank(self, left: int, width: int = 1) -> bool:
        return all(cell[0] == " " for cell in self._cells[max(0, left) : left + width])

    def pieces(self) -> Iterator[Piece]:
        for (look, number), cells in groupby(self._cells, key=lambda cell: cell[1:]):
            yield Piece(text="".join(cell[0] for cell in cells), look=look, number=number)


def label_width(flow: FlowMap, width: int) -> int:
    """Give how wide the names of the lanes may be where there are so many columns in all."""
    longest = max((cell_length(name) for name in _labels(flow)), default=0)
    return min(max(longest, _NARROWEST_LABEL), _WIDEST_LABEL, width // 3)


def _labels(flow: FlowMap) -> Iterator[str]:
    yield from (lane.name for lane in flow.lanes)
    yield switches_in_words(flow.switches)
    yield counted(flow.hand_offs, "hand-off")


def label(text: str, width: int, look: str = "lane") -> Piece:
    """Give the name of a line, cut or filled up to a width."""
    cut = cut_to(text, width)
    return Piece(text=cut + " " * (width - cell_length(cut)), look=look)


def drawn(flow: FlowMap, row: Row, *, every_lane: bool = True) -> tuple[list[Shown], list[Line]]:
    """Draw a row: the names of its lines, and the lines; lanes without a piece only where asked for."""
    used = {lane for slot in row.slots for lane in slot.piece.lanes}
    lanes = [place for place in range(len(flow.lanes)) if every_lane or place in used]
    names, lines = [Shown("")], [_numbers(row)]
    names += [flow.lanes[place].name for place in lanes]
    lines += [_lane(row, place) for place in lanes]
    for name, look, sign, slots in _marks(flow, row):
        names.append(Shown(name))
        lines.append(_marked(row, look, sign, slots))
    names.append(Shown(""))
    lines.append(_axis(row))
    return names, lines


def _marks(flow: FlowMap, row: Row) -> Iterator[tuple[str, str, str, list[Slot]]]:
    bars = [slot for slot in row.slots if isinstance(slot.piece, FlowBar)]
    switched = [slot for slot in bars if isinstance(slot.piece, FlowBar) and slot.piece.switch]
    handed = [slot for slot in bars if isinstance(slot.piece, FlowBar) and slot.piece.hand_off]
    if flow.switches:
        yield switches_in_words(flow.switches), "switch", SWITCH, switched
    if flow.hand_offs:
        yield counted(flow.hand_offs, "hand-off"), "hand-off", HAND_OFF, handed


def _numbers(row: Row) -> Line:
    canvas = _Canvas(row.width)
    for slot in row.slots:
        if isinstance(slot.piece, FlowBar) and not slot.piece.again:
            canvas.put(slot.left, str(slot.piece.number), "number", slot.piece.number)
    return tuple(canvas.pieces())


def _lane(row: Row, lane: int) -> Line:
    canvas = _Canvas(row.width)
    for slot, following in zip_longest(row.slots, row.slots[1:]):
        if lane in slot.piece.lanes:
            if isinstance(slot.piece, FlowBar):
                text, look = _bar(slot, slot.piece, touches=_goes_on(slot.piece, following, lane))
            else:
                text, look = _pause(slot, slot.piece)
            canvas.put(slot.left, text, look, slot.piece.number)
    for before, after in neighbours(row):
        if _is_between(lane, before.piece.lanes, after.piece.lanes) and canvas.is_blank(after.left):
            canvas.put(after.left, DIVIDER, "guide")
    if row.divider is not None:
        canvas.put(row.divider, DIVIDER, "axis")
    return tuple(canvas.pieces())


def _is_between(lane: int, before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Say whether a lane is crossed on the way from one bar to the next."""
    if set(before) & set(after):
        return False
    low, high = sorted((min(before, key=lambda one: abs(one - after[0])), min(after)))
    return low < lane < high


def _goes_on(bar: FlowBar, following: Slot | None, lane: int) -> bool:
    """Say whether another step is done in the same lane right behind a bar."""
    after = None if following is None else following.piece
    return isinstance(after, FlowBar) and lane in after.lanes and after.number != bar.number


def _bar(slot: Slot, bar: FlowBar, *, touches: bool) -> tuple[str, str]:
    """Draw a bar; half a column short where it would run into the next one."""
    whole, half = divmod(slot.halves - (touches and 1 < slot.halves == 2 * slot.width), 2)
    if bar.source is Source.UNKNOWN:
        return "?", bar.source.value
    if bar.source is Source.PLANNED:
        return "╌" * (whole + half), bar.source.value
    if bar.source is Source.SKIPPED:
        return "×" + "─" * (whole + half - 1), bar.source.value
    return "━" * whole + "╸" * half, bar.source.value


def _pause(slot: Slot, gap: FlowGap) -> tuple[str, str]:
    sign = _PAUSES[gap.pause]
    return (f"{sign} {span(gap.length)} {sign}" if gap.broken else sign * slot.width), "pause"


def _marked(row: Row, look: str, sign: str, slots: Iterable[Slot]) -> Line:
    canvas = _Canvas(row.width)
    for slot in slots:
        canvas.put(slot.left, sign, look, slot.piece.number)
    return tuple(canvas.pieces())


def _axis(row: Row) -> Line:
    """Write below bars when they begin, as far as there is room, and where the axis is broken."""
    canvas = _Canvas(row.width)
    if row.divider is not None:
        canvas.put(row.divider - 1, "run", "axis")
    for slot in row.slots:
        if isinstance(slot.piece, FlowGap) and slot.piece.broken:
            canvas.put(slot.left + slot.width // 2 - 2, BREAK, "axis")
    for slot, text in _times(row):
        fits = slot.left + len(text) <= row.width or slot is row.slots[0]
        if fits and canvas.is_blank(slot.left - 1, len(text) + 2):
            canvas.put(slot.left, text, "axis")
    return tuple(canvas.pieces())


def _times(row: Row) -> Iterator[tuple[Slot, str]]:
    """Give when each bar begins; behind a break the first from the start of the map, the others from there on."""
    since: timedelta | None = None
    is_behind = False
    for slot in row.slots:
        piece = slot.piece
        if isinstance(piece, FlowGap):
            is_behind = is_behind or piece.broken
        elif not piece.before and not piece.again:
            if is_behind:
                since, is_behind = piece.start, False
                yield slot, span(piece.start)
            elif since is not None:
                yield slot, f"+{span(piece.start - since)}"
            else:
                yield slot, span(piece.start) if piece.start else "0"


def part_of(line: Line, left: int, width: int) -> Line:
    """Give the columns of a line from one on, so that a long map costs no more than what is seen of it."""
    found, at = [], 0
    for piece in line:
        if at >= left + width:
            break
        start, end = max(left - at, 0), min(left + width - at, len(piece.text))
        if start < end:
            found.append(piece.replaced(text=piece.text[start:end]))
        at += len(piece.text)
    return tuple(found)


def legend(flow: FlowMap) -> Iterator[tuple[str, str, str]]:
    """Give what the signs of a map mean: sign, look, words."""
    sources = {bar.source for bar in flow.bars}
    pauses = {gap.pause for gap in flow.gaps}
    signs = (
        (Source.USUAL, "━", "usual time"),
        (Source.PLANNED, "╌", "planned, no run yet"),
        (Source.UNKNOWN, "?", "no time known"),
        (Source.SKIPPED, "×", "skipped"),
    )
    yield from ((sign, source.value, words) for source, sign, words in signs if source in sources)
    if pauses & {Pause.WRITTEN, Pause.WAITED}:
        yield "┈", "pause", "waiting"
    if pauses & {Pause.PAUSED, Pause.ASLEEP}:
        yield "·", "pause", "paused or asleep"
    if any(gap.broken for gap in flow.gaps):
        yield BREAK, "axis", "not to scale"
    if flow.switches:
        yield SWITCH, "switch", "switch"
    if flow.hand_offs:
        yield HAND_OFF, "hand-off", "hand-off"
