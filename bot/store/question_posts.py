"""Messages that show a question: which are to be drawn again, and by whom.

A post is leased before it is drawn: one process does it at a time, and another takes over where the lease ends.
"""

from __future__ import annotations

from bot.domain.questions import PostedQuestion
from bot.store.database import Family, Writing, transaction
from bot.store.engines import alone, shared
from bot.store.outbox import lease, next_due
from bot.store.rows import as_value

LEASE_SECONDS = 60
"""Seconds that a process has for drawing a post before another one may do it."""

_POST = "question_id AS question, guild_id AS guild, channel_id AS channel, message_id AS message, tries"
"""The columns of a `PostedQuestion`."""


class QuestionPosts(Family):
    """The posts of questions. Times are in seconds since 1970."""

    @transaction
    def record(self, writing: Writing, post: PostedQuestion) -> None:
        """Remember that a message shows a question; one that was closed while it was sent is drawn again."""
        writing.take(shared("question", post.question))
        writing.execute(
            "INSERT INTO question_posts (message_id, question_id, channel_id, guild_id, due_at)"
            " VALUES (:message, :question, :channel, :guild, (SELECT closed_at FROM questions WHERE id = :question))"
            " ON CONFLICT (message_id) DO NOTHING",
            {"message": post.message, "question": post.question, "channel": post.channel, "guild": post.guild},
        )

    async def next_due(self) -> int | None:
        """Return when the next post in this process's servers is to be drawn."""
        return await next_due(self._db, "question_posts", self._db.own("guild_id"))

    async def claim(self, now: float) -> PostedQuestion | None:
        """Lease a post that is to be drawn now, if there is one; what was being answered then is stored."""
        post = await self._lease(now)
        if post is not None:
            await self._await_answers(post.question)
        return post

    @transaction
    def _await_answers(self, writing: Writing, question: int) -> None:
        """Wait for those who saw a post as due still: they have left it to be drawn with their answers."""
        writing.take(alone("question", question))

    @transaction
    def _lease(self, writing: Writing, now: float) -> PostedQuestion | None:
        writing.take(alone("question posts", 0))
        own = self._db.own("guild_id")
        row = lease(writing, "question_posts", "message_id", _POST, own, now, LEASE_SECONDS)
        return as_value(row, PostedQuestion) if row else None

    async def drawn(self, post: PostedQuestion) -> None:
        """Store that a post shows what was so when its lease was taken, unless another process has that by now."""
        await self._db.execute(
            "UPDATE question_posts SET due_at = again_at, again_at = NULL, tries = 0"
            " WHERE message_id = :message AND tries = :tries",
            {"message": post.message, "tries": post.tries},
        )

    async def put_off(self, post: PostedQuestion, at: float) -> None:
        """Try again from *at* on, unless another process has the lease by now."""
        await self._db.execute(
            "UPDATE question_posts SET due_at = :at WHERE message_id = :message AND tries = :tries",
            {"message": post.message, "tries": post.tries, "at": int(at)},
        )

    async def forget(self, message: int) -> None:
        """Forget a post whose message is gone, or which the bot cannot reach any more."""
        await self._db.execute("DELETE FROM question_posts WHERE message_id = :message", {"message": message})

    async def forget_all(self) -> None:
        """Forget all posts: a preview's world begins without messages."""
        await self._db.execute("DELETE FROM question_posts")
