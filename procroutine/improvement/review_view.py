"""Drawing the pages of the review: one for each routine, and one for all together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.durations import span
from procroutine.errors import NotFound, quoted
from procroutine.improvement.corner import BOTH, NEITHER, SLOW, UNKNOWN, WRONG, farthest_over
from procroutine.improvement.ground import FEWEST
from procroutine.improvement.levers.practice import KIND as PRACTICE
from procroutine.improvement.load import often
from procroutine.improvement.review_sections import name_of, sections_of, sections_of_all
from procroutine.improvement.review_views import CornerPicture, Farthest, LeverRow, ReviewView, Span
from procroutine.improvement.weekly_saving import weekly
from procroutine.text import Shown, counted, shown

if TYPE_CHECKING:
    from procroutine.improvement.book import Book
    from procroutine.improvement.ground import RoutineGround
    from procroutine.improvement.levers.lever import Lever

ZERO = timedelta()
ALL = "All routines"
_WORDS = {
    "eliminate": "drop",
    "combine": "combine",
    "rearrange": "reorder",
    "prepare": "prepare",
    "steady": "write down",
    "planned": "over plan",
    "waiting": "waiting",
    "hand_off": "hand over",
    "person": "person",
    "system": "system",
    "practice": "practice",
}
"""Each kind of lever in a word or two."""
_FOLLOWS = {
    SLOW: "Right but slow, so work on the systems",
    WRONG: "In time but not right, so work on the process",
    NEITHER: "Neither right nor in time, so work on the process first",
}


def review_view(book: Book, routine_id: str | None = None) -> ReviewView:
    """Draw the page of one routine, or that of all; NotFound where there is no such routine."""
    one = None if routine_id is None else book.ground.of(routine_id)
    if routine_id is not None and one is None:
        raise NotFound(f"there is no routine {quoted(routine_id)}", "see procroutine routines")
    levers = [lever for lever in book.review.levers if routine_id in (None, lever.routine)]
    return ReviewView(
        routine_id=routine_id,
        name=Shown(ALL) if one is None else shown(one.routine.name),
        facts=_facts_of_all(book) if one is None else _facts(one),
        best=_best(book, levers, one),
        path=_path(book, routine_id),
        farthest=_farthest(book) if one is None else None,
        levers=tuple(_rows(book, levers)),
        corners=_corners(book, routine_id),
        sections=tuple(sections_of_all(book) if one is None else sections_of(book, one)),
    )


def _path(book: Book, routine_id: str | None) -> Shown:
    path = None if routine_id is None or book.paths is None else book.paths.get(routine_id)
    return Shown("") if path is None else path.line


def _farthest(book: Book) -> Farthest | None:
    """Name the routine that is farthest over its goal, with its first lever; that practice will not do is none."""
    far = farthest_over(book.review.corners)
    if far is None:
        return None
    own = (lever for lever in book.review.levers if lever.routine == far)
    lever = next((one for one in own if one.is_shown or one.kind != PRACTICE), None)
    return Farthest(
        name=shown(name_of(book, far)),
        against=book.review.corners[far].against_goal,
        first=Shown("") if lever is None else shown(f"{_WORDS[lever.kind]} {_about(book, lever)}"),
    )


def routines_of(book: Book) -> tuple[tuple[str, Shown], ...]:
    """Give the routines that have a page, by name."""
    return tuple((one.routine.id, shown(one.routine.name)) for one in book.ground.routines)


def _facts_of_all(book: Book) -> str:
    routines = book.ground.routines
    enough = sum(len(one.finished) >= FEWEST for one in routines)
    return f"{counted(len(routines), 'routine')} · {enough} with runs enough"


def _facts(one: RoutineGround) -> str:
    facts = [counted(one.total_runs, "run")]
    if one.a_week:
        facts.append(f"{often(one.a_week)} a week")
    return " · ".join(facts)


def _best(book: Book, levers: list[Lever], one: RoutineGround | None) -> Shown:
    """Name the single change with the largest effect; to go on practising is none that anybody makes."""
    first = next((lever for lever in levers if lever.kind != PRACTICE), None)
    if first is not None and (first.is_shown or first.is_likely):
        where = f", {name_of(book, first.routine)}" if one is None else ""
        what = f"{_WORDS[first.kind]} {_about(book, first)}{where}"
        if not first.is_shown:
            return shown(f"Nothing is sure yet; most likely: {what}.")
        return shown(f"Largest effect, {weekly(first.saves, first.high)} a week: {what}.")
    losses = [loss for loss in book.review.losses if one is None or loss.routine == one.routine.id]
    if losses:
        who = "It" if one is not None else name_of(book, losses[0].routine)
        more = f"takes {weekly(losses[0].costs, losses[0].high)} a week more since {losses[0].since.isoformat()}"
        return shown(f"{who} {more}; no change is shown to save time.")
    if one is not None and len(one.finished) < FEWEST:
        return Shown(f"Nothing can be said before it has {FEWEST} finished runs.")
    if not book.ground.routines:
        return Shown("No routine yet: n on This week (1) begins one.")
    if not any(len(each.finished) >= FEWEST for each in book.ground.routines):
        return Shown(f"Nothing can be said before a routine has {FEWEST} finished runs.")
    if levers and levers[0].is_shown:
        return shown(f"Practice goes on to save {weekly(levers[0].saves)} a week; no change is shown to save time.")
    return Shown("The records show no change that would surely save time.")


def _about(book: Book, lever: Lever) -> str:
    ground = book.ground.of(lever.routine)
    if lever.kind == "system" and lever.system is not None:
        return lever.system if ground is None else ground.system(lever.system)
    if lever.kind == "person" and lever.person is not None:
        return lever.person
    if lever.kind in ("practice", "rearrange") or not lever.steps:
        return lever.person or "all steps"
    return ", ".join(lever.steps if ground is None else map(ground.title, lever.steps))


def _rows(book: Book, levers: Iterable[Lever]) -> Iterator[LeverRow]:
    levers = list(levers)
    most = max((lever.high for lever in levers if lever.is_shown and lever.high is not None), default=ZERO)
    for lever in levers:
        known = lever.is_shown and lever.low is not None and lever.high is not None
        yield LeverRow(
            routine_id=lever.routine,
            routine=shown(name_of(book, lever.routine)),
            kind=_WORDS[lever.kind],
            about=shown(_about(book, lever)),
            saves=weekly(lever.saves, lever.high) if known else _at_stake(lever),
            between=f"{weekly(lever.low or ZERO, lever.high)} and {weekly(lever.high or ZERO)}" if known else "",
            span=_span(lever, most) if known else None,
            sentence=shown(lever.sentence),
            how=shown(lever.how),
            evidence=tuple((shown(figure.what), figure.words) for figure in lever.evidence),
            tries=lever.tries,
            is_likely=lever.is_likely,
        )


def _at_stake(lever: Lever) -> str:
    """Give the work a week that it is about; where it is about none the waiting."""
    if lever.at_stake:
        return f"of {weekly(lever.at_stake)}"
    return f"wait {span(lever.lead)}" if lever.lead else "–"


def _span(lever: Lever, most: timedelta) -> Span:
    return Span(low=(lever.low or ZERO) / most, middle=lever.saves / most, high=(lever.high or ZERO) / most)


def _corners(book: Book, routine_id: str | None) -> CornerPicture:
    standing: dict[str, list[Shown]] = {corner: [] for corner in (BOTH, SLOW, WRONG, NEITHER, UNKNOWN)}
    for routine, corner in book.review.corners.items():
        if routine_id in (None, routine):
            standing[corner.corner].append(shown(name_of(book, routine)))
    if routine_id is not None:
        sentence = shown(book.review.corners[routine_id].sentence)
    else:
        said = [f"{lead}: {', '.join(standing[corner])}." for corner, lead in _FOLLOWS.items() if standing[corner]]
        sentence = Shown(" ".join(said))
    return CornerPicture(
        right_slow=tuple(standing[SLOW]),
        right_quick=tuple(standing[BOTH]),
        wrong_slow=tuple(standing[NEITHER]),
        wrong_quick=tuple(standing[WRONG]),
        unknown=tuple(standing[UNKNOWN]),
        sentence=sentence,
        is_of_one=routine_id is not None,
    )
