"""When to tell somebody who may look elsewhere: a step over its usual time, far over it, the goal passed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from procroutine.durations import step_time, total_time
from procroutine.insight.views.run import Level, RunView
from procroutine.settings import NoticeSetting
from procroutine.tui.notices import Told, notice_bytes, tmux_passes_through

if TYPE_CHECKING:
    from procroutine.tui.app import ProcroutineApp


class RunNotices:
    """Tells each passing once; what had passed before the run was shown is not told."""

    def __init__(self) -> None:
        """Begin with nothing told."""
        self._told = Told()
        self._seen = ""
        self._bells: dict[str, str] = {}

    def tell(self, app: ProcroutineApp, view: RunView) -> None:
        """Tell what has been passed since the last time."""
        passed = self._passed(view, self._bell(app, view))
        fresh = [notice for kind, of, *notice in passed if self._told.first_time(kind, of)]
        first_look, self._seen = not self._seen, view.run_id
        if first_look or not fresh:
            return
        title, text = fresh[-1]
        app.notify(text, title=title, severity="warning", timeout=8)
        if not app.app_focus or app.settings.notices is NoticeSetting.ALWAYS:
            app.write_to_terminal(notice_bytes(f"{view.name}: {title}", text, os.environ, tmux_passes_through))

    def _bell(self, app: ProcroutineApp, view: RunView) -> str:
        """Give when the running step may ring: its own choice, else that of the settings."""
        step_id = view.steps[view.current].id
        if step_id not in self._bells:
            run = app.look(lambda: app.home.open_run(view.run_id))
            steps = run.steps if run is not None else ()
            own = next((step.definition.get("bell") for step in steps if step.id == step_id), None)
            self._bells[step_id] = own or app.settings.bell.value
        return self._bells[step_id]

    def _passed(self, view: RunView, bell: str) -> list[tuple[str, str, str, str]]:
        """Give what has been passed by now: its kind, of which step, title and text; the weightiest last."""
        panel, total = view.panel, view.total
        if bell == "never":
            return []
        passed = []
        usual = f"Usual is {step_time(panel.compared)}." if panel.compared is not None else ""
        if bell == "half" and panel.is_current and panel.compared is not None and panel.time > panel.compared / 2:
            passed.append(("half", panel.id, f"{panel.title} has used half of its time", usual))
        if panel.is_current and panel.level in (Level.OVER, Level.LATE):
            passed.append(("over", panel.id, f"{panel.title} is over its usual time", usual))
        if panel.is_current and panel.level is Level.LATE:
            passed.append(("late", panel.id, f"{panel.title} takes half as long again as usual", usual))
        if total.goal is not None and total.elapsed > total.goal:
            passed.append(("goal", "", "The goal has passed", f"It was {total_time(total.goal)}."))
        return passed
