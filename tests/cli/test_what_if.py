"""`what-if`: changes tried from the command line."""

from __future__ import annotations

from typing import Any

import pytest

POSTS = """\
# Ours.
name = "Weekly posts"
goal = "30m"
owner = "Ana"
[[steps]]
id = "gather"
title = "Gather"
planned = "5m"
systems = ["web"]
[[steps]]
id = "write"
title = "Write"
planned = "20m"  # most of it
systems = ["docs"]
after = ["gather"]
[[steps]]
id = "look"
title = "Look"
planned = "2m"
systems = ["web"]
"""
X = {"total_seconds", "odds", "switches", "hand_offs", "lead_seconds", "order"}


@pytest.fixture
def posts(empty: Any) -> Any:
    empty.write("posts.toml", POSTS)
    for gather in (4, 5, 6, 5, 4, 5):
        empty("start posts")
        for minutes in (gather, 20, 2):
            empty.wait(minutes)
            assert empty("done").code == 0
        empty.wait(60 * 24 * 7)
    return empty


def test_the_answer_holds_now_against_then(posts: Any) -> None:
    answer = posts("what-if posts --drop look --json").json
    assert answer["format"] == 1
    assert answer["now"].keys() & answer["then"].keys() >= X
    assert answer["now"]["total_seconds"] - answer["then"]["total_seconds"] == 120
    assert (answer["now"]["switches"], answer["then"]["switches"]) == (2, 1)
    assert answer["then"]["order"] == ["gather", "write"]


def test_now_agrees_with_targets(posts: Any) -> None:
    now, targets = posts("what-if posts --json").json["now"], posts("targets posts --json").json
    assert (now["total_seconds"], now["odds"]) == (targets["half_within_seconds"], targets["odds"])


def test_changes_are_made_in_the_order_in_which_they_are_typed(posts: Any) -> None:
    answer = posts("what-if posts --move look:gather --merge gather,look --set 1=5m --prepare gather --json").json
    assert answer["changes"] == [
        "move look behind gather",
        "merge gather and look",
        "suppose 5:00 for gather",
        "prepare gather before the run",
    ]
    assert answer["then"]["order"] == ["gather", "write"]
    assert answer["then"]["total_seconds"] == 1200


def test_it_is_told_in_words(posts: Any) -> None:
    said = posts("what-if posts --fewest-switches")
    assert said.out.splitlines()[0] == "Weekly posts   what if: put the steps in the order with the fewest switches"
    assert "switches 2 1 −1" in " ".join(said.out.split())
    assert "order: gather, look, write" in said.out
    assert "What a switch costs you is not known" in said.out


def test_what_cannot_be_changed_is_refused_in_one_sentence(posts: Any) -> None:
    said = posts("what-if posts --drop lok")
    assert (said.code, said.out) == (2, "")
    assert said.err == "procroutine: there is no step 'lok': did you mean 'look'?\n"


def test_a_routine_never_run_is_told_from_its_planned_times(empty: Any) -> None:
    empty.write("posts.toml", POSTS)
    answer = empty("what-if posts --drop write --json").json
    assert (answer["now"]["total_seconds"], answer["then"]["total_seconds"]) == (27 * 60, 7 * 60)
    assert answer["then"]["odds"] is None
    assert answer["then"]["odds_reason"] == "no odds yet: 0 of 5 runs"


WAITING = """\
name = "Request"
[[steps]]
id = "read"
title = "Read"
[[steps]]
id = "hand-over"
title = "Hand over"
wait = "3h"
[[steps]]
id = "answer"
title = "Answer"
"""


def test_a_dropped_step_takes_the_wait_behind_it_with_it(empty: Any) -> None:
    empty.write("request.toml", WAITING)
    for _ in range(6):
        empty("start request")
        for line in ("done", "done", "pause --waiting Ben", "resume", "done"):
            empty.wait(120 if line == "resume" else 5)
            assert empty(line).code == 0
        empty.wait(60 * 24)
    answer = empty("what-if request --drop hand-over --json").json
    assert answer["now"]["lead_seconds"] - answer["now"]["total_seconds"] == 120 * 60
    assert answer["then"]["lead_seconds"] == answer["then"]["total_seconds"]
