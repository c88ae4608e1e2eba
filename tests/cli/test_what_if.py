"""`what-if`: changes tried from the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
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


def run_of(number: int, gather: int) -> dict[str, Any]:
    started = datetime(2026, 9, 7, 9, tzinfo=UTC) + timedelta(weeks=number)
    times = {"gather": 60 * gather, "write": 1200, "look": 120}
    return {
        "id": f"run-{number}",
        "routine": "posts",
        "state": "finished",
        "steps": [{"id": step, "state": "done", "active_seconds": time} for step, time in times.items()],
        "started_at": started.isoformat(),
        "ended_at": (started + timedelta(seconds=sum(times.values()))).isoformat(),
    }


@pytest.fixture
def posts(empty: Any) -> Any:
    empty.write("posts.toml", POSTS)
    file = empty.folder / "runs.json"
    runs = [run_of(number, gather) for number, gather in enumerate((4, 5, 6, 5, 4, 5))]
    file.write_text(json.dumps({"format": 1, "runs": runs}))
    assert empty(f"import {file}").code == 0
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


def test_that_no_order_has_fewer_switches_is_an_answer_and_no_error(empty: Any) -> None:
    empty.write("posts.toml", POSTS.partition('[[steps]]\nid = "look"')[0])
    said = empty("what-if posts --fewest-switches")
    assert said.code == 0
    assert said.out.splitlines()[-1] == "No order of these steps that their after allows has fewer switches."
    answer = empty("what-if posts --fewest-switches --keep-hand-offs --json").json
    assert answer["then"] == answer["now"]
    assert answer["remarks"] == ["no order of these steps with the hand-offs of now has fewer switches"]


def test_what_cannot_be_changed_is_refused_in_one_sentence(posts: Any) -> None:
    said = posts("what-if posts --drop lok")
    assert (said.code, said.out) == (2, "")
    assert said.err == "procroutine: there is no step 'lok': did you mean 'look'?\n"


def test_a_refusal_names_steps_by_title_with_the_id_to_type(posts: Any) -> None:
    posts.write("posts.toml", POSTS.replace('title = "Gather"', 'title = "Gather seven things"'))
    assert posts("what-if posts --prepare write").err == (
        "procroutine: 'Write' must come after 'Gather seven things' (gather):"
        " prepare 'Gather seven things' (gather) first.\n"
    )


def test_a_routine_never_run_is_told_from_its_planned_times(empty: Any) -> None:
    empty.write("posts.toml", POSTS)
    answer = empty("what-if posts --drop write --json").json
    assert (answer["now"]["total_seconds"], answer["then"]["total_seconds"]) == (27 * 60, 7 * 60)
    assert answer["then"]["odds"] is None
    assert answer["then"]["odds_reason"] == "no odds yet: 0 of 5 runs"


def test_a_file_with_problems_that_was_never_run_is_said_to_have_them(empty: Any) -> None:
    empty.write("posts.toml", POSTS.replace('planned = "5m"', 'planned = "soon"'))
    for command in ("what-if posts", "what-if posts --drop look", "what-if posts --json", "flow posts"):
        said = empty(command)
        assert (said.code, said.out) == (2, "")
        assert said.err == "procroutine: the file of 'posts' has problems: see procroutine check.\n"


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


def test_lead_times_of_what_if_and_flow_have_the_same_waits_those_of_the_runs_or_as_written(empty: Any) -> None:
    def besides(command: str, work: str) -> float:
        answer = empty(f"{command} request --json").json
        figures = answer.get("now", answer)
        return float(figures["lead_seconds"] - figures[work])

    empty.write("request.toml", WAITING.replace("3h", "2d").replace('title = "Read"', 'title = "Read"\nplanned = "5m"'))
    assert besides("what-if", "total_seconds") == besides("flow", "active_seconds") == 2 * 24 * 3600
    assert "the lead time has the waits that the file names." in empty("what-if request").out
    assert "lead time 2d" in " ".join(empty("what-if request").out.split())
    empty("start request")
    for line in ("pause --waiting Ben", "resume", "done", "pause", "resume", "done", "done"):
        empty.wait(60 if line == "resume" else 5)
        assert empty(line).code == 0
    assert besides("what-if", "total_seconds") == besides("flow", "active_seconds") == 2 * 3600
    assert "the lead time has the middle of what your runs paused, waited and slept." in empty("what-if request").out
    assert "from start to end as your last runs" in empty("flow request").out


def test_a_kept_change_is_held_against_what_came_of_it_after_three_runs(posts: Any) -> None:
    before = (posts.folder / "routines" / "posts.toml").read_text()
    kept = posts("what-if posts --set write=12m --keep")
    assert kept.code == 0
    assert "Kept as v1 in" in kept.out
    assert (posts.folder / "routines" / "posts.toml").read_text() == before.replace('"20m"', '"12m"')
    assert "v1 is to save 8:00 a run (27:02 to 19:02); what comes of it is told after 3 runs, 0 so far." in (
        posts("what-if posts --kept").out
    )
    for _ in range(3):
        posts("start posts")
        for minutes in (5, 15, 2):
            posts.wait(minutes)
            posts("done")
    (one,) = posts("what-if posts --kept --json").json["kept"]
    assert (one["runs"], one["met"], one["total_seconds"]) == (3, 3, 22 * 60)
    assert one["sentences"] == [
        "v1 was to save 8:00 a run (27:02 to 19:02); the 3 runs since took 22:00 in the middle, 5:02 less than was"
        " foretold without it.",
        "over 99 % of runs were to be within 30m; so far 3 of 3.",
    ]


def test_what_came_is_held_against_the_goal_that_the_odds_were_of(posts: Any) -> None:
    assert posts("what-if posts --set write=12m --keep").code == 0
    for _ in range(3):
        for command, minutes in (("start posts", 60), ("done", 5), ("done", 25), ("done", 2)):
            posts.wait(minutes)
            assert posts(command).code == 0
    before = posts("what-if posts --kept").out
    assert "within 30m; so far 0 of 3." in before
    path = posts.folder / "routines" / "posts.toml"
    path.write_text(path.read_text().replace('goal = "30m"', 'goal = "2h"'))
    assert posts("what-if posts --kept").out == before


def test_a_goal_of_the_week_has_no_odds_within_one_run(posts: Any) -> None:
    path = posts.folder / "routines" / "posts.toml"
    path.write_text(path.read_text().replace('goal = "30m"', 'goal = "30m"\ngoal_per = "week"'))
    then = posts("what-if posts --drop look --json").json["then"]
    assert (then["odds"], then["total_from"]) == (None, "draws")
    assert then["odds_reason"] == "no odds: there is no goal of one run, but one of the week"
    assert "odds of" not in posts("what-if posts").out


def test_nothing_is_kept_without_a_change(posts: Any) -> None:
    assert "nothing is changed" in posts("what-if posts --keep").err
    assert "No change was kept yet" in posts("what-if posts --kept").err
    assert "write --fewest-switches beside it" in posts("what-if posts --keep-hand-offs --drop look").err
    assert posts("what-if posts --kept --drop look").code == 2


def test_review_tells_what_came_of_a_kept_change(posts: Any) -> None:
    posts("what-if posts --set write=12m --keep")
    (one,) = posts("review posts --json").json["kept"]
    assert (one["routine"], one["revision"], one["runs"], one["total_seconds"]) == ("posts", 1, 0, None)
    assert "  Weekly posts\n    v1 is to save 8:00 a run" in posts("review").out
    posts.write("posts.toml", POSTS)
    assert "What came of your changes" not in posts("review").out


def test_what_may_be_done_before_the_run_counts_where_the_runs_held_it(posts: Any) -> None:
    posts.write("posts.toml", POSTS.replace('id = "gather"', 'id = "gather"\nprepare = true'))
    now, targets = posts("what-if posts --json").json["now"], posts("targets posts --json").json
    assert (now["total_seconds"], now["odds"]) == (targets["half_within_seconds"], targets["odds"])
    assert 26 * 60 < now["total_seconds"] < 28 * 60
    assert targets["totals"]["usual_seconds"] == 27 * 60
    assert "'Gather' may be done before the run, but 6 of your last 6 runs held it" in posts("what-if posts").out


def ran(posts: Any, *moments: str) -> None:
    """Do one run after another of 19 minutes, each entered as begun at a moment, or now."""
    for moment in moments:
        end = datetime.fromisoformat(moment) + timedelta(minutes=19) if moment else None
        assert posts(f"start posts {f'--at {moment}' if moment else ''}").code == 0
        posts.wait(0 if moment else 19)
        for _ in range(3):
            assert posts(f"done {f'--at {end.isoformat()}' if end else ''}").code == 0
        posts.wait(5)


def test_runs_of_a_kept_revision_count_though_they_were_before_the_moment_of_keeping(posts: Any) -> None:
    assert posts("what-if posts --set write=12m --keep").code == 0
    ran(posts, *(f"2026-11-{day}T09:00+01:00" for day in (16, 17, 18)))
    (one,) = posts("what-if posts --kept --json").json["kept"]
    assert (one["runs"], one["total_seconds"]) == (3, 19 * 60)


def test_the_day_of_keeping_is_the_day_where_the_person_is(posts: Any) -> None:
    posts.wait(605)  # ten past midnight in Berlin, and not yet in Greenwich
    assert posts("what-if posts --set write=12m --keep").code == 0
    assert posts("what-if posts --kept").out.startswith("v1  2026-11-20  suppose 12:00 for 'Write'")


def test_what_was_kept_twice_tells_both_times_what_came_of_it(posts: Any) -> None:
    ran(posts, "")
    assert posts("what-if posts --set write=12m --keep").code == 0
    ran(posts, "", "", "")
    posts.write("posts.toml", POSTS)
    ran(posts, "")
    assert posts("what-if posts --set write=12m --keep").code == 0
    again, first = posts("what-if posts --kept --json").json["kept"]
    assert (first["revision"], first["runs"], again["revision"], again["runs"]) == (2, 3, 2, 0)
    assert "the 3 runs until it was kept again took 19:00 in the middle" in first["sentences"][0]
    told = posts("review posts").out
    assert "0 so far." in told
    assert "the 3 runs until it was kept again took 19:00" in told
    ran(posts, "", "")
    posts.write("posts.toml", POSTS)
    ran(posts, "")
    assert posts("what-if posts --set write=12m --keep").code == 0
    assert "; after 2 runs it was kept again." in posts("what-if posts --kept").out


def test_what_was_changed_again_before_three_runs_is_not_said_to_be_told_after_them(posts: Any) -> None:
    assert posts("what-if posts --set write=12m --keep").code == 0
    posts.wait(1)
    assert posts("what-if posts --set look=1m --keep").code == 0
    ran(posts, "")
    assert posts("what-if posts --set gather=3m --keep").code == 0
    newest, second, first = posts("what-if posts --kept --json").json["kept"]
    assert newest["sentences"][0].endswith("what comes of it is told after 3 runs, 0 so far.")
    assert second["sentences"][0].endswith("; after 1 run the routine was changed again.")
    assert first["sentences"][0].endswith("; before any run the routine was changed again.")


def test_keeping_what_the_routine_was_once_counts_only_runs_from_then_on(posts: Any) -> None:
    ran(posts, "")
    posts.write("posts.toml", POSTS.replace('"20m"', '"12m"'))
    ran(posts, "", "")
    posts.write("posts.toml", POSTS)
    ran(posts, "")
    assert posts("what-if posts --set write=12m --keep").code == 0
    ran(posts, "")
    (one,) = posts("what-if posts --kept --json").json["kept"]
    assert (one["revision"], one["runs"]) == (2, 1)


def test_where_the_newest_run_stands_in_for_a_file_with_problems_that_is_said(posts: Any) -> None:
    ran(posts, "")
    posts.write("posts.toml", POSTS.replace('planned = "5m"', 'planned = "soon"'))
    assert "Its file has problems: these are the steps of its newest run, and no" in posts("what-if posts").out
    assert "as in its newest run, since its file has problems" in posts("flow posts").out
    (posts.folder / "routines" / "posts.toml").unlink()
    assert "Its file is gone: these are the steps of its newest run" in posts("what-if posts").out


def test_what_was_prepared_before_the_runs_is_no_part_of_them_in_what_if_targets_and_flow(empty: Any) -> None:
    empty.write("posts.toml", POSTS.replace('id = "gather"', 'id = "gather"\nprepare = true'))
    for _ in range(5):
        for command, minutes in (("prepare posts", 60), ("done", 5), ("start posts", 60), ("done", 20), ("done", 2)):
            empty.wait(minutes)
            assert empty(command).code == 0
    now, flow = empty("what-if posts --json").json["now"], empty("flow posts --json").json
    assert now["total_seconds"] == flow["active_seconds"] == 22 * 60
    assert empty("targets posts --json").json["half_within_seconds"] == 22 * 60
    assert "may be done before the run" not in empty("what-if posts").out
    for command, minutes in (("start posts", 60), ("done", 5), ("done", 20), ("done", 2)):
        empty.wait(minutes)
        assert empty(command).code == 0
    assert "but 1 of your last 6 runs held it, so it counts" in empty("what-if posts").out
