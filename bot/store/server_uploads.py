"""The uploads of a server, as its managers see them: who sent each, when, and whether it is on the shelf.

None of this passes the age gate: whoever manages a shelf finds all that is on it, in an answer of theirs alone.
"""

from __future__ import annotations

from bot.store.database import Family


class ServerUploads(Family):
    """What was uploaded in a server."""

    async def total(self, guild: int) -> int:
        """Count the uploads of *guild*, also those that are off its shelf."""
        return await self._db.number(
            "SELECT count(*) FROM uploads u JOIN stories s ON s.id = u.story_id WHERE s.shelf = :shelf",
            {"shelf": str(guild)},
        )
