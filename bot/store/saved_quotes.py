"""The quotes that readers save."""

from collections.abc import Iterable

from bot.domain.audience import EVERYONE, Audience
from bot.domain.quotes import SavedQuote
from bot.errors import ReaderError
from bot.store.database import IN_ORDER, Database, Family, Row, Writing, named_list, transaction
from bot.store.engines import OF_QUOTE, alone, shared
from bot.store.leaderboard import Score, count_scores
from bot.store.quotes import COLUMNS, quote_of
from bot.store.rows import as_value
from bot.store.visibility import visible_sql

AT_MOST = 1000
"""Quotes that one reader may save."""


class SavedQuotes(Family):
    """A reader saves a quote once. It stays saved when an edit takes its words out of the story."""

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
        """Save a quote; return False where it is saved already. Raises `ReaderError` where there are too many."""
        writing.take(alone("reader", reader), shared("story", quote, OF_QUOTE))
        saved = writing.rows(
            "INSERT INTO saved_quotes (user_id, quote_id, guild_id, saved_at)"
            " VALUES (:reader, :quote, :guild, :now) ON CONFLICT (user_id, quote_id) DO NOTHING"
            " RETURNING quote_id, guild_id, saved_at",
            {"reader": reader, "quote": quote, "guild": guild or 0, "now": self._db.now()},
        )
        [(count,)] = writing.rows("SELECT count(*) FROM saved_quotes WHERE user_id = :reader", {"reader": reader})
        if count > AT_MOST:
            raise ReaderError("too-many-saved", most=AT_MOST)
        _count(writing, saved, 1)
        return bool(saved)

    @transaction
    def drop(self, writing: Writing, reader: int, quote: int) -> None:
        """Save it no longer."""
        writing.take(alone("reader", reader), shared("story", quote, OF_QUOTE))
        remove_saved_quotes(writing, reader, quote)

    async def count(self, reader: int) -> int:
        """Return how many quotes *reader* has saved, of those that may be shown."""
        row = await self._db.row(
            f"SELECT count(*) AS saved FROM saved_quotes v {IN_ORDER} quotes q ON q.id = v.quote_id"
            f" JOIN {self._shown} s ON s.id = q.story_id AND s.may_quote = 1 WHERE v.user_id = :reader",
            {"reader": reader},
        )
        return row["saved"] if row else 0

    async def list(self, reader: int, limit: int, skip: int = 0) -> list[SavedQuote]:
        """Return what *reader* has saved, the latest first."""
        rows = await self._db.rows(
            f"{self._saved} WHERE v.user_id = :reader ORDER BY v.id DESC LIMIT :limit OFFSET :skip",
            {"reader": reader, "limit": limit, "skip": skip},
        )
        return [_saved(row) for row in rows]

    async def find(self, reader: int, quote: int) -> SavedQuote:
        """Return one that *reader* has saved. Raises `ReaderError`."""
        row = await self._db.row(
            f"{self._saved} WHERE v.user_id = :reader AND v.quote_id = :quote", {"reader": reader, "quote": quote}
        )
        if row is None:
            raise ReaderError("saved-gone")
        return _saved(row)


def _saved(row: Row) -> SavedQuote:
    return as_value(row, SavedQuote, quote=quote_of(row))


def remove_saved_quotes(writing: Writing, reader: int, quote: int | None = None) -> None:
    """Delete a quote, or all quotes, from what *reader* has saved, with what was counted of them."""
    where = "user_id = :reader" if quote is None else "user_id = :reader AND quote_id = :quote"
    rows = writing.rows(
        f"DELETE FROM saved_quotes WHERE {where} RETURNING quote_id, guild_id, saved_at",
        {"reader": reader, "quote": quote},
    )
    _count(writing, rows, -1)


def _count(writing: Writing, rows: Iterable[Row], change: int) -> None:
    """Keep ``quotes.saves`` and the leaderboard in step with rows of ``saved_quotes`` that came (1) or went (-1)."""
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
