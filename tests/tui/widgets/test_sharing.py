from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from procroutine.tui.widgets.sharing import second_width

NEEDS = st.lists(st.integers(0, 40), max_size=8)


def cut(first: list[int], second: list[int], room: int, width: int) -> int:
    return 2 * sum(need > room - width for need in first) + sum(need > width for need in second)


@given(st.integers(8, 90), NEEDS, NEEDS, st.integers(1, 8))
def test_no_other_share_cuts_fewer_names_and_nothing_is_cut_where_there_is_room(
    room: int, first: list[int], second: list[int], least: int
) -> None:
    width = second_width(room, first, second, least)
    assert least <= width <= max(least, *second, 0)
    assert cut(first, second, room, width) == min(
        cut(first, second, room, other) for other in range(least, max(least, min(room, max([0, *second]))) + 1)
    )
    if max([0, *first]) + max([least, *second]) <= room:
        assert width == max([least, *second])
