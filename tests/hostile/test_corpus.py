import sys
import unicodedata

from procroutine.text import shown
from tests.hostile.corpus import ALL_IN_ONE, corpus

KINDS = {
    *("control", "hidden", "CSI", "OSC", "DCS", "APC", "PM", "SOS", "escape", "markup", "format", "shell", "tmux"),
    *(
        "address",
        "markdown",
        "HTML",
        "table",
        "TOML",
        "path",
        "number",
        "language",
        "long",
        "lines",
        "surrogate",
        "all",
    ),
}


def test_there_are_enough_strings_of_every_kind_and_each_once() -> None:
    strings = corpus()
    assert len(strings) >= 500
    assert {one.kind for one in strings} == KINDS
    assert len({one.text for one in strings}) == len(strings)
    assert ALL_IN_ONE in {one.text for one in strings}


def test_every_control_character_is_among_them() -> None:
    found = {character for one in corpus() for character in one.text}
    controls = {chr(code) for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc"}
    assert controls <= found
    assert sum(unicodedata.category(character) == "Cf" for character in found) > 30


def test_nothing_of_them_steers_a_terminal_once_it_is_shown() -> None:
    steering = {chr(code) for code in range(sys.maxunicode) if unicodedata.category(chr(code)) in ("Cc", "Cs")}
    for one in corpus():
        assert not steering & set(shown(one.text)), one
        assert not steering & set(shown(one.text, lines=True).replace("\n", "")), one
