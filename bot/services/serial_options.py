"""The option that names one of a server's serials; it may be left out where there is only one."""

from __future__ import annotations

from discord import app_commands

from bot.domain.schedules import Serial
from bot.errors import ReaderError, StoryGated, StoryGone
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import number_in
from bot.stories.folding import fold
from bot.stories.model import StorySummary
from bot.ui.limits import CHOICES
from bot.ui.serials import serial_choice, title_of


class SerialOption(app_commands.Transformer):
    """A serial of this server. Raises `ReaderError`."""

    async def transform(self, interaction: Interaction, value: str, /) -> Serial:  # type: ignore[override]
        number = number_in(value)
        for serial in await store_for(interaction).serials.of(interaction.guild_id or 0):
            if serial.plan.id == number or fold(title_of(await story_of(interaction, serial))) == fold(value):
                return serial
        raise ReaderError("serial-unknown")

    async def autocomplete(self, interaction: Interaction, value: str, /) -> list[app_commands.Choice[str]]:  # type: ignore[override]
        serials = await store_for(interaction).serials.of(interaction.guild_id or 0)
        named = [(serial_choice(serial, await story_of(interaction, serial)), serial) for serial in serials]
        found = [(name, serial) for name, serial in named if fold(value) in fold(name)]
        return [app_commands.Choice(name=name, value=str(serial.plan.id)) for name, serial in found[:CHOICES]]


SerialArgument = app_commands.Transform[Serial, SerialOption]


async def only_serial(interaction: Interaction) -> Serial:
    """The one serial of this server that is not over. Raises `ReaderError`."""
    serials = await store_for(interaction).serials.of(interaction.guild_id or 0)
    going = [serial for serial in serials if serial.plan.state != "stopped"] or serials
    if len(going) > 1:
        raise ReaderError("serial-not-named")
    if not going:
        raise ReaderError("serial-unknown")
    return going[0]


async def story_of(interaction: Interaction, serial: Serial) -> StorySummary | None:
    """A serial's story; None where it does not show to those who ask."""
    try:
        return await store_for(interaction).stories.entry(serial.story)
    except (StoryGone, StoryGated):
        return None
