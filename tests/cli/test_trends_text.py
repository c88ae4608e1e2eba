"""`trends` as text, and that it, the app and `trends --json` agree."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell

WEEK = 7 * 24 * 60


@pytest.fixture
def kept(shell: Shell) -> Shell:
    """A routine done weekly, at last in much less time."""
    for place in range(9):
        run(shell, 25 + place % 3)
    for _ in range(8):
        run(shell, 24)
    return shell


def run(shell: Shell, minutes: int) -> None:
    shell("start posts")
    shell.wait(1)
    shell("done")
    shell.wait(minutes - 1)
    shell("done")
    shell.wait(WEEK - minutes)


def test_it_says_how_the_goal_is_kept_what_is_usual_and_which_signal_stands(kept: Shell) -> None:
    kept.write("posts.toml", (kept.folder / "routines" / "posts.toml").read_text().replace("30m", "26m"))
    lines = kept("trends posts --weeks 8").out.splitlines()
    assert lines[0] == "Weekly posts   goal 26m"
    assert lines[1].startswith("8 weeks · 7 runs")
    rows = [line.split(maxsplit=1) for line in lines[3:-3]]
    assert [sign for sign, _ in rows] == ["●"] * 7 + ["·"]
    assert rows[-1][1].endswith("this week, no run yet")
    assert lines[-3] == "It is under its goal of 26m on average, some weeks over."
    assert lines[-2] == "Usual 23m to 27m, middle 25m"
    assert lines[-1].endswith("weeks in a row under the middle: the process has changed")


def test_by_the_settings_it_takes_medians_and_json_stays_by_means(kept: Shell) -> None:
    before = kept("trends posts --json").json
    (kept.folder / "config.toml").write_text("median_limits = true\n")
    assert kept("trends posts").out.splitlines()[-2].endswith("by medians")
    assert kept("trends posts --json").json == before


def test_weeks_off_missed_and_not_due_are_told_apart(shell: Shell) -> None:
    run(shell, 20)
    shell("off posts --reason holiday")
    shell.wait(2 * WEEK)
    run(shell, 20)
    rows = [line.split(maxsplit=1) for line in shell("trends posts").out.splitlines()[3:-2]]
    assert [sign for sign, _ in rows] == ["●", "·", "×", "●", "·"]
    assert rows[1][1].endswith("declared off: holiday")
    assert rows[2][1].endswith("missed")
    for _ in range(2):
        shell("start books")
        shell.wait(5)
        shell("done")
        shell.wait(2 * WEEK)
    assert [line[:1] for line in shell("trends books").out.splitlines()[3:-2]] == ["○", "○", "·"]


def test_a_routine_never_run_has_nothing_to_say(shell: Shell) -> None:
    assert shell("trends posts").out.splitlines() == ["Weekly posts   goal 30m", "no runs yet"]
