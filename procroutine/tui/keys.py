"""Keys as the footer, the tooltips and the help page need them: each with an id, a word and a sentence."""

from __future__ import annotations

from textual.binding import Binding


def key(
    identifier: str, keys: str, action: str, label: str, sentence: str, *, shown: bool = True, sign: str | None = None
) -> Binding:
    """Bind keys to an action.

    `label` is one word for the footer, `sentence` the tooltip and the line in the help page;
    `sign` is what stands for the keys where their names will not do.
    """
    return Binding(keys, action, label, show=shown, key_display=sign, tooltip=sentence, id=identifier)


_SIGNS = {
    "question_mark": "?",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "enter": "↵",
    "escape": "esc",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "dollar_sign": "$",
    "plus": "+",
    "minus": "−",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "backspace": "bksp",
}


def signs(binding: Binding) -> str:
    """Give the keys of a binding as people read them, such as `↓ j`."""
    if binding.key_display is not None:
        return binding.key_display
    return " ".join(_SIGNS.get(name, name) for name in binding.key.split(","))
