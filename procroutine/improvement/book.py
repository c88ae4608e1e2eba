"""Everything the Review place shows, worked out once for all routines; each page of it is drawn from this."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from procroutine.history.home import Home
from procroutine.improvement.alternatives import StepChoice, choices_of
from procroutine.improvement.ground import Ground
from procroutine.improvement.ground_reading import read_ground
from procroutine.improvement.load import SharedSystem, WeekLoad, shared_systems, week_load
from procroutine.improvement.outcome_of_change import OutcomeOfChange, outcomes_of_changes
from procroutine.improvement.phase_reading import path_if_any
from procroutine.improvement.review import Review, review_of
from procroutine.insight.viewer import Viewer
from procroutine.settings import SettingProblem, read_settings
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.clock import Clock
    from procroutine.improvement.phases import Path
    from procroutine.places import Places

Progress = Callable[[str], object]
"""Told what is being done, in words, now and then."""


def _nobody(_doing: str) -> None:
    """Stand for a listener where there is none."""


class Book(Value):
    """The review of all routines, with what it rests on."""

    ground: Ground
    review: Review
    load: WeekLoad
    shared: tuple[SharedSystem, ...]
    choices: tuple[StepChoice, ...]
    kept: Mapping[str, tuple[OutcomeOfChange, ...]] = MappingProxyType({})
    """What came of changes that were kept, the newest first, by routine."""
    faults: tuple[SettingProblem, ...] = ()
    """What is wrong in the settings."""
    paths: Mapping[str, Path] | None = None
    """How far each routine has come, by its id; None while that is not read."""


def read_book(places: Places, clock: Clock, progress: Progress) -> Book:
    """Read all routines and their newest runs, and work everything out; a second or two over ten years.

    It makes its own home, so it can be called beside the app. CannotRead where a file cannot be read.
    """
    progress("Reading your routines …")
    return book_in(Home(places, clock), progress=progress)


def book_in(home: Home, routine_id: str | None = None, progress: Progress = _nobody) -> Book:
    """Read the same of a home; of one routine, by its id, what is worked out is its own. Errors as `read_book`."""
    ground = read_ground(home, _told(progress))
    progress("Working out what to change first …")
    settings, faults = read_settings(home.places.config)
    chosen = [one.routine for one in ground.routines if routine_id in (None, one.routine.id)]
    book = book_of(ground, settings.hours_a_week, routine_id)
    return book.replaced(kept=outcomes_of_changes(home, chosen), faults=faults)


def with_paths(book: Book, places: Places, clock: Clock, progress: Progress) -> Book:
    """Find how far each routine has come: a few hundredths of a second for each. Errors as `read_book`."""
    home = Home(places, clock)
    past, paths = Viewer(home).past, {}
    for place, one in enumerate(book.ground.routines):
        progress(f"Looking how far your routines have come: {place} of {len(book.ground.routines)} …")
        path = path_if_any(home, past, one.routine.id)
        if path is not None:
            paths[one.routine.id] = path
    return book.replaced(paths=paths)


def read_choices(places: Places, clock: Clock, progress: Progress, routine_id: str) -> tuple[StepChoice, ...]:
    """Compare the alternatives of one routine's steps alone; errors as `read_book`."""
    ground = read_ground(Home(places, clock), _told(progress))
    return choices_of(ground, routine_id)


def book_of(ground: Ground, hours: timedelta | None = None, routine_id: str | None = None) -> Book:
    """Work everything out from what was read, `review` and `choices` of one routine or (None) of all."""
    return Book(
        ground=ground,
        review=review_of(ground, routine_id),
        load=week_load(ground, hours),
        shared=shared_systems(ground),
        choices=choices_of(ground, routine_id),
    )


def _told(progress: Progress) -> Callable[[int, int], None]:
    def tell(done: int, of: int) -> None:
        progress(f"Reading your runs: {done} of {of} files …")

    return tell
