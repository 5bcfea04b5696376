"""The quote of the day: one for each server."""

from __future__ import annotations

from bot.domain.recurrence import Schedule
from bot.domain.schedules import Daily, DailyStyle
from bot.store.database import Database, Row
from bot.store.schedules import PLAN, PLAN_WIDTH, plan_of, write_plan

_FOUND = f"SELECT {PLAN}, d.story_id, d.style FROM schedules p JOIN daily_quotes d ON d.plan_id = p.id"


class DailyQuotes:
    """What a server has set."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def set(
        self, guild: int, channel: int, by: int, schedule: Schedule, story: int | None, style: DailyStyle, now: float
    ) -> Daily:
        """Have a quote posted in *channel* from *now* on, in the place of what was set before."""
        async with self._db.transaction() as db:
            rows = await db.execute_fetchall("SELECT id FROM schedules WHERE guild_id = ? AND kind = 'daily'", (guild,))
            before = next((int(row[0]) for row in rows), None)
            plan = await write_plan(db, before, "daily", guild, channel, by, schedule, now)
            await db.execute(
                "INSERT INTO daily_quotes (plan_id, story_id, style) VALUES (?, ?, ?)"
                " ON CONFLICT (plan_id) DO UPDATE SET story_id = excluded.story_id, style = excluded.style",
                (plan, story, style),
            )
        daily = await self.find(plan)
        assert daily is not None
        return daily

    async def of(self, guild: int) -> Daily | None:
        """What a server has set, also where it does not run any more."""
        row = await self._db.row(f"{_FOUND} WHERE p.guild_id = ? AND p.kind = 'daily'", (guild,))
        return _daily(row) if row else None

    async def find(self, plan: int) -> Daily | None:
        row = await self._db.row(f"{_FOUND} WHERE p.id = ?", (plan,))
        return _daily(row) if row else None


def _daily(row: Row) -> Daily:
    return Daily(plan_of(row), *row[PLAN_WIDTH:])
