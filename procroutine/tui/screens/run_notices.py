"""When to tell somebody who may look elsewhere: a step over its usual time, far over it, the goal passed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from procroutine.durations import step_time
from procroutine.insight.step_panel import LATE
from procroutine.settings import NoticeSetting
from procroutine.tui.notices import Told, notice_bytes, tmux_passes_through

if TYPE_CHECKING:
    from collections.abc import Iterator

    from procroutine.insight.views.run import RunView
    from procroutine.tui.app import ProcroutineApp


class Notice(NamedTuple):
    """What is told: a title and a sentence."""

    title: str
    text: str


class RunNotices:
    """Tells each passing once; what had passed before the run was shown is not told."""

    def __init__(self) -> None:
        """Begin with nothing told."""
        self._told = Told()
        self._seen = ""
        self._bells: dict[str, str] = {}

    def tell(self, app: ProcroutineApp, view: RunView) -> None:
        """Tell what has been passed since the last time, outside the app where nobody looks or that is wanted."""
        notice = self.fresh(view, self._bell(app, view), app.settings.bell.value)
        if notice is None:
            return
        app.notify(notice.text, title=notice.title, severity="warning", timeout=8)
        if not app.app_focus or app.settings.notices is NoticeSetting.ALWAYS:
            title = f"{view.name}: {notice.title}"
            app.write_to_terminal(notice_bytes(title, notice.text, os.environ, tmux_passes_through))

    def fresh(self, view: RunView, bell: str, usual_bell: str = "over") -> Notice | None:
        """Give the weightiest of what has been passed since the last look; the first look only takes note.

        `bell` is when the running step may ring, `usual_bell` when those that do not say it themselves.
        """
        passed = [] if bell == "never" else [*_of_the_step(view, bell), *_of_the_total(view, usual_bell)]
        fresh = [notice for kind, of, notice in passed if self._told.first_time(kind, of)]
        first_look, self._seen = self._seen != view.run_id, view.run_id
        return None if first_look or not fresh else fresh[-1]

    def _bell(self, app: ProcroutineApp, view: RunView) -> str:
        """Give when the running step may ring: its own choice, else that of the settings."""
        step_id = view.steps[view.current].id
        if step_id not in self._bells:
            run = app.look(lambda: app.home.open_run(view.run_id))
            steps = run.steps if run is not None else ()
            own = next((step.definition.get("bell") for step in steps if step.id == step_id), None)
            self._bells[step_id] = own or app.settings.bell.value
        return self._bells[step_id]


def _of_the_step(view: RunView, bell: str) -> Iterator[tuple[str, str, Notice]]:
    """Give what the running step has passed by now: the kind, its id and the notice; the weightiest last."""
    step, usual = view.steps[view.current], view.usual
    time = step.time
    if usual is None or time is None or view.paused_since is not None:
        return
    kind, name = ("planned", "The plan") if view.usual_is_planned else ("usual", "Usual")
    text = f"{name} is {step_time(usual)}."
    if bell == "half" and time > usual / 2:
        yield "half", step.id, Notice(f"{step.title} has used half of its time", text)
    if time > usual:
        yield "over", step.id, Notice(f"{step.title} is over its {kind} time", text)
    if time > usual * LATE:
        yield "late", step.id, Notice(f"{step.title} takes half as long again as {kind}", text)


def _of_the_total(view: RunView, bell: str) -> Iterator[tuple[str, str, Notice]]:
    goal = view.total.goal
    if bell != "never" and goal and view.total.elapsed > goal:
        yield "goal", "", Notice("The goal has passed", f"It was {view.total.goal_words.removeprefix('goal ')}.")
