"""Reviews, from what is asked to what is shown: who may leave one, and a page of them for the one who looks."""

from __future__ import annotations

import time
from collections.abc import Sequence

from bot.domain.reviews import Review, Viewer, Which, is_new
from bot.errors import NotWished, ReaderError
from bot.interactions.audience import seen
from bot.interactions.client import Interaction
from bot.stories.model import Contents, Entry
from bot.texts import say
from bot.ui.reviews import ROWS, Listing, list_screen, pages_of
from bot.ui.screen import Screen


def viewer_of(interaction: Interaction) -> Viewer:
    """Who looks: in a server, those who may manage it decide about the reviews that were left there."""
    guild = interaction.guild_id or 0
    return Viewer(interaction.user.id, guild, bool(guild) and interaction.permissions.manage_guild)


def has_new_account(interaction: Interaction) -> bool:
    """Whether what the one who asks says is to be looked at first; their id tells when the account was made."""
    return is_new(interaction.user.created_at.timestamp(), time.time())


async def allowed(interaction: Interaction, story: int, chapter: int) -> tuple[Entry, Contents | None, Review | None]:
    """What is reviewed, and what the reader said of it before. Raises what says why they may not."""
    store, reader = seen(interaction), interaction.user.id
    entry = await store.library.entry(story)
    contents = await store.review_lists.chapter(entry, chapter)
    if not (await store.library.wishes(story)).review:
        raise NotWished("review")
    if await store.writers.wrote(reader, story):
        raise ReaderError("review-of-own")
    before = await store.review_lists.of(reader, story, chapter)
    if before is None:
        await store.reviews.allow(reader, time.time())
        if not interaction.guild_id and not await store.writers.of(story):
            raise ReaderError("review-unread")
        if not interaction.guild_id and has_new_account(interaction):
            raise ReaderError("review-too-early")
    return entry, contents, before


async def _may_write(interaction: Interaction, story: Entry) -> bool:
    try:
        await allowed(interaction, story.id, 0)
    except ReaderError:
        return False
    return True


async def reviews_screen(
    interaction: Interaction, which: Which, story: int, page: int = 0, *, lifted: bool = False, said: str = ""
) -> Screen:
    """A page of reviews; one past the end is the last, for a list that has become shorter."""
    lists, viewer = seen(interaction).review_lists, viewer_of(interaction)
    entry = await _story(interaction, story) if which == "story" else None
    total = await lists.total(which, story, viewer)
    page = max(0, min(page, pages_of(total) - 1))
    reviews = await lists.list(which, story, viewer, ROWS, page * ROWS)
    may_write = entry is not None and await _may_write(interaction, entry)
    about = await _about(interaction, which, entry, may_write=may_write, total=total)
    return list_screen(
        Listing(
            which,
            entry,
            viewer,
            reviews,
            page,
            total,
            f"**{said}**\n{about}" if said else about,
            may_write=may_write and await lists.of(viewer.reader, story, 0) is None,
            lifted=lifted,
            veiled=set[int]() if lifted else await _beyond(interaction, reviews),
            waiting=await lists.waiting(viewer.guild) if viewer.manages else 0,
            reasons=await lists.reasons([review.id for review in reviews if review.waits]) if viewer.manages else {},
        )
    )


async def _story(interaction: Interaction, story: int) -> Entry:
    """A story whose reviews may be shown to the one who asks. Raises what says why not."""
    store = seen(interaction)
    entry = await store.review_lists.story(story)
    wrote = await store.writers.wrote(interaction.user.id, story)
    if not wrote and not (await store.library.wishes(story)).review:
        raise NotWished("review")
    return entry


async def _about(interaction: Interaction, which: Which, story: Entry | None, *, may_write: bool, total: int) -> str:
    """What stands above a list."""
    store, viewer = seen(interaction), viewer_of(interaction)
    if story is None:
        return say("reviews-mine", count=total) if which == "mine" else say("reviews-waiting", count=total)
    if not viewer.guild:
        wrote = await store.writers.wrote(viewer.reader, story.id)
        return say("reviews-of-yours", count=total) if wrote else say("reviews-direct")
    if count := await store.review_lists.count(story.id, viewer.guild):
        return say("reviews-here", count=count)
    return say("reviews-none" if may_write else "reviews-none-yet")


async def _beyond(interaction: Interaction, reviews: Sequence[Review]) -> set[int]:
    """The reviews that may tell of what the one who looks has not read, or written."""
    reader, store = interaction.user.id, seen(interaction)
    others = [review for review in reviews if review.reader != reader]
    if not others:
        return set()
    horizon = await store.places.horizon(reader, {review.of for review in others})
    beyond = [review for review in others if horizon.is_beyond(review.of, review.until)]
    return {review.id for review in beyond if not await store.writers.wrote(reader, review.of)}
