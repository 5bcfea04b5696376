"""`/me`: a reader's lists, bookmarks, saved quotes, mutes and stored data."""

import json
from typing import get_args

from discord import app_commands

from bot.domain.downloads import part_of
from bot.domain.me import ME_TABS, READING_LISTS, MuteKind
from bot.domain.stories import read_names
from bot.interactions.allowances import spend
from bot.interactions.answering import LOOKUP
from bot.interactions.audience import store_for
from bot.interactions.client import Interaction
from bot.interactions.components import component, known, modal, one_of, picked, picked_id, typed
from bot.interactions.messages import is_alone, page_owner, redraw_or_send, tell, unfolded_here
from bot.interactions.replies import ask, redraw, send, send_files, think
from bot.services.me import list_screen, me_screen, with_tabs
from bot.services.posts import post
from bot.services.quotes import keep_quote, share_quote
from bot.services.reading import page_of
from bot.services.stories import card_of
from bot.texts import say
from bot.ui.ids import (
    AskBookmark,
    AskMutes,
    BookmarkAction,
    BookmarkModal,
    BookmarkNoteModal,
    DeleteSavedQuote,
    EditReadingList,
    ExportFiles,
    MePage,
    MoveToList,
    MutesModal,
    PickBookmark,
    PickListed,
    PickMeTab,
    PickSavedQuote,
    PrivacyAction,
    SaveQuote,
    ShareQuote,
    ShowReadingLists,
    ToggleLater,
    Unmute,
)
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.me import (
    TYPED_CHARS,
    bookmark_note_modal,
    bookmark_receipt,
    bookmark_screen,
    confirm_screen,
    lists_panel,
    more_files_screen,
    mutes_modal,
    mutes_screen,
    new_bookmark_modal,
    saved_quote_screen,
    stored_screen,
)
from bot.ui.screen import Screen, add_receipt, notice


@app_commands.command(extras=LOOKUP)
async def me(interaction: Interaction) -> None:
    """See your lists, bookmarks, quotes, follows, reviews and data"""
    await send(interaction, await me_screen(interaction, "reading"), private=True)


@component(PickMeTab)
async def pick_tab(interaction: Interaction, _: PickMeTab) -> None:
    """Show the picked tab."""
    await redraw_or_send(interaction, await me_screen(interaction, known(ME_TABS, picked(interaction))))


@component(MePage, work=lambda press: "act" if press.tab == "following" else "lookup")
async def turn_tab(interaction: Interaction, press: MePage) -> None:
    """Show a page of a tab."""
    await redraw_or_send(interaction, await me_screen(interaction, press.tab, press.page))


@component(AskBookmark, work="form")
async def bookmark_here(interaction: Interaction, press: AskBookmark) -> None:
    """Open a modal for the note of a bookmark on the open page."""
    store, spot = store_for(interaction), press.spot
    await store.pages.open(spot, await page_owner(interaction))
    await ask(interaction, new_bookmark_modal(spot, await store.bookmarks.at(interaction.user.id, spot) or ""))


@modal(BookmarkModal)
async def save_bookmark(interaction: Interaction, submitted: BookmarkModal) -> None:
    """Save a bookmark of the page with the typed note."""
    store = store_for(interaction)
    page = await store.pages.open(submitted.spot, await page_owner(interaction))
    note = typed(interaction, "note").strip()
    await store.bookmarks.keep(interaction.user.id, page, note)
    line = say("bookmark-kept-noted", note=clip(note, 300, escape)) if note else say("bookmark-kept")
    await tell(interaction, line, bookmark_receipt(page, note))


@component(PickBookmark, work="lookup")
async def pick_bookmark(interaction: Interaction, press: PickBookmark) -> None:
    """Show the picked bookmark."""
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
    """Replace a bookmark's note with the typed one."""
    bookmarks, reader = store_for(interaction).bookmarks, interaction.user.id
    await bookmarks.note(reader, submitted.bookmark, typed(interaction, "note").strip())
    await redraw(interaction, bookmark_screen(await bookmarks.find(reader, submitted.bookmark), submitted.page))


@component(EditReadingList, work="lookup")
async def edit_list(interaction: Interaction, press: EditReadingList) -> None:
    """Show a reading list with a select to move its stories."""
    await redraw_or_send(interaction, await list_screen(interaction, press.list, press.page, editing=True))


@component(PickListed, work="lookup")
async def pick_listed(interaction: Interaction, _: PickListed) -> None:
    """Show the reading lists to which the picked story can move."""
    await redraw_or_send(interaction, await _lists_panel(interaction, picked_id(interaction)))


@component(ShowReadingLists, work="lookup")
async def show_lists(interaction: Interaction, press: ShowReadingLists) -> None:
    """Show which of the reader's lists contains a story, with a select to move the story."""
    panel = await _lists_panel(interaction, press.story)
    if not await unfolded_here(interaction, panel):
        await send(interaction, panel, private=True)


async def _lists_panel(interaction: Interaction, story: int) -> Screen:
    store = store_for(interaction)
    entry = await store.stories.entry(story)
    return lists_panel(entry, await store.reading_lists.holding(interaction.user.id, entry.id))


