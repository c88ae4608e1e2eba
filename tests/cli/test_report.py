"""`report`: the page of a week or a year, in its forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from procroutine.exchange.report import FORMATS
from tests.cli.conftest import Shell, refused


@pytest.fixture
def used(shell: Shell) -> Shell:
    """A home in which posts were run on the Thursdays of weeks 47 and 48; it is that of week 49."""
    for minutes in ((6, 24), (5, 22)):
        shell("start posts")
        for length in minutes:
            shell.wait(length)
            shell("done")
        shell.wait(7 * 24 * 60)
    return shell


def test_last_week_is_told_as_of_its_end(used: Shell) -> None:
    page = used("report --week 2026-W47").out
    assert page.startswith("Week 47\nMon 16 to Sun 22 Nov 2026\n\n1 of 1 done (1 late).\n")
    assert "Weekly posts" in page
    assert "done Thu, 3 days late" in page
    assert "Week 48 holds\n1 due, in all about 30m\n" in page


def test_the_json_has_the_keys_of_the_readme(used: Shell) -> None:
    used("redlines posts --add 'fewer pictures'")
    used("later 'empty the box'")
    used("off --week 2026-W49 --reason holiday")
    answer = used("report --json").json
    readme = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")
    told = readme.split("### The week's page")[1].split("\n### ")[0]
    assert answer["format"] == 1
    assert answer["week"] == "2026-W49"
    assert answer["unfinished"] is True
    for key in (*answer, *answer["due"], *used("report --year --json").json):
        assert f"`{key}`" in told or key in ("year", "left_out", "abandoned"), key
    assert [line["text"] for line in answer["redlines"]] == ["fewer pictures"]
    assert [line["text"] for line in answer["loose_ends"]] == ["empty the box"]
    assert answer["off"] == [{"routine": None, "routine_name": None, "reason": "holiday"}]
    assert answer["due"]["off"] == 1
    before = used("report --week 2026-W48 --json").json
    assert (before["redlines"], before["loose_ends"], before["off"]) == ([], [], [])


def test_time_by_system_and_person_is_that_of_the_weeks_steps_against_the_runs_before(used: Shell) -> None:
    answer = used("report --week 2026-W48 --json").json
    assert answer["people"] == [
        {"name": "Ana", "total_seconds": 1620.0, "share": 1.0, "usual_seconds": 1800.0, "planned_seconds": 1500.0}
    ]
    assert [(row["name"], row["total_seconds"]) for row in answer["systems"]] == [("Documents", 300.0), (None, 1320.0)]


def test_what_is_left_out_keeps_its_reason_and_counts_nowhere(used: Shell) -> None:
    run = used("history --week 2026-W48 --json").json["runs"][0]["id"]
    used(f"leave-out {run} --reason 'fire alarm'")
    answer = used("report --week 2026-W48 --json").json
    assert (answer["runs"], answer["total_seconds"]) == (0, 0)
    assert answer["routines"][0]["runs"][0]["reason"] == "fire alarm"
    assert "left out of the figures (fire alarm)" in used("report --week 2026-W48").out


def test_weeks_and_years_to_come_are_refused(used: Shell) -> None:
    assert "2026-W51 has not begun: name 2026-W49" in refused(used("report --week 2026-W51"))
    assert "2027 has not begun" in refused(used("report --year 2027"))
    assert "is not a week" in refused(used("report --week 47"))
    assert "do not go together" in refused(used("report --week 2026-W47 --year"))
    assert "do not go together" in refused(used("report --json --format html"))


def test_the_year_has_its_53_weeks(used: Shell) -> None:
    answer = used("report --year --json").json
    assert (len(answer["weeks"]), answer["weeks"][-1]["week"]) == (53, "2026-W53")
    assert answer["routines"][0]["goal_per"] == "run"
    states = [cell["state"] for cell in answer["routines"][0]["weeks"]]
    assert states[46:50] == ["met", "met", "to_come", "to_come"]
    assert "Year 2026" in used("report --year 2026").out


def test_each_form_can_be_printed_and_written(used: Shell, tmp_path: Path) -> None:
    path = tmp_path / "page"
    for form in FORMATS:
        for of in ("--week 2026-W47", "--year"):
            printed = used(f"report {of} --format {form}")
            written = used(f"report {of} --format {form} -o {path}")
            assert (printed.code, written.code, written.out) == (0, 0, "")
            assert f"Wrote {path}." in written.err
            assert path.read_text(encoding="utf-8") == printed.out
            assert "\x1b" not in printed.out


def test_the_end_of_a_files_name_says_its_form(shell: Shell, tmp_path: Path) -> None:
    for ending, begins in ((".html", "<!DOCTYPE html>"), (".md", "# Week"), (".txt", "Week"), ("", "Week")):
        path = tmp_path / f"week{ending}"
        shell(f"report -o {path}")
        assert path.read_text(encoding="utf-8").startswith(begins)


def test_a_home_with_nothing_is_told_what_to_do(empty: Shell) -> None:
    (empty.folder / "routines").mkdir(parents=True)
    said = empty("report")
    assert said.code == 0
    assert "Write the first one: procroutine new NAME" in said.out
    assert empty("report --json").json["routines"] == []
    assert "procroutine new NAME" in empty("report --year").out


def test_an_open_run_is_said_and_not_counted(shell: Shell) -> None:
    shell("start posts")
    shell.wait(10)
    answer = shell("report --json").json
    assert answer["runs"] == 0
    assert [run["state"] for run in answer["routines"][0]["runs"]] == ["open"]
