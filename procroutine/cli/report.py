"""`report`: the page of a week or a year, to read or to send to somebody."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from procroutine.cli.definitions import write_file
from procroutine.cli.main import OK
from procroutine.errors import BadInput
from procroutine.exchange.report import ENDINGS, FORMATS, report_in
from procroutine.moments import parse_week

if TYPE_CHECKING:
    import argparse

    from procroutine.cli.main import Context
    from procroutine.insight.views.report import WeekReport
    from procroutine.insight.views.report_year import YearReport


def add_arguments(_name: str, parser: argparse.ArgumentParser) -> None:
    """Add its words."""
    parser.add_argument("--week", metavar="W", help="the week, such as 2026-W47; this week without")
    parser.add_argument("--year", metavar="Y", nargs="?", const="", help="a whole year instead; this year without Y")
    parser.add_argument("--format", choices=FORMATS, help="form of the page; as FILE ends, else text")
    parser.add_argument("--json", action="store_true", help="the same as --format json")
    parser.add_argument("-o", "--output", metavar="FILE", help="write it there")


def carry_out(_name: str, options: argparse.Namespace, context: Context) -> int:
    """Print the report, or write it to a file."""
    form = _form(options)
    text = report_in(form, _report(options, context))
    if options.output is not None:
        write_file(options.output, text)
        context.console.remark(f"Wrote {options.output}.")
    else:
        context.console.say_lines(text.rstrip("\n"))
    return OK


def _report(options: argparse.Namespace, context: Context) -> WeekReport | YearReport:
    from procroutine.insight.answers import Answers

    if options.year is not None and options.week is not None:
        raise BadInput("--week and --year do not go together", "give one of them")
    week = None if options.week is None else parse_week(options.week, context.clock.read())
    answers = Answers(context.whole_home)
    return answers.week_report(week) if options.year is None else answers.year_report(options.year or None)


def _form(options: argparse.Namespace) -> str:
    """Give the form asked for; without any, the one that the name of the file ends in."""
    if options.json:
        if options.format not in (None, "json"):
            raise BadInput(f"--json and --format {options.format} do not go together", "give one of them")
        return "json"
    ending = os.path.splitext(options.output or "")[1].lower()
    return str(options.format or ENDINGS.get(ending, "text"))
