"""People who do anything at any time: random verbs on whatever is open, through the home or the command line."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from procroutine.errors import UserError
from procroutine.history.home import Answer, Home
from procroutine.places import Places, find_places
from procroutine.run.late import Seen

POSTS = """
name = "Weekly posts"
goal = "30m"
[[steps]]
title = "Gather"
planned = "5m"
checklist = ["picture", "link"]
[[steps]]
title = "Write"
[[steps]]
title = "Check"
[[steps]]
title = "Publish"
"""
BOOKS = 'name = "Books"\n[[steps]]\ntitle = "Sort receipts"\n[[steps]]\ntitle = "Enter them"\n'
ROUTINES = ("posts", "books")

_OFTEN = {"done": 8, "note": 6, "start": 2, "undo": 3, "redo": 2, "pause": 2, "resume": 2, "skip": 2, "add": 1}
VERBS = [verb for verb, share in (_OFTEN | {"finish": 1, "abandon": 1, "tick": 1}).items() for _ in range(share)]


def make_places(folder: str) -> Places:
    """Make a home with two routines."""
    os.makedirs(os.path.join(folder, "routines"))
    for name, text in zip(ROUTINES, (POSTS, BOOKS), strict=True):
        Path(folder, "routines", f"{name}.toml").write_text(text)
    return find_places({}, folder)


def words_of(chance: random.Random, unique: str) -> list[str]:
    """Give a random command line; a note holds a text of its own."""
    verb = chance.choice([verb for verb in VERBS if verb != "tick"])
    if verb == "start":
        return [verb, chance.choice(ROUTINES)]
    return [verb, unique] if verb in ("note", "add") else [verb]


def act_at_random(home: Home, chance: random.Random, unique: str, *, looking: bool) -> Answer | UserError:
    """Do something at random as one command; `looking` like a window, which hands in what it shows."""
    verb = chance.choice(VERBS)
    try:
        if verb == "start":
            return home.start(chance.choice(ROUTINES))
        runs = home.open_runs()
        if not runs and verb not in ("undo", "redo"):
            return home.start(chance.choice(ROUTINES))
        details: dict[str, Any] = {"note": {"text": unique}, "add": {"title": unique}}.get(verb, {})
        if verb == "tick" and runs:
            details = {"step": "gather", "item": chance.randrange(2), "on": chance.random() < 0.7}
        if not looking or not runs:
            return home.act(verb, **details)
        run = chance.choice(runs)
        step = None if run.current is None else run.steps[run.current].id
        return home.act(verb, run=run.id, seen=Seen(step=step, acts=run.acts), **details)
    except UserError as error:
        return error


def forked(act: Callable[[], None]) -> int:
    """Do something in a child process, which then ends at once; gives its id."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            act()
            code = 0
        finally:
            os._exit(code)
    return child
