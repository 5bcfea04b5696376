"""`/manage daily`: managers set, see and stop the quote of the day."""

import discord
from discord import app_commands

from bot.domain.schedules import EVERY_DAY, NewPlan, Schedule
from bot.errors import ForbiddenByAuthor, NoQuotes, ReaderError
from bot.interactions.answering import LOOKUP
from bot.interactions.audience import store_for, store_for_channel
from bot.interactions.client import Interaction
from bot.interactions.groups import manage_daily
from bot.interactions.options import DaysChoice, StoryArgument, StyleChoice, TimeArgument, ZoneArgument, zone_here
from bot.interactions.permissions import POSTING, WITH_PICTURE, allow_posting
from bot.interactions.replies import send
from bot.services.rights import allow_here
from bot.services.stories import shown_story
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.schedules import daily_panel
from bot.ui.screen import notice


@manage_daily.command(name="set")
@app_commands.describe(
    channel="Where to post it",
    time="Type the hour, like 18 or 6 pm, and pick",
    timezone="This server's time zone. Type a big city near you, and pick",
    every="On which days",
    story="Only from this story",
    style="Text or image",
)
async def set_daily(
    interaction: Interaction,
    channel: discord.TextChannel,
    time: TimeArgument,
    timezone: ZoneArgument | None = None,
    every: DaysChoice = EVERY_DAY,
    story: StoryArgument | None = None,
    style: StyleChoice = "text",
) -> None:
    """Post a quote every day, or on the days you pick"""
    await allow_here(interaction, "schedule")
    schedule = Schedule(every, time, await zone_here(interaction, timezone))
    allow_posting(channel, WITH_PICTURE if style == "card" else POSTING)
    if story is not None:
        await _allow_quoting(interaction, story, channel)
    store, now = store_for(interaction), interaction.client.clock()
    number = story.id if story else None
    plan = NewPlan(channel.guild.id, channel.id, interaction.user.id, schedule)
    daily = await store.daily.set(plan, number, style, now)
    interaction.client.dispatch("due")
    await send(interaction, daily_panel(daily, story, is_set=True), private=True)


@manage_daily.command(extras=LOOKUP)
async def show(interaction: Interaction) -> None:
    """See the quote of the day's settings"""
    await allow_here(interaction, "schedule")
    daily = await store_for(interaction).daily.of(interaction.guild_id or 0)
    story = await shown_story(interaction, daily.story) if daily is not None and daily.story is not None else None
    screen = notice(say("daily-none")) if daily is None else daily_panel(daily, story)
    await send(interaction, screen, private=True)


@manage_daily.command()
async def stop(interaction: Interaction) -> None:
    """Stop the quote of the day"""
    await allow_here(interaction, "schedule")
    daily = await store_for(interaction).daily.of(interaction.guild_id or 0)
    if daily is None:
        raise ReaderError("daily-not-set")
    await store_for(interaction).schedules.rest(daily.plan.id, "stopped")
    await send(interaction, notice(say("daily-stopped-hint"), say("daily-stopped")), private=True)


async def _allow_quoting(interaction: Interaction, story: StorySummary, channel: discord.TextChannel) -> None:
    """Raise `StoryGated`, `ForbiddenByAuthor` or `NoQuotes` if not all in *channel* may see a quote of *story*."""
    store = store_for_channel(interaction, channel)
    entry = await store.stories.entry(story.id)
    if not entry.may_share:
        raise ForbiddenByAuthor("share")
    if not entry.wishes.quote:
        raise ForbiddenByAuthor("quote")
    if not await store.quotes.any(entry):
        raise NoQuotes(entry.title, first_part=True)
