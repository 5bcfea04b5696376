"""What a search found: passages with the words in bold, and stories that go by them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

import discord
from discord import ui

from bot.stories.excerpts import Excerpt, Hit, Hits
from bot.stories.model import Spot, StorySummary
from bot.texts import say
from bot.ui.components import Style, button, sent
from bot.ui.ids.search import PickHit, SearchPage
from bot.ui.limits import EMBED_TITLE, OPTION_DESCRIPTION, OPTION_LABEL, clip, size
from bot.ui.markdown import emphasised, escape
from bot.ui.pages import chapter_name
from bot.ui.screen import ACCENT, Screen

HITS_A_PAGE = 10

STORIES_NAMED = 3
"""Stories at most that stand above the passages."""

ROW_TITLE, ROW_CHAPTER, ROW_EXCERPT = 70, 50, 250
"""Characters as sent: ten rows stay within an embed's description."""

_HIT = re.compile(r"p([0-9]{1,18}):([0-9]{1,18})")
_STORY = re.compile(r"s([0-9]{1,18})")


def search_screen(
    typed: str, named: Sequence[StorySummary], found: Hits, search: int, *, veiled: Collection[Spot], lifted: bool
) -> Screen:
    """A page of what was found; *search* is its number where it is kept, *named* go above the first.

    Of the hits at the spots that are *veiled* the words do not show, unless the veil is *lifted*.
    """
    embeds = [_named_embed(named)] if named else []
    if found.hits or not named:
        embeds.append(_passages_embed(typed, found, veiled))
    return Screen(embeds, sent(_items(named, found, search, veiled, lifted)))


def _named_embed(named: Sequence[StorySummary]) -> discord.Embed:
    stories = "\n".join(_named_row(entry) for entry in named)
    return discord.Embed(title=say("search-stories"), description=stories, colour=ACCENT)


def _passages_embed(typed: str, found: Hits, veiled: Collection[Spot]) -> discord.Embed:
    embed = discord.Embed(title=clip(say("search-passages", typed=typed), EMBED_TITLE, escape), colour=ACCENT)
    if not found.hits:
        embed.description = say("search-nothing")
        return embed
    embed.description = "\n\n".join(_row(number, hit, hit.spot in veiled) for number, hit in _numbered(found))
    return embed.set_footer(text=_footer(found))


def _named_row(entry: StorySummary) -> str:
    title = f"**{clip(entry.title, 100, escape)}**"
    return f"{title} {say('by', author=clip(entry.author, 60, escape))}" if entry.author else title


def _numbered(found: Hits) -> Iterator[tuple[int, Hit]]:
    return enumerate(found.hits, start=found.page * HITS_A_PAGE + 1)


def _row(number: int, hit: Hit, is_veiled: bool) -> str:
    parts = [f"{number}", f"**{clip(hit.story.title, ROW_TITLE, escape)}**"]
    if hit.story.chapters > 1:
        parts.append(clip(chapter_name(hit.chapter), ROW_CHAPTER, escape))
    parts.append(say("page-footer-percent", percent=hit.percent))
    return f"{' · '.join(parts)}\n> {say('search-veiled') if is_veiled else _shown(hit.excerpt)}"


def _shown(excerpt: Excerpt) -> str:
    shown = emphasised(excerpt.text, excerpt.marked)
    return shown if size(shown) <= ROW_EXCERPT else clip(excerpt.text, ROW_EXCERPT, escape)


def _footer(found: Hits) -> str:
    passages = say("search-total" if found.is_all else "search-best", total=found.total)
    if found.pages <= 1:
        return passages
    return f"{say('page-footer-page', number=found.page + 1, pages=found.pages)} · {passages}"


def _items(
    named: Sequence[StorySummary], found: Hits, search: int, veiled: Collection[Spot], lifted: bool
) -> list[ui.Item[ui.View]]:
    items: list[ui.Item[ui.View]] = []
    page, last = found.page, found.pages - 1
    if last:
        items += [
            button(SearchPage("p", search, max(0, page - 1), lifted), say("page-previous"), 0, disabled=page == 0),
            button(
                SearchPage("n", search, page + 1, lifted),
                say("page-next"),
                0,
                style=Style.primary,
                disabled=page >= last,
            ),
        ]
    if veiled:
        items.append(button(SearchPage("s", search, page, True), say("search-show"), 0))
    options = [_story_option(entry) for entry in named]
    options += [_option(number, hit, hit.spot in veiled) for number, hit in _numbered(found)]
    if options:
        placeholder = say("search-open-passage" if found.hits else "search-open-card")
        items.append(ui.Select(custom_id=str(PickHit()), placeholder=placeholder, options=options, row=1))
    return items


def _story_option(entry: StorySummary) -> discord.SelectOption:
    by = say("by", author=entry.author) if entry.author else say("search-story")
    return discord.SelectOption(
        label=clip(entry.title, OPTION_LABEL), value=f"s{entry.id}", description=clip(by, OPTION_DESCRIPTION)
    )


def _option(number: int, hit: Hit, is_veiled: bool) -> discord.SelectOption:
    chapter = f" · {chapter_name(hit.chapter)}" if hit.story.chapters > 1 else ""
    return discord.SelectOption(
        label=clip(f"{number}. {clip(hit.story.title, 50)}{chapter}", OPTION_LABEL),
        value=f"p{hit.spot.chapter}:{hit.spot.offset}",
        description=say("search-veiled") if is_veiled else clip(hit.excerpt.text, OPTION_DESCRIPTION),
    )


def read_pick(value: str) -> Spot | int | None:
    """What a picked value opens: a spot, or the card of a story; None for a value that is neither."""
    if match := _HIT.fullmatch(value):
        return Spot(int(match[1]), int(match[2]))
    return int(match[1]) if (match := _STORY.fullmatch(value)) else None
