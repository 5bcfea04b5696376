"""What can be done, in one screen."""

import discord

from bot.texts import say
from bot.ui.screen import ACCENT, Screen

_SECTIONS: dict[str, tuple[str, ...]] = {
    "read": ("read", "stories", "me", "settings"),
    "find": ("search", "quote", "menu"),
    "say": ("react", "vote", "review", "top"),
    "write": ("author", "claim", "answer"),
    "run": ("manage",),
}
"""Commands, each with a line of its own."""


def help_screen() -> Screen:
    embed = discord.Embed(title=say("help-title"), description=say("help-about"), colour=ACCENT)
    for section, commands in _SECTIONS.items():
        lines = [say(f"help-line-{command}") for command in commands]
        embed.add_field(name=say(f"help-section-{section}"), value="\n".join(lines), inline=False)
    return Screen([embed])
