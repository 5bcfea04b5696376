"""Announcements: what whoever runs the bot says to the servers that wish to hear it."""

from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, modal, typed
from bot.interactions.deferring import OPENS_FORM
from bot.interactions.groups import owner
from bot.interactions.permissions import allow_running
from bot.interactions.replies import ask, redraw, send
from bot.texts import say
from bot.ui.announcements import CHARS, TEXT, announcement_modal, announcement_preview
from bot.ui.ids.host import AnnouncementModal, SendAnnouncement
from bot.ui.screen import notice


@owner.command(extras=OPENS_FORM)
async def announce(interaction: Interaction) -> None:
    """Write to the updates channels of servers that turned announcements on"""
    await allow_running(interaction)
    await ask(interaction, announcement_modal())


@modal(AnnouncementModal)
async def take_announcement(interaction: Interaction, _: AnnouncementModal) -> None:
    """Show how an announcement will look, and how many will see it."""
    await allow_running(interaction)
    announcements, text = store_for(interaction).announcements, typed(interaction, TEXT).strip()[:CHARS]
    number = await announcements.draft(text)
    await send(interaction, announcement_preview(text, number, await announcements.servers()), private=True)


@component(SendAnnouncement)
async def send_announcement(interaction: Interaction, press: SendAnnouncement) -> None:
    """Queue an announcement for each server that wishes to hear it."""
    await allow_running(interaction)
    count = await store_for(interaction).announcements.send(press.number)
    interaction.client.dispatch("notice")
    await redraw(interaction, notice(say("announcement-sent", count=count), say("announcement-sent-title"), []))
