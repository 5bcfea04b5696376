"""Kinds of notices and the screens that show them. `bot.services.delivery` sends them.

A notice without a screen is not sent: its subject was answered, deleted or hidden meanwhile, or its recipient has
turned such notices off.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

import discord

from bot.domain.follows import News
from bot.domain.notices import Notice, NoticeKind
from bot.domain.reviews import Viewer
from bot.domain.rights import Audience
from bot.domain.settings import ServerSettings
from bot.errors import (
    ClaimGone,
    DatabaseAway,
    QuestionGone,
    ReaderError,
    ReviewGone,
    StoryGated,
    StoryGone,
    SubmissionGone,
)
from bot.interactions.audience import audience_in
from bot.interactions.client import Oneshot
from bot.interactions.permissions import server_of
from bot.services.questions import channel_in, post_question
from bot.services.sending import nonce_of
from bot.stories.ratings import is_gated
from bot.ui.authors import claim_post, claimant_screen
from bot.ui.follows import news_screen
from bot.ui.manage import answered_screen, new_submission_screen, not_posted_screen
from bot.ui.questions import waiting_screen
from bot.ui.reviews import REVIEWS_IN_DIGEST, check_screen, digest_screen
from bot.ui.screen import Screen


async def update_for_reader(bot: Oneshot, notice: Notice) -> Screen | None:
    """Return the direct message about a story's update.

    None if the reader may see the story neither in direct messages nor in a server that they share with the bot.
    """
    news = await _news(bot, notice, Audience(reader=notice.user, direct=True))
    return news_screen(news) if news else await _from_server(bot, notice)


async def update_for_server(bot: Oneshot, notice: Notice, channel: discord.TextChannel) -> Screen | None:
    """Return the post about a story's update; None if not everybody in the channel may see the story."""
    news = await _news(bot, notice, audience_in(channel))
    return news_screen(news, public=True) if news else None


async def _from_server(bot: Oneshot, notice: Notice) -> Screen | None:
    """Return the direct message about an update of a story that only some servers show.

    None if the reader is a member of none of these servers.
    """
    for number in await bot.store.news.servers(notice.subject):
        news = await _news(bot, notice, Audience(guild=number, reader=notice.user))
        guild = await _shared_server(bot, number, notice.user) if news else None
        if guild and news:
            return news_screen(news, server=guild.name, link=f"https://discord.com/channels/{guild.id}")
    return None


async def _news(bot: Oneshot, notice: Notice, audience: Audience) -> News | None:
    store = bot.store.for_audience(audience)
    news = await store.news.news(notice, bot.clock())
    if news is None or not news.chapters:
        return news
    return replace(news, result=await store.questions.news_of(news.chapters[0].id))


async def _shared_server(bot: Oneshot, number: int, reader: int) -> discord.Guild | None:
    """Return a server, even of another process, if both the bot and the reader are members; else None."""
    try:
        guild = bot.get_guild(number) or await bot.fetch_guild(number, with_counts=False)
        await guild.fetch_member(reader)
    except (discord.NotFound, discord.Forbidden):
        return None
    return guild


ForMember = Callable[[Oneshot, Notice], Awaitable[Screen | None]]
"""Returns the direct message of a notice; None if the member should no longer get it."""

ForServer = Callable[[Oneshot, Notice, discord.TextChannel], Awaitable[Screen | None]]
"""Returns the post of a notice, as everybody in the channel may see it; None if the post is no longer needed."""


def _updates(chosen: ServerSettings) -> int | None:
    return chosen.news_channel


def _managers(chosen: ServerSettings) -> int | None:
    return chosen.managers_channel


def _reports(chosen: ServerSettings) -> int | None:
    return chosen.reports_channel


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice: its direct message to a member, or its post in a channel chosen by a server, or both."""

    direct: ForMember | None = None
    post: ForServer | None = None
    channel: Callable[[ServerSettings], int | None] | None = None
    """Returns the channel's id from a server's settings; None if the server chose none."""


async def _digest(bot: Oneshot, notice: Notice) -> Screen | None:
    """Return the digest of new reviews of an author's stories; None if none of them are left."""
    digest = await bot.store.review_lists.digest(notice.user, notice.ids, REVIEWS_IN_DIGEST, bot.clock())
    return digest_screen(digest) if digest.reviews else None


async def _answer(bot: Oneshot, notice: Notice) -> Screen | None:
    """Return the result of a member's submission or question; None if the bot has left the server."""
    guild = server_of(bot, notice.guild)
    return answered_screen(notice, guild.name) if guild is not None else None


