"""Options of commands that autocomplete: stories, names of tags or authors, times of day, time zones."""

from datetime import time

from discord import app_commands

from bot.domain.filters import read_names
from bot.domain.times import TIMES, search_times
from bot.domain.zones import Zone, find_zone, search_zones
from bot.errors import ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.store.stories import named, story_id
from bot.stories.facets import FACET_CHARS, NAMED, FacetKind
from bot.stories.model import StorySummary
from bot.ui.limits import CHOICES
from bot.ui.schedules import time_choice, zone_choice
from bot.ui.story_lists import choice_name, name_choices


class StoryOption(app_commands.Transformer):
    """A story of the library by its title. Raises `ReaderError`."""

    async def transform(self, interaction: Interaction, value: str, /) -> StorySummary:  # type: ignore[override]
        return await store_for(interaction).stories.find(value)

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        found = await store_for(interaction).stories.search(value, CHOICES)
        return [app_commands.Choice(name=choice_name(entry), value=named(entry)) for entry in found]


StoryArgument = app_commands.Transform[StorySummary, StoryOption]


class UploadOption(StoryOption):
    """A story, as `StoryOption` finds it; a server's managers find its own uploads in any channel."""

    async def transform(self, interaction: Interaction, value: str, /) -> StorySummary:  # type: ignore[override]
        meant = [story for story in await _managed(interaction, value) if value in (named(story), story.title)]
        return meant[0] if len(meant) == 1 else await super().transform(interaction, value)

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        managed = await _managed(interaction, value)
        own = {named(story): choice_name(story) for story in managed}
        others = await super().autocomplete(interaction, value)
        choices = own | {choice.value: choice.name for choice in others}
        return [app_commands.Choice(name=name, value=value) for value, name in choices.items()][:CHOICES]


async def _managed(interaction: Interaction, value: str) -> list[StorySummary]:
    """What a manager of this server may mean by *value* among its uploads: also what is for adults."""
    if interaction.guild_id is None or not interaction.permissions.manage_guild:
        return []
    uploads = store_for(interaction).uploads
    return await uploads.on_shelf(interaction.guild_id, CHOICES, typed=value, story=story_id(value))


ShelfStory = app_commands.Transform[StorySummary, UploadOption]


TYPED_CHARS = 300
"""Characters of several names."""


class NameOption(app_commands.Transformer):
    """One name of a facet of some *kinds*."""

    min_value = 1  # type: ignore[assignment]
    max_value = FACET_CHARS  # type: ignore[assignment]

    def __init__(self, *kinds: FacetKind) -> None:
        self._kinds = kinds

    async def transform(self, interaction: Interaction, value: str, /) -> str | tuple[str, ...]:  # type: ignore[override]
        return value

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        return await self._offer(interaction, "", value)

    async def _offer(self, interaction: Interaction, before: str, typed: str) -> list[app_commands.Choice[str]]:
        offered = await store_for(interaction).facets.offered(self._kinds, typed.strip()[:FACET_CHARS], CHOICES)
        return [app_commands.Choice(name=text, value=text) for text in name_choices(before, offered)]


class NamesOption(NameOption):
    """Several names, parted by commas; the last is completed."""

    max_value = TYPED_CHARS

    async def transform(self, interaction: Interaction, value: str, /) -> tuple[str, ...]:  # type: ignore[override]
        return read_names(value)

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        before, _, last = value.rpartition(",")
        return await self._offer(interaction, before.strip(), last)


Author = app_commands.Transform[str, NameOption("author")]
Tags = app_commands.Transform[tuple[str, ...], NamesOption("tag")]
Fandoms = app_commands.Transform[tuple[str, ...], NamesOption("fandom")]
Characters = app_commands.Transform[tuple[str, ...], NamesOption("character")]
Authors = app_commands.Transform[tuple[str, ...], NamesOption("author")]
Languages = app_commands.Transform[tuple[str, ...], NamesOption("language")]
AnyNames = app_commands.Transform[tuple[str, ...], NamesOption(*NAMED)]


class TimeOption(app_commands.Transformer):
    """A time of day, as the list has it. Raises `ReaderError`."""

    async def transform(self, interaction: Interaction, value: str, /) -> time:  # type: ignore[override]
        if (at := TIMES.get(value)) is None:
            raise ReaderError("not-listed", typed=value[:100])
        return at

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        found = search_times(value[:100], CHOICES)
        return [app_commands.Choice(name=time_choice(at), value=f"{at:%H:%M}") for at in found]


TimeArgument = app_commands.Transform[time, TimeOption]


class ZoneOption(app_commands.Transformer):
    """A time zone, as the list has it. Raises `ReaderError`."""

    async def transform(self, interaction: Interaction, value: str, /) -> Zone:  # type: ignore[override]
        if (zone := find_zone(value)) is None:
            raise ReaderError("not-listed", typed=value[:100])
        return zone

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        now = interaction.client.clock()
        found = search_zones(value[:100], CHOICES)
        return [app_commands.Choice(name=zone_choice(zone, now), value=zone.name) for zone in found]


ZoneArgument = app_commands.Transform[Zone, ZoneOption]
