"""A page of a story with its title, notes and buttons, and the screens before the first and after the last page.

The row of buttons that turn pages is the last of the message. A Discord client keeps the bottom of a channel in view,
so the row stays under the reader's thumb, and a second tap does not press a vote or a reaction. Less common actions
unfold above the row, and fold when the page is turned.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import discord
from discord import ui

from bot.domain.places import Place, Resumed, SharedReading
from bot.domain.questions import Question
from bot.domain.reactions import Emoji, Reaction
from bot.domain.settings import READER
from bot.domain.stories import NextStory
from bot.stories.facts import Facts
from bot.stories.lengths import minutes
from bot.stories.model import ChapterSummary, OpenPage, PageLength, StorySummary
from bot.stories.page_frames import AUTHOR_CHARS, FANDOM_CHARS, TITLE_CHARS, WARNING_CHARS
from bot.texts import say
from bot.ui.chapters import footer_name, heading_of, list_name, short_name
from bot.ui.components import Style, button, button_rows, modal, option, select, text_field
from bot.ui.custom_id import CustomId, MessageKind, Snowflake
from bot.ui.ids import (
    AnotherStory,
    AnswerWarnings,
    AskBookmark,
    AskJump,
    AskReview,
    AskSentences,
    AskTurner,
    JumpModal,
    PickChapter,
    PickNext,
    PickTurner,
    ReadFrom,
    ReadTogether,
    SetPageLength,
    SharePage,
    ShowCard,
    ShowNotes,
    ShowPageReactions,
    ShowVote,
    StoryListPage,
    TurnPage,
    Unfolded,
    UnfoldPage,
    WhatNext,
)
from bot.ui.limits import EMBED_DESCRIPTION, EMBED_TITLE, SELECT_OPTIONS, THREAD_NAME, clip, size
from bot.ui.markdown import escape, page_text
from bot.ui.notes import note_line
from bot.ui.questions import answer_buttons, question_lines, result_line
from bot.ui.reactions import OFFERED, emoji_buttons, tally_line
from bot.ui.screen import ACCENT, QUIET, Group, Item, Screen, notice
from bot.ui.settings import choices

CHAPTER_OPTIONS = SELECT_OPTIONS - 2
"""Maximum number of chapters in a select, besides an option for earlier and one for later chapters."""

AROUND = "~"
"""Prefix of option values such as ``~23``, which lists the chapters around number 23."""


@dataclass(frozen=True, slots=True)
class MorePanel:
    """Facts about the reader and the channel that decide the buttons of *More*."""

    length: PageLength
    """The reader's page length."""
    place: Place | None
    """The reader's place in the story; None before they begin it."""
    may_share: bool
    """Whether the page may be posted in this channel."""
    has_vote: bool


def more_groups(page: OpenPage, more: MorePanel, *, peek: bool) -> list[Group]:
    """Return the buttons of *More* in rows that fit a phone, then a select of the page length."""
    here = page.spot
    options = choices(READER["page_length"], more.length)
    length = select(SetPageLength(peek, here.chapter, here.offset), options)
    return [*button_rows([*_more_buttons(page, more, peek)]), [length]]


def _more_buttons(page: OpenPage, more: MorePanel, peek: bool) -> Iterator[ui.Button[ui.View]]:
    chapter, offset = page.spot.chapter, page.spot.offset
    if page.story.pages > 1:
        yield button(AskJump(peek, chapter, offset), say("page-jump"))
    if page.story.chapters > 1:
        yield button(UnfoldPage("contents", peek, chapter, offset), say("page-contents"))
    yield button(AskBookmark(chapter, offset), say("page-bookmark"))
    yield button(AskSentences(chapter, offset), say("page-quote"))
    if more.may_share:
        yield button(SharePage(chapter, offset), say("page-share"))
        yield button(ReadTogether(chapter, offset), say("page-together"))
    if page.previous is not None:  # on the first page, the row below has this button
        yield button(ShowCard(page.story.id), say("page-info"))
    if page.notes_before:
        yield button(ShowNotes("before", chapter, offset, 0, turn=False), say("page-notes"))
    if page.notes_after:
        label = say("page-notes-after") if page.notes_before else say("page-notes")
        yield button(ShowNotes("after", chapter, offset, 0, turn=False), label)
    if more.has_vote:
        yield button(ShowVote(page.story.id), say("page-vote"))
    if more.place is not None and more.place.is_behind and more.place.furthest != page.spot:
        furthest = more.place.furthest
        yield button(TurnPage("u", False, furthest.chapter, furthest.offset), say("page-furthest"))
    if peek:
        go_on = TurnPage("g", False, chapter, offset)
        yield button(go_on, say("page-make-place"), style=Style.primary)


