"""The flow map of a home's routine tells what its neighbours on the screen tell."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.improvement.basis_reading import read_basis
from procroutine.improvement.draft import Draft
from procroutine.improvement.flow_reading import flow_of_routine
from procroutine.improvement.prediction import predict
from procroutine.improvement.what_if_view import what_if_view
from procroutine.insight.kept import Kept
from procroutine.insight.past_viewer import PastViewer
from procroutine.places import find_places

MINUTE = timedelta(minutes=1)
POSTS = """\
name = "Posts"
schedule = "weekly on Monday"
[[steps]]
id = "gather"
title = "Gather"
planned = "2m"
prepare = true
[[steps]]
id = "write"
title = "Write"
planned = "9m"
[[steps]]
id = "post"
title = "Post"
planned = "3m"
"""
TIMES = ((0, 9, 3), (0, 10, 21), (4, 31, 3), (0, 9, 24), (0, 10, 3), (0, 30, 4), (0, 9, 3), (0, 10, 22))
"""Minutes of the three steps of each run, the first of which is mostly done before it."""


def test_what_if_and_flow_map_tell_one_total_one_lead_time_and_one_time_of_each_step(tmp_path: Path) -> None:
    clock = ManualClock(datetime(2026, 9, 7, 9, 0, tzinfo=UTC))
    (tmp_path / "routines").mkdir()
    file = tmp_path / "routines" / "posts.toml"
    file.write_text(POSTS)
    home = Home(find_places({}, str(tmp_path), None), clock)
    for gather, write, post in TIMES:
        home.start("posts")
        if not gather:
            home.act("goto", step="write")
        for minutes in filter(None, (gather, write, post)):
            clock.advance(minutes * MINUTE)
            ended = home.act("done").ended
        if not ended:
            home.act("finish")
        clock.advance(timedelta(days=7))
    for text in (POSTS, POSTS.replace('"Post"', '"Post it"')):  # what is worded anew was never done as it is
        file.write_text(text)
        home = Home(home.places, clock)
        past = PastViewer(home, Kept(home))
        flow, routine = flow_of_routine(home, past, "posts"), past.routine("posts")
        basis = read_basis(home, past, "posts")
        found = predict(Draft.of(routine), basis)
        assert (flow.active, flow.lead) == (found.now.total, found.now.lead)
        rows = what_if_view(Draft.of(routine), basis, found).rows
        assert [(bar.length, bar.before) for bar in flow.bars] == [(row.time, row.is_before) for row in rows]
        added = sum((bar.length for bar in flow.bars if not bar.before), timedelta())
        assert (added == flow.active) is (not flow.is_drawn)
