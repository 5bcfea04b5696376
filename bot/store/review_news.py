"""Reviews that the writers of a story are to be told of: an outbox, filled in the transaction that shows a review.

As with news, what is taken out is told once or, over a crash, not at all. A review is news once, however often it is
changed; one that is deleted or hidden by then is not told.
"""

from __future__ import annotations

import aiosqlite

from bot.domain.news import SHUT_SECONDS
from bot.domain.reviews import ReviewDigest, ReviewJob, next_digest
from bot.store.database import Database, visible_to_author_sql
from bot.store.review_lists import reviews_where


async def announce(db: aiosqlite.Connection, review: int, now: float) -> None:
    """Have the writers told of a review, as each wants to be, unless it was announced before.

    Nobody is told of their own, or of one by a reader whom they have reported.
    """
    fresh = await db.execute(
        "UPDATE reviews SET announced_at = ? WHERE id = ? AND announced_at IS NULL", (int(now), review)
    )
    if fresh.rowcount:
        await db.execute(_ANNOUNCE, {"review": review, "now": int(now), "digest": next_digest(now)})


_ANNOUNCE = (
    "INSERT INTO review_outbox (user_id, review_id, due_at)"
    " SELECT w.user_id, r.id, iif(coalesce(p.reviews, 'direct') = 'digest', :digest, :now)"
    " FROM reviews r JOIN story_authors w ON w.story_id = r.story_id LEFT JOIN reader_settings p ON p.user_id = w.user_id"
    " WHERE r.id = :review AND w.user_id <> r.user_id AND coalesce(p.reviews, 'direct') <> 'none' AND NOT EXISTS"
    " (SELECT 1 FROM review_reports b JOIN reviews o ON o.id = b.review_id"
    "  WHERE b.user_id = w.user_id AND o.user_id = r.user_id)"
)

_CLAIM = (
    "DELETE FROM review_outbox WHERE due_at <= ?1 AND user_id ="
    " (SELECT user_id FROM review_outbox WHERE due_at <= ?1 ORDER BY due_at LIMIT 1)"
    " RETURNING user_id, review_id, tries"
)


class ReviewOutbox:
    """Takes out what is due, and says what of it a writer may be told."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def claim(self, now: float) -> ReviewJob | None:
        """Take out all that one writer is to be told now; nobody else is given it."""
        async with self._db.transaction() as db:
            rows = list(await db.execute_fetchall(_CLAIM, (int(now),)))
        if not rows:
            return None
        return ReviewJob(rows[0][0], tuple(sorted(int(row[1]) for row in rows)), max(row[2] for row in rows))

    async def put_back(self, due: ReviewJob, at: float) -> None:
        """Tell it again, from *at* on: it did not get through. What was deleted meanwhile stays out."""
        async with self._db.transaction() as db:
            await db.executemany(
                "INSERT INTO review_outbox (user_id, review_id, tries, due_at)"
                " SELECT ?, id, ?, ? FROM reviews WHERE id = ? ON CONFLICT DO NOTHING",
                [(due.writer, due.tries + 1, int(at), review) for review in due.reviews],
            )

    async def told(self, due: ReviewJob, limit: int, now: float) -> ReviewDigest:
        """What to say: the first *limit* of those that are still there, and still wanted."""
        row = await self._db.row(
            "SELECT 1 FROM reader_settings WHERE user_id = ? AND (reviews = 'none' OR unreached_at > ?)",
            (due.writer, int(now) - SHUT_SECONDS),
        )
        if row is not None:
            return ReviewDigest((), 0)
        shown = await self._still(due)
        gate = visible_to_author_sql(due.writer)
        marks = ", ".join("?" * len(shown[:limit]))
        found = await reviews_where(self._db, [gate], (f"r.id IN ({marks})", tuple(shown[:limit])), limit)
        return ReviewDigest(tuple(sorted(found, key=lambda review: review.id)), len(shown))

    async def _still(self, due: ReviewJob) -> list[int]:
        """Those that are shown, of stories that are, to one who wrote them."""
        rows = await self._db.rows(
            "SELECT r.id FROM reviews r JOIN visible_to_adults s ON s.id = r.story_id"
            " JOIN story_authors w ON w.story_id = r.story_id AND w.user_id = ?"
            f" WHERE r.state = 'shown' AND r.id IN ({', '.join(map(str, due.reviews))}) ORDER BY r.id",
            (due.writer,),
        )
        return [int(row[0]) for row in rows]
