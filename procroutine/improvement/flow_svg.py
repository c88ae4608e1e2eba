"""A flow map as an SVG file: one file with its own styles, for light and dark, without fonts or scripts from elsewhere.

Names of others are text in it and nothing else: made harmless, escaped, and cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from html import escape

from procroutine.durations import span
from procroutine.improvement.flow_drawing import legend
from procroutine.improvement.flow_map import ZERO, FlowBar, FlowGap, FlowMap, Source
from procroutine.improvement.flow_words import about, figures, length_of, pause_in_words, wrapped
from procroutine.values import Value
from procroutine.widths import cell_length, cut_to

_WIDTH = 960
_EDGE, _LABELS, _LANE, _BAR = 24, 170, 34, 16
_HEAD = 92
"""From the top to the numbers of the steps."""
_LEAST, _BROKEN, _DIVIDER = 14, 64, 26
"""Least width of a step's place, width of a broken pause, and of the line between before and run."""
_APART = 1.5
"""What a bar is drawn shorter, so that those right behind one another can be told apart."""
_LINE = 20
_LETTER = 6.7
"""Width of a letter of the labels, at most."""
_MINUTE = timedelta(minutes=1)
_STYLE = """
svg { color-scheme: light dark; }
text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
  fill: #1d1f24; white-space: pre; }
.ground { fill: #ffffff; } .name { font-size: 20px; font-weight: 650; } .soft { fill: #5d626d; }
.number { text-anchor: middle; font-weight: 600; } .middle { text-anchor: middle; } .end { text-anchor: end; }
.lane, .way { stroke: #e3e1db; stroke-width: 1.5; fill: none; }
.bar { fill: #2a63c4; } .skipped { fill: #2a63c4; opacity: .35; }
.planned { fill: none; stroke: #2a63c4; stroke-dasharray: 4 3; stroke-width: 1.5; }
.unknown { fill: none; stroke: #5d626d; stroke-dasharray: 1 3; }
.wait { stroke: #8f949e; stroke-width: 2; stroke-dasharray: 2 4; }
.break { fill: none; stroke: #1d1f24; stroke-width: 1.5; }
.switch { fill: none; stroke: #a8680a; stroke-width: 1.8; } .hand { fill: #7a3fa0; }
@media (prefers-color-scheme: dark) {
  .ground { fill: #1b1e24; } text { fill: #e8e6e1; } .soft { fill: #a5abb6; } .lane, .way { stroke: #333842; }
  .bar, .skipped { fill: #7fb0ff; } .planned { stroke: #7fb0ff; } .unknown { stroke: #a5abb6; }
  .break { stroke: #e8e6e1; } .switch { stroke: #e0a948; } .hand { fill: #c79bf0; }
}
"""
# Colours stand in each rule, since programs that print drawings know no variables.


class _Place(Value):
    """Where a piece stands from the left."""

    piece: FlowBar | FlowGap
    left: float
    width: float
    """Of the room it has."""
    drawn: float
    """Of its bar, which is true to scale."""


def flow_svg(flow: FlowMap) -> str:
    """Draw a map; it grows to the right where there are many steps."""
    places, divider = _places(flow.pieces)
    right = max([_EDGE + _LABELS, *(place.left + place.width for place in places)])
    width, bottom = max(_WIDTH, round(right + _EDGE)), _HEAD + _LANE * len(flow.lanes) + 18
    parts = [
        *_head(flow, width),
        *_lanes(flow, width),
        *_ways(places),
        *(part for place in places for part in _piece(place)),
        *_divider(divider, bottom),
        *_marks(places, bottom),
        *_times(places, bottom + 40),
        *_legend(flow, bottom + 68),
        *_list(_listed(flow), width, bottom + 104),
    ]
    height = bottom + 88 + _LINE * -(-len(_listed(flow)) // 2) + 16
    label = escape(f"{flow.name}, {flow.what}, by {flow.by.value}: {', '.join(figures(flow))}")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{label}"><style>{_STYLE}</style><rect class="ground" width="{width}" '
        f'height="{height}"/>{"".join(parts)}</svg>\n'
    )


def _text(x: float, y: float, text: str, kind: str = "", room: float = 10_000.0) -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{named}>{escape(_cut(text, room))}</text>'


def _cut(text: str, room: float) -> str:
    return cut_to(text, max(1, int(room / _LETTER)))


def _head(flow: FlowMap, width: int) -> Iterator[str]:
    yield _text(_EDGE, 36, flow.name, "name", (width - 2 * _EDGE) * 0.55)
    told = (flow.what, f"by {flow.by.value}", *figures(flow))
    for place, line in enumerate(wrapped(told, " · ", int((width - 2 * _EDGE) / _LETTER))[:2]):
        yield _text(_EDGE, 55 + 16 * place, line, "soft")


def _lanes(flow: FlowMap, width: int) -> Iterator[str]:
    for place, lane in enumerate(flow.lanes):
        y = _middle(place)
        yield f'<line class="lane" x1="{_EDGE + _LABELS}" y1="{y}" x2="{width - _EDGE}" y2="{y}"/>'
        yield f"<g>{_text(_EDGE, y + 4, lane.name, '', _LABELS - 12)}<title>{escape(lane.name)}</title></g>"


def _middle(lane: int) -> int:
    return _HEAD + lane * _LANE + _LANE // 2


