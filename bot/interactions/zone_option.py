"""The option that names a time zone, offered as one types: a city, a country, an abbreviation."""

from __future__ import annotations

from discord import app_commands

from bot.domain.zones import Zone, find_zone, search_zones
from bot.interactions.client import Interaction
from bot.ui.limits import CHOICES
from bot.ui.schedules import zone_choice


class ZoneOption(app_commands.Transformer):
    """A time zone. Raises `ZoneUnknown`."""

    async def transform(self, interaction: Interaction, value: str, /) -> Zone:  # type: ignore[override]
        return find_zone(value)

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        now = interaction.client.clock()
        found = search_zones(value[:100], CHOICES)
        return [app_commands.Choice(name=zone_choice(zone, now), value=zone.name) for zone in found]


ZoneArgument = app_commands.Transform[Zone, ZoneOption]
