"""What is posted on a schedule: the quote of the day, and stories by instalments. Values without Discord or SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.domain.recurrence import DAY_SECONDS, Schedule
from bot.stories.instalments import Size
from bot.stories.model import Spot

PlanKind = Literal["daily", "serial"]

PlanFault = Literal["channel", "permission", "gate", "story", "wish", "quotes"]
"""Why something cannot be posted any more: the channel is gone, or the bot may not post in it, or it is not for adults
where the story is; the story is gone, its writer does not want it shown to all, or there is no passage to quote."""

PlanState = Literal["running", "paused", "stopped", "ended", "left", PlanFault]
"""Whether it runs. If not, because managers paused or stopped it, because the story has ended, because the bot was
taken out of the server, or because of a fault."""

DailyStyle = Literal["text", "card"]

SERIALS_AT_MOST = 10
"""Serials that run or pause in one server at once."""

LEASE_SECONDS = 180
"""Seconds that one process has to post what it began. Then whoever comes first looks whether the message is there."""

LATE_SECONDS = DAY_SECONDS
"""Seconds after which a quote of the day that was missed is not posted any more. An instalment waits for ever."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is posted where and when."""

    id: int
    kind: PlanKind
    guild: int
    channel: int
    by: int
    """Who set it up; 0 where they had it forgotten."""
    schedule: Schedule
    state: PlanState
    next_at: int
    """When the next run is due, if it runs; seconds since 1970."""
    posted: int | None
    """The last message."""


@dataclass(frozen=True, slots=True)
class Daily:
    """A server's quote of the day."""

    plan: Plan
    story: int | None
    """None: any."""
    style: DailyStyle


@dataclass(frozen=True, slots=True)
class Serial:
    """A story that a server reads by instalments."""

    plan: Plan
    story: int
    size: Size
    in_thread: bool
    thread: int | None
    """The thread, once it is open."""
    role: int | None
    """The role that is pinged, which readers give themselves."""
    spot: Spot
    """Where the next instalment begins."""


@dataclass(frozen=True, slots=True)
class RunLease:
    """A run that was begun, by one process alone, and of which it is not known yet whether its message is there."""

    plan: int
    kind: PlanKind
    number: int
    """Of the plan's runs, from 1: its messages are known by it."""
    due_at: int
    """When it was due. This and all below in seconds since 1970."""
    begun_at: int
    next_at: int
    """When the run after it is due."""
    tries: int
    """How often it was tried before: then its message may be there already."""
