"""Tabs of `/me`: bookmarks, reading lists, saved quotes, mutes, and the reader's stored data."""

from collections.abc import Mapping, Sequence
from typing import Literal, get_args

import discord
from discord import ui

from bot.domain.anonymity import SMALLEST_GROUP
from bot.domain.me import ME_TABS, READING_LISTS, Bookmark, ListedStory, MeTab, Mute, MuteKind, ReadingList
from bot.domain.quotes import SavedQuote
from bot.domain.stories import count_pages
from bot.stories.lengths import minutes
from bot.stories.model import OpenPage, Spot, StorySummary
from bot.texts import say
from bot.ui.bars import bar
from bot.ui.chapters import list_name
from bot.ui.components import Style, button, button_rows, modal, option, private_list, select, text_field
from bot.ui.ids import (
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
    QuoteContext,
    ReadPicked,
    ShareQuote,
    Unmute,
)
from bot.ui.limits import EMBED_FIELD_VALUE, SELECT_OPTIONS, clip
from bot.ui.markdown import escape
from bot.ui.quotes import quotation, quote_embed, source
from bot.ui.screen import ACCENT, QUIET, Group, Item, Screen, notice, story_embed


def tabs(shown: MeTab, counts: Mapping[MeTab, int]) -> Item:
    """Return the select of the tabs, with *shown* selected; a label contains the tab's count unless it is 0."""
    options = [option(_label(tab, counts.get(tab, 0)), tab, default=tab == shown) for tab in ME_TABS]
    return select(PickMeTab(), options)


def _label(tab: MeTab, count: int) -> str:
    name = say(f"me-tab-{tab}")
    return say("me-counted", tab=name, count=count) if count else name


def tab_list(tab: MeTab, lines: Sequence[str], groups: Sequence[Group], page: int, pages: int) -> Screen:
    """Return one page of a tab's list; the page buttons join the last group. *page* counts from 0."""
    return private_list(say(f"me-tab-{tab}"), lines, groups, lambda way, to: MePage(way, tab, to), page, pages)


def to_tab(tab: MeTab, page: int = 0) -> MePage:
    """Return the custom id of a button back to a page of a tab, counted from 0."""
    return MePage("back", tab, page)


BOOKMARK_ROWS = 5
NOTE_CHARS = 500
PASSAGE_CHARS = 70
"""Maximum length of the first words of a bookmarked page, in characters. More are stored, so that no word is cut."""


def bookmarks_screen(bookmarks: Sequence[Bookmark], page: int, total: int) -> Screen:
    """Return one page of a reader's bookmarks, counted from 0."""
    lines = [_bookmark_line(bookmark) for bookmark in bookmarks] or [say("bookmarks-none")]
    options = [option(each.note or each.passage, each.id, each.story.title) for each in bookmarks]
    picking = [select(PickBookmark(page), options, say("bookmarks-choose"))] if options else []
    return tab_list("bookmarks", lines, [picking, []], page, count_pages(total, BOOKMARK_ROWS))


def _bookmark_line(bookmark: Bookmark) -> str:
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
    """Return a bookmark, with a button back to *page* of the list."""
    words = _first_words(bookmark.passage)
    embed = story_embed(bookmark.story, f"{_where(bookmark)} · <t:{bookmark.made_at}:d>\n\n{words}")
    if bookmark.note:
        embed.add_field(name=say("bookmark-note"), value=clip(bookmark.note, 1000, escape), inline=False)
    items = [
        button(BookmarkAction("open", bookmark.id, page), say("bookmark-open"), style=Style.primary),
        button(BookmarkAction("edit", bookmark.id, page), say("bookmark-edit")),
        button(BookmarkAction("delete", bookmark.id, page), say("bookmark-delete")),
        button(to_tab("bookmarks", page), say("me-back")),
    ]
    return Screen([embed], [items])


def bookmark_receipt(page: OpenPage, note: str) -> Screen:
    """Return the receipt for a bookmark."""
    text = _first_words(page.text)
    if note:
        text += "\n" + say("bookmark-noted", note=clip(note, 300, escape))
    screen = notice(text, say("bookmark-kept"))
    screen.embeds[0].set_footer(text=say("bookmark-kept-where"))
    return screen


