"""The library as a list with pages."""

from collections.abc import Mapping, Sequence

import discord

from bot.domain.filters import SORTS, Filter, StoryFilter, StoryPage
from bot.domain.paging import count_pages
from bot.domain.votes import VoteStatus
from bot.stories.lengths import minutes
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.components import Style, button, option, page_buttons, select
from bot.ui.filters import filter_words, looser_words, sort_words
from bot.ui.ids.leaderboard import ShowTop
from bot.ui.ids.polls import ShowPolls
from bot.ui.ids.story_lists import PickStory, ShowFilters, SortStoryList, StoryListPage, SurpriseMe
from bot.ui.limits import CHOICE_NAME, clip, size
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Item, Screen
from bot.ui.votes import vote_summary

STORIES_A_PAGE = 8


def library_screen(
    found: StoryPage,
    filters: StoryFilter,
    query_id: int,
    reactions: Mapping[int, int],
    votes: Mapping[int, VoteStatus],
    looser: Mapping[Filter, int],
    *,
    has_polls: bool = False,
) -> Screen:
    """A page of the library; where no story fits, *looser* says how many would with one filter less."""
    pages = count_pages(found.total, STORIES_A_PAGE)
    embed = discord.Embed(title=say("list-title"), colour=ACCENT)
    rows = [_row(entry, reactions.get(entry.id, 0), votes[entry.id]) for entry in found.entries]
    parts = [_heading(filters), *(rows or [_nothing(found, filters, looser)])]
    if found.left_out:
        parts.append(f"-# {say('list-left-out', count=found.left_out)}")
    embed.description = "\n\n".join(filter(None, parts))
    stories = count_words(found)
    page = say("page-footer-page", number=found.page + 1, pages=pages)
    embed.set_footer(text=f"{page} · {stories}" if pages > 1 else stories)
    return Screen([embed], _items(found, filters, query_id, pages, has_polls=has_polls))


def count_words(found: StoryPage) -> str:
    """How many stories a list has."""
    return say("list-stories" if found.is_all else "list-stories-first", count=found.total)


def _heading(filters: StoryFilter) -> str:
    words = [filter_words(filters), sort_words(filters.sort) if filters.sort != "title" else ""]
    return " · ".join(filter(None, words))


def _nothing(found: StoryPage, filters: StoryFilter, looser: Mapping[Filter, int]) -> str:
    if filters.on():
        return f"{say('list-none-fits')}\n{looser_words(looser)}"
    if filters.sort == "recent":
        return say("list-none-read")
    return "" if found.left_out else say("list-empty")


def _row(entry: StorySummary, given: int, vote: VoteStatus) -> str:
    by = [say("by", author=clip(entry.author, 60, escape))] if entry.author else []
    length = [say("chapter-words", words=entry.words), say("chapter-minutes", minutes=minutes(entry.words))]
    loved = [say("list-reactions", count=given), vote_summary(vote)]
    return f"**{clip(entry.title, 100, escape)}**\n{' · '.join([*by, *length])}\n{' · '.join(loved)}"


def _items(found: StoryPage, filters: StoryFilter, query_id: int, pages: int, *, has_polls: bool) -> list[Item]:
    items = page_buttons(lambda way, to: StoryListPage(way, query_id, to), found.page, pages, 0, style=Style.primary)
    if found.entries:
        items += [button(SurpriseMe(query_id), say("list-surprise"), 3), button(ShowTop(), say("list-top"), 3)]
    if has_polls:
        items.append(button(ShowPolls(), say("list-polls"), 3))
    if found.entries or filters.on() or query_id:
        items.append(button(ShowFilters(query_id), say("list-filters"), 0))
    if found.entries:
        options = [
            option(entry.title, entry.id, say("by", author=entry.author) if entry.author else None)
            for entry in found.entries
        ]
        items.append(select(PickStory(found.page), options, 1, say("list-open")))
    if found.total > 1 or filters.sort == "recent":
        sorts = [option(sort_words(sort), sort, default=sort == filters.sort) for sort in SORTS]
        items.append(select(SortStoryList(query_id), sorts, 2))
    return items


def choice_name(entry: StorySummary) -> str:
    """A story as an autocomplete choice."""
    by = f" · {clip(entry.author, 30)}" if entry.author else ""
    return clip(entry.title, CHOICE_NAME - size(by)) + by


def name_choices(before: str, offered: Sequence[str]) -> list[str]:
    """Names as autocomplete choices, each after those typed *before* it; a choice that is too long is left out."""
    whole = [f"{before}, {name}" if before else name for name in offered]
    return [text for text in whole if size(text) <= CHOICE_NAME]
