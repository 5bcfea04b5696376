"""Channels that are age-restricted, as Discord tells of it."""

from __future__ import annotations

from simcord.builders import ChannelHandle

from tests.library import Library


async def restrict(library: Library, channel: ChannelHandle, restricted: bool = True) -> None:
    """Mark a channel as age-restricted, or as not."""
    told = {"id": str(channel.id), "guild_id": str(library.guild_id), "type": 0, "name": str(channel.name)}
    library.env.backend.emit("CHANNEL_UPDATE", told | {"position": 0, "permission_overwrites": [], "nsfw": restricted})
    await library.env.settle()
