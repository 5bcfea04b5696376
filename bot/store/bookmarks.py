"""Bookmarks: passages that a reader keeps, each with a note of their own."""

from bot.domain.audience import EVERYONE, Audience
from bot.domain.bookmarks import Bookmark
from bot.errors import ReaderError
from bot.store.database import Database, Family, Row, Writing, transaction
from bot.store.engines import alone, shared
from bot.store.rows import CHAPTER, SUMMARY, as_value, chapter_of, summary_of
from bot.store.visibility import visible_sql
from bot.stories.anchors import anchor_at
from bot.stories.lengths import percent_behind
from bot.stories.model import OpenPage, Spot

AT_MOST = 1000
"""The most bookmarks that one reader may have."""

_WORDS_BEFORE = (
    "(SELECT g.words_before FROM pages g WHERE g.length = 0 AND g.chapter_id = b.chapter_id"
    " AND g.start <= b.start ORDER BY g.start DESC LIMIT 1)"
)


class Bookmarks(Family):
    """A reader has one bookmark at a spot. Its passage finds it again when the text has changed."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._visible = visible_sql(audience)
        self._select = (
            f"SELECT {SUMMARY}, {CHAPTER}, b.id, b.start, b.passage, b.note, b.made_at, {_WORDS_BEFORE} AS words_before"
            f" FROM bookmarks b JOIN {self._visible} s ON s.id = b.story_id JOIN chapters c ON c.id = b.chapter_id"
        )

    @transaction
    def keep(self, writing: Writing, reader: int, page: OpenPage, note: str) -> None:
        """Bookmark the beginning of *page*, or change the note there. Raises `ReaderError` for one too many."""
        writing.take(alone("reader", reader), shared("story", page.story.id))
        writing.execute(
            "INSERT INTO bookmarks (user_id, story_id, chapter_id, start, passage, note, made_at)"
            " VALUES (:reader, :story, :chapter, :start, :passage, :note, :now)"
            " ON CONFLICT (user_id, chapter_id, start) DO UPDATE SET note = excluded.note",
            {
                "reader": reader,
                "story": page.story.id,
                "chapter": page.spot.chapter,
                "start": page.spot.offset,
                "passage": anchor_at(page.text.lstrip(), 0),
                "note": note,
                "now": self._db.now(),
            },
        )
        [(count,)] = writing.rows("SELECT count(*) FROM bookmarks WHERE user_id = :reader", {"reader": reader})
        if count > AT_MOST:
            raise ReaderError("too-many-bookmarks", most=AT_MOST)

    async def at(self, reader: int, spot: Spot) -> str | None:
        """Return the note of the bookmark at *spot*, or None where there is no bookmark."""
        row = await self._db.row(
            "SELECT note FROM bookmarks WHERE user_id = :reader AND chapter_id = :chapter AND start = :start",
            {"reader": reader, "chapter": spot.chapter, "start": spot.offset},
        )
        return row["note"] if row else None

    async def count(self, reader: int) -> int:
        """Count *reader*'s bookmarks in stories that they may see."""
        return await self._db.number(
            f"SELECT count(*) FROM bookmarks b JOIN {self._visible} s ON s.id = b.story_id WHERE b.user_id = :reader",
            {"reader": reader},
        )

    async def list(self, reader: int, limit: int, skip: int = 0) -> list[Bookmark]:
        """Return *reader*'s bookmarks, the latest first."""
        rows = await self._db.rows(
            f"{self._select} WHERE b.user_id = :reader ORDER BY b.id DESC LIMIT :limit OFFSET :skip",
            {"reader": reader, "limit": limit, "skip": skip},
        )
        return [_bookmark(row) for row in rows]

    async def find(self, reader: int, bookmark: int) -> Bookmark:
        """Return a bookmark of *reader*'s. Raises `ReaderError` where it is gone."""
        row = await self._db.row(
            f"{self._select} WHERE b.id = :bookmark AND b.user_id = :reader", {"bookmark": bookmark, "reader": reader}
        )
        if row is None:
            raise ReaderError("bookmark-gone")
        return _bookmark(row)

    async def note(self, reader: int, bookmark: int, note: str) -> None:
        """Replace the note of a bookmark of *reader*'s."""
        await self._db.execute(
            "UPDATE bookmarks SET note = :note WHERE id = :bookmark AND user_id = :reader",
            {"note": note, "bookmark": bookmark, "reader": reader},
        )

    async def drop(self, reader: int, bookmark: int) -> None:
        """Delete a bookmark of *reader*'s."""
        await self._db.execute(
            "DELETE FROM bookmarks WHERE id = :bookmark AND user_id = :reader", {"bookmark": bookmark, "reader": reader}
        )


def _bookmark(row: Row) -> Bookmark:
    story, chapter = summary_of(row), chapter_of(row)
    spot, percent = Spot(chapter.id, row["start"]), percent_behind(row["words_before"] or 0, story.words)
    return as_value(row, Bookmark, story=story, chapter=chapter, spot=spot, percent=percent)
