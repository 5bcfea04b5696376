"""Search results: passages with the found words in bold, and stories with matching titles."""

import re
from collections.abc import Collection, Iterator, Sequence

import discord

from bot.stories.excerpts import Excerpt, Hit, Hits
from bot.stories.model import ChapterName, Spot, StorySummary
from bot.texts import say
from bot.ui.chapters import list_name, short_name
from bot.ui.components import Style, option, page_buttons, select
from bot.ui.ids import PickHit, SearchPage
from bot.ui.limits import EMBED_TITLE, clip, size
from bot.ui.markdown import emphasised, escape
from bot.ui.screen import ACCENT, Group, Item, Screen
from bot.ui.stories import subtext

HITS_A_PAGE = 4
"""Number of passages on a page: as many as fit on a phone."""

STORIES_NAMED = 3
"""Maximum number of stories above the passages."""

ROW_TITLE, ROW_CHAPTER, ROW_EXCERPT = 70, 50, 250
"""Maximum lengths of a row's title, chapter and excerpt, in escaped characters; ten rows fit into an embed."""

_HIT = re.compile(r"p([0-9]{1,18}):([0-9]{1,18})")
_STORY = re.compile(r"s([0-9]{1,18})")


def search_screen(
    typed: str, named: Sequence[StorySummary], found: Hits, query_id: int, spoilers: Collection[Spot]
) -> Screen:
    """Return a page of passages, below the *named* stories; *query_id* is the id of the saved search.

    The hits at *spoilers* are in Discord's spoiler marks.
    """
    embed = discord.Embed(title=clip(say("search-passages", typed=typed), EMBED_TITLE, escape), colour=ACCENT)
    parts = ["\n".join([subtext(say("search-stories")), *map(_story_row, named)])] if named else []
    parts += [_hit_row(number, hit, hit.spot in spoilers) for number, hit in _numbered(found)]
    embed.description = "\n\n".join(parts) or say("search-nothing")
    if found.hits:
        embed.set_footer(text=_footer(found))
    return Screen([embed], _groups(named, found, query_id, spoilers))


def _story_row(entry: StorySummary) -> str:
    title = f"**{clip(entry.title, 100, escape)}**"
    return f"{title} {say('by', author=clip(entry.author, 60, escape))}" if entry.author else title


def _numbered(found: Hits) -> Iterator[tuple[int, Hit]]:
    return enumerate(found.hits, start=found.page * HITS_A_PAGE + 1)


def _hit_row(number: int, hit: Hit, is_spoiler: bool) -> str:
    parts = [f"{number}", f"**{clip(hit.story.title, ROW_TITLE, escape)}**"]
    if hit.story.chapters > 1:
        parts.append(clip(_chapter_name(hit.chapter.name), ROW_CHAPTER, escape))
    parts.append(say("page-footer-percent", percent=hit.percent))
    words = _excerpt_text(hit.excerpt)  # escaped, so that no marks in the words end the spoiler
    return f"{' · '.join(parts)}\n> {f'||{words}||' if is_spoiler else words}"


def _chapter_name(name: ChapterName) -> str:
    """Return "Chapter 2: Mud", since "2. Mud" beside the number of a passage reads as two numbers."""
    if name.title is None or name.number is None or name.label is not None:
        return list_name(name)
    return say("chapter-labelled", label=short_name(name), title=name.title)


def _excerpt_text(excerpt: Excerpt) -> str:
    text = emphasised(excerpt.text, excerpt.marked)
    return text if size(text) <= ROW_EXCERPT else clip(excerpt.text, ROW_EXCERPT, escape)


def _footer(found: Hits) -> str:
    passages = say("search-total" if found.is_all else "search-best", total=found.total)
    if found.pages <= 1:
        return passages
    return f"{say('page-footer-page', number=found.page + 1, pages=found.pages)} · {passages}"


def _groups(named: Sequence[StorySummary], found: Hits, query_id: int, spoilers: Collection[Spot]) -> list[Group]:
    items: list[Item] = []
    options = [_story_option(entry) for entry in named]
    options += [_hit_option(number, hit, hit.spot in spoilers) for number, hit in _numbered(found)]
    if options:
        placeholder = say("search-open-passage" if found.hits else "search-open-card")
        items.append(select(PickHit(), options, placeholder))
    pages = page_buttons(lambda way, to: SearchPage(way, query_id, to), found.page, found.pages, style=Style.primary)
    return [items, pages]


def _story_option(entry: StorySummary) -> discord.SelectOption:
    by = say("by", author=entry.author) if entry.author else say("search-story")
    return option(entry.title, f"s{entry.id}", by)


def _hit_option(number: int, hit: Hit, is_spoiler: bool) -> discord.SelectOption:
    chapter = f" · {list_name(hit.chapter.name)}" if hit.story.chapters > 1 else ""
    words = None if is_spoiler else hit.excerpt.text
    return option(f"{number}. {clip(hit.story.title, 50)}{chapter}", f"p{hit.spot.chapter}:{hit.spot.offset}", words)


def read_pick(value: str) -> Spot | int | None:
    """Return the spot or the story id of a select's *value*; None if it is invalid."""
    if match := _HIT.fullmatch(value):
        return Spot(int(match[1]), int(match[2]))
    return int(match[1]) if (match := _STORY.fullmatch(value)) else None
