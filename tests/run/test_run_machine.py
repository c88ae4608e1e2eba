"""Anything a person, a clock and a machine can do to a few runs, in any order.

A few sequences run with the suite. `PROCROUTINE_SEQUENCES=20000 pytest tests/run/test_run_machine.py`
runs a campaign.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from procroutine.clock import ManualClock
from procroutine.errors import UserError
from procroutine.run.journal import put_together, read_journal
from procroutine.run.live import LiveRun, RunState
from procroutine.run.moments import check_moment
from procroutine.run.open_run import OpenRun
from procroutine.run.open_runs import OpenRuns
from procroutine.run.record import left_over, run_from_json, run_json
from procroutine.run.verbs import VERBS, start

ZERO = timedelta()
FOLDER = "/dev/shm" if os.path.isdir("/dev/shm") else None
"""Thousands of sequences ask for an fsync each step: in memory they cost nothing."""

lengths = st.integers(0, 40_000_000).map(lambda count: timedelta(milliseconds=count))
steps_to_choose = st.sampled_from(["write", "Send it", "3", "check", "post", "nowhere", "more"])
TICKABLE = ["one", "two"]
SNAPSHOT: dict[str, Any] = {
    "id": "posts",
    "name": "Posts",
    "goal_seconds": 3600,
    "steps": [
        {"id": "write", "title": "Write", "after": ["post"], "planned_seconds": 90.5},
        {
            "id": "send",
            "title": "Send it",
            "checklist": TICKABLE,
            "systems": ["mail"],
            "alternatives": ["mail", "chat"],
        },
        {"id": "check", "title": "Check", "after": ["send"], "optional": True, "section": "End", "person": "Ana"},
        {"id": "post", "title": "Post", "prepare": True},
        {"id": "pack", "title": "Pack", "prepare": True, "after": ["post"]},
    ],
}


text = st.text(max_size=8)
DETAILS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "skip": {"reason": st.none() | text},
    "waiting": {"text": text},
    "note": {"text": text, "step": st.none() | steps_to_choose},
    "finish": {"outcome": st.sampled_from([None, "met", "partly", "missed"])},
    "goto": {"step": steps_to_choose},
    "add": {"title": text},
    "tick": {"step": steps_to_choose, "item": st.integers(-1, 2), "on": st.booleans()},
    "choose": {"system": st.sampled_from(["mail", "Chat", "fax"]), "step": st.none() | steps_to_choose},
    "amend": {"step": steps_to_choose, "sign": st.sampled_from(["", "+", "-"]), "length": lengths},
    "switch_off": {"step": steps_to_choose},
    "switch_on": {"step": steps_to_choose},
    "move": {"step": steps_to_choose, "after": steps_to_choose},
    "recount": {"what": st.sampled_from(["work", "waiting", "rest"])},
    "deadline": {"until": st.none() | st.datetimes(timezones=st.just(UTC))},
    "slept": {"length": lengths},
}
"""What the verbs are given, some of it wrong."""
GIVEN = {verb: st.tuples(st.just(verb), st.fixed_dictionaries(DETAILS.get(verb, {}))) for verb in VERBS}
OFTEN = ["done", "skip", "undo", "redo", "pause", "resume", "goto", "slept", "count_sleep"]
verbs_with_details = st.sampled_from([*OFTEN, *OFTEN, *sorted(VERBS)]).flatmap(GIVEN.__getitem__)


class Runs(RuleBasedStateMachine):
    """Up to three runs of one person, on one machine, in one folder."""

    @initialize(boot=st.sampled_from(["boot-0", ""]))
    def set_up(self, boot: str) -> None:
        self.folder = tempfile.mkdtemp(dir=FOLDER)
        self.store = OpenRuns(self.folder, f"{self.folder}/second")
        self.clock = ManualClock(datetime(2026, 10, 24, 21, 30, tzinfo=UTC), boot=boot)
        self.found: list[OpenRun] = []
        self.boots = 0
        self.seen: dict[str, datetime] = {}
        self.begin(preparing=False)

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.check_cut_journals()
            self.check_all_taken_back_and_brought_back()
            shutil.rmtree(self.folder)

    @precondition(lambda self: len(self.found) < 3)
    @rule(preparing=st.booleans())
    def begin(self, preparing: bool) -> None:
        run = f"{10**15 + len(self.found)}"
        started = start(self.clock.read(), run=run, device="desk", snapshot=SNAPSHOT, preparing=preparing)
        with self.store.lock():
            self.found.append(self.store.create(started))

    @rule(length=lengths)
    def work(self, length: timedelta) -> None:
        self.clock.advance(length)

    @rule(length=lengths)
    def sleep(self, length: timedelta) -> None:
        self.clock.sleep(length)

    @rule(days=st.integers(-9000, 9000), more=lengths)
    def set_the_wall_clock(self, days: int, more: timedelta) -> None:
        if 1990 < (self.clock.reading.wall + timedelta(days=days)).year < 2090:
            self.clock.step_wall(timedelta(days=days) + more)

    @rule(length=lengths)
    def restart(self, length: timedelta) -> None:
        self.boots += 1
        self.clock.reboot(length, boot=f"boot-{self.boots}")

    @rule(zone=st.sampled_from(["Europe/Berlin", "America/St_Johns", "UTC"]))
    def travel(self, zone: str) -> None:
        reading = self.clock.reading
        self.clock.reading = reading.replaced(wall=reading.wall.astimezone(ZoneInfo(zone)), zone=zone)

    @rule(which=st.integers(0, 2), verb=verbs_with_details, back=st.none() | lengths)
    def act(self, which: int, verb: tuple[str, dict[str, Any]], back: timedelta | None) -> None:
        place = which % len(self.found)
        open_run = self.found[place]
        name, details = verb
        now = self.clock.read()
        try:
            reading = now if back is None else check_moment(now, now.wall.astimezone(UTC) - back, open_run.live)
            event = VERBS[name](open_run.live, reading, **details)
        except UserError:
            return
        with self.store.lock():
            self.found[place] = self.store.append(open_run, event)
        live = self.found[place].live
        self.seen.pop(live.id, None)  # undo and entering the past change where the run stands
        if name not in ("undo", "redo", "slept"):
            self.check_undo(open_run.live, live)

    def check_undo(self, before: LiveRun, after: LiveRun) -> None:
        """Undo gives what was there before the act, redo what the act made."""
        now = self.clock.read()
        undone = after.then(VERBS["undo"](after, now))
        assert undone.state(now).replaced(acts=0) == before.state(now).replaced(can_redo=True, acts=0)
        redone = undone.then(VERBS["redo"](undone, now))
        assert redone.state(now).replaced(acts=0) == after.state(now).replaced(acts=0)

    @invariant()
    def all_fits(self) -> None:
        if not hasattr(self, "store"):
            return
        now = self.clock.read()
        loaded = self.store.load_all()
        assert loaded.problems == ()
        for open_run, read_again in zip(self.found, loaded.runs, strict=True):
            state = open_run.live.state(now)
            assert read_again.journal == open_run.journal
            assert read_again.live.state(now) == state
            assert open_run.live.standing == (state.state == "running", state.last_event_at)
            time_adds_up(state)
            states_fit_together(state)
            json_round_trips(state)
            self.instants_go_forward(open_run.live, state)

    def instants_go_forward(self, live: LiveRun, state: RunState) -> None:
        end = state.ended_at or state.as_of
        if state.preparing:
            assert state.started_at == end
            assert not any(step.started_at for step in state.steps)
            return
        assert state.started_at <= state.last_event_at <= end <= state.as_of
        for step in state.steps:
            assert step.started_at is None or state.started_at <= step.started_at <= (step.ended_at or end) <= end
        if live.last_act.boot == self.clock.reading.boot != "":
            assert self.seen.get(state.id, state.as_of) <= state.as_of
            self.seen[state.id] = state.as_of
        else:
            self.seen.pop(state.id, None)  # only the wall clock says, and that may be set back

    def check_all_taken_back_and_brought_back(self) -> None:
        """Undo leads back to the beginning, whatever was done and also over the end; redo to where it was."""
        now = self.clock.read()
        for open_run in self.found:
            live = open_run.live
            count = 0
            while live.in_force.to_undo is not None:
                live = live.then(VERBS["undo"](live, now))
                count += 1
            begun = LiveRun.from_events([event for event in live.events if event.kind in ("started", "slept")])
            assert live.state(now).replaced(acts=0, can_redo=False) == begun.state(now).replaced(acts=0)
            for _ in range(count):
                live = live.then(VERBS["redo"](live, now))
            assert live.state(now).replaced(acts=0) == open_run.live.state(now).replaced(acts=0)

    def check_cut_journals(self) -> None:
        """A journal alone that was cut anywhere holds the events before the cut; with its second copy, all."""
        for open_run in self.found:
            journal = open_run.journal
            with open(journal.path, "rb") as file:
                data = file.read()
            ends = [place + 1 for place, byte in enumerate(data) if byte == ord("\n")]
            for cut in {0, 1, *ends, *(end - 1 for end in ends), *(end + 9 for end in ends[:-1])}:
                cut_short = put_together(journal.path, journal.second.path, data[:cut], None)
                whole = sum(end <= cut for end in ends)
                assert cut_short.events == journal.events[:whole]
                assert (cut_short.first.state == "torn") == (cut not in (0, *ends))
                for files in ((data, data[:cut]), (data[:cut], data)):
                    assert put_together(journal.path, journal.second.path, *files).events == journal.events
            assert read_journal(journal.path, journal.second.path) == journal


def time_adds_up(state: RunState) -> None:
    assert left_over(state) == ZERO
    assert state.active == sum((step.active for step in state.steps if step.active), ZERO)
    assert state.paused == sum((step.paused for step in state.steps), ZERO)
    assert min(state.active, state.paused, state.waiting, state.asleep, state.step_elapsed) >= ZERO
    assert min(step.active or ZERO for step in state.steps) >= ZERO
    assert ZERO <= state.asleep_pending <= state.asleep


def states_fit_together(state: RunState) -> None:
    current = [place for place, step in enumerate(state.steps) if step.state == "current"]
    assert current == ([] if state.current is None else [state.current])
    assert (state.current is None) == (state.ended_at is not None) == (state.state in ("finished", "abandoned"))
    left = {place for place, step in enumerate(state.steps) if step.state in ("done", "skipped")}
    assert set(state.order_done) <= left
    assert len(set(state.order_done)) == len(state.order_done)
    assert len({step.id for step in state.steps}) == len(state.steps)
    assert (state.paused_since is not None) == (state.state == "paused")


def json_round_trips(state: RunState) -> None:
    written = run_json(state)
    read = run_from_json(written)
    assert run_json(read) == written
    assert left_over(read) == ZERO


SEQUENCES = int(os.environ.get("PROCROUTINE_SEQUENCES", "50"))
Runs.TestCase.settings = settings(
    max_examples=SEQUENCES,
    stateful_step_count=30,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
TestRuns = Runs.TestCase
