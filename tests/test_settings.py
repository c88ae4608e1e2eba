from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from procroutine.settings import BellSetting, ComparisonSetting, NoticeSetting, SettingProblem, Settings, read_settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_without_a_file_the_defaults_hold(file: Path) -> None:
    assert read_settings(str(file)) == (Settings(), ())
    assert Settings() == Settings(
        theme="procroutine-dark", bell=BellSetting.OVER, open_command=None, comparison=ComparisonSetting.USUAL
    )


def test_every_setting_is_read(file: Path) -> None:
    file.write_text(
        'format = 1\ntheme = "nord"\nbell = "never"\nopen_command = "firefox --new-window"\ncomparison = "best"\n'
        'notices = "always"\nlong_pause = "5m"\nmedian_limits = true\nhours_a_week = "10h"\n'
    )
    chosen = Settings(
        theme="nord",
        bell=BellSetting.NEVER,
        open_command="firefox --new-window",
        comparison=ComparisonSetting.BEST,
        notices=NoticeSetting.ALWAYS,
        long_pause=timedelta(minutes=5),
        median_limits=True,
        hours_a_week=timedelta(hours=10),
    )
    assert read_settings(str(file)) == (chosen, ())


def test_an_unknown_key_is_named_with_its_line_and_the_nearest_and_the_rest_holds(file: Path) -> None:
    file.write_text('comparison = "last"\n\nthem = "nord"\n')
    chosen, problems = read_settings(str(file))
    assert chosen == Settings(comparison=ComparisonSetting.LAST)
    problem, remedy = "'them' is not a key of the settings", "write theme"
    assert problems == (SettingProblem(file=str(file), line=3, key="them", problem=problem, remedy=remedy),)
    assert str(problems[0]) == f"{file}:3: 'them' is not a key of the settings; write theme"


@pytest.mark.parametrize(
    ("text", "key", "remedy"),
    [
        ('bell = "ovr"', "bell", '"over"'),
        ("bell = true", "bell", "in quotes"),
        ('comparison = "usuall"', "comparison", '"usual"'),
        ("theme = 1", "theme", "in quotes"),
        ('notices = "alway"', "notices", '"always"'),
        ("long_pause = 5", "long_pause", "5m"),
        ("hours_a_week = 10", "hours_a_week", '= "10h"'),
        ('hours_a_week = "200h"', "hours_a_week", "such as 10h"),
        ('median_limits = "yes"', "median_limits", "true"),
        ("open_command = 'fire\"fox'", "open_command", "close the quotes"),
        ("format = 2", "format", "newer procroutine"),
        ("format = true", "format", "format = 1"),
        ("theme = ", None, "put text in quotes"),
    ],
)
def test_a_bad_setting_leaves_its_default(file: Path, text: str, key: str | None, remedy: str) -> None:
    file.write_text(text)
    chosen, (problem,) = read_settings(str(file))
    assert chosen == Settings()
    assert (problem.line, problem.key) == (1, key)
    assert remedy in problem.remedy


def test_what_is_no_file_is_told_and_the_defaults_hold(tmp_path: Path, file: Path) -> None:
    file.mkdir()
    chosen, (problem,) = read_settings(str(file))
    assert chosen == Settings()
    assert "folder" in str(problem)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.binary(max_size=60))
def test_any_bytes_give_settings(file: Path, data: bytes) -> None:
    file.write_bytes(data)
    chosen, problems = read_settings(str(file))
    assert isinstance(chosen, Settings)
    assert all(problem.problem and problem.remedy for problem in problems)
