"""Listing some of the past, and comparing two runs of it."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Shell, refused
from tests.cli.test_past import a_run


@pytest.fixture
def used(shell: Shell) -> Shell:
    """A home with four runs, a week between them: over the goal, with a note and a step skipped, quick, of books."""
    a_run(shell, 6, 34)
    shell.wait(7 * 24 * 60)
    shell("start posts")
    shell("note 'Slow export'")
    shell.wait(20)
    shell("done")
    shell("skip")
    shell.wait(7 * 24 * 60)
    a_run(shell, 4, 10)
    shell.wait(7 * 24 * 60)
    a_run(shell, 8, routine="books")
    return shell


def listed(shell: Shell, words: str) -> str:
    """The runs as letters: a over the goal, b skipped, c quick, d of books."""
    letters = dict(zip([run["id"] for run in shell("history --json").json["runs"]], "dcba", strict=True))
    return "".join(letters[run["id"]] for run in shell(f"history {words} --json").json["runs"])


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("--over-goal", "a"),
        ("--skipped", "b"),
        ("--left-out", ""),
        ("--text 'WEEKLY slow'", "b"),
        ("--text 'posts'", "cba"),
        ("--since 2026-W48 --until 2026-W49", "cb"),
        ("--until 7d", "cba"),
        ("--since W48 --until W49", "cb"),
        ("--filter 'week:2026-W48..2026-W49 posts'", "cb"),
        ("--filter over --skipped", ""),
        ("--week 2026-W47 --until 2026-11-30", "a"),
        ("--sort longest", "abcd"),
        ("--sort over-goal --limit 2", "ab"),
        ("posts --sort longest --limit 1", "a"),
    ],
)
def test_history_lists_what_is_asked_for(used: Shell, words: str, found: str) -> None:
    assert listed(used, words) == found


def test_what_cannot_be_understood_is_said(used: Shell) -> None:
    assert "did you mean 'note:'?" in refused(used("history --filter nots:x"))
    assert "is not a day" in refused(used("history --until soon"))
    assert "invalid choice" in refused(used("history --sort best"))


def test_left_out_runs_can_be_listed_alone(used: Shell) -> None:
    run_id = used("history posts --json").json["runs"][0]["id"]
    used(f"leave-out {run_id} --reason 'Trial'")
    assert [run["id"] for run in used("history --left-out --json").json["runs"]] == [run_id]
    assert " left out " in used("history --left-out").out


def test_two_runs_are_compared_step_by_step(used: Shell) -> None:
    quick, skipped, over = [run["id"] for run in used("history posts --json").json["runs"]]
    answer = used(f"compare {quick} {over} --json").json
    assert (answer["earlier"]["run"], answer["later"]["run"]) == (over, quick)
    assert answer["difference_seconds"] == -26 * 60
    assert [step["difference_seconds"] for step in answer["steps"]] == [-2 * 60, -24 * 60]
    lines = used(f"compare {quick[:8]}").out.splitlines()
    assert "skipped then" in lines[-2 - 1]
    assert lines[-2].split() == ["total", "20m", "14m", "−6:00"]
    assert lines[-1] == "done in both −16:00, skipped in one +10:00"
    assert used(f"compare {quick} --json").json["earlier"]["run"] == skipped
    assert used(f"compare {over} best --json").json["later"]["run"] == quick
    assert used(f"compare {quick} usual --json").json["earlier"]["run"] is None


def test_a_run_that_is_not_there_cannot_be_compared(used: Shell) -> None:
    one = used("history --json").json["runs"][0]["id"]
    assert "no different from itself" in refused(used(f"compare {one} {one}"))
    quick, *_, over = [run["id"] for run in used("history posts --json").json["runs"]]
    assert "no such run" in refused(used(f"compare {over} before"))
    assert "no run" in refused(used(f"compare {quick} 99999"))


def test_a_step_is_told_through_time(used: Shell) -> None:
    answer = used("step posts gather --json").json
    assert (answer["times"], answer["runs"], answer["skipped"]) == (3, 3, 0)
    assert (answer["last_seconds"], answer["best_seconds"], answer["planned_seconds"]) == (240, 240, 300)
    assert [note["text"] for note in answer["notes"]] == ["Slow export"]
    lines = used("step posts WRITE").out.splitlines()
    assert lines[:2] == ["Write · Weekly posts", "all weeks · done 2 times · skipped in 1 of 3 runs"]
    assert lines[2].startswith("last 10:00   usual 10:00")
    assert used("step posts 1").out.splitlines()[-1].split()[1:] == ["20:00", "Documents", "Slow", "export"]
    assert used("step posts gather --weeks 3 --json").json["times"] == 2


def test_a_step_that_is_not_there_is_refused(used: Shell) -> None:
    assert "did you mean 'gather'?" in refused(used("step posts gathr"))
    assert "leaves nothing" in refused(used("step posts gather --weeks 0"))


def test_what_is_shown_of_an_id_is_enough_to_name_the_run(shell: Shell) -> None:
    step = {"id": "a", "title": "A", "state": "done", "active_seconds": 60}
    moments = {"started_at": "2026-11-02T09:00:00+01:00", "ended_at": "2026-11-02T09:01:00+01:00"}
    runs = [
        {"id": f"attempt-{number}", "routine": "posts", "state": "finished", **moments, "steps": [step]}
        for number in (1, 2, 12)
    ]
    path = shell.write("../in.json", json.dumps({"runs": runs}))
    shell(f"import {path}")
    shell("delete attempt-2")
    shown = [line.split()[-1] for line in shell("history").out.splitlines()[1:]]
    assert shown == ["attempt-12", "attempt-1"]
    assert all(shell(f"show {one}").code == 0 for one in shown)
