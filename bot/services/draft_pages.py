"""Drafts in the reader: how one reads for whoever decides on it, and a page of it."""

from bot.domain.draft_pages import open_page
from bot.domain.uploads import Draft
from bot.interactions.audience import audience_of, store_for
from bot.interactions.client import Interaction
from bot.services.server_rights import allow_here
from bot.services.uploads import read_draft
from bot.stories import Story
from bot.stories.model import OpenPage, Spot
from bot.stories.ratings import is_gated, read_rating

MOST_WORDS = 500_000
"""Words of the drafts that are kept in memory, but for the last one: of English some 20 MB."""


async def read_submission(interaction: Interaction, submission: int) -> tuple[Draft, Story | None]:
    """Return what waits, and how it reads; None where it is for adults, and not all who are here are.

    Raises `ReaderError` where the member may not decide on it, it was answered, or it cannot be read.
    """
    await allow_here(interaction, "approve")
    found = await store_for(interaction).drafts.find_waiting(submission, interaction.guild_id or 0)
    story = await _story_of(interaction, found)
    rating = read_rating(story.metadata, story.all_notes)
    gated = is_gated(rating, unrated=interaction.client.unrated_is_mature)
    return found, None if gated and not audience_of(interaction).adult else story


async def _story_of(interaction: Interaction, draft: Draft) -> Story:
    recent, key = interaction.client.recent_drafts, (draft.id, draft.edition)
    story = recent.pop(key, None)
    if story is None:
        story, _ = await read_draft(interaction.client.read, draft.upload, interaction.user.id)
    recent[key] = story  # the last one
    while len(recent) > 1 and sum(each.words for each in recent.values()) > MOST_WORDS:
        del recent[next(iter(recent))]
    return story


async def draft_page(interaction: Interaction, story: Story, spot: Spot) -> OpenPage:
    """Return the page of a draft that holds a spot, as long as the reader likes pages."""
    return open_page(story, spot, (await store_for(interaction).settings.of_reader(interaction.user.id)).page_length)
