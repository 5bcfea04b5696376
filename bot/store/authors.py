"""Authors: which readers wrote a story. They said so themselves, and may take that back.

What an author said of the story as its reader (a vote, reactions, reviews) is kept and not counted while they are
linked to it: `link_author` and `unlink_author` change the counts in the transaction of the link.
"""

from bot.domain.audience import EVERYONE, Audience
from bot.domain.authors import NEW_SECONDS
from bot.errors import StoryGone
from bot.store.audit import record
from bot.store.ballots import count_ballots_of
from bot.store.database import IN_ORDER, Database, Family, Writing, transaction
from bot.store.news import queue_new_story
from bot.store.reactions import count_reactions_of
from bot.store.rows import SUMMARY, summary_of
from bot.store.shelves import server_of, shelf_of
from bot.store.visibility import visible_sql
from bot.stories.model import StorySummary


class Authors(Family):
    """The readers who wrote a story; one that was written together has several."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._visible = visible_sql(audience)

    @transaction
    def unlink(self, writing: Writing, story: int, reader: int, by: int | None = None) -> bool:
        """Remove the link between *reader* and *story*, for the manager *by* or, without one, for the reader.

        What the reader said of the story counts again. Returns whether there was a link.
        """
        writing.take_everything()
        values = {"story": story, "reader": reader}
        if not writing.execute("DELETE FROM story_authors WHERE story_id = :story AND user_id = :reader", values):
            return False
        count_ballots_of(writing, reader, story, 1)
        count_reactions_of(writing, reader, story, 1)
        record(writing, shelf_of(writing, story), by or reader, "unlink", story, now=self._db.now())
        return True

    async def of(self, story: int) -> list[int]:
        """Return the ids of a story's authors, the first linked first."""
        rows = await self._db.rows(
            "SELECT user_id FROM story_authors WHERE story_id = :story ORDER BY linked_at, user_id", {"story": story}
        )
        return [row["user_id"] for row in rows]

    async def wrote(self, reader: int, story: int) -> bool:
        """Return whether *reader* is linked to a story."""
        row = await self._db.row(
            "SELECT 1 FROM story_authors WHERE story_id = :story AND user_id = :reader",
            {"story": story, "reader": reader},
        )
        return row is not None

    async def shelf(self, story: int) -> int:
        """Return the server that uploaded a story; 0 for the bot's own folder. Raises `StoryGone`."""
        row = await self._db.row("SELECT shelf FROM stories WHERE id = :story", {"story": story})
        if row is None:
            raise StoryGone
        return server_of(row["shelf"])

    async def writes(self, reader: int) -> bool:
        """Return whether *reader* is linked to any story."""
        row = await self._db.row("SELECT 1 FROM story_authors WHERE user_id = :reader LIMIT 1", {"reader": reader})
        return row is not None

    async def stories(self, reader: int, limit: int, skip: int = 0) -> list[StorySummary]:
        """Return what *reader* wrote and the audience may see, by title."""
        rows = await self._db.rows(
            f"SELECT {SUMMARY} FROM story_authors w {IN_ORDER} {self._visible} s ON s.id = w.story_id"
            " WHERE w.user_id = :reader ORDER BY s.title_key, s.id LIMIT :limit OFFSET :skip",
            {"reader": reader, "limit": limit, "skip": skip},
        )
        return [summary_of(row) for row in rows]


def link_author(writing: Writing, story: int, reader: int, now: int) -> None:
    """Link *reader*, who says that they wrote it, to *story*. That answers their claim.

    What they said of the story counts no longer. Those who follow them are notified of a story that is new.
    """
    values = {"story": story, "reader": reader, "now": now}
    writing.execute("DELETE FROM claims WHERE story_id = :story AND user_id = :reader", values)
    linked = writing.execute(
        "INSERT INTO story_authors (story_id, user_id, linked_at) VALUES (:story, :reader, :now)"
        " ON CONFLICT (story_id, user_id) DO NOTHING",
        values,
    )
    if not linked:
        return
    count_ballots_of(writing, reader, story, -1)
    count_reactions_of(writing, reader, story, -1)
    writing.execute("INSERT INTO authors (user_id) VALUES (:reader) ON CONFLICT (user_id) DO NOTHING", values)
    queue_new_story(writing, story, reader, now, now - NEW_SECONDS)
