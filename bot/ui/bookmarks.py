"""A reader's bookmarks: the list, one by itself, and the modals that ask for a note."""

from __future__ import annotations

from collections.abc import Sequence

import discord
from discord import ui

from bot.domain.bookmarks import Bookmark
from bot.stories.model import OpenPage, Spot
from bot.texts import say
from bot.ui.components import Style, button, sent
from bot.ui.custom_id import CustomId
from bot.ui.ids.bookmarks import BookmarkAction, BookmarkModal, BookmarkNoteModal, BookmarkPage, PickBookmark
from bot.ui.limits import EMBED_TITLE, OPTION_DESCRIPTION, OPTION_LABEL, clip
from bot.ui.markdown import escape
from bot.ui.pages import chapter_name
from bot.ui.screen import ACCENT, QUIET, Screen

ROWS = 5
NOTE_CHARS = 500


def bookmarks_screen(bookmarks: Sequence[Bookmark], page: int, total: int) -> Screen:
    """One page of a reader's bookmarks, counted from 0."""
    pages = max(1, -(-total // ROWS))
    embed = discord.Embed(title=say("bookmarks-title"), colour=ACCENT)
    first = page * ROWS + 1
    embed.description = "\n\n".join(_line(first + i, each) for i, each in enumerate(bookmarks)) or say("bookmarks-none")
    embed.set_footer(text=say("only-you-see-this", page=page + 1, pages=pages))
    items: list[ui.Item[ui.View]] = []
    if bookmarks:
        options = [
            discord.SelectOption(
                label=clip(f"{first + i}. {each.story.title}", OPTION_LABEL),
                value=str(each.id),
                description=clip(each.note or each.passage, OPTION_DESCRIPTION),
            )
            for i, each in enumerate(bookmarks)
        ]
        items.append(
            ui.Select(custom_id=str(PickBookmark(page)), placeholder=say("bookmarks-choose"), options=options, row=0)
        )
    if pages > 1:
        items += [
            button(BookmarkPage("p", max(0, page - 1)), say("page-previous"), 1, disabled=page == 0),
            button(BookmarkPage("n", page + 1), say("page-next"), 1, disabled=page >= pages - 1),
        ]
    return Screen([embed], sent(items))


def _line(number: int, bookmark: Bookmark) -> str:
    note = "\n" + say("bookmark-noted", note=clip(bookmark.note, 150, escape)) if bookmark.note else ""
    return f"**{number}. {clip(bookmark.story.title, 80, escape)}** · {_where(bookmark)}\n{_words(bookmark)}{note}"


def _where(bookmark: Bookmark) -> str:
    chapter = f"{clip(chapter_name(bookmark.chapter), 60, escape)} · " if bookmark.story.chapters > 1 else ""
    return f"{chapter}{bookmark.percent}%"


def _words(bookmark: Bookmark) -> str:
    return say("bookmark-words", words=clip(" ".join(bookmark.passage.split()), 100, escape))


def bookmark_screen(bookmark: Bookmark, page: int) -> Screen:
    """One bookmark; *page* of the list leads back."""
    embed = discord.Embed(title=clip(bookmark.story.title, EMBED_TITLE, escape), colour=ACCENT)
    embed.description = f"{_where(bookmark)} · <t:{bookmark.made_at}:d>\n\n{_words(bookmark)}"
    if bookmark.note:
        embed.add_field(name=say("bookmark-note"), value=clip(bookmark.note, 1000, escape), inline=False)
    items = [
        button(BookmarkAction("open", bookmark.id, page), say("bookmark-open"), 0, style=Style.primary),
        button(BookmarkAction("edit", bookmark.id, page), say("bookmark-edit"), 0),
        button(BookmarkAction("delete", bookmark.id, page), say("bookmark-delete"), 0),
        button(BookmarkAction("back", bookmark.id, page), say("bookmark-back"), 0),
    ]
    return Screen([embed], sent(items))


def bookmark_receipt(page: OpenPage, note: str) -> Screen:
    """The receipt for a bookmark."""
    embed = discord.Embed(title=say("bookmark-kept"), colour=QUIET)
    words = " ".join(page.text.split())[:100]
    embed.description = say("bookmark-words", words=escape(words))
    if note:
        embed.description += "\n" + say("bookmark-noted", note=clip(note, 300, escape))
    embed.set_footer(text=say("bookmark-kept-where"))
    return Screen([embed])


def new_bookmark_modal(spot: Spot, note: str) -> ui.Modal:
    """Asks for the note of a new bookmark, which may be empty."""
    return _modal(say("bookmark-keep"), BookmarkModal(spot.chapter, spot.offset), note)


def bookmark_note_modal(bookmark: Bookmark, page: int) -> ui.Modal:
    return _modal(say("bookmark-note"), BookmarkNoteModal(bookmark.id, page), bookmark.note)


def _modal(title: str, custom_id: CustomId, note: str) -> ui.Modal:
    modal = ui.Modal(title=title, custom_id=str(custom_id), timeout=15 * 60)
    box = ui.TextInput[ui.Modal](
        custom_id="note",
        style=discord.TextStyle.paragraph,
        default=note[:NOTE_CHARS] or None,
        required=False,
        max_length=NOTE_CHARS,
    )
    modal.add_item(ui.Label(text=say("bookmark-note-box"), description=say("bookmark-note-hint"), component=box))
    return modal
