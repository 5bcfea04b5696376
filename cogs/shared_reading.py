"""Shared reading: the member who turns the pages hands that over to another."""

from bot.errors import ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, picked, snowflake_in
from bot.interactions.replies import redraw, send
from bot.ui.ids.shared_reading import AskTurner, PickTurner
from bot.ui.shared_reading import pick_turner_screen, turner_changed_screen


@component(AskTurner, work="lookup")
async def hand_over(interaction: Interaction, _: AskTurner) -> None:
    """Ask who shall turn the pages."""
    session = await store_for(interaction).shared_readings.of(interaction.message.id) if interaction.message else None
    if session is None:
        raise ReaderError("passage-gone")
    if session.turner != interaction.user.id:
        raise ReaderError("not-yours")
    await send(interaction, pick_turner_screen(session), private=True)


@component(PickTurner)
async def hand_to(interaction: Interaction, press: PickTurner) -> None:
    """Let the reader who was picked turn the pages, and say so in the thread."""
    value = picked(interaction)
    reader = snowflake_in(value)
    resolved = (interaction.data or {}).get("resolved", {})
    users = resolved.get("users", {}) if isinstance(resolved, dict) else {}
    if reader is None or users.get(value, {}).get("bot"):
        raise ReaderError("not-yours")
    if not await store_for(interaction).shared_readings.hand_over(press.message, interaction.user.id, reader):
        raise ReaderError("not-yours")
    await redraw(interaction, turner_changed_screen(reader))
    await send(interaction, turner_changed_screen(reader), private=False)
