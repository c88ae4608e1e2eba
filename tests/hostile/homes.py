"""A home in which every text of other people's is one string: routine files, settings, runs, notes, imports.

With several strings it holds all of that for each of them, side by side.
"""

from __future__ import annotations

import json
import os
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from procroutine.clock import ManualClock
from procroutine.exchange.own import import_text
from procroutine.history.home import Home
from procroutine.history.loose_ends import DONE, DROPPED, LONGEST, ROUTINE
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


@dataclass(slots=True)
class Part:
    """What one string is in, and what that is called by."""

    text: str
    name: str
    routine_id: str
    using_id: str
    broken_id: str
    no_toml_id: str
    past_id: str = ""
    open_id: str = ""


class HostileHome:
    """The home, and what its parts are called by."""

    def __init__(self, folder: Path, *texts: str) -> None:
        """Fill a folder: everything that can hold a text holds one of these."""
        self.folder, self.text = folder, texts[0]
        self.clock = ManualClock(NOW)
        self.home = Home(find_places({}, str(folder)), self.clock)
        (folder / "routines").mkdir(parents=True)
        self.parts = [self._part(number, text) for number, text in enumerate(texts)]
        (folder / "config.toml").write_text(settings_file(*texts), encoding="utf-8")
        self.imported = [run for number, text in enumerate(texts) for run in imported_runs(text, number)]
        import_text(self.home.history(), json.dumps({"format": 1, "runs": self.imported}))
        self.clock.step_wall(-timedelta(days=7))
        for part in self.parts:
            part.past_id = self._past_run(part)
        self.clock.step_wall(timedelta(days=7))
        self.clock.advance(timedelta(hours=1))
        for part in self.parts:
            part.open_id = self._open_run(part)

    @property
    def routine_id(self) -> str:
        """The routine of the first string."""
        return self.parts[0].routine_id

    @property
    def past_id(self) -> str:
        """The finished run of that routine."""
        return self.parts[0].past_id

    @property
    def open_id(self) -> str:
        """The open run of the routine that uses it."""
        return self.parts[0].open_id

    def say_more(self) -> None:
        """Take a week off back, settle a redline, and do with loose ends each thing that can be done with one."""
        home, history = self.home, self.home.history()
        home.declare_off(self.routine_id, Week(year=2026, number=52), "x")
        history.clear_week_off(self.routine_id, Week(year=2026, number=52))
        history.settle_redline(history.add_redline(self.routine_id, "x"), "done", 1)
        for kind, routine in ((DONE, None), (DROPPED, None), (ROUTINE, self.routine_id)):
            history.act_on_loose_end(history.add_loose_end("x").id, kind, routine)

    def _part(self, number: int, text: str) -> Part:
        """Write the routine files of one string."""
        routine_id = _file_name(text, number)
        rest = routine_id[1:40]
        using_id = unicodedata.normalize("NFC", f"z{rest}")
        part = Part(text, _filled(text), routine_id, using_id, f"broken {rest}", f"no toml {rest}")
        self._write(f"{routine_id}.toml", routine_file(text))
        self._write(f"{using_id}.toml", using_file(text, routine_id))
        self._write(f"{part.broken_id}.toml", broken_file(text))
        self._write(f"{part.no_toml_id}.toml", f"name = {text.encode(errors='replace').decode()}\n")
        return part

    def _write(self, name: str, text: str) -> None:
        path = os.path.join(str(self.folder / "routines"), name)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)

    def _past_run(self, part: Part) -> str:
        """Finish a run of the hostile routine last week, with everything that can be said of it."""
        home, text = self.home, part.name
        home.history().add_revision(part.routine_id, "former", former_snapshot(part.routine_id, part.text), part.text)
        home.start(part.routine_id)
        for verb in ("note", "add", "waiting"):
            self._act(verb, **{"title" if verb == "add" else "text": text})
        self._act("resume")
        self.clock.advance(timedelta(minutes=2))
        self._act("done")
        self._act("skip", reason=text)
        run = self._act("finish", outcome="partly").run
        history = home.history()
        history.set_note(run.id, text)
        history.add_redline(part.routine_id, text, run=run.id)
        history.add_loose_end(text.encode(errors="replace").decode()[:LONGEST])
        home.declare_off(part.routine_id, Week(year=2026, number=45), text)
        return str(run.id)

    def _open_run(self, part: Part) -> str:
        """Leave a run of the routine that uses the other one waiting, as an app that was ended left it."""
        run = self.home.start(part.using_id).run
        self._act("note", text=part.name)
        self._act("waiting", text=part.name)
        self.clock.advance(timedelta(minutes=1))
        ShownMarker(self.home.places.open_runs, run.id).close(left=False)
        return run.id

    def _act(self, verb: str, **details: Any) -> Any:
        self.clock.advance(timedelta(seconds=20))
        return self.home.act(verb, **details)


def former_snapshot(routine_id: str, text: str) -> dict[str, Any]:
    """Give what the hostile routine was before, as a device that checks nothing may have written it."""
    step = {key: text for key in STEP_KEYS if key not in (*_ELSEWHERE, *_LISTS)} | {"checklist": [text, text]}
    lists = {key: [text] for key in ("systems", "alternatives", "after")}
    steps = [{**step, **lists, "planned_seconds": 60, "id": f"{place}{text}"} for place in range(2)]
    own = {key: text for key in ROUTINE_KEYS if key not in (*_ELSEWHERE, *_LISTS)}
    systems = {text: dict.fromkeys(SYSTEM_KEYS, text)}
    return {**own, "id": routine_id, "tags": [text], text: [text], "systems": systems, "steps": steps}


def _filled(text: str) -> str:
    """Give a text that counts as one: a blank one is put between letters."""
    return text if (text.strip() and text.isascii()) or any(map(str.isalnum, text)) else f"x{text}x"


def _toml(text: str) -> str:
    """Write a text so that TOML gives it back: what cannot be printed is escaped, lone surrogates cannot be.

    The rest is not, so that long texts stay within the size of a file that is read.
    """
    known = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    signs = (sign if sign.isprintable() and sign not in '"\\' else f"\\U{ord(sign):08x}" for sign in known)
    return f'"{"".join(signs)}"'


def _identifier(text: str) -> str:
    return "k" + text.replace("/", "∕")[:80]


def _file_name(text: str, number: int = 0) -> str:
    """Give what of a text can be the name of a file, and is the same once it is read; another with each number."""
    kept = "".join(sign for sign in text if sign not in "/\0" and not "\ud800" <= sign <= "\udfff")
    while len(kept.encode()) > 150:
        kept = kept[: len(kept) * 2 // 3]
    return unicodedata.normalize("NFC", f"r{number or ''}{kept}")


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


def settings_file(*texts: str) -> str:
    """Give settings with something wrong in every key, and a key that is none for each text."""
    wrong = [_toml(_filled(text)) for text in texts]
    known = [f"{key} = {wrong[place % len(wrong)]}" for place, key in enumerate(SETTING_KEYS)]
    return "\n".join([*known, *(f"{one} = {one}" for one in dict.fromkeys(wrong))]) + "\n"


def imported_runs(text: str, number: int = 0) -> list[dict[str, Any]]:
    """Give past runs as another program may export them, of a routine without a file and of the hostile one."""
    known = _file_name(text, number)
    return [
        _imported(10 * number + 1, _filled(text)[:2000], text, days=1),
        _imported(10 * number + 2, known, text, days=14),
        _imported(10 * number + 3, known, text, days=21) | {"state": "abandoned", "outcome": None},
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
