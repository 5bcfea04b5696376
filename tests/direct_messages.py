"""What the bot told readers by direct message, and readers who take none."""

from __future__ import annotations

import discord
from simcord.actors import MemberActor

from tests.library import Library
from tests.seen import text_of


def told(reader: MemberActor) -> list[discord.Message]:
    """The direct messages that a reader got."""
    return reader.user.dm_channel.history()


def said_to(reader: MemberActor) -> str:
    """The words of those messages."""
    return "\n---\n".join(map(text_of, told(reader)))


def close_messages(
    library: Library, reader: MemberActor, *, status: int = 403, code: int = 50007, times: int | None = 1
) -> None:
    """Have Discord refuse direct messages to a reader, *times* times; None: from now on."""
    path = f"/channels/{reader.user.dm_channel.id}/messages"
    library.env.inject_error("POST", path, status=status, code=code, times=times)
