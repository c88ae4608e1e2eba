"""Sleep, restarts, clocks that are set, and runs left open, as the command line tells them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.cli.conftest import Shell

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def the_run(shell: Shell) -> dict[str, Any]:
    (run,) = shell("status --json").json["runs"]
    assert gone_by(run) == pytest.approx(0, abs=1e-6)
    return dict(run)


def gone_by(run: dict[str, Any]) -> float:
    """Give what the identity of the contract leaves over; only ended runs say when they ended."""
    parts = [run[f"{name}_seconds"] for name in ("active", "paused", "waiting", "asleep")]
    assert min(parts) >= 0
    assert all(step["active_seconds"] is None or step["active_seconds"] >= 0 for step in run["steps"])
    if run["ended_at"] is None:
        return 0.0
    length = datetime.fromisoformat(run["ended_at"]) - datetime.fromisoformat(run["started_at"])
    return float(sum(parts) - run["corrected_seconds"] - length.total_seconds())


def test_sleep_is_told_with_what_counts_it(shell: Shell) -> None:
    shell("start posts")
    shell.wait(5)
    shell.clock.sleep(3 * HOUR + timedelta(minutes=2))
    status = shell("status")
    assert status.out.startswith("▶ Weekly posts: 1/2 Gather 5:00")
    number = the_run(shell)["id"]
    assert status.err == f"Asleep 3 h 02. Not counted. To count it: procroutine amend {number} 1 +3h2m\n"
    told = shell("done")
    assert told.err == status.err
    assert shell(f"amend {number} 1 +3h2m").code == 0
    assert the_run(shell)["steps"][0]["active_seconds"] == 5 * 60 + 3 * 3600 + 120
    assert shell("status").err == ""


def test_a_status_that_is_shown_by_other_programs_stays_one_line(shell: Shell) -> None:
    shell("start posts")
    shell.clock.sleep(HOUR)
    assert shell("status --format '{step}'") == type(shell("status"))(0, "Gather\n", "")
    assert shell("status --json").err == ""


def test_a_run_idle_for_a_month_can_end_as_of_its_last_step_as_the_sentence_says(shell: Shell) -> None:
    shell("start posts")
    shell.wait(5)
    shell("done")
    shell.clock.advance(30 * DAY)
    said = shell("status").err
    assert said.startswith("Idle for 30 days. The clock went on. To end it as of the last step: procroutine finish")
    assert "Begun 30 days ago. It stays in 2026-W47." in said
    command = said.partition("procroutine ")[2].partition(". ")[0]
    assert shell(command).code == 0
    (run,) = shell("history --json").json["runs"]
    assert (run["active_seconds"], run["ended_at"], run["week"]) == (
        300,
        "2026-11-19T14:10:00.000+01:00",
        "2026-W47",
    )


def test_idle_time_can_be_left_out_as_the_sentence_says(shell: Shell) -> None:
    shell("start posts")
    shell.wait(5)
    shell("done")
    shell.clock.advance(2 * DAY)
    command = shell("status").err.splitlines()[0].rpartition("procroutine ")[2]
    assert shell(command).code == 0
    shell("resume")
    run = the_run(shell)
    assert (run["active_seconds"], run["paused_seconds"]) == (300, 2 * 86400)


@pytest.mark.parametrize("years", [-20, -1, 1, 30])
def test_a_clock_years_off_gives_no_negative_time_and_is_said(shell: Shell, years: int) -> None:
    shell("start posts")
    shell.wait(5)
    shell.clock.step_wall(365 * years * DAY)
    shell.wait(1)
    way = "forward" if years > 0 else "back"
    assert shell("status").err == (
        f"The clock was set {abs(years) * 365} days {way}. The times of this run did not change.\n"
    )
    assert the_run(shell)["active_seconds"] == 360
    assert shell("done").code == 0
    shell.wait(1)
    assert shell("done").out.startswith("Finished Weekly posts in 7:00")
    (run,) = shell("history --json").json["runs"]
    assert gone_by(run) == pytest.approx(0, abs=1e-6)
    assert (run["week"], run["active_seconds"]) == ("2026-W47", 420)


@pytest.mark.parametrize("set_by", [timedelta(seconds=-30), timedelta(seconds=30)])
def test_a_clock_put_right_by_seconds_is_not_worth_a_line(shell: Shell, set_by: timedelta) -> None:
    shell("start posts")
    shell.wait(5)
    shell.clock.step_wall(set_by)
    assert shell("status").err == ""
    assert the_run(shell)["active_seconds"] == 300


def test_a_restart_is_told_while_the_run_is_open_and_ever_after(shell: Shell) -> None:
    shell("start posts")
    shell.wait(5)
    shell.clock.reboot(timedelta(minutes=2), boot="boot-2")
    shell.wait(1)
    told = shell("done")
    assert told.err == "The machine was restarted. The time across that is by the clock on the wall.\n"
    assert told.out.startswith("✓ Gather 8:00.")
    number = the_run(shell)["id"][:8]
    assert "The machine was restarted." in shell(f"show {number}").out
    shell("done")
    assert "The machine was restarted in this run" in shell(f"show {number}").out


def test_a_restart_with_a_clock_a_year_behind_gives_no_negative_time(shell: Shell) -> None:
    shell("start posts")
    shell.wait(5)
    shell("done")
    shell.clock.reboot(-365 * DAY, boot="boot-2")
    assert "Its clock went 365 days back, and no time was taken off." in shell("status").err
    assert the_run(shell)["active_seconds"] == 300
    shell("note back again")
    shell.wait(2)
    shell("done")
    (run,) = shell("history --json").json["runs"]
    assert run["active_seconds"] == 420
    assert gone_by(run) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("begun", "started"),
    [
        (datetime(2026, 3, 29, 0, 40, tzinfo=UTC), "2026-03-29T01:40:00.000+01:00"),
        (datetime(2026, 10, 25, 0, 40, tzinfo=UTC), "2026-10-25T02:40:00.000+02:00"),
    ],
)
def test_the_night_of_the_change_of_clocks_changes_no_length(shell: Shell, begun: datetime, started: str) -> None:
    shell.clock.reading = shell.clock.reading.replaced(wall=begun.astimezone(ZoneInfo("Europe/Berlin")))
    shell("start posts")
    shell.wait(30)
    shell("done")
    shell.wait(30)
    assert shell("done").err == ""
    (run,) = shell("history --json").json["runs"]
    assert (run["started_at"], run["active_seconds"]) == (started, 3600)
    assert gone_by(run) == pytest.approx(0, abs=1e-6)


def test_on_a_journey_the_run_keeps_its_week(shell: Shell) -> None:
    late_on_sunday = datetime(2026, 11, 15, 22, 50, tzinfo=UTC)
    shell.clock.reading = shell.clock.reading.replaced(wall=late_on_sunday.astimezone(ZoneInfo("Europe/Berlin")))
    shell("start posts")
    tokyo = ZoneInfo("Asia/Tokyo")
    shell.clock.reading = shell.clock.reading.replaced(wall=late_on_sunday.astimezone(tokyo), zone="Asia/Tokyo")
    shell.wait(5)
    shell("done")
    run = the_run(shell)
    assert (run["week"], run["steps"][0]["ended_at"]) == ("2026-W46", "2026-11-16T07:55:00.000+09:00")


def test_another_run_paused_by_a_start_keeps_its_time_though_the_clock_went_back(shell: Shell) -> None:
    shell("start posts")
    shell.wait(30)
    shell.clock.step_wall(-HOUR)
    shell("start books")
    posts = next(run for run in shell("status --json").json["runs"] if run["routine"] == "posts")
    assert posts["active_seconds"] == 1800


def test_the_past_is_entered_step_by_step_without_a_word_of_the_time_since(shell: Shell) -> None:
    for line in ("start posts --at 2026-11-16T09:00", "done --at 2026-11-16T09:05", "pause --at 2026-11-16T09:06"):
        assert shell(line).err == ""
    assert shell("resume --at 2026-11-16T09:08").err == ""
    assert "Idle for" in shell("status").err
