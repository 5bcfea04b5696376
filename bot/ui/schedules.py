"""What the quote of the day and serials have in common: when they post, and why they stopped."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from bot.domain.recurrence import Schedule
from bot.domain.schedules import Plan, PlanFault, PlanKind
from bot.domain.times import DAYS
from bot.domain.zones import Zone
from bot.texts import listed, say
from bot.ui.limits import CHOICE_NAME, clip
from bot.ui.markdown import escape
from bot.ui.screen import Screen, notice


def schedule_lines(plan: Plan, channel: int) -> list[str]:
    """Where and when something is posted, a line for each fact."""
    days, time = _days(plan.schedule.days), f"{plan.schedule.time:%H:%M}"
    return [
        _channel_line(channel),
        say("schedule-days", days=days),
        say("schedule-time", time=time, zone=plan.schedule.zone),
    ]


def _channel_line(channel: int) -> str:
    return say("schedule-channel", channel=f"<#{channel}>")


def schedule_text(schedule: Schedule) -> str:
    """The days and the time of a schedule, in one line."""
    return say("schedule-when", days=_days(schedule.days), time=f"{schedule.time:%H:%M}", zone=schedule.zone)


def _days(days: frozenset[int]) -> str:
    return next(say(f"schedule-on-{name.replace(' ', '-')}") for name, each in DAYS.items() if each == days)


def next_run_text(plan: Plan) -> str:
    """When the next run comes, or why none does."""
    if plan.state != "running":
        return say(f"schedule-state-{plan.state}")
    return say("schedule-next", time=f"<t:{plan.next_at}:F>", far=f"<t:{plan.next_at}:R>")


def message_link(guild: int, channel: int, message: int) -> str:
    """The URL of a message."""
    return f"https://discord.com/channels/{guild}/{channel}/{message}"


def time_choice(at: time) -> str:
    """A time of day as it is offered, on a clock of 24 hours and on one of twelve."""
    twelve, half = f"{at.hour % 12 or 12}:{at:%M}", "am" if at.hour < 12 else "pm"
    return say("schedule-hour", time=f"{at:%H:%M}", twelve=twelve, half=half)


def zone_choice(zone: Zone, now: float) -> str:
    """A time zone as it is offered: what its clocks show tells whether it is the right one."""
    offset = zone.offset(now)
    minutes = abs(offset) // timedelta(minutes=1)
    parts = f"{minutes // 60}:{minutes % 60:02}" if minutes % 60 else f"{minutes // 60}"
    return clip(
        say(
            "schedule-zone",
            where=", ".join(filter(None, (zone.city, zone.country))),
            zone=zone.name,
            offset=f"UTC{'-' if offset < timedelta(0) else '+'}{parts}",
            time=f"{datetime.fromtimestamp(now, UTC) + offset:%H:%M}",
        ),
        CHOICE_NAME,
    )


def permissions(names: Sequence[str]) -> str:
    """Discord's permissions, by the names that they have there."""
    return listed([say(f"permission-{name.replace('_', '-')}") for name in names])


def stopped_screen(kind: PlanKind, channel: int, fault: PlanFault, server: str | None) -> Screen:
    """The message that tells managers what stopped and why; *server* is named in a direct message."""
    lines = [say(f"schedule-state-{fault}"), say(f"schedule-stopped-{kind}-hint"), _channel_line(channel)]
    if server is not None:
        lines.append(say("schedule-stopped-server", server=escape(server)))
    title = say("schedule-stopped-daily" if kind == "daily" else "schedule-stopped-serial")
    return notice("\n".join(lines), title)
