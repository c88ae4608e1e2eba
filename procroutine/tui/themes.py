"""The four themes of our own, the only place where colours are written as numbers, and what holds in every theme."""

from __future__ import annotations

from textual.theme import Theme

_COMMON = {"block-cursor-text-style": "none"}


def _with_keys(colour: str, **more: str) -> dict[str, str]:
    return {**_COMMON, "footer-key-foreground": colour, **more}


THEMES = (
    Theme(
        name="procroutine-dark",
        dark=True,
        primary="#6aa9ff",
        secondary="#b39df3",
        accent="#f2c14e",
        foreground="#dfe4ee",
        background="#10141b",
        surface="#10141b",
        panel="#1a212c",
        success="#58c98b",
        warning="#f0a14a",
        error="#f2706b",
        variables=_with_keys("#6aa9ff"),
    ),
    Theme(
        name="procroutine-light",
        dark=False,
        primary="#1f5fbf",
        secondary="#6b4fc0",
        accent="#9a6700",
        foreground="#1c2330",
        background="#fbfaf7",
        surface="#fbfaf7",
        panel="#ece9e2",
        success="#1a7f4b",
        warning="#b35900",
        error="#c0362c",
        variables=_with_keys("#1f5fbf"),
    ),
    Theme(
        name="procroutine-contrast",
        dark=True,
        primary="#5cc8ff",
        secondary="#ff9cf2",
        accent="#ffe14d",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#222222",
        success="#33ff88",
        warning="#ffb000",
        error="#ff6b6b",
        variables=_with_keys("#5cc8ff"),
    ),
    Theme(
        name="procroutine-terminal",
        ansi=True,
        dark=True,
        primary="ansi_bright_cyan",
        secondary="ansi_bright_magenta",
        accent="ansi_bright_yellow",
        foreground="ansi_default",
        background="ansi_default",
        surface="ansi_default",
        panel="ansi_default",
        boost="ansi_default",
        success="ansi_bright_green",
        warning="ansi_bright_yellow",
        error="ansi_bright_red",
        variables=_with_keys(
            "ansi_bright_cyan",
            **{
                "ansi-background": "ansi_black",
                "ansi-foreground": "ansi_white",
                "block-cursor-foreground": "ansi_default",
                "block-cursor-background": "ansi_bright_black",
            },
        ),
    ),
)
"""Dark, which is the default, light, high contrast, and the terminal's own sixteen colours."""

DEFAULT_THEME = THEMES[0].name

_SCROLLBARS = {
    "scrollbar": "$foreground 20%",
    "scrollbar-hover": "$foreground 30%",
    "scrollbar-active": "$foreground 45%",
    "scrollbar-background": "transparent",
    "scrollbar-background-hover": "transparent",
    "scrollbar-background-active": "transparent",
    "scrollbar-corner-color": "transparent",
}
"""How far a list is scrolled is no state: it has no colour of its own, and no ground."""
_ANSI_SCROLLBARS = {
    **dict.fromkeys(_SCROLLBARS, "ansi_default"),
    "scrollbar": "ansi_bright_black",
    "scrollbar-hover": "ansi_white",
    "scrollbar-active": "ansi_white",
}


def with_quiet_scrollbars(variables: dict[str, str], *, ansi: bool) -> dict[str, str]:
    """Give the variables of any theme with scrollbars that are a shade of its text."""
    scrollbars = _ANSI_SCROLLBARS if ansi else _SCROLLBARS
    return variables | {
        name: value.replace("$foreground", variables["foreground"]) for name, value in scrollbars.items()
    }
