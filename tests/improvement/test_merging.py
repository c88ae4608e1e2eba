"""Whatever merging takes over stands in the file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from procroutine.durations import parse_duration
from procroutine.errors import DoesNotFit
from procroutine.improvement import change
from procroutine.improvement.draft import Draft
from procroutine.improvement.file_edits import changed_text
from procroutine.routine.library import read_library
from procroutine.routine.model import Routine, Step
from procroutine.routine.shipped import shipped_folder


def shipped_merges() -> Iterator[tuple[Path, Draft]]:
    """Give all neighbours in the shipped routines that can be made one step."""
    folder = shipped_folder()
    assert folder is not None
    for entry in read_library(folder).entries.values():
        assert entry.routine is not None
        for one, other in pairwise(step.id for step in entry.routine.steps):
            if "/" in one + other:
                continue  # they stand in the file of another routine
            with suppress(DoesNotFit):
                yield Path(entry.path), Draft.of(entry.routine, [change.merge(one, other)])


def test_every_merge_in_the_shipped_routines_can_be_kept(tmp_path: Path) -> None:
    merges = list(shipped_merges())
    assert len(merges) > 50
    for path, draft in merges:
        text = changed_text(path.read_text(), draft, str(path))
        for used in draft.routine.sources[1:]:
            shutil.copy(used, tmp_path)
        (tmp_path / path.name).write_text(text)
        routine = read_library(str(tmp_path)).entries[path.stem].routine
        assert routine is not None
        assert routine.steps == draft.as_routine().steps
        shutil.rmtree(tmp_path)
        tmp_path.mkdir()


@pytest.mark.parametrize("planned", [("10m", None), (None, "10m")])
def test_a_merged_step_keeps_the_time_that_is_planned_for_one_of_the_two(
    planned: tuple[str | None, str | None],
) -> None:
    one, other = (
        Step(id=name, title=name, planned=None if length is None else parse_duration(length))
        for name, length in zip("ab", planned, strict=True)
    )
    draft = Draft.of(Routine(id="r", name="R", steps=(one, other)), [change.merge("a", "b")])
    assert draft.as_routine().planned == timedelta(minutes=10)
    assert draft.remarks[0].startswith("nothing is planned for")
