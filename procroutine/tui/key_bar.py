"""The line at the bottom: the keys of the place one is at, as many as fit, the way to all of them always."""

from __future__ import annotations

from typing import TYPE_CHECKING

from procroutine.tui.keys import signs
from procroutine.tui.screens.place import PlaceScreen
from procroutine.tui.widgets.cells import joined
from procroutine.tui.widgets.plain import PlainWidget

if TYPE_CHECKING:
    from textual import events
    from textual.binding import Binding
    from textual.content import Content
    from textual.screen import Screen

_HELP = "app.help"


class KeyBar(PlainWidget):
    """One widget that draws all keys: Textual's `Footer` makes one for each, which the first frame waits for."""

    DEFAULT_CSS = """
    KeyBar { dock: bottom; height: 1; padding: 0 1; background: $panel; color: $foreground; }
    """

    def on_mount(self) -> None:
        """Follow the keys as they come and go."""
        self.screen.bindings_updated_signal.subscribe(self, self._keys_changed)

    def _keys_changed(self, screen: Screen[object]) -> None:
        if screen is self.screen and self._drawn is not None and _signed(self._keys_to_draw()) != self._drawn:
            self.refresh()

    _drawn: list[tuple[str, str]] | None = None
    """The keys of the last time, with their words."""

    def _keys_to_draw(self) -> list[Binding]:
        """Give the keys to draw, in the order they are bound, once each; help comes last."""
        found: dict[str, Binding] = {}
        place = self.screen if isinstance(self.screen, PlaceScreen) else None
        for active in self.screen.active_bindings.values():
            if active.binding.show and active.enabled and (place is None or place.offers(active.binding.action)):
                found.setdefault(active.binding.action, active.binding)
        return sorted(found.values(), key=lambda binding: binding.id == _HELP)

    def _fitting(self, bindings: list[Binding]) -> list[Binding]:
        """Give the keys that fit; the last one stays, those before it go from the right."""
        while len(bindings) > 2 and sum(map(_length, bindings)) > self.content_size.width:
            bindings = [*bindings[:-2], bindings[-1]]
        return bindings

    def lines(self, width: int) -> list[Content]:
        """Draw the keys."""
        bindings = self._keys_to_draw()
        self._drawn = _signed(bindings)
        return [joined(*(part for binding in self._fitting(bindings) for part in _parts(binding)))]

    def _at(self, x: int) -> Binding | None:
        for binding in self._fitting(self._keys_to_draw()):
            if 0 <= x < _length(binding):
                return binding
            x -= _length(binding)
        return None

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        offset = event.get_content_offset(self)
        binding = self._at(offset.x) if offset is not None else None
        if binding is not None:
            self.app.simulate_key(binding.key.partition(",")[0])

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say in a sentence what the key under the mouse does."""
        offset = event.get_content_offset(self)
        binding = self._at(offset.x) if offset is not None else None
        self.tooltip = binding.tooltip if binding is not None else None


def _signed(bindings: list[Binding]) -> list[tuple[str, str]]:
    return [(signs(binding), binding.description) for binding in bindings]


def _parts(binding: Binding) -> tuple[tuple[str, str], tuple[str, str]]:
    return (f" {signs(binding)} ", "bold $primary"), (f"{binding.description} ", "")


def _length(binding: Binding) -> int:
    return len(signs(binding)) + len(binding.description) + 3
