"""Looking at the past, correcting it, taking it out and bringing it in."""

from __future__ import annotations

import json
import os

import pytest

from tests.cli.conftest import POSTS, Shell, refused


def a_run(shell: Shell, *minutes: float, routine: str = "posts") -> str:
    shell(f"start {routine}")
    run_id = shell("status --json").json["runs"][0]["id"]
    for length in minutes:
        shell.wait(length)
        shell("done")
    return str(run_id)


@pytest.fixture
def used(shell: Shell) -> Shell:
    """A home with three runs, the oldest two weeks back."""
    for minutes in ((6, 24), (5, 22)):
        a_run(shell, *minutes)
        shell.wait(7 * 24 * 60)
    a_run(shell, 8, routine="books")
    return shell


def test_history_lists_the_newest_first(used: Shell) -> None:
    runs = used("history --json").json["runs"]
    assert [run["routine"] for run in runs] == ["books", "posts", "posts"]
    assert [run["active_seconds"] for run in runs] == [480, 1620, 1800]
    lines = used("history").out.splitlines()
    assert len(lines) == 4
    assert "±0m" in lines[3]


def test_of_a_week_the_run_that_ended_last_comes_first_whenever_it_began(shell: Shell) -> None:
    shell("start posts")
    shell.wait(5)
    a_run(shell, 10, routine="books")
    shell.wait(5)
    shell("finish")
    assert [run["routine"] for run in shell("history --json").json["runs"]] == ["posts", "books"]
    assert [run["routine"] for run in shell("history --json --limit 1").json["runs"]] == ["posts"]
    assert "Weekly posts" in shell("history").out.splitlines()[1]


def test_history_is_narrowed_by_routine_week_day_and_count(used: Shell) -> None:
    assert len(used("history posts --json").json["runs"]) == 2
    assert len(used("history 'weekly posts' --json").json["runs"]) == 2
    assert len(used("history --week 2026-W47 --json").json["runs"]) == 1
    assert len(used("history --since 2026-W48 --json").json["runs"]) == 2
    assert len(used("history --since 3d --json").json["runs"]) == 1
    assert len(used("history --limit 1 --json").json["runs"]) == 1
    assert "leaves nothing" in refused(used("history --limit 0"))
    assert "is not a week" in refused(used("history --week 47"))
    assert "is not a day" in refused(used("history --since yesterday"))


def test_show_gives_one_run_by_a_beginning_of_its_id(used: Shell) -> None:
    run = used("history --json").json["runs"][0]
    shown = used(f"show {run['id'][:8]} --json").json
    assert shown == {"format": 1, **run}
    assert run["left_out"] is None
    assert "Sort receipts" in used(f"show {run['id']}").out


def test_an_abandoned_run_is_listed_as_such(shell: Shell) -> None:
    shell("start books")
    shell.wait(3)
    assert "stays out of the figures" in shell("abandon").out
    assert "abandoned" in shell("history").out
    run_id = shell("history --json").json["runs"][0]["id"]
    first, second, *_ = shell(f"show {run_id}").out.splitlines()
    assert first.endswith(" · abandoned")
    assert second.endswith(" active")


def test_deleting_keeps_the_run_and_restoring_brings_it_back(used: Shell) -> None:
    run_id = used("history --json").json["runs"][0]["id"]
    assert "procroutine restore" in used(f"delete {run_id}").out
    assert len(used("history --json").json["runs"]) == 2
    deleted = used("history --deleted --json").json["runs"]
    assert [(run["id"], run["deleted"]) for run in deleted] == [(run_id, True)]
    used(f"restore {run_id}")
    assert len(used("history --json").json["runs"]) == 3


@pytest.mark.parametrize(("change", "seconds"), [("+2m", 420), ("-90s", 210), ("15m", 900)])
def test_amend_takes_a_length_as_typed(used: Shell, change: str, seconds: int) -> None:
    run_id = used("history posts --json").json["runs"][0]["id"]
    assert used(f"amend {run_id} gather {change}").code == 0
    run = used(f"show {run_id} --json").json
    assert run["steps"][0]["active_seconds"] == seconds
    assert run["active_seconds"] == sum(step["active_seconds"] for step in run["steps"])
    assert run["corrected_seconds"] == seconds - 300


def test_a_step_cannot_have_less_than_no_time(used: Shell) -> None:
    run_id = used("history posts --json").json["runs"][0]["id"]
    refused(used(f"amend {run_id} gather -20m"))
    assert used(f"show {run_id} --json").json["steps"][0]["active_seconds"] == 300


def test_the_outcome_can_be_set_and_a_run_left_out(used: Shell) -> None:
    run_id = used("history --json").json["runs"][0]["id"]
    used(f"set-outcome {run_id} partly")
    assert used(f"show {run_id} --json").json["outcome"] == "partly"
    assert "out of the statistics" in used(f"leave-out {run_id} --reason 'the phone rang'").out


