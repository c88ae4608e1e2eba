"""The report of a week as one HTML file: nothing is loaded from elsewhere, and nothing in it runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

from procroutine.durations import signed, total_time
from procroutine.exchange.report_chart import chart_svg, weeks_charted
from procroutine.exchange.report_layout import NOTHING, Page, Section, length, percent
from procroutine.exchange.report_next_sections import next_sentence, off_next
from procroutine.exchange.report_sections import due_sentence, more_sentences, sign_of, steadily, week_page
from procroutine.exchange.report_style import STYLE
from procroutine.insight.dates import clock_time, day_of_month, short_date
from procroutine.insight.report_words import due_words
from procroutine.insight.views.report import DueState, NextDue, ReportRoutine, TimeRow, WeekReport
from procroutine.routine.model import GoalPer
from procroutine.text import shown

_SIGN_CLASS = {"×": "bad", "!": "bad"}
_SHORTEST_BAR = 0.5


def week_html(report: WeekReport) -> str:
    """Write the report of a week."""
    page = week_page(report)
    sections = {section.title: section for section in page.sections}
    body = [
        _header(page, _figures(report)),
        _said(report),
        *_routines(report),
        *(_lines(sections[title]) for title in ("More than chance",) if title in sections),
        _halves(sections, report),
        _halves_of_lines(sections),
        *_next(report),
        footer(report.as_of.date() if report.unfinished else report.week.sunday),
    ]
    return document(f"{page.title}: {page.dates}", body)


def document(title: str, body: Iterable[str]) -> str:
    """Give a whole file; the policy in it forbids whatever reads it to load or run anything."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(part for part in body if part)
        + "\n</body>\n</html>\n"
    )


def text(raw: str) -> str:
    """Write other people's text: harmless characters, and no markup."""
    return escape(shown(raw), quote=True)


def named(raw: str) -> str:
    """Write a name, which may be of a script that runs from right to left."""
    return f"<bdi>{text(raw)}</bdi>"


def footer(day: date) -> str:
    """Say what made the page, and of what day it is."""
    return f"<footer>procroutine · as of {short_date(day)} {day.year}</footer>"


def _header(page: Page, figures: str) -> str:
    return f"<header><div><h1>{text(page.title)}</h1><p>{text(page.dates)}</p></div>{figures}</header>"


def _figures(report: WeekReport) -> str:
    counts = report.counts
    found = []
    if counts.due:
        found.append(("done", f"{counts.done}<small> of {counts.due}</small>"))
    if report.runs:
        found.append(("time", total_time(report.total)))
    if report.met_of:
        found.append(("at their goal", f"{report.met}<small> of {report.met_of}</small>"))
    if report.week_score is not None:
        found.append(("score", percent(report.week_score)))
    return figures(found)


def figures(found: Iterable[tuple[str, str]]) -> str:
    """Give large figures with their labels; the figures are HTML."""
    parts = "".join(f"<div><dt>{label}</dt><dd>{figure}</dd></div>" for label, figure in found)
    return f'<dl class="figures">{parts}</dl>' if parts else ""


def _said(report: WeekReport) -> str:
    """Give the sentences that say more than the figures do."""
    counts = report.counts
    sentences = [] if report.advice is None else [report.advice]
    if counts.late or counts.off or counts.done < counts.due:
        sentences.append(due_sentence(counts))
    return said((*sentences, *more_sentences(report)))


def said(sentences: Iterable[str]) -> str:
    """Give sentences as a list."""
    items = "".join(f"<li>{text(sentence)}</li>" for sentence in sentences)
    return f'<ul class="said">{items}</ul>' if items else ""


def _routines(report: WeekReport) -> Iterator[str]:
    if not report.routines:
        return
    weeks = max(weeks_charted(one.chart) for one in report.routines)
    charted = f"last {weeks} weeks" if weeks > 1 else "so far"
    yield "<h2>What was due, and what was done</h2>"
    yield (
        f'<table><tr><th></th><th>routine</th><th class="chart">{charted}</th><th class="n">time</th>'
        '<th class="n">goal</th><th class="n">vs goal</th><th class="n usual">usual</th></tr>'
    )
    yield from (_routine(one, report) for one in report.routines)
    yield "</table>"


