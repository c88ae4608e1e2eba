"""The text of a routine file in blocks: one for each `[[steps]]`, and what stands before, between and behind them.

Remarks directly above a header and inside a step go with that step; those that a blank line sets
apart stay where they are. Of those directly below a step, what stands above another table or at the
end of the text goes with the step only as far as it is keys of the step that are not in force, such as
`# prepare = true`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from procroutine.toml_lines import Statement, statements

_KEY = re.compile(r"[ \t]*#[ \t]*[A-Za-z_]+[ \t]*=")


@dataclass(frozen=True, slots=True)
class Blocks:
    """A text whose steps can be put into another order."""

    before: str
    """All that stands above the first step."""
    steps: tuple[str, ...]
    """Each from its own remarks to its last line."""
    behind: tuple[str, ...]
    """What stands behind each step, up to the next one: blank lines, other remarks, other tables."""

    def with_steps(self, steps: Sequence[tuple[int | None, str]]) -> str:
        """Give the text with these steps, each with the number it had, if any.

        What stood behind a step goes with it, or stays behind the one before where the step is gone; what stood
        behind all steps stays there.
        """
        kept = [place for place, _ in steps if place is not None]
        before, follows = self._following(kept)
        parts = [before]
        for number, (place, text) in enumerate(steps, start=1):
            behind = self._gap if place is None else follows.get(place, self._gap)
            parts += [ended(text), behind if number < len(steps) or behind.strip() else ""]
        return "".join((*parts, *self._end(kept)))

    def _end(self, kept: Sequence[int]) -> Iterator[str]:
        """Give what stands behind all steps, set apart where another one than before stands above it."""
        for end in self.behind[-1:]:
            is_close = end.strip() and not end.startswith(("\n", "\r")) and kept[-1:] != [len(self.steps) - 1]
            yield self._gap + end if is_close else end

    def _following(self, kept: Sequence[int]) -> tuple[str, dict[int, str]]:
        """Give what stands above the first step, and behind each but the last, once only some are kept."""
        before, follows = self.before, dict(enumerate(self.behind[:-1]))
        for gone in sorted(follows.keys() - set(kept)):
            remarks = follows.pop(gone).lstrip("\r\n")
            earlier = max((place for place in kept if place < gone), default=None)
            if earlier is None:
                before += remarks
            elif remarks:
                follows[earlier] += remarks
        return before, follows

    @property
    def _gap(self) -> str:
        """The blank lines that stand between two steps."""
        return next((behind for behind in self.behind[:-1] if not behind.strip()), "\n")


def blocks_of(text: str) -> Blocks:
    """Part a text that tomllib accepts."""
    every = list(statements(text))
    heads = [place for place, one in enumerate(every) if _is_step(one)]
    begins = [_lead(text, every, place) for place in heads]
    ends = [_last(text, every, place) for place in heads]
    starts = [*(every[place].start for place in begins), len(text)]
    return Blocks(
        before=text[: starts[0]],
        steps=tuple(text[start:end] for start, end in zip(starts, ends, strict=False)),
        behind=tuple(text[end:start] for end, start in zip(ends, starts[1:], strict=True)),
    )


def _is_step(one: Statement) -> bool:
    return one.is_header and len(one.table) == 2 and one.table[0] == "steps"


def _is_remark(text: str, one: Statement) -> bool:
    return not one.is_header and one.value is None and bool(text[one.start : one.end].strip())


def _lead(text: str, every: list[Statement], head: int) -> int:
    """Give the first of the remarks directly above a header, else the header."""
    first = head
    while first > 0 and _is_remark(text, every[first - 1]):
        first -= 1
    if first > 0 and every[first - 1].value is not None:
        return head  # nothing sets them apart from the step above, in which they stand
    return first


def _last(text: str, every: list[Statement], head: int) -> int:
    """Give where a step ends: behind its last pair, and the remarks directly below that."""
    following = _inside(every, head)
    pairs = [place for place in following if every[place].value is not None]
    last = pairs[-1] if pairs else head
    below = list(takewhile(lambda place: _is_remark(text, every[place]), range(last + 1, following.stop)))
    if below and not _is_followed_by_step(every, below[-1]):
        below = below[: 1 + max((at for at, place in enumerate(below) if _is_key(text, every[place])), default=-1)]
    return every[below[-1] if below else last].end


def _is_followed_by_step(every: list[Statement], place: int) -> bool:
    """Say whether the next header is that of another step, whether or not a blank line sets it apart."""
    header = next((one for one in every[place + 1 :] if one.is_header), None)
    return header is not None and _is_step(header)


def _is_key(text: str, remark: Statement) -> bool:
    """Say whether a remark is a key that is not in force."""
    return _KEY.match(text, remark.start) is not None


def _inside(every: list[Statement], head: int) -> range:
    """Give the places of what stands in a step."""
    places = range(head + 1, len(every))
    return range(head + 1, next((place for place in places if every[place].is_header), len(every)))


def ended(text: str) -> str:
    """Give a text that ends its last line."""
    return text if not text or text.endswith("\n") else text + "\n"
