"""The report of a week or a year in each of its forms."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from procroutine.insight.views.report import WeekReport

if TYPE_CHECKING:
    from procroutine.insight.views.report_year import YearReport

FORMATS = ("text", "markdown", "html", "json")
ENDINGS = {".txt": "text", ".md": "markdown", ".markdown": "markdown", ".html": "html", ".htm": "html", ".json": "json"}
"""What form a file has by the end of its name."""


def report_in(form: str, report: WeekReport | YearReport, width: int = 80) -> str:
    """Write a report in one of the forms, ending in a newline; `width` is that of text."""
    if form == "json":
        return json.dumps(_as_json(report), indent=2, allow_nan=False) + "\n"
    if form == "html":
        return _as_html(report)
    from procroutine.exchange.report_sections import week_page
    from procroutine.exchange.report_year_sections import year_page

    page = week_page(report) if isinstance(report, WeekReport) else year_page(report)
    if form == "markdown":
        from procroutine.exchange.report_markdown import report_markdown

        return report_markdown(page)
    from procroutine.exchange.report_text import report_text

    return report_text(page, width)


def _as_json(report: WeekReport | YearReport) -> dict[str, object]:
    from procroutine.exchange.report_json import week_json, year_json

    return week_json(report) if isinstance(report, WeekReport) else year_json(report)


def _as_html(report: WeekReport | YearReport) -> str:
    if isinstance(report, WeekReport):
        from procroutine.exchange.report_html import week_html

        return week_html(report)
    from procroutine.exchange.report_year_html import year_html

    return year_html(report)
