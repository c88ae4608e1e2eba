"""Finding a run by the beginning of its id."""

from __future__ import annotations

from procroutine.errors import BadInput, NotFound, quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

_SHOWN_IDS = 5


def whole_id(beginning: str, ids: Collection[str]) -> str:
    """Give the one id that begins so: NotFound where none does, BadInput where several do."""
    matching = [beginning] if beginning in ids else sorted(one for one in ids if one.startswith(beginning))
    if not matching or not beginning:
        raise NotFound(f"no run has an id that begins with {quoted(beginning)}", "look it up in procroutine history")
    if len(matching) > 1:
        some = ", ".join(matching[:_SHOWN_IDS]) + (", …" if len(matching) > _SHOWN_IDS else "")
        raise BadInput(f"{len(matching)} runs have ids that begin with {beginning}", f"write more of it: {some}")
    return matching[0]