def new_bookmark_modal(spot: Spot, note: str) -> ui.Modal:
    """Return the modal for the optional note of a new bookmark."""
    return modal(BookmarkModal(spot.chapter, spot.offset), say("bookmark-keep"), [_note_field(note)])


def bookmark_note_modal(bookmark: Bookmark, page: int) -> ui.Modal:
    """Return the modal that edits a bookmark's note."""
    return modal(BookmarkNoteModal(bookmark.id, page), say("bookmark-note"), [_note_field(bookmark.note)])


def _note_field(note: str) -> ui.Label[ui.Modal]:
    label, hint = say("bookmark-note-box"), say("bookmark-note-hint")
    return text_field("note", label, NOTE_CHARS, hint=hint, default=note[:NOTE_CHARS], is_long=True)


LIST_ROWS = 6
"""Number of stories on a page of a reading list: as many as fit on a phone."""

NO_LIST = "-"
"""Value of the option that removes a story from all lists."""


def reading_list_screen(
    name: ReadingList, listed: Sequence[ListedStory], page: int, total: int, *, editing: bool = False
) -> Screen:
    """Return one page of a reading list, counted from 0; its select opens a story, or moves the story if *editing*."""
    lines = [_list_line(each, name) for each in listed] or [say(f"reading-list-empty-{name}")]
    picks, edits = list[Item](), list[Item]()
    if listed:
        options = [option(each.story.title, each.story.id, _by(each.story)) for each in listed]
        picking = PickListed() if editing else ReadPicked()
        picks.append(select(picking, options, say(f"reading-list-pick-{_select_action(name, editing)}")))
        edit = to_tab(name, page) if editing else EditReadingList(name, page)
        edits.append(button(edit, say("me-back" if editing else "reading-list-edit")))
    return tab_list(name, lines, [picks, edits], page, count_pages(total, LIST_ROWS))


def _select_action(name: ReadingList, editing: bool) -> str:
    if editing:
        return "move"
    return {"later": "start", "finished": "again"}.get(name, "continue")


def _by(story: StorySummary) -> str | None:
    return say("by", author=story.author) if story.author else None


