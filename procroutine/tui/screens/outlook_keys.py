"""The keys about how a run comes out: what it is held against and by when it has to be through; and its odds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from procroutine.durations import parse_change, step_time
from procroutine.errors import NotFound
from procroutine.insight.outlook import what_came_next
from procroutine.text import shown
from procroutine.tui.keys import key
from procroutine.tui.screens.run_keys import RunKeys
from procroutine.tui.screens.run_pauses import RunPauses

if TYPE_CHECKING:
    from collections.abc import Iterator

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


_BEFORE_ODDS = 0.15
"""Seconds from a change to the work on its odds: the key that made it, and what that draws, comes first."""
_BETWEEN_SLICES = 0.01
"""Seconds between two slices of that work, in which keys are answered."""


class OutlookKeys(RunFreedom):
    """Adds them to the keys of a run."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *RunFreedom.BINDINGS,
        key("run.versus", "v", "compare", "Versus", "Hold it against usual, best, last and so on.", shown=False),
        key("run.deadline", "y", "deadline", "By when", "Say by when it has to be through.", shown=False),
    ]
    _odds_work: Iterator[None] | None = None

    def action_compare(self) -> None:
        """Hold the run against the following comparison, and later runs of its routine too."""
        app, before = self.procroutine, self.view.compared_with if self.view is not None else ""
        found = app.attempt(lambda: app.viewer.compare_next(self.run_id))
        if found is None:
            return
        app.say(what_came_next(found, before))
        self.draw()

    def action_deadline(self) -> None:
        """Ask by when the run has to be through; nothing takes the deadline back."""
        has_one = self.view is not None and self.view.deadline is not None
        hint = "Such as 10:30." + (" Enter alone takes the deadline back." if has_one else "")
        self.procroutine.ask("By when does it have to be through?", self._set_deadline, hint, needed=not has_one)

    def _set_deadline(self, text: str) -> None:
        from procroutine.moments import parse_until

        app = self.procroutine
        until = app.attempt(lambda: (parse_until(text, app.clock.read()) if text else None,))
        if until is not None and self.verb("deadline", until=until[0]) is not None and not text:
            app.say("It has no deadline any more. u brings it back.")

    def work_out_odds(self) -> None:
        """Begin to work out the odds once the present key has been answered, unless that is under way."""
        if self._odds_work is None:
            self._odds_work = iter(())
            self.set_timer(_BEFORE_ODDS, self._begin_odds)

    def _begin_odds(self) -> None:
        app = self.procroutine
        try:
            self._odds_work = None if self.ended else app.look(lambda: app.viewer.odds_work(self.run_id), but=NotFound)
        except NotFound:
            self._odds_work = None  # it has ended in the meantime
        if self._odds_work is not None:
            self._next_slice()

    def _next_slice(self) -> None:
        """Do one slice of the work; what comes out is drawn."""
        app, work = self.procroutine, self._odds_work
        if work is None or self.ended:
            self._odds_work = None
            return
        more = app.look(lambda: next(work, self) is None)
        if more:
            self.set_timer(_BETWEEN_SLICES, self._next_slice)
        elif more is not None:  # else the history cannot be read, which was told, and is not tried every second
            self._odds_work = None
            self.draw()
