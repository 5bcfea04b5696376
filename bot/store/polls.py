"""Polls on what comes next in a story: opened, voted on, closed once.

One process at a time has the lease of closing a poll, and tells `Polls.ended` when nothing is left to do. Until then
another one takes it over where the lease ends.
"""

from collections.abc import Collection

from bot.domain.audience import EVERYONE, Audience
from bot.domain.polls import Ballot, NewPoll, Poll, PollChoice, PollCloseJob, Tally
from bot.errors import PollClosed, PollGone, ReaderError
from bot.store.database import IN_ORDER, Database, Family, Reading, Row, Value, Writing, lookup, transaction
from bot.store.engines import alone, shared
from bot.store.rows import SUMMARY, summary_of
from bot.store.visibility import visible_sql, why_not_visible

LEASE_SECONDS = 60
"""Seconds that a process has for closing a poll before another one may do it."""

OPEN_EACH, OPEN_HERE = 10, 50
"""Polls that one member, and all members of a server, may have open."""

_OPEN = "p.closed_at IS NULL AND (p.closes_at IS NULL OR p.closes_at > :now)"
_POLL = (
    f"SELECT {SUMMARY}, p.id AS poll_id, p.guild_id, p.channel_id, p.message_id, p.user_id, p.question, p.several,"
    " p.anonymous, p.opened_at, p.closes_at, p.closed_at FROM polls p"
)
_CAST = (
    "INSERT INTO ballots (poll_id, user_id, slot, choice, cast_at)"
    " SELECT p.id, :reader, CASE WHEN p.several = 1 THEN c.number ELSE 0 END, c.number, :now"
    f" FROM polls p JOIN poll_choices c ON c.poll_id = p.id AND c.number = :choice WHERE p.id = :poll AND {_OPEN}"
    " ON CONFLICT (poll_id, user_id, slot) DO UPDATE SET choice = excluded.choice, cast_at = excluded.cast_at"
)
_TALLY = (
    "SELECT c.number, c.text,"
    " (SELECT count(*) FROM ballots b WHERE b.poll_id = c.poll_id AND b.choice = c.number) AS votes,"
    " (SELECT count(DISTINCT user_id) FROM ballots WHERE poll_id = :poll) AS voters"
    " FROM poll_choices c WHERE c.poll_id = :poll ORDER BY c.number"
)
_CLAIM = (
    "UPDATE polls SET closed_at = coalesce(closed_at, closes_at, :now), due_at = :again_at, tries = tries + 1"
    " WHERE id = (SELECT id FROM polls WHERE due_at <= :now AND {own} ORDER BY due_at, id LIMIT 1)"
    " RETURNING id, guild_id, channel_id, message_id, tries, closed_at"
)


