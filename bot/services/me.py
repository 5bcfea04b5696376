"""What is a reader's own: the screen of each tab of `/me`."""

from dataclasses import replace

from bot.domain.me import MeTab
from bot.domain.paging import page_within
from bot.domain.reading_lists import ReadingList
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.services.me_tabs import tabs_of
from bot.services.reviews import reviews_screen
from bot.ui import bookmarks, follows, reading_lists, saved_quotes
from bot.ui.mutes import mutes_screen
from bot.ui.privacy import privacy_screen
from bot.ui.screen import Screen


async def me_screen(interaction: Interaction, tab: MeTab, page: int = 0) -> Screen:
    """Return one page, counted from 0, of a tab."""
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
    """Return the screen of a tab with the select above its own buttons."""
    return replace(screen, items=[await tabs_of(interaction, tab), *(screen.items or [])])


async def list_screen(interaction: Interaction, name: ReadingList, page: int, *, editing: bool = False) -> Screen:
    """Return a page of a reading list; *editing* offers to move its stories."""
    lists, reader = store_for(interaction).reading_lists, interaction.user.id
    total = (await lists.counts(reader))[name]
    page = page_within(page, total, reading_lists.ROWS)
    listed = await lists.of(reader, name, reading_lists.ROWS, page * reading_lists.ROWS)
    screen = reading_lists.reading_list_screen(name, listed, page, total, editing=editing)
    return await with_tabs(interaction, name, screen)


async def _bookmarks(interaction: Interaction, page: int) -> Screen:
    kept, reader = store_for(interaction).bookmarks, interaction.user.id
    total = await kept.count(reader)
    page = page_within(page, total, bookmarks.ROWS)
    return bookmarks.bookmarks_screen(await kept.list(reader, bookmarks.ROWS, page * bookmarks.ROWS), page, total)


async def _quotes(interaction: Interaction, page: int) -> Screen:
    saved, reader = store_for(interaction).saved_quotes, interaction.user.id
    total = await saved.count(reader)
    page = page_within(page, total, saved_quotes.ROWS)
    listed = await saved.list(reader, saved_quotes.ROWS, page * saved_quotes.ROWS)
    return saved_quotes.saved_quotes_screen(listed, page, total)


async def _following(interaction: Interaction, page: int) -> Screen:
    store, reader = store_for(interaction), interaction.user.id
    total, since = await store.follows.count(reader), (await store.settings.of_reader(reader)).unreached_at
    page = page_within(page, total, follows.ROWS)
    screen = follows.following_screen(
        await store.follows.list(reader, follows.ROWS, page * follows.ROWS), page, total, since
    )
    if since is not None:  # the reader knows now, so the next message is tried
        await store.settings.unreached(reader, None)
    return screen