def test_show_says_that_a_run_is_deleted_or_left_out(used: Shell) -> None:
    run_id = used("history --json").json["runs"][0]["id"]
    assert "deleted" not in used(f"show {run_id}").out
    assert "left out" not in used(f"show {run_id}").out
    used(f"leave-out {run_id} --reason 'the phone rang'")
    assert used(f"show {run_id}").out.splitlines()[1] == "left out of the statistics: the phone rang"
    used(f"delete {run_id}")
    said = used(f"show {run_id}").out.splitlines()
    assert said[1:3] == [
        f"deleted; bring it back with: procroutine restore {run_id}",
        "left out of the statistics: the phone rang",
    ]
    used(f"restore {run_id}")
    assert "deleted" not in used(f"show {run_id}").out


def test_what_is_exported_can_be_brought_in_elsewhere_and_twice_is_once(used: Shell, tmp_path: object) -> None:
    used("export -o " + str(used.folder / "runs.json"))
    other = Shell(used.folder.parent / "other")
    assert "Brought in 3 runs" in other(f"import {used.folder / 'runs.json'}").out
    assert "3 known already" in other(f"import {used.folder / 'runs.json'}").out
    assert other("history --json").json == used("history --json").json


def test_an_import_with_one_bad_run_brings_in_none(used: Shell) -> None:
    data = used("export").json
    data["runs"][1]["active_seconds"] = "many"
    path = used.folder / "bad.json"
    path.write_text(json.dumps(data))
    other = Shell(used.folder.parent / "other")
    other("routines")
    refused(other(f"import {path}"))
    assert other("history --json").json["runs"] == []


@pytest.mark.parametrize("content", [b"", b"[", b"\xff", b'{"format": 99, "runs": []}', b"[" * 100_000])
def test_what_is_no_export_is_refused(shell: Shell, content: bytes) -> None:
    path = shell.folder / "odd.json"
    path.write_bytes(content)
    refused(shell(f"import {path}"))
    refused(shell("import /nowhere.json"))


def test_trends_lists_the_weeks_against_the_goal(used: Shell) -> None:
    answer = used("trends posts --json").json
    assert [(week["week"], week["value_seconds"]) for week in answer["weeks"]][-3:] == [
        ("2026-W47", 1800),
        ("2026-W48", 1620),
        ("2026-W49", None),
    ]
    assert answer["weeks"][-1]["unfinished"] is True
    lines = used("trends posts").out.splitlines()
    assert lines[0] == "Weekly posts   goal 30m"
    assert any(line.startswith("● 2026-W48") for line in lines)
    assert "leaves nothing" in refused(used("trends posts --weeks 0"))


def test_show_tells_what_was_really_done(shell: Shell) -> None:
    shell.write(
        "trip.toml",
        'name = "Trip"\n[[steps]]\ntitle = "Pack"\nprepare = true\n'
        + "".join(f'[[steps]]\ntitle = "{title}"\n' for title in ("Load", "Drive", "Park")),
    )
    shell("prepare trip")
    shell.wait(4)
    for command in ("done", "start trip", "goto Drive", "switch-off Park", "add Wash", "done", "done", "done"):
        shell(command)
        shell.wait(1)
    run = shell("history --json").json["runs"][0]
    shell(f"amend {run['id'][:8]} Drive +2m")
    lines = shell(f"show {run['id'][:8]}").out.splitlines()
    assert "clock corrected by +2:00" in lines
    assert "done in the order 1, 3, 4, 2" in lines
    assert [" ".join(line.split()) for line in lines[-5:]] == [
        "✓ Pack 4:00 before the run",
        "✓ Load 2:00",
        "✓ Drive 5:00",
        "✓ Wash 1:00 in this run only",
        "– Park off",
    ]


def test_targets_lists_every_comparison(used: Shell) -> None:
    answer = used("targets posts --json").json
    assert answer["steps"][0]["best_seconds"] == 300
    assert answer["totals"]["planned_seconds"] == 1500
    said = used("targets posts --goal 25m").out
    assert "Gather" in said
    for name in ("usual", "best run", "last", "average", "planned", "goal split", "sum of best"):
        assert name in said.splitlines()[0]


