"""A page of a story with its title, notes and buttons, and the screens before the first and after the last page.

The row of buttons that turn pages is the last of the message. A Discord client keeps the bottom of a channel in view,
so the row stays under the reader's thumb, and a second tap does not press a vote or a reaction. Less common actions
unfold above the row, and fold when the page is turned.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import discord
from discord import ui

from bot.domain.places import Resumed, SharedReading
from bot.domain.questions import Question
from bot.domain.reactions import Emoji, Reaction
from bot.domain.settings import READER
from bot.domain.stories import NextStory
from bot.stories.facts import Facts
from bot.stories.lengths import minutes
from bot.stories.model import ChapterSummary, OpenPage, PageLength, Spot, StorySummary
from bot.stories.page_frames import AUTHOR_CHARS, FANDOM_CHARS, TITLE_CHARS, WARNING_CHARS
from bot.texts import say
from bot.ui.chapters import chapter_option, footer_name, heading_of, short_name
from bot.ui.components import Style, button, button_rows, modal, option, select, select_field, text_field
from bot.ui.custom_id import MessageKind, Snowflake
from bot.ui.ids import (
    AnotherStory,
    AnswerWarnings,
    AskBookmark,
    AskJump,
    AskReview,
    AskSentences,
    AskTurner,
    JumpModal,
    PickNext,
    PickTurner,
    ReadFrom,
    ReadTogether,
    SetPageLength,
    SharePage,
    ShowCard,
    ShowFollow,
    ShowNotes,
    ShowPageReactions,
    ShowReadingLists,
    StoryListPage,
    TurnPage,
    Unfolded,
    UnfoldPage,
    WhatNext,
)
from bot.ui.limits import BUTTON_ROWS, EMBED_DESCRIPTION, EMBED_TITLE, THREAD_NAME, clip, size
from bot.ui.markdown import escape, page_text
from bot.ui.notes import note_line
from bot.ui.questions import answer_buttons, question_lines, result_line
from bot.ui.reactions import OFFERED, emoji_buttons, tally_line
from bot.ui.screen import ACCENT, QUIET, Group, Item, Screen, even_rows, notice
from bot.ui.settings import choices
from bot.ui.stories import Card, card_embed, download_buttons, said_buttons


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit: a page that is not the reader's place."""

    place: Spot | None
    """The reader's place in the story; None before they begin it."""
    page: int | None
    """Number of the page of their place, if it is in the same chapter."""


@dataclass(frozen=True, slots=True)
class Info:
    """What a story is about, and what may be done with the open page."""

    card: Card
    may_share: bool
    """Whether the page may be posted in this channel."""


def _more_row(page: OpenPage, peek: bool) -> Group:
    """Return the buttons of *More*."""
    chapter, offset = page.spot.chapter, page.spot.offset
    jump = [button(AskJump(peek, chapter, offset), say("page-jump"))] if page.story.pages > 1 else []
    items = [
        *jump,
        button(AskBookmark(chapter, offset), say("page-bookmark")),
        button(AskSentences(chapter, offset), say("page-quote")),
    ]
    if page.previous is not None:  # on the first page, the row below has this button
        items.append(button(UnfoldPage("info", peek, chapter, offset), say("page-info")))
    return items


def _visit_row(page: OpenPage, visit: Visit) -> Group:
    """Return the buttons that end a visit."""
    stay = TurnPage("g", False, page.spot.chapter, page.spot.offset)
    items = [button(stay, say("page-read-here"))]
    if visit.place is not None:
        back = TurnPage("u", False, visit.place.chapter, visit.place.offset)
        label = say("page-back-to-place") if visit.page is None else say("page-back-to", number=visit.page)
        items.append(button(back, label))
    return items


def _info_rows(page: OpenPage, info: Info) -> list[Group]:
    """Return the buttons of *Info* in rows that fit a phone."""
    entry, chapter, offset = page.story, page.spot.chapter, page.spot.offset
    items = said_buttons(info.card)
    if info.may_share:
        items.append(button(SharePage(chapter, offset), say("page-share")))
        items.append(button(ReadTogether(chapter, offset), say("page-together")))
    if page.notes_before:
        items.append(button(ShowNotes("before", chapter, offset, 0, turn=False), say("page-notes")))
    if page.notes_after:
        label = say("page-notes-after") if page.notes_before else say("page-notes")
        items.append(button(ShowNotes("after", chapter, offset, 0, turn=False), label))
    items.append(button(ShowReadingLists(entry.id), say("card-lists")))
    items.append(button(ShowFollow(entry.id), say("card-follow")))
    return button_rows([*items, *download_buttons(entry)])


def more_screen(page: OpenPage) -> Screen:
    """Return *More* of a public page as a separate message. Its buttons open private pages."""
    lines = [f"**{clip(page.story.title, EMBED_TITLE, escape)}**"]
    if page.story.chapters > 1:
        lines.append(f"-# {clip(short_name(page.chapter.name), 100, escape)}")
    lines.append(f"-# {say('page-footer-page', number=page.number, pages=page.chapter.pages)}")
    return notice("\n".join(lines), groups=[_more_row(page, peek=True)])


