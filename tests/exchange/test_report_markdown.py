"""A report as Markdown: as a parser of it reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from procroutine.exchange.report import report_in
from procroutine.exchange.report_markdown import markdown_text
from procroutine.text import shown
from tests.exchange.report_samples import week_report, year_report
from tests.hostile.corpus import ALL_IN_ONE, corpus
from tests.hostile.harmless import steering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

PARSER = MarkdownIt("gfm-like")
OURS = {"heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td", "bullet_list", "list_item", "inline"}
NASTY = (
    "<script>alert(1)</script>",
    "**bold** _thin_ `code` ~~gone~~",
    "[here](https://example.org) ![x](y) <https://example.org>",
    "https://example.org/x www.example.org ana@example.org",
    "| a | b |",
    "# heading",
    "1. one",
    "1) one",
    "- item",
    "+ item",
    "> quote",
    "```",
    "~~~",
    "    code",
    "===",
    "---",
    "&lt;b&gt; &#60; &copy;",
    "a\\|b\\",
    "two  \nlines\n\n# three",
    "[x]: https://example.org",
    ":---:",
    "* * *",
    "$x$ @somebody #12",
)


def tokens(markdown: str) -> Iterator[Token]:
    for token in PARSER.parse(markdown):
        yield token
        yield from token.children or ()


def read(markdown: str) -> list[str]:
    """Give the texts that a reader sees, one for each stretch."""
    return [
        "".join(child.content for child in token.children or ()) for token in PARSER.parse(markdown) if token.children
    ]


def kinds(markdown: str) -> set[str]:
    return {token.type.removesuffix("_open").removesuffix("_close") for token in tokens(markdown)}


@pytest.mark.parametrize("text", [*NASTY, ALL_IN_ONE, *(one.text for one in corpus()[::24])])
def test_other_peoples_text_is_text_and_nothing_else(text: str) -> None:
    markdown = report_in("markdown", week_report(text))
    assert kinds(markdown) <= {*OURS, "text", "strong", "softbreak"}
    assert not steering(markdown.replace("\n", ""))
    seen = " ".join(" ".join(read(markdown)).split())
    wanted = " ".join(shown(text).split())
    if wanted:
        assert seen.count(wanted) >= 20


@pytest.mark.parametrize("text", [*NASTY, ALL_IN_ONE])
def test_the_map_of_a_year_stays_in_its_block(text: str) -> None:
    markdown = report_in("markdown", year_report(text))
    assert kinds(markdown) <= {*OURS, "text", "strong", "fence"}
    (fence,) = [token for token in tokens(markdown) if token.type == "fence"]
    first, *rows = fence.content.splitlines()
    assert "Jan" in first
    assert len(rows) == 2


@given(st.text(alphabet=st.sampled_from("ab1.)(-+=*_`~#>|&;:/<[]!\\ \n@w$"), max_size=30))
@settings(max_examples=150, deadline=None)
def test_any_text_in_a_list_reads_as_it_was_written(text: str) -> None:
    markdown = f"- {markdown_text(text)}\n"
    assert kinds(markdown) <= {"bullet_list", "list_item", "paragraph", "inline", "text", "text_special"}
    assert " ".join(" ".join(read(markdown)).split()) == " ".join(shown(text).split())


def test_plain_names_stay_as_they_are() -> None:
    assert markdown_text("Weekly posts, 10:30 – Ana's") == "Weekly posts, 10:30 – Ana's"


def test_what_stands_below_a_row_follows_the_table_under_its_name() -> None:
    lines = report_in("markdown", week_report()).splitlines()
    assert "| ✓ | Weekly posts | Mon 09:00, done Wed | ○ 1h04 | 1h00 | \\+4m | 57m |" in lines
    assert "- **Weekly posts**: Mon 09:00: “Weekly posts”" in lines
