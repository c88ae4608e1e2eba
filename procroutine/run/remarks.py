"""What there is to say of a run's time, and what can be done about it: sleep, idle time, age, clocks.

All of it follows from the run, so that every window and the command line say the same.
"""

from __future__ import annotations

from datetime import timedelta

from procroutine.durations import signed, written_duration
from procroutine.text import shown
from procroutine.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from procroutine.run.states import RunState

WORTH_SAYING = timedelta(seconds=60)
"""Less sleep, or a smaller step of the wall clock, is not worth a line."""
LONG = timedelta(hours=12)
"""After so long without an act the first offer is to end the run as of the last one."""
OLD = timedelta(days=7)
"""A run open for longer than that is said to be from another week."""
_AS_OF_THE_LAST_STEP = "ends the run as of the last step"
_SECOND, _MINUTE, _HOUR, _DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Offer(Value):
    """A key that does something about it."""

    key: str
    """`c` counts sleep, `x` ends the run, `l` leaves idle time out."""
    words: str
    """What it does, such as `counts it`."""


class Remark(Value):
    """One thing to say, in a line."""

    lead: str
    """What is the case, a sentence."""
    rest: str = ""
    """What follows from it, a sentence."""
    offers: tuple[Offer, ...] = ()
    """What can be done about it, the likeliest first."""
    remedy: str = ""
    """What can be done about it from the command line."""
    back: timedelta = timedelta()
    """So long before now is where the run is ended, and since when idle time is left out."""

    @property
    def sentence(self) -> str:
        """All of it for the command line."""
        return " ".join(part for part in (self.lead, self.rest, self.remedy) if part)


def remarks_on(run: RunState) -> tuple[Remark, ...]:
    """Give what there is to say of an open run, the weightiest first."""
    if not run.is_open:
        return ()
    found = (_idle(run) or _asleep(run), _old(run), _clocks(run))
    return tuple(remark for remark in found if remark is not None)


def correction_of(run: RunState) -> tuple[Remark, ...]:
    """Tell, in the app, that the clock was corrected: by how much in all, or in which steps where that is several.

    So is a pause that was counted as work.
    """
    counted = f"A pause of {length_in_words(run.recounted)} counts as work."
    return (*_amended(run), *((Remark(lead=counted),) if run.recounted >= _SECOND else ()))


def _amended(run: RunState) -> tuple[Remark, ...]:
    steps = [step for step in run.steps if abs(step.corrected) >= _SECOND]
    if len(steps) > 1:
        told = ", ".join(f"{shown(step.title)} {signed(step.corrected)}" for step in steps)
        return (Remark(lead=f"Clock corrected: {told}."),)
    whole = steps[0].corrected if steps else run.corrected
    return (Remark(lead=f"Clock corrected by {signed(whole)}."),) if abs(whole) >= _SECOND else ()


def sleep_left_behind(run: RunState) -> Remark | None:
    """Tell of sleep in the step that was left last, which nobody has been asked about yet."""
    if not run.order_done or run.asleep_in != run.order_done[-1] or run.asleep_to_count < WORTH_SAYING:
        return None
    return Remark(lead=_slept(run), rest="Not counted.", remedy=_count_it(run, run.order_done[-1]))


def pause_just_over(run: RunState, long: timedelta) -> Remark | None:
    """Ask, after the act that ended a pause longer than `long`, whether it was one."""
    if not run.is_open or run.pause_over != run.last_event_at or run.last_pause <= long:
        return None
    recount = f"procroutine recount {{}} --run {run.id}"
    return Remark(
        lead=f"Paused for {length_in_words(run.last_pause)}. Was it a pause?",
        remedy=f"If it was work: {recount.format('work')}. If it was waiting: {recount.format('waiting')}",
    )


def length_in_words(length: timedelta) -> str:
    """Give `20 min`, `3 h 02`, and from two days on `30 days`."""
    if length >= 2 * _DAY:
        return f"{length // _DAY} days"
    minutes = length // _MINUTE
    return f"{minutes // 60} h {minutes % 60:02d}" if minutes >= 60 else f"{minutes} min"


def _asleep(run: RunState) -> Remark | None:
    """Tell of sleep in the running step that is not counted; once that is left, it is part of the past."""
    if run.state != "running" or run.asleep_in != run.current or run.asleep_to_count < WORTH_SAYING:
        return None
    since_act = run.as_of - run.last_event_at
    long = run.asleep_pending > LONG
    end = Offer(key="x", words=_AS_OF_THE_LAST_STEP if long else "ends the run here")
    count = Offer(key="c", words="counts it")
    return Remark(
        lead=_slept(run),
        rest="Not counted.",
        offers=(end, count) if long else (count, end),
        remedy=(_ended_by(run, since_act) if long else "") + _count_it(run, run.current or 0),
        back=since_act if long else run.asleep_pending,
    )


def _idle(run: RunState) -> Remark | None:
    """Tell of a clock that goes on though nobody did anything for half a day."""
    since_act = run.as_of - run.last_event_at
    if run.state != "running" or since_act - run.asleep_pending <= LONG:
        return None
    left_out = f"To leave the time out: procroutine pause --run {run.id} --at {_moment(run, since_act)}"
    return Remark(
        lead=f"Idle for {length_in_words(since_act)}.",
        rest="The clock went on.",
        offers=(Offer(key="x", words=_AS_OF_THE_LAST_STEP), Offer(key="l", words="leaves it out")),
        remedy=_ended_by(run, since_act) + left_out,
        back=since_act,
    )


def _old(run: RunState) -> Remark | None:
    open_for = run.as_of - run.started_at
    if open_for < OLD:
        return None
    return Remark(
        lead=f"Begun {length_in_words(open_for)} ago.",
        rest=f"It stays in {run.week}.",
        offers=(Offer(key="x", words="ends the run here"),),
        remedy=f"To end it: procroutine finish --run {run.id}",
    )


def _clocks(run: RunState) -> Remark | None:
    """Tell of clocks that were not what they should be; the times of the run hold all the same."""
    moved = run.clock_moved
    way = f"{length_in_words(abs(moved))} {'forward' if moved > timedelta() else 'back'}"
    if run.rebooted:
        if abs(moved) >= WORTH_SAYING:
            return Remark(lead="The machine was restarted.", rest=f"Its clock went {way}, and no time was taken off.")
        return Remark(lead="The machine was restarted.", rest="The time across that is by the clock on the wall.")
    if abs(moved) >= WORTH_SAYING:
        return Remark(lead=f"The clock was set {way}.", rest="The times of this run did not change.")
    return None


def _slept(run: RunState) -> str:
    return f"Asleep {length_in_words(run.asleep_to_count)}."


def _count_it(run: RunState, place: int) -> str:
    amount = written_duration(run.asleep_to_count)
    return f"To count it: procroutine amend {run.id} {place + 1} +{amount}"


def _ended_by(run: RunState, since_act: timedelta) -> str:
    return f"To end it as of the last step: procroutine finish --run {run.id} --at {_moment(run, since_act)}. "


def _moment(run: RunState, back: timedelta) -> str:
    """Give an instant as the wall clock of now has it, on the first full second that is not before it."""
    moment = run.as_of + run.clock_moved - back + timedelta(milliseconds=999)
    return moment.isoformat(timespec="seconds")
