"""A report as HTML: as a parser of it reads it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from procroutine.exchange.report import report_in
from procroutine.exchange.report_chart import chart_svg
from procroutine.insight.views.common import ChartData
from procroutine.text import shown
from tests.exchange.report_samples import WEEK, chart, week_report, year_report
from tests.exchange.test_report_markdown import NASTY
from tests.hostile.corpus import ALL_IN_ONE, corpus
from tests.hostile.harmless import steering

EMPTY = {"meta", "br"}
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "footer", "section", "div", "span", "small", "b"),
    *("h1", "h2", "h3", "p", "dl", "dt", "dd", "ul", "ol", "li", "table", "tr", "th", "td", "bdi", "br", "i"),
    *("svg", "line", "path", "circle"),
}
ATTRIBUTES = {
    *("lang", "charset", "name", "content", "http-equiv", "class", "title", "style", "colspan", "role", "aria-label"),
    *("viewbox", "d", "x1", "x2", "y1", "y2", "cx", "cy", "r"),
}


class Reader(HTMLParser):
    """Reads a page, and notes what is in it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: set[str] = set()
        self.attributes: dict[str, set[str]] = {}
        self.texts: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.texts.append(data)


@pytest.mark.parametrize("text", ["Weekly posts", *NASTY, ALL_IN_ONE, *(one.text for one in corpus()[::24])])
@pytest.mark.parametrize("kind", [week_report, year_report])
def test_a_page_holds_only_what_we_put_there_and_other_peoples_text_as_text(kind: object, text: str) -> None:
    page = report_in("html", kind(text))  # type: ignore[operator]  # one of the two samples
    read = Reader(page)
    assert read.open == []
    assert read.elements <= ELEMENTS
    assert read.attributes.keys() <= ATTRIBUTES
    assert all(re.fullmatch(r"width:[\d.]+%", style) for style in read.attributes.get("style", ()))
    assert sum(shown(text) in found for found in read.texts) >= (20 if kind is week_report else 4) or not shown(text)
    assert not steering(page.replace("\n", ""))


@pytest.mark.parametrize("kind", [week_report, year_report])
def test_a_page_asks_nothing_from_elsewhere_and_runs_nothing(kind: object) -> None:
    page = report_in("html", kind())  # type: ignore[operator]  # one of the two samples
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    assert policy in page
    assert not re.search(r"\b(src|href|url|import|script|http:|https:|on\w+=)\b", page.replace(policy, ""))
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_every_colour_has_its_sign_and_its_words_too() -> None:
    cells = re.findall(r'<td class="(\w*)" title="([^"]*)">(.*?)</td>', report_in("html", year_report()))
    assert len(cells) == 53 * 3
    signs = {kind: sign for kind, _, sign in cells[53:]}
    assert signs == {"met": "●", "over": "○", "done": "•", "missed": "×", "off": "─", "nothing": "·", "to_come": ""}
    assert all(re.match(r"W\d+, from \w{3} \d+ \w{3}: ", title) for _, title, _ in cells)


def test_a_chart_has_a_mark_for_each_week_its_goal_and_stands_inside_its_box() -> None:
    drawn = chart_svg(chart(), WEEK)
    assert drawn.count("<title>") == 8
    assert drawn.count("<line") == 1
    assert [drawn.count(f'class="{kind}"') for kind in ("met", "over", "missed", "off", "now over")] == [3, 2, 1, 1, 1]
    places = [float(place) for place in re.findall(r'c[xy]="([\d.]+)"', drawn)]
    assert all(0 <= x <= 184 and 0 <= y <= 34 for x, y in zip(places[::2], places[1::2], strict=True))


@pytest.mark.parametrize("count", [1, 2, 8])
def test_a_chart_of_few_or_equal_weeks_can_be_drawn(count: int) -> None:
    points = tuple(point.replaced(value=chart().points[0].value) for point in chart().points[:count])
    assert chart_svg(ChartData(points=points), WEEK).count("<circle") == count
    assert chart_svg(ChartData(), WEEK) == ""


def test_the_weeks_of_a_chart_are_counted_also_where_nothing_was_due() -> None:
    whole, report = chart(), week_report()
    sparse = whole.replaced(points=whole.points[1::3])
    assert "the last 7 weeks, last 1h04, goal 1h00" in chart_svg(sparse, WEEK)
    monthly = report.routines[0].replaced(chart=sparse)
    assert ">last 7 weeks<" in report_in("html", report.replaced(routines=(monthly,)))


def test_the_figures_say_what_the_text_says() -> None:
    texts = Reader(report_in("html", week_report())).texts
    for expected in ("Week 46", "4h16", "93 %", "Mon 09:00, done Wed · 12 weeks in a row · score 80 %"):
        assert expected in texts
