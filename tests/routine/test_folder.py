import unicodedata
from pathlib import Path

import pytest

from procroutine.errors import CannotWrite, NotFound
from procroutine.places import find_places
from procroutine.routine.folder import RoutineFolder, find_name


def test_a_folder_that_cannot_be_made_is_no_file_that_is_there_already(tmp_path: Path) -> None:
    (tmp_path / "routines").symlink_to("nowhere")
    with pytest.raises(CannotWrite, match=r"posts\.toml cannot be written"):
        RoutineFolder(find_places({}, str(tmp_path))).new_routine("Posts")


def test_a_routine_is_found_by_its_id_else_by_its_name_in_any_letters() -> None:
    known = {"posts": "Books", "books": "Weekly posts", "broken": None}
    assert find_name("books", known) == "books"
    assert find_name("weekly POSTS", known) == "books"


def test_letters_typed_apart_from_their_marks_are_the_same() -> None:
    known = {"café": "Réunion"}
    for name in ("café", "réunion"):
        assert find_name(unicodedata.normalize("NFD", name), known) == "café"


def test_a_name_that_several_have_is_refused_with_their_ids() -> None:
    with pytest.raises(NotFound, match="2 routines are called 'Posts': give the id: a, b"):
        find_name("Posts", {"a": "Posts", "b": "posts"})
