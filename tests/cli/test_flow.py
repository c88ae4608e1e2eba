"""`flow`: a routine as a map."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def test_the_definition_is_drawn_until_there_are_runs(shell: Any) -> None:
    shell("start posts")
    shell.wait(4)
    shell("done")
    shell.wait(16)
    shell("done")
    said = shell("flow posts --width 60")
    assert said.out.splitlines()[:3] == [
        "Weekly posts · as defined · by system",
        "20m of work · your last run was 100 % work · 0 switches",
        "0 hand-offs",
    ]
    assert "4:00 usual" in said.out
    assert shell("flow books").out.count("10:00 planned") == 1


def test_what_was_done_in_a_run_is_drawn_with_its_pauses(shell: Any) -> None:
    shell("start posts")
    shell.wait(4)
    shell("pause --waiting Ben")
    shell.wait(60)
    shell("done")
    shell.wait(6)
    shell("done")
    flow = shell("flow posts --run last --by person --json").json
    assert (flow["active_seconds"], flow["lead_seconds"], flow["activity_ratio"]) == (600, 4200, 1 / 7)
    assert [lane["name"] for lane in flow["lanes"]] == ["Ana"]
    assert [piece["kind"] for piece in flow["pieces"]] == ["work", "waiting", "work"]
    assert shell(f"flow posts --run {flow['run'][:6]} --width 40").out.count("┈ 1h00 waiting: Ben") == 1


def test_a_file_is_written_in_the_form_that_its_name_says(shell: Any, tmp_path: Path) -> None:
    assert shell(f"flow posts -o {tmp_path}/flow.svg").code == 0
    assert (tmp_path / "flow.svg").read_text().startswith("<svg")
    assert shell(f"flow posts -o {tmp_path}/flow.txt").err == f"Wrote {tmp_path}/flow.txt.\n"
    assert "planned" in (tmp_path / "flow.txt").read_text()


def test_wrong_words_are_refused(shell: Any) -> None:
    assert "give a number from 40 to 1000" in shell("flow posts --width 20").err
    assert "has no finished run" in shell("flow posts --run last").err
    assert "do not go together" in shell("flow posts --json --format svg").err
    shell("start books")
    shell.wait(1)
    shell("done")
    run = shell("history --json").json["runs"][0]["id"]
    assert "one of books, not of posts" in shell(f"flow posts --run {run}").err


def test_a_run_that_was_brought_in_is_drawn_as_where_it_came_from(shell: Any, tmp_path: Path) -> None:
    shell("start posts")
    shell.wait(4)
    shell("done")
    shell.wait(2)
    shell("pause --waiting photos")
    shell.wait(60)
    shell("resume")
    shell.wait(6)
    shell("pause")
    shell.wait(10)
    shell("done")
    drawn = shell("flow posts --run last").out
    assert [line.strip() for line in drawn.splitlines() if "┈ " in line][-2:] == [
        "┈ 1h00 waiting: photos",
        "┈ 10m paused",
    ]
    (tmp_path / "runs.json").write_text(shell("history --json").out)
    run = shell("history --json").json["runs"][0]
    assert shell(f"show {run['id']} --json").json == {"format": 1} | run
    other = type(shell)(tmp_path / "other")
    other.write("posts.toml", (shell.folder / "routines" / "posts.toml").read_text())
    assert other(f"import {tmp_path}/runs.json").code == 0
    assert other("flow posts --run last").out == drawn
