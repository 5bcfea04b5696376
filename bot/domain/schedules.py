"""Schedules: the quote of the day, and serials, which are stories by instalments."""

from dataclasses import dataclass
from typing import Literal

from bot.domain.recurrence import DAY_SECONDS, Schedule
from bot.stories.instalments import Size
from bot.stories.model import Spot

PlanKind = Literal["daily", "serial"]

PlanFault = Literal["channel", "permission", "gate", "story", "wish", "quotes"]
"""Why a plan can post no more: its channel is gone, the bot may not post there, the channel is open to all ages but the
story is not, the story is gone, its author forbids sharing, or there are no quotes."""

PlanState = Literal["running", "paused", "stopped", "ended", "left", PlanFault]
"""Whether a plan runs, or why not: managers paused or stopped it, the story has ended, the bot left the server, or a
fault."""

DailyStyle = Literal["text", "card"]

SERIALS_AT_MOST = 10
"""Serials of one server that run or are paused at the same time."""

LEASE_SECONDS = 180
"""Seconds that one process has for posting a run; then any process may check whether its message is there."""

LATE_SECONDS = DAY_SECONDS
"""Seconds after which a missed quote of the day is skipped. An instalment is never skipped."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is posted where and when."""

    id: int
    kind: PlanKind
    guild: int
    channel: int
    by: int
    """The id of the user who set it up; 0 once their data is deleted."""
    schedule: Schedule
    state: PlanState
    next_at: int
    """When the next run is due, in seconds since 1970, for a plan that runs."""
    posted: int | None
    """The id of the last message."""


@dataclass(frozen=True, slots=True)
class Daily:
    """A server's quote of the day."""

    plan: Plan
    story: int | None
    """None for quotes of all stories."""
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
    """The role that each instalment pings; readers take and leave it by a button."""
    spot: Spot
    """Where the next instalment begins."""


@dataclass(frozen=True, slots=True)
class RunLease:
    """The lease of one process on a run, until it is certain that the run's message was posted."""

    plan: int
    kind: PlanKind
    number: int
    """The number of the run in its plan, from 1; it stands in the custom ids of its messages."""
    due_at: int
    """When the run was due. This and all times below are in seconds since 1970."""
    begun_at: int
    next_at: int
    """When the run after it is due."""
    tries: int
    """How many leases there were before; after one, the message may be there already."""
