"""Types of command options: with autocomplete (stories, names, times of day, time zones), or with fixed choices."""

from collections.abc import Sequence
from datetime import time
from typing import get_args

from discord import app_commands

from bot.domain.quotes import QuoteLength
from bot.domain.reactions import Metric, Period, Ranked
from bot.domain.rights import may
from bot.domain.schedules import DAYS, TIMES, DailyStyle, search_times
from bot.domain.stories import SORTS, Sort, read_names
from bot.domain.zones import Zone, find_zone, search_zones
from bot.errors import ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.permissions import standing_here
from bot.interactions.translator import named_choice
from bot.store.stories import named, story_id
from bot.stories.facets import FACET_CHARS, NAMED, FacetKind
from bot.stories.instalments import Size
from bot.stories.lengths import LENGTHS, Length
from bot.stories.model import StorySummary
from bot.stories.ratings import Rating
from bot.stories.status import Status
from bot.ui.limits import CHOICES
from bot.ui.schedules import time_choice, zone_choice
from bot.ui.stories import choice_name, name_choices


class StoryOption(app_commands.Transformer):
    """A story of the library, by its title. Raises `ReaderError` if none or several match."""

    async def transform(self, interaction: Interaction, value: str, /) -> StorySummary:  # type: ignore[override]
        return await store_for(interaction).stories.find(value)

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        found = await store_for(interaction).stories.search(value, CHOICES)
        return [app_commands.Choice(name=choice_name(entry), value=named(entry)) for entry in found]


StoryArgument = app_commands.Transform[StorySummary, StoryOption]


class UploadOption(StoryOption):
    """A story of the library, by its title; a server's managers also find its uploads that the age gate hides here."""

    async def transform(self, interaction: Interaction, value: str, /) -> StorySummary:  # type: ignore[override]
        meant = [story for story in await _managed_uploads(interaction, value) if value in (named(story), story.title)]
        return meant[0] if len(meant) == 1 else await super().transform(interaction, value)

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        managed = await _managed_uploads(interaction, value)
        own = {named(story): choice_name(story) for story in managed}
        others = await super().autocomplete(interaction, value)
        choices = own | {choice.value: choice.name for choice in others}
        return [app_commands.Choice(name=name, value=value) for value, name in choices.items()][:CHOICES]


async def _managed_uploads(interaction: Interaction, value: str) -> list[StorySummary]:
    """Return this server's uploads that match *value*, whatever their rating; empty unless the member is a manager."""
    if interaction.guild_id is None or not may("see-uploads", await standing_here(interaction)):
        return []
    uploads = store_for(interaction).uploads
    return await uploads.on_shelf(interaction.guild_id, CHOICES, typed=value, story=story_id(value))


ShelfStory = app_commands.Transform[StorySummary, UploadOption]


TYPED_CHARS = 300
"""Maximum length of the text typed for an option with several names, in characters."""


class NameOption(app_commands.Transformer):
    """The name of a tag, fandom, character, author or language: autocomplete offers those of *kinds*."""

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
    """Several names, separated by commas; autocomplete completes the last name."""

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
    """A time of day from `TIMES`. Raises `ReaderError` for any other text."""

    async def transform(self, interaction: Interaction, value: str, /) -> time:  # type: ignore[override]
        if (at := TIMES.get(value)) is None:
            raise ReaderError("not-listed", typed=value[:100])
        return at

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        found = search_times(value[:100], CHOICES)
        return [app_commands.Choice(name=time_choice(at), value=f"{at:%H:%M}") for at in found]


TimeArgument = app_commands.Transform[time, TimeOption]


class ZoneOption(app_commands.Transformer):
    """A time zone, by its name. Raises `ReaderError` for any other text."""

    async def transform(self, interaction: Interaction, value: str, /) -> Zone:  # type: ignore[override]
        if (zone := find_zone(value)) is None:
            raise ReaderError("not-listed", typed=value[:100])
        return zone

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        now = interaction.client.clock()
        found = search_zones(value[:100], CHOICES)
        return [app_commands.Choice(name=zone_choice(zone, now), value=zone.name) for zone in found]


ZoneArgument = app_commands.Transform[Zone, ZoneOption]


async def zone_here(interaction: Interaction, picked: Zone | None) -> str:
    """Return the time zone of a schedule: *picked*, else the server's. Raises `ReaderError` without either."""
    if picked is not None:
        return picked.name
    chosen = await store_for(interaction).settings.of_server(interaction.guild_id)
    if chosen.zone is None:
        raise ReaderError("zone-needed")
    return chosen.zone


# -- one of a few values --------------------------------------------------------------------


class NamedOption(app_commands.Transformer):
    """One of a few fixed values, which Discord shows by name. Raises `ReaderError` for any other value."""

    def __init__(self, choices: Sequence[app_commands.Choice[str]]) -> None:
        self._choices = list(choices)

    @property
    def choices(self) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        return self._choices

    async def transform(self, interaction: Interaction, value: str, /) -> str:  # type: ignore[override]
        if value not in {choice.value for choice in self._choices}:  # Discord itself accepts no other value
            raise ReaderError("not-listed", typed=value[:100])
        return value


class DaysOption(NamedOption):
    """The days of the week on which a schedule posts."""

    async def transform(self, interaction: Interaction, value: str, /) -> frozenset[int]:  # type: ignore[override]
        return DAYS[await super().transform(interaction, value)]


def _id(value: str) -> str:
    """Return a value as it is spelled in message ids: with hyphens for spaces."""
    return value.replace(" ", "-")


LengthChoice = app_commands.Transform[
    Length, NamedOption([named_choice(f"value-length-{each}", each) for each in LENGTHS])
]
StatusChoice = app_commands.Transform[
    Status, NamedOption([named_choice(f"value-status-{_id(each)}", each) for each in get_args(Status)])
]
RatingChoice = app_commands.Transform[
    Rating, NamedOption([named_choice(f"value-rating-{_id(each)}", each) for each in get_args(Rating)])
]
SortChoice = app_commands.Transform[Sort, NamedOption([named_choice(f"filter-sort-{each}", each) for each in SORTS])]
QuoteLengthChoice = app_commands.Transform[
    QuoteLength, NamedOption([named_choice(f"quote-length-{each}", each) for each in get_args(QuoteLength)])
]
RankedChoice = app_commands.Transform[
    Ranked, NamedOption([named_choice(f"top-what-{each}", each) for each in get_args(Ranked)])
]
MetricChoice = app_commands.Transform[
    Metric, NamedOption([named_choice(f"top-by-{each}", each) for each in get_args(Metric)])
]
PeriodChoice = app_commands.Transform[
    Period, NamedOption([named_choice(f"top-since-{each}", each) for each in get_args(Period)])
]
StyleChoice = app_commands.Transform[
    DailyStyle, NamedOption([named_choice(f"daily-style-{each}", each) for each in get_args(DailyStyle)])
]
DaysChoice = app_commands.Transform[
    frozenset[int], DaysOption([named_choice(f"schedule-on-{_id(each)}", each) for each in DAYS])
]
SizeChoice = app_commands.Transform[
    Size, NamedOption([named_choice(f"serial-each-{each}", each) for each in get_args(Size)])
]
