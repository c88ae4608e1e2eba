"""A home in which every text of other people's is one string: routine files, settings, runs, notes, imports."""

from __future__ import annotations

import json
import os
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from procroutine.clock import ManualClock
from procroutine.exchange.own import import_text
from procroutine.history.home import Home
from procroutine.places import find_places
from procroutine.routine.keys import ROUTINE_KEYS, STEP_KEYS, SYSTEM_KEYS
from procroutine.run.shown_marker import ShownMarker
from procroutine.settings import SETTING_KEYS
from procroutine.weeks import Week

NOW = datetime(2026, 11, 19, 14, 5, tzinfo=UTC)
"""A Thursday of week 47."""
_FIXED: dict[str, str] = {
    "format": "1",
    "goal": '"30m"',
    "goal_per": '"run"',
    "phase": '"testing"',
    "schedule": '"weekly on Thursday"',
    "review_every": '"90d"',
    "planned": '"5m"',
    "optional": "false",
    "prepare": "false",
    "wait": '"1d"',
    "bell": '"half"',
}
"""Keys whose value is no free text; every other key of a routine file gets the string."""
_LISTS = ("tags", "previous_ids", "checklist")
_ELSEWHERE = ("systems", "steps", "id", "after", "alternatives", "use")


class HostileHome:
    """The home, and what its parts are called by."""

    def __init__(self, folder: Path, text: str) -> None:
        """Fill a folder: everything that can hold a text holds this one."""
        self.folder, self.text = folder, text
        self.clock = ManualClock(NOW)
        self.home = Home(find_places({}, str(folder)), self.clock)
        self.routine_id = _file_name(text)
        self.name = _filled(text)
        routines = folder / "routines"
        routines.mkdir(parents=True)
        self._write(f"{self.routine_id}.toml", routine_file(text))
        self.using_id = unicodedata.normalize("NFC", f"z{self.routine_id[1:40]}")
        self._write(f"{self.using_id}.toml", using_file(text, self.routine_id))
        self._write(f"broken {self.routine_id[1:40]}.toml", broken_file(text))
        self._write(f"no toml {self.routine_id[1:40]}.toml", f"name = {text.encode(errors='replace').decode()}\n")
        (folder / "config.toml").write_text(settings_file(text), encoding="utf-8")
        self.imported = imported_runs(text)
        import_text(self.home.history(), json.dumps({"format": 1, "runs": self.imported}))
        self._past_run()
        self.open_id = self._open_run()

    def _write(self, name: str, text: str) -> None:
        path = os.path.join(str(self.folder / "routines"), name)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def _past_run(self) -> None:
        """Finish a run of the hostile routine last week, with everything that can be said of it."""
        home, text = self.home, self.name
        self.clock.step_wall(-timedelta(days=7))
        home.start(self.routine_id)
        for verb in ("note", "add", "waiting"):
            self._act(verb, **{"title" if verb == "add" else "text": text})
        self._act("resume")
        self.clock.advance(timedelta(minutes=2))
        self._act("done")
        self._act("skip", reason=text)
        run = self._act("finish", outcome="partly").run
        self.past_id = run.id
        history = home.history()
        history.set_note(run.id, text)
        history.add_redline(self.routine_id, text, run=run.id)
        home.declare_off(self.routine_id, Week(year=2026, number=45), text)
        self.clock.step_wall(timedelta(days=7))
        self.clock.advance(timedelta(hours=1))

    def _open_run(self) -> str:
        """Leave a run of the routine that uses the other one waiting, as an app that was ended left it."""
        run = self.home.start(self.using_id).run
        self._act("note", text=self.name)
        self._act("waiting", text=self.name)
        self.clock.advance(timedelta(minutes=1))
        ShownMarker(self.home.places.open_runs, run.id).close(left=False)
        return run.id

    def _act(self, verb: str, **details: Any) -> Any:
        self.clock.advance(timedelta(seconds=20))
        return self.home.act(verb, **details)


def _filled(text: str) -> str:
    """Give a text that counts as one: a blank one is put between letters."""
    return text if (text.strip() and text.isascii()) or any(map(str.isalnum, text)) else f"x{text}x"


def _toml(text: str) -> str:
    """Write a text so that TOML gives it back: all but plain ASCII is escaped, lone surrogates cannot be."""
    known = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    signs = (sign if " " <= sign <= "~" and sign not in '"\\' else f"\\U{ord(sign):08x}" for sign in known)
    return f'"{"".join(signs)}"'