def _list_line(each: ListedStory, name: ReadingList) -> str:
    title = f"**{clip(each.story.title, 100, escape)}**"
    if name == "finished":
        return f"{title}\n-# <t:{each.since}:R>"
    if not each.percent:
        return f"{title}\n-# {say('chapter-minutes', minutes=minutes(each.story.words))}"
    left = minutes(each.story.words * (100 - each.percent) // 100)
    return f"{title}\n{bar(each.percent, 100)}  {say('reading-list-left', percent=each.percent, minutes=left)}"


def lists_panel(story: StorySummary, holding: ReadingList | None) -> Screen:
    """Return a select of reading lists that moves a story to the picked list; *holding* is the list that has it now."""
    options = [
        *(
            option(say("reading-list-on", list=reading_list_name(each)), each, default=each == holding)
            for each in READING_LISTS
        ),
        option(say("reading-list-on-none"), NO_LIST, default=holding is None),
    ]
    mine = button(to_tab(holding or "reading"), say("reading-list-mine"))
    return Screen([story_embed(story, colour=QUIET)], [[select(MoveToList(story.id), options)], [mine]])


def reading_list_name(name: ReadingList) -> str:
    """Return the name of a list."""
    return say(f"me-tab-{name}")


SAVED_QUOTE_ROWS = 5
"""Number of saved quotes on a page."""

WORDS_CHARS = 120


def saved_quotes_screen(saved: Sequence[SavedQuote], page: int, total: int) -> Screen:
    """Return one page of a reader's saved quotes, counted from 0."""
    lines = [_saved_quote_line(each) for each in saved] or [say("saved-none")]
    options = [option(_one_line(each), each.quote.id, source(each.quote)) for each in saved]
    picking = [select(PickSavedQuote(page), options, say("saved-choose"))] if options else []
    return tab_list("quotes", lines, [picking, []], page, count_pages(total, SAVED_QUOTE_ROWS))


def _saved_quote_line(saved: SavedQuote) -> str:
    return f"{quotation(_one_line(saved), WORDS_CHARS)}\n-# {clip(source(saved.quote), 150, escape)}"


def _one_line(saved: SavedQuote) -> str:
    return " ".join(saved.quote.text.split())


def saved_quote_screen(saved: SavedQuote, page: int) -> Screen:
    """Return a saved quote, with a button back to *page* of the list."""
    quote = saved.quote
    embed = quote_embed(quote)
    if not saved.is_current:
        embed.add_field(name=say("saved-edited"), value=say("saved-edited-since", since=f"<t:{saved.saved_at}:D>"))
    items = [
        *([button(QuoteContext(quote.id), say("quote-context"))] if saved.is_current else []),
        *([button(ShareQuote(quote.id), say("quote-share"), style=Style.primary)] if saved.is_current else []),
        button(DeleteSavedQuote("list", quote.id, page), say("saved-delete")),
        button(to_tab("quotes", page), say("me-back")),
    ]
    return Screen([embed], button_rows(items))


TYPED_CHARS = 1000


def mutes_screen(mutes: Sequence[Mute], too_many: int = 0) -> Screen:
    """Return the list of mutes; *too_many* is how many of the names just typed exceeded the limit."""
    embed = discord.Embed(title=say("me-tab-muted"), colour=ACCENT)
    embed.description = say("mutes-about" if mutes else "mutes-empty")
    if too_many:
        embed.description += "\n\n" + say("mutes-full", count=too_many, most=SELECT_OPTIONS)
    groups: list[Group] = []
    for kind in get_args(MuteKind):
        own = [mute for mute in mutes if mute.kind == kind][:SELECT_OPTIONS]
        listed = clip(", ".join(mute.name for mute in own), EMBED_FIELD_VALUE, escape)
        if own:
            embed.add_field(name=say(f"mutes-of-{kind}"), value=listed, inline=False)
            options = [option(mute.name, mute.id) for mute in own]
            groups.append([select(Unmute(kind), options, say(f"mutes-undo-{kind}"))])
    return Screen([embed], [*groups, [button(AskMutes(), say("mutes-add"))]])


def mutes_modal() -> ui.Modal:
    """Return the modal for the tags and authors to mute."""
    hint = say("filter-names-parted")
    fields = [text_field(kind, say(f"mutes-of-{kind}"), TYPED_CHARS, hint=hint) for kind in get_args(MuteKind)]
    return modal(MutesModal(), say("mutes-ask"), fields)


PrivacyPart = Literal["stored", "seen", "kept"]

PRIVACY_PARTS: tuple[PrivacyPart, ...] = get_args(PrivacyPart)
"""Pages of the privacy texts: stored data, who sees it, and data that deletion keeps."""


def privacy_screen() -> Screen:
    """Return a summary of the stored data, with buttons to export and delete it."""
    exports = [
        button(PrivacyAction("export"), say("privacy-export")),
        button(ExportFiles(0), say("privacy-files")),
    ]
    others = [
        button(PrivacyAction("stored"), say("privacy-what-stored")),
        button(PrivacyAction("ask"), say("privacy-ask-delete"), style=Style.danger),
    ]
    return notice(say("privacy-short"), say("privacy-title"), [exports, others])


def stored_screen(part: PrivacyPart) -> Screen:
    """Return one of the `PRIVACY_PARTS`, with buttons for the others: one text fills a phone's screen."""
    others: list[PrivacyPart] = [each for each in PRIVACY_PARTS if each != part]
    items = [button(PrivacyAction(each), say(f"privacy-what-{each}")) for each in others]
    text = say("privacy-seen-by", fewest=SMALLEST_GROUP) if part == "seen" else say(f"privacy-says-{part}")
    return notice(text, say(f"privacy-what-{part}"), [[*items, button(to_tab("data"), say("me-back"))]])


def more_files_screen(part: int) -> Screen:
    """Return the button for the next *part* of the export's files."""
    return notice(say("privacy-files-more"), groups=[[button(ExportFiles(part), say("privacy-files-next"))]])


def confirm_screen() -> Screen:
    """Return the confirmation dialog for deleting all data of the reader."""
    items = [
        button(PrivacyAction("delete"), say("privacy-delete"), style=Style.danger),
        button(to_tab("data"), say("privacy-keep")),
    ]
    return notice(say("privacy-confirm"), say("privacy-confirm-title"), [items])