def test_targets_are_the_published_ones(shell: Shell) -> None:
    titles = ("Write", "Enter", "Check")
    steps = "".join(f'[[steps]]\ntitle = "{title}"\n' for title in titles)
    shell.write("feed.toml", f'name = "Feed"\ngoal = "1h"\n{steps}[[steps]]\ntitle = "Pack"\nprepare = true\n')
    for lengths in ((1500, 1800, 900), (1320, 1740, 960), (1380, 1500, 1020), (1200, 1560, 840)):
        shell("start feed")
        for length in lengths:
            shell.wait(length / 60)
            shell("done")
        shell("skip")
    answer = shell("targets feed --json").json
    assert round(answer["how_hard"], 4) == 0.0816
    found = {
        name: [round(step[f"{name}_seconds"], 2) for step in answer["steps"][:3]]
        for name in ("usual", "best", "average", "goal_split", "last")
    }
    assert found == {
        "usual": [1320, 1560, 900],
        "best": [1200, 1500, 840],
        "average": [1320.34, 1617.60, 923.31],
        "goal_split": [1230.17, 1509.71, 860.12],
        "last": [1200, 1560, 840],
    }
    assert answer["totals"]["best_seconds"] == 3540
    assert answer["steps"][0]["best_run_seconds"] is None  # the last step was left out each time
    assert answer["totals"]["goal_split_seconds"] == 3600


def test_what_is_done_before_a_run_has_no_part_in_its_targets(shell: Shell) -> None:
    pack = '[[steps]]\ntitle = "Pack"\nplanned = "9m"\nprepare = true\n'
    shell.write("trip.toml", f'name = "Trip"\ngoal = "20m"\n{pack}[[steps]]\ntitle = "Drive"\nplanned = "20m"\n')
    for _ in range(2):
        for command, minutes in (("prepare trip", 60), ("done", 5), ("start trip", 60), ("done", 18)):
            shell.wait(minutes)
            shell(command)
    answer = shell("targets trip --json").json
    assert [step["best_run_seconds"] for step in answer["steps"]] == [None, 1080]
    assert (answer["totals"]["planned_seconds"], answer["totals"]["usual_seconds"]) == (1200, 1080)
    assert [step["goal_split_seconds"] for step in answer["steps"]] == [None, 1080]


def test_help_lists_the_commands_and_the_format(shell: Shell) -> None:
    assert "abandon" in shell("help").out
    assert "weekly on Monday at 09:00" in shell("help format").out
    assert "--format" in shell("help status").out
    assert "did you mean 'status'?" in refused(shell("help statsu"))
    assert shell("--version").out.startswith("procroutine ")


def test_completion_is_written_for_a_shell(shell: Shell) -> None:
    assert "_shtab_procroutine" in shell("completion bash").out


def test_the_app_says_that_it_needs_a_terminal(shell: Shell) -> None:
    assert "this is no terminal" in refused(shell("run posts"))
    assert "this is no terminal" in refused(shell("demo"))


def test_a_read_only_disk_is_a_sentence_and_changes_nothing(shell: Shell) -> None:
    shell("start posts")
    folder = shell.folder / "open-runs"
    folder.rename(shell.folder / "kept")
    folder.write_text("a file where the folder should be")
    assert "cannot be" in refused(shell("done"))
    folder.unlink()
    (shell.folder / "kept").rename(folder)
    assert shell("status --json").json["runs"][0]["steps"][0]["state"] == "current"


def test_a_changed_schedule_does_not_make_earlier_days_late_or_put_off(shell: Shell) -> None:
    path = shell.write("walk.toml", 'name = "Walk"\nschedule = "weekly on Thursday"\n[[steps]]\ntitle = "Go"\n')
    for _ in range(3):
        a_run(shell, 30, routine="walk")
        shell.wait(7 * 24 * 60 - 30)
    path.write_text(path.read_text().replace("weekly on Thursday", "daily"))
    os.utime(path, (shell.clock.read().wall.timestamp(),) * 2)
    (walk,) = [entry for entry in shell("routines --json").json["routines"] if entry["id"] == "walk"]
    assert walk["put_off_weeks"] == 0
    a_run(shell, 30, routine="walk")
    shell.wait(3 * 24 * 60)
    (walk,) = [entry for entry in shell("routines --json").json["routines"] if entry["id"] == "walk"]
    assert walk["streak_weeks"] == 0
    assert walk["due"] in ("today", "now")


def test_targets_give_the_odds_of_a_run_begun_now(shell: Shell) -> None:
    for minutes in ((6, 24), (5, 22), (5, 26), (6, 22), (5, 23)):
        a_run(shell, *minutes)
        shell.wait(7 * 24 * 60)
    answer = shell("targets posts --json").json
    assert 0.3 < answer["odds"] < 1
    assert answer["odds_reason"] is None
    assert answer["half_within_seconds"] <= answer["likely_within_seconds"] <= answer["late_within_seconds"]
    assert "only as planned" not in shell("targets posts").out
    shell.write("posts.toml", f'{POSTS}[[steps]]\ntitle = "New"\nplanned = "3m"\n')
    assert shell("targets posts").out.endswith("; 1 step only as planned\n")
    assert shell("targets posts --goal 20m --json").json["odds"] == 0
    assert shell("targets posts --goal 2h").out.splitlines()[-1].startswith("over 99 % to finish within 2h00; 50 % ")