async def _claim_to_member(bot: Oneshot, notice: Notice) -> Screen | None:
    """Return a claim to a member's story; None if the bot has left the server, or if the member turned notices off.

    The list of the member's stories shows the claim in any case.
    """
    wants_none = (await bot.store.settings.of_reader(notice.user)).notices == "none"
    if wants_none or server_of(bot, notice.guild) is None:
        return None
    return await _claim(bot, notice, adult=True)


async def _claim_to_mods(bot: Oneshot, notice: Notice, channel: discord.TextChannel) -> Screen | None:
    return await _claim(bot, notice, adult=audience_in(channel).adult)


async def _claim(bot: Oneshot, notice: Notice, *, adult: bool) -> Screen | None:
    try:
        return claim_post(await bot.store.authors.find_claim(notice.subject), adult=adult)
    except ClaimGone:
        return None


async def _claim_answer(bot: Oneshot, notice: Notice) -> Screen | None:
    """Return the answer to a member's claim. A title for adults is hidden unless the member's settings allow it."""
    try:
        story = await bot.store.uploads.own_story(notice.subject)
    except StoryGone:
        return None
    veiled = story.is_mature and not (await bot.store.settings.of_reader(notice.user)).adult
    return claimant_screen(story.story, approved=notice.kind == "claim-approved", veiled=veiled)


async def _review(bot: Oneshot, notice: Notice, channel: discord.TextChannel) -> Screen | None:
    """Return a review that waits for a moderator; None if it was answered or is gone."""
    lists = bot.store.for_audience(audience_in(channel)).review_lists
    try:
        review = await lists.find(notice.subject, Viewer(0, notice.guild, moderates=True))
    except ReviewGone:
        return None
    reasons = (await lists.reasons([review.id])).get(review.id, [])
    return check_screen(review, reasons) if review.waits else None


async def _question(bot: Oneshot, notice: Notice, channel: discord.TextChannel) -> Screen | None:
    """Return a question that waits for approval. Its screen names no story, so emoji on the message do not count."""
    store = bot.store.for_audience(audience_in(channel))
    try:
        question = await store.questions.find(notice.subject, notice.guild)
        story = await store.stories.entry(question.story)
    except (QuestionGone, StoryGone, StoryGated):
        return None
    return replace(waiting_screen(story, question), story=None) if question.waits else None


async def _submission(bot: Oneshot, notice: Notice, channel: discord.TextChannel) -> Screen | None:
    """Return a submission that waits for approval; None if it was answered or is gone."""
    try:
        draft = await bot.store.drafts.find_waiting(notice.subject, notice.guild)
    except SubmissionGone:
        return None
    rating = draft.understood.get("rating")
    is_mature = is_gated(rating, unrated=bot.unrated_is_mature)
    return new_submission_screen(draft, veiled=is_mature and not audience_in(channel).adult)


async def _post_question(bot: Oneshot, notice: Notice) -> Screen | None:
    """Post a question, if it is still open, in the channel that its asker picked.

    Returns a direct message to the asker if posting failed, else None.
    """
    store = bot.store.for_audience(Audience(adult=True, guild=notice.guild))
    try:
        question = await store.questions.find(notice.subject, notice.guild)
    except (QuestionGone, StoryGone):
        return None
    if not question.is_open:
        return None
    guild = server_of(bot, notice.guild)
    try:
        channel = channel_in(guild, question.post_in, await _member_of(guild, notice.user))
        await post_question(bot, question.id, channel, nonce_of(notice.kind, notice.guild, notice.user, notice.subject))
    except DatabaseAway:
        raise
    except ReaderError as why:
        return not_posted_screen(notice.title, question.post_in, why)
    return None


async def _member_of(guild: discord.Guild | None, user: int) -> discord.Member | None:
    """Return a server's member, fetched from Discord; None without a server, or if the member has left."""
    try:
        return await guild.fetch_member(user) if guild else None
    except discord.NotFound:
        return None


KINDS: Final[Mapping[NoticeKind, Kind]] = {
    "updates": Kind(update_for_reader, update_for_server, _updates),
    "reviews": Kind(_digest),
    "review": Kind(None, _review, _reports),
    "submission": Kind(None, _submission, _managers),
    "approved": Kind(_answer),
    "refused": Kind(_answer),
    "lapsed": Kind(_answer),
    "claim": Kind(_claim_to_member, _claim_to_mods, _managers),
    "claim-approved": Kind(_claim_answer),
    "claim-refused": Kind(_claim_answer),
    "question": Kind(None, _question, _managers),
    "question-approved": Kind(_answer),
    "question-declined": Kind(_answer),
    "question-lapsed": Kind(_answer),
    "question-post": Kind(_post_question),
}
"""The kinds of notices, by name. A notice with a `Notice.user` goes to that member, any other to a server."""