@component(ToggleLater)
async def toggle_later(interaction: Interaction, press: ToggleLater) -> None:
    """Add a story to the list *later*, or remove it from there; for a story on another list, ask for the new list."""
    store, reader = store_for(interaction), interaction.user.id
    story = await store.stories.entry(press.story)
    holding = await store.reading_lists.holding(reader, story.id)
    if holding not in (None, "later"):
        panel = lists_panel(story, holding)
        if not await unfolded_here(interaction, panel):
            await send(interaction, panel, private=True)
        return
    await store.reading_lists.put(reader, story.id, "later" if holding is None else None)
    said = say("card-later-kept" if holding is None else "card-later-dropped")
    if is_alone(interaction):
        screen = await card_of(interaction, story.id, more=press.more)
        add_receipt(screen.embeds, said)
        await redraw(interaction, screen)
    else:
        await send(interaction, notice(said), private=True)


@component(MoveToList)
async def move_to_list(interaction: Interaction, press: MoveToList) -> None:
    """Move a story to the picked list, or remove it from its list."""
    store = store_for(interaction)
    story = await store.stories.entry(press.story)
    name = one_of(READING_LISTS, picked(interaction))
    await store.reading_lists.put(interaction.user.id, story.id, name)
    panel = lists_panel(story, name)
    if not await unfolded_here(interaction, panel):
        await redraw(interaction, panel)


@component(SaveQuote)
async def save_quote(interaction: Interaction, press: SaveQuote) -> None:
    """Save a quote; the confirmation has a button to undo this."""
    await keep_quote(interaction, press.quote)


@component(PickSavedQuote, work="lookup")
async def pick_saved(interaction: Interaction, press: PickSavedQuote) -> None:
    """Show the picked saved quote."""
    saved = await store_for(interaction).saved_quotes.find(interaction.user.id, picked_id(interaction))
    await redraw(interaction, saved_quote_screen(saved, press.page))


@component(DeleteSavedQuote)
async def delete_saved(interaction: Interaction, press: DeleteSavedQuote) -> None:
    """Delete a saved quote."""
    await store_for(interaction).saved_quotes.drop(interaction.user.id, press.quote)
    unsaved = notice(None, say("saved-dropped"), [])
    listed = press.shown == "list"
    await redraw(interaction, await me_screen(interaction, "quotes", press.page) if listed else unsaved)


@component(ShareQuote)
async def share_saved(interaction: Interaction, press: ShareQuote) -> None:
    """Post a saved quote publicly."""
    await post(interaction, await share_quote(interaction, press.quote), private=False)


async def _mutes_panel(interaction: Interaction, too_many: int = 0) -> Screen:
    screen = mutes_screen(await store_for(interaction).mutes.of(interaction.user.id), too_many)
    return await with_tabs(interaction, "muted", screen)


@component(AskMutes, work="form")
async def ask_mutes(interaction: Interaction, press: AskMutes) -> None:
    """Open a modal for tags and authors to mute."""
    await ask(interaction, mutes_modal())


@modal(MutesModal)
async def take_mutes(interaction: Interaction, _: MutesModal) -> None:
    """Mute the typed tags and authors."""
    kinds: tuple[MuteKind, ...] = get_args(MuteKind)
    too_many = 0
    for kind in kinds:
        muted = read_names(typed(interaction, kind)[:TYPED_CHARS])
        too_many += await store_for(interaction).mutes.add(interaction.user.id, kind, muted)
    await redraw_or_send(interaction, await _mutes_panel(interaction, too_many))


@component(Unmute)
async def unmute(interaction: Interaction, press: Unmute) -> None:
    """Remove the picked mute."""
    await store_for(interaction).mutes.drop(interaction.user.id, picked_id(interaction))
    await redraw_or_send(interaction, await _mutes_panel(interaction))


@component(PrivacyAction, work=lambda press: "act" if press.action == "delete" else "lookup")
async def on_privacy(interaction: Interaction, press: PrivacyAction) -> None:
    """Explain, export or delete the reader's stored data; deletion needs a confirmation."""
    privacy, reader = store_for(interaction).privacy, interaction.user.id
    match press.action:
        case "export":
            spend(interaction, "export")
            data = json.dumps(await privacy.export(reader), indent=1, ensure_ascii=False).encode()
            await send_files(interaction, {"oneshot-data.json": data}, say("privacy-exported"))
        case "stored" | "seen" | "kept":
            await redraw(interaction, stored_screen(press.action))
        case "ask":
            await redraw(interaction, confirm_screen())
        case "delete":
            await privacy.delete(reader)
            await redraw(interaction, notice(say("privacy-deleted"), say("privacy-deleted-title"), []))


@component(ExportFiles, work="lookup")
async def export_files(interaction: Interaction, press: ExportFiles) -> None:
    """Send one part of the reader's uploaded files, and a button for the next part if there is one."""
    privacy, reader = store_for(interaction).privacy, interaction.user.id
    spend(interaction, "export")
    await think(interaction)
    files, more = part_of(await privacy.files(reader), press.part, interaction.filesize_limit)
    if not files:
        await send(interaction, notice(say("privacy-files-none"), groups=[]), private=True)
        return
    named = {f"{number}-{file.name}": await privacy.bytes_of(reader, file.digest) for number, file in enumerate(files)}
    await send_files(interaction, named, say("privacy-files-sent"))
    if more:
        await send(interaction, more_files_screen(press.part + 1), private=True)
