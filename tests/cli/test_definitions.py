"""The commands about routine files."""

from __future__ import annotations

import os
import stat
from itertools import pairwise
from pathlib import Path

import pytest

from tests.cli.conftest import POSTS, Shell, refused


def test_the_first_command_copies_the_shipped_routines_and_says_so(empty: Shell) -> None:
    said = empty("routines --json")
    assert said.err.startswith("Copied ")
    assert len(said.json["routines"]) >= 9
    assert empty("routines").err == ""


@pytest.mark.parametrize("line", ["status", "history", "start weekly-review", "check"])
def test_the_first_command_may_be_any(empty: Shell, line: str) -> None:
    assert empty(line).err.startswith("Copied ")
    assert len(list((empty.folder / "routines").glob("*.toml"))) >= 9


def test_an_existing_folder_is_never_touched(empty: Shell) -> None:
    (empty.folder / "routines").mkdir(parents=True)
    assert empty("routines --json").json == {"format": 1, "routines": []}
    assert "procroutine new" in empty("routines").err


def test_a_folder_given_must_be_there(empty: Shell) -> None:
    assert "no folder" in refused(empty("--routines /nowhere routines"))


def test_routines_tells_where_each_stands(shell: Shell) -> None:
    entries = {entry["id"]: entry for entry in shell("routines --json").json["routines"]}
    posts = entries["posts"]
    assert (posts["name"], posts["goal_seconds"], posts["steps"], posts["planned_seconds"]) == (
        "Weekly posts", 1800, 2, 1500,
    )  # fmt: skip
    assert posts["problems"] == []
    assert entries["books"]["due"] == "never"


def test_what_fell_due_before_a_routine_was_written_is_not_late(shell: Shell) -> None:
    for days, due in ((0, "later"), (30, "overdue")):
        written = shell.clock.read().wall.timestamp() - days * 86400
        os.utime(shell.write("posts.toml", POSTS), (written, written))
        entries = {entry["id"]: entry for entry in shell("routines --json").json["routines"]}
        assert entries["posts"]["due"] == due


def test_a_bad_file_is_listed_with_its_problem_and_hides_no_other(shell: Shell) -> None:
    shell.write("bad.toml", 'name = "Bad"\n[[steps]\ntitle = "x"\n')
    entries = {entry["id"]: entry for entry in shell("routines --json").json["routines"]}
    assert set(entries) == {"bad", "books", "posts"}
    assert entries["bad"]["name"] is None
    assert entries["bad"]["problems"][0]["line"] == 2
    assert shell("start posts").code == 0


def test_a_problem_stands_under_its_row_and_moves_no_other(shell: Shell) -> None:
    sound = [line for line in shell("routines").out.splitlines() if "books" in line]
    shell.write("bad.toml", 'name = "Bad"\n[[steps]\ntitle = "x"\n')
    shell.write("good.toml", 'name = "Misspelt"\ngaol = "1h"\nnaem = 2\n[[steps]]\ntitle = "x"\n')
    lines = shell("routines").out.splitlines()
    assert [line for line in lines if "books" in line] == sound
    under = {before.split()[0]: line for before, line in pairwise(lines) if line.startswith("  ! ")}
    assert under["bad"].startswith("  ! line 2: ")
    assert "gaol" in under["Misspelt"]
    assert under["Misspelt"].endswith("(and 1 more: procroutine check)")


def test_check_reports_every_problem_with_file_line_key_and_remedy(shell: Shell) -> None:
    path = shell.write("bad.toml", 'name = "Bad"\ngaol = "1h"\n[[steps]]\ntitle = "x"\nplanned = "20"\n')
    said = shell("check --json")
    assert said.code == 1
    problems = said.json["problems"]
    assert [(problem["file"], problem["line"], problem["key"]) for problem in problems] == [
        (str(path), 2, "gaol"),
        (str(path), 5, problems[1]["key"]),
    ]
    assert "goal" in problems[0]["remedy"]
    assert "20m" in problems[1]["remedy"]


