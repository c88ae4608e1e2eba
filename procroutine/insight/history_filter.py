"""What History is to list, as it is typed: words, and terms such as `week:W40..W47`, `over` and `note:slow`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, NoReturn

from procroutine.errors import BadInput, did_you_mean, nearest, quoted
from procroutine.insight.dates import short_date, week_label
from procroutine.moments import parse_since
from procroutine.text import Shown, shown
from procroutine.values import Value
from procroutine.weeks import Week, week_of

if TYPE_CHECKING:
    from procroutine.clock import Reading

MARKS = {
    "over": "over goal",
    "under": "at or under goal",
    "skipped": "skipped steps",
    "left-out": "left out",
    "corrected": "corrected",
    "abandoned": "abandoned",
}
"""Terms that stand alone, and how they are said."""
FORMS = {
    "week:": "week:W40..W47",
    "since:": "since:90d",
    "until:": "until:2026-11-19",
    "routine:": "routine:posts",
    "note:": "note:slow",
}
"""Terms with something behind the colon, and how they are written."""
_IN_TWO_WORDS = {"left out": "left-out", "over goal": "over", "under goal": "under", "skipped steps": "skipped"}
_TOKEN = re.compile(r'([A-Za-z-]+:)(?:"([^"]*)"?|(\S*))|"([^"]*)"?|(\S+)')
_WEEK_53_WITHIN = 8
"""Years in a row of which at least one has a week 53."""
_SHORT_WEEK = re.compile(r"[Ww]?(\d{1,2})", re.ASCII)
_ONE_WEEK = re.compile(r"[Ww]\d{1,2}|\d{4}-[Ww]\d\d", re.ASCII)


class HistoryFilter(Value):
    """What runs are wanted: all that fit everything here."""

    words: tuple[str, ...] = ()
    """Each stands somewhere in name, notes, state, outcome or week; in small letters."""
    notes: tuple[str, ...] = ()
    """Each stands in a note of the run or of a step; in small letters."""
    routines: tuple[str, ...] = ()
    """Each stands in the routine's id or name; in small letters."""
    since: date | None = None
    until: date | None = None
    """Days on which they began, both included."""
    marks: tuple[str, ...] = ()
    """Of `MARKS`."""
    problems: tuple[str, ...] = ()
    """What of the text is no filter, and what to write instead; the rest counts."""

    @property
    def wants_all(self) -> bool:
        """Whether every run fits."""
        return self == HistoryFilter(problems=self.problems)

    def described(self, this_week: Week) -> Shown:
        """Say what is wanted: `over goal · notes with “slow” · weeks W40 to W47`; empty where all are."""
        parts = [MARKS[mark] for mark in self.marks]
        parts += [f"routine “{text}”" for text in self.routines]
        parts += [f"notes with “{text}”" for text in self.notes]
        parts += [f"“{text}”" for text in self.words]
        return shown(" · ".join([*parts, *_span(self.since, self.until, this_week)]))


EVERYTHING = HistoryFilter()


def _span(since: date | None, until: date | None, this_week: Week) -> Iterator[str]:
    if since is not None and until is not None and since.isoweekday() == 1 and until.isoweekday() == 7:
        first, last = week_label(Week.of(since), this_week), week_label(Week.of(until), this_week)
        yield f"week {first}" if first == last else f"weeks {first} to {last}"
        return
    if since is not None:
        yield f"from {short_date(since)} {since.year}"
    if until is not None:
        yield f"until {short_date(until)} {until.year}"


def parse_filter(text: str, now: Reading) -> HistoryFilter:
    """Read what was typed; what cannot be understood stands among the problems.

    Words in quotes are looked for as they stand, also such as are terms.
    """
    found = _Found(now)
    tokens = [_Token(*match.groups()) for match in _TOKEN.finditer(text)]
    place = 0
    while place < len(tokens):
        pair = " ".join(token.bare.lower() for token in tokens[place : place + 2])
        if pair in _IN_TWO_WORDS:
            found.marks[_IN_TWO_WORDS[pair]] = None
            place += 1
        else:
            found.take(tokens[place])
        place += 1
    return found.filter()


class _Token:
    """A word, or a term with what stands behind its colon."""

    def __init__(
        self, name: str | None, in_quotes: str | None, behind: str | None, quoted: str | None, bare: str | None
    ) -> None:
        self.name = (name or "").lower()
        self.bare = bare or ""
        """A word that is not in quotes."""
        self.value = (in_quotes or behind or quoted or bare or "").strip()


