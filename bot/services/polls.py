"""Polls: who may open and manage one, where it is posted, and how it is drawn again."""

import discord

from bot.domain.polls import NewPoll, Poll, read_choices, read_question
from bot.errors import MayNotPoll, NotWished, PollGone, ReaderError
from bot.interactions.audience import audience_in, store_for
from bot.interactions.channels import may_write
from bot.interactions.client import Interaction
from bot.interactions.replies import send, speak_to
from bot.services.pages import allow_vote
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.ids.polls import AskPoll
from bot.ui.polls import poll_screen
from bot.ui.screen import Screen, notice

Postable = discord.TextChannel | discord.Thread | discord.VoiceChannel | discord.StageChannel
"""The channels of a server that have messages."""


async def _may_open(interaction: Interaction, story: StorySummary) -> bool:
    """Return whether the member may open polls on *story* here: as a manager, or as its writer."""
    if interaction.guild_id and interaction.permissions.manage_guild:
        return True
    return await store_for(interaction).authors.wrote(interaction.user.id, story.id)


async def may_manage(interaction: Interaction, poll: Poll) -> bool:
    """Return whether the member may close and export *poll*: who opened it, a manager, or the story's writer."""
    return poll.opener == interaction.user.id or await _may_open(interaction, poll.story)


async def check_poll(interaction: Interaction, settings: AskPoll) -> tuple[StorySummary, Postable]:
    """Return the story and the channel of a new poll. Raises `ReaderError` if there can be none."""
    story = await store_for(interaction).stories.entry(settings.story)
    if not await _may_open(interaction, story):
        raise MayNotPoll
    allow_vote(story)
    if not story.may_share:
        raise NotWished("share")
    if settings.closes and settings.closes <= interaction.client.clock():
        raise ReaderError("deadline-out-of-reach")
    channel = _channel(interaction, settings.channel)
    await interaction.client.store.for_audience(audience_in(channel)).stories.entry(story.id)
    return story, channel


def _channel(interaction: Interaction, channel: int) -> Postable:
    """Return a channel that both the bot and the member may post in. Raises `ReaderError`."""
    guild, here = interaction.guild, channel == interaction.channel_id
    found = interaction.channel if here else guild.get_channel_or_thread(channel) if guild else None
    if guild is None or not isinstance(found, Postable):
        raise ReaderError("cannot-post", whose="bot")
    bots = interaction.app_permissions if here else found.permissions_for(guild.me)
    if not (may_write(bots, found) and bots.embed_links):
        raise ReaderError("cannot-post", whose="bot")
    if not may_write(_permissions_of(interaction, found, here), found):
        raise ReaderError("cannot-post", whose="reader")
    return found


def _permissions_of(interaction: Interaction, channel: Postable, here: bool) -> discord.Permissions:
    """Return what the member may do in a channel: here as Discord says with the interaction."""
    if here:
        return interaction.permissions
    member = interaction.user
    return channel.permissions_for(member) if isinstance(member, discord.Member) else discord.Permissions.none()


async def open_poll(interaction: Interaction, settings: AskPoll, question: str, choices: str) -> None:
    """Open a poll with the question and the choices that were typed. Raises `ReaderError`."""
    story, channel = await check_poll(interaction, settings)
    store, now = store_for(interaction), interaction.client.clock()
    new = NewPoll(
        story,
        interaction.guild_id or 0,
        channel.id,
        interaction.user.id,
        read_question(question),
        read_choices(choices),
        settings.several,
        settings.anonymous,
        settings.closes or None,
    )
    poll = await store.polls.open(new, now)
    try:
        speak_to(interaction, alone=False)
        screen = await poll_screen_of(interaction, poll)
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
        opened = notice(say("poll-open-there", channel=f"<#{channel.id}>"), say("poll-opened"))
        await send(interaction, opened, private=True)


async def poll_screen_of(interaction: Interaction, poll: int) -> Screen:
    """Return a poll as all see it, with its present votes."""
    polls = store_for(interaction).polls
    return poll_screen(await polls.find(poll, interaction.guild_id or 0), await polls.tally(poll))


async def redraw_poll(interaction: Interaction, poll: Poll) -> None:
    """Draw the message of a poll again, after a vote was changed on its receipt."""
    speak_to(interaction, alone=False)
    screen = await poll_screen_of(interaction, poll.id)
    channel = interaction.client.get_partial_messageable(poll.channel, guild_id=poll.guild)
    await channel.get_partial_message(poll.message or 0).edit(embeds=screen.embeds, view=screen.view)


async def find_poll(interaction: Interaction, poll: int) -> Poll:
    """Return a poll that the member may see. Raises `PollGone`, or `StoryGated` or `StoryGone` for its story."""
    found = await store_for(interaction).polls.find(poll, interaction.guild_id or 0)
    if not may_see(interaction, found):
        raise PollGone
    return found


def may_see(interaction: Interaction, poll: Poll) -> bool:
    """Return whether the member opened a poll, or may see its channel."""
    reader, guild = interaction.user, interaction.guild
    if poll.opener == reader.id or poll.channel == interaction.channel_id:
        return True
    channel = guild.get_channel_or_thread(poll.channel) if guild else None
    if not isinstance(channel, Postable) or not isinstance(reader, discord.Member):
        return False
    allowed = channel.permissions_for(reader)
    is_private = isinstance(channel, discord.Thread) and channel.is_private()
    return allowed.view_channel and (allowed.manage_threads or not is_private)
