from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from procroutine.insight.routines_answer import routines_json
from procroutine.routine.model import Phase, Step
from tests.insight.week_samples import broken, entry, off, past_of

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead

NOW = datetime(2026, 11, 19, 14, 5, tzinfo=UTC)
KEYS = (
    "id name goal_seconds goal_per phase revision due due_at last_seconds last_ended_at streak_weeks put_off_weeks "
    "score steps planned_seconds problems"
)


def test_a_routine_answers_with_every_key_of_the_contract(make_head: Callable[..., RunHead]) -> None:
    start = datetime(2026, 11, 12, 9, 0, tzinfo=UTC)
    heads = [
        make_head(routine="posts", started_at=start, active=timedelta(minutes=62, milliseconds=250), revision=4),
        make_head(routine="posts", started_at=start - timedelta(weeks=1), active=timedelta(minutes=70)),
    ]
    posts = entry("posts", "weekly on Fri at 16:00", name="Po\x1bsts", phase=Phase.IMPLEMENTED)
    answer = routines_json(past_of([posts], heads), NOW.astimezone(ZoneInfo("Europe/Berlin")))
    assert " ".join(answer["routines"][0]) == KEYS
    assert answer == {
        "format": 1,
        "routines": [
            {
                "id": "posts",
                "name": "Po\x1bsts",
                "goal_seconds": 3600,
                "goal_per": "run",
                "phase": "implemented",
                "revision": 4,
                "due": "later",
                "due_at": "2026-11-20T16:00:00.000+01:00",
                "last_seconds": 3720.25,
                "last_ended_at": "2026-11-12T10:02:00.250+00:00",
                "streak_weeks": 2,
                "put_off_weeks": 0,
                "score": 0.222,
                "steps": 5,
                "planned_seconds": 3060,
                "problems": [],
            }
        ],
    }
    assert json.loads(json.dumps(answer)) == answer


def test_what_cannot_be_read_has_no_name_and_its_problems() -> None:
    (found,) = routines_json(past_of([broken("bad")]), NOW)["routines"]
    assert " ".join(found) == KEYS
    assert (found["name"], found["due"], found["due_at"], found["steps"]) == (None, "never", None, None)
    assert found["problems"] == [
        {
            "file": "bad.toml",
            "line": 3,
            "key": "steps",
            "problem": "a \x1b[31mstep has no title",
            "remedy": "give it one",
        }
    ]


def test_due_states_follow_the_schedule_the_runs_and_the_weeks_off(make_head: Callable[..., RunHead]) -> None:
    started = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
    heads = [make_head(routine=name, started_at=started) for name in ("late", "off")]
    heads.append(make_head(routine="done", started_at=NOW - timedelta(hours=5), left_out=True))
    schedules = {
        "now": "daily at 14:00",
        "today": "daily at 14:06",
        "late": "weekly on Mon",
        "later": "weekly on Fri",
        "done": "weekly on Mon",
        "off": "weekly on Mon",
        "never": None,
    }
    entries = [entry(name, schedule) for name, schedule in schedules.items()]
    answer = routines_json(past_of(entries, heads, [off("2026-W47", "off"), off("2026-W46")]), NOW)
    found = {one["id"]: one for one in answer["routines"]}
    assert [found[name]["due"] for name in schedules] == ["now", "today", "overdue", "later", "done", "later", "never"]
    assert (found["late"]["put_off_weeks"], found["off"]["put_off_weeks"]) == (5, 4)
    assert (found["done"]["last_seconds"], found["done"]["streak_weeks"]) == (None, 1)


def test_steps_without_planned_times_have_no_planned_total() -> None:
    (found,) = routines_json(past_of([entry("posts", steps=(Step(id="a", title="A"),))]), NOW)["routines"]
    assert (found["steps"], found["planned_seconds"]) == (1, None)
