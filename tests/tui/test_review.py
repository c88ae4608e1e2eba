"""Review: levers with what they rest on, tables that take turns, and reading beside the app."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from textual.pilot import Pilot

from procroutine.clock import ManualClock
from procroutine.errors import CannotRead
from procroutine.history.home import Home
from procroutine.improvement.book import Book, Progress, read_book, with_paths
from procroutine.improvement.review_views import Farthest, Section, SectionRow
from procroutine.text import Shown
from procroutine.tui.app import ProcroutineApp
from procroutine.tui.screens import review
from procroutine.tui.screens.ask import AskScreen
from procroutine.tui.screens.flow import FlowScreen
from procroutine.tui.screens.path import PathScreen
from procroutine.tui.screens.pick import PickScreen
from procroutine.tui.screens.place import PlaceScreen
from procroutine.tui.screens.review import ReviewScreen
from procroutine.tui.screens.review_parts import farthest_line, section_lines
from procroutine.tui.screens.what_if import WhatIf
from procroutine.widths import cell_length
from tests.app_idle import until
from tests.tui.conftest import do_runs, drawn_with, open_on, said, text_of
from tests.tui.review_samples import many, nothing, one_run, with_review

WIDE = (120, 40)


@pytest.fixture(scope="module")
def book() -> Book:
    return many()


async def opened(pilot: Pilot[None]) -> ReviewScreen:
    """Go to Review, and wait until it is drawn."""
    await pilot.press("4")

    def shown() -> ReviewScreen | None:
        screen = pilot.app.screen
        return screen if isinstance(screen, ReviewScreen) and screen.view is not None else None

    found = await until(shown)
    assert found is not None
    return found


async def test_the_best_change_comes_first_with_what_it_rests_on(app: ProcroutineApp, book: Book) -> None:
    async with with_review(app, lambda _: book).run_test(size=WIDE) as pilot:
        await opened(pilot)
        first = book.review.levers[0]
        text = await drawn_with(app, "All routines", "Largest effect", "a week", "Saves", "Weekly social posts")
        assert first.is_shown
        assert "The week" in text
        assert "Effective and efficient" in text


async def test_its_routine_has_a_page_of_its_own_and_all_come_back(app: ProcroutineApp, book: Book) -> None:
    async with with_review(app, lambda _: book).run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await pilot.press("right")
        await until(lambda: screen.routine_id == "posts")
        await drawn_with(app, "40 runs · 1 a week", "Two systems for one step", "Picture scheduler is")
        await drawn_with(app, "Phase Testing: Note after each run what to change.")
        await pilot.press("left")
        await drawn_with(app, "All routines")
        await pilot.press("r", *"calls", "enter")
        await drawn_with(app, "0 runs", "Nothing can be said before it has 6 finished runs.")


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (100, "Farthest over its goal, 52m of 30m: Bookkeeping of the week and of all; first: drop Ask the owner"),
        (78, "Farthest over its goal, 52m of 30m: Bookkeeping of…; first: drop Ask the owner"),
        (58, "Farthest over, 52m of 30m: Bookkeepin…; drop Ask the owner"),
    ],
)
def test_what_is_farthest_over_its_goal_is_said_with_what_to_change_first_at_every_width(width: int, line: str) -> None:
    far = Farthest(
        name=Shown("Bookkeeping of the week and of all"), against="52m of 30m", first=Shown("drop Ask the owner")
    )
    assert farthest_line(far, width) == line
    assert cell_length(line) <= width


def test_rows_of_a_table_name_routines_as_far_as_there_is_room_and_say_all_about_them() -> None:
    rows = (
        SectionRow(name=Shown("Post-construction cleaning"), value="5h38", part=1.0, text=Shown("1 × 5h38")),
        SectionRow(name=Shown("Review"), value="12m", part=0.5, text=Shown("0.2 × 1h")),
        SectionRow(name=Shown("Old"), value="1m", part=0.0, text=Shown("0.1 × 10m, not done for a year")),
    )
    wide, narrow = (
        [line.plain.rstrip() for line in section_lines(Section(title="Load", rows=rows), at)] for at in (54, 24)
    )
    assert wide == [
        "Post-construction cleaning   5h38  ━━━━━━━━   1 × 5h38",
        "Review                        12m  ━━━━       0.2 × 1h",
        "Old                            1m",
        "  0.1 × 10m, not done for a year",
    ]
    assert narrow[:4] == ["Post-constr…   5h38  ━━━", "  1 × 5h38", "Review          12m  ━╸", "  0.2 × 1h"]


async def test_tables_take_turns_and_a_selected_lever_shows_itself(app: ProcroutineApp, book: Book) -> None:
    async with with_review(app, lambda _: book).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        await drawn_with(app, "This change   t Effective and efficient")
        await pilot.press("t", "t")
        await drawn_with(app, "The week   t What takes the week", "of the 2h00 you have")
        await pilot.press("down")
        await drawn_with(app, "This change")


async def test_the_app_goes_on_while_the_review_is_read(app: ProcroutineApp) -> None:
    go_on = Event()

    def slow(tell: Progress) -> Book:
        tell("Reading your runs: 3 of 11 files …")
        assert go_on.wait(30)
        return one_run()

    async with with_review(app, slow).run_test(size=WIDE) as pilot:
        await pilot.press("4")
        await drawn_with(app, "Reading your runs: 3 of 11 files …")
        await pilot.press("r")
        await until(lambda: said(app) == ["Your runs are still being read."])
        await pilot.press("1")
        await until(lambda: app.current_mode == "week")
        await pilot.press("4")
        go_on.set()
        await drawn_with(app, "1 routine · 0 with runs enough")


KEYS = (("f", FlowScreen), ("p", PathScreen), ("enter", WhatIf), ("right", None))


@pytest.mark.parametrize(("key", "leads_to"), KEYS)
async def test_without_a_change_that_is_listed_keys_ask_which_routine(
    home: Home, clock: ManualClock, key: str, leads_to: type[PlaceScreen] | None
) -> None:
    app = open_on(home, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot)
        assert screen.view is not None
        assert screen.view.levers == ()
        await pilot.press(key)
        await until(lambda: isinstance(app.screen, PickScreen))
        await pilot.press(*"weekly", "enter")
        if leads_to is None:
            await drawn_with(app, "Weekly posts", "← All")
            assert "→ One" not in text_of(app)
            await pilot.press("right")
            await until(lambda: said(app) == ["This is the page of one routine: ← leads to all."])
        else:
            await until(lambda: isinstance(app.screen, leads_to))
            await drawn_with(app, "Weekly posts")


async def test_without_a_routine_keys_say_so(app: ProcroutineApp) -> None:
    async with with_review(app, lambda _: nothing()).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        for key in ("f", "p", "enter", "right", "r"):
            app.clear_notifications()
            await pilot.press(key)
            await until(lambda: said(app) == ["There is no routine yet: n on This week begins one."], lambda: said(app))
        await pilot.press("left")
        await until(lambda: said(app) == ["These are all routines: → leads to one."])


async def test_the_hours_of_a_week_are_taken_written_and_shown_at_once(home: Home, clock: ManualClock) -> None:
    config = Path(home.places.config)
    config.write_text("# mine\ntheme = 'procroutine-dark'  # dark\n")
    app = open_on(home, clock)
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot)
        await drawn_with(app, "Press H to say how many hours")
        await pilot.press("H", *"ten", "enter")
        remedy = "write how many hours of a week you have, such as 10h or 7h30m"
        await until(lambda: said(app) == [f"'ten' is not a duration: {remedy}"])
        await until(lambda: isinstance(app.screen, AskScreen))
        await pilot.press(*["backspace"] * 3, *"10h", "enter")
        await drawn_with(app, "of the 10h00 you have a week")
        assert config.read_text() == "# mine\ntheme = 'procroutine-dark'  # dark\nhours_a_week = \"10h\"\n"
        await pilot.press("H")
        await until(lambda: isinstance(app.screen, AskScreen))
        await pilot.press("enter")
        held = "All routines take 37m of the 10h00 you have a week, 9h23 left."
        await until(lambda: said(app) == [f"It is in your settings. {held}"])
        await pilot.press("H")
        await until(lambda: isinstance(app.screen, AskScreen))
        await pilot.press(*["backspace"] * 3, "enter")
        await drawn_with(app, "Press H to say how many hours")
        assert config.read_text() == "# mine\ntheme = 'procroutine-dark'  # dark\n"


async def test_hours_given_while_something_is_read_are_not_lost_to_what_was_read_before(
    home: Home, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, found = Event(), Event()
    read.set()
    begun: list[str] = []

    def slowly(work: Callable[..., Book], go_on: Event) -> Callable[..., Book]:
        def work_and_wait(*given: Any) -> Book:
            made = work(*given)
            begun.append(work.__name__)
            assert go_on.wait(30)
            return made

        return work_and_wait

    monkeypatch.setattr(review, "read_book", slowly(read_book, read))
    monkeypatch.setattr(review, "with_paths", slowly(with_paths, found))
    app = open_on(home, clock)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await until(lambda: begun == ["read_book", "with_paths"])
        await pilot.press("H", *"10h", "enter")
        await drawn_with(app, "of the 10h00 you have a week")
        found.set()
        await until(lambda: screen.book is not None and screen.book.paths is not None)
        assert "of the 10h00 you have a week" in text_of(app)
        read.clear()
        app.home_changed()
        await until(lambda: begun[2:] == ["read_book"])
        await pilot.press("H", *"9h", "enter")
        read.set()
        await until(lambda: begun[-1] == "with_paths" and not screen.workers._workers, lambda: begun)
        await drawn_with(app, "of the 9h00 you have a week")


async def test_what_cannot_be_read_is_told(app: ProcroutineApp) -> None:
    def broken(_tell: Progress) -> Book:
        raise CannotRead("the folder cannot be read", "give it back its rights")

    async with with_review(app, broken).run_test(size=WIDE) as pilot:
        await pilot.press("4")
        await until(lambda: said(app) == ["the folder cannot be read: give it back its rights"], lambda: said(app))


async def test_it_is_read_from_the_home_and_anew_when_that_changes(home: Home, clock: ManualClock) -> None:
    do_runs(home, 7)
    app = open_on(home, clock)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        await drawn_with(app, "2 routines · 1 with runs enough")
        await until(lambda: screen.book is not None and screen.book.paths is not None)
        before: Any = screen.book
        home.history().delete(before.ground.of("posts").runs[-1].id)
        app.home_changed()
        await until(lambda: screen.book is not None and screen.book is not before, lambda: text_of(app))
        assert screen.book is not None
        posts = screen.book.ground.of("posts")
        assert posts is not None
        assert len(posts.runs) == 6
