"""Bookmarks: a reader keeps a page with a note, opens, edits and deletes them."""

from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, modal, picked_id, typed
from bot.interactions.messages import page_owner
from bot.interactions.replies import ask, redraw, send
from bot.services.me import me_screen
from bot.services.posts import post
from bot.services.reading import page_of
from bot.ui.bookmarks import (
    bookmark_note_modal,
    bookmark_receipt,
    bookmark_screen,
    new_bookmark_modal,
)
from bot.ui.ids.bookmarks import (
    AskBookmark,
    BookmarkAction,
    BookmarkModal,
    BookmarkNoteModal,
    PickBookmark,
)


@component(AskBookmark, work="form")
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


@component(PickBookmark, work="lookup")
async def pick_bookmark(interaction: Interaction, press: PickBookmark) -> None:
    """Show the bookmark that was picked."""
    bookmark = await store_for(interaction).bookmarks.find(interaction.user.id, picked_id(interaction))
    await redraw(interaction, bookmark_screen(bookmark, press.page))


@component(BookmarkAction, work=lambda press: "form" if press.action == "edit" else "act")
async def on_bookmark(interaction: Interaction, press: BookmarkAction) -> None:
    """Open a bookmark, edit its note, or delete it."""
    store, reader = store_for(interaction), interaction.user.id
    bookmark = await store.bookmarks.find(reader, press.bookmark)
    if press.action == "edit":
        await ask(interaction, bookmark_note_modal(bookmark, press.page))
    elif press.action == "delete":
        await store.bookmarks.drop(reader, bookmark.id)
        await redraw(interaction, await me_screen(interaction, "bookmarks", press.page))
    else:
        page = await store.pages.open(bookmark.spot, reader)
        await post(interaction, await page_of(interaction, page, peek=True, alone=True), private=True)


@modal(BookmarkNoteModal)
async def edit_note(interaction: Interaction, submitted: BookmarkNoteModal) -> None:
    """Replace a bookmark's note by the one that was typed."""
    bookmarks, reader = store_for(interaction).bookmarks, interaction.user.id
    await bookmarks.note(reader, submitted.bookmark, typed(interaction, "note").strip())
    await redraw(interaction, bookmark_screen(await bookmarks.find(reader, submitted.bookmark), submitted.page))
