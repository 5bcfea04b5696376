"""The library as a list with pages."""

from collections.abc import Sequence
from functools import lru_cache

import discord

from bot.domain.filters import SORTS, StoryFilter, StoryPage
from bot.domain.paging import count_pages
from bot.stories.model import StoryBlurb, StorySummary
from bot.texts import current_language, say
from bot.ui.components import Style, button, option, page_buttons, select
from bot.ui.filters import filter_words, looser_words, sort_words
from bot.ui.ids.leaderboard import ShowTop
from bot.ui.ids.story_lists import PickStory, ShowFilters, SortStoryList, StoryListPage, SurpriseMe
from bot.ui.limits import CHOICE_NAME, clip, size
from bot.ui.markdown import escape
from bot.ui.quotes import quotation
from bot.ui.screen import ACCENT, Item, Screen
from bot.ui.story_facts import fandoms_text, language_text, length_text, quiet, rating_text

STORIES_A_PAGE = 5
"""Stories on a page: six do not fit a phone's screen."""

WORDS_CHARS = 62
"""Characters of a summary or an opening: two lines of a phone."""


def library_screen(
    found: StoryPage,
    filters: StoryFilter,
    query_id: int,
    *,
    reads: str,
    more: bool = False,
) -> Screen:
    """A page of the library.

    *Spoken* is the reader's language, such as ``en-US``. *More* unfolds what is rarer below the list.
    """
    embed = discord.Embed(colour=ACCENT)
    rows = [
        _row(current_language(), entry, blurb, reads) for entry, blurb in zip(found.entries, found.blurbs, strict=True)
    ]
    parts = [_heading(filters), *(rows or [_nothing(found, filters)])]
    embed.description = "\n\n".join(filter(None, parts))
    if found.entries:
        embed.set_footer(text=_footer(found))
    return Screen([embed], _items(found, filters, query_id, more=more))


def _footer(found: StoryPage) -> str:
    first, stories = found.page * STORIES_A_PAGE + 1, count_words(found)
    text = say("list-footer-all", stories=stories)
    if found.total > STORIES_A_PAGE:
        text = say("list-footer", first=first, last=first + len(found.entries) - 1, stories=stories)
    return f"{text} · {say('list-muted', count=found.left_out)}" if found.left_out else text


def count_words(found: StoryPage) -> str:
    """How many stories a list has."""
    return say("list-stories" if found.is_all else "list-stories-first", count=found.total)


def _heading(filters: StoryFilter) -> str:
    words = [filter_words(filters), sort_words(filters.sort) if filters.sort != "title" else ""]
    return " · ".join(filter(None, words))


def _nothing(found: StoryPage, filters: StoryFilter) -> str:
    if filters.on():
        muted = f"{say('list-left-out', count=found.left_out)}\n\n" if found.left_out else ""
        return f"{say('list-none-fits')}\n{muted}{looser_words(found.looser)}"
    if found.left_out:
        return say("list-left-out", count=found.left_out)
    return say("list-none-read" if filters.sort == "recent" else "list-empty")


@lru_cache(1024)  # a list shows the same five to all who open it
def _row(_language: str, entry: StorySummary, blurb: StoryBlurb, reads: str) -> str:
    """What a list says of a story in a language, which `say` knows of itself."""
    title = f"**{clip(entry.title, 100, escape)}**"
    by = say("by", author=clip(entry.author, 60, escape)) if entry.author else ""
    language = language_text(blurb.language, reads)
    facts = quiet(by, rating_text(blurb.rating), fandoms_text(blurb.fandoms), language, length_text(entry.words))
    return "\n".join(filter(None, [title, facts, _words(blurb)]))


def _words(blurb: StoryBlurb) -> str:
    if blurb.summary:
        return clip(blurb.summary, WORDS_CHARS, escape)
    return quotation(blurb.opening, WORDS_CHARS) if blurb.opening else ""


def _items(found: StoryPage, filters: StoryFilter, query_id: int, *, more: bool) -> list[Item]:
    pages, items = count_pages(found.total, STORIES_A_PAGE), list[Item]()
    if found.entries:
        options = [option(entry.title, entry.id, _by(entry)) for entry in found.entries]
        items.append(select(PickStory(found.page), options, 0, say("list-open")))
        if found.page == 0:
            items.append(button(SurpriseMe(query_id), say("list-surprise"), 1))
    items += page_buttons(lambda way, to: StoryListPage(way, query_id, to), found.page, pages, 1, style=Style.primary)
    if filters.on() and not found.entries:
        return [button(ShowFilters(query_id), say("list-filters"), 0, style=Style.primary)]
    if found.entries or filters.on() or query_id:
        unfold = StoryListPage("fold" if more else "more", query_id, found.page)
        items.append(
            button(unfold, say("card-more"), 1, style=Style.primary if more and pages <= 1 else Style.secondary)
        )
    if not more:
        return items
    items += [button(ShowFilters(query_id), say("list-filters"), 2), button(ShowTop(), say("list-top"), 2)]
    sorts = [option(sort_words(sort), sort, default=sort == filters.sort) for sort in SORTS]
    items.append(select(SortStoryList(query_id), sorts, 3))
    return items


def _by(entry: StorySummary) -> str | None:
    return say("by", author=entry.author) if entry.author else None


def several_screen(stories: Sequence[tuple[int, str]]) -> Screen:
    """A select of several stories of one name, to open the card of one."""
    options = [option(title, story) for story, title in stories]
    return Screen([], [select(PickStory(0), options, 0, say("list-open"))])


def choice_name(entry: StorySummary) -> str:
    """A story as an autocomplete choice."""
    by = f" · {clip(entry.author, 30)}" if entry.author else ""
    return clip(entry.title, CHOICE_NAME - size(by)) + by


def name_choices(before: str, offered: Sequence[str]) -> list[str]:
    """Names as autocomplete choices, each after those typed *before* it; a choice that is too long is left out."""
    whole = [f"{before}, {name}" if before else name for name in offered]
    return [text for text in whole if size(text) <= CHOICE_NAME]
