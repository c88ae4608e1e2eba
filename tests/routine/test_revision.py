import re
from typing import Any

import pytest

from procroutine.routine.keys import ROUTINE_KEYS
from procroutine.routine.library import read_library
from procroutine.routine.revision import REVISION_RULE, content_hash
from procroutine.routine.snapshots import snapshot_of

TEXT = """\
name = "Posts"
goal = "1h"
owner = "Ana"
[systems.docs]
name = "Docs"
url = "https://example.org"
[[steps]]
title = "Gather"
[[steps]]
title = "Look"
[[steps]]
title = "Write"
planned = "60m"
systems = ["docs"]
after = ["gather", "look"]
checklist = ["a", "b"]
"""


@pytest.fixture
def snapshot(folder: str, write: Any) -> Any:
    """Give the snapshot of a routine file, from its text."""

    def read(text: str) -> dict[str, Any]:
        write("posts.toml", text)
        routine = read_library(folder).entries["posts"].routine
        assert routine is not None
        return snapshot_of(routine)

    return read


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"60m"', '"1h"'),
        ('"60m"', '"PT3600S"'),
        ('goal = "1h"', 'goal = "0h60m" # at most'),
        ('title = "Write"\nplanned = "60m"', 'planned = "60m"\ntitle = "Write"'),
        ('after = ["gather", "look"]', 'after = ["look", "gather"]'),
        ('title = "Gather"', 'id = "gather"\ntitle = "Gather"\noptional = false'),
        ('name = "Posts"', 'name = "Weekly posts"\ntags = ["x"]\nphase = "design"\nschedule = "daily"\npurpose = "p"'),
        ('goal = "1h"', 'goal = "1h"\nanalysis = "a"\nreview_every = "90d"\ninput = "i"\noutput = "o"'),
        ('owner = "Ana"\n', 'owner = "Ana"\n[systems.unused]\nname = "Unused"\n'),
        ('title = "Look"', 'title = "Look"\nbell = "never"'),
        ('title = "Look"', 'title = "Look"\nperson = "Ana"'),
        ('goal = "1h"', 'goal = "1h"\nprevious_ids = ["old"]'),
        ("\n", "\n\n# a remark\n"),
    ],
)
def test_spelling_and_what_is_not_done_make_no_other_hash(snapshot: Any, old: str, new: str) -> None:
    assert old in TEXT
    assert content_hash(snapshot(TEXT.replace(old, new))) == content_hash(snapshot(TEXT))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"60m"', '"59m"'),
        ('goal = "1h"', 'goal = "59m"'),
        ('goal = "1h"', 'goal = "1h"\ngoal_per = "week"'),
        ('owner = "Ana"', 'owner = "Ben"'),
        ('title = "Look"', 'title = "Look up"\nid = "look"'),
        ('title = "Look"', 'title = "Look"\noptional = true'),
        ('title = "Look"', 'title = "Look"\ninstructions = "Here"'),
        ('title = "Look"', 'title = "Look"\nwait = "1d"'),
        ('["a", "b"]', '["b", "a"]'),
        ('after = ["gather", "look"]', 'after = ["gather"]'),
        ('url = "https://example.org"', 'url = "https://example.net"'),
        ('[[steps]]\ntitle = "Look"\n', '[[steps]]\ntitle = "Look"\n[[steps]]\ntitle = "More"\n'),
        ('title = "Gather"\n[[steps]]\ntitle = "Look"', 'title = "Look"\n[[steps]]\ntitle = "Gather"'),
    ],
)
def test_what_changes_what_is_done_makes_another_hash(snapshot: Any, old: str, new: str) -> None:
    assert old in TEXT
    assert content_hash(snapshot(TEXT.replace(old, new))) != content_hash(snapshot(TEXT))


def test_the_rule_names_every_key_on_its_side() -> None:
    counts, rest, back = REVISION_RULE.split(".\n", 2)
    for key in (*ROUTINE_KEYS, "bell"):
        if key not in ("format", "owner"):  # there is one format; the owner is who does a step that names nobody
            counted = key in ("goal", "goal_per", "systems", "steps", "bell")
            assert (key in counts.replace(",", "").split(), key in re.split(r"\W+", rest)) == (counted, not counted), (
                key
            )
    assert "old number" in back
