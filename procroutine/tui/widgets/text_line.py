"""A field for one line of text, which says what it cannot take."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message
from textual.widgets import Input

from procroutine.text import Shown

LONGEST = 500
"""Characters that fit into it, unless it begins with more: these can be edited."""
NOTHING = Shown("")


class TextLine(Input):
    """Takes so many characters; what would be longer is left out whole, and that is told."""

    @dataclass
    class Refused(Message):
        """Something was typed or pasted that does not fit any more."""

        said: str = f"It is too long: {LONGEST} characters fit here"

    def __init__(
        self,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002  # as all widgets name it
        text: Shown = NOTHING,
        *,
        gives_way: bool = False,
    ) -> None:
        """Begin with a text, which `gives_way` to the first key that is typed or else is edited.

        `placeholder` stands there where there is none.
        """
        most = max(LONGEST, len(text))
        super().__init__(text, placeholder=placeholder, compact=True, max_length=most, id=id, select_on_focus=gives_way)

    def restricted(self) -> None:
        """Tell it; the bell that Textual rings says neither what nor why."""
        self.post_message(self.Refused())
