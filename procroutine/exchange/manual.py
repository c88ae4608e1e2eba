"""A routine as a training manual, for somebody who cannot ask the one who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from procroutine.durations import written_duration
from procroutine.insight.addresses import may_open
from procroutine.routine.model import GoalPer, Routine, Step, System
from procroutine.text import Shown, shown

_FENCE = re.compile(r"\s*(`{3,}|~{3,})(.*)")
_MARK = re.compile(
    r"""[`\[]|\\(?=[!-/:-@\[-`{-~])|\*(?=\S)|(?<=\S)\*|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|~(?=~)|&(?=#?\w+;)"""
)
"""What would be emphasis, a link, code or HTML in a text that is no Markdown; what stands alone is left as it is."""


def manual_markdown(routine: Routine) -> Shown:
    """Give the manual as Markdown, ending in one newline: what for, what with, and step by step how."""
    lines = [f"# {_plain(routine.name)}", ""]
    if routine.purpose:
        lines += [_text(routine.purpose), ""]
    lines += [*_facts(routine), ""]
    if routine.systems:
        lines += ["## What you need", "", *(_system(system) for system in routine.systems.values()), ""]
    lines += ["## Steps", ""]
    titles = {step.id: f"{number} {_plain(step.title)}" for number, step in enumerate(routine.steps, 1)}
    section = None
    for number, step in enumerate(routine.steps, 1):
        if step.section is not None and step.section != section:
            lines += [f"### {_plain(step.section)}", ""]
        section = step.section
        lines += _step(number, step, routine, titles)
    return shown("\n".join(lines).rstrip() + "\n", lines=True)


def _facts(routine: Routine) -> Iterator[str]:
    if routine.goal is not None:
        per = "each time" if routine.goal_per is GoalPer.RUN else "in a week"
        yield f"- Goal: at most {written_duration(routine.goal)} {per}"
    planned = f", planned for {written_duration(routine.planned)}" if routine.planned else ""
    yield f"- Steps: {len(routine.steps)}{planned}"
    if routine.schedule is not None:
        yield f"- When: {_plain(routine.schedule.text)}"
    for label, text in (("By", routine.owner), ("Needs", routine.input), ("Gives", routine.output)):
        if text:
            yield f"- {label}: {_plain(text)}"


def _system(system: System) -> str:
    parts = [f"- **{_plain(system.name)}**"]
    if system.url:
        parts.append(_address(system.url))
    if system.notes:
        parts.append(_plain(system.notes))
    return ": ".join(parts[:2]) + "".join(f". {part}" for part in parts[2:])


def _address(url: str) -> str:
    """Give an address as a link where it may be opened, else as text."""
    return f"<{url}>" if may_open(url) and "<" not in url and ">" not in url else _plain(url)


def _step(number: int, step: Step, routine: Routine, titles: dict[str, str]) -> Iterator[str]:
    yield from (f"#### {number}. {_plain(step.title)}", "")
    if circumstances := " · ".join(_circumstances(step, routine)):
        yield from (f"*{circumstances}*", "")
    if step.after:
        before = ", ".join(titles[name] for name in step.after)
        yield from (f"Only after: {before}.", "")
    if step.alternatives:
        yield from (f"Choose one: {_names(step.alternatives, routine)}.", "")
    if step.instructions:
        yield from (_text(step.instructions), "")
    if step.checklist:
        yield from (*(f"- [ ] {_plain(item)}" for item in step.checklist), "")
    if step.wait is not None:
        yield from (f"Then wait: usually {written_duration(step.wait, days=True)}.", "")


def _circumstances(step: Step, routine: Routine) -> Iterator[str]:
    if step.planned is not None:
        yield written_duration(step.planned)
    if step.person:
        yield _plain(step.person)
    if step.systems:
        yield _names(step.systems, routine)
    if step.optional:
        yield "may be left out"
    if step.prepare:
        yield "may be done beforehand"


def _names(ids: tuple[str, ...], routine: Routine) -> str:
    return ", ".join(_plain(routine.systems[name].name) for name in ids)


def _plain(text: str) -> str:
    """Give a text that is no Markdown on one line, so that it is read as it was written."""
    return _MARK.sub(r"\\\g<0>", shown(text.strip()))


def _text(markdown: str) -> str:
    """Give a text of its author's with its code block closed (CommonMark 4.5): it cannot swallow what follows."""
    text = shown(markdown.strip(), lines=True)
    fence = ""
    for line in text.split("\n"):
        if (found := _FENCE.fullmatch(line)) is None:
            continue
        marks, rest = found.groups()
        if not fence:
            fence = "" if "`" in marks and "`" in rest else marks
        elif marks.startswith(fence) and not rest.strip():
            fence = ""
    return f"{text}\n{fence}" if fence else text
