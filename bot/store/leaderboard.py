"""What readers love most: stories and quotes by what they did, of late or ever, in one server or everywhere."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.domain.audience import EVERYONE, Audience
from bot.domain.leaderboard import Counted, Period
from bot.store.database import Database, visible_unmuted_sql
from bot.store.quotes import COLUMNS, WIDTH, quote_of
from bot.store.rows import SUMMARY, SUMMARY_WIDTH, summary_of
from bot.stories.model import QuoteInContext, StorySummary

MOST = 100
"""Places of a list: who wants to see more looks for something."""

_DAY = 24 * 60 * 60
_MONDAY = 3
"""The first day of 1970 was a Thursday."""


def period(since: Period, now: float) -> str:
    """The name of the week or the month of *now*, in seconds since 1970, as the triggers write it."""
    if since == "ever":
        return "all"
    if since == "week":
        return f"w{(int(now) // _DAY + _MONDAY) // 7}"
    return f"m{datetime.fromtimestamp(now, UTC):%Y-%m}"


class Leaderboard:
    """Lists of what may be shown, the most loved first."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._listed = visible_unmuted_sql(audience)

    async def stories(
        self, by: Counted, since: Period, guild: int, limit: int, skip: int = 0
    ) -> Sequence[tuple[StorySummary, int]]:
        """The stories with most of what *by* counts; *guild* 0 is everywhere."""
        rows = await self._db.rows(
            f"SELECT {SUMMARY}, x.count FROM leaderboard x CROSS JOIN {self._listed} s ON s.id = x.id"
            " WHERE x.kind = 'story' AND x.counted = ? AND x.guild_id = ? AND x.period = ? AND x.count > 0"
            " AND NOT (x.counted = 'votes' AND EXISTS"
            "  (SELECT 1 FROM vote_rules r WHERE r.story_id = x.id AND r.hidden = 1 AND r.closed_at IS NULL))"
            " ORDER BY x.count DESC, x.id LIMIT ? OFFSET ?",
            (by, guild, period(since, time.time()), limit, skip),
        )
        return [(summary_of(row), int(row[SUMMARY_WIDTH])) for row in rows]

    async def saves(self, story: int) -> int:
        """How often quotes of a story are saved, everywhere."""
        row = await self._db.row(
            "SELECT count FROM leaderboard WHERE kind = 'story' AND counted = 'saves' AND guild_id = 0 AND period = 'all'"
            " AND id = ?",
            (story,),
        )
        return int(row[0]) if row else 0

    async def quotes(
        self, by: Counted, since: Period, guild: int, limit: int, skip: int = 0
    ) -> Sequence[tuple[QuoteInContext, int]]:
        """The quotes with most of what *by* counts; *guild* 0 is everywhere."""
        rows = await self._db.rows(
            f"SELECT {COLUMNS}, x.count FROM leaderboard x CROSS JOIN quotes q ON q.id = x.id AND q.is_there = 1"
            f" JOIN chapters c ON c.id = q.chapter_id JOIN {self._listed} s ON s.id = q.story_id AND s.may_quote = 1"
            " WHERE x.kind = 'quote' AND x.counted = ? AND x.guild_id = ? AND x.period = ? AND x.count > 0"
            " ORDER BY x.count DESC, x.id LIMIT ? OFFSET ?",
            (by, guild, period(since, time.time()), limit, skip),
        )
        return [(quote_of(row), int(row[WIDTH])) for row in rows]