def test_targets_hold_a_run_begun_now_against_what_its_week_has_left_of_the_weeks_goal(shell: Shell) -> None:
    file = (shell.folder / "routines" / "posts.toml").read_text()
    shell.write("posts.toml", file.replace("[sys", 'goal_per = "week"\n[sys', 1))
    for minutes in ((6, 24), (5, 22), (5, 26), (6, 22), (5, 23)):
        shell.wait(7 * 24 * 60)
        a_run(shell, *minutes)
    left = 30 * 60 - 28 * 60
    answer = shell("targets posts --json").json
    assert (answer["goal_seconds"], answer["odds"]) == (left, 0)
    assert shell("targets posts --goal 2h --json").json["goal_seconds"] == 2 * 60 * 60
    shell.wait(7 * 24 * 60)
    assert shell("targets posts --json").json["goal_seconds"] == 30 * 60


def test_where_there_are_no_odds_targets_say_why(used: Shell) -> None:
    answer = used("targets posts --json").json
    assert (answer["odds"], answer["odds_reason"]) == (None, "no odds yet: 2 of 5 runs")
    assert used("targets posts").out.splitlines()[-1] == "no odds yet: 2 of 5 runs"


def test_the_odds_of_past_runs_stand_against_the_goals_kept(shell: Shell) -> None:
    for place in range(8):
        a_run(shell, 5, 20 + place % 2)
        shell.wait(7 * 24 * 60)
    answer = shell("trends posts --backtest --json").json
    assert (answer["format"], answer["routine"], answer["runs"], answer["met"]) == (1, "posts", 3, 3)
    assert [(band["low"], band["high"], band["runs"]) for band in answer["bands"]] == [(0.9, 1.0, 3)]
    lines = shell("trends posts --backtest").out.splitlines()
    assert lines[1].split() == ["90", "%", "to", "100", "%", "3", "3", "100", "%"]
    assert lines[-1].startswith("Of 3 runs 3 kept the goal; the odds promised 3.0.")
    assert shell("trends books --backtest").out.startswith("Odds need 5 runs before")


def rename(shell: Shell, former: str, name: str) -> None:
    path = shell.folder / "routines" / f"{former}.toml"
    shell.write(f"{name}.toml", f'previous_ids = ["{former}"]\n{path.read_text()}')
    path.unlink()


def test_a_renamed_routine_is_listed_with_the_runs_under_its_former_id(used: Shell) -> None:
    rename(used, "posts", "feeds")
    assert [run["routine"] for run in used("history feeds --json").json["runs"]] == ["posts", "posts"]
    assert len(used("history posts --json").json["runs"]) == 2
    for name in ("posts", "feeds", "'weekly posts'"):
        assert used(f"flow {name} --json").json["routine"] == "feeds"
        assert list(used(f"review {name} --json").json["corner"]) == ["feeds"]


def test_no_single_run_is_held_against_a_goal_of_the_week(shell: Shell) -> None:
    shell.write(
        "posts.toml",
        (shell.folder / "routines" / "posts.toml").read_text().replace("[sys", 'goal_per = "week"\n[sys', 1),
    )
    shell("start posts")
    assert shell("status --format '{total_left}'").out == "25:00\n"
    shell.wait(4)
    shell("done")
    assert shell("done").out == "Finished Weekly posts in 4:00.\n"
    run = shell("history --json").json["runs"][0]["id"]
    for command in ("history", f"show {run}", "routines"):
        assert "−26" not in shell(command).out
    assert " 30m/w " in shell("routines").out
    assert shell("trends posts").out.startswith("Weekly posts   goal 30m a week\n")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("trends posts --backtest --weeks 3", "leave --weeks out"),
        ("flow posts --format svg --width 60", "--width is for a map as text"),
        ("what-if posts --kept --keep-hand-offs", "--kept tries nothing"),
        ("run --plain", "--plain goes with a routine: name it: procroutine run ROUTINE --plain"),
    ],
)
def test_an_option_that_would_do_nothing_is_refused(shell: Shell, line: str, why: str) -> None:
    assert why in refused(shell(line))


def test_an_imported_run_is_held_against_no_goal_where_its_routine_has_one_of_the_week(shell: Shell) -> None:
    shell("start posts")
    shell.wait(4)
    shell("finish")
    path = shell.write("../in.json", shell("export").out)
    run = shell("history --json").json["runs"][0]["id"]
    other = Shell(shell.folder.parent / "other")
    other.write("posts.toml", POSTS.replace("[sys", 'goal_per = "week"\n[sys', 1))
    other(f"import {path}")
    assert "against the goal" not in other(f"show {run}").out
    other.write("posts.toml", POSTS)
    assert "−26:00 against the goal of 30m" in other(f"show {run}").out
    assert "nothing of this run is usual yet" in refused(other(f"compare {run} usual"))
