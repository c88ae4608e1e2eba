"""The report of a year as one HTML file, with the map of its weeks in coloured cells that also carry their signs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from procroutine.durations import total_time
from procroutine.exchange.report_html import document, figures, footer, named, said, text
from procroutine.exchange.report_layout import Section, percent
from procroutine.exchange.report_sections import due_sentence
from procroutine.exchange.report_year_sections import (
    KEY,
    MONTHS,
    SIGNS,
    done_of,
    month_of,
    week_sentence,
    year_left_out,
    year_page,
)
from procroutine.insight.dates import short_date
from procroutine.insight.views.report_year import CellState, YearCell, YearReport, YearRoutine, YearWeek

_WORDS = {
    CellState.MISSED: "not done",
    CellState.OFF: "off",
    CellState.NOTHING: "nothing due",
    CellState.TO_COME: "to come",
}
_NARROW_MONTH = 3
"""Weeks that the name of a month needs."""


def year_html(report: YearReport) -> str:
    """Write the report of a year."""
    page = year_page(report)
    sections = {section.title: section for section in page.sections}
    head = f"<header><div><h1>{text(page.title)}</h1><p>{text(page.dates)}</p></div>{_figures(report)}</header>"
    sentences = [due_sentence(report.counts)] if report.advice is None else [report.advice]
    body = [head, said((*sentences, *year_left_out(report)))]
    if report.advice is None:
        body += _map(report)
        body += [_table(sections[title]) for title in ("By routine",) if title in sections]
        body += [_halves(sections)]
    return document(
        f"{page.title}: {page.dates}",
        [*body, footer(report.as_of.date() if report.unfinished else report.weeks[-1].week.sunday)],
    )


def _figures(report: YearReport) -> str:
    found = []
    if report.counts.due - report.counts.open:
        found.append(("done", done_of(report.counts).replace(" of", "<small> of") + "</small>"))
    if report.runs:
        found += [("runs", str(report.runs)), ("time", total_time(report.total))]
    if report.met_of:
        found.append(("at their goal", percent(report.met / report.met_of)))
    return figures(found)


def _map(report: YearReport) -> Iterator[str]:
    yield '<h2>Week by week</h2><div class="map"><table><tr><th></th>'
    for month, own in groupby(report.weeks, lambda one: month_of(one.week)):
        count = len(list(own))
        yield f'<th colspan="{count}">{MONTHS[month - 1] if count >= _NARROW_MONTH else ""}</th>'
    yield '</tr><tr><th class="name">all together</th>'
    yield "".join(map(_week, report.weeks))
    yield "</tr>"
    yield from (_routine(one) for one in report.routines)
    yield f'</table><p class="key">{KEY}; above: ● all done, ◐ some of it</p></div>'


def _routine(one: YearRoutine) -> str:
    return f'<tr><th class="name">{named(one.name)}</th>{"".join(map(_cell, one.cells))}</tr>'


def _cell(cell: YearCell) -> str:
    return f'<td class="{cell.state.value}" title="{text(_title(cell))}">{SIGNS[cell.state].strip()}</td>'


def _title(cell: YearCell) -> str:
    begin = f"W{cell.week.number}, from {short_date(cell.week.monday)}"
    if cell.value is None:
        return f"{begin}: {_WORDS.get(cell.state, '')}" + (f" ({cell.reason})" if cell.reason else "")
    runs = f", {cell.runs} runs" if cell.runs > 1 else ""
    return f"{begin}: {total_time(cell.value)}{runs}"


def _week(week: YearWeek) -> str:
    """Draw one week of all routines together."""
    counts = week.counts
    if week.off is not None:
        kind, sign = "off", "─"
    elif not counts.due - counts.open:
        kind, sign = ("nothing", "·") if not counts.open else ("to_come", "")
    elif counts.done == counts.due:
        kind, sign = "met", "●"
    else:
        kind, sign = ("over", "◐") if counts.done else ("missed", "×")
    title = week_sentence(week) + (f", off: {week.off}" if week.off is not None else "")
    return f'<td class="{kind}" title="{text(title)}">{sign}</td>'


def _table(section: Section) -> str:
    def cells(values: tuple[str, ...], name: str) -> str:
        return "".join(
            f"<{name}{' class=n' if place in section.right else ''}>{text(value)}</{name}>"
            for place, value in enumerate(values)
        )

    rows = "".join(f"<tr>{cells(row.cells, 'td')}</tr>" for row in section.rows)
    return f"<section><h2>{section.title}</h2><table><tr>{cells(section.head, 'th')}</tr>{rows}</table></section>"


def _halves(sections: dict[str, Section]) -> str:
    parts = [_table(sections["By month"])] if "By month" in sections else []
    if "Best weeks" in sections:
        best = sections["Best weeks"]
        rows = "".join(f"<li>{text(row.cells[0])}</li>" for row in best.rows)
        parts.append(f'<section><h2>{best.title}</h2><ul class="lines">{rows}</ul></section>')
    return f'<div class="halves">{"".join(parts)}</div>'
