"""The report of a week, to read and to write to a file; reached by the palette of commands."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from procroutine.exchange.report import FORMATS, report_in
from procroutine.exchange.report_sections import week_page
from procroutine.exchange.report_text import Kind, report_lines
from procroutine.insight.views.report import WeekReport
from procroutine.tui.key_bar import KeyBar
from procroutine.tui.keys import key
from procroutine.tui.screens.choose import Choice
from procroutine.tui.screens.exports import ask_for_form, export
from procroutine.tui.screens.past_screen import PastScreen
from procroutine.tui.widgets.cells import LABEL, SOFT, joined, lines
from procroutine.tui.widgets.reading import Reading
from procroutine.tui.widgets.top_bar import TopBar
from procroutine.weeks import Week

WIDEST = 100
"""Columns beyond which a page reads no better."""
_NARROWEST = 36
_STYLES = {Kind.TITLE: "bold", Kind.TEXT: "", Kind.HEAD: LABEL, Kind.ROW: "", Kind.UNDER: SOFT}
_SIGNS = {"✓": "$text-success", "!": "bold $text-error", "×": "$text-error"}
_ENDINGS = {"text": "txt", "markdown": "md", "html": "html", "json": "json"}
_EXPLAINED = {
    "html": "one file to send or to print",
    "markdown": "for notes and the web",
    "text": "for mail",
    "json": "for other programs",
}


class ReportPage(Reading):
    """The page, which scrolls up and down; to the sides lie other weeks."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("report.before", "left,h", "screen.move(-1)", "Before", "Show the week before."),
        key("report.after", "right,l", "screen.move(1)", "After", "Show the week after."),
    ]


class ReportScreen(PastScreen):
    """The page of a week."""

    TITLE = "Week report"
    CSS_PATH = "report.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        key("report.back", "escape", "app.pop_screen", "Back", "Go back to where you came from."),
        key("report.export", "x", "export", "Export", "Write the page to a file: HTML, Markdown, text or JSON."),
    ]
    AUTO_FOCUS = "#report"

    report: WeekReport | None = None
    week: Week | None = None
    """The week that is shown; None for the present one, whichever that is."""

    def compose(self) -> ComposeResult:
        """Put the page into what scrolls."""
        yield TopBar("report")
        with ReportPage(id="report"):
            yield Static(id="report-page")
        yield KeyBar()

    def draw(self) -> None:
        """Ask for the week's report, and draw it."""
        app = self.procroutine
        report = app.look(lambda: app.viewer.week_report(self.week))
        if report is not None and report != self.report:
            self.report = report
            self._draw_page()

    def on_resize(self) -> None:
        """Break the lines where the screen ends now."""
        self._draw_page()

    def _draw_page(self) -> None:
        if self.report is None:
            return
        width = min(max(self.query_one("#report").scrollable_content_region.width - 1, _NARROWEST), WIDEST)
        drawn = (_styled(kind, line) for kind, line in report_lines(week_page(self.report), width))
        self.query_one("#report-page", Static).update(lines(drawn))
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        if action == "move" and parameters == (1,):
            return self.report is not None and not self.report.unfinished
        return action != "export" or self.report is not None

    def action_move(self, by: int) -> None:
        """Show another week."""
        if self.report is None:
            return
        asked, before = self.report.week + by, self.week
        self.week = None if asked == self.procroutine.viewer.past.this_week() else asked
        self.draw()
        if self.report.week != asked:
            self.week = before
        self.query_one("#report").scroll_home(animate=False)

    def action_export(self) -> None:
        """Ask for the kind of file."""
        choices = tuple(
            Choice(form[0], form, form if form != "html" else "HTML", _EXPLAINED[form]) for form in _in_order()
        )
        ask_for_form(self.procroutine, "Write this page", choices, self._export)

    def _export(self, form: str | None) -> None:
        report = self.report
        if form is not None and report is not None:
            stem = f"report-{report.week}"
            export(self.procroutine, stem, _ENDINGS[form], lambda: report_in(form, report))


def _in_order() -> list[str]:
    """Give the forms, the one to send first."""
    return sorted(FORMATS, key=list(_EXPLAINED).index)


def _styled(kind: Kind, line: str) -> Content:
    """Give a line with its style; only its sign, and only that of an exception, has a colour."""
    if kind is Kind.ROW and line[:1] in _SIGNS:
        return joined((line[:1], _SIGNS[line[0]]), line[1:])
    return Content.styled(line, _STYLES[kind]) if _STYLES[kind] else Content(line)
