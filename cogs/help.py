"""Help: what the one who asks can do where they are, in one screen."""

from dataclasses import replace

from discord import app_commands

from bot.domain.rights import held, may
from bot.interactions.answering import LOOKUP
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.permissions import standing_here
from bot.interactions.replies import send
from bot.services.rights import may_run, may_submit
from bot.ui.help import HelpRights, help_screen


@app_commands.command(extras=LOOKUP)
async def help(interaction: Interaction) -> None:
    """See what you can do here"""
    await send(interaction, help_screen(await _rights(interaction), interaction.client.pages), private=True)


async def _rights(interaction: Interaction) -> HelpRights:
    store, user = store_for(interaction), interaction.user.id
    is_author = await store.authors.writes(user)
    standing = await standing_here(interaction)
    standing = replace(standing, roles=standing.roles | held({"author": is_author}))
    return HelpRights(
        may_submit=await may_submit(interaction),
        has_stories=bool(await store.uploads.own_stories(user, 1)),
        is_author=is_author,
        may_ask=standing.is_here and may("ask", standing),
        is_manager="manager" in standing.roles,
        may_moderate=may("answer-report", standing),
        runs_bot=await may_run(interaction),
    )
