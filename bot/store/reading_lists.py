"""A reader's lists: reading, later, finished, paused, dropped. A story is on one of them at most."""

from bot.domain.audience import EVERYONE, Audience
from bot.domain.reading_lists import READING_LISTS, ListedStory, ReadingList
from bot.store.database import Database, Family, Row, Writing, transaction
from bot.store.engines import alone, shared
from bot.store.rows import SUMMARY, summary_of
from bot.store.visibility import visible_sql
from bot.stories.lengths import percent_behind

_WORDS_BEHIND = (
    "(SELECT g.words_before FROM pages g WHERE g.length = 0"
    " AND g.chapter_id = p.furthest_chapter_id AND g.start <= p.furthest_start ORDER BY g.start DESC LIMIT 1)"
)


class ReadingLists(Family):
    """Turning pages moves a story to Reading and to Finished (`Places.move`); a reader may move it anywhere."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._visible = visible_sql(audience)

    async def of(self, reader: int, name: ReadingList, limit: int, skip: int = 0) -> list[ListedStory]:
        """Return the stories on one of *reader*'s lists, the latest first."""
        rows = await self._db.rows(
            f"SELECT {SUMMARY}, l.list, l.changed_at, {_WORDS_BEHIND} AS words_behind FROM reading_lists l"
            f" JOIN {self._visible} s ON s.id = l.story_id"
            " LEFT JOIN places p ON p.user_id = l.user_id AND p.story_id = l.story_id"
            " WHERE l.user_id = :reader AND l.list = :list ORDER BY l.changed_at DESC LIMIT :limit OFFSET :skip",
            {"reader": reader, "list": name, "limit": limit, "skip": skip},
        )
        return [_listed(row) for row in rows]

    async def counts(self, reader: int) -> dict[ReadingList, int]:
        """Count the stories on each of *reader*'s lists."""
        rows = await self._db.rows(
            f"SELECT l.list, count(*) AS stories FROM reading_lists l JOIN {self._visible} s ON s.id = l.story_id"
            " WHERE l.user_id = :reader GROUP BY l.list",
            {"reader": reader},
        )
        return dict.fromkeys(READING_LISTS, 0) | {row["list"]: row["stories"] for row in rows}

    async def holding(self, reader: int, story: int) -> ReadingList | None:
        """Return the list that has a story, or None."""
        row = await self._db.row(
            "SELECT list FROM reading_lists WHERE user_id = :reader AND story_id = :story",
            {"reader": reader, "story": story},
        )
        return row["list"] if row else None

    @transaction
    def put(self, writing: Writing, reader: int, story: int, name: ReadingList | None) -> None:
        """Move a story to a list, or off all of them. The reader's place in it stays."""
        writing.take(alone("reader", reader), shared("story", story))
        values = {"reader": reader, "story": story, "list": name, "now": self._db.moment()}
        if name is None:
            writing.execute("DELETE FROM reading_lists WHERE user_id = :reader AND story_id = :story", values)
        else:
            writing.execute(
                "INSERT INTO reading_lists (user_id, story_id, list, changed_at)"
                " VALUES (:reader, :story, :list, :now) ON CONFLICT (user_id, story_id)"
                " DO UPDATE SET list = excluded.list, changed_at = excluded.changed_at",
                values,
            )


def _listed(row: Row) -> ListedStory:
    story, percent = summary_of(row), None
    if row["words_behind"] is not None:
        percent = 100 if row["list"] == "finished" else percent_behind(row["words_behind"], story.words)
    return ListedStory(story, row["changed_at"] // 1_000_000_000, percent)
