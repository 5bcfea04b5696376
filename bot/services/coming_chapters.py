"""Chapters that come out later: each is published once when it is due, or its author is told why it was not.

The right to add it is asked when it is due, from Discord and from the store: whoever left the server, is linked no
more, or manages it no more, publishes nothing.
"""

import logging
from dataclasses import replace

import discord

from bot.domain.coming_chapters import ComingChapter, ComingFault, name_of
from bot.domain.rights import Standing, may
from bot.domain.uploads import Draft, OwnStory
from bot.errors import ReaderError, StoryChanged
from bot.interactions.client import Interaction, Oneshot
from bot.interactions.refusals import unexpected
from bot.services.draft_times import read_time
from bot.services.uploads import put_on_shelf, read_upload, upload_now

log = logging.getLogger(__name__)

RETRY_SECONDS = (60, 5 * 60, 15 * 60, 60 * 60)
"""Seconds until a chapter is tried again that could not be published; the last of them again and again."""

NOT_HELD = ("draft-gone", "coming-gone", "story-gone", "uploads-wait")
"""The errors of a chapter that is out by now, or was dropped, and of one that comes with its next lease."""


class HeldBack(Exception):
    """The chapter does not come out: what is wrong does not mend itself."""

    def __init__(self, fault: ComingFault) -> None:
        super().__init__(fault)
        self.fault: ComingFault = fault


async def schedule_draft(interaction: Interaction, draft: Draft) -> str:
    """Have a chapter wait for its time, and return what it is called. That its sender may add it is asked before.

    Raises `ReaderError` where it has no time to come, cannot be read, too many wait, or there is no room for it.
    """
    client = interaction.client
    at = draft.comes_at if draft.comes_at is not None else await read_time(interaction, draft.time)
    if at <= client.clock():
        raise ReaderError("moment-past", typed=draft.time)
    upload, _ = await upload_now(client, draft)
    read, _ = await read_upload(client.read, upload, draft.user)
    story = await client.store.uploads.own_story(draft.replaces or 0)
    name = name_of(read.chapters[min(story.story.chapters, len(read.chapters) - 1)])
    unlimited = interaction.permissions.manage_guild
    await client.store.coming_chapters.schedule(replace(draft, comes_at=at), name, unlimited=unlimited)
    client.dispatch("coming")
    return name


async def publish_now(interaction: Interaction, chapter: ComingChapter) -> OwnStory:
    """Publish a chapter before its time, as the member's act. That they may is asked before. Raises `ReaderError`."""
    draft = await interaction.client.store.coming_chapters.draft(chapter.id)
    by = replace(draft, user=interaction.user.id)
    return await put_on_shelf(interaction.client, by, unlimited=interaction.permissions.manage_guild)


async def publish_due(bot: Oneshot) -> None:
    """Publish all chapters that are due."""
    while (chapter := await bot.store.coming_chapters.begin(bot.clock())) is not None:
        await _publish(bot, chapter)


async def _publish(bot: Oneshot, chapter: ComingChapter) -> None:
    chapters = bot.store.coming_chapters
    try:
        unlimited = await _allow(bot, chapter)
        await put_on_shelf(bot, await chapters.draft(chapter.id), unlimited=unlimited)
    except StoryChanged:
        await chapters.put_off(chapter, bot.clock())
    except (HeldBack, ReaderError) as error:
        if (fault := _fault(error)) is not None:
            log.info("Chapter %d does not come out: %s", chapter.id, error)
            await chapters.hold_back(chapter, fault)
            bot.dispatch("notice")
    except Exception as error:  # whatever it is, the others still come out
        log.info("Chapter %d is tried again: %r", chapter.id, error, exc_info=unexpected(error))
        await chapters.put_off(chapter, bot.clock() + RETRY_SECONDS[min(chapter.tries, len(RETRY_SECONDS) - 1)])


def _fault(error: HeldBack | ReaderError) -> ComingFault | None:
    """Return why a chapter is held back; None where it is not."""
    if isinstance(error, HeldBack):
        return error.fault
    if error.message in NOT_HELD:
        return None
    return "limit" if error.message.startswith("limit-") else "file"


async def _allow(bot: Oneshot, chapter: ComingChapter) -> bool:
    """Return whether who added a chapter manages its server. Raises `HeldBack` where they may not add it any more."""
    ownership, member = await bot.store.uploads.ownership(chapter.story), await _member(bot, chapter)
    standing = Standing(
        is_uploader=ownership.uploader == chapter.user,
        is_author=chapter.user in ownership.authors,
        is_manager=member is not None and member.guild_permissions.manage_guild,
        is_here=member is not None,
    )
    if not may("add-chapter", standing):
        raise HeldBack("rights")
    if ownership.removed_by is not None:
        raise HeldBack("shelf")
    return standing.is_manager


async def _member(bot: Oneshot, chapter: ComingChapter) -> discord.Member | None:
    """Ask Discord for who added a chapter; None where they left. Raises what it says of a server that it has not."""
    guild = bot.get_guild(chapter.guild)
    if guild is None or guild.unavailable:
        guild = await bot.fetch_guild(chapter.guild, with_counts=False)
    try:
        return await guild.fetch_member(chapter.user)
    except discord.NotFound:
        return None
