"""Polls on what comes next in a story: opened, voted on, closed once.

A closing is lent to one process at a time. What that process does before `Polls.ended` is done again by another if it
comes to nothing, and is the same when it is done twice; what it does after it is done once, or, over a crash, never.
"""

from __future__ import annotations

from collections.abc import Collection

import aiosqlite

from bot.domain.audience import EVERYONE, Audience
from bot.domain.polls import Ballot, NewPoll, Poll, PollChoice, PollCloseJob, Tally
from bot.errors import PollClosed, PollGone
from bot.store.database import Database, Row, visible_sql, why_not_visible
from bot.store.rows import SUMMARY, SUMMARY_WIDTH, summary_of

LENT_SECONDS = 60
"""Seconds that a process has for closing a poll before another one may do it."""

_OPEN = "p.closed_at IS NULL AND (p.closes_at IS NULL OR p.closes_at > :now)"
_POLL = (
    f"SELECT {SUMMARY}, p.id, p.guild_id, p.channel_id, p.message_id, p.user_id, p.question, p.several, p.anonymous,"
    " p.opened_at, p.closes_at, p.closed_at FROM polls p"
)
_CAST = (
    "INSERT INTO ballots (poll_id, user_id, slot, choice, cast_at)"
    " SELECT p.id, :reader, iif(p.several, c.number, 0), c.number, :now"
    f" FROM polls p JOIN poll_choices c ON c.poll_id = p.id AND c.number = :choice WHERE p.id = :poll AND {_OPEN}"
    " ON CONFLICT (poll_id, user_id, slot) DO UPDATE SET choice = excluded.choice, cast_at = excluded.cast_at"
)
_TALLY = (
    "SELECT c.number, c.text,"
    " (SELECT count(*) FROM ballots b WHERE b.poll_id = c.poll_id AND b.choice = c.number),"
    " (SELECT count(DISTINCT user_id) FROM ballots WHERE poll_id = ?1)"
    " FROM poll_choices c WHERE c.poll_id = ?1 ORDER BY c.number"
)
_CLAIM = (
    "UPDATE polls SET closed_at = coalesce(closed_at, closes_at, :now), due_at = :until, tries = tries + 1"
    " WHERE id = (SELECT id FROM polls WHERE due_at <= :now ORDER BY due_at, id LIMIT 1)"
    " RETURNING id, guild_id, channel_id, message_id, tries"
)


