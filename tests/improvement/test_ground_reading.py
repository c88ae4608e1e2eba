"""Reading what the review rests on, from a home: once, in bulk, as it was really done."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from procroutine.cli.main import run_command
from procroutine.clock import ManualClock
from procroutine.history.home import Home
from procroutine.improvement.ground import Wait, runs_a_week
from procroutine.improvement.ground_reading import read_ground
from procroutine.improvement.review import review_of
from procroutine.places import find_places
from procroutine.routine.schedule import parse_schedule
from tests.improvement.histories import routine, step

SALE = """\
name = "Sale"
owner = "Ana"
schedule = "weekly on Monday"
[systems.mail]
name = "Mail"
[[steps]]
id = "send"
title = "Send it"
systems = ["mail"]
{more}
[[steps]]
id = "approve"
title = "Approve"
person = "Bo"
[[steps]]
id = "book"
title = "Book it"
"""


class House:
    """A home with one routine, and a clock to be moved."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock(datetime(2026, 11, 2, 9, 0, tzinfo=ZoneInfo("Europe/Berlin")), zone="Europe/Berlin")
        self.folder = folder / "routines"
        self.folder.mkdir(parents=True)
        self.write(SALE.format(more=""))
        self.home = Home(find_places({}, str(folder), None), self.clock)

    def write(self, text: str) -> None:
        (self.folder / "sale.toml").write_text(text)

    def act(self, verb: str, minutes: float = 0, **details: Any) -> None:
        self.clock.advance(timedelta(minutes=minutes))
        self.home.act(verb, **details)

    def run(self) -> None:
        self.home.start("sale")
        self.act("done", 5)
        self.act("done", 2)
        self.act("done", 3)
        self.clock.advance(timedelta(days=7))


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "home")


def test_a_run_is_read_as_it_was_done(house: House) -> None:
    house.home.start("sale")
    house.act("goto", step="book")
    house.act("done", 3)
    house.act("done", 5)
    house.act("waiting", 1, text="Bo")
    house.act("note", 60, text="still waiting")
    house.act("skip", 60)
    house.act("undo")
    house.act("done")
    (found,) = read_ground(house.home).routines
    (run,) = found.runs
    assert run.order == ("book", "send", "approve")
    assert run.time("send") == timedelta(minutes=5)
    assert run.steps["send"].systems == ("mail",)
    assert run.steps["approve"].person == "Bo"
    assert run.waits == (Wait(step="approve", text="Bo", length=run.waiting),)
    assert run.waiting == timedelta(hours=2)
    assert run.lead == run.active + run.waiting
    assert (found.a_week, found.total_runs) == (1.0, 1)


def test_only_work_that_it_still_is_counts_as_the_same(house: House) -> None:
    house.run()
    house.write(
        SALE.format(more='instructions = "Look twice."\nplanned = "9m"').replace('person = "Bo"', 'person = "Cy"')
    )
    house.run()
    (found,) = read_ground(house.home).routines
    first, second = found.runs
    assert [part.same for part in first.steps.values()] == [False, True, True]
    assert all(part.same for part in second.steps.values())
    assert first.steps["approve"].person == "Bo"
    assert found.times("send") == (timedelta(minutes=5),)
    assert len(found.times("send", same=False)) == 2


def test_a_step_that_is_gone_is_called_by_the_last_title_it_had(house: House) -> None:
    house.run()
    house.write(SALE.format(more="").replace("Approve", "Let Bo look"))
    house.run()
    house.write(SALE.format(more="").split('[[steps]]\nid = "approve"')[0])
    (found,) = read_ground(house.home).routines
    assert [found.title(one) for one in ("send", "approve", "never")] == ["Send it", "Let Bo look", "never"]


def test_imported_runs_count_as_the_present_revision(house: House, tmp_path: Path) -> None:
    runs = {
        "runs": [
            {
                "id": "r1",
                "routine": "sale",
                "state": "finished",
                "outcome": "met",
                "started_at": "2026-10-05T09:00:00+02:00",
                "ended_at": "2026-10-05T09:07:00+02:00",
                "steps": [
                    {"id": "send", "state": "done", "active_seconds": 300},
                    {"id": "approve", "state": "done", "active_seconds": 120, "combined": True},
                    {"id": "book", "state": "skipped", "active_seconds": None},
                    {"id": "gone", "title": "Look twice", "state": "done", "active_seconds": 60},
                ],
            }
        ]
    }
    path = tmp_path / "runs.json"
    path.write_text(json.dumps(runs))
    run_command(["--home", str(tmp_path / "home"), "import", str(path)], {}, house.clock)
    (found,) = read_ground(house.home).routines
    (run,) = found.runs
    assert run.steps["send"].systems == ("mail",)
    assert run.steps["approve"].person == "Bo"
    assert run.time("approve") is None
    assert run.outcome == "met"
    assert [found.title(one) for one in ("send", "gone")] == ["Send it", "Look twice"]


