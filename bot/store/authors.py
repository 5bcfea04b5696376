"""Authors: which readers wrote a story. The managers of its shelf link them, or approve what they claim."""

from bot.domain.audience import EVERYONE, Audience
from bot.errors import StoryGone
from bot.store.database import IN_ORDER, Database, Family, Writing, transaction
from bot.store.publishing import FOLDER
from bot.store.reactions import remove_reactions
from bot.store.rows import SUMMARY, summary_of
from bot.store.visibility import visible_sql
from bot.store.votes import remove_votes
from bot.stories.model import StorySummary


class Authors(Family):
    """The readers who wrote a story; one that was written together has several."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._visible = visible_sql(audience)

    @transaction
    def link(self, writing: Writing, story: int, reader: int) -> None:
        """Link *reader* to *story* as its author.

        That answers their claim. Their own reactions to the story, their vote and their reviews of it are deleted.
        """
        values = {"story": story, "reader": reader, "now": self._db.now()}
        writing.execute(
            "INSERT INTO story_authors (story_id, user_id, linked_at) VALUES (:story, :reader, :now)"
            " ON CONFLICT (story_id, user_id) DO NOTHING",
            values,
        )
        remove_reactions(writing, "story_id = :story AND user_id = :reader", values)
        remove_votes(writing, reader, story)
        for table in ("claims", "reviews"):
            writing.execute(f"DELETE FROM {table} WHERE story_id = :story AND user_id = :reader", values)

    async def unlink(self, story: int, reader: int) -> bool:
        """Remove the link between *reader* and *story*; return whether there was one."""
        return (
            await self._db.execute(
                "DELETE FROM story_authors WHERE story_id = :story AND user_id = :reader",
                {"story": story, "reader": reader},
            )
            > 0
        )

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
        return 0 if row["shelf"] == FOLDER else int(row["shelf"])

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
