"""Questions: permission to ask and manage them, their panel for a reader, and posting them."""

from asyncio import gather
from collections.abc import Sequence

import discord

from bot.domain.questions import PostedQuestion, Question, Role
from bot.domain.rights import may
from bot.errors import ForbiddenByAuthor, QuestionGone, ReaderError
from bot.interactions.audience import audience_in, store_for
from bot.interactions.client import Interaction, Oneshot
from bot.interactions.permissions import may_write, standing_of
from bot.stories.model import StorySummary
from bot.texts import current_language, set_language
from bot.ui.questions import posted_screen, question_panel
from bot.ui.screen import Screen

CHAPTER_END = 2**31
"""Offset for the end of a chapter: greater than the length of any chapter."""

Postable = discord.TextChannel | discord.Thread | discord.VoiceChannel | discord.StageChannel
"""Types of server channels in which the bot can post messages."""


async def role_of(interaction: Interaction, story: int) -> Role | None:
    """Return the role in which the member may manage a story's questions; None if they may not manage them."""
    standing = await standing_of(interaction, story)
    if not may("manage-question", standing):
        return None
    return "author" if "author" in standing.roles else "keeper"


async def asked_of(interaction: Interaction, story: StorySummary) -> Question | None:
    """Return a story's current question; None if it is the default and the author allows no vote."""
    question = await store_for(interaction).questions.asked(story.id, interaction.guild_id)
    return None if question.is_default and not story.wishes.vote else question


async def question_of(interaction: Interaction, story: StorySummary) -> Question:
    """Return a story's current question, else the last closed one. Raises `ForbiddenByAuthor` if there is neither."""
    if (question := await asked_of(interaction, story)) is not None:
        return question
    for closed in await store_for(interaction).questions.closed(story.id, interaction.guild_id, 1):
        return closed
    raise ForbiddenByAuthor("vote")


async def find_question(interaction: Interaction, question: int) -> tuple[StorySummary, Question]:
    """Return a question and its story.

    Raises `ReaderError` if the question is gone, if it waits for approval and the member may not manage it, or if it is
    the default and the author allows no vote.
    """
    store = store_for(interaction)
    found = await store.questions.find(question, interaction.guild_id)
    story = await store.stories.entry(found.story)
    if found.waits and await role_of(interaction, found.story) is None:
        raise QuestionGone
    if found.is_default and not story.wishes.vote:
        raise ForbiddenByAuthor("vote")
    return story, found


async def is_following(interaction: Interaction, story: int) -> bool:
    """Return whether the reader follows a story or an author of it."""
    following = await store_for(interaction).follows.of(interaction.user.id, story, interaction.guild_id or 0)
    return following.any


async def panel_of(interaction: Interaction, story: StorySummary, question: Question) -> Screen:
    """Return the panel of a question, for the member who opens it."""
    store, reader = store_for(interaction), interaction.user.id
    own, role, follows, listed, spoilers = await gather(
        store.ballots.of(question.id, reader),
        role_of(interaction, story.id),
        is_following(interaction, story.id),
        store.questions.listed(story.id, default=story.wishes.vote),
        spoilers_of(interaction, story.id, [question], reader),
    )
    newer, older = _neighbours(listed, question.id)
    return question_panel(
        story,
        question,
        own,
        role,
        follows=follows,
        veiled=question in spoilers,
        newer=newer,
        older=older,
    )


def _neighbours(listed: Sequence[int], question: int) -> tuple[int | None, int | None]:
    """Return the ids of the questions before and after *question* in *listed*; None where there is none.

    A question that waits for approval is not listed and has neither.
    """
    if question not in listed:
        return None, None
    here = listed.index(question)
    return listed[here - 1] if here else None, listed[here + 1] if here + 1 < len(listed) else None


async def spoilers_of(
    interaction: Interaction, story: int, questions: Sequence[Question], reader: int
) -> list[Question]:
    """Return those of a story's closed questions that are spoilers: *reader* has not read past their chapter.

    The default question is never a spoiler, and an author of the story has none.
    """
    store = store_for(interaction)
    closed = [each for each in questions if not each.is_default and each.closed_at is not None]
    if not closed or await store.authors.wrote(reader, story):
        return []
    horizon = await store.places.horizon(reader, [story])
    return [each for each in closed if horizon.is_beyond(story, (each.after, CHAPTER_END))]


async def allow_asking(interaction: Interaction, story: StorySummary) -> None:
    """Raise `ReaderError` if the member may not ask readers of *story* a question of their own."""
    if not await may_ask(interaction, story):
        raise ReaderError("may-not-ask")


async def may_ask(interaction: Interaction, story: StorySummary) -> bool:
    """Return whether the member may ask readers of *story* a question of their own, and change it.

    If the author allows no vote, only an author of the story may.
    """
    standing = await standing_of(interaction, story.id)
    return may("ask", standing) and ("author" in standing.roles or story.wishes.vote)


async def manage(interaction: Interaction, question: int) -> tuple[StorySummary, Question, Role]:
    """Return a question's story, the question, and the role in which the member manages it.

    Raises `ReaderError` if the question is gone or the member may not manage it.
    """
    story, found = await find_question(interaction, question)
    role = await role_of(interaction, story.id)
    if role is None:
        raise ReaderError("may-not-manage-question")
    return story, found, role


async def waits(interaction: Interaction, story: int) -> bool:
    """Return whether a question by the member about *story* must wait for approval, as their submissions do."""
    standing = await standing_of(interaction, story)
    if not standing.is_upload or may("approve", standing):
        return False
    store = store_for(interaction)
    return (await store.settings.of_server(await store.authors.shelf(story))).approval


def channel_for(interaction: Interaction, channel: int) -> Postable:
    """Return a channel by its id. Raises `ReaderError` unless both the bot and the member may post there."""
    if channel != interaction.channel_id:
        return channel_in(interaction.guild, channel, interaction.user)
    return _allow_posting(interaction.channel, interaction.app_permissions, interaction.permissions)


def channel_in(guild: discord.Guild | None, channel: int, member: discord.abc.User | None) -> Postable:
    """Return a channel of *guild* by its id. Raises `ReaderError` unless both the bot and *member* may post there."""
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
    """Post a question. Raises `ReaderError` if it is not open, or if not everybody in *channel* may see its story.

    For some minutes a second call with the same *nonce* posts no second message.
    """
    store = bot.store.for_audience(audience_in(channel))
    found = await store.questions.find(question, channel.guild.id)
    story = await store.stories.entry(found.story)
    if not story.may_share:
        raise ForbiddenByAuthor("share")
    if found.waits:
        raise ReaderError("question-waits-for-mods")
    if not found.takes_answers:
        raise ReaderError("question-rests" if found.is_open else "question-closed")
    own = current_language()
    set_language(channel.guild.preferred_locale.value)
    screen = posted_screen(story, found)
    set_language(own)
    try:
        message = await channel.send(embeds=screen.embeds, view=screen.view or discord.utils.MISSING, nonce=nonce)
    except (discord.Forbidden, discord.NotFound):
        raise ReaderError("cannot-post", whose="bot") from None
    await bot.store.question_posts.record(PostedQuestion(question, channel.guild.id, channel.id, message.id))
