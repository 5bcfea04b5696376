"""Submissions: members add stories to their server's library, where its managers let them."""

import discord
from discord import app_commands

from bot.domain.settings import ServerSettings
from bot.errors import ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.services.uploads import download, preview_upload
from bot.stories.formats.front_matter import TITLE_CHARS


@app_commands.command()
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.describe(
    file="Your story: a text, Markdown, HTML or EPUB file",
    title="Its title, in place of what the file says",
    author="Who wrote it, in place of what the file says",
)
async def submit(
    interaction: Interaction,
    file: discord.Attachment,
    title: app_commands.Range[str, 1, TITLE_CHARS] | None = None,
    author: app_commands.Range[str, 1, TITLE_CHARS] | None = None,
) -> None:
    """Add a story to this server, where its managers let you; you see how it reads first."""
    if not _may_add(interaction, await store_for(interaction).settings.of_server(interaction.guild_id)):
        raise ReaderError("may-not-add")
    await interaction.response.defer(ephemeral=True, thinking=True)
    details = {name: value for name, value in (("title", title), ("author", author)) if value}
    await preview_upload(interaction, file.filename, await download(file), details)


def _may_add(interaction: Interaction, chosen: ServerSettings) -> bool:
    if chosen.adders == "everyone" or interaction.permissions.manage_guild:
        return True
    roles = interaction.user.roles if isinstance(interaction.user, discord.Member) else []
    return chosen.adders == "role" and chosen.adders_role in {role.id for role in roles}
