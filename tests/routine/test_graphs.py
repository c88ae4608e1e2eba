import itertools

from hypothesis import given
from hypothesis import strategies as st

from procroutine.routine.graphs import arrows, circles, way_round

NODES = "abcdef"
GRAPHS = st.dictionaries(st.sampled_from(NODES), st.lists(st.sampled_from(NODES), max_size=4), max_size=6).map(
    lambda drawn: {node: drawn.get(node, []) for node in NODES}
)


def reached(graph: dict[str, list[str]], start: str) -> set[str]:
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += graph[node]
    return found


@given(GRAPHS)
def test_on_a_circle_is_what_reaches_itself_with_all_that_it_goes_round_with(graph: dict[str, list[str]]) -> None:
    reach = {node: reached(graph, node) for node in graph}
    expected = {
        frozenset(other for other in reach[node] if node in reach[other]) for node in graph if node in reach[node]
    }
    found = circles(graph)
    assert {frozenset(group) for group in found} == expected
    assert len(found) == len(expected)
    assert all(group == sorted(group) for group in found)


@given(GRAPHS, st.sampled_from(NODES))
def test_the_way_round_follows_the_graph_back_to_its_start(graph: dict[str, list[str]], start: str) -> None:
    way = way_round(start, graph)
    assert bool(way) == (start in reached(graph, start))
    if way:
        assert way[0] == way[-1] == start
        assert all(later in graph[earlier] for earlier, later in itertools.pairwise(way))
        assert len(set(way)) == len(way) - 1


def test_long_chains_need_no_deep_stack() -> None:
    graph = {str(number): [str(number + 1)] for number in range(5000)} | {"5000": ["0"]}
    assert len(circles(graph)[0]) == 5001
    assert len(way_round("0", graph)) == 5002


def test_long_ways_are_cut_in_the_middle() -> None:
    assert arrows(["a", "b", "a"]) == "a → b → a"
    assert arrows([str(number) for number in range(20)]) == "0 → 1 → 2 → 3 → … → 17 → 18 → 19"
