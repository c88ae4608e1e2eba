from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from procroutine.clock import ManualClock, SystemClock, milliseconds, to_millisecond, zone_of

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
BEFORE_SUMMER_TIME = datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN)


def test_a_clock_that_is_moved_counts_time_awake_asleep_and_off() -> None:
    clock = ManualClock(datetime(2026, 11, 19, 9, tzinfo=UTC))
    first = clock.read()
    clock.advance(HOUR)
    clock.sleep(2 * HOUR)
    slept = clock.read()
    assert slept.wall - first.wall == 3 * HOUR
    assert slept.since_boot - first.since_boot == 3 * HOUR
    assert slept.awake - first.awake == HOUR
    clock.reboot(HOUR, "boot-2")
    assert clock.read().wall - first.wall == 4 * HOUR
    assert (clock.read().boot, clock.read().since_boot, clock.read().awake) == ("boot-2", timedelta(), timedelta())


def test_setting_the_wall_clock_lets_no_time_go_by() -> None:
    clock = ManualClock(datetime(2026, 11, 19, 9, tzinfo=UTC))
    first = clock.read()
    clock.step_wall(-5 * HOUR)
    assert clock.read().wall - first.wall == -5 * HOUR
    assert clock.read().since_boot == first.since_boot


def test_an_hour_across_the_change_to_summer_time_is_an_hour() -> None:
    clock = ManualClock(BEFORE_SUMMER_TIME, "Europe/Berlin")
    clock.advance(HOUR)
    assert clock.read().wall.hour == 3
    assert clock.read().wall.astimezone(UTC) - BEFORE_SUMMER_TIME.astimezone(UTC) == HOUR


def test_a_reading_of_an_earlier_moment_is_earlier_on_all_clocks() -> None:
    clock = ManualClock(BEFORE_SUMMER_TIME, "Europe/Berlin")
    first = clock.read()
    clock.advance(HOUR)
    assert clock.read().at(BEFORE_SUMMER_TIME) == first


def test_a_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        ManualClock(datetime(2026, 11, 19, 9))


def test_stored_instants_and_lengths_are_cut_to_the_millisecond() -> None:
    assert to_millisecond(datetime(2026, 1, 1, 0, 0, 0, 123_999)).microsecond == 123_000
    assert milliseconds(timedelta(seconds=1, microseconds=999)) == 1000
    assert milliseconds(timedelta(microseconds=-1)) == -1


def test_the_clocks_of_this_machine_run_forward_together() -> None:
    first, second = SystemClock().read(), SystemClock().read()
    assert first.wall.tzinfo is not None
    assert first.wall.microsecond % 1000 == 0
    assert second.boot == first.boot
    assert second.since_boot >= first.since_boot
    assert second.awake >= first.awake
    assert first.since_boot >= first.awake - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("value", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (":Europe/Berlin", "Europe/Berlin"),
        (":/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("/home/me/there", ""),
        ("", ""),
    ],
)
def test_the_zone_is_named_as_the_environment_says(value: str, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", value)
    assert SystemClock().read().zone == zone


def test_the_zone_is_the_one_that_is_named_with_its_changes_of_the_clocks() -> None:
    clock = ManualClock(datetime(2026, 11, 19, 9, tzinfo=timezone(HOUR)), "Europe/Berlin")
    assert datetime(2026, 7, 1, tzinfo=zone_of(clock.read())).utcoffset() == 2 * HOUR


@pytest.mark.parametrize("name", ["", "Europe", "Nowhere/At_all", "../etc/passwd", "EST5EDT,M3.2.0,M11.1.0"])
def test_the_offset_has_to_do_where_the_name_of_the_zone_is_no_help(name: str) -> None:
    clock = ManualClock(datetime(2026, 11, 19, 9, tzinfo=timezone(HOUR)), name)
    assert datetime(2026, 7, 1, tzinfo=zone_of(clock.read())).utcoffset() == HOUR
