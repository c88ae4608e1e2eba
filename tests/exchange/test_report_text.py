"""A report as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.exchange.report import report_in
from procroutine.exchange.report_sections import week_page
from procroutine.exchange.report_text import broken, report_text
from procroutine.widths import cell_length
from tests.exchange.report_samples import week_report, year_report
from tests.hostile.corpus import ALL_IN_ONE, corpus
from tests.hostile.harmless import steering


def test_the_week_reads_as_a_page() -> None:
    lines = report_in("text", week_report()).splitlines()
    assert lines[:4] == [
        "Week 46",
        "Mon 9 to Sun 15 Nov 2026",
        "",
        "3 of 6 done (1 late), 1 not done, 1 overdue, 1 to come, 1 off.",
    ]
    assert lines[lines.index("What was due, and what was done") + 1 :][:5] == [
        "   routine       due                                  time  goal  vs goal  usual",
        "✓  Weekly posts  Mon 09:00, done Wed                ○ 1h04  1h00      +4m    57m",
        "    12 weeks in a row · score 80 %",
        "    Mon 09:00: “Weekly posts”",
        "✓  Weekly posts  Mon 09:00, done Wed, 2 days late   ○ 1h04  1h00      +4m    57m",
    ]
    assert "4 due, in all about 2h45; 1 of unknown length" in lines


def test_each_state_has_its_sign() -> None:
    lines = report_in("text", week_report()).splitlines()
    assert [line[0] for line in lines if "  Weekly posts  " in line and "1h00" in line] == [*"✓✓×!─×·"]


def test_the_year_has_a_sign_for_each_week_under_the_months() -> None:
    lines = report_in("text", year_report()).splitlines()
    months = next(line for line in lines if line.lstrip().startswith("Jan"))
    (row, _) = [line for line in lines if "●○•×─·" in line]
    assert row.index("●") == months.index("Jan")
    assert row[row.index("●") :].ljust(53) == ("●○•×─· " * 8)[:53]
    assert months.rstrip().endswith("Dec")


@pytest.mark.parametrize("width", [40, 52, 60, 72, 80, 120])
@pytest.mark.parametrize("text", ["Weekly posts", "名前" * 40, "a" * 300, "a b " * 60, "🧑‍🚀" * 30])
def test_no_line_is_wider_than_asked_for(width: int, text: str) -> None:
    lines = report_text(week_page(week_report(text)), width).splitlines()
    assert max(map(cell_length, lines)) <= width


def test_the_page_of_a_year_fits_80_columns() -> None:
    assert max(map(cell_length, report_in("text", year_report("名前" * 40)).splitlines())) <= 80


@pytest.mark.parametrize("text", [ALL_IN_ONE, *(one.text for one in corpus()[::24])])
def test_nothing_in_a_text_can_steer_a_terminal_or_begin_a_line(text: str) -> None:
    for report in (week_report(text), year_report(text)):
        assert not steering(report_in("text", report).replace("\n", ""))


@given(st.text(alphabet=st.sampled_from("ab 名\u0301🧑"), max_size=60), st.integers(2, 20))
@settings(max_examples=60, deadline=None)
def test_breaking_a_text_loses_nothing_but_blanks(text: str, width: int) -> None:
    lines = broken(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_length(line) <= width for line in lines)
