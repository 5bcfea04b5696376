"""What whoever runs the bot announces to servers, and how they write it."""

import discord
from discord import ui

from bot.texts import say
from bot.ui.components import Style, button, modal, text_field
from bot.ui.ids.host import AnnouncementModal, SendAnnouncement
from bot.ui.screen import ACCENT, Screen, notice

TEXT = "text"
CHARS = 2000
"""Characters of an announcement."""


def announcement_modal() -> ui.Modal:
    """The modal for what is announced."""
    field = text_field(TEXT, say("announcement-field"), CHARS, is_long=True, required=True)
    return modal(AnnouncementModal(), say("announcement-ask"), [field])


def announcement_screen(text: str) -> Screen:
    """An announcement as it stands in a server's channel."""
    embed = discord.Embed(title=say("announcement-title"), description=text, colour=ACCENT)
    embed.set_footer(text=say("announcement-footer"))
    return Screen([embed])


def announcement_preview(text: str, number: int, servers: int) -> Screen:
    """An announcement as it will stand there, and how many servers wish to hear it."""
    preview = announcement_screen(text)
    about = notice(say("announcement-servers", count=servers))
    items = [button(SendAnnouncement(number), say("announcement-send"), 0, style=Style.primary)] if servers else []
    return Screen([*preview.embeds, *about.embeds], items)
