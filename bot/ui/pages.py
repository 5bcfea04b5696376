"""A page of a story: its text with what stands around it, and one row of buttons, made for the screen of a phone.

That row is the last of the message. A client keeps the bottom of a channel in view, so the row stays under the thumb
that turns pages, and no second tap of it votes or reacts. What is rarer unfolds above the row in the same message, and
folds again with the next turn: `bot.ui.page_panels`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import discord

from bot.domain.places import Resumed
from bot.domain.questions import Question
from bot.domain.reactions import Emoji, Reaction
from bot.domain.shared_reading import SharedReading
from bot.stories.facts import Facts
from bot.stories.lengths import minutes
from bot.stories.model import ChapterSummary, OpenPage
from bot.stories.page_frames import AUTHOR_CHARS, FANDOM_CHARS, TITLE_CHARS, WARNING_CHARS
from bot.texts import say
from bot.ui.chapters import heading_of, whereabouts
from bot.ui.components import Style, button
from bot.ui.custom_id import MessageKind
from bot.ui.ids.pages import PickChapter, ShowCard, TurnPage, Unfolded, UnfoldPage, WhatNext
from bot.ui.ids.reviews import AskReview
from bot.ui.limits import EMBED_DESCRIPTION, clip, size
from bot.ui.markdown import escape, page_text
from bot.ui.notes import beside
from bot.ui.page_panels import MorePanel, chapter_select, more_items
from bot.ui.questions import answer_buttons, question_lines, result_line
from bot.ui.reactions import OFFERED, emoji_buttons, tally_line
from bot.ui.screen import ACCENT, QUIET, Item, Screen
from bot.ui.shared_reading import ask_turner_button, turner_embed

LAST_WORDS = 400
"""Characters of the last words that a returning reader sees."""

_LAST_ROW = 4
"""Of a message, counted from 0. Rows above it that are empty are not drawn."""


@dataclass(frozen=True, slots=True)
class PageEnd:
    """What stands under the last page of a story."""

    reactions: Sequence[Reaction]
    question: Question | None
    """None where nothing is asked."""
    may_review: bool
    own: int | None = None
    """What the reader answered, where nobody else sees the page."""


@dataclass(frozen=True, slots=True)
class Unfolding:
    """What is unfolded under a page, and what it needs."""

    part: Unfolded
    more: MorePanel | None = None
    contents: Sequence[ChapterSummary] = ()
    own: Collection[str] = ()
    """The keys of the reader's own reactions to the page."""


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
    """The page with its buttons: *facts* stand above the first page of a story, its *end* under the last.

    The first page of a chapter that *came_of* a question says what readers answered. A *peek* is a visit: it leaves
    the reader's place alone; it *is_kept* unless nothing can be stored just now. A reader who *resumed* sees where they
    stopped. The readers of a *session* see who turns the pages.
    """
    said = result_line(came_of) if came_of is not None else ""
    embeds = [_page_embed(page, facts, said, peek=peek, is_kept=is_kept)]
    if end is not None and (below := _end_embed(page, end)) is not None:
        embeds.append(below)
    if resumed is not None and resumed.words is not None:
        words = clip(resumed.words, LAST_WORDS, escape)
        text = say("page-where-you-stopped", since=f"<t:{resumed.since}:R>", words=words)
        embeds.insert(0, discord.Embed(description=text, colour=QUIET))
    items: list[Item] = []
    if session is not None:  # all see it, so nothing unfolds there
        items.append(ask_turner_button(0))
        embeds.append(turner_embed(session))
    if unfolding is not None:
        items += _unfolded(page, peek, unfolding, offered)
    elif end is not None:
        shown: MessageKind = "peek" if peek else "page"
        items += emoji_buttons(page.story.id, shown, page.spot, 1, offered)
        if end.question is not None:
            items += answer_buttons(end.question, shown, page.spot, 2, end.own)
    return Screen(embeds, items + _row(page, peek, unfolding, end), page.story, page=page.spot)