def test_runs_left_out_deleted_or_given_up_tell_no_totals(house: House) -> None:
    for _ in range(4):
        house.run()
    ids = [head.id for head in house.home.heads()]
    house.home.history().delete(ids[0])
    house.home.history().leave_out(ids[1], "the telephone")
    house.home.start("sale")
    house.act("done", 5)
    house.act("abandon", 1)
    (found,) = read_ground(house.home).routines
    assert len(found.runs) == 3
    assert len(found.finished) == found.total_runs == 2
    assert len(found.times("send")) == 3


def foreign(number: int, state: str, waited: int) -> dict[str, Any]:
    begun = datetime(2026, 7, 1, 9, tzinfo=ZoneInfo("Europe/Berlin")) + timedelta(days=number)
    return {
        "id": f"r{number}",
        "routine": "sale",
        "state": state,
        "started_at": begun.isoformat(),
        "ended_at": (begun + timedelta(seconds=300 + waited)).isoformat(),
        "waiting_seconds": waited,
        "steps": [{"id": "send", "state": "done", "active_seconds": 300}],
    }


def test_runs_that_were_given_up_take_nothing_from_how_often_was_waited(house: House, tmp_path: Path) -> None:
    runs = [foreign(number, "finished" if number < 6 else "abandoned", 3600 * (number < 6)) for number in range(42)]
    path = tmp_path / "runs.json"
    path.write_text(json.dumps({"runs": runs}))
    run_command(["--home", str(tmp_path / "home"), "import", str(path)], {}, house.clock)
    (lever,) = [one for one in review_of(read_ground(house.home)).levers if one.kind == "waiting"]
    assert lever.sentence.startswith('6 of 6 runs waited in or after "Send it", in the middle 1h00')


def test_the_newest_runs_are_read_and_each_file_is_told(house: House) -> None:
    for _ in range(3):
        house.run()
    told: list[tuple[int, int]] = []
    (found,) = read_ground(house.home, lambda done, of: told.append((done, of))).routines
    assert [run.day for run in found.runs] == [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]
    assert told == [(1, 1)]


def test_a_broken_file_is_no_ground_and_hides_none(house: House) -> None:
    (house.folder / "broken.toml").write_text("name = 1")
    house.run()
    ground = read_ground(house.home)
    assert [one.routine.id for one in ground.routines] == ["sale"]
    assert set(review_of(ground).corners) == {"sale"}


def test_a_weeks_worth_is_by_the_schedule_else_by_the_runs() -> None:
    today = date(2026, 11, 19)
    weekly, daily = routine(step("a")), [date(2026, 11, 2) + timedelta(days=day) for day in range(15)]
    assert runs_a_week(weekly.replaced(schedule=parse_schedule("weekdays")), [], today) == pytest.approx(5, abs=0.03)
    every_other = weekly.replaced(schedule=parse_schedule("every 2 weeks on Fri"))
    assert runs_a_week(every_other, daily, today) == 0.5
    # 15 runs with two weeks between the first and the last.
    assert runs_a_week(weekly, daily, today) == 7.5
    assert runs_a_week(weekly, daily[:3], today) == 3
    assert runs_a_week(weekly, [], today) == 0
    ended = weekly.replaced(schedule=parse_schedule("FREQ=WEEKLY;UNTIL=20251231T000000Z;BYDAY=MO"))
    assert runs_a_week(ended, daily, today) == 7.5


def test_of_a_number_that_two_devices_gave_the_runs_of_the_other_definition_are_of_none(tmp_path: Path) -> None:
    here, there = House(tmp_path / "here"), House(tmp_path / "there")
    for house, more in ((here, 'planned = "9m"'), (there, 'planned = "4m"')):
        house.run()
        house.write(SALE.format(more=more))
        house.run()
        house.write(SALE.format(more=more).replace('"Sale"', '"Sales"'))  # no other definition of how it is done
        house.run()
    for file in Path(there.home.places.history).glob("*.json"):
        shutil.copy(file, here.home.places.history)
    (found,) = read_ground(Home(here.home.places, here.clock)).routines
    assert sorted(str(run.revision) for run in found.runs) == ["1", "1", "2", "2", "None", "None"]
    assert {run.steps["send"].same for run in found.runs if run.revision == 2} == {True}
