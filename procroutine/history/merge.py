"""Many files, one history: of each document the latest version, in whatever order files are read.

The rule is commutative, associative and idempotent, so devices that have seen the same files
agree, and reading a file twice changes nothing. Deleting is a version like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from procroutine.history.stamps import NO_STAMP

Document = Mapping[str, Any]
_Kind = TypeVar("_Kind", bound=Document)
Rank = tuple[int, str, str]


def rank(document: Document) -> Rank:
    """Give what versions are ordered by: the stamp, then the checksum.

    The checksum decides only where one device gave one stamp twice, which takes a broken clock
    and a copied device name; any rule will do then, as long as all devices use the same.
    """
    moment, device = document.get("stamp", NO_STAMP)
    return moment, device, document["check"]


def merge(*tables: Mapping[str, _Kind]) -> dict[str, _Kind]:
    """Give the union of tables by document id; of two versions the one of higher rank."""
    merged: dict[str, _Kind] = {}
    for table in tables:
        for document_id, document in table.items():
            there = merged.get(document_id)
            if there is None or rank(there) < rank(document):
                merged[document_id] = document
    return merged
