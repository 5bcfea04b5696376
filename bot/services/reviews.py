"""Reviews: permission to write one, and the screen with a list of them."""

from collections.abc import Sequence
from typing import Literal

from bot.domain.reviews import Review, ReviewScope, Viewer, is_new_account
from bot.domain.stories import page_within
from bot.errors import ForbiddenByAuthor, ReaderError
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.services.me_tabs import tabs_of
from bot.services.rights import allow_here, may_here
from bot.stories.model import ChapterSummary, StorySummary
from bot.texts import say
from bot.ui.reviews import ROWS, ReviewList, review_list_screen
from bot.ui.screen import Screen


async def viewer_of(interaction: Interaction) -> Viewer:
    """Return the member as a viewer of reviews. In a server, its managers and moderators may moderate."""
    moderates = await may_here(interaction, "hide-review")
    return Viewer(interaction.user.id, interaction.guild_id or 0, moderates)


def has_new_account(interaction: Interaction) -> bool:
    """Return whether the reader's account is so new that a moderator must check their reviews."""
    return is_new_account(interaction.user.created_at.timestamp(), interaction.client.clock())


async def decide(interaction: Interaction, review: int, action: Literal["show", "hide"]) -> None:
    """Hide a review written in this server, or show it again. Raises `ReaderError` if the member may not."""
    await allow_here(interaction, "hide-review")
    store, guild, user = store_for(interaction), interaction.guild_id or 0, interaction.user.id
    if action == "hide":
        await store.reviews.hide(review, guild, user)
    else:
        await store.reviews.show(review, guild, user, interaction.client.clock())
        interaction.client.dispatch("due")


async def reviewable(
    interaction: Interaction, story: int, chapter: int
) -> tuple[StorySummary, ChapterSummary | None, Review | None]:
    """Return the story and chapter to review, and the reader's review if they have written one.

    Raises `ReaderError` if they may not write one.
    """
    store, reader = store_for(interaction), interaction.user.id
    entry = await store.stories.entry(story)
    contents = await store.review_lists.chapter(entry, chapter)
    if not entry.wishes.review:
        raise ForbiddenByAuthor("review")
    if await store.authors.wrote(reader, story):
        raise ReaderError("review-of-own")
    before = await store.review_lists.of(reader, story, chapter)
    if before is None:
        await store.reviews.allow(reader, interaction.client.clock())
        if not interaction.guild_id and not await store.authors.of(story):
            raise ReaderError("review-unread")
        if not interaction.guild_id and has_new_account(interaction):
            raise ReaderError("review-too-early")
    return entry, contents, before


async def _may_write(interaction: Interaction, story: StorySummary) -> bool:
    try:
        await reviewable(interaction, story.id, 0)
    except ReaderError:
        return False
    return True


async def reviews_screen(
    interaction: Interaction, which: ReviewScope, story: int, page: int = 0, *, said: str = ""
) -> Screen:
    """Return a page of a list of reviews, with the message *said* above it."""
    lists, viewer = store_for(interaction).review_lists, await viewer_of(interaction)
    entry = await _reviewed_story(interaction, story) if which == "story" else None
    total = await lists.total(which, story, viewer)
    page = page_within(page, total, ROWS)
    reviews = await lists.list(which, story, viewer, ROWS, page * ROWS)
    may_write = entry is not None and await _may_write(interaction, entry)
    own = await lists.of(viewer.reader, entry.id, 0) if entry is not None else None
    about = await _heading(interaction, which, entry, may_write=may_write, total=total)
    return review_list_screen(
        ReviewList(
            which,
            entry,
            viewer,
            reviews,
            page,
            total,
            f"**{said}**\n{about}" if said else about,
            may_write=may_write and own is None,
            may_change=may_write and own is not None and own.id not in {review.id for review in reviews},
            tabs=await tabs_of(interaction, "reviews") if which == "mine" else None,
            spoilers=await spoilers_of(interaction, reviews),
            waiting=await lists.waiting(viewer.guild) if viewer.moderates else 0,
            reasons=await lists.reasons([review.id for review in reviews if review.waits]) if viewer.moderates else {},
        )
    )


async def _reviewed_story(interaction: Interaction, story: int) -> StorySummary:
    """Return a story. Raises `ReaderError` if the reader may not see its reviews."""
    store = store_for(interaction)
    entry = await store.review_lists.story(story)
    if not entry.wishes.review and not await store.authors.wrote(interaction.user.id, story):
        raise ForbiddenByAuthor("review")
    return entry


async def _heading(
    interaction: Interaction, which: ReviewScope, story: StorySummary | None, *, may_write: bool, total: int
) -> str:
    store, viewer = store_for(interaction), await viewer_of(interaction)
    if story is None:
        return say("reviews-mine", count=total) if which == "mine" else say("reviews-waiting", count=total)
    if not viewer.guild:
        wrote = await store.authors.wrote(viewer.reader, story.id)
        return say("reviews-of-yours", count=total) if wrote else say("reviews-direct")
    if count := await store.review_lists.count(story.id, viewer.guild):
        return say("reviews-here", count=count)
    if total:  # the reader's own review, visible only to them
        return ""
    return say("reviews-none" if may_write else "reviews-none-yet")


async def spoilers_of(interaction: Interaction, reviews: Sequence[Review]) -> set[int]:
    """Return the ids of reviews about text that the reader has not read yet.

    The reader's own reviews, and reviews of stories that the reader wrote, are left out.
    """
    reader, store = interaction.user.id, store_for(interaction)
    others = [review for review in reviews if review.reader != reader]
    if not others:
        return set()
    horizon = await store.places.horizon(reader, {review.story_id for review in others})
    beyond = [review for review in others if horizon.is_beyond(review.story_id, review.until)]
    return {review.id for review in beyond if not await store.authors.wrote(reader, review.story_id)}
