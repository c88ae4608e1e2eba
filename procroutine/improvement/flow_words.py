"""What a flow map says in words: its figures, its steps and its pauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from procroutine.durations import span, step_time, total_time
from procroutine.improvement.flow_map import Pause, Source
from procroutine.text import Shown, counted, shown
from procroutine.widths import cell_length, cut_to

if TYPE_CHECKING:
    from procroutine.improvement.flow_map import FlowBar, FlowGap, FlowMap


def percent(ratio: float) -> str:
    """Give a share: `62 %`, and `<1 %` of one that is not quite nothing."""
    return "<1 %" if 0 < ratio < 0.01 else f"{round(100 * ratio)} %"


def switches_in_words(count: int) -> str:
    """Give `1 switch`, `2 switches`."""
    return counted(count, "switch", "switches")


def figures(flow: FlowMap) -> Iterator[str]:
    """Give the figures of a map, one after the other; the share of work once, of real runs where there are any."""
    known = f"{'about ' if flow.is_drawn else ''}{total_time(flow.active)} of work"
    yield known if flow.active or not flow.count(Source.UNKNOWN) else "how long is not known"
    if flow.ratio is not None and flow.lead > flow.active:
        lead = f"{span(flow.lead)} from start to end {flow.lead_as}".rstrip()
        yield f"{lead}, {percent(flow.ratio)} work" if flow.lately is None else lead
    if flow.lately is not None and flow.lately.ratio is not None:
        runs = f"your last {flow.lately.runs} runs were" if flow.lately.runs > 1 else "your last run was"
        yield f"{runs} {percent(flow.lately.ratio)} work"
    if flow.prepared:
        yield f"{total_time(flow.prepared)} before it"
    yield switches_in_words(flow.switches)
    yield counted(flow.hand_offs, "hand-off")
    if planned := flow.count(Source.PLANNED):
        yield f"{counted(planned, 'step')} as planned"
    if unknown := flow.count(Source.UNKNOWN):
        yield f"{counted(unknown, 'step')} without a time"
    if flow.skipped:
        yield f"{counted(flow.skipped, 'step')} skipped"


_KNOWN_BY = {
    Source.USUAL: "usual",
    Source.PLANNED: "planned",
    Source.SKIPPED: "skipped",
    Source.UNKNOWN: "no time known",
}


def known_by(bar: FlowBar) -> str:
    """Give how the length of a bar is known; nothing of what was measured in a run."""
    return _KNOWN_BY.get(bar.source, "")


def length_of(bar: FlowBar) -> str:
    """Give how long a bar is, and how that is known."""
    if bar.source is Source.UNKNOWN:
        return known_by(bar)
    return f"{step_time(bar.length)} {known_by(bar)}".rstrip()


def about(bar: FlowBar) -> Iterator[Shown]:
    """Give what there is to say of a step beside its title."""
    yield shown(length_of(bar))
    if bar.before:
        yield shown("before the run")
    yield from filter(None, (bar.systems, bar.person))
    if bar.switch:
        yield shown("a switch")
    if bar.hand_off:
        yield shown("a hand-off")


def pause_in_words(gap: FlowGap) -> Shown:
    """Give `1d waiting, as written` or `3h20 waiting: Ben`."""
    how = "waiting, as written" if gap.pause is Pause.WRITTEN else gap.pause.value
    words = f"{span(gap.length)} {how}"
    return shown(f"{words}: {gap.text}" if gap.text else words)


def wrapped(parts: Iterable[str], between: str, width: int) -> list[str]:
    """Put parts beside one another, on as many lines as they need."""
    lines: list[str] = []
    for part in parts:
        if lines and cell_length(lines[-1]) + len(between) + cell_length(part) <= width:
            lines[-1] += between + part
        else:
            lines.append(cut_to(part, width))
    return lines
