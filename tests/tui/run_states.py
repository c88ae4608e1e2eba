"""Runs in the states that a person meets, each on a real home with a history where that matters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.places import find_places
from procroutine.tui.app import ProcroutineApp
from tests.tui.conftest import NOW, POSTS, open_on

ONE = 'name = "Water the plants"\ngoal = "5m"\n[[steps]]\ntitle = "Water them all"\nplanned = "4m"\n'
LONG = "Export the figures of every campaign of every customer in every country of the last quarter again "
LONG_NAMES = f"""
name = "{LONG * 2}"
goal = "30m"
[systems.long]
name = "{LONG}"
url = "https://example.org/{"a" * 120}"
[[steps]]
title = "{LONG}one"
section = "{LONG}"
planned = "20m"
systems = ["long"]
checklist = ["{LONG}"]
[[steps]]
title = "{"Donaudampfschifffahrt" * 8}"
planned = "2m"
[[steps]]
title = "毎週の数字をまとめて顧客に送る 毎週の数字をまとめて顧客に送る 毎週の数字をまとめて"
planned = "1h30m"
"""
MANY = 'name = "Spring cleaning"\ngoal = "2h"\n' + "".join(
    f'[[steps]]\ntitle = "Clean place {place}"\nplanned = "3m"\nsection = "Floor {place // 8}"\n' for place in range(40)
)
MANUAL = POSTS.replace(
    'title = "Gather"\n',
    'title = "Gather by the book"\n',
).replace(
    'instructions = "Open **last week** and [the list](https://example.org/list)."',
    "instructions = '''\n"
    + "".join(f"{line}. Do *this* and then `that`, number {line}\n" for line in range(1, 11))
    + "".join("\n## Why\n" + f"It is said on page {line}, and **nobody** reads it.\n" * 7 for line in range(1, 22))
    + "'''",
)


def a_home(folder: Path, text: str = POSTS, past: tuple[tuple[float, ...], ...] = ()) -> tuple[Home, ManualClock]:
    """Make a home with one routine, which was done once a week with these minutes a step."""
    (folder / "routines").mkdir(parents=True)
    (folder / "routines" / "posts.toml").write_text(text)
    places = find_places({}, str(folder))
    clock = ManualClock(NOW - timedelta(weeks=len(past)))
    earlier = Home(places, clock)
    for minutes in past:
        earlier.start("posts")
        for length in minutes:
            clock.advance(timedelta(minutes=length))
            earlier.act("done")
        clock.advance(timedelta(weeks=1, minutes=-sum(minutes)))
    clock = ManualClock(NOW)
    return Home(places, clock), clock


PAST = ((6, 22, 3), (5, 21, 2), (5.5, 20, 2), (5, 19, 2.5), (5, 20.5, 2), (4.5, 21, 2))


def on_pace(folder: Path) -> ProcroutineApp:
    home, clock = a_home(folder, past=PAST)
    home.start("posts")
    clock.advance(timedelta(minutes=4, seconds=20))
    home.act("done")
    clock.advance(timedelta(minutes=6))
    return open_on(home, clock, "posts")


def over(folder: Path) -> ProcroutineApp:
    home, clock = a_home(folder, past=PAST)
    home.start("posts")
    clock.advance(timedelta(minutes=7))
    home.act("done")
    home.act("deadline", until=NOW + timedelta(minutes=35))
    clock.advance(timedelta(minutes=33))
    return open_on(home, clock, "posts")


def behind(folder: Path) -> ProcroutineApp:
    home, clock = a_home(folder, past=PAST)
    home.start("posts")
    clock.advance(timedelta(minutes=8))
    home.act("done")
    clock.advance(timedelta(minutes=12))
    return open_on(home, clock, "posts")


def late(folder: Path) -> ProcroutineApp:
    """Make a run with an optional step that does not fit before its deadline."""
    home, clock = a_home(folder, POSTS.replace('title = "Send"\n', 'title = "Send"\noptional = true\n'), PAST)
    home.start("posts")
    clock.advance(timedelta(minutes=4))
    home.act("done")
    home.act("deadline", until=NOW + timedelta(minutes=20))
    return open_on(home, clock, "posts")


def paused_for_long(folder: Path) -> ProcroutineApp:
    home, clock = a_home(folder, past=PAST)
    app = open_on(home, clock, "posts")
    home.start("posts")
    clock.advance(timedelta(minutes=2))
    home.act("pause")
    clock.advance(timedelta(minutes=42))
    return app


def with_redlines(folder: Path) -> ProcroutineApp:
    home, clock = a_home(folder, past=PAST)
    home.history().add_redline("posts", "Drop the second draft", run=home.heads()[0].id)
    clock.advance(timedelta(minutes=1))
    home.history().add_redline("posts", "Ask Ana on Friday whether the pictures of the shop may be used again")
    return open_on(home, clock, "posts")


def paused(folder: Path) -> ProcroutineApp:
    home, clock = a_home(folder, past=PAST)
    app = open_on(home, clock, "posts")
    home.start("posts")
    clock.advance(timedelta(minutes=2))
    return app


def to_prepare(folder: Path) -> ProcroutineApp:
    home, clock = a_home(folder, POSTS.replace('title = "Gather"\n', 'title = "Gather"\nprepare = true\n'))
    return open_on(home, clock)


def all_done_but_one(folder: Path) -> ProcroutineApp:
    home, clock = a_home(folder, past=PAST)
    home.start("posts")
    for length in (4, 18):
        clock.advance(timedelta(minutes=length))
        home.act("done")
    clock.advance(timedelta(minutes=1))
    return open_on(home, clock, "posts")


def _fresh(text: str, minutes: float = 1) -> Callable[[Path], ProcroutineApp]:
    def make(folder: Path) -> ProcroutineApp:
        home, clock = a_home(folder, text)
        home.start("posts")
        clock.advance(timedelta(minutes=minutes))
        return open_on(home, clock, "posts")

    return make


STATES: dict[str, tuple[Callable[[Path], ProcroutineApp], tuple[str, ...]]] = {
    "on pace": (on_pace, ()),
    "behind": (behind, ()),
    "over": (over, ()),
    "paused": (paused, ("p",)),
    "waiting": (paused, ("P", *"the upload", "enter")),
    "all done": (all_done_but_one, ("space",)),
    "the last step": (all_done_but_one, ()),
    "no history": (_fresh(POSTS), ()),
    "one step": (_fresh(ONE), ()),
    "forty steps": (_fresh(MANY), ()),
    "long names": (_fresh(LONG_NAMES, 25), ()),
    "long instructions": (_fresh(MANUAL), ()),
    "deadline missed": (late, ()),
    "long pause": (paused_for_long, ()),
    "correction": (on_pace, ("e", *"+2m")),
    "redlines": (with_redlines, ()),
    "preparing": (to_prepare, ("b",)),
}
"""What makes the app in a state, and the keys that lead into it."""
