"""A reader's own lists, and where a story stands on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord
from discord import ui

from bot.readers import LISTS, List, Listed
from bot.stories.model import Entry
from bot.ui.components import Style, button, sent
from bot.ui.ids.lists import ListOf, PickList, PutOn, ShowLists, TakeOff
from bot.ui.ids.reading import Read
from bot.ui.limits import BUTTON_LABEL, EMBED_TITLE, clip
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, QUIET, Screen

ROWS = 3
"""Stories on a page: each has a row of buttons, and two rows are for the list itself."""

NAMES: dict[List, str] = {
    "reading": "Reading",
    "later": "Later",
    "finished": "Finished",
    "paused": "Paused",
    "dropped": "Dropped",
}
_EMPTY: dict[List, str] = {
    "reading": "You have no story open. /stories lists what there is to read.",
    "later": "Nothing is kept for later. **Add to a list** on a story's card puts it here.",
    "finished": "You have not finished a story yet.",
    "paused": "No story is paused.",
    "dropped": "No story is dropped.",
}
NO_LIST = "-"
"""The option that takes a story off all lists."""


def list_screen(name: List, listed: Sequence[Listed], page: int, counts: Mapping[List, int]) -> Screen:
    """One page, counted from 0, of one of a reader's lists."""
    pages = max(1, -(-counts[name] // ROWS))
    embed = discord.Embed(title=f"Your stories: {NAMES[name]}", colour=ACCENT)
    embed.description = "\n\n".join(_line(number, each) for number, each in enumerate(listed, start=1)) or _EMPTY[name]
    embed.set_footer(text="Only you see this." + (f" Page {page + 1:,} of {pages:,}" if pages > 1 else ""))
    items = [item for row, each in enumerate(listed) for item in _buttons(each, name, page, row)]
    items.append(_select(name, counts))
    if pages > 1:
        items += [
            button(ListOf("p", name, max(0, page - 1)), "Previous", 4, disabled=page == 0),
            button(ListOf("n", name, page + 1), "Next", 4, disabled=page >= pages - 1),
        ]
    return Screen([embed], sent(items))


def _line(number: int, each: Listed) -> str:
    by = f"by {clip(each.story.author, 60, escape)} · " if each.story.author else ""
    how_far = "not begun" if each.percent is None else f"{each.percent}% read"
    return f"**{number}. {clip(each.story.title, 100, escape)}**\n{by}{how_far} · <t:{each.since}:R>"


def _buttons(each: Listed, name: List, page: int, row: int) -> list[ui.Item[ui.View]]:
    verb = "Read" if each.percent is None else "Read again" if name == "finished" else "Resume"
    return [
        button(Read(each.story.id), clip(f"{verb}: {each.story.title}", BUTTON_LABEL // 2), row, style=Style.primary),
        button(ShowLists(each.story.id), f"Move {row + 1}", row),
        button(TakeOff(each.story.id, name, page), f"Remove {row + 1}", row),
    ]


def _select(name: List, counts: Mapping[List, int]) -> ui.Item[ui.View]:
    options = [
        discord.SelectOption(label=f"{NAMES[each]} ({counts[each]:,})", value=each, default=each == name)
        for each in LISTS
    ]
    return ui.Select(custom_id=str(PickList()), placeholder="Your lists", options=options, row=3)


def lists_panel(story: Entry, holding: List | None) -> Screen:
    """Where a story stands on the reader's lists, with a select of where it may go."""
    says = f"It is on your list **{NAMES[holding]}**." if holding else "It is on none of your lists."
    embed = discord.Embed(title=clip(story.title, EMBED_TITLE, escape), description=says, colour=QUIET)
    embed.set_footer(text="/reading shows your lists. Only you see them.")
    options = [
        *(discord.SelectOption(label=NAMES[each], value=each, default=each == holding) for each in LISTS),
        discord.SelectOption(label="None of them", value=NO_LIST, default=holding is None),
    ]
    return Screen(
        [embed], sent([ui.Select(custom_id=str(PutOn(story.id)), placeholder="Put it on a list", options=options)])
    )
