"""A page of a story: its text, notes and buttons, made for the screen of a phone."""

from collections.abc import Sequence

import discord
from discord import ui

from bot.domain.places import Resumed
from bot.domain.reactions import Emoji, Reaction
from bot.domain.shared_reading import SharedReading
from bot.domain.votes import VoteStatus
from bot.stories.lengths import minutes
from bot.stories.model import ChapterSummary, OpenPage
from bot.texts import say
from bot.ui.chapters import heading_of, list_name, short_name, whereabouts
from bot.ui.components import Style, button, modal, option, select, text_field
from bot.ui.ids.bookmarks import AskBookmark
from bot.ui.ids.pages import AskJump, JumpModal, PickChapter, ShowCard, TurnPage
from bot.ui.ids.quotes import AskSentences
from bot.ui.ids.reactions import ShowPageReactions
from bot.ui.ids.reviews import AskReview
from bot.ui.limits import EMBED_AUTHOR, EMBED_TITLE, EMBEDS_TOTAL, SELECT_OPTIONS, clip, embed_size, size
from bot.ui.markdown import escape, page_text
from bot.ui.notes import BESIDE, is_long, note_button, note_embed
from bot.ui.reactions import OFFERED, reaction_buttons, tally_line, unoffered
from bot.ui.screen import ACCENT, QUIET, Item, Screen
from bot.ui.shared_reading import ask_turner_button, turner_embed
from bot.ui.votes import vote_buttons, vote_text

CHAPTER_OPTIONS = SELECT_OPTIONS - 2
"""Chapters in the select; its first and its last option may show others."""

AROUND = "~"
"""Before a number, the value of an option that shows the chapters around it."""

ANSWER_LINE = 200
"""Characters of the line with an answer to the vote, escaped: a page has less room for it than a card."""

LAST_WORDS = 400
LAST_TIME = LAST_WORDS + 60
"""Characters of the last words that a returning reader sees, without their heading and with it."""


def page_screen(
    page: OpenPage,
    *,
    peek: bool,
    contents: Sequence[ChapterSummary],
    vote: VoteStatus | None,
    reactions: Sequence[Reaction],
    may_review: bool = False,
    offered: Sequence[Emoji] = OFFERED,
    resumed: Resumed | None = None,
    session: SharedReading | None = None,
) -> Screen:
    """The page with its notes and buttons; *vote* and *reactions* show under a story's last page.

    A *peek* leaves the reader's place alone until they press *Go on from here*. A reader who *resumed* sees where they
    stopped. The readers of a *session* see who turns the pages.
    """
    asking = [_vote_embed(vote, unoffered(reactions, offered))] if page.is_last and vote is not None else []
    items = _navigation(page, peek) + _chapter_select(page, peek, contents)
    if resumed is not None and resumed.furthest is not None:
        spot = resumed.furthest
        items.append(button(TurnPage("u", False, spot.chapter, spot.offset), say("page-furthest"), _rare_row(page)))
    shown = "peek" if peek else "page"
    if page.is_last and vote is not None:
        items += vote_buttons(page.story.id, shown, page.spot, 3, is_closed=vote.is_closed)
    if page.is_last and may_review:
        items.append(button(AskReview("new", page.story.id, 0), say("review-button"), 1))
    if page.is_last:
        items += reaction_buttons(page.story.id, reactions, shown, page.spot, 4, offered)
    if session is not None:
        items.append(ask_turner_button(_rare_row(page)))
        asking = [*asking, turner_embed(session)]
    embeds = _with_notes(page, _page_embed(page), asking)
    if resumed is not None and resumed.words is not None:
        words = clip(resumed.words, LAST_WORDS, escape)
        text = say("page-where-you-stopped", since=f"<t:{resumed.since}:R>", words=words)
        embeds.insert(0, discord.Embed(description=text, colour=QUIET))
    return Screen(embeds, items, page.story, page=page.spot)


def _page_embed(page: OpenPage) -> discord.Embed:
    """The text, under the story's title on its first page and a chapter's title on that chapter's first."""
    story, chapter = page.story, page.chapter
    embed = discord.Embed(description=page_text(page.text, page.spans), colour=ACCENT)
    heading = heading_of(chapter.name)
    if page.previous is None and not heading:
        embed.title = clip(story.title, EMBED_TITLE, escape)
        if story.author:
            embed.set_author(name=clip(say("by", author=story.author), EMBED_AUTHOR))
        return embed.set_footer(text=footer(page))
    if page.number == 1 and heading:
        embed.title = clip(heading, EMBED_TITLE, escape)
    by = f" · {clip(story.author, 80)}" if story.author else ""
    embed.set_author(name=clip(story.title, EMBED_AUTHOR - size(by)) + by)
    return embed.set_footer(text=footer(page))


