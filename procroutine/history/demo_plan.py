"""What the made-up history of each shipped routine is like: how often, how slow at first, what was changed.

Only data. Every routine ends as its file stands now; the revisions before it are told by what was
still done then (`Former`) and what still took longer (`Slower`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Former:
    """A step that has been dropped since."""

    id: str
    title: str
    minutes: float
    before: str
    """Id of the step that it stood in front of."""
    dropped_in: int
    """Number of the first revision without it."""
    systems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slower:
    """A step that took longer until it was changed."""

    id: str
    factor: float
    """Against the time planned now."""
    changed_in: int
    """Number of the first revision in which it takes the time planned now."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How one routine's past is made up."""

    changes: tuple[Former | Slower, ...] = ()
    first_form: str | None = None
    """Id of a routine whose steps revision 1 had."""
    runs_a_week: float = 1.0
    """How often it happens; counts only where there is no schedule."""
    level: float = 0.95
    """Where practice ends, as a part of the planned time."""
    novice: float = 0.35
    """How much longer a step takes the first time, as a part of where practice ends."""
    practice: float = 0.25
    """How fast that goes away: the α of T = A + B·e^(−αn) (FORMULAS 5)."""
    skips: float = 0.15
    """How often an optional step is skipped."""
    notes: tuple[str, ...] = ()

    @property
    def revisions(self) -> int:
        """How many revisions there are, the one that stands in the file included."""
        numbers = [change.dropped_in if isinstance(change, Former) else change.changed_in for change in self.changes]
        return max(numbers, default=1)


PLANS: dict[str, Plan] = {
    "social-posts": Plan(
        first_form="social-posts-first",
        changes=(
            Former("queue-state", "See what is left in the queue", 4, "gather", 3, ("queue",)),
            Former("repeat", "Copy the seven texts into the queue", 10, "check", 3, ("queue", "scheduler")),
            Slower("enter", 1.3, 4),
            Slower("crop", 1.35, 4),
        ),
        level=0.96,
        notes=(
            "The scheduler was slow today",
            "Refused as a duplicate: Tuesday. Changed the first sentence",
            "Writing went well with last week's numbers beside me",
            "Two pictures were too dark, took others",
            "Telephone rang twice",
            "The question on Wednesday brought the most clicks",
        ),
    ),
    "workbook-sale": Plan(
        changes=(
            Former("thank", "Write a letter of thanks to each buyer", 9, "book", 2, ("mail",)),
            Former("second-list", "Copy the sales into the second list", 6, "book", 3, ("ledger",)),
            Slower("offer", 1.5, 4),
        ),
        notes=(
            "Nine copies, best week so far",
            "One payment still pending",
            "Two addresses bounced",
            "The subject line with a number worked better",
        ),
    ),
    "customer-care": Plan(
        changes=(
            Former("ask-owner", "Ask Ana before sending", 3, "send-download/send", 2, ("mail",)),
            Former("copy-mail", "Copy the mail into the table", 2, "record", 3, ("causes",)),
            Slower("send-download/find", 1.7, 3),
        ),
        runs_a_week=1.6,
        level=0.9,
        skips=0.6,
        notes=(
            "Bought under another address",
            "Mail had gone to spam",
            "New computer, wanted all three files",
            "Link had run out",
        ),
    ),
    "customer-care-owner": Plan(
        changes=(
            Former("print", "Print the mail for the folder", 2, "take-over", 2, ("owner-mail",)),
            Slower("owner-answers", 1.4, 3),
        ),
        runs_a_week=0.5,
        notes=("Waited for Ana until the evening", "Customer asked again meanwhile"),
    ),
    "post-construction-cleaning": Plan(
        changes=(
            Former("damp-sweep", "Wipe the walls before dusting", 45, "dry-dust", 2, ("wet-tools",)),
            Former("glass-again", "Wash all panes a second time", 35, "hand-over", 3, ("glass-tools",)),
            Slower("bath-kitchen", 1.35, 4),
        ),
        novice=0.15,
        notes=(
            "Paint on every pane of the living room",
            "Power came on an hour late",
            "Client found nothing",
            "Silicone on the bath tiles, used the plastic scraper",
        ),
    ),
    "bookkeeping-week": Plan(
        changes=(
            Former("search-receipts", "Look for missing receipts", 15, "enter-receipts", 2, ("inbox-tray",)),
            Former("type-lines", "Type the card's lines by hand", 12, "match", 3, ("books",)),
            Slower("match", 1.45, 4),
        ),
        skips=0.4,
        notes=(
            "Three receipts missing, asked for them",
            "Two customers paid before the reminder",
            "New supplier, category not clear",
            "Quarter ends, looked twice",
        ),
    ),
    "coach-school-team": Plan(
        changes=(
            Former("pick-teams", "Let them pick teams", 9, "small-game", 2, ("field",)),
            Former("parents-talk", "Talk with parents at the gate", 8, "collect", 2, ("field",)),
            Slower("plan", 1.5, 3),
        ),
        level=0.97,
        novice=0.12,
        skips=0.25,
        notes=(
            "Rain, all of it in the hall",
            "Passing on the run: half of them have it",
            "Fourteen there, two on a school trip",
            "Small games with four goals were the best part",
        ),
    ),
    "weekly-review": Plan(
        changes=(
            Former("folders", "Sort the mail into folders", 10, "head", 2, ("mail",)),
            Slower("tasks", 1.7, 3),
            Former("clean-sheet", "Copy the list to a clean sheet", 6, "choose", 4, ("tasks",)),
        ),
        notes=("Inbox was at 140", "Two of the three main things were done", "Began late, was quick"),
    ),
    "morning-checklist": Plan(
        changes=(
            Former("news", "Read the news", 5, "fires", 2, ("room",)),
            Former("hours", "Plan the day by the hour", 4, "choose", 3, ("calendar",)),
            Slower("fires", 1.5, 4),
        ),
        novice=0.2,
        notes=("Three fires", "Slept badly", "First thing done before nine"),
    ),
}

PARTS = frozenset({"shorten-links", "send-download", "social-posts-first"})
"""Shipped routines that are not run by themselves: parts of others, and what another one replaced."""

HOLIDAYS = ((31, "Summer holiday"), (32, "Summer holiday"), (52, "Christmas"))
"""ISO weeks in which everything is declared off, every year."""

WAITED_FOR = ("an answer", "the others", "orders", "things to settle")

REDLINES = (
    ("social-posts", "Make the saved size for the square pictures too"),
    ("bookkeeping-week", "Have the bank lines fetched by themselves"),
    ("coach-school-team", "Send the message from the field"),
)
"""What is to be changed next time, by routine."""
