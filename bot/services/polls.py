"""Opening a poll: who may, where it is posted, and how it is drawn again. What several commands and presses share."""

from __future__ import annotations

import discord

from bot.domain.polls import NewPoll, Poll, read_choices, read_question
from bot.errors import MayNotPoll, NotWished, PollGone, ReaderError
from bot.interactions.audience import audience_in, store_for
from bot.interactions.client import Interaction
from bot.interactions.replies import send, speak_to
from bot.services.pages import allow_vote
from bot.stories.model import StorySummary
from bot.ui.ids.polls import AskPoll, PollModal
from bot.ui.poll_panels import opened_screen
from bot.ui.polls import poll_screen
from bot.ui.screen import Screen

Postable = discord.TextChannel | discord.Thread | discord.VoiceChannel | discord.StageChannel
"""Channels of a server that have messages."""


async def may_tend(interaction: Interaction, story: StorySummary) -> bool:
    """Whether the one who asks may open polls on *story* here and look after them: a manager, or who wrote it."""
    if interaction.guild_id and interaction.permissions.manage_guild:
        return True
    return await store_for(interaction).authors.wrote(interaction.user.id, story.id)


async def may_look_after(interaction: Interaction, poll: Poll) -> bool:
    """The same of a poll that is there: also who opened it."""
    return poll.opener == interaction.user.id or await may_tend(interaction, poll.story)


async def check_poll(interaction: Interaction, asked: AskPoll | PollModal) -> tuple[StorySummary, Postable]:
    """The story and the channel of a poll that is asked for.

    Raises `MayNotPoll`, `NotWished`, `ReaderError`, or what says that the story is not shown.
    """
    story = await store_for(interaction).stories.entry(asked.story)
    if not await may_tend(interaction, story):
        raise MayNotPoll
    await allow_vote(interaction, story.id)
    if not story.may_share:
        raise NotWished("share")
    if asked.closes and asked.closes <= interaction.client.clock():
        raise ReaderError("deadline-out-of-reach")
    channel = _channel(interaction, asked.channel)
    await interaction.client.store.for_audience(audience_in(channel)).stories.entry(story.id)
    return story, channel


def _channel(interaction: Interaction, channel: int) -> Postable:
    """A channel that both the bot and the one who asks may post in. Raises `ReaderError`."""
    guild, here = interaction.guild, channel == interaction.channel_id
    found = interaction.channel if here else guild.get_channel_or_thread(channel) if guild else None
    if guild is None or not isinstance(found, Postable):
        raise ReaderError("cannot-post", whose="bot")
    if not _may_post(interaction.app_permissions if here else found.permissions_for(guild.me), found):
        raise ReaderError("cannot-post", whose="bot")
    if not here and not (
        isinstance(interaction.user, discord.Member) and _may_post(found.permissions_for(interaction.user), found)
    ):
        raise ReaderError("cannot-post", whose="reader")
    return found


def _may_post(allowed: discord.Permissions, channel: Postable) -> bool:
    sends = allowed.send_messages_in_threads if isinstance(channel, discord.Thread) else allowed.send_messages
    return allowed.view_channel and sends and allowed.embed_links


async def open_poll(interaction: Interaction, asked: AskPoll | PollModal, question: str, choices: str) -> None:
    """Open a poll as it was typed. Raises what `check_poll`, `read_question` and `read_choices` do."""
    story, channel = await check_poll(interaction, asked)
    store, now = store_for(interaction), interaction.client.clock()
    new = NewPoll(
        story,
        interaction.guild_id or 0,
        channel.id,
        interaction.user.id,
        read_question(question),
        read_choices(choices),
        asked.several,
        asked.anonymous,
        asked.closes or None,
    )
    poll = await store.polls.open(new, now)
    try:
        speak_to(interaction, alone=False)
        screen = await drawn(interaction, poll)
        if channel.id == interaction.channel_id:
            message = await send(interaction, screen, private=False)
        else:
            message = (await channel.send(embeds=screen.embeds, view=screen.view or discord.utils.MISSING)).id
    except BaseException as error:
        await store.polls.drop(poll)
        if isinstance(error, discord.Forbidden):
            raise ReaderError("cannot-post", whose="bot") from None
        raise
    if message is not None:
        await store.polls.posted(poll, message)
    interaction.client.dispatch("poll_due")
    if channel.id != interaction.channel_id:
        speak_to(interaction, alone=True)
        await send(interaction, opened_screen(channel.id), private=True)


async def drawn(interaction: Interaction, poll: int) -> Screen:
    """A poll as all see it, with its votes as they are now."""
    polls = store_for(interaction).polls
    return poll_screen(await polls.find(poll, interaction.guild_id or 0), await polls.tally(poll))


async def redraw_apart(interaction: Interaction, poll: Poll) -> None:
    """Draw the message of a poll again, for a vote that was changed on another."""
    speak_to(interaction, alone=False)
    screen = await drawn(interaction, poll.id)
    channel = interaction.client.get_partial_messageable(poll.channel, guild_id=poll.guild)
    await channel.get_partial_message(poll.message or 0).edit(embeds=screen.embeds, view=screen.view)


async def find_poll(interaction: Interaction, poll: int) -> Poll:
    """A poll that the one who asks may see. Raises `PollGone`, or what says that its story is not shown."""
    found = await store_for(interaction).polls.find(poll, interaction.guild_id or 0)
    if not sees(interaction, found):
        raise PollGone
    return found


def sees(interaction: Interaction, poll: Poll) -> bool:
    """Whether the one who asks may see the channel of a poll; it is theirs, or the one where they ask, in any case."""
    reader, guild = interaction.user, interaction.guild
    if poll.opener == reader.id or poll.channel == interaction.channel_id:
        return True
    channel = guild.get_channel_or_thread(poll.channel) if guild else None
    if not isinstance(channel, Postable) or not isinstance(reader, discord.Member):
        return False
    allowed = channel.permissions_for(reader)
    is_private = isinstance(channel, discord.Thread) and channel.is_private()
    return allowed.view_channel and (allowed.manage_threads or not is_private)
