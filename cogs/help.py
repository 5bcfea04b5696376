"""Help: what readers can do, in one screen."""

from discord import app_commands

from bot.interactions.client import Interaction
from bot.interactions.replies import send
from bot.ui.help import help_screen


@app_commands.command()
async def help(interaction: Interaction) -> None:
    """See what you can do here"""
    await send(interaction, help_screen(), private=True)