def _places(pieces: Sequence[FlowBar | FlowGap]) -> tuple[list[_Place], float | None]:
    """Put pieces beside one another in the width there is; each has the room of its number at least."""
    room = _WIDTH - 2 * _EDGE - _LABELS
    low, high = 0.0, 1000.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(_width(piece, middle) for piece in pieces) <= room else (low, middle)
    scale = low or 4.0  # many steps: the picture is wider then
    left, divider = float(_EDGE + _LABELS), None
    places: list[_Place] = []
    for piece in pieces:
        if places and places[-1].piece.start < ZERO <= piece.start:
            divider = left + _DIVIDER / 2
            left += _DIVIDER
        width, drawn = _width(piece, scale), max(2.0, scale * (piece.length / _MINUTE))
        places.append(_Place(piece=piece, left=left, width=width, drawn=min(drawn, width)))
        left += width
    return places, divider


def _width(piece: FlowBar | FlowGap, scale: float) -> float:
    length = scale * (piece.length / _MINUTE)
    if isinstance(piece, FlowGap):
        return float(_BROKEN) if piece.broken else max(3.0, length)
    return max(3.0 if piece.again else float(_LEAST), length)


def _piece(place: _Place) -> Iterator[str]:
    piece = place.piece
    if isinstance(piece, FlowGap):
        yield from _pause(place, piece)
        return
    title = escape(" · ".join((f"{piece.number} {piece.title}", *about(piece))))
    kind = {Source.PLANNED: "planned", Source.UNKNOWN: "unknown", Source.SKIPPED: "skipped"}.get(piece.source, "bar")
    drawn = _LEAST - 4.0 if piece.source is Source.UNKNOWN else max(2.0, place.drawn - _APART)
    for lane in piece.lanes:
        y = _middle(lane) - _BAR / 2
        rect = f'<rect class="{kind}" x="{place.left:.1f}" y="{y}" width="{drawn:.1f}" height="{_BAR}" rx="2"/>'
        yield f"<g>{rect}<title>{title}</title></g>"
    if not piece.again:
        yield _text(place.left + min(place.drawn, 40) / 2, _HEAD - 6, str(piece.number), "number")


def _pause(place: _Place, gap: FlowGap) -> Iterator[str]:
    right = place.left + place.width
    for lane in gap.lanes:
        y = _middle(lane)
        line = f'<line class="wait" x1="{place.left + 2:.1f}" y1="{y}" x2="{right - 2:.1f}" y2="{y}"/>'
        said = escape(pause_in_words(gap))
        words = _text((place.left + right) / 2, y - 12, span(gap.length), "soft middle") if gap.broken else ""
        yield f"<g>{line}{words}{_break(place, y) if gap.broken else ''}<title>{said}</title></g>"


def _break(place: _Place, y: float) -> str:
    x = place.left + place.width / 2
    return f'<path class="break" d="M{x - 6:.1f} {y + 7}l5 -14M{x + 1:.1f} {y + 7}l5 -14"/>'


def _ways(places: Sequence[_Place]) -> Iterator[str]:
    """Join each bar with the next one where the lane changes."""
    before: _Place | None = None
    for place in places:
        if isinstance(place.piece, FlowGap):
            continue
        if before is not None and not set(before.piece.lanes) & set(place.piece.lanes):
            start, end = _middle(before.piece.lanes[-1]), _middle(place.piece.lanes[0])
            yield f'<path class="way" d="M{place.left:.1f} {start}V{end}"/>'
        before = place


def _divider(x: float | None, bottom: float) -> Iterator[str]:
    if x is not None:
        yield f'<line class="wait" x1="{x}" y1="{_HEAD - 16}" x2="{x}" y2="{bottom + 44}"/>'
        yield _text(x - 8, bottom + 40, "before the run", "soft end")


def _marks(places: Sequence[_Place], bottom: float) -> Iterator[str]:
    """Mark below the lanes where the system changes, a ring, and where the person does, a diamond."""
    for place in places:
        piece = place.piece
        if isinstance(piece, FlowBar) and piece.switch:
            ring = f'cx="{place.left + 4:.1f}" cy="{bottom}" r="3.5"'
            yield f'<circle class="switch" {ring}><title>switch</title></circle>'
        if isinstance(piece, FlowBar) and piece.hand_off:
            diamond = f'd="M{place.left + 4:.1f} {bottom + 9}l5 5l-5 5l-5 -5z"'
            yield f'<path class="hand" {diamond}><title>hand-off</title></path>'


def _times(places: Sequence[_Place], y: float) -> Iterator[str]:
    """Write when bars begin, as far as there is room; behind a break from there on."""
    free, since, is_behind = 0.0, ZERO, False
    for place in places:
        piece = place.piece
        if isinstance(piece, FlowGap):
            is_behind = is_behind or piece.broken
            continue
        if piece.before or piece.again:
            continue
        text = f"+{span(piece.start - since)}" if since else span(piece.start) if piece.start else "0"
        if is_behind:
            since, is_behind, text = piece.start, False, span(piece.start)
        if place.left >= free:
            yield _text(place.left, y, text, "soft")
            free = place.left + (cell_length(text) + 1.5) * _LETTER


def _legend(flow: FlowMap, y: float) -> Iterator[str]:
    words = "   ".join(f"{sign} {words}" for sign, _, words in legend(flow))
    yield _text(_EDGE, y, words, "soft")


def _listed(flow: FlowMap) -> list[str]:
    """Give each step of the map in words, once, with all the work in it."""
    found: dict[int, FlowBar] = {}
    for bar in flow.bars:
        known = found.get(bar.number)
        found[bar.number] = bar if known is None else known.replaced(length=known.length + bar.length)
    return [f"{number:>2}  {bar.title} · {length_of(bar)}" for number, bar in found.items()]


def _list(steps: Sequence[str], width: int, top: float) -> Iterator[str]:
    """Write the steps in two columns."""
    height, each = -(-len(steps) // 2), (width - 2 * _EDGE) / 2
    for place, words in enumerate(steps):
        column, line = divmod(place, height)
        yield _text(_EDGE + column * each, top + line * _LINE, words, "", each - 16)
