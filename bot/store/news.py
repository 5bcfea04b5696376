"""The outbox of news: whom to notify of which chapters, stories and answers. Publishing a story fills it.

A job is taken out before its message is sent. So a crash between the two loses that job, and none is delivered twice,
not by two processes either. Nothing is kept of what was delivered: a chapter is new once only.
"""

from collections.abc import Iterable

from bot.domain.audience import EVERYONE, Audience
from bot.domain.news import SHUT_SECONDS, News, NewsJob, NoticeKind, ReadersRequest
from bot.domain.votes import VoteAnswer
from bot.store.database import Database, Family, Value, Writing, transaction
from bot.store.engines import alone
from bot.store.rows import CHAPTER, SUMMARY, chapter_of, summary_of
from bot.store.visibility import visible_unmuted_sql


def queue_news(writing: Writing, story: int, about: Iterable[tuple[NoticeKind, int]], now: int) -> None:
    """Queue each thing *about* a story for all who follow it or an author of it, and for the servers where they do.

    The servers where readers voted hear of the answer to the vote, too, and of the first chapter that comes after "it
    goes on". Who wants to hear it where, and who may see the story, is decided at delivery.
    """
    about = list(about)
    for chapter in [chapter for kind, chapter in about if kind == "chapter"][:1]:
        writing.execute(_RECORD_CHAPTER, {"story": story, "chapter": chapter})
    writing.many(_QUEUE, [{"story": story, "kind": kind, "chapter": chapter, "now": now} for kind, chapter in about])


def queue_new_story(writing: Writing, story: int, author: int, now: int, since: int) -> None:
    """Queue *story* for those who follow its *author*, who was linked just now, if it came after *since*."""
    writing.execute(_QUEUE_NEW, {"story": story, "author": author, "now": now, "since": since})


_FOLLOWED = "SELECT f.user_id, f.guild_id FROM authors a JOIN follows f ON f.author_id = a.id"

_QUEUE_NEW = (
    f"WITH followers AS ({_FOLLOWED} JOIN stories s ON s.id = :story AND s.added_at > :since"
    "  WHERE a.user_id = :author)"
    " INSERT INTO news_outbox (user_id, guild_id, story_id, kind, chapter_id, due_at)"
    " SELECT user_id, 0, :story, 'story', 0, :now FROM followers WHERE TRUE"
    " UNION SELECT 0, guild_id, :story, 'story', 0, :now FROM followers WHERE guild_id <> 0"
    " ON CONFLICT (user_id, guild_id, story_id, kind, chapter_id) DO NOTHING"
)

_QUEUE = (
    "WITH followers AS (SELECT user_id, guild_id FROM follows WHERE story_id = :story"
    f" UNION {_FOLLOWED} JOIN story_authors w ON w.user_id = a.user_id WHERE w.story_id = :story)"
    " INSERT INTO news_outbox (user_id, guild_id, story_id, kind, chapter_id, due_at)"
    " SELECT user_id, 0, :story, :kind, :chapter, :now FROM followers WHERE TRUE"
    " UNION SELECT 0, guild_id, :story, :kind, :chapter, :now FROM followers WHERE guild_id <> 0"
    " UNION SELECT 0, guild_id, :story, :kind, :chapter, :now FROM vote_counts WHERE story_id = :story"
    "  AND guild_id <> 0 AND go_on + leave > 0"
    "  AND (:kind = 'answer' OR :chapter = (SELECT chapter_id FROM decisions WHERE story_id = :story))"
    " ON CONFLICT (user_id, guild_id, story_id, kind, chapter_id) DO NOTHING"
)

_RECORD_CHAPTER = (
    "UPDATE decisions SET chapter_id = :chapter, announced_choice = NULL"
    " WHERE story_id = :story AND choice = 'continue' AND chapter_id IS NULL"
)

