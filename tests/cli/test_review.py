"""`review`: where the time goes and what to change first."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from procroutine.improvement.load import RESTS_ON
from tests.cli.conftest import refused

KEYS = {
    *("routine", "kind", "steps", "system", "person", "saves_seconds", "saves_low_seconds", "saves_high_seconds"),
    *("per", "likely", "sentence", "evidence", "at_stake_seconds", "lead_seconds", "how", "tries"),
}
SALE = """\
name = "Sale"
goal = "30m"
owner = "Ana"
[[steps]]
id = "send"
title = "Send \\u001b[31mit"
[[steps]]
id = "approve"
title = "Approve"
person = "Bo"
"""


def many_runs(count: int = 44) -> dict[str, Any]:
    """Make runs in which every other one goes without the approval, and all are right."""
    return {"format": 1, "runs": [one_run(number) for number in range(count)]}


def one_run(number: int) -> dict[str, Any]:
    started = datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(weeks=number)
    times = {"send": 600 + number % 3, "approve": None if number % 2 else 240 + number / 10}
    steps = [
        {"id": step, "state": "skipped" if time is None else "done", "active_seconds": time}
        for step, time in times.items()
    ]
    ended = started + timedelta(seconds=sum(filter(None, times.values())))
    return {
        "id": f"run-{number}",
        "routine": "sale",
        "state": "finished",
        "outcome": "met",
        "steps": steps,
        "started_at": started.isoformat(),
        "ended_at": ended.isoformat(),
    }


@pytest.fixture
def sold(empty: Any) -> Any:
    empty.write("sale.toml", SALE)
    runs = empty.folder / "runs.json"
    runs.write_text(json.dumps(many_runs()))
    assert empty(f"import {runs}").code == 0
    return empty


def test_a_step_that_the_output_does_not_need_comes_first(sold: Any) -> None:
    answer = sold("review sale --json").json
    assert answer["format"] == 1
    assert answer["corner"] == {"sale": "effective_efficient"}
    first = answer["levers"][0]
    assert set(first) == KEYS
    assert (first["kind"], first["steps"], first["person"], first["per"]) == ("eliminate", ["approve"], "Bo", "week")
    assert 0 < first["saves_low_seconds"] <= first["saves_seconds"] <= first["saves_high_seconds"]
    # 4 minutes, every other run; 44 runs in 43 weeks.
    assert first["saves_seconds"] == pytest.approx((240 + 2.1) / 2 * 44 / 43, rel=0.03)
    assert answer["best"] == first
    assert {"what": "right without", "count": 22, "of": 22} in first["evidence"]


def test_the_text_says_the_same_and_is_harmless(sold: Any) -> None:
    said = sold("review")
    assert said.code == 0
    assert 'Drop "Approve": the output was right in 22 of 22 runs without it and in 22 of 22 runs with it.' in said.out
    assert "right with   " in said.out
    assert "\x1b" not in said.out
    assert "middle of the newest 13 runs takes 10m of 30m" in said.out


def test_one_routine_and_all_say_the_same_of_it(sold: Any) -> None:
    sold.write("books.toml", 'name = "Books"\n[[steps]]\ntitle = "Sort"\n')
    one, all_ = sold("review Sale --json").json, sold("review --json").json
    assert [lever for lever in all_["levers"] if lever["routine"] == "sale"] == one["levers"]
    assert set(all_["corner"]) == {"books", "sale"}
    assert all_["corner"]["books"] == "unknown"


def test_without_runs_it_says_what_is_missing(shell: Any) -> None:
    answer = shell("review posts --json").json
    assert answer["levers"] == []
    assert answer["corner"] == {"posts": "unknown"}
    assert [one["kind"] for one in answer["missing"]] == ["runs"]
    said = shell("review posts").out
    assert said.startswith(
        "Phase Testing: Run it with the timer, and note after the run what to change or eliminate.\n"
    )
    assert "There is no finished run yet; 6 are needed" in said


def test_an_unknown_routine_is_refused_with_the_nearest(shell: Any) -> None:
    said = shell("review post")
    assert (said.code, said.out) == (2, "")
    assert "posts" in said.err


def test_what_all_take_is_held_against_the_hours_and_the_rest_is_told_too(sold: Any) -> None:
    sold.write("books.toml", 'name = "Books"\nschedule = "weekly on Fri"\n[[steps]]\ntitle = "Sort"\nplanned = "50m"\n')
    (sold.folder / "config.toml").write_text('hours_a_week = "2h"\n')
    answer = sold("review --json").json
    load = answer["load"]
    assert [one["routine"] for one in load["routines"]] == ["books", "sale"]
    assert load["total_seconds"] == load["days_seconds"][4] + load["any_day_seconds"] == 3000 + load["any_day_seconds"]
    assert load["left_seconds"] == 7200 - load["total_seconds"] > 0
    assert (answer["shared_systems"], answer["alternatives"]) == ([], [])
    said = sold("review").out
    assert "of the 2h00 you have a week" in said
    assert "1 × 50m plan\n" in said
    assert f"{RESTS_ON}:" in " ".join(said.split())
    assert "load" not in sold("review sale --json").json


def test_alternatives_of_a_step_are_compared(sold: Any) -> None:
    sold.write("sale.toml", SALE.replace('title = "Approve"', 'title = "Approve"\nalternatives = ["mail", "desk"]'))
    (choice,) = sold("review sale --json").json["alternatives"]
    assert [one["runs"] for one in choice["systems"]] == [0, 0]
    assert choice["comparisons"][0]["verdict"] == "too few runs"
    said = sold("review").out
    assert "\nSale, Approve: mail never · desk never.\n" in said
    assert "mail or desk: too few runs to tell, 0 and 0 runs; 3 of each are needed." in said


def test_the_page_of_a_step_holds_its_systems_against_each_other(sold: Any) -> None:
    sold.write("sale.toml", SALE.replace('title = "Approve"', 'title = "Approve"\nalternatives = ["mail", "desk"]'))
    said = sold("step sale approve").out.splitlines()
    assert "mail never · desk never." in said
    assert "mail or desk: too few runs to tell, 0 and 0 runs; 3 of each are needed." in said
    (choice,) = sold("step sale approve --json").json["alternatives"]
    assert (choice["step"], choice["comparisons"][0]["verdict"]) == ("approve", "too few runs")
    assert sold("step sale 1 --json").json["alternatives"] == []


def test_runs_without_a_file_that_can_be_read_are_told_with_what_to_do(sold: Any) -> None:
    sold.write("books.toml", 'name = "Books"\n[[steps]]\ntitle = "Sort"\n')
    (sold.folder / "routines" / "sale.toml").unlink()
    (gap,) = [one for one in sold("review --json").json["missing"] if one["routine"] == "sale"]
    assert (gap["kind"], gap["sentence"]) == (
        "file",
        "It has 44 runs, but no file in the routines folder: write sale.toml, or previous_ids = ["
        '"sale"] into the file of the routine that goes on with it.',
    )
    assert 'previous_ids = ["sale"]' in " ".join(sold("review").out.split())
    assert "'sale' has 44 runs that count, but no file" in refused(sold("review sale"))
    assert sold("trends sale").code == 0
    sold.write("sale.toml", SALE + "colour = 1\n")
    assert "It has 44 runs, but its file has problems: see procroutine check." in sold("review").out
    assert "has problems" in refused(sold("review sale"))


def test_runs_that_are_all_left_out_are_not_called_none(empty: Any) -> None:
    empty.write("sale.toml", SALE)
    runs = empty.folder / "runs.json"
    runs.write_text(json.dumps(many_runs(2)))
    empty(f"import {runs}")
    for run in empty("history --json").json["runs"]:
        assert empty(f"leave-out {run['id']} --reason trial").code == 0
    said = empty("review sale").out
    assert "All 2 runs are left out of the statistics. In doubt, work on the process." in said
    assert "To let one count again: procroutine leave-out RUN --not" in " ".join(said.split())
    for run in empty("history --json").json["runs"][:1]:
        assert empty(f"leave-out {run['id']} --not").code == 0
    assert "There is only 1 finished run, 1 more left out of the statistics; 6 are" in empty("review sale").out


def test_each_figure_stands_beside_its_name(sold: Any) -> None:
    said = sold("review sale").out
    assert "    right without              22 of 22    all other steps without it  10:01\n" in said
    figures = [" ".join(line.split()) for line in said.splitlines()]
    assert "right with 22 of 22 whole runs with it 14:03" in figures
    assert "runs that did not have it 0 may have come back 0:00" in figures
    assert "would be at most 1 in " in said.replace("\n    ", " ")
    assert "  2m a week, 2m to 2m1s  Sale\n" in said


def test_what_is_not_known_to_save_anything_is_null(sold: Any) -> None:
    others = [lever for lever in sold("review --json").json["levers"] if lever["saves_low_seconds"] is None]
    assert all(lever["saves_seconds"] is None for lever in others)


def test_of_many_routines_the_first_are_named_and_the_rest_counted(sold: Any) -> None:
    for number in range(40):
        sold.write(
            f"r{number}.toml", f'name = "R{number}"\nschedule = "weekly"\n[[steps]]\ntitle = "A"\nplanned = "5m"\n'
        )
    said = sold("review").out
    assert "  R0, R1, R10, R11, R12 and 35 more\n" in said
    assert "Not known, and procroutine review ROUTINE says why: R0, R1, R10, R11, R12 and 35 more." in said
    assert "and 21 routines more: procroutine review --json has all." in said
    assert max(map(len, said.splitlines())) < 200


def test_a_setting_that_is_wrong_is_told(sold: Any) -> None:
    (sold.folder / "config.toml").write_text("hours_a_week = 10\n")
    assert "hours_a_week" in sold("review").err


def test_without_runs_enough_no_change_was_looked_for(shell: Any) -> None:
    said = shell("review").out
    assert "Nothing can be said before a routine has 6 finished runs." in said
    assert "more: procroutine review ROUTINE" not in said
    assert "Nothing can be said before it has 6 finished runs." in shell("review posts").out


def test_the_routine_farthest_over_its_goal_is_named(sold: Any) -> None:
    assert "Farthest over its goal" not in sold("review").out
    sold.write("sale.toml", SALE.replace("30m", "5m"))
    assert "Farthest over its goal, 10m of 5m: Sale.\n" in sold("review").out
