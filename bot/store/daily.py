"""The quote of the day: one for each server, posted on a schedule."""

from bot.domain.recurrence import Schedule
from bot.domain.schedules import Daily, DailyStyle
from bot.store.database import Family, Row, Writing, transaction
from bot.store.engines import shared
from bot.store.rows import as_value
from bot.store.schedules import PLAN, SCHEDULES, plan_of, write_plan

_SELECT = f"SELECT {PLAN}, d.story_id, d.style FROM schedules p JOIN daily_quotes d ON d.plan_id = p.id"


class DailyQuotes(Family):
    """A server has at most one quote of the day."""

    @transaction
    def set(
        self,
        writing: Writing,
        guild: int,
        channel: int,
        by: int,
        schedule: Schedule,
        story: int | None,
        style: DailyStyle,
        now: float,
    ) -> Daily:
        """Post a quote in *channel* from *now* on, in place of what the server had set before."""
        writing.take(*([shared("story", story)] if story is not None else []), SCHEDULES)
        rows = writing.rows("SELECT id FROM schedules WHERE guild_id = :guild AND kind = 'daily'", {"guild": guild})
        before = next((int(row["id"]) for row in rows), None)
        plan = write_plan(writing, before, "daily", guild, channel, by, schedule, now)
        writing.execute(
            "INSERT INTO daily_quotes (plan_id, story_id, style) VALUES (:plan, :story, :style)"
            " ON CONFLICT (plan_id) DO UPDATE SET story_id = excluded.story_id, style = excluded.style",
            {"plan": plan, "story": story, "style": style},
        )
        [row] = writing.rows(f"{_SELECT} WHERE p.id = :plan", {"plan": plan})
        return _daily(row)

    async def of(self, guild: int) -> Daily | None:
        """Return what a server has set, also where it has stopped."""
        row = await self._db.row(f"{_SELECT} WHERE p.guild_id = :guild AND p.kind = 'daily'", {"guild": guild})
        return _daily(row) if row else None

    async def find(self, plan: int) -> Daily | None:
        row = await self._db.row(f"{_SELECT} WHERE p.id = :plan", {"plan": plan})
        return _daily(row) if row else None


def _daily(row: Row) -> Daily:
    return as_value(row, Daily, plan=plan_of(row))
