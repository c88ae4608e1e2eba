"""Reviews for tests and pictures, worked out from generated pasts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from random import Random

from procroutine.improvement.book import Book, Progress, book_of
from procroutine.improvement.change import drop
from procroutine.improvement.corner import BOTH, SLOW, UNKNOWN
from procroutine.improvement.ground import Ground, RoutineGround
from procroutine.improvement.levers.lever import Figure, Lever, Missing
from procroutine.improvement.phase_ground import WeeksKept
from procroutine.improvement.phases import Path
from procroutine.routine.model import Phase, System
from procroutine.routine.schedule import parse_schedule
from procroutine.text import Shown
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens.review import ReviewScreen
from tests.improvement.histories import NOW, Played, ground, minutes, noisy, routine, step

STANDING = ((SLOW, "Right but slow"), (UNKNOWN, "Not known"), (BOTH, "Right and in time"))
SYSTEMS = {
    name: System(id=name, name=title)
    for name, title in (("docs", "Week's document"), ("scheduler", "Picture scheduler"), ("queue", "Post queue"))
}


def posts() -> RoutineGround:
    """Weekly, right and in time; the approval is of no use, and one scheduler is quicker than the other."""
    random = Random(11)
    definition = routine(
        step("write", system="docs", title="Write the week's posts"),
        step("approve", system="docs", title="Let the owner approve all posts", person="Owner"),
        step("enter", system="scheduler", title="Enter them", systems=(), alternatives=("scheduler", "queue")),
        name="Weekly social posts",
        goal=minutes(60),
        schedule=parse_schedule("weekly on Monday"),
        systems=SYSTEMS,
    )
    runs = []
    for number in range(40):
        system = ("scheduler", "queue")[number % 2]
        times = noisy(random, {"write": 22, "approve": 9, "enter": 12 + 6 * (system == "queue")}, 0.08)
        skipped = {"approve"} if number % 3 == 0 else set()
        runs.append(Played(times=times, skipped=skipped, systems={"enter": (system,)}, outcome="met"))
    return ground(definition, runs)


def books() -> RoutineGround:
    """Weekly, right but slow, with a name that has to be cut."""
    random = Random(5)
    definition = routine(
        step("sort", system="docs", title="Sort"),
        step("enter", system="docs", title="Enter"),
        id="books",
        name="Bookkeeping of the week with everything that belongs to it",
        goal=minutes(30),
        schedule=parse_schedule("weekly on Friday"),
        systems=SYSTEMS,
    )
    runs = [Played(times=noisy(random, {"sort": 20, "enter": 30}, 0.1), outcome="met") for _ in range(14)]
    return ground(definition, runs)


def fresh(runs: int) -> RoutineGround:
    """A routine with so few runs that nothing can be said."""
    definition = routine(step("call", planned=10), id="calls", name="Calls", goal=minutes(15))
    return ground(definition, [Played(times={"call": 9})] * runs, a_week=1.0 if runs else 0.0)


LEVERS = (
    Lever(
        kind="eliminate",
        routine="posts",
        steps=("approve",),
        saves=minutes(6),
        low=minutes(5.5),
        high=minutes(7.25),
        at_stake=minutes(6),
        sentence='Drop "Let the owner approve all posts": the output was right in 14 of 14 runs without it.',
        how="Middle time in the 26 newest runs with it, times 0.67 a week; interval at 97.9 %.",
        evidence=(
            Figure(what="right without", count=14, of=14),
            Figure(what="middle time", length=minutes(9)),
            Figure(what="times a week", count=0.67),
        ),
        tries=(drop("approve"),),
    ),
    Lever(
        kind="system",
        routine="posts",
        steps=("enter",),
        system="queue",
        saves=minutes(2.5),
        low=minutes(2),
        high=minutes(3.25),
        at_stake=minutes(9),
        sentence='Do "Enter them" with "Picture scheduler": the middle time is 12:25, and 17:59 with "Post queue".',
        how="20 times with the one against 20 with the other.",
        evidence=(Figure(what="times compared", count=40),),
    ),
    Lever(
        kind="practice",
        routine="books",
        at_stake=minutes(22),
        sentence="Practice alone will not get there: it comes down to 48m, and the goal is 30m.",
        how="Fitted to 14 runs.",
    ),
)
MISSING = (Missing(routine="calls", kind="runs", sentence="There is no finished run; 6 are needed."),)


def path(one: RoutineGround, phase: Phase, suggestion: str, move_to: Phase | None = None) -> Path:
    """How far a routine has come, whatever its runs say."""
    return Path(
        routine_id=one.routine.id,
        name=Shown(one.routine.name),
        phase=phase,
        steps=(),
        kept=WeeksKept(met=0, counted=0),
        goal=None,
        upper=None,
        standing="",
        suggestion=Shown(suggestion),
        move_to=move_to,
    )


PATHS = (
    path(books(), Phase.IMPLEMENTED, "Move back to Testing.", Phase.TESTING),
    path(fresh(0), Phase.ANALYSIS, "Write down the goal."),
    path(posts(), Phase.TESTING, "Note after each run what to change."),
)


@cache
def many() -> Book:
    """Something of everything; what is said of it does not follow from the runs."""
    found = book_of(Ground(routines=(books(), fresh(0), posts()), now=NOW), timedelta(hours=2))
    corners = {
        routine: corner.replaced(corner=stands, sentence=f"{said}: so it was in 13 of 13 runs.")
        for (routine, corner), (stands, said) in zip(found.review.corners.items(), STANDING, strict=True)
    }
    review = found.review.replaced(levers=LEVERS, corners=corners, missing=MISSING, gains=())
    return found.replaced(review=review, paths={one.routine_id: one for one in PATHS})


def one_run() -> Book:
    return book_of(Ground(routines=(fresh(1),), now=NOW))


def nothing() -> Book:
    return book_of(Ground(routines=(), now=NOW))


def with_review(app: ProcroutineApp, read: Callable[[Progress], Book]) -> ProcroutineApp:
    """Let the app's review be read otherwise."""
    app._modes["review"] = lambda: ReviewScreen(read)
    return app
