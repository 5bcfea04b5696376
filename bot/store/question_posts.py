"""Posts: messages in channels that show a question, and the work of updating them.

A process leases a post before updating it. Another process takes over after the lease expires.
"""

from __future__ import annotations

from bot.domain.questions import PostedQuestion
from bot.store.database import Family, Writing, transaction
from bot.store.engines import alone, shared
from bot.store.outbox import lease, next_due
from bot.store.rows import as_value

LEASE_SECONDS = 60
"""Seconds that a process has for updating a post; afterwards another process may update it."""

_POST = "question_id AS question, guild_id AS guild, channel_id AS channel, message_id AS message, tries"
"""Columns of a `PostedQuestion`."""


class QuestionPosts(Family):
    """Posts of questions. Times are in seconds since 1970."""

    @transaction
    def record(self, writing: Writing, post: PostedQuestion) -> None:
        """Store a post. If the question closed meanwhile, the post is due for an update at once."""
        writing.take(shared("question", post.question))
        writing.execute(
            "INSERT INTO question_posts (message_id, question_id, channel_id, guild_id, due_at)"
            " VALUES (:message, :question, :channel, :guild, (SELECT closed_at FROM questions WHERE id = :question))"
            " ON CONFLICT (message_id) DO NOTHING",
            {"message": post.message, "question": post.question, "channel": post.channel, "guild": post.guild},
        )

    async def next_due(self) -> int | None:
        """Return the time of the next update of a post in this process's servers; None if none needs one."""
        return await next_due(self._db, "question_posts", self._db.own("guild_id"))

    async def claim(self, now: float) -> PostedQuestion | None:
        """Lease a post that is due for an update, and wait for answers in progress; return None if no post is due."""
        post = await self._lease(now)
        if post is not None:
            await self._await_answers(post.question)
        return post

    @transaction
    def _await_answers(self, writing: Writing, question: int) -> None:
        """Wait for transactions that store answers: they saw the post as due already, and rely on its update."""
        writing.take(alone("question", question))

    @transaction
    def _lease(self, writing: Writing, now: float) -> PostedQuestion | None:
        writing.take(alone("question posts", 0))
        own = self._db.own("guild_id")
        row = lease(writing, "question_posts", "message_id", _POST, own, now, LEASE_SECONDS)
        return as_value(row, PostedQuestion) if row else None

    async def drawn(self, post: PostedQuestion) -> None:
        """Record that a post was updated, unless another process has taken over the lease.

        If the question changed during the lease, the post is due again.
        """
        await self._db.execute(
            "UPDATE question_posts SET due_at = again_at, again_at = NULL, tries = 0"
            " WHERE message_id = :message AND tries = :tries",
            {"message": post.message, "tries": post.tries},
        )

    async def put_off(self, post: PostedQuestion, at: float) -> None:
        """Make a post due again at *at*, unless another process has taken over the lease."""
        await self._db.execute(
            "UPDATE question_posts SET due_at = :at WHERE message_id = :message AND tries = :tries",
            {"message": post.message, "tries": post.tries, "at": int(at)},
        )

    async def forget(self, message: int) -> None:
        """Delete the row of a post whose *message* is gone, or which the bot can no longer edit."""
        await self._db.execute("DELETE FROM question_posts WHERE message_id = :message", {"message": message})

    async def forget_all(self) -> None:
        """Delete the rows of all posts: a preview starts without messages."""
        await self._db.execute("DELETE FROM question_posts")
