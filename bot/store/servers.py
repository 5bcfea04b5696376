"""What servers have here, counted for whoever runs the bot."""

from collections.abc import Sequence

from bot.domain.servers import ServerCounts
from bot.store.database import Family, named_list


class Servers(Family):
    """Counts by server; what readers do there is not counted."""

    async def counts(self, guilds: Sequence[int]) -> dict[int, ServerCounts]:
        """Return what each of these servers has."""
        shelves, values = named_list("shelf", [str(guild) for guild in guilds])
        stories = await self._db.rows(
            "SELECT shelf, count(*) AS found FROM stories"
            f" WHERE shelf IN {shelves} AND removed_at IS NULL GROUP BY shelf",
            values,
        )
        listed, values = named_list("guild", list(guilds))
        schedules = await self._db.rows(
            f"SELECT guild_id, count(*) AS found FROM schedules WHERE guild_id IN {listed} GROUP BY guild_id", values
        )
        of_stories = {int(row["shelf"]): int(row["found"]) for row in stories}
        of_schedules = {int(row["guild_id"]): int(row["found"]) for row in schedules}
        return {guild: ServerCounts(of_stories.get(guild, 0), of_schedules.get(guild, 0)) for guild in guilds}
