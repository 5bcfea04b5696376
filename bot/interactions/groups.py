"""Command groups that several modules of ``cogs`` extend, with ``@author.command()`` and the like."""

import discord
from discord import app_commands

author = app_commands.Group(name="author", description="For authors: add, change and follow your own stories")
"""Available in servers and direct messages; in direct messages, commands that need a server answer with an error."""

manage = app_commands.Group(
    name="manage",
    description="For mods: the stories, schedules and settings of this server",
    default_permissions=discord.Permissions(manage_guild=True),
    allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
    allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
)
"""By default Discord shows the group to members with Manage Server; every command checks permissions itself."""

manage_story = app_commands.Group(name="story", description="The stories of this server", parent=manage)
manage_daily = app_commands.Group(name="daily", description="The quote of the day", parent=manage)
manage_serial = app_commands.Group(name="serial", description="Stories posted in parts, on a schedule", parent=manage)
manage_author = app_commands.Group(name="author", description="Who wrote the stories of this server", parent=manage)

owner = app_commands.Group(
    name="bot",
    description="For the bot owner: how it runs, its servers, the stories folder",
    default_permissions=discord.Permissions(administrator=True),
    guild_only=True,
)
"""Registered only in the server of the setting ``OWNER_SERVER``."""

GROUPS = (author, manage)
"""Command groups that are registered globally, not for a single server."""
