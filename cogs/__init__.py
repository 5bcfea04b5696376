"""The commands and the buttons of the bot, one module for each noun."""

from __future__ import annotations

import pkgutil

from bot.interactions.client import Oneshot


async def setup(bot: Oneshot) -> None:
    """Load every module of this folder; discord.py calls it for `load_extension("cogs")`."""
    for module in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        await bot.load_extension(f"{__name__}.{module}")
