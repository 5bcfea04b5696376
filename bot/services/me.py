"""The screens of `/me`, one for each tab."""

from dataclasses import replace

from bot.domain.me import MeTab, ReadingList
from bot.domain.stories import page_within
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.services.me_tabs import tabs_of
from bot.services.reviews import reviews_screen
from bot.ui import follows, me
from bot.ui.me import mutes_screen, privacy_screen
from bot.ui.screen import Screen


async def me_screen(interaction: Interaction, tab: MeTab, page: int = 0) -> Screen:
    """Return a page (counted from 0) of a tab."""
    match tab:
        case "reviews":
            return await reviews_screen(interaction, "mine", 0, page)
        case "bookmarks":
            screen = await _bookmarks(interaction, page)
        case "quotes":
            screen = await _quotes(interaction, page)
        case "following":
            screen = await _following(interaction, page)
        case "muted":
            screen = mutes_screen(await store_for(interaction).mutes.of(interaction.user.id))
        case "data":
            screen = privacy_screen()
        case _:
            return await list_screen(interaction, tab, page)
    return await with_tabs(interaction, tab, screen)


async def with_tabs(interaction: Interaction, tab: MeTab, screen: Screen) -> Screen:
    """Return a tab's screen with the select of tabs above its own buttons."""
    return replace(screen, groups=[[await tabs_of(interaction, tab)], *(screen.groups or [])])


async def list_screen(interaction: Interaction, name: ReadingList, page: int, *, editing: bool = False) -> Screen:
    """Return a page of a reading list. With *editing*, its select moves stories instead of opening them."""
    lists, reader = store_for(interaction).reading_lists, interaction.user.id
    total = (await lists.counts(reader))[name]
    page = page_within(page, total, me.LIST_ROWS)
    listed = await lists.of(reader, name, me.LIST_ROWS, page * me.LIST_ROWS)
    screen = me.reading_list_screen(name, listed, page, total, editing=editing)
    return await with_tabs(interaction, name, screen)


async def _bookmarks(interaction: Interaction, page: int) -> Screen:
    kept, reader = store_for(interaction).bookmarks, interaction.user.id
    total = await kept.count(reader)
    page = page_within(page, total, me.BOOKMARK_ROWS)
    return me.bookmarks_screen(await kept.list(reader, me.BOOKMARK_ROWS, page * me.BOOKMARK_ROWS), page, total)


async def _quotes(interaction: Interaction, page: int) -> Screen:
    saved, reader = store_for(interaction).saved_quotes, interaction.user.id
    total = await saved.count(reader)
    page = page_within(page, total, me.SAVED_QUOTE_ROWS)
    listed = await saved.list(reader, me.SAVED_QUOTE_ROWS, page * me.SAVED_QUOTE_ROWS)
    return me.saved_quotes_screen(listed, page, total)


async def _following(interaction: Interaction, page: int) -> Screen:
    store, reader = store_for(interaction), interaction.user.id
    total, since = await store.follows.count(reader), (await store.settings.of_reader(reader)).unreached_at
    page = page_within(page, total, follows.ROWS)
    screen = follows.following_screen(
        await store.follows.list(reader, follows.ROWS, page * follows.ROWS), page, total, since
    )
    if since is not None:  # the screen warns that direct messages fail, so the next one is tried again
        await store.settings.unreached(reader, None)
    return screen
