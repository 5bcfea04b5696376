"""A reader's own bookmarks, reading lists, saved quotes and mutes."""

from collections.abc import Iterable, Sequence

from bot.domain.me import READING_LISTS, Bookmark, ListedStory, Mute, MuteKind, ReadingList
from bot.domain.quotes import SavedQuote
from bot.domain.rights import EVERYONE, Audience
from bot.errors import ReaderError
from bot.store.database import IN_ORDER, Database, Family, Row, Writing, named_list, transaction
from bot.store.engines import OF_QUOTE, alone, shared
from bot.store.leaderboard import Score, count_scores
from bot.store.quotes import COLUMNS, deal_what_readers_keep, quote_of
from bot.store.rows import CHAPTER, SUMMARY, as_value, chapter_of, summary_of
from bot.store.visibility import visible_sql
from bot.stories.anchors import anchor_at
from bot.stories.folding import facet_key
from bot.stories.lengths import percent_behind
from bot.stories.model import OpenPage, Spot

MOST_BOOKMARKS = 1000
"""Maximum number of one reader's bookmarks."""

_WORDS_BEFORE = (
    "(SELECT g.words_before FROM pages g WHERE g.length = 0 AND g.chapter_id = b.chapter_id"
    " AND g.start <= b.start ORDER BY g.start DESC LIMIT 1)"
)


class Bookmarks(Family):
    """Bookmarks, at most one of a reader at each spot. The words stored with a bookmark find its spot after an edit."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._visible = visible_sql(audience)
        self._select = (
            f"SELECT {SUMMARY}, {CHAPTER}, b.id, b.start, b.passage, b.note, b.made_at, {_WORDS_BEFORE} AS words_before"
            f" FROM bookmarks b JOIN {self._visible} s ON s.id = b.story_id JOIN chapters c ON c.id = b.chapter_id"
        )

    @transaction
    def keep(self, writing: Writing, reader: int, page: OpenPage, note: str) -> None:
        """Bookmark the start of *page*, or replace the note there. Raises `ReaderError` at too many bookmarks."""
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
        if count > MOST_BOOKMARKS:
            raise ReaderError("too-many-bookmarks", most=MOST_BOOKMARKS)

    async def at(self, reader: int, spot: Spot) -> str | None:
        """Return the note of the bookmark at *spot*, or None if there is no bookmark."""
        row = await self._db.row(
            "SELECT note FROM bookmarks WHERE user_id = :reader AND chapter_id = :chapter AND start = :start",
            {"reader": reader, "chapter": spot.chapter, "start": spot.offset},
        )
        return row["note"] if row else None

    async def count(self, reader: int) -> int:
        """Count *reader*'s bookmarks in stories that the audience may see."""
        return await self._db.number(
            f"SELECT count(*) FROM bookmarks b JOIN {self._visible} s ON s.id = b.story_id WHERE b.user_id = :reader",
            {"reader": reader},
        )

    async def list(self, reader: int, limit: int, skip: int = 0) -> list[Bookmark]:
        """Return *reader*'s bookmarks, latest first."""
        rows = await self._db.rows(
            f"{self._select} WHERE b.user_id = :reader ORDER BY b.id DESC LIMIT :limit OFFSET :skip",
            {"reader": reader, "limit": limit, "skip": skip},
        )
        return [_bookmark(row) for row in rows]

    async def find(self, reader: int, bookmark: int) -> Bookmark:
        """Return a bookmark of *reader*. Raises `ReaderError` if it is gone."""
        row = await self._db.row(
            f"{self._select} WHERE b.id = :bookmark AND b.user_id = :reader", {"bookmark": bookmark, "reader": reader}
        )
        if row is None:
            raise ReaderError("bookmark-gone")
        return _bookmark(row)

    async def note(self, reader: int, bookmark: int, note: str) -> None:
        """Replace the note of a bookmark of *reader*."""
        await self._db.execute(
            "UPDATE bookmarks SET note = :note WHERE id = :bookmark AND user_id = :reader",
            {"note": note, "bookmark": bookmark, "reader": reader},
        )

    async def drop(self, reader: int, bookmark: int) -> None:
        """Delete a bookmark of *reader*."""
        await self._db.execute(
            "DELETE FROM bookmarks WHERE id = :bookmark AND user_id = :reader", {"bookmark": bookmark, "reader": reader}
        )


