"""Groups of commands that several modules of ``cogs`` add to: a command is ``@author.command()``."""

import discord
from discord import app_commands

author = app_commands.Group(name="author", description="For authors: add, change and follow your own stories")

manage = app_commands.Group(
    name="manage",
    description="For mods: uploads, the log and the settings of this server",
    default_permissions=discord.Permissions(manage_guild=True),
    allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
    allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
)
"""Discord shows these to who has Manage Server; each asks for it again."""

owner = app_commands.Group(
    name="bot",
    description="For whoever runs the bot: its stories folder, and who wrote what is in it",
    default_permissions=discord.Permissions(administrator=True),
    guild_only=True,
)
"""Registered in the server that the setting ``OWNER_SERVER`` names, and in no other."""

GROUPS = (author, manage)
"""The groups that are registered everywhere."""
