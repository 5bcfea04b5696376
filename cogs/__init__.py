"""Commands, button handlers and background work of the bot, one module for each subject.

`setup` finds the commands and cogs of every module; a new module needs no registration.
"""

import pkgutil
from importlib import import_module

import discord
from discord import app_commands
from discord.ext import commands

from bot.interactions.client import Oneshot
from bot.interactions.groups import GROUPS, owner


async def setup(bot: Oneshot) -> None:
    """Import every module, which registers the handlers in it, and add the module's commands and cogs to the bot."""
    for name in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        module = import_module(f"{__name__}.{name}")
        for found in vars(module).values():
            if isinstance(found, app_commands.ContextMenu) or (
                isinstance(found, app_commands.Command) and found.parent is None
            ):
                bot.tree.add_command(found)
            elif isinstance(found, type) and issubclass(found, commands.Cog) and found.__module__ == module.__name__:
                await bot.add_cog(found(bot))
    for group in GROUPS:
        bot.tree.add_command(group)
    if bot.owner_server is not None:
        bot.tree.add_command(owner, guild=discord.Object(bot.owner_server))