def _bookmark(row: Row) -> Bookmark:
    story, chapter = summary_of(row), chapter_of(row)
    spot, percent = Spot(chapter.id, row["start"]), percent_behind(row["words_before"] or 0, story.words)
    return as_value(row, Bookmark, story=story, chapter=chapter, spot=spot, percent=percent)


_WORDS_BEHIND = (
    "(SELECT g.words_before FROM pages g WHERE g.length = 0"
    " AND g.chapter_id = p.furthest_chapter_id AND g.start <= p.furthest_start ORDER BY g.start DESC LIMIT 1)"
)


class ReadingLists(Family):
    """Reading lists. A story is moved to Reading or Finished as pages are turned (`Places.move`), or by the reader."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._visible = visible_sql(audience)

    async def of(self, reader: int, name: ReadingList, limit: int, skip: int = 0) -> list[ListedStory]:
        """Return the stories on one of *reader*'s lists, the last moved first."""
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
        """Return the name of *reader*'s list that contains a story, or None."""
        row = await self._db.row(
            "SELECT list FROM reading_lists WHERE user_id = :reader AND story_id = :story",
            {"reader": reader, "story": story},
        )
        return row["list"] if row else None

    @transaction
    def put(self, writing: Writing, reader: int, story: int, name: ReadingList | None) -> None:
        """Move a story to a list, or (None) off all lists. The reader's place in the story stays."""
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


MOST_SAVED_QUOTES = 1000
"""Maximum number of one reader's saved quotes."""


class SavedQuotes(Family):
    """Quotes that readers saved, each at most once. A quote stays saved when an edit removes it from the story."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._shown = visible_sql(audience)
        self._saved = (
            f"SELECT {COLUMNS}, v.saved_at, q.is_there AS is_current"
            f" FROM saved_quotes v {IN_ORDER} quotes q ON q.id = v.quote_id"
            f" JOIN chapters c ON c.id = q.chapter_id JOIN {self._shown} s ON s.id = q.story_id AND s.may_quote = 1"
        )

    @transaction
    def keep(self, writing: Writing, reader: int, quote: int, guild: int | None) -> bool:
        """Save a quote; return False if it is saved already. Raises `ReaderError` if *reader* has saved too many."""
        writing.take(alone("reader", reader), shared("story", quote, OF_QUOTE), alone("quotes", quote, OF_QUOTE))
        saved = writing.rows(
            "INSERT INTO saved_quotes (user_id, quote_id, guild_id, saved_at)"
            " VALUES (:reader, :quote, :guild, :now) ON CONFLICT (user_id, quote_id) DO NOTHING"
            " RETURNING quote_id, guild_id, saved_at",
            {"reader": reader, "quote": quote, "guild": guild or 0, "now": self._db.now()},
        )
        [(count,)] = writing.rows("SELECT count(*) FROM saved_quotes WHERE user_id = :reader", {"reader": reader})
        if count > MOST_SAVED_QUOTES:
            raise ReaderError("too-many-saved", most=MOST_SAVED_QUOTES)
        _count(writing, saved, 1)
        if saved:
            deal_what_readers_keep(writing, quote)
        return bool(saved)

    @transaction
    def drop(self, writing: Writing, reader: int, quote: int) -> None:
        """Delete a saved quote of *reader*."""
        writing.take(alone("reader", reader), shared("story", quote, OF_QUOTE))
        remove_saved_quotes(writing, reader, quote)

    async def count(self, reader: int) -> int:
        """Count *reader*'s saved quotes that may be shown to the audience."""
        row = await self._db.row(
            f"SELECT count(*) AS saved FROM saved_quotes v {IN_ORDER} quotes q ON q.id = v.quote_id"
            f" JOIN {self._shown} s ON s.id = q.story_id AND s.may_quote = 1 WHERE v.user_id = :reader",
            {"reader": reader},
        )
        return row["saved"] if row else 0

    async def list(self, reader: int, limit: int, skip: int = 0) -> list[SavedQuote]:
        """Return *reader*'s saved quotes, latest first."""
        rows = await self._db.rows(
            f"{self._saved} WHERE v.user_id = :reader ORDER BY v.id DESC LIMIT :limit OFFSET :skip",
            {"reader": reader, "limit": limit, "skip": skip},
        )
        return [_saved(row) for row in rows]

    async def find(self, reader: int, quote: int) -> SavedQuote:
        """Return a saved quote of *reader*. Raises `ReaderError` if it is gone."""
        row = await self._db.row(
            f"{self._saved} WHERE v.user_id = :reader AND v.quote_id = :quote", {"reader": reader, "quote": quote}
        )
        if row is None:
            raise ReaderError("saved-gone")
        return _saved(row)


