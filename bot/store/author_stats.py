"""Statistics for a story's authors: counts of readers, and a heat map of reactions."""

import json
from dataclasses import asdict

from bot.domain.anonymity import SMALLEST_GROUP, day_of
from bot.domain.author_stats import PARTS, WEEKS, Heat, Readership, hottest, readership
from bot.store.chapters import LENGTHS
from bot.store.database import IN_ORDER, Database, Family, Reading
from bot.store.rows import NAME, name_of
from bot.stories.model import ChapterName

_WEEK = 7 * 24 * 60 * 60
_MONDAY = 4 * 24 * 60 * 60
"""Seconds from the epoch (a Thursday) to its first Monday."""

_LAST_PAGES = " UNION ALL SELECT ".join(
    f"(SELECT start FROM pages WHERE story_id = :story AND length = {length} ORDER BY number DESC LIMIT 1)"
    + (" AS start" if length == 0 else "")
    for length in range(len(LENGTHS))
)
"""SQL: the start offset of a story's last page, for each page length."""


class AuthorCounts(Family):
    """Reader counts for a story's authors. The authors themselves are not counted."""

    async def readership(self, story: int) -> Readership | None:
        """Return how many readers began a story and how far they got, rounded for anonymity; None if too few began.

        The readers are counted at most once a day, and only if at least `SMALLEST_GROUP` of them have turned a page
        since the last count. Otherwise the last result is returned.
        """
        today = day_of(self._db.now())
        row = await self._db.row(
            "SELECT told, day, (SELECT count(*) FROM places p WHERE p.story_id = t.story_id AND p.moved_at > t.moment"
            "  AND p.user_id NOT IN (SELECT user_id FROM story_authors WHERE story_id = :story)) AS moved"
            " FROM told_readerships t WHERE story_id = :story",
            {"story": story},
        )
        if row is not None and (row["day"] == today or row["moved"] < SMALLEST_GROUP):
            return _published(row["told"])
        moment = self._db.moment()
        found = await self._count(story)
        told = found.in_steps() if found else None
        await self._db.execute(
            "INSERT INTO told_readerships (story_id, told, day, moment) VALUES (:story, :told, :today, :moment)"
            " ON CONFLICT (story_id) DO UPDATE SET told = excluded.told, day = excluded.day, moment = excluded.moment",
            {
                "story": story,
                "told": json.dumps(asdict(told) if told else None),
                "today": today,
                "moment": moment if told else 0,  # so that every reader counts as moved since then
            },
        )
        return told

    async def _count(self, story: int) -> Readership | None:
        """Count how many readers began a story and how far they got; None if fewer than `SMALLEST_GROUP` began.

        A reader who finished before the story grew counts as stopped at its former end.
        """
        rows = await self._db.rows(
            "WITH last AS (SELECT chapter_id, words_before + words AS words FROM pages"
            "   WHERE story_id = :story AND length = 0 ORDER BY number DESC LIMIT 1),"
            f" last_pages AS (SELECT {_LAST_PAGES}),"
            " stopped AS (SELECT furthest_chapter_id AS chapter_id, furthest_start AS start, count(*) AS readers,"
            "   count(finished_at) AS finished FROM places WHERE story_id = :story"
            "   AND user_id NOT IN (SELECT user_id FROM story_authors WHERE story_id = :story)"
            "   GROUP BY furthest_chapter_id, furthest_start)"
            " SELECT stopped.readers, CASE WHEN stopped.chapter_id = last.chapter_id"
            "   AND stopped.start >= (SELECT min(start) FROM last_pages) THEN stopped.finished ELSE 0 END AS finished,"
            "  coalesce((SELECT words_before FROM pages WHERE chapter_id = stopped.chapter_id AND length = 0"
            "   AND start <= stopped.start ORDER BY start DESC LIMIT 1), 0) AS words_before, last.words"
            f" FROM last {IN_ORDER} stopped ON TRUE",
            {"story": story},
        )
        return readership(
            ((row["words_before"], row["readers"] - row["finished"]) for row in rows),
            sum(row["finished"] for row in rows),
            rows[0]["words"] if rows else 0,
        )

    async def weeks(self, story: int, now: int) -> tuple[int, list[int | None]]:
        """Return the start of the first of the last `WEEKS` weeks, and the number of readers who reacted in each week.

        Weeks begin on Monday, UTC; the start is in epoch seconds. A number below `SMALLEST_GROUP` is None.
        """
        first = (now - _MONDAY) // _WEEK - WEEKS + 1
        began = first * _WEEK + _MONDAY
        rows = await self._db.rows(
            f"SELECT (given_at - {_MONDAY}) / {_WEEK} AS week, count(DISTINCT user_id) AS readers FROM reactions"
            " WHERE story_id = :story AND given_at >= :began"
            "  AND user_id NOT IN (SELECT user_id FROM story_authors WHERE story_id = :story)"
            f" GROUP BY (given_at - {_MONDAY}) / {_WEEK}"
            " HAVING count(DISTINCT user_id) >= :fewest",
            {"story": story, "began": began, "fewest": SMALLEST_GROUP},
        )
        found = {row["week"]: row["readers"] for row in rows}
        return began, [found.get(week) for week in range(first, first + WEEKS)]


