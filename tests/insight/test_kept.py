"""What tells that a folder is different."""

from __future__ import annotations

from pathlib import Path

from procroutine.insight.kept import marks_of


def test_a_change_in_a_linked_folder_is_seen(tmp_path: Path) -> None:
    routines, elsewhere = tmp_path / "routines", tmp_path / "elsewhere"
    routines.mkdir()
    elsewhere.mkdir()
    (elsewhere / "walk.toml").write_text("one")
    (routines / "more").symlink_to(elsewhere)
    before = marks_of(str(routines))
    (elsewhere / "walk.toml").write_text("one and more")
    assert marks_of(str(routines)) != before


def test_links_that_go_round_come_to_an_end(tmp_path: Path) -> None:
    (tmp_path / "walk.toml").write_text("one")
    (tmp_path / "round").symlink_to(tmp_path)
    assert [mark[0] for mark in marks_of(str(tmp_path))] == [str(tmp_path), str(tmp_path / "walk.toml")]


def test_hidden_drafts_and_folders_that_are_not_there_tell_nothing(tmp_path: Path) -> None:
    before = marks_of(str(tmp_path))
    (tmp_path / ".draft").write_text("half")
    assert marks_of(str(tmp_path)) == before
    assert marks_of(str(tmp_path / "nothing")) == ()


def test_a_file_or_a_folder_that_may_not_be_read_any_more_looks_different(tmp_path: Path) -> None:
    (tmp_path / "walk.toml").write_text("one")
    (tmp_path / "more").mkdir()
    looks = [marks_of(str(tmp_path))]
    for path in (tmp_path / "walk.toml", tmp_path / "more"):
        path.chmod(0)
        looks.append(marks_of(str(tmp_path)))
    (tmp_path / "more").chmod(0o700)
    assert len(set(looks)) == 3


def test_a_link_to_nothing_is_seen(tmp_path: Path) -> None:
    before = marks_of(str(tmp_path))
    (tmp_path / "walk.toml").symlink_to("nowhere")
    assert marks_of(str(tmp_path)) != before
