"""A reader's lists: what they read, keep for later, have finished, paused or dropped. A story is on one at most."""

from __future__ import annotations

import time

from bot.domain.audience import EVERYONE, Audience
from bot.domain.reading_lists import READING_LISTS, ListedStory, ReadingList
from bot.store.database import Database, visible_sql
from bot.store.rows import SUMMARY, SUMMARY_WIDTH, summary_of
from bot.stories.model import StorySummary

_PERCENT = (
    "(SELECT 100 * (g.words_before + g.words) / max(1, s.words) FROM pages g WHERE g.length = 1"
    " AND g.chapter_id = p.furthest_chapter_id AND g.start <= p.furthest_start ORDER BY g.start DESC LIMIT 1)"
)


class ReadingLists:
    """Turning pages moves a story to Reading and to Finished (`Places.move`); a reader moves it wherever they like."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._shown = visible_sql(audience)

    async def of(self, reader: int, name: ReadingList, limit: int, skip: int = 0) -> list[ListedStory]:
        """The stories on one of *reader*'s lists, the latest first."""
        rows = await self._db.rows(
            f"SELECT {SUMMARY}, l.changed_at, {_PERCENT} FROM reading_lists l JOIN {self._shown} s ON s.id = l.story_id"
            " LEFT JOIN places p ON p.user_id = l.user_id AND p.story_id = l.story_id"
            " WHERE l.user_id = ? AND l.list = ? ORDER BY l.changed_at DESC LIMIT ? OFFSET ?",
            (reader, name, limit, skip),
        )
        return [_listed(summary_of(row), *row[SUMMARY_WIDTH:], is_finished=name == "finished") for row in rows]

    async def counts(self, reader: int) -> dict[ReadingList, int]:
        """How many stories are on each of *reader*'s lists."""
        rows = await self._db.rows(
            f"SELECT l.list, count(*) FROM reading_lists l JOIN {self._shown} s ON s.id = l.story_id"
            " WHERE l.user_id = ? GROUP BY l.list",
            (reader,),
        )
        return dict.fromkeys(READING_LISTS, 0) | {row[0]: int(row[1]) for row in rows}

    async def holding(self, reader: int, story: int) -> ReadingList | None:
        """The list that has a story, or None."""
        row = await self._db.row("SELECT list FROM reading_lists WHERE user_id = ? AND story_id = ?", (reader, story))
        return row[0] if row else None

    async def put(self, reader: int, story: int, name: ReadingList | None) -> None:
        """Move a story to a list, or off all of them; the reader's place in it stays."""
        async with self._db.transaction() as db:
            if name is None:
                await db.execute("DELETE FROM reading_lists WHERE user_id = ? AND story_id = ?", (reader, story))
            else:
                await db.execute(
                    "INSERT INTO reading_lists (user_id, story_id, list, changed_at) VALUES (?, ?, ?, ?) ON CONFLICT"
                    " (user_id, story_id) DO UPDATE SET list = excluded.list, changed_at = excluded.changed_at",
                    (reader, story, name, time.time_ns()),
                )


def _listed(story: StorySummary, changed_ns: int, percent: int | None, *, is_finished: bool) -> ListedStory:
    if percent is not None:
        percent = 100 if is_finished else min(99, percent)
    return ListedStory(story, changed_ns // 1_000_000_000, percent)