def _page_embed(page: OpenPage, facts: Facts | None, said: str, *, peek: bool, is_kept: bool) -> discord.Embed:
    """The text, under the story's title on its first page and a chapter's title on that chapter's first."""
    embed = discord.Embed(colour=ACCENT)
    heading = heading_of(page.chapter.name) if page.number == 1 else None
    above: list[str] = []
    if page.previous is None:
        embed.title = clip(page.story.title, TITLE_CHARS, escape)
        above += _facts(page, facts or Facts())
    elif heading:
        embed.title = clip(heading, TITLE_CHARS, escape)
        heading = None
    if said:
        above.append(said)
    if page.notes_before:
        above.append(beside(page.notes_before))
    parts = ["\n".join(above)] if above else []
    if heading:
        parts.append(f"**{clip(heading, TITLE_CHARS, escape)}**")
    below = beside(page.notes_after) if page.notes_after and not page.is_last else None
    around = sum(size(part) + 2 for part in (*parts, below or ""))
    text = page_text(page.text, page.spans, EMBED_DESCRIPTION - around)
    embed.description = "\n\n".join([*parts, text, *([below] if below else [])])
    below_all = [footer(page, peek=peek), *([] if is_kept else [say("page-footer-unkept")])]
    return embed.set_footer(text=" · ".join(below_all))


def _facts(page: OpenPage, facts: Facts) -> list[str]:
    """The quiet lines under a title: the author, and in one line for whom the story is, its warnings and its length."""
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
    """The chapter, the page, and how many minutes are left; or that the reader visits it only."""
    parts: list[str] = []
    if page.story.chapters > 1:
        parts.append(whereabouts(page.chapter.name, page.story))
    parts.append(say("page-footer-page", number=page.number, pages=page.chapter.pages))
    if peek:
        parts.append(say("page-footer-visit"))
    elif page.is_last:
        parts.append(say("page-footer-end"))
    else:
        parts.append(say("page-footer-left", minutes=minutes(page.words_left)))
    return " · ".join(parts)


def _end_embed(page: OpenPage, end: PageEnd) -> discord.Embed | None:
    lines = [beside(page.notes_after)] if page.notes_after else []
    if end.reactions:
        lines.append(tally_line(end.reactions, 200))
    if end.question is not None:
        lines.append(question_lines(end.question, end.own))
    return discord.Embed(description="\n".join(lines), colour=QUIET) if lines else None


def _row(page: OpenPage, peek: bool, unfolding: Unfolding | None, end: PageEnd | None) -> list[Item]:
    """The one row of a page. *Next* stays in its place on every page, for a thumb that rests there."""
    here, part = page.spot, unfolding.part if unfolding is not None else None
    if page.previous is None:
        back = button(ShowCard(page.story.id), say("page-info"), _LAST_ROW)
    else:
        back = button(TurnPage("p", peek, page.previous.chapter, page.previous.offset), say("page-back"), _LAST_ROW)
    if page.following is None:
        on = WhatNext(peek, here.chapter, here.offset)
    else:  # whoever turns on from a visit reads on from there
        on = TurnPage("n", False, page.following.chapter, page.following.offset)
    items: list[Item] = [back, button(on, say("page-next"), _LAST_ROW, style=Style.primary)]
    if end is not None and end.may_review:
        items.append(button(AskReview("new", page.story.id, 0), say("review-button"), _LAST_ROW))
    elif end is None:
        opens = UnfoldPage("fold" if part == "react" else "react", peek, here.chapter, here.offset)
        items.append(button(opens, say("page-react"), _LAST_ROW))
    opens = UnfoldPage("fold" if part in ("more", "contents") else "more", peek, here.chapter, here.offset)
    items.append(button(opens, say("page-more"), _LAST_ROW))
    return items


def _unfolded(page: OpenPage, peek: bool, unfolding: Unfolding, offered: Sequence[Emoji]) -> list[Item]:
    match unfolding.part:
        case "react":
            shown: MessageKind = "peek-react" if peek else "page-react"
            return emoji_buttons(page.story.id, shown, page.spot, 0, offered, unfolding.own)
        case "contents":
            picks = PickChapter(peek, page.spot.chapter, page.spot.offset)
            return [chapter_select(page, picks, unfolding.contents, peek=peek)]
        case "more":
            return more_items(page, unfolding.more, peek=peek) if unfolding.more is not None else []