class _Found:
    """What was found in a text so far."""

    def __init__(self, now: Reading) -> None:
        self.now = now
        self.texts: dict[str, list[str]] = {"": [], "note:": [], "routine:": []}
        self.days: dict[str, date] = {}
        self.marks: dict[str, None] = {}
        self.problems: list[str] = []

    def take(self, token: _Token) -> None:
        """Take in a word or a term."""
        name, value = token.name, token.value
        if not name:
            if token.bare.lower() in MARKS:
                self.marks[token.bare.lower()] = None
            elif value:
                self.texts[""].append(value.casefold())
        elif name not in FORMS:
            near = did_you_mean(nearest(name, (*FORMS, *MARKS)), "put it into quotes to look for it as it stands")
            self.problems.append(f"there is no term {quoted(name)}: {near}")
        elif not value:
            self.problems.append(f"{name} wants something behind it, such as {FORMS[name]}")
        elif name in self.texts:
            self.texts[name].append(value.casefold())
        else:
            self._take_days(name, value)

    def _take_days(self, name: str, value: str) -> None:
        try:
            first, last = days_of(name.rstrip(":"), value, self.now)
        except BadInput as error:
            self.problems.append(f"{error.problem}: {error.remedy}")
            return
        if first is not None:
            self.days["since"] = max(first, self.days.get("since", first))
        if last is not None:
            self.days["until"] = min(last, self.days.get("until", last))

    def filter(self) -> HistoryFilter:
        """Give all of it."""
        return HistoryFilter(
            words=tuple(self.texts[""]),
            notes=tuple(self.texts["note:"]),
            routines=tuple(self.texts["routine:"]),
            since=self.days.get("since"),
            until=self.days.get("until"),
            marks=tuple(self.marks),
            problems=tuple(self.problems),
        )


def days_of(kind: str, text: str, now: Reading) -> tuple[date | None, date | None]:
    """Read the first and the last day that `week`, `since` or `until` want; BadInput says what to write instead."""
    if kind == "week":
        first, last = weeks_of(text, week_of(now.wall))
        return None if first is None else first.monday, None if last is None else last.sunday
    week = weeks_of(text, week_of(now.wall))[0] if _ONE_WEEK.fullmatch(text) else None
    if kind == "since":
        return (parse_since(text, now) if week is None else week.monday), None
    return None, (parse_since(text, now) if week is None else week.sunday)


def weeks_of(text: str, this_week: Week) -> tuple[Week | None, Week | None]:
    """Read `2026-W47`, `W47` or `47`, and from one to another `W40..W47`, `W40..`, `..W47`; BadInput for all else.

    A number alone is the week of that number that was last, or is now; behind a first week the one next after it.
    """
    start, mark, end = text.partition("..")
    if not start.strip() and not end.strip():
        raise BadInput(f"{quoted(text)} is not a week", f"write {FORMS['week:']} or week:2026-W47")
    first = _last_week(start, this_week) if start.strip() else None
    if not mark:
        return first, first
    if not end.strip():
        return first, None
    last = _last_week(end, this_week) if first is None else _next_week(end, first)
    if first is not None and last < first:
        raise BadInput(f"{quoted(text)} ends before it begins", "write the earlier week first")
    return first, last


def _last_week(text: str, this_week: Week) -> Week:
    number = _number(text)
    if number is None:
        return Week.parse(text)
    years = range(this_week.year, this_week.year - _WEEK_53_WITHIN, -1)
    return next((week for week in _numbered(years, number) if week <= this_week), None) or _none_such(text)


def _next_week(text: str, first: Week) -> Week:
    number = _number(text)
    if number is None:
        return Week.parse(text)
    years = range(first.year, first.year + _WEEK_53_WITHIN)
    return next((week for week in _numbered(years, number) if first <= week), None) or _none_such(text)


def _number(text: str) -> int | None:
    match = _SHORT_WEEK.fullmatch(text.strip())
    return int(match[1]) if match else None


def _numbered(years: Iterable[int], number: int) -> Iterator[Week]:
    """Give the weeks of a number in some years; not all have a week 53, and none a week 54."""
    for year in years:
        with suppress(BadInput):
            yield Week.parse(f"{year:04d}-W{number:02d}")


def _none_such(text: str) -> NoReturn:
    raise BadInput(f"{quoted(text)} is not a week", "write the ISO year and week, such as 2026-W47")
