"""Shared reading: a thread with a page that one reader turns for all."""

import discord

from bot.domain.shared_reading import SharedReading
from bot.errors import NotWished, ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.replies import redraw, think
from bot.services.posts import record_post
from bot.services.reading import page_of
from bot.stories.model import OpenPage
from bot.ui.shared_reading import opened_screen, thread_name


async def read_together(interaction: Interaction, page: OpenPage) -> None:
    """Open a thread below the answer, with *page* in it. Raises `ReaderError`."""
    if not page.story.may_share:
        raise NotWished("share")
    if not isinstance(interaction.channel, discord.TextChannel) or not _may_open(interaction):
        raise ReaderError("no-thread")
    store, reader = store_for(interaction), interaction.user.id
    await store.places.move(reader, page, interaction.guild_id)  # on disk before it is shown
    await think(interaction, private=False)
    await redraw(interaction, opened_screen(page.story, reader))
    screen = await page_of(interaction, page, peek=False, session=SharedReading(0, reader))
    try:
        answer = await interaction.original_response()
        thread = await answer.create_thread(name=thread_name(page.story))
        message = await thread.send(embeds=screen.embeds, view=screen.view or discord.utils.MISSING)
    except discord.Forbidden:
        await interaction.delete_original_response()
        raise ReaderError("no-thread") from None
    await store.shared_readings.begin(message.id, page.story.id, reader)
    where = (message.id, thread.id, interaction.guild_id)
    await record_post(interaction.client, *where, page.story.id, page=page.spot)


def _may_open(interaction: Interaction) -> bool:
    """Return whether both the bot and the reader may open a thread here and write in it."""
    allowed = interaction.app_permissions & interaction.permissions
    return interaction.guild_id is not None and allowed.create_public_threads and allowed.send_messages_in_threads
