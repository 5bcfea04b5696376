"""Ids of Discord, which hold the time of their making
(https://discord.com/developers/docs/reference#snowflakes)."""

_DISCORD_EPOCH_MS = 1_420_070_400_000


def first_id(at: int) -> int:
    """Return the least id that Discord gives at a time, in seconds since 1970: those made before are smaller."""
    return (at * 1000 - _DISCORD_EPOCH_MS) << 22
