"""Pages that are read together in a thread: one reader turns them for all."""

from bot.domain.shared_reading import SharedReading
from bot.store.database import Family
from bot.store.rows import as_value


class SharedReadings(Family):
    """A shared reading is known by the message that shows its page."""

    async def begin(self, message: int, story: int, reader: int) -> None:
        """Let *reader* turn the pages of *story* on *message* for all."""
        await self._db.execute(
            "INSERT INTO shared_readings (message_id, story_id, user_id, begun_at)"
            " VALUES (:message, :story, :reader, :now)",
            {"message": message, "story": story, "reader": reader, "now": self._db.now()},
        )

    async def of(self, message: int) -> SharedReading | None:
        """Return the shared reading whose page *message* shows."""
        row = await self._db.row(
            "SELECT message_id, user_id AS turner FROM shared_readings WHERE message_id = :message",
            {"message": message},
        )
        return as_value(row, SharedReading) if row else None

    async def hand_over(self, message: int, holder: int, to: int) -> bool:
        """Let *to* turn the pages from now on; return False where *holder* does not turn them any more."""
        return (
            await self._db.execute(
                "UPDATE shared_readings SET user_id = :to WHERE message_id = :message AND user_id = :holder",
                {"to": to, "message": message, "holder": holder},
            )
            > 0
        )
