"""`help format`: how a routine file is written."""

from __future__ import annotations

from procroutine.routine.revision import REVISION_RULE
from procroutine.routine.schedule import GRAMMAR

_PAGE = """\
A routine is a TOML file in your routines folder; its name without .toml is the routine's id.
Only name and the title of one step are needed.

  format = 1
  name = "Weekly social posts"
  purpose = "Keep the feeds alive, with pictures"
  goal = "1h"                    duration to stay at or under
  goal_per = "run"               run, or week: the sum of the week
  phase = "testing"              analysis, brainstorm, design, testing, implemented
  schedule = "weekly on Monday at 09:00"
  input = "..."  output = "..."  what comes in, what comes out
  owner = "Ana"                  does every step that names nobody
  tags = ["marketing"]
  review_every = "90d"
  analysis = "..."               what is known, what gets in the way
  previous_ids = ["old-name"]    ids it had before its file was renamed

  [systems.scheduler]            what steps are done with
  name = "Scheduler"
  url = "https://example.org"    http, https, mailto and file are opened
  notes = "..."

  [[steps]]
  id = "write"                   stable; made from the title without it
  title = "Write the posts"
  planned = "20m"
  systems = ["scheduler"]
  person = "Ana"
  instructions = "..."           Markdown, as in a training manual
  checklist = ["one picture each"]
  after = ["gather"]             ids of steps that come before
  optional = false
  prepare = false                true: may be done before the run
  wait = "1d"                    usual waiting after it
  section = "Content"            heading in the checklist
  bell = "over"                  never, half, over
  alternatives = ["docs", "queue"]   systems to choose from: they take turns; one in systems is the usual one
  use = "shorten-links"          instead of a title: another routine's steps

Durations: 45s, 20m, 1h30m, 1:05:00 (h:mm:ss), 20:00 (mm:ss), PT1H; wait and review_every also 2w, 1d.
"""


def format_page() -> str:
    """Give the page, with the schedule forms as the parser knows them and what makes a revision."""
    return f"{_PAGE}\nSchedules:\n{GRAMMAR.rstrip()}\n\nRevisions:\n{REVISION_RULE}"
