"""Reading together: who turns the pages, and how they hand that over."""

from __future__ import annotations

import discord
from discord import ui

from bot.domain.shared_reading import SharedReading
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.components import button, sent
from bot.ui.custom_id import Snowflake
from bot.ui.ids.shared_reading import AskTurner, PickTurner
from bot.ui.limits import THREAD_NAME, clip
from bot.ui.markdown import escape
from bot.ui.screen import QUIET, Screen


def thread_name(story: StorySummary) -> str:
    return clip(story.title, THREAD_NAME)


def opened_screen(story: StorySummary, reader: int) -> Screen:
    """What stands in the channel above the thread."""
    text = say("together-opened", reader=f"<@{reader}>", title=clip(story.title, 200, escape))
    return Screen([discord.Embed(description=text, colour=QUIET)], sent([]))


def turner_embed(session: SharedReading) -> discord.Embed:
    """Who turns the pages, under a page that all read."""
    return discord.Embed(description=say("together-turns", reader=f"<@{session.turner}>"), colour=QUIET)


def ask_turner_button(row: int) -> ui.Button[ui.View]:
    return button(AskTurner(), say("together-hand-over"), row)


def pick_turner_screen(session: SharedReading) -> Screen:
    """Asks who is to turn the pages."""
    embed = discord.Embed(title=say("together-who"), colour=QUIET)
    custom_id = str(PickTurner(Snowflake(session.message)))
    picker = ui.UserSelect[ui.View](custom_id=custom_id, placeholder=say("together-choose"))
    return Screen([embed], sent([picker]))


def turner_changed_screen(to: int) -> Screen:
    text = say("together-handed", reader=f"<@{to}>")
    return Screen([discord.Embed(description=text, colour=QUIET)], sent([]))
