"""What unfolds under a page or stands beside a public one: *More*, the chapters, the form of *Go to*, a shared page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import discord
from discord import ui

from bot.domain.places import Place
from bot.domain.settings import READER
from bot.stories.lengths import minutes
from bot.stories.model import ChapterSummary, OpenPage, PageLength
from bot.texts import say
from bot.ui.chapters import list_name, short_name
from bot.ui.components import Style, button, modal, option, packed, select, text_field
from bot.ui.custom_id import CustomId
from bot.ui.ids.bookmarks import AskBookmark
from bot.ui.ids.pages import (
    AskJump,
    JumpModal,
    ReadFrom,
    ReadTogether,
    SetPageLength,
    SharePage,
    ShowCard,
    ShowNotes,
    TurnPage,
    UnfoldPage,
)
from bot.ui.ids.questions import ShowVote
from bot.ui.ids.quotes import AskSentences
from bot.ui.ids.reactions import ShowPageReactions
from bot.ui.limits import EMBED_DESCRIPTION, EMBED_TITLE, SELECT_OPTIONS, clip
from bot.ui.markdown import escape, page_text
from bot.ui.screen import ACCENT, Item, Screen, notice
from bot.ui.settings import choices

CHAPTER_OPTIONS = SELECT_OPTIONS - 2
"""Chapters in the select; its first and its last option may show others."""

AROUND = "~"
"""Before a number, the value of an option that shows the chapters around it."""


@dataclass(frozen=True, slots=True)
class MorePanel:
    """What *More* needs to know of the reader and of where they are."""

    length: PageLength
    """Of the reader's pages."""
    place: Place | None
    """Theirs in the story; None where they have not begun it."""
    may_share: bool
    """Whether the page may be shown to others here."""
    has_vote: bool


def more_items(page: OpenPage, more: MorePanel, *, peek: bool) -> list[Item]:
    """The buttons of *More*, as many in a row as a phone has room for, and below them how long pages are."""
    buttons = packed(list(_more_buttons(page, more, peek)), 0)
    here = page.spot
    options = choices(READER["page_length"], more.length)
    below = (buttons[-1].row or 0) + 1
    return [*buttons, select(SetPageLength(peek, here.chapter, here.offset), options, below)]


def _more_buttons(page: OpenPage, more: MorePanel, peek: bool) -> Iterator[ui.Button[ui.View]]:
    chapter, offset = page.spot.chapter, page.spot.offset
    if page.story.pages > 1:
        yield button(AskJump(peek, chapter, offset), say("page-jump"), 0)
    if page.story.chapters > 1:
        yield button(UnfoldPage("contents", peek, chapter, offset), say("page-contents"), 0)
    yield button(AskBookmark(chapter, offset), say("page-bookmark"), 0)
    yield button(AskSentences(chapter, offset), say("page-quote"), 0)
    if more.may_share:
        yield button(SharePage(chapter, offset), say("page-share"), 0)
        yield button(ReadTogether(chapter, offset), say("page-together"), 0)
    if page.previous is not None:  # on the first page it is in the row
        yield button(ShowCard(page.story.id), say("page-info"), 0)
    if page.notes_before:
        yield button(ShowNotes("before", chapter, offset, 0, turn=False), say("page-notes"), 0)
    if page.notes_after:
        label = say("page-notes-after") if page.notes_before else say("page-notes")
        yield button(ShowNotes("after", chapter, offset, 0, turn=False), label, 0)
    if more.has_vote:
        yield button(ShowVote(page.story.id), say("page-vote"), 0)
    if more.place is not None and more.place.is_behind and more.place.furthest != page.spot:
        furthest = more.place.furthest
        yield button(TurnPage("u", False, furthest.chapter, furthest.offset), say("page-furthest"), 0)
    if peek:
        go_on = TurnPage("g", False, chapter, offset)
        yield button(go_on, say("page-make-place"), 0, style=Style.primary)


def more_screen(page: OpenPage, more: MorePanel) -> Screen:
    """*More* of a public page, as a message of its own; what it opens is a private copy."""
    lines = [f"**{clip(page.story.title, EMBED_TITLE, escape)}**"]
    if page.story.chapters > 1:
        lines.append(f"-# {clip(short_name(page.chapter.name), 100, escape)}")
    lines.append(f"-# {say('page-footer-page', number=page.number, pages=page.chapter.pages)}")
    if more.place is not None:
        lines.append(f"-# {say('page-panel-visit')}")
    return notice("\n".join(lines), items=more_items(page, more, peek=True))


def chapter_select(page: OpenPage, picks: CustomId, contents: Sequence[ChapterSummary], *, peek: bool) -> Item:
    """The chapters of a story, around the open one or the one that was asked for; *picks* is the select's id."""
    options = [_option(chapter, page, peek) for chapter in contents]
    first, last = contents[0].position, contents[-1].position
    if first > 1:
        around = f"{AROUND}{max(1, first - CHAPTER_OPTIONS // 2 - 1)}"
        options.insert(0, option(say("chapters-before", chapter=short_name(contents[0].name)), around))
    if last < page.story.chapters:
        around = f"{AROUND}{last + CHAPTER_OPTIONS // 2 + 1}"
        options.append(option(say("chapters-after", chapter=short_name(contents[-1].name)), around))
    return select(picks, options, 0, say("chapters"))


def _option(chapter: ChapterSummary, page: OpenPage, peek: bool) -> discord.SelectOption:
    is_open = chapter.id == page.chapter.id
    is_read = chapter.is_read or (not peek and chapter.position < page.chapter.position)
    parts = [say("chapter-here")] if is_open else [say("chapter-read")] if is_read else []
    parts += [say("chapter-words", words=chapter.words), say("chapter-minutes", minutes=minutes(chapter.words))]
    return option(list_name(chapter.name), chapter.id, " · ".join(parts), default=is_open)


def jump_modal(jump: AskJump, page: OpenPage) -> ui.Modal:
    """The modal that asks which page to go to."""
    label = say("jump-page-of-chapter" if page.story.chapters > 1 else "jump-page", pages=page.chapter.pages)
    here = say("jump-here", number=page.number)
    field = text_field(
        "page", label, 20, fewest=1, hint=say("jump-or", chapters=page.story.chapters), placeholder=here, required=True
    )
    return modal(JumpModal(jump.peek, jump.chapter, jump.offset), say("jump-title"), [field])


def shared_page_screen(page: OpenPage, reader: str, *, may_spoil: bool) -> Screen:
    """One page that a reader shows to all: it does not turn, and hides its text where that may be a spoiler."""
    embed = discord.Embed(title=clip(page.story.title, EMBED_TITLE, escape), colour=ACCENT)
    if may_spoil:
        text = page_text(page.text, page.spans, EMBED_DESCRIPTION - 200)
        embed.description = f"-# {say('quote-may-spoil')}\n||{text}||"
    else:
        embed.description = page_text(page.text, page.spans)
    shared = say("page-footer-shared", reader=clip(reader, 40), page=page.number, pages=page.chapter.pages)
    parts = [clip(short_name(page.chapter.name), 60)] if page.story.chapters > 1 else []
    embed.set_footer(text=" · ".join([*parts, shared]))
    chapter, offset = page.spot.chapter, page.spot.offset
    items = [
        button(ReadFrom(chapter, offset), say("read-from-here"), 0, style=Style.primary),
        button(ShowCard(page.story.id), say("page-info"), 0),
        button(ShowPageReactions(chapter, offset), say("page-react"), 0),
    ]
    return Screen([embed], items, page.story, page=page.spot)
