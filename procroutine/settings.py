"""The settings of a person: `config.toml`, every key of it optional."""

from __future__ import annotations

import os
from datetime import timedelta

from procroutine.choices import Choice
from procroutine.durations import LONG_PAUSE
from procroutine.errors import UserError
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from procroutine.toml_fields import Fields

_FORMAT = 1
WEEK = timedelta(weeks=1)
"""Nobody has more of a week."""
SETTING_KEYS = (
    *("format", "theme", "bell", "notices", "long_pause", "open_command", "comparison", "median_limits"),
    "hours_a_week",
)
"""The keys that a settings file may hold."""


class BellSetting(Choice):
    """When steps ring that do not say it themselves."""

    NEVER = "never"
    HALF = "half"
    OVER = "over"


class NoticeSetting(Choice):
    """When the terminal tells what a step or the total has passed."""

    AWAY = "away"
    """While the terminal has no focus."""
    ALWAYS = "always"


class ComparisonSetting(Choice):
    """What a run in progress is held against."""

    USUAL = "usual"
    BEST = "best"
    LAST = "last"
    AVERAGE = "average"
    PLANNED = "planned"
    GOAL = "goal"
    SUM_OF_BEST = "sum of best"


class Settings(Value):
    """What a person has chosen, or the defaults."""

    theme: str = "procroutine-dark"
    """As written; whether there is such a theme is for the app to say."""
    bell: BellSetting = BellSetting.OVER
    open_command: str | None = None
    """Opens addresses: words as for a shell, the address is added; None: the system's own way."""
    comparison: ComparisonSetting = ComparisonSetting.USUAL
    notices: NoticeSetting = NoticeSetting.AWAY
    long_pause: timedelta = LONG_PAUSE
    """A pause longer than that is asked about when it is over."""
    median_limits: bool = False
    """Whether Trends takes usual ranges by medians (FORMULAS 2) until told otherwise."""
    hours_a_week: timedelta | None = None
    """What the person has for all routines; None where they did not say."""


class SettingProblem(Value):
    """Something wrong in the settings file; the default holds in its place."""

    file: str
    line: int | None
    key: str | None
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Give it as one line."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.problem}; {self.remedy}"

    @property
    def in_brief(self) -> str:
        """The same without the folder of the file, so that the remedy fits into a narrow line."""
        return str(self.replaced(file=os.path.basename(self.file)))


def read_settings(path: str) -> tuple[Settings, tuple[SettingProblem, ...]]:
    """Read the settings file; one that is not there gives the defaults, and no problem."""
    if not os.path.lexists(path):
        return Settings(), ()
    # The first screen waits for this, and most homes have no settings file.
    from procroutine.toml_text import read_small_file, toml_text

    try:
        text = toml_text(read_small_file(path)[0])
    except UserError as error:
        return Settings(), (_unread(path, error, None),)
    return settings_of(path, text)


def settings_of(path: str, text: str) -> tuple[Settings, tuple[SettingProblem, ...]]:
    """Read the text of a settings file."""
    from procroutine.toml_fields import Faults, Fields
    from procroutine.toml_lines import TomlLines
    from procroutine.toml_text import NotToml, toml_table

    try:
        table = toml_table(text)
    except NotToml as error:
        return Settings(), (_unread(path, error, error.line),)
    faults = Faults()
    settings = _settings(Fields(table, faults, TomlLines(text)))
    return settings, tuple(
        SettingProblem(file=path, line=fault.line, key=fault.key, problem=fault.problem, remedy=fault.remedy)
        for fault in faults.sorted()
    )


def _unread(path: str, error: UserError, line: int | None) -> SettingProblem:
    return SettingProblem(file=path, line=line, key=None, problem=error.problem, remedy=error.remedy)


def _settings(fields: Fields) -> Settings:
    fields.refuse_unknown(SETTING_KEYS, "the settings")
    fields.check_format(_FORMAT)
    default = Settings()
    return Settings(
        theme=fields.text("theme") or default.theme,
        bell=fields.word("bell", BellSetting) or default.bell,
        open_command=_command(fields),
        comparison=fields.word("comparison", ComparisonSetting) or default.comparison,
        notices=fields.word("notices", NoticeSetting) or default.notices,
        long_pause=fields.duration("long_pause") or default.long_pause,
        median_limits=fields.flag("median_limits"),
        hours_a_week=_hours(fields),
    )


def _hours(fields: Fields) -> timedelta | None:
    hours = fields.duration("hours_a_week", units="h")
    if hours is not None and hours > WEEK:
        fields.fault("hours_a_week", "a week has 168 hours", "write how many of them you have, such as 10h")
        return None
    return hours


def _command(fields: Fields) -> str | None:
    text = fields.text("open_command")
    if text is None:
        return None
    import shlex

    try:
        shlex.split(text)
    except ValueError:
        fields.fault("open_command", "the command has quotes or a backslash without an end", "close the quotes")
        return None
    return text