def test_check_of_sound_routines_leaves_with_zero(shell: Shell) -> None:
    said = shell("check")
    assert (said.code, said.out, said.err) == (0, "", "No problems.\n")


def test_check_notes_what_is_allowed_and_perhaps_not_meant(shell: Shell) -> None:
    path = shell.write("crm.toml", 'name = "C"\n[[steps]]\ntitle = "x"\nsystems = ["crmm"]\n[systems.crm]\nurl = "x"\n')
    said = shell("check")
    assert (said.code, said.err) == (0, "No problems.\n")
    told = "note: systems: no table describes the system 'crmm'; write \"crm\" if that is meant, else describe it"
    assert said.out == f"{path}:4: {told}: [systems.crmm]\n"
    found = shell(f"check {path} --json").json
    assert found["problems"] == []
    assert [(note["file"], note["line"], note["key"]) for note in found["notes"]] == [(str(path), 4, "systems")]
    assert shell("start crm").code == 0


def test_check_takes_files_and_folders(shell: Shell) -> None:
    path = shell.write("sub/odd.toml", "name = 3")
    assert shell(f"check {path}").code == 1
    assert shell(f"check {shell.folder / 'routines' / 'posts.toml'}").code == 0
    assert "no file" in refused(shell("check /nowhere.toml"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("nul.toml", b'name = "a\0b"'),
        ("bytes.toml", b"name = \xff\xfe"),
        ("large.toml", b"#" * (2 * 1024 * 1024)),
        ("broken.toml", b"name = ["),
    ],
)
def test_a_file_that_is_no_toml_is_one_problem_and_the_rest_goes_on(shell: Shell, name: str, content: bytes) -> None:
    (shell.folder / "routines" / name).write_bytes(content)
    said = shell("check --json")
    assert said.code == 1
    assert {os.path.basename(problem["file"]) for problem in said.json["problems"]} == {name}
    assert shell("start posts").code == 0


def test_a_toml_that_is_a_folder_is_one_problem(shell: Shell) -> None:
    (shell.folder / "routines" / "odd.toml").mkdir()
    assert shell("check").code == 1
    assert shell("start posts").code == 0


def test_new_writes_a_file_that_is_sound_and_only_its_owner_reads(shell: Shell) -> None:
    path = shell("new Coffee round").out.strip()
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    assert shell("check").code == 0
    assert "already" in refused(shell("new Coffee round"))


def test_edit_opens_the_editor_and_checks_what_it_left(shell: Shell, tmp_path: object) -> None:
    shell.environment["EDITOR"] = "sh -c 'echo nonsense >> \"$0\"'"
    said = shell("edit posts")
    assert said.code == 1
    assert "posts.toml" in said.out


def test_an_editor_that_is_not_there_is_named(shell: Shell) -> None:
    shell.environment["EDITOR"] = "no-such-editor-at-all"
    assert "cannot be started" in refused(shell("edit posts"))


def test_manual_prints_markdown_or_writes_it(shell: Shell) -> None:
    said = shell("manual posts")
    assert said.out.startswith("# Weekly posts")
    assert "https://example.org/docs" in said.out
    target = shell.folder / "manual.md"
    assert shell(f"manual posts -o {target}").code == 0
    assert target.read_text().strip() == said.out.strip()
    assert "cannot be written" in refused(shell("manual posts -o /nowhere/x.md"))


def test_what_is_written_to_a_link_goes_where_it_leads(shell: Shell, tmp_path: Path) -> None:
    link, target = tmp_path / "link.md", tmp_path / "manual.md"
    link.symlink_to(target.name)
    for _ in range(2):
        assert shell(f"manual posts -o {link}").code == 0
        assert link.is_symlink()
        assert target.read_text().startswith("# Weekly posts")
