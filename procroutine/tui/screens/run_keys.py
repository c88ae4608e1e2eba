"""The keys of a run, and what each does. Every one is saved before it shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll

from procroutine.insight.views.run import RunView
from procroutine.run.late import Seen
from procroutine.run.remarks import remarks_on
from procroutine.tui.keys import key
from procroutine.tui.screens.place import PlaceScreen
from procroutine.tui.verbs import running_run

if TYPE_CHECKING:
    from procroutine.clock import Reading
    from procroutine.history.home import Answer
    from procroutine.tui.screens.state_line import StateLine

DEAF = timedelta(milliseconds=300)
"""So long after a change of step Space does nothing: a key held a moment too long loses no step."""


class RunKeys(PlaceScreen):
    """What a person can do in a run; the drawing is up to the screen made from this."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("run.done", "space", "done", "Done", "Step done, go to the next."),
        key("run.pause", "p", "pause", "Pause", "Stop the clock, or go on."),
        key("run.wait", "P", "wait", "Wait", "Wait for a cause outside you.", shown=False),
        key("run.open", "o", "open(1)", "Open", "Open the step's first system."),
        *(key(f"run.open-{n}", str(n), f"open({n})", "Systems", "Open a system.", shown=False) for n in range(1, 10)),
        key("run.note", "n", "note", "Note", "Write a note on this step."),
        key("run.tick", "t", "tick", "Tick", "Tick the next item of its list.", shown=False),
        key("run.skip", "s", "skip", "Skip", "Leave this step out."),
        key("run.undo", "u", "undo", "Undo", "Take the last key back."),
        key("run.redo", "U", "redo", "Redo", "Bring back what was taken back.", shown=False),
        key("run.before", "left_square_bracket", "look(-1)", "Look", "Look at another step.", shown=False),
        key("run.after", "right_square_bracket", "look(1)", "Look", "Look at another step.", shown=False),
        key("run.goto", "g", "goto", "Go to", "Put the clock on another step.", shown=False),
        key("run.add", "a", "add", "Add", "Add a step to this run only.", shown=False),
        key("run.list", "tab", "list", "List", "Show the list on a small screen.", shown=False),
        key("run.down", "down,pagedown", "scroll(1)", "Read", "Read on, or further up.", shown=False, sign="↓"),
        key("run.up", "up,pageup", "scroll(-1)", "Read", "Read on, or further up.", shown=False, sign="↑"),
        key("run.count", "c", "count_sleep", "Count", "Count the time asleep.", shown=False),
        key("run.end", "x", "end_here", "End", "End where it fell asleep.", shown=False),
        key("run.leave-out", "l", "leave_idle_out", "Omit", "Leave idle time out.", shown=False),
        key("run.leave", "escape", "leave", "Leave", "Leave; the run pauses.", shown=False),
    ]

    shows_open_run_only = True
    run_id: str
    state_line: StateLine
    """What there is to say over the total; it also knows when the clocks were looked at last."""
    view: RunView | None = None
    looked_at: int | None = None
    """Index of the step that is looked at instead of the running one."""
    step_since: datetime | None = None
    """When the running step became the running one, here on the screen."""
    _taken_up = False
    acting = False
    """Whether a verb is just being carried out."""
    ended = False
    """Whether the run has ended, and only its finish is looked at."""
    left = False
    """Whether the person has left the run: else it was interrupted when the app ends."""

    def as_shown(self) -> Seen | None:
        """Give what is shown of the run, so that a key never acts on what another window has changed since."""
        view = self.view
        return None if view is None else Seen(step=view.steps[view.current].id, acts=view.acts)

    def verb(self, name: str, seen: Seen | None = None, **details: Any) -> Answer | None:
        """Carry out a verb of this run; what stands in its way is told and drawn, and None given.

        `seen` is what was shown when the person decided, where that is some time ago.
        """
        seen = seen or self.as_shown()
        self.heartbeat()
        app = self.procroutine
        self.acting = True
        answer: Answer | None = app.attempt(lambda: app.home.act(name, run=self.run_id, seen=seen, **details))
        self.acting = False
        if answer is None:
            self.draw()
            return None
        self.ended = answer.ended
        if answer.said:
            app.say(" ".join(answer.said))
        if answer.ended and answer.run.state == "finished":
            self.show_finish()
        return answer

    def leave(self) -> None:
        """Go back to the place the run was opened from."""
        if not self.left:
            self.left = True
            self.dismiss()

    def heartbeat(self) -> Reading:
        """Record it where program or machine stood still since the last look at the clocks; give what they show."""
        clock = self.procroutine.clock
        reading = clock.read()
        still = self.state_line.beat(reading)
        if still and not self.shown_elsewhere():
            self._leave_out(still)
            return clock.read()
        return reading

    def draw(self, *, unchanged: bool = False) -> None:
        """Draw the run as of now; where it is `unchanged`, nothing of it is read again."""
        raise NotImplementedError

    def shown_elsewhere(self) -> bool:
        """Say whether another window showed the run just now: then only this one stood still."""
        raise NotImplementedError

    def _leave_out(self, length: timedelta) -> None:
        """Take the last `length` for sleep, which can be counted later; a pause holds its sleep already."""
        app = self.procroutine
        run = app.look(lambda: running_run(app.home))
        if run is not None and run.id == self.run_id:
            app.attempt(lambda: app.home.act("slept", run=self.run_id, length=length))

    def take_up_after_restart(self, view: RunView) -> None:
        """Record that a run goes on after a restart: from here the clocks of the new start count, not the wall's."""
        if view.restarted_since and not self._taken_up:
            self._taken_up = True
            self._leave_out(timedelta())

    def show_finish(self) -> None:
        """Show the finish over the run; after it the run is left, unless it was taken back."""
        from procroutine.tui.screens.finish import FinishScreen
        from procroutine.tui.turning import tell_turn

        def close(over: bool | None) -> None:
            if over is False:
                self.ended = False
                self.draw()
            else:
                self.leave()
                tell_turn(self.procroutine, self.run_id)

        self.app.push_screen(FinishScreen(self.run_id), close)

    def step_done(self) -> Answer | None:
        """Finish the running step; at the last one, the run. None where it was not."""
        app = self.procroutine
        if self.step_since is not None and abs(app.now() - self.step_since) < DEAF + app.held_back:
            return None
        self.looked_at = None
        return self.verb("done")

    def action_open(self, digit: int) -> None:
        """Open a system of the step."""
        links = self.view.panel.links if self.view is not None else ()
        link = next((link for link in links if link.digit == digit), None)
        if link is None:
            self.procroutine.say("This step has no system to open." if not links else f"There is no system {digit}.")
        elif link.url is None:
            self.procroutine.say(f"{link.name} has no address.")
        else:
            self.procroutine.open_address(link.url)

    def action_note(self) -> None:
        """Write a note on the step that is seen."""
        if self.view is None:
            return
        step = self.view.panel.id

        def write(text: str) -> None:
            if self.verb("note", text=text, step=step) is not None:
                self.procroutine.say("Noted.")

        self.procroutine.ask(f"Note on {self.view.panel.title}", write)

    def action_tick(self) -> None:
        """Tick the next item of the step's checklist."""
        if self.view is None:
            return
        items = self.view.panel.checklist
        place = next((place for place, (_, ticked) in enumerate(items) if not ticked), None)
        if place is None:
            self.procroutine.say("All is ticked." if items else "This step has no checklist.")
        else:
            self.verb("tick", step=self.view.panel.id, item=place, on=True)

    def toggle(self, item: int) -> None:
        """Tick an item, or take its tick away."""
        if self.view is not None:
            self.verb("tick", step=self.view.panel.id, item=item, on=not self.view.panel.checklist[item][1])

    def action_skip(self) -> None:
        """Leave the running step out."""
        seen = self.as_shown()

        def skip(reason: str) -> None:
            self.looked_at = None
            self.verb("skip", seen, **({"reason": reason} if reason else {}))

        if self.view is not None:
            title = self.view.steps[self.view.current].title
            self.procroutine.ask(f"Why skip {title}?", skip, "Enter alone skips it without a reason.", needed=False)

    def action_undo(self) -> None:
        """Take the last thing back."""
        self.looked_at = None
        if self.verb("undo") is not None:
            self.procroutine.say("Taken back. U brings it back.")

    def action_redo(self) -> None:
        """Bring back what was taken back."""
        self.looked_at = None
        if self.verb("redo") is not None:
            self.procroutine.say("Brought back.")

    def action_look(self, by: int) -> None:
        """Look at another step; the clock stays where it is."""
        if self.view is not None:
            seen = self.view.current if self.looked_at is None else self.looked_at
            self.look_at(max(0, min(seen + by, len(self.view.steps) - 1)))

    def look_at(self, place: int) -> None:
        """Look at the step with an index."""
        if self.view is not None:
            self.looked_at = None if place == self.view.current else place
            self.draw(unchanged=True)

    def action_goto(self) -> None:
        """Put the clock on the step looked at, else on one that is asked for."""

        def go(step: str) -> None:
            self.looked_at = None
            self.verb("goto", step=step)

        if self.view is not None and not self.view.panel.is_current:
            go(self.view.panel.id)
        else:
            self.procroutine.ask("Go to which step?", go, "Its number or its name.")

    def action_add(self) -> None:
        """Add a step to this run."""

        def add(title: str) -> None:
            if self.verb("add", title=title) is not None:
                self.procroutine.say("Added after this step, for this run only.")

        self.procroutine.ask("What is the step to add?", add)

    def action_list(self) -> None:
        """Show the checklist where it has no room beside the step, or the step again."""
        self.toggle_class("-list")

    def action_scroll(self, direction: int) -> None:
        """Read on in the instructions."""
        text = self.query_one("#text", VerticalScroll)
        text.scroll_relative(y=direction * max(1, text.size.height // 2), animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what to do about time only where there is something to do."""
        if action == "count_sleep":
            return self.view is not None and bool(self.view.asleep)
        if action in ("end_here", "leave_idle_out"):
            return self.is_mounted and self.state_line.offers("x" if action == "end_here" else "l")
        return True

    def action_count_sleep(self) -> None:
        """Count the sleep as work, the last one first."""
        if self.verb("count_sleep") is not None:
            self.procroutine.say("Counted. u takes it back.")

    def action_end_here(self) -> None:
        """End the run where it fell asleep; after a long time, as of the last thing done."""
        if (back := self._back("x")) is not None:
            self.verb("finish", at=self.procroutine.now() - back if back else None)

    def action_leave_idle_out(self) -> None:
        """Take the time since the last thing done off the clock; it can be counted later, as sleep can."""
        if (back := self._back("l")) is not None:
            self._leave_out(back)

    def _back(self, key: str) -> timedelta | None:
        """Give how long ago that is which a key acts on, as of now; None where it is not offered."""
        app = self.procroutine
        run = app.look(lambda: app.home.open_run(self.run_id))
        remarks = remarks_on(run) if run is not None else ()
        return next((remark.back for remark in remarks for offer in remark.offers if offer.key == key), None)

    def action_leave(self) -> None:
        """Leave the run, after asking what becomes of it."""
        from procroutine.tui.screens.leave import ask_to_leave

        ask_to_leave(self.procroutine, self.run_id, self.leave)
