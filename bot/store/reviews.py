"""What readers say of a story in their own words: left, changed, taken back; reported, hidden, shown."""

from __future__ import annotations

import aiosqlite

from bot.domain.reviews import HOUR_SECONDS, REVIEWS_AN_HOUR, NewReview, ReviewState
from bot.errors import ReaderError
from bot.store.database import Database
from bot.store.review_news import announce

_LATELY = "SELECT count(*) FROM review_times WHERE user_id = ? AND left_at > ?"


class Reviews:
    """One for each reader, of a story or of a chapter of it. What changes one returns once it is on disk."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def allow(self, reader: int, now: float) -> None:
        """Raises `ReaderError` for one who has just left as many as anybody may."""
        row = await self._db.row(_LATELY, (reader, int(now) - HOUR_SECONDS))
        if row is not None and row[0] >= REVIEWS_AN_HOUR:
            raise ReaderError("reviews-too-many", most=REVIEWS_AN_HOUR)

    async def leave(self, said: NewReview, now: float) -> int:
        """Keep what a reader says in the place of what they said of the same before; return its number.

        The writers are to be told, once, when it is first shown. What a new account says is held, and so is what comes
        after a review that was taken back when it was hidden or reported. A change stays in the server where the
        review was left, and hidden if it is. Raises `ReaderError`.
        """
        async with self._db.transaction() as db:
            before, guild = await _before(db, said)
            if before in (None, "gone"):
                await _count(db, said.reader, int(now))
            await _refuse_twice(db, said)
            state = _becomes(before, said.is_new_account and guild != 0, guild)
            [(review,)] = await db.execute_fetchall(
                "INSERT INTO reviews (user_id, name, story_id, chapter_id, guild_id, text, state, waits, left_at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, story_id, chapter_id) DO UPDATE SET"
                " edited_at = iif(state = 'gone', NULL, excluded.left_at),"
                " left_at = iif(state = 'gone', excluded.left_at, left_at),"
                " waits = excluded.waits OR waits AND state = 'shown',"
                " guild_id = excluded.guild_id, name = excluded.name, text = excluded.text, state = excluded.state"
                " RETURNING id",
                (said.reader, said.name, said.story, said.chapter, guild, said.text, state, state == "held", int(now)),
            )
            if state == "shown":
                await announce(db, int(review), now)
        return int(review)

    async def take_back(self, reader: int, review: int) -> None:
        """Delete a review of *reader*'s. Of one that was hidden or reported a mark stays, without the text, so that
        what they say there next is looked at first."""
        async with self._db.transaction() as db:
            marked = await db.execute(
                "UPDATE reviews SET state = 'gone', name = '', text = '', waits = 0 WHERE id = ? AND user_id = ? AND"
                " (state = 'hidden' OR EXISTS (SELECT 1 FROM review_reports p WHERE p.review_id = reviews.id))",
                (review, reader),
            )
            if marked.rowcount:
                await db.execute("DELETE FROM review_outbox WHERE review_id = ?", (review,))
            else:
                await db.execute(
                    "DELETE FROM reviews WHERE id = ? AND user_id = ? AND state <> 'gone'", (review, reader)
                )

    async def report(self, reader: int, review: int, reason: str, now: float) -> None:
        """Have those who manage its server look at a review; each reader reports it once. Raises `ReaderError`."""
        async with self._db.transaction() as db:
            there = await db.execute(
                "UPDATE reviews SET waits = iif(guild_id = 0, 0, 1) WHERE id = ? AND state = 'shown'"
                " AND NOT EXISTS (SELECT 1 FROM review_reports p WHERE p.review_id = reviews.id AND p.user_id = ?)",
                (review, reader),
            )
            if there.rowcount:
                await db.execute("INSERT INTO review_reports VALUES (?, ?, ?, ?)", (review, reader, reason, int(now)))
            elif not await db.execute_fetchall("SELECT 1 FROM reviews WHERE id = ? AND state = 'shown'", (review,)):
                raise ReaderError("review-gone")

    async def hide(self, review: int, guild: int) -> None:
        """Show a review that was left in *guild* to nobody but its reader. Raises `ReaderError`."""
        async with self._db.transaction() as db:
            await _decide(db, review, guild, "hidden")

    async def show(self, review: int, guild: int, now: float) -> None:
        """Show a review that was left in *guild* to all there: one that was held, hidden or reported.

        Raises `ReaderError`.
        """
        async with self._db.transaction() as db:
            await _decide(db, review, guild, "shown")
            await announce(db, review, now)


async def _before(db: aiosqlite.Connection, said: NewReview) -> tuple[str | None, int]:
    """The state of what a reader said of the same before, None for nothing, and the server it belongs to."""
    rows = await db.execute_fetchall(
        "SELECT state, guild_id FROM reviews WHERE user_id = ? AND story_id = ? AND chapter_id = ?",
        (said.reader, said.story, said.chapter),
    )
    for state, guild in rows:
        return state, said.guild if state == "gone" else guild
    return None, said.guild


def _becomes(before: str | None, is_new: bool, guild: int) -> ReviewState:
    if before == "hidden":
        return "hidden"
    return "held" if is_new or (guild and before in ("held", "gone")) else "shown"


async def _count(db: aiosqlite.Connection, reader: int, now: int) -> None:
    """Count one more review of *reader*'s in this hour. Raises `ReaderError`."""
    await db.execute("DELETE FROM review_times WHERE left_at <= ?", (now - HOUR_SECONDS,))
    [(lately,)] = await db.execute_fetchall(_LATELY, (reader, now - HOUR_SECONDS))
    if lately >= REVIEWS_AN_HOUR:
        raise ReaderError("reviews-too-many", most=REVIEWS_AN_HOUR)
    await db.execute("INSERT INTO review_times VALUES (?, ?)", (reader, now))


async def _refuse_twice(db: aiosqlite.Connection, said: NewReview) -> None:
    """Raises `ReaderError` for what a reader said of something else in the same words."""
    if await db.execute_fetchall(
        "SELECT 1 FROM reviews WHERE user_id = ? AND text = ? AND (story_id, chapter_id) <> (?, ?) LIMIT 1",
        (said.reader, said.text, said.story, said.chapter),
    ):
        raise ReaderError("review-twice")


async def _decide(db: aiosqlite.Connection, review: int, guild: int, state: ReviewState) -> None:
    there = await db.execute(
        "UPDATE reviews SET state = ?, waits = 0 WHERE id = ? AND guild_id = ? AND state <> 'gone'",
        (state, review, guild),
    )
    if not (guild and there.rowcount):
        raise ReaderError("review-gone")
