"""The first steps to set up the bot in a server: which are done, and the card posted when the bot joins."""

import logging

import discord

from bot.domain.settings import FirstSteps
from bot.interactions.permissions import missing
from bot.store import Store
from bot.texts import set_language
from bot.ui.screen import Screen
from bot.ui.settings import first_steps_screen

log = logging.getLogger(__name__)


async def first_steps_of(store: Store, guild: int) -> FirstSteps:
    """Return which first steps are done in a server."""
    chosen = await store.settings.of_server(guild)
    return FirstSteps(
        updates=chosen.news_channel is not None,
        submissions=chosen.adders is not None,
        story=await store.server_uploads.total(guild) > 0,
        hidden=chosen.steps_hidden,
    )


async def greet(store: Store, guild: discord.Guild) -> None:
    """Post the first steps in the system channel, if the bot may write there and a step is unfinished."""
    channel, steps = guild.system_channel, await first_steps_of(store, guild.id)
    if channel is None or not steps.are_shown or missing(channel, ("view_channel", "send_messages", "embed_links")):
        return
    set_language(guild.preferred_locale.value)
    screen: Screen = first_steps_screen(steps, private=False)
    try:
        await channel.send(
            embeds=screen.embeds,
            view=screen.view or discord.utils.MISSING,
            allowed_mentions=discord.AllowedMentions.none(),
        )
    except discord.HTTPException as error:
        log.info("The first steps cannot be posted in server %d: %s", guild.id, error)
