"""The outbox of news: whom to notify of which chapters, stories and answers. Publishing a story fills it.

A job is taken out before its message is sent. So a crash between the two loses that job, and none is delivered twice,
not by two processes either. Nothing is kept of what was delivered: a chapter is new once only.
"""

from collections.abc import Iterable

from bot.domain.audience import EVERYONE, Audience
from bot.domain.news import SHUT_SECONDS, News, NewsJob, NoticeKind, ReadersRequest
from bot.domain.questions import Reply
from bot.store.database import Database, Family, Value, Writing, transaction
from bot.store.engines import alone
from bot.store.rows import CHAPTER, SUMMARY, chapter_of, summary_of
from bot.store.settings import StoredSettings, chosen_sql
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
    " UNION SELECT 0, c.guild_id, :story, :kind, :chapter, :now FROM questions q"
    "  JOIN answer_counts c ON c.question_id = q.id AND c.guild_id <> 0 AND c.count > 0"
    "  WHERE q.story_id = :story AND (:kind = 'answer' AND q.text IS NULL OR q.chapter_id = :chapter)"
    " ON CONFLICT (user_id, guild_id, story_id, kind, chapter_id) DO NOTHING"
)

_RECORD_CHAPTER = (
    "UPDATE questions SET chapter_id = :chapter, announced_choice = NULL"
    " WHERE story_id = :story AND choice = 'continue' AND chapter_id IS NULL"
)

_CLAIM_FOR_SERVER, _CLAIM_FOR_READER = (
    "DELETE FROM news_outbox WHERE (user_id, guild_id, story_id) IN"
    f" (SELECT user_id, guild_id, story_id FROM news_outbox WHERE {whom} AND due_at <= :now"
    "  ORDER BY due_at, user_id, guild_id, story_id LIMIT 1)"
    " RETURNING user_id, guild_id, story_id, kind, chapter_id, tries"
    for whom in ("user_id = 0 AND {own}", "user_id > 0")
)

_FOLLOWED_HERE = f"f.guild_id = :guild AND {chosen_sql('notices', 'f.user_id')} = 'server'"

_REPLIED = (
    "SELECT q.choice, q.line, q.chapter_id, coalesce(c.count, 0) AS voters,"
    " EXISTS (SELECT 1 FROM story_authors w WHERE w.story_id = q.story_id AND w.user_id = q.replied_by) AS by_author,"
    " EXISTS (SELECT 1 FROM ballots b WHERE b.question_id = q.id AND b.user_id = :reader AND b.number = 1"
    "  AND b.user_id NOT IN (SELECT user_id FROM story_authors WHERE story_id = q.story_id)) AS has_voted"
    " FROM questions q JOIN stories s ON s.id = q.story_id AND s.may_vote = 1"
    " LEFT JOIN answer_counts c ON c.question_id = q.id AND c.guild_id = 0 AND c.number = 1"
    " WHERE q.story_id = :story AND q.text IS NULL AND q.choice IS NOT NULL"
)

_ANSWERED_HERE = (
    "SELECT q.text, q.chapter_id FROM questions q JOIN answer_counts c ON c.question_id = q.id"
    " AND c.guild_id = :guild AND c.guild_id <> 0 AND c.count > 0 WHERE q.story_id = :story"
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
        reply, asked_for = await self._replied(job, wanted)
        answered = await self._db.rows(_ANSWERED_HERE, {"story": job.story, "guild": job.guild})
        told_here = any(reply or asked_for if row["text"] is None else row["chapter_id"] in wanted for row in answered)
        if not (follows_story or author or told_here) or not (is_new or new or reply):
            return None
        return News(story, is_new, new, follows_story, author, reply, asked_for if new else None)

    async def _replied(self, job: NewsJob, chapters: set[int]) -> tuple[Reply | None, ReadersRequest | None]:
        """Return the reply to the default, if that is news, and who asked for the *chapters*."""
        row = await self._db.row(_REPLIED, {"story": job.story, "reader": job.reader})
        if row is None:
            return None, None
        reply = Reply(row["line"], bool(row["by_author"]), row["choice"]) if ("answer", 0) in job.about else None
        if not row["voters"] or row["chapter_id"] not in chapters:
            return reply, None
        return reply, ReadersRequest(row["voters"], bool(row["has_voted"]))

    async def _wanted(self, job: NewsJob, now: float) -> tuple[bool, int | None]:
        """Return whether the story is followed from here, and the id of an author of it who is."""
        values: dict[str, Value] = {"story": job.story, "reader": job.reader, "guild": job.guild}
        if job.reader:
            chosen = await StoredSettings(self._db).of_reader(job.reader)
            if chosen.notices != "direct" or (chosen.unreached_at or 0) > int(now) - SHUT_SECONDS:
                return False, None
        followers = f"SELECT f.author_id FROM follows f WHERE {'f.user_id = :reader' if job.reader else _FOLLOWED_HERE}"
        row = await self._db.row(
            f"SELECT EXISTS ({followers} AND f.story_id = :story) AS follows_story,"
            f" ({followers} AND f.author_id IN (SELECT a.id FROM authors a JOIN story_authors w"
            "  ON w.user_id = a.user_id WHERE w.story_id = :story) LIMIT 1) AS author",
            values,
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
