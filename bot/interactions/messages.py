"""The pressed message: who can see it, and whose page it shows."""

import discord
from discord import ui

from bot.domain.places import SharedReading
from bot.interactions.audience import is_alone_with_bot, store_for
from bot.interactions.client import Interaction
from bot.interactions.components import id_on
from bot.interactions.replies import add_line, redraw, send
from bot.ui.ids import UnfoldCard, UnfoldPage
from bot.ui.screen import Screen, add_receipt


def is_private(interaction: discord.Interaction) -> bool:
    """Return whether the pressed message is ephemeral: only the reader who pressed can see it."""
    return interaction.message is not None and interaction.message.flags.ephemeral


def is_alone(interaction: discord.Interaction) -> bool:
    """Return whether only the reader sees the answer: it is private, or in a direct message with the bot."""
    return is_private(interaction) or is_alone_with_bot(interaction)


async def redraw_or_send(interaction: Interaction, screen: Screen, *, again: bool | None = None) -> None:
    """Redraw the pressed message if *again* is true (None: if the message is private), else answer privately."""
    if is_private(interaction) if again is None else again:
        await redraw(interaction, screen)
    else:
        await send(interaction, screen, private=True)


async def tell(interaction: Interaction, line: str, told: Screen) -> None:
    """Say what the reader just did: by a small *line* in their own message, or with *told* in a private one."""
    message = interaction.message
    if message is not None and is_alone(interaction) and message.embeds and not message.attachments:
        await add_line(interaction, line)
    else:
        await send(interaction, told, private=True)


async def unfolded_here(interaction: Interaction, panel: Screen, line: str | None = None) -> bool:
    """Show the items of a panel within the reader's own card or page, above the last row, and a small *line*.

    Return False if the pressed message is neither.
    """
    message = interaction.message
    if message is None or not is_alone(interaction):
        return False
    if id_on(message, UnfoldPage) is None and id_on(message, UnfoldCard) is None:
        return False
    items = ui.View.from_message(message, timeout=None).children
    row = [each for each in items if each.row == items[-1].row]
    add_receipt(message.embeds, line)
    await redraw(interaction, Screen(message.embeds, [*(panel.groups or ()), row]))
    return True


async def session_of(interaction: Interaction) -> SharedReading | None:
    """Return the shared reading of the pressed message; None if the message belongs to none."""
    message = interaction.message
    if message is None or message.interaction_metadata is not None or is_private(interaction):
        return None
    return await store_for(interaction).shared_readings.of(message.id)


async def page_owner(interaction: Interaction) -> int:
    """Return the id of the pressed message's owner.

    The owner is its only viewer, else the user of the command that it answers, else the page turner of its shared
    reading; 0 if it has none of them.
    """
    message = interaction.message
    if message is None or is_alone(interaction):
        return interaction.user.id
    if message.interaction_metadata is not None:
        return message.interaction_metadata.user.id
    session = await session_of(interaction)
    return session.turner if session else 0


async def is_owner(interaction: Interaction) -> bool:
    """Return whether the reader who pressed is the message's owner (see `page_owner`)."""
    return await page_owner(interaction) == interaction.user.id
