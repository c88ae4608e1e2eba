"""The program as people have it: installed from a wheel, byte code compiled, with two years of made-up history."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
BARE = str(CHECKOUT / "tests" / "benchmarks" / "bare_app.py")
"""The least that a Textual app can be."""


@dataclass(frozen=True, slots=True)
class Installed:
    """An environment of its own with the program in it, and a home."""

    python: str
    command: str
    home: str
    untouched: str = ""
    """The home as it was at first: the runs that probes make change what is usual."""

    def words(self, *words: str) -> list[str]:
        """Give a command line of the program on this home."""
        return [self.command, "--home", self.home, *words]


def plain_environment() -> dict[str, str]:
    """Give the environment that everything measured runs in: a usual terminal, and Python as it is by default."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "PROCROUTINE")) and key not in ("LINES", "COLUMNS", "NO_COLOR")
    }
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}


def install(folder: Path) -> Installed:
    """Install the checkout into a new environment, which takes what it needs from the one this runs in."""
    environment = folder / "environment"
    call([sys.executable, "-m", "venv", str(environment)])
    python = environment / "bin" / "python"
    packages = Path(call([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]).strip())
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    call([str(python), "-m", "pip", "install", "--quiet", "--no-deps", str(CHECKOUT)])
    installed = Installed(
        str(python), str(environment / "bin" / "procroutine"), str(folder / "home"), str(folder / "untouched")
    )
    call([installed.command, "demo", "--prepare", "--keep", installed.home])
    shutil.copytree(installed.home, installed.untouched)
    return installed


@contextmanager
def own_home(installed: Installed) -> Iterator[Installed]:
    """Give the program with a copy of its home as it was at first, which nothing else shows or changes."""
    with tempfile.TemporaryDirectory(dir=Path(installed.home).parent) as folder:
        home = shutil.copytree(installed.untouched or installed.home, Path(folder, "home"))
        yield replace(installed, home=str(home))


def call(words: list[str], environment: dict[str, str] | None = None) -> str:
    """Run a program to its end and give what it printed; leave with its complaint where it fails."""
    done = subprocess.run(
        words, env=environment or plain_environment(), capture_output=True, text=True, check=False, cwd=CHECKOUT.parent
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout
