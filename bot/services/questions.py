"""Questions: who may ask and manage one, how it is shown to a reader, and where it is posted."""

from asyncio import gather

import discord

from bot.domain.questions import PostedQuestion, Question, Role
from bot.errors import NotWished, QuestionGone, ReaderError
from bot.interactions.audience import audience_in, store_for
from bot.interactions.channels import may_write
from bot.interactions.client import Interaction, Oneshot
from bot.interactions.permissions import manages_shelf_of
from bot.stories.model import StorySummary
from bot.texts import current_language, speak
from bot.ui.questions import posted_screen, question_panel
from bot.ui.screen import Screen

Postable = discord.TextChannel | discord.Thread | discord.VoiceChannel | discord.StageChannel
"""The channels of a server that have messages."""


async def role_of(interaction: Interaction, story: int) -> Role | None:
    """Return in which role the member manages what a story's readers are asked; None if they may not."""
    if await store_for(interaction).authors.wrote(interaction.user.id, story):
        return "author"
    return "keeper" if await manages_shelf_of(interaction, story) else None


async def asked_of(interaction: Interaction, story: StorySummary) -> Question | None:
    """Return what a story's readers are asked; None where its writer wants no vote, and asks nothing else."""
    question = await store_for(interaction).questions.asked(story.id, interaction.guild_id)
    return None if question.is_default and not story.wishes.vote else question


async def question_of(interaction: Interaction, story: StorySummary) -> Question:
    """Return what a story's readers are asked. Raises `NotWished` where its writer wants no vote."""
    question = await asked_of(interaction, story)
    if question is None:
        raise NotWished("vote")
    return question


async def find_question(interaction: Interaction, question: int) -> tuple[StorySummary, Question]:
    """Return a question and its story. Raises `ReaderError` where it is gone, or not asked any more."""
    store = store_for(interaction)
    found = await store.questions.find(question, interaction.guild_id)
    story = await store.stories.entry(found.story)
    if found.waits and await role_of(interaction, found.story) is None:
        raise QuestionGone
    if found.is_default and not story.wishes.vote:
        raise NotWished("vote")
    return story, found


async def is_following(interaction: Interaction, story: int) -> bool:
    """Return whether the reader follows a story or its author."""
    following = await store_for(interaction).follows.of(interaction.user.id, story, interaction.guild_id or 0)
    return following.any


async def panel_of(interaction: Interaction, story: StorySummary, question: Question) -> Screen:
    """Return a question's details, as its reader sees them."""
    own, role, follows = await gather(
        store_for(interaction).ballots.of(question.id, interaction.user.id),
        role_of(interaction, story.id),
        is_following(interaction, story.id),
    )
    return question_panel(story, question, own, role, follows=follows)


async def allow_asking(interaction: Interaction, story: StorySummary) -> Role:
    """Return the role in which the member may ask readers of *story* an own question. Raises `ReaderError`.

    Linked authors may; who keeps its shelf may where there is none, unless its file wants no vote.
    """
    role = await role_of(interaction, story.id)
    if role is None or not await may_ask(interaction, story, role):
        raise ReaderError("may-not-ask")
    return role


async def may_ask(interaction: Interaction, story: StorySummary, role: Role) -> bool:
    """Return whether one in a *role* may ask an own question, and change it."""
    return role == "author" or (story.wishes.vote and not await store_for(interaction).authors.of(story.id))


async def manage(interaction: Interaction, question: int) -> tuple[StorySummary, Question, Role]:
    """Return a question, its story, and the role in which the member manages it. Raises `ReaderError`."""
    story, found = await find_question(interaction, question)
    role = await role_of(interaction, story.id)
    if role is None:
        raise ReaderError("may-not-manage-question")
    return story, found, role


async def waits(interaction: Interaction, story: int) -> bool:
    """Return whether a question of theirs waits for the mods of its shelf, as a text of theirs does."""
    store = interaction.client.store
    shelf = await store.authors.shelf(story)
    if not shelf or await manages_shelf_of(interaction, story):
        return False
    return (await store.settings.of_server(shelf)).approval


def channel_for(interaction: Interaction, channel: int) -> Postable:
    """Return a channel that both the bot and the member may post in. Raises `ReaderError`."""
    if channel != interaction.channel_id:
        return channel_in(interaction.guild, channel, interaction.user)
    return _allow_posting(interaction.channel, interaction.app_permissions, interaction.permissions)


def channel_in(guild: discord.Guild | None, channel: int, member: discord.abc.User | None) -> Postable:
    """Return a channel of *guild* that both the bot and *member* may post in now. Raises `ReaderError`."""
    found = guild.get_channel_or_thread(channel) if guild else None
    if guild is None or not isinstance(found, Postable):
        raise ReaderError("cannot-post", whose="bot")
    of_member = found.permissions_for(member) if isinstance(member, discord.Member) else discord.Permissions.none()
    return _allow_posting(found, found.permissions_for(guild.me), of_member)


def _allow_posting(channel: object, bots: discord.Permissions, members: discord.Permissions) -> Postable:
    if not isinstance(channel, Postable) or not (may_write(bots, channel) and bots.embed_links):
        raise ReaderError("cannot-post", whose="bot")
    if not may_write(members, channel):
        raise ReaderError("cannot-post", whose="reader")
    return channel


async def post_question(bot: Oneshot, question: int, channel: Postable, nonce: str) -> None:
    """Post a question where all who see *channel* may see its story; for some minutes not twice with a *nonce*.

    Raises `ReaderError`.
    """
    store = bot.store.for_audience(audience_in(channel))
    found = await store.questions.find(question, channel.guild.id)
    story = await store.stories.entry(found.story)
    if not story.may_share:
        raise NotWished("share")
    if not found.is_open:
        raise ReaderError("question-waits-for-mods" if found.waits else "question-closed")
    own = current_language()
    speak(channel.guild.preferred_locale.value)
    screen = posted_screen(story, found)
    speak(own)
    try:
        message = await channel.send(embeds=screen.embeds, view=screen.view or discord.utils.MISSING, nonce=nonce)
    except (discord.Forbidden, discord.NotFound):
        raise ReaderError("cannot-post", whose="bot") from None
    await bot.store.question_posts.record(PostedQuestion(question, channel.guild.id, channel.id, message.id))