_CLAIM_FOR_SERVER, _CLAIM_FOR_READER = (
    "DELETE FROM news_outbox WHERE (user_id, guild_id, story_id) IN"
    f" (SELECT user_id, guild_id, story_id FROM news_outbox WHERE {whom} AND due_at <= :now"
    "  ORDER BY due_at, user_id, guild_id, story_id LIMIT 1)"
    " RETURNING user_id, guild_id, story_id, kind, chapter_id, tries"
    for whom in ("user_id = 0 AND {own}", "user_id > 0")
)

_READER = (
    "f.user_id = :reader AND coalesce(r.notices, 'direct') = 'direct' AND coalesce(r.unreached_at, 0) <= :shut_before"
)
_SERVER = "f.guild_id = :guild AND r.notices = 'server'"

_DECIDED = (
    "SELECT d.choice, d.line, d.chapter_id, coalesce(c.go_on, 0) AS voters,"
    " EXISTS (SELECT 1 FROM story_authors w WHERE w.story_id = d.story_id AND w.user_id = d.user_id) AS by_author,"
    " EXISTS (SELECT 1 FROM votes v WHERE v.story_id = d.story_id AND v.user_id = :reader AND v.choice = 'continue'"
    "  AND v.user_id NOT IN (SELECT user_id FROM story_authors WHERE story_id = v.story_id)) AS has_voted,"
    " EXISTS (SELECT 1 FROM vote_counts h WHERE h.story_id = d.story_id AND h.guild_id = :guild AND h.guild_id <> 0"
    "  AND h.go_on + h.leave > 0) AS voted_here"
    " FROM decisions d JOIN stories s ON s.id = d.story_id AND s.may_vote = 1"
    " LEFT JOIN vote_counts c ON c.story_id = d.story_id AND c.guild_id = 0"
    " WHERE d.story_id = :story AND d.choice IS NOT NULL"
)


