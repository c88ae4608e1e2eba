"""What the page of a run and the command line tell of its corrections."""

from __future__ import annotations

from procroutine.text import Shown
from procroutine.values import Value

BROUGHT_BACK = "Brought back."
"""What is said where a deletion was taken back."""


class CorrectionLine(Value):
    """One correction of a run, in words."""

    at: str
    """When, with its offset (ISO 8601)."""
    day: str
    """`Sun 22 Nov 2026`."""
    time: str
    """`13:05`."""
    short: str
    """Both, where there is little room: `22 Nov 13:05`."""
    device: Shown
    kind: str
    """What was done, in one word; see `history.correction_chain`."""
    what: Shown
    """What was corrected: `time of Write the posts`, `start`, `note`, `output`."""
    before: Shown
    after: Shown
    """Empty where nobody wrote it down."""
    state: str
    """`stands`, `taken_back`, or `overtaken` by what another device did at the same time."""
    is_first_word: bool
    """Whether it only says what nobody had said before, such as the outcome: nothing was wrong."""
    is_text: bool = False
    """Whether before and after are a person's words, which may be cut where there is little room."""

    @property
    def sentence(self) -> Shown:
        """What was corrected, and how, without when and where."""
        if not self.after:
            return Shown(f"{self.what}: was {self.before}")
        return Shown(f"{self.what}: {self.before} → {self.after}")

    @property
    def remark(self) -> str:
        """What is to be said of it beside: nothing where it stands."""
        return {"taken_back": "taken back", "overtaken": "overtaken by another device"}.get(self.state, "")