def _identifier(text: str) -> str:
    return "k" + text.replace("/", "∕")[:80]


def _file_name(text: str) -> str:
    """Give what of a text can be the name of a file, and is the same once it is read."""
    kept = "".join(sign for sign in text if sign not in "/\0" and not "\ud800" <= sign <= "\udfff")
    while len(kept.encode()) > 150:
        kept = kept[: len(kept) * 2 // 3]
    return unicodedata.normalize("NFC", "r" + kept)


def _value(key: str, text: str) -> str:
    if key in _FIXED:
        return _FIXED[key]
    return f"[{_toml(text)}]" if key in _LISTS else _toml(text)


def routine_file(text: str) -> str:
    """Give a routine all of whose texts are this one; a key that is new to this test gets it too."""
    text = _filled(text)
    name = _toml(_identifier(text))
    lines = [f"{key} = {_value(key, text)}" for key in ROUTINE_KEYS if key not in _ELSEWHERE]
    lines += [f"[systems.{name}]", *(f"{key} = {_value(key, text)}" for key in SYSTEM_KEYS)]
    lines += ["[systems.safe]", f"name = {_toml(text)}", 'url = "https://example.org/"']
    for number in range(3):
        identifier = _toml(f"{number}{_identifier(text)}")
        lines += ["[[steps]]", f"id = {identifier}"]
        lines += [f"{key} = {_value(key, text)}" for key in STEP_KEYS if key not in _ELSEWHERE]
        lines += [f'systems = [{name}, "safe"]', f"alternatives = [{name}]"]
        lines += [f"after = [{_toml(f'0{_identifier(text)}')}]"] if number == 1 else []
    return "\n".join(lines) + "\n"


def using_file(text: str, used: str) -> str:
    """Give a routine that uses another by its hostile id."""
    shown = _toml(_filled(text))
    first = f'[[steps]]\ntitle = {shown}\nplanned = "1m"\nchecklist = [{shown}, {shown}]\ninstructions = {shown}\n'
    return f'name = {shown}\ngoal = "10m"\n{first}[[steps]]\nuse = {_toml(used)}\n'


def broken_file(text: str) -> str:
    """Give a routine with something wrong in every key."""
    wrong = _toml(_filled(text))
    lines = [f"{key} = {wrong}" for key in ROUTINE_KEYS if key not in ("systems", "steps", "name")]
    lines += [f"name = {wrong}", f"{wrong} = 1"]
    lines += [f"[systems.{wrong}]", f"{wrong} = {wrong}", f"url = [{wrong}]", "[[steps]]", f"{wrong} = 1"]
    lines += [f"{key} = {wrong}" for key in STEP_KEYS]
    return "\n".join(lines) + f"\n[[steps]]\ntitle = {wrong}\nafter = [{wrong}]\n[[steps]]\nuse = {wrong}\n"


def settings_file(text: str) -> str:
    """Give settings with something wrong in every key."""
    wrong = _toml(_filled(text))
    return "\n".join([*(f"{key} = {wrong}" for key in SETTING_KEYS), f"{wrong} = {wrong}"]) + "\n"


def imported_runs(text: str) -> list[dict[str, Any]]:
    """Give past runs as another program may export them, of a routine without a file and of the hostile one."""
    return [
        _imported(1, _filled(text)[:2000], text, days=1),
        _imported(2, _file_name(text), text, days=14),
        _imported(3, _file_name(text), text, days=21) | {"state": "abandoned", "outcome": None},
    ]


def _imported(number: int, routine: str, text: str, days: int) -> dict[str, Any]:
    begun = NOW - timedelta(days=days)
    step = {
        "title": text,
        "section": text,
        "active_seconds": 600.0 + number,
        "systems": [text],
        "person": text,
        "note": text,
        "state": "done",
    }
    identifier = "".join(sign for sign in text if sign.isprintable())[:100]
    return {
        "id": f"{number}{identifier}",
        "routine": routine,
        "routine_name": text,
        "state": "finished",
        "goal_seconds": 600,
        "started_at": begun.isoformat(),
        "ended_at": (begun + timedelta(minutes=30)).isoformat(),
        "steps": [{**step, "id": f"{place}{text}"[:1000]} for place in range(3)],
        "note": text,
        "outcome": "missed",
        "device": text[:200],
        "waiting_for": text,
    }