def _saved(row: Row) -> SavedQuote:
    return as_value(row, SavedQuote, quote=quote_of(row))


def remove_saved_quotes(writing: Writing, reader: int, quote: int | None = None) -> None:
    """Delete *reader*'s saved *quote*, or all saved quotes, and subtract them from the counts."""
    where = "user_id = :reader" if quote is None else "user_id = :reader AND quote_id = :quote"
    rows = writing.rows(
        f"DELETE FROM saved_quotes WHERE {where} RETURNING quote_id, guild_id, saved_at",
        {"reader": reader, "quote": quote},
    )
    _count(writing, rows, -1)


def _count(writing: Writing, rows: Iterable[Row], change: int) -> None:
    """Update ``quotes.saves`` and the leaderboard after rows of ``saved_quotes`` were added (1) or deleted (-1)."""
    if not (rows := list(rows)):
        return
    writing.many(
        "UPDATE quotes SET saves = saves + :change WHERE id = :quote",
        [{"quote": row["quote_id"], "change": change} for row in rows],
    )
    listed, values = named_list("quote", [row["quote_id"] for row in rows])
    quotes = writing.rows(f"SELECT id, story_id FROM quotes WHERE id IN {listed}", values)
    stories = {row["id"]: row["story_id"] for row in quotes}
    count_scores(
        writing,
        [
            score
            for row in rows
            for score in (
                Score("quote", "saves", row["guild_id"], row["saved_at"], row["quote_id"], change),
                Score("story", "saves", row["guild_id"], row["saved_at"], stories[row["quote_id"]], change),
            )
        ],
    )


MOST_MUTED = 25
"""Maximum number of one reader's mutes of one kind, which is also the maximum number of options in a select."""


class Mutes(Family):
    """A reader's muted authors and tags, including fandoms and characters."""

    async def of(self, reader: int) -> list[Mute]:
        """Return *reader*'s mutes, by kind and name."""
        rows = await self._db.rows(
            "SELECT id, kind, name FROM mutes WHERE user_id = :reader ORDER BY kind, key", {"reader": reader}
        )
        return [as_value(row, Mute) for row in rows]

    @transaction
    def add(self, writing: Writing, reader: int, kind: MuteKind, names: Sequence[str]) -> int:
        """Mute *names*; return the number of names left out because of `MOST_MUTED`."""
        writing.take(alone("reader", reader))
        wanted = {key: name for name in names if (key := facet_key(name))}
        rows = writing.rows(
            "SELECT key FROM mutes WHERE user_id = :reader AND kind = :kind", {"reader": reader, "kind": kind}
        )
        there = {row["key"] for row in rows}
        new = [
            {"reader": reader, "kind": kind, "key": key, "name": name}
            for key, name in wanted.items()
            if key not in there
        ]
        room = max(0, MOST_MUTED - len(there))
        writing.many("INSERT INTO mutes (user_id, kind, key, name) VALUES (:reader, :kind, :key, :name)", new[:room])
        return max(0, len(new) - room)

    async def drop(self, reader: int, mute: int) -> None:
        """Delete a mute of *reader*."""
        await self._db.execute(
            "DELETE FROM mutes WHERE user_id = :reader AND id = :mute", {"reader": reader, "mute": mute}
        )
