"""One running run at most, also after a journal that could not be read is readable again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from procroutine.run.journal import Copy, Journal
from procroutine.run.lines import write_lines
from procroutine.run.live import LiveRun
from procroutine.run.open_run import OpenRun, pauses_due

MINUTE = timedelta(minutes=1)


def open_run(story: Any, run: str) -> OpenRun:
    first, *rest = story.run.events
    events = (first.replaced(details={**first.details, "run": run}), *rest)
    copy = Copy(path=run, state="sound", size=0)
    return OpenRun(live=LiveRun(events), journal=Journal(lines=write_lines(events), first=copy, second=copy))


def test_the_run_acted_on_longer_ago_is_paused_when_the_other_was_begun(begin: Callable[..., Any]) -> None:
    older = begin("a", "b").minutes(3).does("done")
    newer = begin("c", "d")
    newer.clock.advance(10 * MINUTE)
    newer.does("pause").minutes(10).does("resume").minutes(5).does("done")
    ((paused, event),) = pauses_due([open_run(newer, "2"), open_run(older, "1")])
    assert paused.id == "1"
    assert (event.kind, event.details["because"]) == ("paused", "2")
    assert event.reading.wall == older.clock.read().wall + 17 * MINUTE


def test_a_pause_taken_back_counts_from_when_it_was_taken_back(begin: Callable[..., Any]) -> None:
    older = begin("a", "b").minutes(3).does("done")
    newer = begin("c", "d").minutes(1).does("pause").minutes(5).does("undo").minutes(5).does("done")
    ((_, event),) = pauses_due([open_run(older, "1"), open_run(newer, "2")])
    assert event.reading.wall == older.clock.read().wall + 3 * MINUTE


def test_a_pause_never_comes_before_the_last_act(begin: Callable[..., Any]) -> None:
    older = begin("a", "b").minutes(8).does("done")
    newer = begin("c", "d").minutes(20).does("done")
    ((paused, event),) = pauses_due([open_run(newer, "2"), open_run(older, "1")])
    assert event.reading.wall == older.clock.read().wall
    assert not paused.live.then(event).is_running


def test_a_wall_clock_that_was_set_back_lets_no_run_be_the_older_one(begin: Callable[..., Any]) -> None:
    older = begin("a", "b").minutes(8).does("done")
    newer = begin("c", "d").minutes(20)
    newer.clock.step_wall(-60 * MINUTE)
    newer.does("done")
    ((paused, event),) = pauses_due([open_run(newer, "2"), open_run(older, "1")])
    assert (paused.id, event.reading) == ("1", older.run.last_act)


def test_of_three_running_runs_one_is_left(begin: Callable[..., Any]) -> None:
    stories = [begin("a", "b").minutes(count).does("done") for count in (1, 2, 3)]
    runs = [open_run(story, str(place)) for place, story in enumerate(stories)]
    assert [one.id for one, _ in pauses_due(runs)] == ["0", "1"]


def test_nothing_is_due_where_one_runs_at_most(begin: Callable[..., Any]) -> None:
    assert pauses_due([open_run(begin("a"), "1"), open_run(begin("a").does("pause"), "2")]) == ()
