"""Warnings that a reader wants to be asked about before the first page of a story."""

from dataclasses import replace

from bot.domain.warnings import read_warnings
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, modal, typed
from bot.interactions.replies import ask, redraw
from bot.ui.ids.warnings import AskWarnings, WarningsModal
from bot.ui.settings import reader_panel
from bot.ui.warnings import warnings_modal


@component(AskWarnings, work="form")
async def ask_warnings(interaction: Interaction, _: AskWarnings) -> None:
    """Ask which warnings the reader wants to be asked about."""
    chosen = await store_for(interaction).settings.of_reader(interaction.user.id)
    await ask(interaction, warnings_modal(chosen.warnings))


@modal(WarningsModal)
async def take_warnings(interaction: Interaction, _: WarningsModal) -> None:
    """Keep the warnings that were typed, and draw the settings again."""
    store, reader = store_for(interaction), interaction.user.id
    warnings = read_warnings(typed(interaction, "warnings"))
    chosen = await store.settings.change_reader(reader, lambda chosen: replace(chosen, warnings=warnings))
    writes = await store.authors.writes(reader)
    await redraw(interaction, reader_panel(chosen, "more", writes=writes))