def jump_modal(jump: AskJump, page: OpenPage, contents: Sequence[ChapterSummary]) -> ui.Modal:
    """Return the form for the place to go to: one that is typed, or one of the chapters around this one."""
    label = say("jump-page-of-chapter" if page.story.chapters > 1 else "jump-page", pages=page.chapter.pages)
    here = say("jump-here", number=page.number)
    fields = [text_field("page", label, 20, hint=say("jump-or", chapters=page.story.chapters), placeholder=here)]
    if page.story.chapters > 1:
        options = [chapter_option(chapter, page, peek=jump.peek) for chapter in contents]
        fields.append(select_field("chapter", say("jump-chapter"), options, placeholder=say("jump-pick")))
    return modal(JumpModal(jump.peek, jump.chapter, jump.offset), say("jump-title"), fields)


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
        button(ReadFrom(chapter, offset), say("page-read-here"), style=Style.primary),
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
    given: Collection[str] = ()
    """Keys of the reader's own reactions; none if others see the page."""


@dataclass(frozen=True, slots=True)
class Unfolding:
    """A part that is unfolded, and its contents."""

    part: Unfolded
    info: Info | None = None
    own: Collection[str] = ()
    """Keys of the reader's own reactions to the page."""


def page_screen(
    page: OpenPage,
    *,
    peek: bool,
    visit: Visit | None = None,
    is_kept: bool = True,
    facts: Facts | None = None,
    end: PageEnd | None = None,
    came_of: Question | None = None,
    offered: Sequence[Emoji] = OFFERED,
    unfolding: Unfolding | None = None,
    resumed: Resumed | None = None,
    session: SharedReading | None = None,
    length: PageLength | None = None,
    starts_over: bool = False,
) -> Screen:
    """Return a page with its buttons, *facts* above the first page of a story, and *end* below the last.

    *came_of* is the question whose result this chapter reports. A *peek* leaves the reader's place unchanged; *visit*
    tells a reader who sees it alone where their place is. *is_kept* is false if the place cannot be saved at the
    moment. *resumed* holds the words before the place of a returning reader, *session* the turner of a shared page.
    *length* is the page length to ask about, *starts_over* offers the first page beside the end.
    """
    if unfolding is not None and unfolding.info is not None:
        return _info_screen(page, peek, unfolding.info, end)
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
    if length is not None:
        here = SetPageLength(peek, page.spot.chapter, page.spot.offset)
        groups.append([select(here, choices(READER["page_length"], length))])
    if starts_over:
        groups.append([button(TurnPage("g", False, page.first.chapter, page.first.offset), say("page-start-over"))])
    part = unfolding.part if unfolding is not None else None
    if part == "more":
        groups.append(_more_row(page, peek))
    if peek and visit is not None:
        groups.append(_visit_row(page, visit))
    if part == "react" and unfolding is not None:
        shown: MessageKind = "peek-react" if peek else "page-react"
        groups.append(emoji_buttons(page.story.id, shown, page.spot, offered, unfolding.own))
    row = _button_row(page, peek, part, end)
    below = _end_groups(page, peek, offered, end) if end is not None else []
    if part is not None and len(even_rows([*groups, *below, row])) > BUTTON_ROWS:  # what is unfolded takes their place
        below = []
    return Screen(embeds, [*groups, *below, row], page.story, page=page.spot)


def _end_groups(page: OpenPage, peek: bool, offered: Sequence[Emoji], end: PageEnd) -> list[Group]:
    """Return the reactions and the answers below the last page."""
    shown: MessageKind = "peek" if peek else "page"
    emoji = emoji_buttons(page.story.id, shown, page.spot, offered, end.given)
    return [emoji, *([answer_buttons(end.question, shown, page.spot, end.own)] if end.question is not None else [])]


def _info_screen(page: OpenPage, peek: bool, info: Info, end: PageEnd | None) -> Screen:
    """Return what the story of a page is about, in place of the page; *Back* returns there."""
    embed = card_embed(info.card).set_footer(text=footer(page, peek=peek))
    groups = [*_info_rows(page, info), _button_row(page, peek, "info", end)]
    return Screen([embed], groups, page.story, page=page.spot)


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
    """Return the footer: chapter, page and remaining minutes, or that it is a visit (*peek*) or the last page."""
    parts: list[str] = []
    if page.story.chapters > 1:
        parts.append(footer_name(page.chapter.name, page.story))
    parts.append(
        say("page-footer-visiting" if peek else "page-footer-page", number=page.number, pages=page.chapter.pages)
    )
    if peek:
        return " · ".join(parts)
    if page.is_last:
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


def _button_row(page: OpenPage, peek: bool, part: Unfolded | None, end: PageEnd | None) -> Group:
    """Return the row of buttons. *Next* is in the same place on every page, so readers need not move their thumb."""
    chapter, offset = page.spot.chapter, page.spot.offset

    def unfolds(name: Unfolded) -> UnfoldPage:
        return UnfoldPage("fold" if part == name else name, peek, chapter, offset)

    if part == "info":
        back = button(unfolds("info"), say("page-back"))
    elif page.previous is None:
        back = button(unfolds("info"), say("page-info"))
    else:
        back = button(TurnPage("p", peek, page.previous.chapter, page.previous.offset), say("page-back"))
    if page.following is None:
        on = WhatNext(peek, chapter, offset)
    else:  # turning on from a peek moves the reader's place
        on = TurnPage("n", False, page.following.chapter, page.following.offset)
    items: list[Item] = [back, button(on, say("page-next"), style=Style.primary)]
    if end is not None and end.may_review:
        items.append(button(AskReview("new", page.story.id, 0), say("review-button")))
    elif end is None:
        items.append(button(unfolds("react"), say("page-react")))
    items.append(button(unfolds("more"), say("page-more")))
    return items


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