class Polls(Family):
    """Polls on the stories that may be shown. A method that changes a vote returns once it is on disk.

    Times are in seconds since 1970.
    """

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._audience = audience
        self._shown = f"{_POLL} {IN_ORDER} {visible_sql(audience)} s ON s.id = p.story_id"

    # -- opening ----------------------------------------------------------------

    @transaction
    def open(self, writing: Writing, new: NewPoll, now: float) -> int:
        """Store a new poll, which is not posted yet; return its id. Raises `ReaderError` where too many are open."""
        writing.take_everything()
        counted = writing.row(
            "SELECT count(*) AS here, count(CASE WHEN user_id = :opener THEN 1 END) AS own FROM polls p"
            f" WHERE guild_id = :guild AND {_OPEN}",
            {"opener": new.opener, "guild": new.guild, "now": int(now)},
        )
        if counted is not None and (counted["own"] >= OPEN_EACH or counted["here"] >= OPEN_HERE):
            raise ReaderError("too-many-polls", own=OPEN_EACH, here=OPEN_HERE)
        [(poll,)] = writing.rows(
            "INSERT INTO polls (story_id, user_id, guild_id, channel_id, question, several, anonymous, opened_at,"
            " closes_at, due_at) VALUES (:story, :opener, :guild, :channel, :question, :several, :anonymous, :now,"
            " :closes_at, :closes_at) RETURNING id",
            {
                "story": new.story.id,
                "opener": new.opener,
                "guild": new.guild,
                "channel": new.channel,
                "question": new.question,
                "several": int(new.several),
                "anonymous": int(new.anonymous),
                "now": int(now),
                "closes_at": new.closes_at,
            },
        )
        writing.many(
            "INSERT INTO poll_choices (poll_id, number, text) VALUES (:poll, :number, :text)",
            [{"poll": poll, "number": number, "text": text} for number, text in enumerate(new.choices, start=1)],
        )
        return int(poll)

    async def posted(self, poll: int, message: int) -> None:
        """Store that *message* shows the poll."""
        await self._db.execute(
            "UPDATE polls SET message_id = :message WHERE id = :poll", {"message": message, "poll": poll}
        )

    async def drop(self, poll: int) -> None:
        """Forget a poll that could not be posted."""
        await self._db.execute("DELETE FROM polls WHERE id = :poll", {"poll": poll})

    async def forget_messages(self) -> None:
        """Forget where polls are shown, and what is due (a preview's world begins without messages)."""
        await self._db.execute("UPDATE polls SET message_id = NULL, due_at = NULL")

    # -- looking ----------------------------------------------------------------

    @lookup
    def find(self, reading: Reading, poll: int, guild: int) -> Poll:
        """Return a poll of a server.

        Raises `PollGone`, or `StoryGated` or `StoryGone` where its story may not be shown.
        """
        values = {"poll": poll, "guild": guild}
        row = reading.row(f"{self._shown} WHERE p.id = :poll AND p.guild_id = :guild", values)
        if row is not None:
            return _poll_of(row)
        there = reading.row("SELECT story_id FROM polls WHERE id = :poll AND guild_id = :guild", values)
        if there is None:
            raise PollGone
        raise why_not_visible(reading, there["story_id"], self._audience)

    async def latest(self, guild: int, limit: int) -> list[Poll]:
        """Return the polls of a server that were posted, the newest first."""
        rows = await self._db.rows(
            f"{self._shown} WHERE p.guild_id = :guild AND p.message_id IS NOT NULL ORDER BY p.id DESC LIMIT :limit",
            {"guild": guild, "limit": limit},
        )
        return [_poll_of(row) for row in rows]

    async def tally(self, poll: int) -> Tally:
        """Return the votes as they are at one moment."""
        rows = await self._db.rows(_TALLY, {"poll": poll})
        choices = tuple(PollChoice(row["number"], row["text"], row["votes"]) for row in rows)
        return Tally(choices, rows[0]["voters"] if rows else 0)

    async def chosen(self, poll: int, reader: int) -> tuple[int, ...]:
        """Return the numbers of what *reader* chose."""
        return tuple(row["choice"] for row in await self._db.rows(_CHOSEN, {"poll": poll, "reader": reader}))

    async def ballots(self, poll: int, limit: int, skip: int = 0) -> list[Ballot]:
        """Return who chose what, by choice; nothing of an anonymous poll."""
        rows = await self._db.rows(
            "SELECT b.user_id, b.choice, b.cast_at FROM ballots b JOIN polls p ON p.id = b.poll_id"
            " WHERE b.poll_id = :poll AND p.anonymous = 0 ORDER BY b.choice, b.user_id LIMIT :limit OFFSET :skip",
            {"poll": poll, "limit": limit, "skip": skip},
        )
        return [Ballot(row["user_id"], row["choice"], row["cast_at"]) for row in rows]

    # -- voting -----------------------------------------------------------------

    @transaction
    def cast(self, writing: Writing, poll: int, reader: int, choice: int, now: float) -> tuple[int, ...]:
        """Count a choice: in place of an earlier one, or beside it where a reader may choose several.

        The same choice counts once. Return what the reader has chosen by now; raises `PollClosed`.
        """
        writing.take(alone("reader", reader), shared("poll", poll))
        if writing.execute(_CAST, {"poll": poll, "reader": reader, "choice": choice, "now": int(now)}) < 1:
            raise PollClosed
        return _chosen(writing, poll, reader)

    @transaction
    def choose(self, writing: Writing, poll: int, reader: int, choices: Collection[int], now: float) -> tuple[int, ...]:
        """Make these a reader's choices, and no others; none takes their vote back.

        Return what the reader has chosen by now; raises `PollClosed`.
        """
        writing.take(alone("reader", reader), shared("poll", poll))
        values: dict[str, Value] = {"poll": poll, "reader": reader, "now": int(now)}
        if not writing.rows(f"SELECT 1 FROM polls p WHERE p.id = :poll AND {_OPEN}", values):
            raise PollClosed
        before = _chosen(writing, poll, reader)
        writing.many(
            "DELETE FROM ballots WHERE poll_id = :poll AND user_id = :reader AND choice = :choice",
            [values | {"choice": choice} for choice in before if choice not in choices],
        )
        writing.many(_CAST, [values | {"choice": choice} for choice in choices if choice not in before])
        return _chosen(writing, poll, reader)

    # -- closing ----------------------------------------------------------------

    @transaction
    def close(self, writing: Writing, poll: int, now: float) -> None:
        """Close a poll before its time; its result is due at once. Raises `PollClosed`."""
        writing.take_everything()
        closed = writing.execute(
            f"UPDATE polls AS p SET closed_at = :now, due_at = :now, tries = 0 WHERE p.id = :poll AND {_OPEN}",
            {"poll": poll, "now": int(now)},
        )
        if closed < 1:
            raise PollClosed

    async def next_due(self) -> int | None:
        """Return when the next poll of this process's servers is due to be closed."""
        row = await self._db.row(
            f"SELECT due_at FROM polls WHERE due_at IS NOT NULL AND {self._db.own('guild_id')} ORDER BY due_at LIMIT 1"
        )
        return row["due_at"] if row else None

    @transaction
    def claim(self, writing: Writing, now: float) -> PollCloseJob | None:
        """Close a poll whose time has come, if there is one; the caller has the lease of what is left to do."""
        writing.take_everything()
        values = {"now": int(now), "again_at": int(now) + LEASE_SECONDS}
        row = writing.row(_CLAIM.format(own=self._db.own("guild_id")), values)
        if row is None:
            return None
        return PollCloseJob(
            row["id"], row["guild_id"], row["channel_id"], row["message_id"], row["tries"], row["closed_at"]
        )

    async def ended(self, ending: PollCloseJob) -> bool:
        """Store that nothing is left to do; return False where another process has the lease by now."""
        return (
            await self._db.execute(
                "UPDATE polls SET due_at = NULL WHERE id = :poll AND tries = :tries AND due_at IS NOT NULL",
                {"poll": ending.poll, "tries": ending.tries},
            )
            > 0
        )

    async def put_off(self, ending: PollCloseJob, at: float) -> None:
        """Try again from *at* on, unless another process has the lease by now."""
        await self._db.execute(
            "UPDATE polls SET due_at = :at WHERE id = :poll AND tries = :tries",
            {"at": int(at), "poll": ending.poll, "tries": ending.tries},
        )


_CHOSEN = "SELECT choice FROM ballots WHERE poll_id = :poll AND user_id = :reader ORDER BY choice"


def _chosen(writing: Writing, poll: int, reader: int) -> tuple[int, ...]:
    return tuple(row["choice"] for row in writing.rows(_CHOSEN, {"poll": poll, "reader": reader}))


def _poll_of(row: Row) -> Poll:
    return Poll(
        row["poll_id"],
        summary_of(row),
        row["guild_id"],
        row["channel_id"],
        row["message_id"],
        row["user_id"],
        row["question"],
        bool(row["several"]),
        bool(row["anonymous"]),
        row["opened_at"],
        row["closes_at"],
        row["closed_at"],
    )
