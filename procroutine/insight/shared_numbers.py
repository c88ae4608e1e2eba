"""Runs told apart where two devices gave one number to different definitions of a routine before they met.

Such a number stands for one of them: for what the routine is now, else for what was run last under it. The runs of the
other one count for no revision; where they are held against what they were made with, it is their own definition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from procroutine.history.documents import document_id
from procroutine.insight.weekly import counts
from procroutine.routine.revision import content_hash
from procroutine.text import counted
from procroutine.values import Value

if TYPE_CHECKING:
    from procroutine.history.heads import RunHead
    from procroutine.history.home import Home

Documents = Sequence[Mapping[str, Any]]
"""Of a routine's revisions, by number: what each is (`hash`) and more."""


class Apart(Value):
    """The runs of a routine, each number being that of one definition."""

    heads: tuple[RunHead, ...]
    """Those of another definition than their number stands for are of no revision."""
    standing: Mapping[int, str]
    """The definition that a number stands for which several have."""
    others: int = 0
    """How many runs that count are of another."""
    made_with: Mapping[str, str] = {}
    """The definitions of all runs that are of another, by their ids."""

    def of_revisions(self, heads: Sequence[RunHead]) -> Sequence[RunHead]:
        """Give some of the runs, in their order, those of another definition than their number's without it."""
        return self._numbered(heads, {}) if self.made_with else heads

    def by_definition(
        self, heads: Sequence[RunHead], documents: Documents
    ) -> tuple[Sequence[RunHead], dict[int, Mapping[str, Any]]]:
        """Give some of the runs, and what the routine was by their numbers, each definition with one of its own.

        These numbers are below 0 where nobody knows them: they are to be looked up, not shown.
        """
        snapshots = {one["number"]: one["snapshot"] for one in self.documents(documents)}
        if not self.made_with:
            return heads, snapshots
        own = {content: -place for place, content in enumerate(dict.fromkeys(self.made_with.values()), start=1)}
        snapshots |= {own[one["hash"]]: one["snapshot"] for one in documents if one["hash"] in own}
        return self._numbered(heads, own), snapshots

    def _numbered(self, heads: Sequence[RunHead], numbers: Mapping[str, int]) -> list[RunHead]:
        return [
            head.replaced(revision=numbers.get(self.made_with[head.id])) if head.id in self.made_with else head
            for head in heads
        ]

    def documents(self, documents: Documents) -> tuple[Mapping[str, Any], ...]:
        """Leave out of the documents of the revisions those of other definitions."""
        return tuple(one for one in documents if self.standing.get(one["number"], one["hash"]) == one["hash"])

    @property
    def remark(self) -> str:
        """Say that there are such runs; nothing where there are none."""
        if not self.others:
            return ""
        numbers = ", ".join(f"v{number}" for number in sorted(self.standing))
        they = "is of another definition" if self.others == 1 else "are of another definition"
        return f"{counted(self.others, 'run')} of {numbers} {they} that another device gave that number."


def shared_numbers(revisions: Mapping[tuple[str, str], int], owners: Mapping[str, str]) -> frozenset[tuple[str, int]]:
    """Give the numbers that several definitions of a routine have, each with the id that the routine has now."""
    contents: dict[tuple[str, int], set[str]] = defaultdict(set)
    for (routine, content), number in revisions.items():
        contents[owners.get(routine, routine), number].add(content)
    return frozenset(key for key, found in contents.items() if len(found) > 1)


def told_apart(home: Home, heads: Sequence[RunHead], documents: Documents, present: Callable[[], str | None]) -> Apart:
    """Tell the runs of a routine, newest first, apart by what they were made with; CannotRead where that fails.

    `present` gives the content of the routine as it is now, None where that is not known. Only where several of the
    `documents` have one number it is asked, and anything read.
    """
    hashes: dict[int, list[str]] = defaultdict(list)
    for one in documents:
        hashes[one["number"]].append(one["hash"])
    shared = {number: own for number, own in hashes.items() if len(own) > 1}
    if not shared:
        return Apart(heads=tuple(heads), standing={})
    contents = contents_of(home, [head for head in heads if head.revision in shared])
    return apart(heads, shared, contents, present())


def apart(
    heads: Sequence[RunHead], shared: Mapping[int, Sequence[str]], contents: Mapping[str, str], present: str | None
) -> Apart:
    """Tell runs, newest first, apart that have one of the `shared` numbers, by their `contents` (by the run's id)."""
    standing = {}
    for number, own in shared.items():
        ran = [contents[head.id] for head in heads if head.revision == number and head.id in contents]
        standing[number] = present if present is not None and present in own else (*ran, own[-1])[0]
    made_with = {
        head.id: contents[head.id]
        for head in heads
        if head.id in contents and contents[head.id] != standing.get(head.revision or 0)
    }
    others = sum(head.id in made_with and counts(head) for head in heads)
    told = Apart(heads=tuple(heads), standing=standing, others=others, made_with=made_with)
    return told.replaced(heads=tuple(told.of_revisions(heads)))


def contents_of(home: Home, heads: Iterable[RunHead]) -> dict[str, str]:
    """Give the content of the definition that each run recorded, by the run's id; of those that recorded one."""
    by_key = {document_id(head.id): head.id for head in heads}
    versions = home.history().versions(by_key.keys())
    return {
        by_key[key]: content_hash(dict(version.snapshot))
        for key, version in versions.items()
        if version.snapshot is not None
    }
