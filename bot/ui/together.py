"""Reading together: who turns the pages, and how they hand that over."""

from __future__ import annotations

import discord
from discord import ui

from bot.readers import Session
from bot.stories.model import Entry
from bot.ui.components import button, sent
from bot.ui.custom_id import Snowflake
from bot.ui.ids.together import HandOver, HandTo
from bot.ui.limits import THREAD_NAME, clip
from bot.ui.markdown import escape
from bot.ui.screen import QUIET, Screen


def thread_name(story: Entry) -> str:
    return clip(story.title, THREAD_NAME)


def opened_screen(story: Entry, reader: int) -> Screen:
    """What stands in the channel above the thread."""
    text = f"<@{reader}> reads **{clip(story.title, 200, escape)}** with all who come along, in the thread below."
    return Screen([discord.Embed(description=text, colour=QUIET)], sent([]))


def turner_embed(session: Session) -> discord.Embed:
    """Who turns the pages, under a page that all read."""
    return discord.Embed(description=f"<@{session.holder}> turns the pages here, for all.", colour=QUIET)


def hand_over_button() -> ui.Button[ui.View]:
    return button(HandOver(), "Hand over", 1)


def hand_over_screen(session: Session) -> Screen:
    """Asks who is to turn the pages."""
    embed = discord.Embed(title="Who turns the pages from now on?", colour=QUIET)
    picker = ui.UserSelect[ui.View](custom_id=str(HandTo(Snowflake(session.message))), placeholder="Choose a reader")
    return Screen([embed], sent([picker]))


def handed_screen(to: int) -> Screen:
    return Screen([discord.Embed(description=f"<@{to}> turns the pages from now on.", colour=QUIET)], sent([]))
