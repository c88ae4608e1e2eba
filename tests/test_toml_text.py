import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procroutine.errors import BadInput, CannotRead
from procroutine.toml_text import MOST_BYTES, NotToml, read_small_file, toml_table, toml_text


def refusal(data: bytes) -> NotToml:
    with pytest.raises(NotToml) as caught:
        toml_table(toml_text(data))
    return caught.value


def test_a_good_file_is_a_table() -> None:
    assert toml_table(toml_text("name = 'Ä'\r\n[a]\nb = [1, 2]\n".encode())) == {"name": "Ä", "a": {"b": [1, 2]}}


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"x = 1\nname = 'a\0b'", 2, "zero byte"),
        (b"x = 1\nname = '\xff'", 2, "column 9 is not UTF-8"),
        (b"\xef\xbb\xbfname = 'x'", 1, "byte order mark"),
        ("name = 'x'".encode("utf-16"), 1, "UTF-16"),
        (b"#" * (MOST_BYTES + 1), None, "over 256 KiB"),
        (b"a" + b".a" * 50_000 + b" = 1", 1, "key of over 7 parts"),
        (b"a = " + b"[" * 1000, 1, "brackets inside each other"),
        (b"a = " + b"9" * 5000, 1, "over 100 digits"),
        (b"a = 1\nb = x\n", 2, "column 5"),
        (b'a = "x', 1, "at its end"),
        (b"a = 1\na = 2\n", 2, "Cannot overwrite"),
        (b"[a]\n[a]\n", 2, "twice"),
        (b"a = 1 2\n", 1, "column 7"),
        (b"a = 2026-02-30\n", 1, "date"),
        (b'a = "\x1b"\n', 1, "Illegal character"),
        (b"a = [1\n", 2, "at its end"),
        (b"[[steps]\n", 1, "column 8"),
    ],
)
def test_what_is_not_toml_is_told_with_line_and_remedy(data: bytes, line: int | None, said: str) -> None:
    error = refusal(data)
    assert error.line == line
    assert said in error.problem
    assert error.remedy


@given(st.binary(max_size=200))
def test_any_bytes_are_a_table_or_a_sentence(data: bytes) -> None:
    table, error = {}, None
    try:
        table = toml_table(toml_text(data))
    except NotToml as caught:
        error = caught
    assert isinstance(table, dict)
    assert error is None or len(error.problem) < 250
    assert error is None or error.line is None or 1 <= error.line <= data.count(b"\n") + 1


def test_a_file_comes_with_what_the_system_says_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"x = 1")
    data, about = read_small_file(str(tmp_path / "a.toml"))
    assert data == b"x = 1"
    assert about.st_size == 5


def test_linked_files_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"x = 1")
    (tmp_path / "b.toml").symlink_to("a.toml")
    assert read_small_file(str(tmp_path / "b.toml"))[0] == b"x = 1"


def test_what_is_no_plain_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "big.toml").write_bytes(b"#" * (2 * 1024 * 1024))
    for name, said in (("pipe", "pipe"), ("folder", "folder"), ("big", "2048 KiB")):
        with pytest.raises(BadInput, match=said):
            read_small_file(str(tmp_path / f"{name}.toml"))
    with pytest.raises(BadInput, match="device"):
        read_small_file("/dev/zero")


def test_what_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "loop.toml").symlink_to("loop.toml")
    (tmp_path / "dangling.toml").symlink_to("nowhere")
    for name in ("loop.toml", "dangling.toml", "missing.toml", "zero\0byte.toml", "x" * 300):
        with pytest.raises(CannotRead) as caught:
            read_small_file(str(tmp_path / name))
        assert caught.value.remedy


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_one_may_not_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"x = 1")
    (tmp_path / "a.toml").chmod(0)
    with pytest.raises(CannotRead, match="Permission denied"):
        read_small_file(str(tmp_path / "a.toml"))
