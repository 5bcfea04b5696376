"""The library as a list that is turned page by page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord
from discord import ui

from bot.readers import Votes, minutes
from bot.stories.model import Entry
from bot.ui.components import Style, button, sent
from bot.ui.ids import ListPage, PickStory
from bot.ui.limits import CHOICE_NAME, OPTION_DESCRIPTION, OPTION_LABEL, clip, size
from bot.ui.markdown import escape
from bot.ui.screen import ACCENT, Screen
from bot.ui.votes import short

STORIES_A_PAGE = 8


def library_screen(
    entries: Sequence[Entry], page: int, total: int, reactions: Mapping[int, int], votes: Mapping[int, Votes]
) -> Screen:
    """One page of the library, counted from 0."""
    pages = max(1, -(-total // STORIES_A_PAGE))
    embed = discord.Embed(title="The library", colour=ACCENT)
    embed.description = (
        "\n\n".join(_row(entry, reactions.get(entry.id, 0), votes[entry.id]) for entry in entries)
        or "There are no stories here yet. Whoever runs the bot can add some: a file in the stories folder is a story."
    )
    stories = "1 story" if total == 1 else f"{total:,} stories"
    embed.set_footer(text=f"Page {page + 1:,} of {pages:,} · {stories}" if pages > 1 else stories)
    return Screen([embed], sent(_items(entries, page, pages)))


def _row(entry: Entry, given: int, votes: Votes) -> str:
    by = f"by {clip(entry.author, 60, escape)} · " if entry.author else ""
    reactions = f"{given:,} {'reaction' if given == 1 else 'reactions'}" if given else "no reactions yet"
    return (
        f"**{clip(entry.title, 100, escape)}**\n{by}{entry.words:,} words · about {minutes(entry.words):,} min"
        f"\n{reactions} · {short(votes.overall)}"
    )


def _items(entries: Sequence[Entry], page: int, pages: int) -> list[ui.Item[ui.View]]:
    items: list[ui.Item[ui.View]] = []
    if pages > 1:
        items += [
            button(ListPage("p", max(0, page - 1)), "Previous", 0, disabled=page == 0),
            button(ListPage("n", page + 1), "Next", 0, style=Style.primary, disabled=page >= pages - 1),
        ]
    if entries:
        options = [
            discord.SelectOption(
                label=clip(entry.title, OPTION_LABEL),
                value=str(entry.id),
                description=clip(f"by {entry.author}", OPTION_DESCRIPTION) if entry.author else None,
            )
            for entry in entries
        ]
        items.append(
            ui.Select(custom_id=str(PickStory(page)), placeholder="Open a story's card", options=options, row=1)
        )
    return items


def choice_name(entry: Entry) -> str:
    """A story as an autocomplete choice."""
    by = f" · {clip(entry.author, 30)}" if entry.author else ""
    return clip(entry.title, CHOICE_NAME - size(by)) + by