def more_screen(page: OpenPage, more: MorePanel) -> Screen:
    """Return *More* of a public page as a separate message. Its buttons open private pages."""
    lines = [f"**{clip(page.story.title, EMBED_TITLE, escape)}**"]
    if page.story.chapters > 1:
        lines.append(f"-# {clip(short_name(page.chapter.name), 100, escape)}")
    lines.append(f"-# {say('page-footer-page', number=page.number, pages=page.chapter.pages)}")
    if more.place is not None:
        lines.append(f"-# {say('page-panel-visit')}")
    return notice("\n".join(lines), groups=more_groups(page, more, peek=True))


def chapter_select(page: OpenPage, picks: CustomId, contents: Sequence[ChapterSummary], *, peek: bool) -> Item:
    """Return a select of *contents*, with options for earlier and later chapters; *picks* is its custom id."""
    options = [_option(chapter, page, peek) for chapter in contents]
    first, last = contents[0].position, contents[-1].position
    if first > 1:
        around = f"{AROUND}{max(1, first - CHAPTER_OPTIONS // 2 - 1)}"
        options.insert(0, option(say("chapters-before", chapter=short_name(contents[0].name)), around))
    if last < page.story.chapters:
        around = f"{AROUND}{last + CHAPTER_OPTIONS // 2 + 1}"
        options.append(option(say("chapters-after", chapter=short_name(contents[-1].name)), around))
    return select(picks, options, say("chapters"))


def _option(chapter: ChapterSummary, page: OpenPage, peek: bool) -> discord.SelectOption:
    is_open = chapter.id == page.chapter.id
    is_read = chapter.is_read or (not peek and chapter.position < page.chapter.position)
    parts = [say("chapter-here")] if is_open else [say("chapter-read")] if is_read else []
    parts += [say("chapter-words", words=chapter.words), say("chapter-minutes", minutes=minutes(chapter.words))]
    return option(list_name(chapter.name), chapter.id, " · ".join(parts), default=is_open)


def jump_modal(jump: AskJump, page: OpenPage) -> ui.Modal:
    """Return the modal for the place to jump to."""
    label = say("jump-page-of-chapter" if page.story.chapters > 1 else "jump-page", pages=page.chapter.pages)
    here = say("jump-here", number=page.number)
    field = text_field(
        "page", label, 20, fewest=1, hint=say("jump-or", chapters=page.story.chapters), placeholder=here, required=True
    )
    return modal(JumpModal(jump.peek, jump.chapter, jump.offset), say("jump-title"), [field])


def shared_page_screen(page: OpenPage, reader: str, *, may_spoil: bool) -> Screen:
    """Return a shared page, without buttons to turn it; with *may_spoil*, its text is in Discord's spoiler marks."""
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
        button(ReadFrom(chapter, offset), say("read-from-here"), style=Style.primary),
        button(ShowCard(page.story.id), say("page-info")),
        button(ShowPageReactions(chapter, offset), say("page-react")),
    ]
    return Screen([embed], [items], page.story, page=page.spot)


LAST_WORDS = 400
"""Maximum length of the last words that a returning reader sees, in characters."""


@dataclass(frozen=True, slots=True)
class PageEnd:
    """Contents below the last page of a story."""

    reactions: Sequence[Reaction]
    question: Question | None
    """Question about the story; None if there is none."""
    may_review: bool
    own: int | None = None
    """Number of the reader's answer; None without an answer, or if others see the page."""


@dataclass(frozen=True, slots=True)
class Unfolding:
    """A part unfolded below a page, and its contents."""

    part: Unfolded
    more: MorePanel | None = None
    contents: Sequence[ChapterSummary] = ()
    own: Collection[str] = ()
    """Keys of the reader's own reactions to the page."""


