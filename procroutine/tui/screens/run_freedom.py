"""Keys of a run that change its plan: a step off or on, another order, a corrected time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from procroutine.durations import parse_change, step_time
from procroutine.text import shown
from procroutine.tui.keys import key
from procroutine.tui.screens.run_keys import RunKeys
from procroutine.tui.screens.run_pauses import RunPauses

if TYPE_CHECKING:
    from procroutine.run.states import RunState, StepState

_MOVED = "Put the step looked at earlier or later."


class RunFreedom(RunPauses):
    """What a person can change of this run alone; the routine stays as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *RunKeys.BINDINGS,
        key("run.switch", "minus", "switch", "Off, on", "Switch the step looked at off, or on.", shown=False),
        key("run.earlier", "left_curly_bracket", "move(-1)", "Move", _MOVED, shown=False),
        key("run.later", "right_curly_bracket", "move(1)", "Move", _MOVED, shown=False),
        key("run.with", "w", "choose", "With", "Do the step with another of its systems.", shown=False),
        key("run.correct", "e", "correct", "Correct", "Correct the time of the step that is seen.", shown=False),
    ]

    def _seen_step(self) -> tuple[RunState, StepState] | None:
        """Give the run as it is now and the step that is seen."""
        app, view = self.procroutine, self.view
        run = app.look(lambda: app.home.open_run(self.run_id))
        if run is None or view is None:
            return None
        return next(((run, step) for step in run.steps if step.id == view.panel.id), None)

    def action_switch(self) -> None:
        """Leave the step that is seen out of this run, or take it back in."""
        if (found := self._seen_step()) is None:
            return
        step = found[1]
        if self.verb("switch_on" if step.off else "switch_off", step=step.id) is not None:
            done = "is in this run again" if step.off else "is off for this run"
            self.procroutine.say(f"{shown(step.title)} {done}. u takes it back.")

    def action_move(self, by: int) -> None:
        """Change places with the step before or after it among those to come."""
        if (found := self._seen_step()) is None:
            return
        run, step = found
        to_come = [one for one in run.steps if one.state == "pending"]
        if step not in to_come:
            self.procroutine.say("Only a step that is still to come can be moved: look at one with [ and ].")
            return
        place = to_come.index(step) + by
        if not 0 <= place < len(to_come):
            self.procroutine.say(f"{shown(step.title)} is the {'first' if by < 0 else 'last'} to come already.")
            return
        self._change_places(step, to_come[place], by)

    def _change_places(self, step: StepState, other: StepState, by: int) -> None:
        # A step goes before another by that one going behind it: nothing can be put before the first of all.
        moved, before = (other, step) if by < 0 else (step, other)
        answer = self.verb("move", step=moved.id, after=before.id)
        if answer is None:
            return
        self.look_at(next(place for place, one in enumerate(answer.run.steps) if one.id == step.id))
        word = "before" if by < 0 else "after"
        self.procroutine.say(f"{shown(step.title)} comes {word} {shown(other.title)} now. u takes it back.")

    def action_choose(self) -> None:
        """Do the step that is seen with the next of the systems it can be done with."""
        panel = self.view.panel if self.view is not None else None
        if panel is None or panel.choice is None:
            self.procroutine.say("This step has no systems to choose from.")
        elif self.verb("choose", system=panel.choice.next, step=panel.id) is not None:
            self.procroutine.say(f"{panel.title} is done with {panel.choice.next_name}. u takes it back.")

    def action_correct(self) -> None:
        """Correct the time of the step that is seen, after asking by how much."""
        if (found := self._seen_step()) is None:
            return
        run, step = found
        is_current = run.current is not None and run.steps[run.current].id == step.id
        time = run.step_elapsed if is_current and step.active is not None else step.active or step.prepared
        self.procroutine.ask(
            f"Correct the time of {shown(step.title)}",
            lambda text: self._amend(step.id, text),
            f"It has {step_time(time or timedelta())}. +2m adds, -90s takes off, 15m sets it.",
        )

    def _amend(self, step_id: str, text: str) -> None:
        app = self.procroutine
        change = app.attempt(lambda: parse_change(text))
        if change is None:
            return
        sign, length = change
        answer = self.verb("amend", step=step_id, sign=sign, length=length)
        if answer is not None:
            step = next(step for step in answer.run.steps if step.id == step_id)
            app.say(f"{shown(step.title)} has {step_time(step.taken or timedelta())} now. u takes it back.")
