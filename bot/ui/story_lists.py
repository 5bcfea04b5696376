"""The library as a list that is turned page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord
from discord import ui

from bot.domain.filters import SORTS, Filter, StoryFilter, StoryPage
from bot.domain.votes import VoteStatus
from bot.stories.lengths import minutes
from bot.stories.model import StorySummary
from bot.texts import say, upper_first
from bot.ui.components import Style, button, sent
from bot.ui.filters import filter_words, looser_words, sort_words
from bot.ui.ids.story_lists import PickStory, ShowFilters, SortStoryList, StoryListPage
from bot.ui.limits import CHOICE_NAME, OPTION_DESCRIPTION, OPTION_LABEL, clip, size
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Screen
from bot.ui.votes import vote_summary

STORIES_A_PAGE = 8


def library_screen(
    found: StoryPage,
    asked: StoryFilter,
    query_id: int,
    reactions: Mapping[int, int],
    votes: Mapping[int, VoteStatus],
    looser: Mapping[Filter, int],
) -> Screen:
    """A page of a list; where nothing fits, what would with one filter less."""
    pages = max(1, -(-found.total // STORIES_A_PAGE))
    embed = discord.Embed(title=say("list-title"), colour=ACCENT)
    rows = [_row(entry, reactions.get(entry.id, 0), votes[entry.id]) for entry in found.entries]
    parts = [_heading(asked), *(rows or [_nothing(found, asked, looser)]), _left_out(found)]
    embed.description = "\n\n".join(filter(None, parts))
    stories = count_words(found)
    page = say("page-footer-page", number=found.page + 1, pages=pages)
    embed.set_footer(text=f"{page} · {stories}" if pages > 1 else stories)
    return Screen([embed], sent(_items(found, asked, query_id, pages)))


def count_words(found: StoryPage) -> str:
    """How many stories a list has."""
    return say("list-stories" if found.is_all else "list-stories-first", count=found.total)


def _heading(asked: StoryFilter) -> str:
    """Which filters are on, and an order that is not the usual one."""
    words = [filter_words(asked), sort_words(asked.sort) if asked.sort != "title" else ""]
    return say("list-showing", what=" · ".join(filter(None, words))) if any(words) else ""


def _nothing(found: StoryPage, asked: StoryFilter, looser: Mapping[Filter, int]) -> str:
    if asked.on():
        return f"{say('list-none-fits')} {looser_words(looser)}"
    if asked.sort == "recent":
        return say("list-none-read")
    return "" if found.left_out else say("list-empty")


def _left_out(found: StoryPage) -> str:
    return f"-# {say('list-left-out', count=found.left_out)}" if found.left_out else ""


def _row(entry: StorySummary, given: int, vote: VoteStatus) -> str:
    by = [say("by", author=clip(entry.author, 60, escape))] if entry.author else []
    length = [say("chapter-words", words=entry.words), say("chapter-minutes", minutes=minutes(entry.words))]
    loved = [say("list-reactions", count=given), vote_summary(vote)]
    return f"**{clip(entry.title, 100, escape)}**\n{' · '.join([*by, *length])}\n{' · '.join(loved)}"


def _items(found: StoryPage, asked: StoryFilter, query_id: int, pages: int) -> list[ui.Item[ui.View]]:
    items: list[ui.Item[ui.View]] = []
    page = found.page
    if pages > 1:
        items += [
            button(StoryListPage("p", query_id, max(0, page - 1)), say("page-previous"), 0, disabled=page == 0),
            button(
                StoryListPage("n", query_id, page + 1),
                say("page-next"),
                0,
                style=Style.primary,
                disabled=page >= pages - 1,
            ),
        ]
    if found.entries or asked.on() or query_id:
        items.append(button(ShowFilters(query_id), say("list-filters"), 0))
    if found.entries:
        options = [
            discord.SelectOption(
                label=clip(entry.title, OPTION_LABEL),
                value=str(entry.id),
                description=clip(say("by", author=entry.author), OPTION_DESCRIPTION) if entry.author else None,
            )
            for entry in found.entries
        ]
        items.append(ui.Select(custom_id=str(PickStory(page)), placeholder=say("list-open"), options=options, row=1))
    if found.total > 1 or asked.sort == "recent":
        items.append(_sorts(asked, query_id))
    return items


def _sorts(asked: StoryFilter, query_id: int) -> ui.Select[ui.View]:
    options = [
        discord.SelectOption(label=upper_first(sort_words(sort)), value=sort, default=sort == asked.sort)
        for sort in SORTS
    ]
    return ui.Select(custom_id=str(SortStoryList(query_id)), options=options, row=2)


def choice_name(entry: StorySummary) -> str:
    """A story as an autocomplete choice."""
    by = f" · {clip(entry.author, 30)}" if entry.author else ""
    return clip(entry.title, CHOICE_NAME - size(by)) + by


def name_choices(before: str, offered: Sequence[str]) -> list[str]:
    """Names as autocomplete choices, each after those that were typed *before* it, where there is room."""
    whole = [f"{before}, {name}" if before else name for name in offered]
    return [text for text in whole if size(text) <= CHOICE_NAME]