def page_screen(
    page: OpenPage,
    *,
    peek: bool,
    is_kept: bool = True,
    facts: Facts | None = None,
    end: PageEnd | None = None,
    came_of: Question | None = None,
    offered: Sequence[Emoji] = OFFERED,
    unfolding: Unfolding | None = None,
    resumed: Resumed | None = None,
    session: SharedReading | None = None,
) -> Screen:
    """Return a page with its buttons, *facts* above the first page of a story, and *end* below the last.

    *came_of* is the question whose result this chapter reports. A *peek* leaves the reader's place unchanged. *is_kept*
    is false if the place cannot be saved at the moment. *resumed* holds the words before the place of a returning
    reader, *session* the turner of a shared page.
    """
    said = result_line(came_of) if came_of is not None else ""
    embeds = [_page_embed(page, facts, said, peek=peek, is_kept=is_kept)]
    if end is not None and (below := _end_embed(page, end)) is not None:
        embeds.append(below)
    if resumed is not None and resumed.words is not None:
        words = clip(resumed.words, LAST_WORDS, escape)
        text = say("page-where-you-stopped", since=f"<t:{resumed.since}:R>", words=words)
        embeds.insert(0, discord.Embed(description=text, colour=QUIET))
    groups: list[Group] = []
    if session is not None:  # this button is not in *More*: nothing unfolds in a message for several readers
        groups.append([ask_turner_button()])
        embeds.append(turner_embed(session))
    if unfolding is not None:
        groups += _unfolded_groups(page, peek, unfolding, offered)
    elif end is not None:
        shown: MessageKind = "peek" if peek else "page"
        groups.append(emoji_buttons(page.story.id, shown, page.spot, offered))
        if end.question is not None:
            groups.append(answer_buttons(end.question, shown, page.spot, end.own))
    groups.append(_button_row(page, peek, unfolding, end))
    return Screen(embeds, groups, page.story, page=page.spot)


def _page_embed(page: OpenPage, facts: Facts | None, said: str, *, peek: bool, is_kept: bool) -> discord.Embed:
    """Return the embed of a page. The first page of a story has the story's title, that of a chapter the chapter's."""
    embed = discord.Embed(colour=ACCENT)
    heading = heading_of(page.chapter.name) if page.number == 1 else None
    above: list[str] = []
    if page.previous is None:
        embed.title = clip(page.story.title, TITLE_CHARS, escape)
        above += _fact_lines(page, facts or Facts())
    elif heading:
        embed.title = clip(heading, TITLE_CHARS, escape)
        heading = None
    if said:
        above.append(said)
    if page.notes_before:
        above.append(note_line(page.notes_before))
    parts = ["\n".join(above)] if above else []
    if heading:
        parts.append(f"**{clip(heading, TITLE_CHARS, escape)}**")
    below = note_line(page.notes_after) if page.notes_after and not page.is_last else None
    around = sum(size(part) + 2 for part in (*parts, below or ""))
    text = page_text(page.text, page.spans, EMBED_DESCRIPTION - around)
    embed.description = "\n\n".join([*parts, text, *([below] if below else [])])
    below_all = [footer(page, peek=peek), *([] if is_kept else [say("page-footer-unkept")])]
    return embed.set_footer(text=" · ".join(below_all))


def _fact_lines(page: OpenPage, facts: Facts) -> list[str]:
    """Return the subtext below a title: a line with the author, and one with rating, warnings, fandoms and minutes."""
    parts = [say("page-fact-rating", rating=facts.rating)] if facts.rating else []
    if facts.warnings:
        parts.append(say("fact-warnings", warnings=clip(", ".join(facts.warnings), WARNING_CHARS, escape)))
    if facts.fandoms:
        parts.append(clip(", ".join(facts.fandoms), FANDOM_CHARS, escape))
    if page.story.pages > 1:
        parts.append(say("page-fact-minutes", minutes=minutes(page.story.words)))
    author = [clip(say("by", author=page.story.author), AUTHOR_CHARS, escape)] if page.story.author else []
    return [f"-# {line}" for line in (*author, " · ".join(parts)) if line]


def footer(page: OpenPage, *, peek: bool = False) -> str:
    """Return the footer: chapter, page and remaining minutes, or a remark on a *peek* and on the last page."""
    parts: list[str] = []
    if page.story.chapters > 1:
        parts.append(footer_name(page.chapter.name, page.story))
    parts.append(say("page-footer-page", number=page.number, pages=page.chapter.pages))
    if peek:
        parts.append(say("page-footer-visit"))
    elif page.is_last:
        parts.append(say("page-footer-end"))
    else:
        parts.append(say("page-footer-left", minutes=minutes(page.words_left)))
    return " · ".join(parts)


def _end_embed(page: OpenPage, end: PageEnd) -> discord.Embed | None:
    lines = [note_line(page.notes_after)] if page.notes_after else []
    if end.reactions:
        lines.append(tally_line(end.reactions, 200))
    if end.question is not None:
        lines.append(question_lines(end.question, end.own))
    return discord.Embed(description="\n".join(lines), colour=QUIET) if lines else None


