"""The parts of the Run screen beside its checklist: title, figures, little checklist, notes, links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message

from procroutine.durations import signed, step_time
from procroutine.insight.views.run import Figure, RunView, StepPanel, SystemChoice
from procroutine.tui.widgets.cells import LABEL, QUIET, SOFT, Line, Part, column, filled, fitted, joined
from procroutine.tui.widgets.text_lines import TextLines

_EMPTY = Content("")
_SHORTEST_NAME = 5
"""Columns in which the cut name of a system still says something."""
_LEFT_IN_WORDS_FROM = 30
"""Columns from which figures say `3:09 left` instead of `−3:09`."""


class RunPart(TextLines):
    """Lines that draw some of a run's view."""

    view: RunView | None = None

    def show(self, view: RunView) -> None:
        """Draw another state of the run; the layout changes only where the number of lines does."""
        before, self.view = self.view, view
        if before is not None and self.told_of(before) == self.told_of(view):
            return
        if self.styles.auto_dimensions and (before is None or self.height_of(before) != self.height_of(view)):
            self._strips = None
            self.refresh(layout=True)
        self.redraw()

    def told_of(self, view: RunView) -> object:
        """Give what it is drawn from: as long as that is the same, nothing needs to be drawn anew."""
        raise NotImplementedError

    def height_of(self, view: RunView) -> int:
        """Give how many lines a state takes, where the height follows from it."""
        return len(self._lines_of(view, self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the lines it takes at a width."""
        return len(self.lines_at(width))

    def lines_at(self, width: int) -> Sequence[Line]:
        """Draw the present state."""
        return self._lines_of(self.view, width) if self.view is not None else []

    def _lines_of(self, view: RunView, width: int) -> Sequence[Line]:
        raise NotImplementedError


class StepTitle(RunPart):
    """Which step it is, with which of several systems it is done, and its name."""

    def told_of(self, view: RunView) -> object:
        """Look at the step and its place."""
        return (
            view.panel.number,
            view.panel.count,
            view.panel.title,
            view.panel.is_current,
            view.steps[view.current].number,
            view.panel.choice,
        )

    def _lines_of(self, view: RunView, width: int) -> list[Content]:
        panel = view.panel
        head: list[Part] = [(f"Step {panel.number} of {panel.count}", QUIET)]
        if not panel.is_current:
            current = view.steps[view.current].number
            looking = f"Looking at step {panel.number}"
            clock = f"   the clock is on step {current}"
            head = [
                (looking, "bold $text-primary"),
                (clock if len(looking + clock) <= width else f"   clock on {current}", QUIET),
            ]
        lead = joined(*head)
        if panel.choice is not None:
            lead = self._with_choice(lead, panel.choice, width)
        return [column(lead, width), column(joined((panel.title, "bold")), width)]

    def _with_choice(self, lead: Content, choice: SystemChoice, width: int) -> Content:
        """Say the system and the key for the next one, as long as there is room for both names, cut if need be."""
        key: list[Part] = [(" · ", LABEL), ("w ", "bold $text-primary"), (choice.next_name, QUIET)]
        whole = joined(lead, ("   with ", QUIET), (choice.system, SOFT), *key)
        if whole.cell_length <= width:
            return whole
        room = width - lead.cell_length - len("    · w ")
        if room < 2 * _SHORTEST_NAME:
            return joined(lead, "   ", *key[1:])
        own, other = (Content(name).cell_length for name in (choice.system, choice.next_name))
        return joined(lead, "   ", column(joined((choice.system, SOFT)), min(own, max(room // 2, room - other))), *key)


class Figures(RunPart):
    """The times a step is held against, and what is left until each."""

    def told_of(self, view: RunView) -> object:
        """Look at the figures."""
        return view.panel.figures

    def _lines_of(self, view: RunView, width: int) -> Sequence[Line]:
        rows = [self._figure(figure, place == 0, width) for place, figure in enumerate(view.panel.figures[:4])]
        if not rows:
            return [Content.styled("no time to hold it against yet", LABEL)]
        height = self.content_size.height
        return [_EMPTY] * ((height - len(rows)) // 2) + rows if height > len(rows) else rows[: max(height, 1)]

    def _figure(self, figure: Figure, first: bool, width: int) -> Line:
        over, style = figure.left.total_seconds() < 0, "bold" if first else ""
        left_style, time = "$text-error" if over else QUIET, step_time(figure.time)
        time_width = max(6, len(time) + 1)
        if width < _LEFT_IN_WORDS_FROM:
            left = signed(-figure.left)
            left_width = max(8, len(left) + 1)
            label = filled(figure.label, max(0, min(8, width - time_width - left_width)), LABEL)
            last = filled(left, left_width, left_style, right=True)
            return fitted((*label, *filled(time, time_width, style, right=True), *last), width)
        left = f"{signed(-figure.left)} over" if over else f"{step_time(figure.left)} left"
        times = (*filled(time, time_width, style, right=True), ("   ", ""), (left, left_style))
        return fitted((*filled(figure.label, 8, LABEL), *times), width)


class OwnChecklist(RunPart):
    """The little checklist of the step; a click ticks an item."""

    @dataclass
    class Clicked(Message):
        """An item was clicked; its index."""

        item: int

    def told_of(self, view: RunView) -> object:
        """Look at the items."""
        return view.panel.checklist

    def _lines_of(self, view: RunView, width: int) -> list[Content]:
        return [column(line, max(width, 4)) for _, line in self._items(view, width)]

    def _items(self, view: RunView, width: int) -> Iterator[tuple[int, Content]]:
        """Give each line with the index of its item; a long one goes on in further lines."""
        for item, (text, ticked) in enumerate(view.panel.checklist):
            sign: Part = ("✓ ", "$text-success") if ticked else ("○ ", LABEL)
            for place, line in enumerate(Content.styled(text, QUIET if ticked else "").wrap(max(width - 2, 4))):
                yield item, joined("  " if place else sign, line)

    def on_click(self, event: events.Click) -> None:
        """Tell which item was clicked."""
        items = [] if self.view is None else [item for item, _ in self._items(self.view, self.content_size.width)]
        if event.y < len(items):
            self.post_message(self.Clicked(items[event.y]))


class Notes(RunPart):
    """The last note on this step, and those of this run."""

    def told_of(self, view: RunView) -> object:
        """Look at the notes."""
        return view.panel.last_note, view.panel.notes

    def _lines_of(self, view: RunView, width: int) -> list[Content]:
        texts: list[Content] = []
        panel: StepPanel = view.panel
        if panel.last_note is not None:
            where, note = panel.last_note
            texts.append(joined((f"Your note, {where}  ", LABEL), (note, "italic " + SOFT)))
        texts += [joined(("Noted now  ", LABEL), (note, "italic")) for note in panel.notes[-2:]]
        rows: list[Content] = []
        for text in texts:
            wrapped = text.wrap(max(width, 10))
            rows += wrapped[:2] if len(wrapped) <= 2 else [wrapped[0], column(joined(wrapped[1], "…"), width)]
        return rows


class Links(RunPart):
    """The systems of the step, each with the digit that opens it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"links--chip"}

    @dataclass
    class Clicked(Message):
        """A system was clicked; its digit."""

        digit: int

    def told_of(self, view: RunView) -> object:
        """Look at the systems."""
        return view.panel.links

    def _lines_of(self, view: RunView, width: int) -> list[Content]:
        chips = self._chips(view, width)
        if not chips:
            return [Content("")]
        lead = self._lead(width)
        return [column(joined(lead, Content("  ").join(chip for _, chip in chips)), width)]

    def _lead(self, width: int) -> Content:
        return Content.styled("Open  ", LABEL) if width >= 48 else Content("")

    def _chips(self, view: RunView, width: int) -> list[tuple[int, Content]]:
        chips = []
        room = max(8, (width - 6) // max(1, len(view.panel.links)) - 6)
        for link in view.panel.links:
            name = column(link.name, min(Content(link.name).cell_length, room))
            if link.opens:
                parts = joined((f" {link.digit} ", "bold $text-primary"), name, " ↗ " if width >= 48 else " ")
                chips.append((link.digit, parts.stylize_before(".links--chip")))
            else:
                chips.append((0, joined((" ", ""), name.stylize(SOFT), " ")))
        return chips

    def on_click(self, event: events.Click) -> None:
        """Tell which system was clicked."""
        if self.view is None:
            return
        x = event.x - self._lead(self.content_size.width).cell_length
        for digit, chip in self._chips(self.view, self.content_size.width):
            if 0 <= x < chip.cell_length and digit:
                self.post_message(self.Clicked(digit))
            x -= chip.cell_length + 2
