"""The pressed message: who sees it, and whose reading it shows."""

import discord

from bot.domain.places import SharedReading
from bot.interactions.audience import is_alone_with_bot, store_for
from bot.interactions.client import Interaction
from bot.interactions.replies import redraw, send
from bot.ui.screen import Screen


def is_private(interaction: discord.Interaction) -> bool:
    """Return whether only the one who pressed sees the pressed message."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def is_alone(interaction: discord.Interaction) -> bool:
    """Return whether only the reader sees the answer: it is private, or in a direct message with the bot."""
    return is_private(interaction) or is_alone_with_bot(interaction)


async def redraw_or_send(interaction: Interaction, screen: Screen, *, again: bool | None = None) -> None:
    """Draw the pressed message *again* (None: if only the one who pressed sees it), else answer privately."""
    if is_private(interaction) if again is None else again:
        await redraw(interaction, screen)
    else:
        await send(interaction, screen, private=True)


async def session_of(interaction: Interaction) -> SharedReading | None:
    """Return the shared reading whose page a pressed message shows; None for any other message."""
    message = interaction.message
    if message is None or message.interaction_metadata is not None or is_private(interaction):
        return None
    return await store_for(interaction).shared_readings.of(message.id)


async def page_owner(interaction: Interaction) -> int:
    """Return whose reading a message shows: who asked for it, alone sees it, or turns it for all; else 0."""
    message = interaction.message
    if message is None or is_alone(interaction):
        return interaction.user.id
    if message.interaction_metadata is not None:
        return message.interaction_metadata.user.id
    session = await session_of(interaction)
    return session.turner if session else 0


async def is_owner(interaction: Interaction) -> bool:
    """Return whether the one who pressed is the owner of the message's reading."""
    return await page_owner(interaction) == interaction.user.id