def footer(page: OpenPage) -> str:
    """The chapter, the page, how far into the story it is, and how many minutes are left."""
    parts: list[str] = []
    if page.story.chapters > 1:
        parts.append(whereabouts(page.chapter.name, page.story))
    parts.append(say("page-footer-page", number=page.number, pages=page.chapter.pages))
    if page.is_last:
        parts.append(say("page-footer-end"))
    else:
        parts.append(say("page-footer-percent", percent=page.percent))
        parts.append(say("page-footer-left", minutes=minutes(page.words_left)))
    return " · ".join(parts)


def _vote_embed(vote: VoteStatus, others: Sequence[Reaction]) -> discord.Embed:
    embed = discord.Embed(description=f"**{say('vote-question')}**\n{vote_text(vote, ANSWER_LINE)}", colour=ACCENT)
    if others:
        embed.add_field(name=say("page-also-given"), value=tally_line(others, 300), inline=False)
    return embed


def _with_notes(page: OpenPage, embed: discord.Embed, asking: list[discord.Embed]) -> list[discord.Embed]:
    """The page between its notes, and the vote last; notes are clipped to what Discord allows a message."""
    sides = [notes for notes in (page.notes_before, page.notes_after) if notes]
    room = (EMBEDS_TOTAL - LAST_TIME - embed_size([embed, *asking])) // max(1, len(sides)) - 40
    limit = min(BESIDE, room)
    before, after = ([note_embed(notes, limit)] if notes else [] for notes in (page.notes_before, page.notes_after))
    return [*before, embed, *after, *asking]


def _navigation(page: OpenPage, peek: bool) -> list[Item]:
    items: list[Item] = []
    here = page.spot
    if page.story.pages > 1:
        back, on = page.previous or page.first, page.following or page.last
        at_start, at_end = page.previous is None, page.following is None
        items += [
            button(TurnPage("f", peek, page.first.chapter, page.first.offset), say("page-first"), 0, disabled=at_start),
            button(TurnPage("p", peek, back.chapter, back.offset), say("page-previous"), 0, disabled=at_start),
            button(
                TurnPage("n", peek, on.chapter, on.offset), say("page-next"), 0, style=Style.primary, disabled=at_end
            ),
            button(TurnPage("l", peek, page.last.chapter, page.last.offset), say("page-last"), 0, disabled=at_end),
            button(AskJump(peek, here.chapter, here.offset), say("page-jump"), 1, disabled=page.story.pages == 1),
        ]
    items.append(button(ShowCard(page.story.id), say("page-about"), 1))
    items.append(button(AskBookmark(here.chapter, here.offset), say("page-bookmark"), 1))
    items.append(button(AskSentences(here.chapter, here.offset), say("page-quote"), 1))
    if not page.is_last:  # there the reactions themselves are
        items.append(button(ShowPageReactions(here.chapter, here.offset), say("page-react"), 1))
    if is_long(page.notes_before):
        items.append(note_button("before", here, 3))
    if is_long(page.notes_after):
        items.append(note_button("after", here, 3))
    if peek:
        go_on = TurnPage("g", False, here.chapter, here.offset)
        items.append(button(go_on, say("page-go-on"), _rare_row(page), style=Style.success))
    return items


def _rare_row(page: OpenPage) -> int:
    """The row of buttons that few pages have; on a last page the vote and the notes take the fourth."""
    return 0 if page.is_last else 3


def _chapter_select(page: OpenPage, peek: bool, contents: Sequence[ChapterSummary]) -> list[Item]:
    if page.story.chapters < 2 or not contents:
        return []
    options = [_option(chapter, page, peek) for chapter in contents]
    first, last = contents[0].position, contents[-1].position
    if first > 1:
        around = f"{AROUND}{max(1, first - CHAPTER_OPTIONS // 2 - 1)}"
        options.insert(0, option(say("chapters-before", chapter=short_name(contents[0].name)), around))
    if last < page.story.chapters:
        around = f"{AROUND}{last + CHAPTER_OPTIONS // 2 + 1}"
        options.append(option(say("chapters-after", chapter=short_name(contents[-1].name)), around))
    return [select(PickChapter(peek, page.spot.chapter, page.spot.offset), options, 2, say("chapters"))]


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
    field = text_field("page", label, 20, fewest=1, hint=say("jump-or"), placeholder=here, required=True)
    return modal(JumpModal(jump.peek, jump.chapter, jump.offset), say("jump-title"), [field])