def _routine(one: ReportRoutine, report: WeekReport) -> str:
    sign = sign_of(one)
    remarks = "".join(f"<div>{text(line)}</div>" for line in one.remarks)
    return (
        f'<tr><td class="sign {_SIGN_CLASS.get(sign, "")}">{sign}</td>'
        f'<td class="name"><b>{named(one.name)}</b><div>{_due(one)}</div>{remarks}</td>'
        f'<td class="chart">{chart_svg(one.chart, report.week)}</td>'
        f'<td class="n">{_value(one)}</td><td class="n goal">{_goal(one)}</td>'
        f'<td class="n">{_difference(one)}</td><td class="n quiet usual">{length(one.usual)}</td></tr>'
    )


def _due(one: ReportRoutine) -> str:
    states = {due.state for due in one.dues}
    kind = "bad" if states & {DueState.NOT_DONE, DueState.OVERDUE} else ""
    words = " · ".join(text(part) for part in (due_words(one), *steadily(one)))
    return f'<span class="{kind}">{words}</span>' if kind else words


def _value(one: ReportRoutine) -> str:
    if one.value is None:
        return NOTHING
    mark = "" if one.met is None else "● " if one.met else "○ "
    return f"{mark}{total_time(one.value)}"


def _goal(one: ReportRoutine) -> str:
    if one.goal is None:
        return ""
    return f"{total_time(one.goal)} a week" if one.goal_per is GoalPer.WEEK else total_time(one.goal)


def _difference(one: ReportRoutine) -> str:
    if one.value is None or one.goal is None:
        return ""
    kind = "bad" if one.value * 10 > one.goal * 11 else ""
    written = signed(one.value - one.goal, "total")
    return f'<span class="{kind}">{written}</span>' if kind else written


def _halves(sections: dict[str, Section], report: WeekReport) -> str:
    parts = [
        _times(sections[title], rows)
        for title, rows in (("Time by system", report.systems), ("Time by person", report.people))
        if title in sections
    ]
    return f'<div class="halves">{"".join(parts)}</div>' if parts else ""


def _times(section: Section, rows: tuple[TimeRow, ...]) -> str:
    largest = max((row.share for row in rows), default=0.0) or 1.0
    lines = []
    for row in section.rows:
        name, time, share, usual, _ = row.cells
        found = next((one.share for one in rows if one.name == name), None)
        width = 0.0 if found is None else max(found / largest * 100, _SHORTEST_BAR)
        bar = f'<i style="width:{width:.1f}%"></i>' if found is not None else ""
        lines.append(
            f'<tr><td class="bar">{bar}{named(name)}</td><td class="n">{time}</td><td class="n">{share}</td>'
            f'<td class="n quiet">{usual}</td></tr>'
        )
    return (
        f'<section><h2>{section.title}</h2><table><tr><th></th><th class="n">time</th><th class="n">share</th>'
        f'<th class="n">usual</th></tr>{"".join(lines)}</table></section>'
    )


def _lines(section: Section) -> str:
    rows = "".join(f"<li>{text(row.cells[0])}</li>" for row in section.rows)
    return f'<section><h2>{section.title}</h2><ul class="lines">{rows}</ul></section>'


def _halves_of_lines(sections: dict[str, Section]) -> str:
    titles = ("To change before the next run", "Loose ends")
    parts = [_lines(sections[title]) for title in titles if title in sections]
    return f'<div class="halves">{"".join(parts)}</div>' if len(parts) > 1 else "".join(parts)


def _next(report: WeekReport) -> Iterator[str]:
    if not report.next.dues:
        return
    by_day: dict[date, list[NextDue]] = defaultdict(list)
    monday = report.next.week.monday
    for due in report.next.dues:
        if due.reason is None:
            by_day[max(due.at.date(), monday)].append(due)
    yield f"<h2>Week {report.next.week.number} holds <span>{next_sentence(report)}</span></h2>"
    days = (date.fromordinal(monday.toordinal() + number) for number in range(7))
    yield f'<ol class="days">{"".join(_day(day, by_day[day]) for day in days)}</ol>'
    if off := "; ".join(off_next(report)):
        yield f'<p class="quiet">off: {text(off)}</p>'


def _day(day: date, dues: Iterable[NextDue]) -> str:
    return f"<li><h3>{day_of_month(day)}</h3>{''.join(map(_ahead, dues))}</li>"


def _ahead(due: NextDue) -> str:
    when = clock_time(due.at) if due.has_time else "by this day" if due.any_day else "any time"
    if due.overdue:
        when = f"since {day_of_month(due.at)}"
    about = "" if due.usual is None else f" · {total_time(due.usual)}"
    return f"<div><span>{when}{about}</span><br>{named(due.routine)}</div>"
