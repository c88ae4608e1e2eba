"""A report as Markdown (CommonMark with the tables of GitHub); other people's text stays text in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from procroutine.exchange.report_layout import Page, Row, Section
from procroutine.text import Shown, shown
from procroutine.widths import cell_length

_MARKS = re.compile(r"([\\`*_{}\[\]<>()#!|~&$^@])")
_ADDRESS = re.compile(r"(?<=[A-Za-z]):(?=//)|(?<=\bwww)\.", re.IGNORECASE)
"""What makes a bare address a link."""
_FIRST = re.compile(r"^(\s*)([-+=:]|\d{1,9}(?=[.)]))")
"""What would begin a list or underline a heading where it stands first."""


def report_markdown(page: Page) -> Shown:
    """Write a page as Markdown, ending in one newline."""
    lines = [f"# {markdown_text(page.title)}", "", f"{markdown_text(page.dates)}", ""]
    lines += [f"- {markdown_text(sentence)}" for sentence in page.summary]
    for section in page.sections:
        lines += ["", f"## {markdown_text(section.title)}", ""]
        lines += [markdown_text(section.note), ""] if section.note else []
        lines += (
            _drawing(section)
            if section.fixed
            else _table(section)
            if section.head
            else [f"- {markdown_text(row.cells[0])}" for row in section.rows]
        )
    return shown("\n".join(lines) + "\n", lines=True)


def markdown_text(raw: str) -> str:
    """Write a text on one line so that Markdown shows it as it is: no emphasis, link, HTML, code, table or list."""
    text = _ADDRESS.sub(lambda found: f"\\{found[0]}", _MARKS.sub(r"\\\1", shown(raw).strip()))
    return _FIRST.sub(_escaped_first, text)


def _escaped_first(found: re.Match[str]) -> str:
    space, sign = found.groups()
    return f"{space}{sign}\\" if sign.isdigit() else f"{space}\\{sign}"


def _table(section: Section) -> Iterator[str]:
    # A table needs a head with as many cells as the rows; one whose cells are all empty is drawn by most as none.
    yield _row(tuple(markdown_text(label) for label in section.head))
    yield _row(tuple("---:" if place in section.right else "---" for place in range(len(section.head))))
    for row in section.rows:
        yield _row(tuple(markdown_text(cell) for cell in row.cells))
    remarks = tuple(_remarks(section))
    if remarks:
        yield from ("", *remarks)


def _drawing(section: Section) -> Iterator[str]:
    """Give signs in a block of code, where all are equally wide; no line of it can end the block."""
    names = [shown(_name(row, section)) for row in section.rows]
    size = max(map(cell_length, names))
    fence = "`" * max(3, 1 + max((len(run) for name in names for run in re.findall("`+", name)), default=0))
    yield f"{fence}text"
    yield f"{' ' * size}  {section.head[-1]}"
    for name, row in zip(names, section.rows, strict=True):
        yield f"{name}{' ' * (size - cell_length(name))}  {row.cells[-1]}"
    yield fence


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _remarks(section: Section) -> Iterator[str]:
    """Give what stands below rows, which a table has no place for, as a list under their names."""
    for row in section.rows:
        for remark in row.under:
            yield f"- **{markdown_text(_name(row, section))}**: {markdown_text(remark)}"


def _name(row: Row, section: Section) -> str:
    return row.cells[section.wide[0]] if section.wide else row.cells[0]
