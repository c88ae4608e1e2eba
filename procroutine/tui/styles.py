"""A stylesheet that parses each source once for a theme.

Textual parses all sources anew whenever it is told that colours may have changed, which at the start
is three times; this one does so only where they did change.
"""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class StylesheetParsedOnce(Stylesheet):
    """Keeps what it parsed as long as the variables of the theme stay."""

    def set_variables(self, variables: dict[str, str]) -> None:
        """Take the variables of a theme; the same ones change nothing."""
        if variables != self._variables:
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what is not parsed yet with the present variables."""
        self.parse()
