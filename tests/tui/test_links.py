"""Opening addresses: what is opened, by what, and what is said where it cannot be."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from procroutine.tui.links import Links, open_words

ADDRESS = "https://example.org/a?b=1"


class Told:
    """Remembers what was said and copied."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.copied: list[str] = []
        self.again = threading.Event()

    def later(self, call: Callable[[], None]) -> None:
        call()
        self.again.set()


@pytest.fixture
def told() -> Told:
    return Told()


def links(told: Told, command: str | None, **environment: str) -> Links:
    return Links(told.said.append, told.copied.append, command, environment, "linux")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "ssh://-oProxyCommand=x",
        "--version",
        "/etc/passwd",
        "https://a b",
        "https://a\x1b[2J",
        "data:x",
        "file://elsewhere.example/share/x",
        "file:////elsewhere.example/share/x",
        "file:\\\\elsewhere\\x",
        "file:x",
        "",
    ],
)
def test_other_schemes_and_odd_addresses_are_only_shown(told: Told, address: str) -> None:
    assert not links(told, "false").open(address, told.later)
    assert told.said[0].startswith("Not opened")
    assert "\x1b" not in told.said[0]
    assert told.copied == []


@pytest.mark.parametrize("environment", [{}, {"SSH_CONNECTION": "x", "DISPLAY": ":0"}, {"SSH_TTY": "/dev/pts/1"}])
def test_without_a_display_and_over_ssh_the_address_is_shown_and_copied(
    told: Told, environment: dict[str, str]
) -> None:
    assert not links(told, None, **environment).open(ADDRESS, told.later)
    assert told.copied == [ADDRESS]
    assert ADDRESS in told.said[0]


def test_the_command_of_the_settings_gets_the_address_as_one_word_without_a_shell(told: Told, tmp_path: Path) -> None:
    script = tmp_path / "open"
    script.write_text(
        f'#!/bin/sh\nprintf "%s|" "$@" > "{tmp_path}/got.tmp"\nmv "{tmp_path}/got.tmp" "{tmp_path}/got"\nexit 3\n'
    )
    script.chmod(0o755)
    assert links(told, f"{script} --new 'a b'").open("https://example.org/;touch", told.later)
    assert told.again.wait(30)
    assert (tmp_path / "got").read_text() == "--new|a b|https://example.org/;touch|"


def test_a_program_that_fails_is_told_afterwards(told: Told) -> None:
    assert links(told, f"{sys.executable} -c 'raise SystemExit(1)'").open(ADDRESS, told.later)
    assert told.again.wait(30)
    assert told.said == [f"Opening {ADDRESS}", f"Open it yourself, it is on the clipboard: {ADDRESS}"]
    assert told.copied == [ADDRESS]


class Browser:
    """A program that runs longer than one waits for it to fail, and then ends badly."""

    def wait(self, seconds: float | None = None) -> int:
        if seconds is not None:
            raise subprocess.TimeoutExpired("browser", seconds)
        return 1


def test_a_browser_that_ends_badly_long_after_takes_no_clipboard(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Links, "_start", lambda _links, _words: Browser())
    before = set(threading.enumerate())
    assert links(told, "browser").open(ADDRESS, told.later)
    for waiting in set(threading.enumerate()) - before:
        waiting.join(30)
    assert told.copied == []
    assert told.said == [f"Opening {ADDRESS}"]


@pytest.mark.parametrize("command", ["no-such-program-here", "no\0such"])
def test_a_program_that_is_not_there_is_told_at_once(told: Told, command: str) -> None:
    assert not links(told, command).open(ADDRESS, told.later)
    assert told.copied == [ADDRESS]


@pytest.mark.parametrize(
    ("platform", "environment", "words"),
    [
        ("darwin", {}, ["open"]),
        ("win32", {}, ["rundll32", "url.dll,FileProtocolHandler"]),
        ("linux", {"DISPLAY": ":0"}, ["xdg-open"]),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, ["xdg-open"]),
        ("linux", {}, None),
    ],
)
def test_each_system_opens_in_its_own_way(platform: str, environment: dict[str, str], words: list[str] | None) -> None:
    assert open_words(None, environment, platform) == words
