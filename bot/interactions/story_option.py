"""The option that names a story, offered as the reader types."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.interactions.audience import seen
from bot.interactions.client import Interaction
from bot.store.stories import named
from bot.stories.model import Entry
from bot.ui.limits import CHOICES
from bot.ui.story_lists import choice_name


class StoryOption(app_commands.Transformer):
    """A story of the library by its title. Raises `StoryNotFound` or `StoryAmbiguous`."""

    async def transform(self, interaction: Interaction, value: str, /) -> Entry:  # type: ignore[override]
        return await seen(interaction).library.find(value)

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        found = await seen(interaction).library.search(value, CHOICES)
        return [app_commands.Choice(name=choice_name(entry), value=named(entry)) for entry in found]


StoryArgument = app_commands.Transform[Entry, StoryOption]

__all__ = ["StoryArgument", "StoryOption", "discord"]
