"""Claims: a reader says that they wrote a story, and waits until the managers of its shelf answer."""

from collections.abc import Sequence

from bot.domain.audience import EVERYONE, Audience
from bot.domain.authors import Claim
from bot.errors import ReaderError
from bot.store.database import IN_ORDER, Database, Family, Row, Writing, named_list, transaction
from bot.store.publishing import FOLDER
from bot.store.rows import SUMMARY, summary_of
from bot.store.visibility import visible_sql

OPEN_SECONDS = 30 * 24 * 60 * 60
"""The seconds that a claim waits for an answer."""

OPEN_EACH = 3
"""The most claims that one reader may have waiting."""


class Claims(Family):
    """A reader has one claim to a story. `Authors.link` approves it."""

    def __init__(self, db: Database, audience: Audience = EVERYONE) -> None:
        super().__init__(db)
        self._open = (
            f"SELECT {SUMMARY}, c.id, c.user_id FROM claims c {IN_ORDER} {visible_sql(audience)} s ON s.id = c.story_id"
            " WHERE c.made_at > :since"
        )

    @transaction
    def make(self, writing: Writing, story: int, reader: int) -> int:
        """Record that *reader* claims *story*; return the claim's id, the same for the same claim.

        Raises `ReaderError` for one claim too many.
        """
        now = self._db.now()
        writing.execute("DELETE FROM claims WHERE made_at <= :since", {"since": now - OPEN_SECONDS})
        [(others,)] = writing.rows(
            "SELECT count(*) FROM claims WHERE user_id = :reader AND story_id <> :story",
            {"reader": reader, "story": story},
        )
        if others >= OPEN_EACH:
            raise ReaderError("too-many-claims", most=OPEN_EACH)
        [(claim,)] = writing.rows(
            "INSERT INTO claims (story_id, shelf, user_id, made_at)"
            " SELECT id, shelf, :reader, :now FROM stories WHERE id = :story ON CONFLICT (story_id, user_id)"
            " DO UPDATE SET made_at = excluded.made_at RETURNING id",
            {"reader": reader, "now": now, "story": story},
        )
        return int(claim)

    async def find(self, claim: int) -> Claim:
        """Return an open claim. Raises `ReaderError` where it is answered or too old."""
        row = await self._db.row(f"{self._open} AND c.id = :claim", {"since": self._since(), "claim": claim})
        if row is None:
            raise ReaderError("claim-gone")
        return _claim(row)

    async def open(self, shelves: Sequence[int], limit: int) -> list[Claim]:
        """Return the open claims to stories of *shelves* (ids of servers; 0 for the folder), the oldest first."""
        names, values = named_list("shelf", [str(shelf) if shelf else FOLDER for shelf in shelves])
        rows = await self._db.rows(
            f"{self._open} AND c.shelf IN {names} ORDER BY c.id LIMIT :limit",
            {"since": self._since(), "limit": limit, **values},
        )
        return [_claim(row) for row in rows]

    async def refuse(self, claim: int) -> None:
        """Delete a claim."""
        await self._db.execute("DELETE FROM claims WHERE id = :claim", {"claim": claim})

    def _since(self) -> int:
        return self._db.now() - OPEN_SECONDS


def _claim(row: Row) -> Claim:
    return Claim(row["id"], summary_of(row), row["user_id"])
