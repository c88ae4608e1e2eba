"""Runs of one definition, where two devices gave its number to another one as well before they met."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from procroutine.history.documents import document_id
from procroutine.routine.revision import content_hash

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.history.home import Home
    from procroutine.history.year_files import Version


def shared_numbers(revisions: Mapping[tuple[str, str], int], owners: Mapping[str, str]) -> frozenset[tuple[str, int]]:
    """Give the numbers that several definitions of a routine have, each with the id that the routine has now."""
    contents: dict[tuple[str, int], set[str]] = defaultdict(set)
    for (routine, content), number in revisions.items():
        contents[owners.get(routine, routine), number].add(content)
    return frozenset(key for key, found in contents.items() if len(found) > 1)


def runs_of_content(home: Home, heads: Iterable[RunHead], content: str) -> list[RunHead]:
    """Give those runs whose recorded definition has this content; CannotRead where a file cannot be read."""
    by_key = {document_id(head.id): head for head in heads}
    versions = home.history().versions(by_key.keys())
    return [head for key, head in by_key.items() if key in versions and _has(versions[key], content)]


def _has(version: Version, content: str) -> bool:
    snapshot = version.snapshot
    return snapshot is not None and content_hash(dict(snapshot)) == content
