"""The select of tabs on the screens of `/me`."""

from bot.domain.me import MeTab
from bot.domain.reviews import Viewer
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.ui.me import tabs
from bot.ui.screen import Item


async def tabs_of(interaction: Interaction, shown: MeTab) -> Item:
    """Return the select of tabs, with the number of entries in each tab that has any; *shown* is selected."""
    store, reader = store_for(interaction), interaction.user.id
    viewer = Viewer(reader, interaction.guild_id or 0, moderates=False)
    counts: dict[MeTab, int] = {**await store.reading_lists.counts(reader)}
    counts["bookmarks"] = await store.bookmarks.count(reader)
    counts["quotes"] = await store.saved_quotes.count(reader)
    counts["following"] = await store.follows.count(reader)
    counts["reviews"] = await store.review_lists.total("mine", 0, viewer)
    counts["muted"] = len(await store.mutes.of(reader))
    return tabs(shown, counts)