class NewsOutbox(Family):
    """Hands out what is due, and says what of it the audience may hear."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._visible = visible_unmuted_sql(audience)

    @transaction
    def claim(self, writing: Writing, now: float) -> NewsJob | None:
        """Take out all that one server of this process, or any reader, is to hear of one story; nobody else gets it.

        Servers are few, and come first: none waits behind the thousands who follow a story.
        """
        writing.take(alone("news", 0))
        values = {"now": int(now)}
        for_server = _CLAIM_FOR_SERVER.format(own=self._db.own("guild_id"))
        rows = writing.rows(for_server, values) or writing.rows(_CLAIM_FOR_READER, values)
        if not rows:
            return None
        about = tuple((row["kind"], row["chapter_id"]) for row in rows)
        first, tries = rows[0], max(row["tries"] for row in rows)
        return NewsJob(first["user_id"], first["guild_id"], first["story_id"], about, tries)

    @transaction
    def put_back(self, writing: Writing, job: NewsJob, at: float) -> None:
        """Hand the job out again from *at* on: it did not get through."""
        writing.take(alone("news", 0))
        writing.many(
            "INSERT INTO news_outbox (user_id, guild_id, story_id, kind, chapter_id, tries, due_at)"
            " VALUES (:reader, :guild, :story, :kind, :chapter, :tries, :at)"
            " ON CONFLICT (user_id, guild_id, story_id, kind, chapter_id) DO NOTHING",
            [
                {
                    "reader": job.reader,
                    "guild": job.guild,
                    "story": job.story,
                    "kind": kind,
                    "chapter": chapter,
                    "tries": job.tries + 1,
                    "at": int(at),
                }
                for kind, chapter in job.about
            ],
        )

    async def news(self, job: NewsJob, now: float) -> News | None:
        """Return what to say of a job: what the audience may see, what is still there, and still wanted there."""
        row = await self._db.row(f"SELECT {SUMMARY} FROM {self._visible} s WHERE s.id = :story", {"story": job.story})
        if row is None:
            return None
        story = summary_of(row)
        follows_story, author = await self._wanted(job, now)
        wanted = {chapter for kind, chapter in job.about if kind == "chapter"}
        chapters = await self._db.rows(
            f"SELECT {CHAPTER} FROM chapters c WHERE c.story_id = :story AND c.position IS NOT NULL"
            " ORDER BY c.position",
            {"story": job.story},
        )
        new = tuple(chapter_of(chapter) for chapter in chapters if chapter["chapter_id"] in wanted)
        is_new = any(kind == "story" for kind, _ in job.about)
        answer, asked_for, voted_here = await self._decided(job, wanted)
        if not (follows_story or author or voted_here) or not (is_new or new or answer):
            return None
        return News(story, is_new, new, follows_story, author, answer, asked_for if new else None)

    async def _decided(self, job: NewsJob, chapters: set[int]) -> tuple[VoteAnswer | None, ReadersRequest | None, bool]:
        """Return the vote's answer, who voted for the *chapters*, and whether this server should be notified.

        A server hears of what its members voted on, even where nobody follows the story.
        """
        row = await self._db.row(_DECIDED, {"story": job.story, "reader": job.reader, "guild": job.guild})
        if row is None:
            return None, None, False
        is_news = ("answer", 0) in job.about
        answer = VoteAnswer(row["choice"], row["line"], bool(row["by_author"])) if is_news else None
        asked_for = None
        if row["voters"] and row["chapter_id"] in chapters:
            asked_for = ReadersRequest(row["voters"], bool(row["has_voted"]))
        return answer, asked_for, bool(row["voted_here"]) and (answer is not None or asked_for is not None)

    async def _wanted(self, job: NewsJob, now: float) -> tuple[bool, int | None]:
        """Return whether the story is followed from here, and the id of an author of it who is."""
        values: dict[str, Value] = {"story": job.story, "reader": job.reader, "guild": job.guild}
        condition = _READER if job.reader else _SERVER
        followers = (
            f"SELECT f.author_id FROM follows f LEFT JOIN reader_settings r ON r.user_id = f.user_id WHERE {condition}"
        )
        row = await self._db.row(
            f"SELECT EXISTS ({followers} AND f.story_id = :story) AS follows_story,"
            f" ({followers} AND f.author_id IN (SELECT a.id FROM authors a JOIN story_authors w"
            "  ON w.user_id = a.user_id WHERE w.story_id = :story) LIMIT 1) AS author",
            values | {"shut_before": int(now) - SHUT_SECONDS},
        )
        return (bool(row["follows_story"]), row["author"]) if row else (False, None)

    async def servers(self, story: int) -> list[int]:
        """Return the servers in which a story shows that does not show everywhere, at most ten."""
        rows = await self._db.rows(
            "SELECT home AS guild_id FROM stories WHERE id = :story AND home > 0"
            " UNION SELECT guild_id FROM story_servers WHERE story_id = :story LIMIT 10",
            {"story": story},
        )
        return [row["guild_id"] for row in rows]

    @transaction
    def unreached(self, writing: Writing, reader: int, now: float | None) -> None:
        """Record that a direct message did not reach *reader*; None: that the next one may be tried."""
        writing.take_everything()
        if now is None:
            writing.execute(
                "UPDATE reader_settings SET unreached_at = NULL WHERE user_id = :reader", {"reader": reader}
            )
        else:
            writing.execute(
                "INSERT INTO reader_settings (user_id, unreached_at) VALUES (:reader, :now)"
                " ON CONFLICT (user_id) DO UPDATE SET unreached_at = excluded.unreached_at",
                {"reader": reader, "now": int(now)},
            )

    async def unreached_since(self, reader: int) -> int | None:
        """Return when a direct message last did not reach *reader*, in seconds since 1970."""
        row = await self._db.row("SELECT unreached_at FROM reader_settings WHERE user_id = :reader", {"reader": reader})
        return row["unreached_at"] if row else None
