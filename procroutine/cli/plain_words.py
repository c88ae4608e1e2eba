"""What the plain mode says: the Run screen in sentences, each a line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from procroutine.cli.verbs import deadline_said
from procroutine.durations import signed, step_time, total_time
from procroutine.insight.views.run import StepMark
from procroutine.run.remarks import length_in_words
from procroutine.text import counted

if TYPE_CHECKING:
    from procroutine.history.home import Answer
    from procroutine.insight.views.run import FinishView, RunView, StepPanel, StepRow

ZERO = timedelta()
_STATES = {
    StepMark.PENDING: "to do",
    StepMark.CURRENT: "now",
    StepMark.DONE: "done",
    StepMark.SKIPPED: "skipped",
}
_HAPPENED = {
    "paused": "Paused.",
    "resumed": "Going on.",
    "begun": "Begun.",
    "noted": "Noted.",
    "added": "Added.",
    "ticked": "Ticked.",
    "undone": "Taken back.",
    "redone": "Brought back.",
    "skipped": "Skipped.",
    "went": "Gone there.",
    "switched_off": "It is off for this run.",
    "switched_on": "It is in this run again.",
    "reordered": "Moved.",
    "chose": "Chosen.",
    "recounted": "Counted so.",
    "counted": "The sleep is counted as work.",
}


def welcome(view: RunView) -> Iterator[str]:
    """Say what run it is, and how to get on."""
    goal = f", {view.total.goal_words}" if view.total.goal_words else ""
    since = "being prepared" if view.preparing else f"since {view.since}"
    yield f"{view.name}, {view.place}, {since}{goal}. {counted(len(view.steps), 'step')}, held against {view.against}."
    yield "Enter when a step is done. ? and Enter lists all commands."


def step(view: RunView) -> Iterator[str]:
    """Say the step that the clock is on: its figures, instructions, checklist, systems and last note."""
    panel = view.panel
    figures = ", ".join(f"{figure.label} {step_time(figure.time)}" for figure in panel.figures)
    yield ""
    yield f"Step {panel.number} of {panel.count}: {panel.title}.{f' {figures}.' if figures else ''}"
    if view.preparing == "prepared":
        yield "All is prepared. r begins the run."
    elif view.preparing is not None:
        yield "Preparing: the clock of the run does not run yet."
    elif view.waiting_for is not None:
        until = f" until {view.waiting_until}" if view.waiting_until is not None else ""
        yield f"Waiting since {view.paused_since} for {view.waiting_for}{until}. r goes on."
    elif view.paused_since is not None:
        yield f"Paused since {view.paused_since}. r goes on."
    yield from panel.instructions.splitlines()
    for number, (item, ticked) in enumerate(panel.checklist, start=1):
        yield f"{number}. {'ticked' if ticked else 'open'}: {item}"
    yield from _systems(panel)
    if panel.last_note is not None:
        yield f"Note of {panel.last_note[0]}: {panel.last_note[1]}"
    for note in panel.notes:
        yield f"Note: {note}"
    for remark in view.remarks:
        yield remark.sentence


def _systems(panel: StepPanel) -> Iterator[str]:
    for link in panel.links:
        yield f"System: {link.name}{f', {link.url}' if link.url else ''}"
    if panel.choice is not None:
        yield f"With {panel.choice.system}; o {panel.choice.next_name} takes that instead."


def clock(view: RunView) -> Iterator[str]:
    """Say how long it has been, and how that is against what it is held against."""
    against = f", {signed(view.vs_usual)} against {view.against}" if view.vs_usual is not None else ""
    to_go = f"{total_time(view.total.to_go)} to go"
    yield f"This step {step_time(view.panel.time)}, in all {step_time(view.total.elapsed)}{against}, {to_go}."


def outlook(view: RunView) -> Iterator[str]:
    """Say where it leads: the finish, the odds, and whether it fits before its deadline."""
    total = view.total
    against = ""
    if total.slack is not None:
        against = f", {step_time(abs(total.slack))} {'inside' if total.slack >= ZERO else 'over'} goal"
    lead = "Begun now, finish" if view.preparing else "Finish"
    yield f"{lead} about {total.finish} in a total of {step_time(total.projected)}{against}."
    if (odds := total.odds) is not None:
        said = [part for part in (odds.chance, odds.times, odds.caution) if part]
        yield f"{', '.join(said)}."
    if (deadline := view.deadline) is not None:
        yield ", ".join(part for part in (deadline.lead, deadline.advice, deadline.odds) if part) + "."


def was_it_a_pause(length: timedelta) -> str:
    """Ask what a long pause was."""
    return f"Paused for {length_in_words(length)}. Was it a pause? Enter yes, w it was work, t it was waiting: "


def checklist(view: RunView) -> Iterator[str]:
    """Say all steps, a line each."""
    for row in view.steps:
        if row.section is not None:
            yield f"{row.section}:"
        yield _row(row, view.against)


def _row(row: StepRow, against: str) -> str:
    name = "planned" if row.from_plan else against
    said = [f"{row.number}. {'off' if row.off else _STATES[row.mark]}: {row.title}"]
    said += [step_time(row.time)] if row.time is not None else []
    said += [signed(row.difference)] if row.difference is not None else []
    said += [f"{name} {step_time(row.compared)}"] if row.compared is not None else []
    said += ["best ever"] if row.best_ever else []
    said += ["optional"] if row.optional else []
    said += ["before the run" if row.before == "before" else "can be done before the run"] if row.before else []
    return ", ".join(said)


def happened(answer: Answer) -> str:
    """Say what a verb did."""
    run = answer.run
    if answer.event.kind == "done":
        left = run.steps[run.order_done[-1]] if run.order_done else None
        return f"Done in {step_time(left.active)}." if left is not None and left.active is not None else "Done."
    if answer.event.kind == "waiting":
        return f"Waiting for {run.waiting_for}."
    if answer.event.kind == "corrected":
        step = next(step for step in run.steps if step.id == answer.event.details["step"])
        return f"{step.title} has {step_time(step.taken or ZERO)} now."
    if answer.event.kind == "deadline":
        return deadline_said(run)
    return _HAPPENED.get(answer.event.kind, "Done.")


def finish(view: FinishView) -> Iterator[str]:
    """Say how the run went."""
    yield ""
    against = ""
    if view.goal is not None and view.slack is not None:
        inside = "inside" if view.slack >= ZERO else "over"
        against = f", {step_time(abs(view.slack))} {inside} {view.goal_words}"
    yield f"{view.name}, {view.place}: {step_time(view.total)}{against}."
    if view.vs_last is not None:
        yield f"{signed(view.vs_last)} against last time."
    if view.best_so_far:
        yield "Best so far."
    if view.skipped:
        yield f"Skipped steps: {view.skipped}."
    if view.off:
        yield f"Steps switched off: {view.off}."
    for notable in view.notable:
        remark = f", {notable.remark}" if notable.remark else ""
        yield f"{notable.title}: {step_time(notable.time)}, {signed(notable.difference)}{remark}."
    if view.output is not None:
        yield f"Its output is to be: {view.output}"
