"""Times that all processes share: a row for each bucket gives out one after the other, each once."""

from bot.store.database import Database, Family


class GivenTimes(Family):
    """The times of *table*, in one statement each: two processes never get the same one."""

    def __init__(self, db: Database, table: str) -> None:
        super().__init__(db)
        self._take = (
            f"INSERT INTO {table} (bucket, last_ms) VALUES (:bucket, :now)"
            " ON CONFLICT (bucket) DO UPDATE SET last_ms ="
            f"  CASE WHEN {table}.last_ms + :between > :now AND {table}.last_ms < :now + :most"
            f"  THEN {table}.last_ms + :between ELSE :now END"
            f" WHERE {table}.last_ms + :between <= :now + :most OR {table}.last_ms > :now + 2 * :most"
            " RETURNING last_ms"
        )
        # A time that lies too far off was written by a clock that was wrong; the present takes its place.

    async def take(self, bucket: int, between: float, most: float) -> float | None:
        """Take the next free time of *bucket*, *between* seconds after the last.

        Return how many seconds it is off, or None where they exceed *most*.
        """
        now = int(self._db.clock() * 1000)
        values = {"bucket": bucket, "now": now, "between": round(between * 1000), "most": int(most * 1000)}
        rows = await self._db.changed(self._take, values)
        return max(rows[0]["last_ms"] - now, 0) / 1000 if rows else None
