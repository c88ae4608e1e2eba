"""Circles in what waits for what."""

from __future__ import annotations

from collections.abc import Collection, Mapping


def circles(graph: Mapping[str, Collection[str]]) -> list[list[str]]:
    """Give the groups of nodes that lead back to themselves, each in the order of `graph`.

    Every edge must end at a node of the graph. Kosaraju's two searches, without recursion, since
    the graph comes from other people.
    """
    backward: dict[str, list[str]] = {node: [] for node in graph}
    for node, targets in graph.items():
        for target in targets:
            backward[target].append(node)
    seen: set[str] = set()
    finished: list[str] = []
    for node in graph:
        finished.extend(_search(node, graph, seen))
    place = {node: number for number, node in enumerate(graph)}
    seen.clear()
    found = []
    for node in reversed(finished):
        group = _search(node, backward, seen)
        if len(group) > 1 or (group and node in graph[node]):
            found.append(sorted(group, key=place.__getitem__))
    return sorted(found, key=lambda group: place[group[0]])


def _search(start: str, graph: Mapping[str, Collection[str]], seen: set[str]) -> list[str]:
    """Give what is reached from `start` and was not seen before, the deepest first."""
    if start in seen:
        return []
    seen.add(start)
    order, open_nodes = [], [(start, iter(graph[start]))]
    while open_nodes:
        node, targets = open_nodes[-1]
        for target in targets:
            if target not in seen:
                seen.add(target)
                open_nodes.append((target, iter(graph[target])))
                break
        else:
            order.append(node)
            open_nodes.pop()
    return order


def way_round(start: str, graph: Mapping[str, Collection[str]]) -> list[str]:
    """Give the shortest way from a node back to itself, with it at both ends; nothing where there is none."""
    came_from: dict[str, str] = {}
    edge = [start]
    while edge:
        beyond = []
        for node in edge:
            for target in graph[node]:
                if target == start:
                    return _back(start, node, came_from)
                if target not in came_from:
                    came_from[target] = node
                    beyond.append(target)
        edge = beyond
    return []


def _back(start: str, last: str, came_from: Mapping[str, str]) -> list[str]:
    way = [start]
    while last != start:
        way.append(last)
        last = came_from[last]
    return [start, *reversed(way)] if len(way) > 1 else [start, start]


def arrows(way: list[str]) -> str:
    """Give a way as `a → b → a`, cut in the middle where it is long."""
    short = way if len(way) <= 8 else [*way[:4], "…", *way[-3:]]
    return " → ".join(short)
