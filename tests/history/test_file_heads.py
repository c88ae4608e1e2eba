"""Runs of the history files, file by file."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from procroutine.history.file_heads import heads_in, overtaken
from procroutine.history.heads import heads_of, merged_rows
from procroutine.history.index_files import Index


def row_of(run: int, stamp: int, flags: str) -> list[Any]:
    shared = ["posts", "Posts", 1, "finished", None, 1, "desk", False, "d" in flags, "r" in flags, None]
    ended = "2026-10-01T10:00:00+00:00"
    own = [stamp, "desk", "check", "2026-W40", ended, 1, 0, 0, 0, 1, True, None, None, False, None, None]
    parts: list[Any] = [str(run), run, "2026-10-01T09:00:00+00:00", shared, own, {}]
    return [json.dumps(part, separators=(",", ":")) for part in parts]


ROWS = st.builds(row_of, st.integers(1, 6), st.integers(1, 4), st.sampled_from(["", "d", "r"]))


@settings(max_examples=60)
@given(files=st.lists(st.lists(ROWS, max_size=5), max_size=4))
def test_file_by_file_the_same_runs_are_found_as_at_once(files: list[list[list[Any]]]) -> None:
    late = overtaken(files)
    found = [head for rows in files for head in heads_in(rows, late)]
    whole = Index(rows=[[*row] for rows in files for row in rows], tables={}, years=())
    at_once = [head for head in heads_of(merged_rows([whole])) if not head.deleted]
    assert len(found) == len(at_once)
    assert {(head.id, head.stamp) for head in found} == {(head.id, head.stamp) for head in at_once}
