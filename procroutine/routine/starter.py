"""The routine file that `new` writes: every key, with what it is for."""

from __future__ import annotations

from procroutine.errors import BadInput
from procroutine.routine.slugs import slug

_TEXT = '''\
# A routine: what is done, in which order, with what, and how long it may take.
# Lines that begin with # are remarks. Take the # away from a key to use it.
# `procroutine check` tells what is wrong with a file; `procroutine help format` explains every key.

format = 1
name = {name}
{purpose}

# How far it has come: analysis, brainstorm, design, testing, implemented.
phase = "analysis"

# How long it may take at most, such as 45s, 20m, 1h30m.
# goal = "1h"
# What the goal is for: "run" (each time) or "week" (all times of a week together).
# goal_per = "run"

# When it is due: daily, weekdays, weekly on Monday at 09:00, every 2 weeks on Fri, monthly on 1.
# schedule = "weekly on Monday at 09:00"

# What must be there before it begins, and what is there when it is done.
# input = "This week's article and its pictures"
# output = "Seven scheduled posts with pictures"

# Who does the steps for which nobody else is named.
# owner = "Ana"
# tags = ["marketing"]
# review_every = "90d"
# Former names of this file, so that its history stays with it.
# previous_ids = ["old-name"]

# What is known so far: what is used today, what gets in the way, what limits there are.
# analysis = """
# Markdown, as many lines as you like.
# """

# What the steps are done with: one table for each app, service, tool or place.
# [systems.scheduler]
# name = "Scheduler"
# url = "https://example.org/schedule"
# notes = "Refuses duplicates"

# The steps, in their order; [[steps]] begins each one. Only the title is needed.
[[steps]]
title = "First step"
# planned = "10m"
# instructions = """
# How it is done, written for somebody who cannot ask you.
# """

[[steps]]
title = "Second step"
# The name that stays when the title changes; without it, it is made from the title.
# id = "second"
# planned = "20m"
# The systems it is done with, and those to choose from while it is done.
# systems = ["scheduler"]
# alternatives = ["scheduler", "queue"]
# person = "Ana"
# checklist = ["one picture each", "link shortened"]
# Steps that must come before this one.
# after = ["first-step"]
# May it be left out? May it be done before the run?
# optional = true
# prepare = true
# How long one usually waits after it, such as 30m or 1d.
# wait = "1d"
# A heading in the checklist.
# section = "Content"
# When it rings: never, half (of its time is over), over (its time).
# bell = "over"

# Instead of a title: the steps of another routine stand here. Its file's name, without .toml.
# [[steps]]
# use = "another-routine"
'''
_PURPOSE = '# purpose = "What it is good for, in one line"'


def starter_text(name: str, purpose: str | None = None) -> str:
    """Give a routine file to fill in, sound as it stands; BadInput for a name that cannot be written.

    Without a `purpose` it is one more remark; a given one has no broken characters.
    """
    known = _PURPOSE if purpose is None else f"purpose = {_quoted(purpose)}"
    return _TEXT.format(name=_written(name), purpose=known)


def starter_file(name: str) -> str:
    """Give the file name for a routine of that name, such as `weekly-posts.toml`; BadInput as above."""
    _written(name)
    return f"{slug(name, 'routine')}.toml"


def _written(name: str) -> str:
    """Give a name as a TOML string."""
    if not name.strip():
        raise BadInput("a routine needs a name", 'write one, such as: procroutine new "Weekly posts"')
    if len(name) > 200:
        raise BadInput("the name has more than 200 characters", "make it shorter; purpose has room for more")
    if any(0xD800 <= ord(character) < 0xE000 for character in name):
        raise BadInput("the name has broken characters", "write it anew")
    return _quoted(name)


def _quoted(text: str) -> str:
    return '"' + "".join(_escaped(character) for character in text.strip()) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x20 or code == 0x7F else character