def _published(told: str) -> Readership | None:
    kept = json.loads(told)
    return kept and Readership(kept["begun"], kept["finished"], tuple(kept["reached"]))


MANY_REACTIONS = 5_000
"""Minimum number of reactions to a story for its heat map to be cached."""


class Heats(Family):
    """Heat maps: the number of readers who reacted in each part of a story, without its authors."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._counted: dict[int, tuple[int, Heat | None]] = {}
        """Cache, by story id: the number of reactions when the heat map was computed, and the heat map."""

    async def find(self, story: int) -> Heat | None:
        """Return the heat map of a story; None if no part has at least `SMALLEST_GROUP` readers.

        A reaction to a page counts for each part whose midpoint lies on the page, or else for the part that contains
        the page's midpoint. From `MANY_REACTIONS` reactions on, the cached heat map is returned until their number has
        changed by one hundredth.
        """
        total = await self._db.number("SELECT loved FROM stories WHERE id = :story", {"story": story})
        if total < MANY_REACTIONS:
            return await self._db.read(lambda reading: self._count(reading, story))
        before, heat = self._counted.get(story, (0, None))
        if abs(total - before) * 100 >= total:
            heat = await self._db.read(lambda reading: self._count(reading, story), is_long=True)
            self._counted[story] = (total, heat)
        return heat

    def _count(self, reading: Reading, story: int) -> Heat | None:
        rows = reading.rows(
            "WITH RECURSIVE parts (part) AS (SELECT 0 UNION ALL SELECT part + 1 FROM parts WHERE part < :parts - 1),"
            " given AS (SELECT DISTINCT chapter_id, start FROM reactions WHERE story_id = :story AND chapter_id <> 0),"
            " moved AS (SELECT given.chapter_id, given.start, 2 * :parts * p.words_before AS first,"
            "   2 * :parts * (p.words_before + p.words) AS beyond, (SELECT w.words_before + w.words FROM pages w"
            "    WHERE w.story_id = :story AND w.length = 0 ORDER BY w.number DESC LIMIT 1) AS whole"
            "  FROM given JOIN pages p ON p.chapter_id = given.chapter_id AND p.length = 0 AND p.start ="
            "   (SELECT max(start) FROM pages WHERE chapter_id = given.chapter_id AND length = 0"
            "    AND start <= given.start)),"
            # Materialized: one join for each page with reactions. One for each reaction would take ten times as long.
            " placed AS MATERIALIZED (SELECT part, chapter_id, start FROM moved JOIN parts"
            "  ON (2 * part + 1) * whole >= first AND (2 * part + 1) * whole < beyond"
            "  OR part = (first + beyond) / (4 * whole)),"
            " counted AS (SELECT part, (SELECT count(DISTINCT r.user_id) FROM placed JOIN reactions r"
            "   ON r.story_id = :story AND r.chapter_id = placed.chapter_id AND r.start = placed.start"
            "   AND r.chapter_id <> 0 AND r.user_id NOT IN"
            "    (SELECT user_id FROM story_authors WHERE story_id = :story)"
            "   WHERE placed.part = parts.part) AS readers FROM parts)"
            " SELECT part, readers FROM counted WHERE readers >= :fewest",
            {"story": story, "parts": PARTS, "fewest": SMALLEST_GROUP},
        )
        if not rows:
            return None
        counts = {row["part"]: row["readers"] for row in rows}
        parts = tuple(counts.get(part) for part in range(PARTS))
        chapter = reading.row(
            f"SELECT {NAME} FROM pages p JOIN chapters c ON c.id = p.chapter_id WHERE p.story_id = :story"
            " AND p.length = 0 AND p.words_before <= :share * (SELECT words_before + words FROM pages"
            "  WHERE story_id = :story AND length = 0 ORDER BY number DESC LIMIT 1)"
            " ORDER BY p.words_before DESC, p.number DESC LIMIT 1",
            {"story": story, "share": hottest(parts)},
        )
        return Heat(parts, name_of(chapter) if chapter else ChapterName(number=1))