def _button_row(page: OpenPage, peek: bool, unfolding: Unfolding | None, end: PageEnd | None) -> Group:
    """Return the row of buttons. *Next* is in the same place on every page, so readers need not move their thumb."""
    here, part = page.spot, unfolding.part if unfolding is not None else None
    if page.previous is None:
        back = button(ShowCard(page.story.id), say("page-info"))
    else:
        back = button(TurnPage("p", peek, page.previous.chapter, page.previous.offset), say("page-back"))
    if page.following is None:
        on = WhatNext(peek, here.chapter, here.offset)
    else:  # turning on from a peek moves the reader's place
        on = TurnPage("n", False, page.following.chapter, page.following.offset)
    items: list[Item] = [back, button(on, say("page-next"), style=Style.primary)]
    if end is not None and end.may_review:
        items.append(button(AskReview("new", page.story.id, 0), say("review-button")))
    elif end is None:
        opens = UnfoldPage("fold" if part == "react" else "react", peek, here.chapter, here.offset)
        items.append(button(opens, say("page-react")))
    opens = UnfoldPage("fold" if part in ("more", "contents") else "more", peek, here.chapter, here.offset)
    items.append(button(opens, say("page-more")))
    return items


def _unfolded_groups(page: OpenPage, peek: bool, unfolding: Unfolding, offered: Sequence[Emoji]) -> list[Group]:
    match unfolding.part:
        case "react":
            shown: MessageKind = "peek-react" if peek else "page-react"
            return [emoji_buttons(page.story.id, shown, page.spot, offered, unfolding.own)]
        case "contents":
            picks = PickChapter(peek, page.spot.chapter, page.spot.offset)
            return [[chapter_select(page, picks, unfolding.contents, peek=peek)]]
        case "more":
            return more_groups(page, unfolding.more, peek=peek) if unfolding.more is not None else []


def thread_name(story: StorySummary) -> str:
    return clip(story.title, THREAD_NAME)


def opened_screen(story: StorySummary, reader: int) -> Screen:
    """Return the message in the channel that announces a thread for shared reading."""
    return notice(say("together-opened", reader=f"<@{reader}>", title=clip(story.title, 200, escape)), groups=[])


def turner_embed(session: SharedReading) -> discord.Embed:
    """Return an embed with the name of the reader who turns the pages of a shared reading."""
    return discord.Embed(description=say("together-turns", reader=f"<@{session.turner}>"), colour=QUIET)


def ask_turner_button() -> ui.Button[ui.View]:
    return button(AskTurner(), say("together-hand-over"))


def pick_turner_screen(session: SharedReading) -> Screen:
    """Return a user select to pick the next reader who turns the pages."""
    custom_id = str(PickTurner(Snowflake(session.message)))
    picker = ui.UserSelect[ui.View](custom_id=custom_id, placeholder=say("together-choose"))
    return notice(None, say("together-who"), [[picker]])


def turner_changed_screen(to: int) -> Screen:
    return notice(say("together-handed", reader=f"<@{to}>"), groups=[])


def next_screen(
    page: OpenPage, found: Sequence[NextStory], *, peek: bool, finished: bool = False, read_all: bool = False
) -> Screen:
    """Return suggestions of the next story, in place of a story's last *page*; *Back* returns there.

    *finished* adds that the reader has finished the story. If nothing was *found*, *read_all* tells whether they have
    read every story.
    """
    whys = [say(f"next-why-{each.why}") for each in found]
    lines = [
        f"-# {say('next-line', why=why, minutes=minutes(each.story.words))}\n**{clip(each.story.title, 100, escape)}**"
        for each, why in zip(found, whys, strict=True)
    ]
    if not found:
        lines = [say("next-none-read" if read_all else "next-none-left")]
    if finished:
        lines.insert(0, say("next-finished", title=clip(page.story.title, 100, escape)))
    embed = discord.Embed(title=say("next-title"), description="\n\n".join(lines), colour=ACCENT)
    options = [option(each.story.title, each.story.id, why) for each, why in zip(found, whys, strict=True)]
    picking = [select(PickNext(), options, say("next-pick"))] if found else []
    items = [button(TurnPage("p", peek, page.spot.chapter, page.spot.offset), say("page-back"))]
    if found:
        items.append(button(AnotherStory(0), say("list-surprise")))
    items.append(button(StoryListPage("show", 0, 0), say("next-library")))
    return Screen([embed], [picking, items])


def warned_screen(story: StorySummary, warnings: Sequence[str]) -> Screen:
    """Return the question whether to open a story in spite of its content *warnings*."""
    text = say("warned-text", title=clip(story.title, 200, escape), warnings=clip(", ".join(warnings), 500, escape))
    items = [
        button(AnswerWarnings(story.id, "show"), say("warned-show"), style=Style.primary),
        button(AnswerWarnings(story.id, "leave"), say("warned-leave")),
    ]
    return notice(text, say("warned-title"), [items])


def left_screen() -> Screen:
    return notice(say("warned-left"), groups=[])
