"""This week as it was kept is this week as it is, whatever happened since."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procroutine.clock import ManualClock
from procroutine.errors import DoesNotFit
from procroutine.history.home import Home
from procroutine.insight import kept_week
from procroutine.insight.kept_week import is_past_as_kept, kept_path, kept_view, source_of
from procroutine.insight.viewer import Viewer
from procroutine.insight.views.later import Later
from procroutine.insight.views.week import RoutineDetail, RoutineRow, RowState, WeekView
from procroutine.insight.views.written import read_row
from procroutine.places import Places, find_places
from procroutine.weeks import week_of

MORNING = datetime(2026, 10, 22, 9, 30, tzinfo=ZoneInfo("Europe/Berlin"))
"""A Thursday; the clocks go back on the Sunday after it."""
ROUTINE = """
name = "{name}"
goal = "10m"
schedule = "{schedule}"
purpose = "To have it done"
[[steps]]
id = "write"
title = "Write"
planned = "5m"
[[steps]]
id = "send"
title = "Send \\u001b[31m it"
planned = "7m"
"""
SCHEDULES = {
    "posts": "weekly on Monday",
    "tidy": "every day at 11:00",
    "bills": "monthly on 23",
    "someday": "every week",
}
POSTS = "posts.toml"


class Desk:
    """A home, its clock, and what a person or another program does to it."""

    def __init__(self, folder: Path) -> None:
        self.places = find_places({}, str(folder))
        self.clock = ManualClock(MORNING, zone="Europe/Berlin")
        self.routines = folder / "routines"
        self.routines.mkdir()
        for name, schedule in SCHEDULES.items():
            (self.routines / f"{name}.toml").write_text(ROUTINE.format(name=name.title(), schedule=schedule))
        self.viewer = Viewer(self.home)

    @property
    def home(self) -> Home:
        return Home(self.places, self.clock)

    def drawn_anew(self) -> WeekView:
        """Draw without anything kept."""
        with TemporaryDirectory() as cache:
            return Viewer(Home(self.places.replaced(cache=cache), self.clock)).week()

    def kept(self) -> WeekView | None:
        reading = self.clock.read()
        source = source_of(self.places, reading.zone)
        return None if source is None else kept_view(self.places, source, reading)

    def keep(self) -> None:
        """Draw, and keep all of it, as when the files were left alone for a while."""
        self.home.library()
        library = Path(self.places.cache, "library.json")
        later = library.stat().st_mtime_ns + 3_000_000_000
        os.utime(library, ns=(later, later))
        viewer = Viewer(self.home)
        viewer.week()
        while viewer.keep():
            pass

    def write(self, name: str, text: str) -> None:
        """Write a routine file, as often as it takes until the time of its change is another."""
        path = self.routines / name
        before = path.stat().st_ctime_ns if path.exists() else 0
        path.write_text(text)
        while path.stat().st_ctime_ns == before:
            path.write_text(text)

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.routines / name
        if path.exists():
            self.write(name, path.read_text().replace(old, new))

    def run(self, routine: str, *, end: str = "finish", minutes: int = 3) -> None:
        """Begin a run and go on with it until it is `paused`, `running`, or done with `end`."""
        home = self.home
        entry = home.library().entries.get(routine)
        if entry is None or entry.routine is None:
            return
        home.start(routine)
        self.clock.advance(timedelta(minutes=minutes))
        home.act("done")
        self.clock.advance(timedelta(minutes=1))
        if end != "running":
            home.act(end)

    def end_all(self) -> None:
        home = self.home
        for run in home.open_runs():
            home.act("finish", run=run.id)

    def off(self, routine: str | None) -> None:
        self.home.declare_off(routine, week_of(self.clock.read().wall), "Holiday")

    def add_redline(self) -> None:
        self.home.history().add_redline("posts", "Fewer pictures")

    def drop_redlines(self) -> None:
        for line in self.home.overview(0).redlines:
            self.home.history().settle_redline(line.id, "dropped")

    def with_loose_end(self, kind: str) -> None:
        """Write one down, or do something with the oldest, where that can be done."""
        history = self.home.history()
        with suppress(DoesNotFit):
            if kind == "written":
                history.add_loose_end("Call \u202e the bank")
            elif kind == "undone":
                history.undo_loose_end()
            else:
                history.act_on_loose_end(next((one.id for one in history.loose_ends()), ""), kind)

    def from_elsewhere(self) -> None:
        """Let another device finish a run, into the folder that both share."""
        own = f"{self.places.cache}-elsewhere"
        other = find_places({}, own).replaced(history=self.places.history, routines=self.places.routines)
        home = Home(other, self.clock)
        if home.library().entries["tidy"].routine is not None:
            home.start("tidy")
            home.act("done")
            home.act("finish")

    def move(self, zone: str) -> None:
        """Travel."""
        wall = self.clock.reading.wall.astimezone(ZoneInfo(zone))
        self.clock.reading = self.clock.reading.replaced(wall=wall, zone=zone)

    def spoil(self, folder: str, change: Callable[[bytes], bytes]) -> None:
        """Change every file of a part of the cache."""
        for path in sorted(Path(self.places.cache, folder).glob("*")):
            path.write_bytes(change(path.read_bytes()))


def run_in(routine: str, end: str) -> Callable[[Desk], None]:
    return lambda desk: desk.run(routine, end=end)


def loose_end(kind: str) -> Callable[[Desk], None]:
    return lambda desk: desk.with_loose_end(kind)


def later(**length: int) -> Callable[[Desk], None]:
    return lambda desk: desk.clock.advance(timedelta(**length))


ACTS: dict[str, Callable[[Desk], None]] = {
    "finish posts": run_in("posts", "finish"),
    "finish tidy": run_in("tidy", "finish"),
    "abandon bills": run_in("bills", "abandon"),
    "pause someday": run_in("someday", "pause"),
    "leave posts running": run_in("posts", "running"),
    "end all": Desk.end_all,
    "a minute": later(minutes=1),
    "hours": later(hours=7),
    "a day": later(days=1),
    "days": later(days=4),
    "weeks": later(days=15),
    "back": lambda desk: desk.clock.step_wall(-timedelta(hours=20)),
    "another goal of the same length": lambda desk: desk.edit(POSTS, '"10m"', '"20m"'),
    "another day": lambda desk: desk.edit(POSTS, "Monday", "Friday"),
    "broken": lambda desk: desk.edit("tidy.toml", "[[steps]]", "[[steps"),
    "mended": lambda desk: desk.write("tidy.toml", ROUTINE.format(name="Tidy", schedule="every day")),
    "touched": lambda desk: desk.edit("bills.toml", "", ""),
    "new": lambda desk: desk.write("new.toml", ROUTINE.format(name="New \\u202e", schedule="weekly on Sunday")),
    "gone": lambda desk: (desk.routines / POSTS).unlink(missing_ok=True),
    "off": lambda desk: desk.off(None),
    "tidy off": lambda desk: desk.off("tidy"),
    "a redline": lambda desk: desk.add_redline(),
    "redlines dropped": lambda desk: desk.drop_redlines(),
    **{f"loose end {kind}": loose_end(kind) for kind in ("written", "done", "dropped", "undone")},
    "elsewhere": Desk.from_elsewhere,
    "to London": lambda desk: desk.move("Europe/London"),
    "to Tokyo": lambda desk: desk.move("Asia/Tokyo"),
    "indexes gone": lambda desk: desk.spoil("heads", lambda _: b""),
    "kept cut": lambda desk: desk.spoil("week", lambda data: data[:-5]),
    "kept damaged": lambda desk: desk.spoil("week", lambda data: data[:70] + b"!" + data[71:]),
}


@contextmanager
def desk_in_folder() -> Iterator[Desk]:
    with TemporaryDirectory() as folder:
        yield Desk(Path(folder))


@given(st.lists(st.sampled_from(sorted(ACTS)), min_size=1, max_size=8))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_kept_week_is_the_week_drawn_anew(acts: list[str]) -> None:
    with desk_in_folder() as desk:
        desk.keep()
        for act in acts:
            ACTS[act](desk)
            anew = repr(desk.drawn_anew())
            assert repr(Viewer(desk.home).week()) == anew
            assert repr(desk.viewer.week()) == anew
            desk.keep()
            assert repr(Viewer(desk.home).week()) == anew


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.run("posts")
    made.run("someday", end="pause")
    made.keep()
    return made


def test_it_is_kept_for_today_and_until_the_same_day_of_next_week(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.clock.advance(timedelta(days=7))  # past the change of the clocks, about which days are drawn anew
    desk.run("posts")
    desk.keep()
    for _ in range(8):
        assert repr(desk.kept()) == repr(desk.drawn_anew())
        desk.clock.advance(timedelta(days=1))
    assert desk.kept() is None


def test_days_around_a_change_of_the_clocks_are_not_kept(desk: Desk) -> None:
    desk.clock.advance(timedelta(days=3))
    assert desk.kept() is None
    desk.clock.advance(timedelta(days=1))
    assert repr(desk.kept()) == repr(desk.drawn_anew())


def test_the_time_at_which_a_run_would_end_goes_on(desk: Desk) -> None:
    def times() -> list[str | None]:
        view = desk.kept()
        assert view is not None
        return [row.detail.key_time for _, rows in view.groups for row in rows]

    before = times()
    desk.clock.advance(timedelta(hours=13, minutes=58))
    assert before != times()
    assert repr(desk.kept()) == repr(desk.drawn_anew())


@pytest.mark.parametrize("end", ["running", "shown"])
def test_nothing_is_kept_while_a_run_goes_on_or_is_shown(desk: Desk, end: str) -> None:
    desk.run("tidy", end="pause" if end == "shown" else end)
    if end == "shown":
        Path(desk.places.open_runs, f"{desk.home.open_runs()[0].id}.shown").touch()
    desk.keep()
    assert desk.kept() is None


def test_a_damaged_history_is_told_of_each_time(desk: Desk) -> None:
    assert is_past_as_kept(desk.places, desk.clock.read())
    (year,) = Path(desk.places.history).glob("*.json")
    year.write_bytes(year.read_bytes()[:-20])
    assert not is_past_as_kept(desk.places, desk.clock.read())
    assert Viewer(desk.home).week().quiet_lines


def test_a_file_changed_a_moment_before_it_was_read_is_not_relied_on(desk: Desk) -> None:
    desk.write(POSTS, ROUTINE.format(name="Posts", schedule="every day"))
    viewer = Viewer(desk.home)
    viewer.week()
    assert not viewer.keep()
    assert desk.kept() is None


def today(places: Places) -> Path:
    return Path(kept_path(places, MORNING.date()))


def sealed(body: bytes) -> bytes:
    return b"%08x\n%b" % (crc32(body), body)


def parts_of(path: Path) -> tuple[list[bytes], bytes, bytes]:
    """Give the lines, the details, and what it was drawn from."""
    lines, _, rest = path.read_bytes().partition(b"\n")[2].partition(b"\n\n")
    length = json.loads(lines.partition(b"\n")[0])["source"]
    return lines.split(b"\n"), rest[:-length], rest[-length:]


def put_together(lines: list[bytes], details: bytes, source: bytes) -> bytes:
    return sealed(b"\n".join(lines) + b"\n\n" + details + source)


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda _: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:40] + b"\xff" + data[41:],
        lambda _: sealed(b"[]"),
        lambda _: sealed(b"[" * 100_000),
        lambda data: sealed(data.partition(b"\n")[2].replace(b'"offset":7200', b'"offset":"much"')),
        lambda data: sealed(data.partition(b"\n")[2].replace(b'"offset":7200', b'"offset":7200,"more":1')),
        lambda data: sealed(data.partition(b"\n")[2].replace(b'"done":1', b'"done":{}')),
        lambda data: sealed(data.partition(b"\n")[2].replace(b'"source":', b'"source":1')),
        lambda data: sealed(data.partition(b"\n")[2].replace(b'"source":', b'"source":-')),
        lambda data: sealed(data.partition(b"\n")[2][:-1] + b"!"),
        lambda data: sealed(data.partition(b"\n")[2].replace(b'"to_go":', b'"to_go":9e999')),
        lambda data: sealed(data.partition(b"\n")[2].replace(b'"done"', b'"undone"')),
        lambda data: sealed(data.partition(b"\n")[2].replace(b'"loose_ends":[]', b'"loose_ends":[5]')),
    ],
)
def test_what_is_no_kept_week_is_not_there(desk: Desk, spoilt: Callable[[bytes], bytes]) -> None:
    anew = repr(desk.drawn_anew())
    path = today(desk.places)
    path.write_bytes(spoilt(path.read_bytes()))
    assert desk.kept() is None
    assert repr(Viewer(desk.home).week()) == anew


def test_a_link_or_a_pipe_in_its_place_is_not_followed(desk: Desk) -> None:
    path = today(desk.places)
    path.rename(path.with_name("moved"))
    path.symlink_to("moved")
    assert desk.kept() is None
    path.unlink()
    os.mkfifo(path)
    assert desk.kept() is None


def test_a_detail_that_somebody_forged_is_drawn_empty(desk: Desk) -> None:
    path = today(desk.places)
    lines, details, source = parts_of(path)
    path.write_bytes(put_together(lines, b"!" * len(details), source))
    view = desk.kept()
    assert view is not None
    row = view.groups[0][1][0]
    assert (row.detail.name, row.detail.chart.points, row.detail.key_action) == (row.name, (), "")


@pytest.mark.parametrize("line", [b"0", b"!", b"[]", b'[["posts"],0,5,false]', b'[[],"a",{},0]'])
def test_a_row_that_somebody_forged_is_one_that_cannot_be_read(desk: Desk, line: bytes) -> None:
    path = today(desk.places)
    (first, head, _, *others), details, source = parts_of(path)
    path.write_bytes(put_together([first, head, line, *others], details, source))
    view = desk.kept()
    assert view is not None
    row, *rest = (row for _, rows in view.groups for row in rows)
    assert (row.routine_id, row.state, row.due_note) == ("", RowState.BROKEN, "cannot be read")
    assert row.detail.chart.points == ()
    assert len(rest) == len(others)
    assert "" not in [row.routine_id for row in rest]


def test_a_view_with_fewer_rows_than_it_tells_of_is_not_there(desk: Desk) -> None:
    path = today(desk.places)
    lines, details, source = parts_of(path)
    path.write_bytes(put_together(lines[:-1], details, source))
    assert desk.kept() is None


def test_only_rows_that_are_looked_at_are_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Any] = []

    def noted(plain: list[Any], drawn: Later[RoutineDetail]) -> RoutineRow:
        read.append(plain)
        return read_row(plain, drawn)

    monkeypatch.setattr(kept_week, "read_row", noted)
    view = desk.kept()
    assert view is not None
    rows = [row for _, rows in view.groups for row in rows]
    assert (len(rows), len(read)) == (4, 0)
    assert rows[2].name
    assert rows[2].streak >= 0
    assert len(read) == 1


def test_forged_texts_cannot_steer_the_terminal(desk: Desk) -> None:
    path = today(desk.places)
    body = path.read_bytes().partition(b"\n")[2].replace(b'"Posts"', b'"\\u001b[2JPosts"')
    path.write_bytes(sealed(body))
    view = desk.kept()
    assert view is not None
    assert "\x1b" not in repr(view).encode().decode("unicode_escape")
    assert any(row.name == "␛[2JPosts" for _, rows in view.groups for row in rows)


def test_views_of_past_days_are_removed(desk: Desk) -> None:
    old = today(desk.places).with_name("2026-01-01")
    old.write_bytes(b"")
    desk.clock.advance(timedelta(days=1))
    desk.run("tidy")
    desk.keep()
    assert not old.exists()
    assert not today(desk.places).exists()


def test_a_zone_nobody_knows_goes_by_the_present_offset(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.clock = ManualClock(datetime(2026, 10, 22, 9, 30, tzinfo=UTC), zone="Nowhere/Land")
    desk.keep()
    assert repr(desk.kept()) == repr(desk.drawn_anew())


def test_loose_ends_are_kept_for_the_days_of_the_next_week_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.clock.advance(timedelta(days=7))  # past the change of the clocks, about which days are drawn anew
    desk.with_loose_end("written")
    desk.keep()
    put_off = []
    for _ in range(8):
        view = desk.kept()
        assert view is not None
        assert repr(view) == repr(desk.drawn_anew())
        put_off += [row.put_off for row in view.loose_ends]
        desk.clock.advance(timedelta(days=1))
    assert put_off == [0] * 4 + [1] * 4
