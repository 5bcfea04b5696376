"""The outbox of links: claims that managers are to be told of, and what claimants and those who were asked are.

It is filled in the transaction of the claim or of the answer. A job is taken out before its message is sent, so each is
delivered at most once. What was answered by then is not delivered.
"""

from bot.domain.authors import LinkJob, LinkNewsKind
from bot.store.database import Family, Writing, transaction
from bot.store.engines import alone

_QUEUE = (
    "INSERT INTO link_outbox (user_id, guild_id, story_id, kind, tries, due_at)"
    " VALUES (:reader, :guild, :story, :kind, :tries, :at)"
    " ON CONFLICT (user_id, guild_id, story_id, kind) DO NOTHING"
)


def queue_link_news(writing: Writing, kind: LinkNewsKind, reader: int, guild: int, story: int, now: int) -> None:
    """Tell *reader*, or the managers of *guild*, what happened about *story*."""
    writing.execute(_QUEUE, {"reader": reader, "guild": guild, "story": story, "kind": kind, "tries": 0, "at": now})


def drop_link_news(writing: Writing, kind: LinkNewsKind, reader: int, story: int) -> None:
    """Leave untold what was answered meanwhile."""
    writing.execute(
        "DELETE FROM link_outbox WHERE user_id = :reader AND story_id = :story AND kind = :kind",
        {"reader": reader, "story": story, "kind": kind},
    )


class LinkOutbox(Family):
    """Hands out what is due."""

    @transaction
    def claim(self, writing: Writing, now: float) -> LinkJob | None:
        """Take out a claim for managers of this process's servers, or all for one reader; nobody else gets it."""
        writing.take(alone("link news", 0))
        first = writing.row(
            "SELECT user_id, guild_id, story_id FROM link_outbox WHERE due_at <= :now"
            f" AND (guild_id = 0 OR {self._db.own('guild_id')}) ORDER BY due_at, user_id, guild_id, story_id LIMIT 1",
            {"now": int(now)},
        )
        if first is None:
            return None
        reader, guild, story = int(first["user_id"]), int(first["guild_id"]), int(first["story_id"])
        rows = writing.rows(
            "DELETE FROM link_outbox WHERE user_id = :reader AND guild_id = :guild AND due_at <= :now"
            " AND (guild_id = 0 OR story_id = :story) RETURNING kind, story_id, tries",
            {"now": int(now), "reader": reader, "guild": guild, "story": story},
        )
        about = tuple(sorted((row["kind"], int(row["story_id"])) for row in rows))
        return LinkJob(reader, guild, about, max(row["tries"] for row in rows))

    @transaction
    def put_back(self, writing: Writing, job: LinkJob, at: float) -> None:
        """Hand the job out again from *at* on: it did not get through."""
        writing.take(alone("link news", 0))
        values = {"reader": job.reader, "guild": job.guild, "tries": job.tries + 1, "at": int(at)}
        writing.many(_QUEUE, [values | {"kind": kind, "story": story} for kind, story in job.about])
