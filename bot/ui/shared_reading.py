"""Reading together: who turns the pages for all, and how they let another reader do so."""

import discord
from discord import ui

from bot.domain.shared_reading import SharedReading
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.components import button
from bot.ui.custom_id import Snowflake
from bot.ui.ids.shared_reading import AskTurner, PickTurner
from bot.ui.limits import THREAD_NAME, clip
from bot.ui.markdown import escape
from bot.ui.screen import QUIET, Screen, notice


def thread_name(story: StorySummary) -> str:
    return clip(story.title, THREAD_NAME)


def opened_screen(story: StorySummary, reader: int) -> Screen:
    """What stands in the channel above the thread."""
    return notice(say("together-opened", reader=f"<@{reader}>", title=clip(story.title, 200, escape)), items=[])


def turner_embed(session: SharedReading) -> discord.Embed:
    """Who turns the pages, under a page that all read."""
    return discord.Embed(description=say("together-turns", reader=f"<@{session.turner}>"), colour=QUIET)


def ask_turner_button(row: int) -> ui.Button[ui.View]:
    return button(AskTurner(), say("together-hand-over"), row)


def pick_turner_screen(session: SharedReading) -> Screen:
    """Asks who is to turn the pages."""
    custom_id = str(PickTurner(Snowflake(session.message)))
    picker = ui.UserSelect[ui.View](custom_id=custom_id, placeholder=say("together-choose"))
    return notice(None, say("together-who"), [picker])


def turner_changed_screen(to: int) -> Screen:
    return notice(say("together-handed", reader=f"<@{to}>"), items=[])
