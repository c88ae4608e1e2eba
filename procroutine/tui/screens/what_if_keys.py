"""The keys of what-if: each makes one change on the copy of the checklist, or is refused with what to do instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content

from procroutine.durations import written_duration
from procroutine.improvement import change as made
from procroutine.improvement.change_text import order_with_fewest_switches, read_change
from procroutine.improvement.stepping import merged_with_next, moved_by
from procroutine.improvement.what_if_view import dropped_already
from procroutine.text import Shown, shown
from procroutine.tui.keys import key
from procroutine.tui.screens.choose import Choice, ChooseScreen
from procroutine.tui.screens.past_screen import PastScreen
from procroutine.tui.screens.pick import PickScreen

if TYPE_CHECKING:
    from procroutine.improvement.draft import Draft
    from procroutine.improvement.keeping import Kept
    from procroutine.improvement.what_if_view import WhatIfRow
    from procroutine.routine.model import Step

    Written = tuple[Kept, Draft]

_FRONT = ""
"""Stands for the front where a step is put behind another."""
_ON_STEP = (
    ("x", "drop", "Drop", "leave it out"),
    ("a", "behind", "After", "put it behind another step"),
    ("m", "merge", "Merge", "make one step of it and the next"),
    ("c", "cut", "Cut", "make several steps of it"),
    ("b", "before", "Before", "do it before the run"),
    ("p", "plan", "Planned", "suppose another time"),
    ("s", "system", "System", "do it with another system"),
    ("o", "person", "Other", "let another person do it"),
)
"""What can be changed in a step: key, action, word and sentence."""


class WhatIfKeys(PastScreen):
    """What a person can try; the drawing is up to the screen made from this."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("what-if.drop", "x", "drop", "Drop", "Leave the step out."),
        key("what-if.undo", "u", "undo", "Undo", "Take the last change back, or what was just written."),
        key("what-if.write", "w", "write", "Write", "Keep it: write it into the routine's file."),
        key("what-if.lower", "J,shift+down", "shift(1)", "Lower", "Put the step further down or up.", shown=False),
        key("what-if.higher", "K,shift+up", "shift(-1)", "Higher", "Put the step further down or up.", shown=False),
        key("what-if.behind", "a", "behind", "After", "Put the step behind another one.", shown=False),
        key("what-if.merge", "m", "merge", "Merge", "Make one step of it and the next.", shown=False),
        key("what-if.cut", "c", "cut", "Cut", "Make several steps of it.", shown=False),
        key("what-if.before", "b", "before", "Before", "Do the step before the run."),
        key("what-if.plan", "p", "plan", "Planned", "Suppose another time for the step.", shown=False),
        key("what-if.system", "s", "system", "System", "Do the step with another system.", shown=False),
        key("what-if.person", "o", "person", "Other", "Let another person do the step.", shown=False),
        key("what-if.fewest", "f", "fewest(False)", "Fewest", "Try the order with the fewest switches."),
        key("what-if.kept", "F", "fewest(True)", "Kept", "The same, with the hand-offs of now.", shown=False),
        key("what-if.back", "escape", "leave", "Back", "Go back to where you came from; what you tried stays."),
        key("what-if.read", "tab", "read", "Read", "Go to what it comes to, or back to the steps.", shown=False),
    ]

    draft: Draft | None = None
    written: Written | None = None
    """What was written last, as long as that can be taken back here."""

    @property
    def row(self) -> WhatIfRow | None:
        """The selected step."""
        return None

    @property
    def used(self) -> Mapping[str, tuple[str, ...]]:
        """What steps with alternatives are done with most often."""
        return {}

    def try_draft(self, draft: Draft, step_id: str | None = None) -> None:
        """Draw another draft, with a step of it selected."""

    def change_to(self, draft: Draft, step_id: str | None = None) -> None:
        """Draw another draft that the person made, and remember it."""
        self.try_draft(draft, step_id)
        self.remember(draft)

    def remember(self, draft: Draft) -> None:
        """Remember what is tried for the next time."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what can be done now."""
        if action in ("undo", "write"):
            is_changed = self.draft is not None and bool(self.draft.changes)
            return is_changed or (action == "undo" and self.written is not None)
        return True

    def _changed(self, make: Callable[[Draft, str], Draft], *, follow: bool = True) -> None:
        """Change the selected step, and stay with it where it is still there."""
        step = self._step()
        if step is not None:
            self._change(step.id, make, follow=follow)

    def _change(self, step_id: str, make: Callable[[Draft, str], Draft], *, follow: bool = True) -> None:
        """Change a step, whichever is selected: what is on disk may have changed while something was asked about it."""
        draft = self.draft
        new = None if draft is None else self.procroutine.tried(lambda: make(draft, step_id))
        if new is not None:
            self.change_to(new, step_id if follow else None)

    def _step(self) -> Step | None:
        """Give the selected step as it would be; None where there is none, or it is dropped, which is said."""
        draft, row = self.draft, self.row
        if draft is None or row is None:
            return None
        if row.is_dropped:
            self.procroutine.say(dropped_already(row))
            return None
        return draft.steps[draft.place(row.step_id)].step

    def action_drop(self) -> None:
        """Leave the selected step out."""
        self._changed(lambda draft, step: draft.changed(made.drop(step)), follow=False)

    def action_shift(self, by: int) -> None:
        """Put the selected step further down or up."""
        self._changed(lambda draft, step: moved_by(draft, step, by))

    def action_merge(self) -> None:
        """Make one step of the selected and the next."""
        self._changed(merged_with_next)

    def action_before(self) -> None:
        """Do the selected step before the run."""
        self._changed(lambda draft, step: draft.changed(made.prepare(step)))

    def action_fewest(self, keep_hand_offs: bool) -> None:
        """Put the steps in the order with the fewest switches, the work going from person to person as now if asked."""
        draft = self.draft
        if draft is None:
            return
        new = self.procroutine.tried(lambda: self._in_order(draft, keep_hand_offs))
        if new is not None:
            self.change_to(new)

    def _in_order(self, draft: Draft, keep_hand_offs: bool) -> Draft:
        return draft.changed(order_with_fewest_switches(draft, keep_hand_offs=keep_hand_offs, used=self.used))

    def action_undo(self) -> None:
        """Take the last change back; without any, what was written last."""
        if self.draft is not None and self.draft.changes:
            self.change_to(self.draft.without_last())
        elif self.written is not None:
            self.unwrite(*self.written)

    def unwrite(self, kept: Kept, draft: Draft) -> None:
        """Take back that a draft was written."""

    def action_behind(self) -> None:
        """Ask behind which step the selected one goes."""
        step = self._step()
        if step is None or self.draft is None:
            return
        others = [(one.step.id, shown(one.step.title)) for one in self.draft.steps if one.step.id != step.id]
        names = ((_FRONT, Shown("to the front")), *others)

        def put_behind(other: str | None) -> None:
            if other is not None:
                self._change(step.id, lambda draft, moved: draft.changed(made.move(moved, other or None)))

        self.app.push_screen(PickScreen("Behind which step?", names), put_behind)

    def action_cut(self) -> None:
        """Ask for the parts of the selected step."""
        step = self._step()
        if step is not None:
            self._ask(step, made.SPLIT, f"Parts of {shown(step.title)}", "Their titles, joined by commas", "")

    def action_plan(self) -> None:
        """Ask what the selected step is supposed to take."""
        step = self._step()
        if step is not None:
            planned = "" if step.planned is None else f"; planned are {written_duration(step.planned)}"
            self._ask(step, made.PLAN, f"How long would {shown(step.title)} take?", f"Such as 5m or 1m30s{planned}", "")

    def action_system(self) -> None:
        """Ask what the selected step is done with."""
        step, row = self._step(), self.row
        if step is not None and row is not None and self.draft is not None:
            known = ", ".join(shown(system.name) for system in self.draft.systems.values())
            explanation = f"Several are joined by commas, none is an empty line. Known: {known or 'none yet'}"
            self._ask(step, made.SYSTEM, f"What would {row.title} be done with?", explanation, row.systems)

    def action_person(self) -> None:
        """Ask who does the selected step."""
        step = self._step()
        if step is not None:
            self._ask(step, made.PERSON, f"Who would do {shown(step.title)}?", "", step.person or "")

    def _ask(self, step: Step, kind: str, question: str, explanation: str, text: str) -> None:
        """Ask for a line, and make the change that it says; again where it cannot be made."""
        from procroutine.tui.screens.ask import AskScreen, put

        offered = shown(text)

        def answered(answer: str) -> None:
            if answer != offered:
                self._change(
                    step.id,
                    lambda draft, asked: draft.changed(read_change(draft, kind, f"{asked}={answer}")),
                    follow=kind != made.SPLIT,
                )

        asked = AskScreen(question, explanation, needed=kind != made.SYSTEM, text=offered, gives_way=True)
        put(self.procroutine, asked, answered)

    def ask_what(self) -> None:
        """Ask what is to be changed in the selected step."""
        step = self._step()
        if step is not None:
            choices = tuple(Choice(letter, action, label, text) for letter, action, label, text in _ON_STEP)
            where = Content.styled("J and K put it further down and up", "$foreground 60%")
            self.app.push_screen(
                ChooseScreen(shown(step.title), where, choices), lambda action: self._chosen(step, action)
            )

    def _chosen(self, step: Step, action: str | None) -> None:
        if action is not None and self.row is not None and self.row.step_id == step.id:
            getattr(self, f"action_{action}")()
        elif action is not None:
            self.procroutine.say(f"{shown(step.title)} is no step of it any more.")
