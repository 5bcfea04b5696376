"""Bookmarks: a reader keeps a page with a note, lists, opens, edits and deletes them."""

from discord import app_commands

from bot.domain.paging import page_within
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, modal, picked_id, typed
from bot.interactions.replies import ask, redraw, send
from bot.services.pages import page_of, page_owner, post
from bot.ui.bookmarks import (
    ROWS,
    bookmark_note_modal,
    bookmark_receipt,
    bookmark_screen,
    bookmarks_screen,
    new_bookmark_modal,
)
from bot.ui.ids.bookmarks import (
    AskBookmark,
    BookmarkAction,
    BookmarkModal,
    BookmarkNoteModal,
    BookmarkPage,
    PickBookmark,
)
from bot.ui.screen import Screen


@app_commands.command()
async def bookmarks(interaction: Interaction) -> None:
    """The passages that you keep, with your notes."""
    await send(interaction, await _list(interaction, 0), private=True)


async def _list(interaction: Interaction, page: int) -> Screen:
    bookmarks, reader = store_for(interaction).bookmarks, interaction.user.id
    total = await bookmarks.count(reader)
    page = page_within(page, total, ROWS)
    return bookmarks_screen(await bookmarks.list(reader, ROWS, page * ROWS), page, total)


@component(AskBookmark)
async def bookmark_here(interaction: Interaction, press: AskBookmark) -> None:
    """Ask for the note of a new bookmark on the open page."""
    store, spot = store_for(interaction), press.spot
    await store.pages.open(spot, await page_owner(interaction))
    await ask(interaction, new_bookmark_modal(spot, await store.bookmarks.at(interaction.user.id, spot) or ""))


@modal(BookmarkModal)
async def keep_bookmark(interaction: Interaction, submitted: BookmarkModal) -> None:
    """Bookmark the page with the note that was typed."""
    store = store_for(interaction)
    page = await store.pages.open(submitted.spot, await page_owner(interaction))
    note = typed(interaction, "note").strip()
    await store.bookmarks.keep(interaction.user.id, page, note)
    await send(interaction, bookmark_receipt(page, note), private=True)


@component(BookmarkPage)
async def turn_bookmarks(interaction: Interaction, press: BookmarkPage) -> None:
    """Turn the list to another page."""
    await redraw(interaction, await _list(interaction, press.page))


@component(PickBookmark)
async def pick_bookmark(interaction: Interaction, press: PickBookmark) -> None:
    """Show the bookmark that was picked."""
    bookmark = await store_for(interaction).bookmarks.find(interaction.user.id, picked_id(interaction))
    await redraw(interaction, bookmark_screen(bookmark, press.page))


@component(BookmarkAction)
async def on_bookmark(interaction: Interaction, press: BookmarkAction) -> None:
    """Open a bookmark, edit its note, delete it, or go back to the list."""
    store, reader = store_for(interaction), interaction.user.id
    if press.action == "back":
        await redraw(interaction, await _list(interaction, press.page))
        return
    bookmark = await store.bookmarks.find(reader, press.bookmark)
    if press.action == "edit":
        await ask(interaction, bookmark_note_modal(bookmark, press.page))
    elif press.action == "delete":
        await store.bookmarks.drop(reader, bookmark.id)
        await redraw(interaction, await _list(interaction, press.page))
    else:
        page = await store.pages.open(bookmark.spot, reader)
        await post(interaction, await page_of(interaction, page, peek=True), private=True)


@modal(BookmarkNoteModal)
async def edit_note(interaction: Interaction, submitted: BookmarkNoteModal) -> None:
    """Replace a bookmark's note by the one that was typed."""
    bookmarks, reader = store_for(interaction).bookmarks, interaction.user.id
    await bookmarks.note(reader, submitted.bookmark, typed(interaction, "note").strip())
    await redraw(interaction, bookmark_screen(await bookmarks.find(reader, submitted.bookmark), submitted.page))