class Polls:
    """Polls on the stories that may be shown. A method that changes a vote returns once it is on disk.

    Times are in seconds since 1970.
    """

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        self._db = db
        self._audience = audience
        self._shown = f"{_POLL} CROSS JOIN {visible_sql(audience)} s ON s.id = p.story_id"

    # -- opening ----------------------------------------------------------------

    async def open(self, new: NewPoll, now: float) -> int:
        """Keep a new poll, which is not posted yet; its id."""
        async with self._db.transaction() as db:
            cursor = await db.execute(
                "INSERT INTO polls (story_id, user_id, guild_id, channel_id, question, several, anonymous, opened_at,"
                " closes_at, due_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)",
                (
                    new.story.id, new.opener, new.guild, new.channel, new.question, new.several, new.anonymous,
                    int(now), new.closes_at,
                ),
            )  # fmt: skip
            poll = cursor.lastrowid or 0
            await db.executemany(
                "INSERT INTO poll_choices (poll_id, number, text) VALUES (?, ?, ?)",
                [(poll, number, text) for number, text in enumerate(new.choices, start=1)],
            )
        return poll

    async def posted(self, poll: int, message: int) -> None:
        """It is shown by *message*."""
        async with self._db.transaction() as db:
            await db.execute("UPDATE polls SET message_id = ? WHERE id = ?", (message, poll))

    async def drop(self, poll: int) -> None:
        """Forget a poll that could not be posted."""
        async with self._db.transaction() as db:
            await db.execute("DELETE FROM polls WHERE id = ?", (poll,))

    async def forget_messages(self) -> None:
        """Forget where polls are shown, and what is due (a preview's world begins without messages)."""
        async with self._db.transaction() as db:
            await db.execute("UPDATE polls SET message_id = NULL, due_at = NULL")

    # -- looking ----------------------------------------------------------------

    async def find(self, poll: int, guild: int) -> Poll:
        """A poll of a server. Raises `PollGone`, or `StoryGated` or `StoryGone` where its story is not shown."""
        row = await self._db.row(f"{self._shown} WHERE p.id = ? AND p.guild_id = ?", (poll, guild))
        if row is not None:
            return _poll_of(row)
        there = await self._db.row("SELECT story_id FROM polls WHERE id = ? AND guild_id = ?", (poll, guild))
        if there is None:
            raise PollGone
        raise await why_not_visible(self._db, int(there[0]), self._audience)

    async def latest(self, guild: int, limit: int) -> list[Poll]:
        """The polls of a server that were posted, the newest first."""
        rows = await self._db.rows(
            f"{self._shown} WHERE p.guild_id = ? AND p.message_id IS NOT NULL ORDER BY p.id DESC LIMIT ?",
            (guild, limit),
        )
        return [_poll_of(row) for row in rows]

    async def tally(self, poll: int) -> Tally:
        """The votes as they are at one moment."""
        rows = await self._db.rows(_TALLY, (poll,))
        return Tally(tuple(PollChoice(*row[:3]) for row in rows), int(rows[0][3]) if rows else 0)

    async def chosen(self, poll: int, reader: int) -> tuple[int, ...]:
        """The numbers of what *reader* chose."""
        return tuple(int(number) for (number,) in await self._db.rows(_CHOSEN, (poll, reader)))

    async def ballots(self, poll: int, limit: int, skip: int = 0) -> list[Ballot]:
        """Who chose what, by choice; of an anonymous poll this is for no one to see."""
        rows = await self._db.rows(
            "SELECT b.user_id, b.choice, b.cast_at FROM ballots b JOIN polls p ON p.id = b.poll_id"
            " WHERE b.poll_id = ? AND p.anonymous = 0 ORDER BY b.choice, b.user_id LIMIT ? OFFSET ?",
            (poll, limit, skip),
        )
        return [Ballot(*row) for row in rows]

    # -- voting -----------------------------------------------------------------

    async def cast(self, poll: int, reader: int, choice: int, now: float) -> tuple[int, ...]:
        """Count a choice: in place of an earlier one, or beside it where a reader may choose several.

        However often it comes it counts once. What the reader has chosen by now; raises `PollClosed`.
        """

        async def change(db: aiosqlite.Connection) -> tuple[int, ...]:
            values = {"poll": poll, "reader": reader, "choice": choice, "now": int(now)}
            if (await db.execute(_CAST, values)).rowcount < 1:
                raise PollClosed
            return await _chosen(db, poll, reader)

        return await self._db.batched(change)

    async def choose(self, poll: int, reader: int, choices: Collection[int], now: float) -> tuple[int, ...]:
        """Have a reader's choices be these and no others; none takes their vote back.

        What the reader has chosen by now; raises `PollClosed`.
        """
        async with self._db.transaction() as db:
            values: dict[str, int] = {"poll": poll, "reader": reader, "now": int(now)}
            if not list(await db.execute_fetchall(f"SELECT 1 FROM polls p WHERE p.id = :poll AND {_OPEN}", values)):
                raise PollClosed
            before = await _chosen(db, poll, reader)
            await db.executemany(
                "DELETE FROM ballots WHERE poll_id = :poll AND user_id = :reader AND choice = :choice",
                [values | {"choice": choice} for choice in before if choice not in choices],
            )
            await db.executemany(_CAST, [values | {"choice": choice} for choice in choices if choice not in before])
            return await _chosen(db, poll, reader)

    # -- closing ----------------------------------------------------------------

    async def close(self, poll: int, now: float) -> None:
        """End a poll before its time; how it ended is due to be told at once. Raises `PollClosed`."""
        async with self._db.transaction() as db:
            cursor = await db.execute(
                f"UPDATE polls AS p SET closed_at = :now, due_at = :now, tries = 0 WHERE p.id = :poll AND {_OPEN}",
                {"poll": poll, "now": int(now)},
            )
            if cursor.rowcount < 1:
                raise PollClosed

    async def next_due(self) -> int | None:
        """When there is a closing to see to next."""
        row = await self._db.row("SELECT due_at FROM polls WHERE due_at IS NOT NULL ORDER BY due_at LIMIT 1")
        return int(row[0]) if row else None

    async def claim(self, now: float) -> PollCloseJob | None:
        """Close a poll whose time has come, if none has, and lend what is left to do; no one else is lent it."""
        async with self._db.transaction() as db:
            values = {"now": int(now), "until": int(now) + LENT_SECONDS}
            rows = list(await db.execute_fetchall(_CLAIM, values))
        return PollCloseJob(*rows[0]) if rows else None

    async def ended(self, ending: PollCloseJob) -> bool:
        """There is nothing left to do; False where it was lent to another meanwhile."""
        async with self._db.transaction() as db:
            cursor = await db.execute(
                "UPDATE polls SET due_at = NULL WHERE id = ? AND tries = ? AND due_at IS NOT NULL",
                (ending.poll, ending.tries),
            )
            return cursor.rowcount > 0

    async def put_off(self, ending: PollCloseJob, at: float) -> None:
        """See to it again, from *at* on, unless another does meanwhile."""
        async with self._db.transaction() as db:
            await db.execute(
                "UPDATE polls SET due_at = ? WHERE id = ? AND tries = ?", (int(at), ending.poll, ending.tries)
            )


_CHOSEN = "SELECT choice FROM ballots WHERE poll_id = ? AND user_id = ? ORDER BY choice"


async def _chosen(db: aiosqlite.Connection, poll: int, reader: int) -> tuple[int, ...]:
    return tuple(int(number) for (number,) in await db.execute_fetchall(_CHOSEN, (poll, reader)))


def _poll_of(row: Row) -> Poll:
    poll, guild, channel, message, opener, question, several, anonymous, *times = row[SUMMARY_WIDTH:]
    entry = summary_of(row)
    return Poll(poll, entry, guild, channel, message, opener, question, bool(several), bool(anonymous), *times)
