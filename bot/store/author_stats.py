"""What is counted for a story's writer of those who read it."""

from __future__ import annotations

from bot.domain.anonymity import SMALLEST_GROUP
from bot.domain.author_stats import WEEKS, Readership, readership
from bot.store.chapters import LENGTHS
from bot.store.database import Database

_WEEK = 7 * 24 * 60 * 60
_MONDAY = 4 * 24 * 60 * 60
"""Seconds from the beginning of 1970 to its first Monday."""

_LAST_PAGES = ", ".join(
    f"(SELECT start FROM pages WHERE story_id = :story AND length = {length} ORDER BY number DESC LIMIT 1)"
    for length in range(len(LENGTHS))
)


class AuthorCounts:
    """Who wrote a story is no reader of it, and is left out."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def readership(self, story: int) -> Readership | None:
        """How many began, and how far they got; None where fewer than `SMALLEST_GROUP` began.

        Who finished a story that has grown since has stopped where it ended.
        """
        rows = await self._db.rows(
            "WITH last AS (SELECT chapter_id, words_before + words AS words FROM pages"
            "   WHERE story_id = :story AND length = 1 ORDER BY number DESC LIMIT 1),"
            " stopped AS (SELECT furthest_chapter_id AS chapter_id, furthest_start AS start, count(*) AS readers,"
            "   count(finished_at) AS finished FROM places WHERE story_id = :story"
            "   AND user_id NOT IN (SELECT user_id FROM story_authors WHERE story_id = :story) GROUP BY 1, 2)"
            " SELECT stopped.readers, iif(stopped.chapter_id = last.chapter_id"
            f"   AND stopped.start >= min({_LAST_PAGES}), stopped.finished, 0),"
            "  coalesce((SELECT words_before FROM pages WHERE chapter_id = stopped.chapter_id AND length = 1"
            "   AND start <= stopped.start ORDER BY start DESC LIMIT 1), 0), last.words"
            " FROM last CROSS JOIN stopped",
            {"story": story},
        )
        return readership(
            ((int(before), int(readers - finished)) for readers, finished, before, _ in rows),
            sum(int(finished) for _, finished, *_ in rows),
            int(rows[0][-1]) if rows else 0,
        )

    async def weeks(self, story: int, now: int) -> tuple[int, list[int | None]]:
        """How many readers reacted in each of the last `WEEKS`, and when the first of those began.

        Weeks begin on Monday, UTC; times are seconds since 1970.
        """
        first = (now - _MONDAY) // _WEEK - WEEKS + 1
        began = first * _WEEK + _MONDAY
        rows = await self._db.rows(
            f"SELECT (given_at - {_MONDAY}) / {_WEEK} AS week, count(DISTINCT user_id) AS readers FROM reactions"
            " WHERE story_id = ? AND given_at >= ? GROUP BY week HAVING readers >= ?",
            (story, began, SMALLEST_GROUP),
        )
        found = {int(week): int(readers) for week, readers in rows}
        return began, [found.get(week) for week in range(first, first + WEEKS)]
