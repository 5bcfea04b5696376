"""When the shards of all processes may identify: a row for each of Discord's buckets gives out times, each once."""

from bot.store.database import Family

BETWEEN_SECONDS = 5.0
"""Seconds between two shards of a bucket."""

_TAKE = (
    "INSERT INTO identify_times (bucket, last_ms) VALUES (:bucket, :now)"
    " ON CONFLICT (bucket) DO UPDATE SET last_ms ="
    "  CASE WHEN identify_times.last_ms + :between > :now AND identify_times.last_ms < :now + :most"
    "  THEN identify_times.last_ms + :between ELSE :now END"
    " WHERE identify_times.last_ms + :between <= :now + :most OR identify_times.last_ms > :now + 2 * :most"
    " RETURNING last_ms"
)
"""A time that lies too far off was written by a clock that was wrong; the present takes its place."""


class IdentifyTimes(Family):
    """The times, in one statement each: two processes never get the same one."""

    async def take(self, bucket: int, most: float) -> float | None:
        """Take the next free time of *bucket*; return how many seconds it is off, or None where they exceed *most*."""
        now = int(self._db.clock() * 1000)
        values = {"bucket": bucket, "now": now, "between": int(BETWEEN_SECONDS * 1000), "most": int(most * 1000)}
        rows = await self._db.changed(_TAKE, values)
        return max(rows[0]["last_ms"] - now, 0) / 1000 if rows else None
