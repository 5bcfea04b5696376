"""The commands and the buttons of the bot, one module for each noun."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from bot.interactions.client import Oneshot


async def setup(bot: Oneshot) -> None:
    """Import every module of this folder, whose buttons and modals then have answers, and add its commands."""
    for name in sorted(module.name for module in pkgutil.iter_modules(__path__)):
        module = import_module(f"{__name__}.{name}")
        if hasattr(module, "setup"):
            await module.setup(bot)
