"""A reader's bookmarks: the list, a single one, and the modals for its note."""

from collections.abc import Sequence

from discord import ui

from bot.domain.bookmarks import Bookmark
from bot.domain.paging import count_pages
from bot.stories.model import OpenPage, Spot
from bot.texts import say
from bot.ui.chapters import list_name
from bot.ui.components import Style, button, modal, option, select, text_field
from bot.ui.ids.bookmarks import BookmarkAction, BookmarkModal, BookmarkNoteModal, PickBookmark
from bot.ui.limits import clip
from bot.ui.markdown import escape
from bot.ui.me import tab_list, to_tab
from bot.ui.quotes import quotation
from bot.ui.screen import Screen, notice, story_embed

ROWS = 5
NOTE_CHARS = 500
PASSAGE_CHARS = 70
"""Characters of the first words by which a reader knows a page again: fewer than are kept, so that no word is cut."""


def bookmarks_screen(bookmarks: Sequence[Bookmark], page: int, total: int) -> Screen:
    """One page of a reader's bookmarks, counted from 0."""
    lines = [_line(bookmark) for bookmark in bookmarks] or [say("bookmarks-none")]
    options = [option(each.note or each.passage, each.id, each.story.title) for each in bookmarks]
    items = [select(PickBookmark(page), options, 1, say("bookmarks-choose"))] if options else []
    return tab_list("bookmarks", lines, items, page, count_pages(total, ROWS), row=2)


def _line(bookmark: Bookmark) -> str:
    lines = [_first_words(bookmark.passage), f"-# {clip(bookmark.story.title, 80, escape)} · {_where(bookmark)}"]
    if bookmark.note:
        lines.append(f"-# {say('bookmark-noted', note=clip(' '.join(bookmark.note.split()), 150, escape))}")
    return "\n".join(lines)


def _where(bookmark: Bookmark) -> str:
    chapter = f"{clip(list_name(bookmark.chapter.name), 60, escape)} · " if bookmark.story.chapters > 1 else ""
    return f"{chapter}{bookmark.percent}%"


def _first_words(passage: str) -> str:
    return quotation(" ".join(passage.split()), PASSAGE_CHARS)


def bookmark_screen(bookmark: Bookmark, page: int) -> Screen:
    """A single bookmark, with a button back to *page* of the list."""
    words = _first_words(bookmark.passage)
    embed = story_embed(bookmark.story, f"{_where(bookmark)} · <t:{bookmark.made_at}:d>\n\n{words}")
    if bookmark.note:
        embed.add_field(name=say("bookmark-note"), value=clip(bookmark.note, 1000, escape), inline=False)
    items = [
        button(BookmarkAction("open", bookmark.id, page), say("bookmark-open"), 0, style=Style.primary),
        button(BookmarkAction("edit", bookmark.id, page), say("bookmark-edit"), 0),
        button(BookmarkAction("delete", bookmark.id, page), say("bookmark-delete"), 0),
        button(to_tab("bookmarks", page), say("me-back"), 0),
    ]
    return Screen([embed], items)


def bookmark_receipt(page: OpenPage, note: str) -> Screen:
    """The receipt for a bookmark."""
    text = _first_words(page.text)
    if note:
        text += "\n" + say("bookmark-noted", note=clip(note, 300, escape))
    screen = notice(text, say("bookmark-kept"))
    screen.embeds[0].set_footer(text=say("bookmark-kept-where"))
    return screen


def new_bookmark_modal(spot: Spot, note: str) -> ui.Modal:
    """The modal for the note of a new bookmark; the note may be empty."""
    return modal(BookmarkModal(spot.chapter, spot.offset), say("bookmark-keep"), [_note_field(note)])


def bookmark_note_modal(bookmark: Bookmark, page: int) -> ui.Modal:
    """The modal that changes a bookmark's note."""
    return modal(BookmarkNoteModal(bookmark.id, page), say("bookmark-note"), [_note_field(bookmark.note)])


def _note_field(note: str) -> ui.Label[ui.Modal]:
    label, hint = say("bookmark-note-box"), say("bookmark-note-hint")
    return text_field("note", label, NOTE_CHARS, hint=hint, default=note[:NOTE_CHARS], is_long=True)
