"""Random inputs: sound ones changed in their bytes, lines or values, and known traps."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

from procroutine.routine.keys import ROUTINE_KEYS, STEP_KEYS, SYSTEM_KEYS
from tests.hostile.corpus import corpus

_ROUTINES = Path(__file__).parents[2] / "routines"
_PIECES: tuple[str, ...] = (
    *(one.text for one in corpus() if len(one.text) < 100),
    *(
        "[[steps]]\n",
        "[systems.x]\n",
        'use = "x"\n',
        'name = "x"\n',
        'title = "x"\n',
        "= ",
        '"',
        '"""',
        "'''",
        "#",
        "\n",
    ),
    *(f"{key} = " for key in (*ROUTINE_KEYS, *SYSTEM_KEYS, *STEP_KEYS)),
    *(
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        ".",
        "null",
        "true",
        "-1",
        "0",
        "1e400",
        "NaN",
        "1970-01-01",
        "9999-12-31T23:59:59Z",
    ),
    *(
        "FREQ=SECONDLY",
        ";INTERVAL=",
        ";BYDAY=MO",
        ";BYSETPOS=-366",
        ";COUNT=1",
        ";UNTIL=99991231",
        "every 2 weeks on Fri",
    ),
    *("daily", "weekly on Monday at 09:00", "monthly on 31", "1h30m", "PT1H", "2026-W47", "14:05", "+99:99", "-23:59"),
)
_TRAPS: tuple[Callable[[int], str], ...] = (
    lambda length: "a" + ".a" * length + " = 1\n",
    lambda length: "x = " + "[" * length,
    lambda length: "x = " + '{"a":' * length,
    lambda length: "x = " + "9" * length,
    lambda length: "[" + "a." * length + "a]\n",
    lambda length: '"' + "\\u0041" * length + '"',
    lambda length: "x = '''" + "'" * length,
    lambda length: "[[steps]]\n" * length,
    lambda length: '[[steps]]\nuse = "x"\n' * (length // 8),
    lambda length: "[" * length + "]" * length,
    lambda length: '{"runs":[' + '{"steps":' * length,
    lambda length: "0" * length + ":00",
    lambda length: "every " * length,
    lambda length: " " * length + "1h",
    lambda length: "BYDAY=" + ",".join(["MO"] * length),
    lambda length: "FREQ=YEARLY;BYMONTHDAY=" + ",".join(str(day % 31 + 1) for day in range(length)),
    lambda length: "\u0301" * length,
    lambda length: "{" * length,
    lambda length: "- " * length,
)
_LONGEST_TRAP = 5000
_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 10**400, 2**63, 0.1, 1e308, -1e308, "", "x", [], {}, [None], {"id": 1}),
    *("2026-11-19T14:05:00+00:00", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-11-19", "done"),
)


def routine_seeds() -> tuple[bytes, ...]:
    """Give the shipped routines."""
    return tuple(path.read_bytes() for path in sorted(_ROUTINES.glob("*.toml")))


def changed(seeds: Sequence[bytes], chance: Random) -> bytes:
    """Give one of the seeds with a few changes: bytes turned, taken out, doubled, swapped, pieces put in."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        start = chance.randrange(len(data) + 1)
        stop = min(len(data), start + chance.choice((1, 2, 8, 60, 500)))
        match chance.randrange(7):
            case 0:
                data[start:stop] = bytes(chance.randrange(256) for _ in range(min(8, stop - start)))
            case 1:
                del data[start:stop]
            case 2:
                data[start:start] = data[start:stop] * chance.choice((1, 2, 30))
            case 3:
                other = chance.choice(seeds)
                place = chance.randrange(len(other) + 1)
                data[start:stop] = other[place : place + chance.choice((5, 50, 500))]
            case 4 | 5:
                data[start:start] = piece(chance).encode("utf-8", "surrogatepass")
            case _:
                del data[start:]
    return bytes(data)


def piece(chance: Random) -> str:
    """Give a word of the formats, a hostile string, or now and then a trap."""
    if chance.random() < 0.03:
        return chance.choice(_TRAPS)(int(_LONGEST_TRAP ** chance.random()))
    return chance.choice(_PIECES)


def words(chance: Random) -> str:
    """Give a few pieces in a row, or a short text of any characters."""
    if chance.random() < 0.2:
        return "".join(chr(chance.randrange(0x3000)) for _ in range(chance.randrange(12)))
    return "".join(piece(chance) for _ in range(chance.choice((1, 1, 2, 3, 5))))


def changed_value(value: Any, chance: Random) -> Any:
    """Give JSON with one to three of its values changed, wherever they stand; what was given stays as it is."""
    value = json.loads(json.dumps(value))
    for _ in range(chance.choice((1, 1, 2, 3))):
        holder = value
        while True:
            keys: list[Any] = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            if not keys:
                break
            key = chance.choice(keys)
            inner = holder[key]
            if isinstance(inner, dict | list) and inner and chance.random() < 0.85:
                holder = inner
                continue
            _change(holder, key, chance)
            break
    return value


def _change(holder: Any, key: Any, chance: Random) -> None:
    way = chance.randrange(6)
    if way == 0:
        del holder[key]
    elif way == 1:
        holder[key] = piece(chance)
    elif way == 2 and isinstance(holder, list):
        holder.append(deepcopy(holder[key]))
    elif way == 3 and isinstance(holder[key], int | float) and not isinstance(holder[key], bool):
        holder[key] = holder[key] * chance.choice((-1, 2, 1000, 10**9)) + chance.choice((-1, 0, 1))
    else:
        holder[key] = deepcopy(chance.choice(_VALUES))  # a later change goes into what was put there
