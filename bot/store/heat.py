"""How many readers reacted in each part of a story."""

from bot.domain.anonymity import SMALLEST_GROUP
from bot.domain.heat import PARTS, Heat, hottest
from bot.store.database import Database, Family, Reading
from bot.store.rows import NAME, name_of
from bot.stories.model import ChapterName

MANY = 5_000
"""Reactions to a story, beyond which its heat is remembered."""


class Heats(Family):
    """Where readers reacted to stories, as the authors and all readers see it."""

    def __init__(self, db: Database) -> None:
        super().__init__(db)
        self._counted: dict[int, tuple[int, Heat | None]] = {}
        """The heat of stories when it was last counted, with how many reactions there were."""

    async def find(self, story: int) -> Heat | None:
        """Return how many readers reacted to the pages in each part of a story; None while too few did in every part.

        A reaction to a page counts for each part whose middle is on that page, or else for the part where the middle
        of the page is. A story with `MANY` reactions is counted again only when a hundredth of them is new.
        """
        total = await self._db.number("SELECT loved FROM stories WHERE id = :story", {"story": story})
        if total < MANY:
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
            # Once for each page and not for each reaction, which would take ten times as long.
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
