"""The list and the panel of the stories that a member may change, shown in every server and for every rating."""

from bot.domain.rights import OWNERS
from bot.domain.uploads import PUBLISHING, Change, Draft, OwnStory
from bot.errors import StoryGone
from bot.interactions.client import Interaction
from bot.interactions.permissions import standing_of
from bot.services.rights import allow_restoring
from bot.texts import say
from bot.ui.authors import STORIES_SHOWN, own_stories_screen, own_story_panel, to_panel, where_text
from bot.ui.screen import Screen
from bot.ui.uploads import result_screen


async def stories_screen(interaction: Interaction, page: int) -> Screen:
    """Return a page (counted from 0) of the list of stories that the member uploaded or wrote."""
    found = await interaction.client.store.uploads.own_stories(
        interaction.user.id, STORIES_SHOWN + 1, skip=page * STORIES_SHOWN
    )
    asked = await interaction.client.store.authors.claims(interaction.user.id, [], 1)
    return own_stories_screen(found[:STORIES_SHOWN], page, more=len(found) > STORIES_SHOWN, asked=bool(asked))


async def panel_of(interaction: Interaction, story: int) -> Screen:
    """Return the panel of a story. Raises `StoryGone` if the member may not change the story."""
    store = interaction.client.store
    standing = await standing_of(interaction, story)
    if standing.roles.isdisjoint(OWNERS):
        raise StoryGone
    own = await store.uploads.own_story(story)
    versions = await store.versions.of(story)
    return own_story_panel(own, standing, server_name(interaction, own), versions[0] if versions else None)


def server_name(interaction: Interaction, story: OwnStory) -> str | None:
    """Return the name of a story's server, for display only; None if this process does not serve it."""
    guild = interaction.client.get_guild(story.ownership.guild)
    return guild.name if guild else None


async def restore_story(interaction: Interaction, story: int) -> str:
    """Restore a removed upload; return the confirmation, or a note that the story stays withdrawn by its author.

    Raises `ReaderError` if the member may not restore the upload.
    """
    uploads, by = interaction.client.store.uploads, await allow_restoring(interaction, story)
    await uploads.restore(story, (await uploads.ownership(story)).guild, interaction.user.id, by)
    is_back = (await uploads.ownership(story)).removed_by is None
    return say("shelf-restored" if is_back else "shelf-still-withdrawn")


async def author_text(interaction: Interaction, draft: Draft, story: OwnStory) -> str | None:
    """Return the state of the sender's claim of authorship, after their draft was published as *story*.

    None if they made no claim, or if the claim is neither approved nor pending.
    """
    if not draft.wrote:
        return None
    if draft.user in story.ownership.authors:
        return say("upload-author-linked")
    claim = await interaction.client.store.authors.claim_of(draft.user, story.story.id)
    return say("upload-author-claimed") if claim else None


def receipt(interaction: Interaction, story: OwnStory, change: Change, note: str | None = None) -> Screen:
    """Return the confirmation of a published or changed story: where it is visible and why, and the *note* if given."""
    done = say("upload-published-title" if change in PUBLISHING else "own-changed-title")
    text = "\n".join([done, where_text(story, server_name(interaction, story)), *([note] if note else [])])
    return result_screen(story.story.title, text, to_panel(story.story.id))
