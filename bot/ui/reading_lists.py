"""A reader's own lists, and where a story stands on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord
from discord import ui

from bot.domain.reading_lists import READING_LISTS, ListedStory, ReadingList
from bot.stories.model import StorySummary
from bot.texts import say
from bot.ui.components import Style, button, sent
from bot.ui.ids.pages import ReadStory
from bot.ui.ids.reading_lists import MoveToList, PickReadingList, ReadingListPage, RemoveFromList, ShowReadingLists
from bot.ui.limits import BUTTON_LABEL, EMBED_TITLE, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, QUIET, Screen

ROWS = 3
"""Stories on a page: each has a row of buttons, and two rows are for the list itself."""

NO_LIST = "-"
"""The option that takes a story off all lists."""


def reading_list_screen(
    name: ReadingList, listed: Sequence[ListedStory], page: int, counts: Mapping[ReadingList, int]
) -> Screen:
    """One page, counted from 0, of one of a reader's lists."""
    pages = max(1, -(-counts[name] // ROWS))
    embed = discord.Embed(title=say("reading-list-title", list=_name(name)), colour=ACCENT)
    lines = [_line(number, each) for number, each in enumerate(listed, start=1)]
    embed.description = "\n\n".join(lines) or say(f"reading-list-empty-{name}")
    embed.set_footer(text=say("only-you-see-this", page=page + 1, pages=pages))
    items = [item for row, each in enumerate(listed) for item in _buttons(each, name, page, row)]
    items.append(_select(name, counts))
    if pages > 1:
        items += [
            button(ReadingListPage("p", name, max(0, page - 1)), say("page-previous"), 4, disabled=page == 0),
            button(ReadingListPage("n", name, page + 1), say("page-next"), 4, disabled=page >= pages - 1),
        ]
    return Screen([embed], sent(items))


def _name(name: ReadingList) -> str:
    return say(f"reading-list-name-{name}")


def _line(number: int, each: ListedStory) -> str:
    parts = [say("by", author=clip(each.story.author, 60, escape))] if each.story.author else []
    percent = each.percent
    parts.append(say("reading-list-not-begun") if percent is None else say("reading-list-percent", percent=percent))
    return f"**{number}. {clip(each.story.title, 100, escape)}**\n{' · '.join([*parts, f'<t:{each.since}:R>'])}"


def _buttons(each: ListedStory, name: ReadingList, page: int, row: int) -> list[ui.Item[ui.View]]:
    return [
        button(ReadStory(each.story.id), clip(_opens(each, name), BUTTON_LABEL // 2), row, style=Style.primary),
        button(ShowReadingLists(each.story.id), say("reading-list-move", number=row + 1), row),
        button(RemoveFromList(each.story.id, name, page), say("reading-list-remove", number=row + 1), row),
    ]


def _opens(each: ListedStory, name: ReadingList) -> str:
    title = each.story.title
    if each.percent is None:
        return say("card-read-named", title=title)
    return say("reading-list-again" if name == "finished" else "reading-list-resume", title=title)


def _select(name: ReadingList, counts: Mapping[ReadingList, int]) -> ui.Item[ui.View]:
    options = [
        discord.SelectOption(
            label=say("reading-list-counted", list=_name(each), count=counts[each]), value=each, default=each == name
        )
        for each in READING_LISTS
    ]
    return ui.Select(custom_id=str(PickReadingList()), placeholder=say("reading-list-choose"), options=options, row=3)


def lists_panel(story: StorySummary, holding: ReadingList | None) -> Screen:
    """Where a story stands on the reader's lists, with a select of where it may go."""
    says = say("reading-list-on", list=_name(holding)) if holding else say("reading-list-on-none")
    embed = discord.Embed(title=clip(story.title, EMBED_TITLE, escape), description=says, colour=QUIET)
    embed.set_footer(text=say("reading-list-where"))
    options = [
        *(discord.SelectOption(label=_name(each), value=each, default=each == holding) for each in READING_LISTS),
        discord.SelectOption(label=say("reading-list-none"), value=NO_LIST, default=holding is None),
    ]
    picker = ui.Select[ui.View](
        custom_id=str(MoveToList(story.id)), placeholder=say("reading-list-put"), options=options
    )
    return Screen([embed], sent([picker]))
