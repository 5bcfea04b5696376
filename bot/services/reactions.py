"""Reactions by button: which are offered, to what, and the panel of them."""

from asyncio import gather
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.reactions import Emoji
from bot.errors import ChapterGone
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.messages import page_owner
from bot.stories.model import OpenPage, Spot
from bot.ui.reactions import OFFERED, react_panel
from bot.ui.screen import Screen


async def react_panel_of(interaction: Interaction, story: int, page: OpenPage | None = None) -> Screen:
    """Return the reactions to a story, or to a *page* of it, and which of them this reader gave."""
    store = store_for(interaction)
    entry, tally, given, offered = await gather(
        store.stories.entry(story),
        store.reactions.tally(story),
        store.reactions.of(story, interaction.user.id, page),
        offered_reactions(interaction),
    )
    return react_panel(entry, tally, given, offered, page)


async def page_at(interaction: Interaction, story: int, spot: Spot) -> OpenPage | None:
    """Return the page of a story that a press is about, from *spot* on.

    None if it is about the story as a whole (its chapter is 0), or if that chapter is gone.
    """
    if not spot.chapter:
        return None
    try:
        page = await store_for(interaction).pages.open(spot, await page_owner(interaction))
    except ChapterGone:
        return None
    if page.story.id != story:
        return None
    cut = max(0, spot.offset - page.spot.offset)  # the message may have pages of another length than this reader's
    return replace(page, spot=spot, text=page.text[cut:]) if cut < len(page.text) else page


async def offered_reactions(interaction: Interaction) -> Sequence[Emoji]:
    """Return the reactions that a server offers; in a direct message, the bot's own."""
    chosen = (await store_for(interaction).settings.of_server(interaction.guild_id)).reactions
    return OFFERED if chosen is None else chosen
