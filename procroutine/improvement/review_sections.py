"""Drawing the tables under the levers: what takes the week, phases, systems, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.durations import total_time
from procroutine.improvement.alternatives import facts_of
from procroutine.improvement.load import RESTS_ON, each_of
from procroutine.improvement.outcome_of_change import worth_telling
from procroutine.improvement.phases import PHASES
from procroutine.improvement.review_views import Section, SectionRow
from procroutine.text import Shown, shown

if TYPE_CHECKING:
    from procroutine.improvement.alternatives import StepChoice
    from procroutine.improvement.book import Book
    from procroutine.improvement.gains import Gain
    from procroutine.improvement.ground import RoutineGround
    from procroutine.improvement.levers.lever import Earned, Missing
    from procroutine.improvement.losses import Loss

ZERO = timedelta()
_MOST_NAMED = 5
"""Routines that are named where one thing is said of many."""
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ASKED = "Press H to say how many hours a week you have."


def name_of(book: Book, routine_id: str) -> str:
    """Give a routine's name; of one that is gone its id."""
    one = book.ground.of(routine_id)
    return routine_id if one is None else one.routine.name


def sections_of_all(book: Book) -> Iterator[Section]:
    """Give the tables of the page of all routines."""
    yield _week(book)
    yield from _losses(book, None)
    yield _by_routine(book)
    if book.ground.routines:
        yield _phases(book)
    if book.shared:
        yield _shared(book)
    yield from _choices(book, None)
    yield from _kept(book, None)
    yield from _earned(book, None)
    yield from _gains(book, None)
    yield from _missing(book, None)


def sections_of(book: Book, one: RoutineGround) -> Iterator[Section]:
    """Give the tables of the page of one routine."""
    yield from _losses(book, one.routine.id)
    yield from _choices(book, one.routine.id)
    yield from _kept(book, one.routine.id)
    yield from _earned(book, one.routine.id)
    yield from _gains(book, one.routine.id)
    yield from _missing(book, one.routine.id)
    if book.paths is not None and (path := book.paths.get(one.routine.id)) is not None:
        yield Section(title="Phase", lead=path.next)


def _week(book: Book) -> Section:
    load = book.load
    times = [*zip(_DAYS, load.by_day, strict=True), *([("any day", load.any_day)] if load.any_day else [])]
    most = max(length for _, length in times)
    return Section(
        title="The week",
        lead=shown(" ".join(filter(None, (_against_hours(book), _MEAN * load.is_mean)))),
        rows=tuple(
            SectionRow(name=Shown(day), value=total_time(length) if length else "–", part=length / most)
            for day, length in times
            if length or day != "any day"
        )
        if most
        else (),
    )


_MEAN = "Each day is a mean over a year."


def _against_hours(book: Book) -> str:
    load = book.load
    return load.sentence if load.hours is not None else f"{total_time(load.total)} a week. {_asked(book)}"


def _asked(book: Book) -> str:
    """Say how to tell the hours there are, and what is wrong in the settings where they may be."""
    return " ".join((*(f"{fault.in_brief}." for fault in book.faults), _ASKED))


def _by_routine(book: Book) -> Section:
    rows = book.load.routines
    most = rows[0].week if rows else ZERO
    return Section(
        title="What takes the week",
        rows=tuple(
            SectionRow(
                name=shown(one.name),
                text=Shown(each_of(one)),
                value=total_time(one.week),
                part=one.week / most,
            )
            for one in rows
        ),
        lead=Shown(f"{RESTS_ON}." if rows else "No routine has a schedule or a run yet."),
    )


def _phases(book: Book) -> Section:
    """Give the phase of each routine and what to do next, first those that are to be moved."""
    if book.paths is None:
        return Section(title="Phases", lead=Shown("How far each routine has come is still being read."))
    paths = sorted(book.paths.values(), key=lambda path: (path.move_to is None, PHASES.index(path.phase), path.name))
    return Section(
        title="Phases",
        rows=tuple(SectionRow(name=path.name, text=path.next) for path in paths),
        lead=Shown("p shows the path of a routine, and moves it on." if paths else "No routine can be read."),
    )


def _shared(book: Book) -> Section:
    most = book.shared[0].a_week
    return Section(
        title="Systems in several routines",
        lead=Shown("What they take of a week, by the same runs."),
        rows=tuple(
            SectionRow(
                name=shown(one.name),
                text=shown(" · ".join(name_of(book, routine) for routine in one.routines)),
                value=total_time(one.a_week),
                part=one.a_week / most if most else 0.0,
            )
            for one in book.shared
        ),
    )


def _choices(book: Book, routine_id: str | None) -> Iterator[Section]:
    chosen = [choice for choice in book.choices if routine_id in (None, choice.routine)]
    if chosen:
        whose = [f"{name_of(book, one.routine)}: " if routine_id is None else "" for one in chosen]
        rows = [row for one, name in zip(chosen, whose, strict=True) for row in _choice(one, name)]
        yield Section(title="Two systems for one step", rows=tuple(rows))


def _choice(choice: StepChoice, whose: str) -> Iterator[SectionRow]:
    """Give how often each system of a step was used, then which of them is quicker."""
    yield SectionRow(name=shown(choice.title), text=shown(f"{whose}{facts_of(choice)}."))
    yield from (SectionRow(name=Shown(""), text=shown(f"{pair.sentence}.")) for pair in choice.pairs)


def _kept(book: Book, routine_id: str | None) -> Iterator[Section]:
    """Give what came of the last kept changes of a routine; of all routines only where that is known."""
    rows = [
        SectionRow(
            name=shown(name_of(book, routine)) if routine_id is None else Shown(""),
            text=shown(" ".join(one.sentences())),
        )
        for routine, kept in book.kept.items()
        for one in worth_telling(kept)
        if routine == routine_id or (routine_id is None and one.is_known)
    ]
    if rows:
        yield Section(title="What came of your changes", rows=tuple(rows))


def _gains(book: Book, routine_id: str | None) -> Iterator[Section]:
    yield from _told("What has helped already", book, routine_id, book.review.gains)


def _losses(book: Book, routine_id: str | None) -> Iterator[Section]:
    yield from _told("What has made it longer", book, routine_id, book.review.losses)


def _earned(book: Book, routine_id: str | None) -> Iterator[Section]:
    yield from _told("What earns its time", book, routine_id, book.review.earned)


def _missing(book: Book, routine_id: str | None) -> Iterator[Section]:
    yield from _told("What is missing", book, routine_id, book.review.missing)


def _told(
    title: str, book: Book, routine_id: str | None, said: Iterable[Gain | Loss | Earned | Missing]
) -> Iterator[Section]:
    """Give the sentences about one routine, or about all, each once, with the names of those it is said of."""
    found: dict[str, list[str]] = {}
    for one in said:
        if routine_id in (None, one.routine):
            found.setdefault(one.sentence, []).append(name_of(book, one.routine))
    rows = tuple(
        SectionRow(name=shown(listed_briefly(names)) if routine_id is None else Shown(""), text=shown(sentence))
        for sentence, names in found.items()
    )
    if rows:
        yield Section(title=title, rows=rows)


def listed_briefly(names: Sequence[str]) -> str:
    """Name some routines: `Posts, Books`, of many the first ones and how many more."""
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{', '.join(names[:_MOST_NAMED])}{more}"
